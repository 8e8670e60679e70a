import { seenBefore } from '../checks/attempts.ts'
import { type Exams, givenOf, type Pin, trainingOf } from '../checks/exam.ts'
import { aboutIn } from '../core/about.ts'
import type { Answer } from '../core/answer.ts'
import type { Evidence } from '../core/evidence.ts'
import {
  type Chosen,
  type Data,
  digestOf,
  EXAM_ROLES,
  type Exam,
  isTrainingRole,
  isWeak,
} from '../core/exam.ts'
import type { Finding } from '../core/finding.ts'
import { metricOf } from '../core/metrics.ts'
import type { Problem } from '../core/problem.ts'
import { once } from '../text/canonical.ts'
import type { Criteria } from './criteria.ts'
import { entryPath } from './entry-path.ts'
import { namedIn } from './exam-problems.ts'
import type { Manifest } from './manifest.ts'
import { trainedOn } from './trained.ts'

/** What a release says of its data: the manifest, where it stands, and the evidence that it names. */
export type Release = {
  readonly manifest: Manifest | undefined
  readonly path: string
  readonly evidence: readonly Evidence[]
}

type Known = Pick<Exams, 'highRisk' | 'trainedHere' | 'seen'>

/** What one version of the criteria pins, and what the release says of its data. */
export function examsOf(criteria: Criteria | undefined, release: Release, known: Known): Exams {
  const datasets = release.manifest?.datasets ?? []
  const shaped = datasets.filter(({ role }) => isTrainingRole(role))
  return {
    pinned: pinnedBy(criteria),
    given: datasets.filter(({ role }) => !isTrainingRole(role)).map(dataOf),
    trained: trainedOn(shaped.map(dataOf), release.evidence),
    chosen: chosenBy(criteria, release),
    ...(criteria?.attempts !== undefined && { attempts: criteria.attempts }),
    ...known,
  }
}

/** The exams that criteria pin, by name. */
export function pinnedBy(criteria: Criteria | undefined): ReadonlyMap<string, Pin> {
  const all = criteria?.criteria ?? []
  const exams = new Set(all.flatMap((one) => namedIn(one)).map(({ name }) => name))
  const others = all.flatMap((one) => (one.check === 'integrity' ? (one.datasets ?? []) : []))
  const unasked = new Set(others.filter((name) => !exams.has(name)))
  return new Map(
    Object.entries(criteria?.datasets ?? {}).flatMap(
      ([name, { rows, threshold, groups, favourable, positive, ...data }]) => {
        const digest = digestOf(data)
        // The schema asks for one; without any, nothing is pinned.
        if (digest === undefined) return []
        const settings = {
          ...(rows !== undefined && { rows }),
          ...(threshold !== undefined && { threshold }),
          ...(positive !== undefined && { positive: String(positive) }),
          ...(groups && { groups: namesIn(groups), sizes: sizesIn(groups) }),
          ...(unasked.has(name) && { unasked: true as const }),
          ...(favourable !== undefined &&
            String(favourable) !== String(positive ?? 1) && { inverted: true as const }),
        }
        return [[name, { digest, ...settings }] as const]
      },
    ),
  )
}

type Groups = NonNullable<NonNullable<Criteria['datasets']>[string]['groups']>

function namesIn(groups: Groups): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(groups).map(([label, own]) => [label, namesOf(own)]))
}

/** The groups of an attribute, whether their sizes are pinned with them or not. */
function namesOf(groups: Groups[string]): readonly string[] {
  return Array.isArray(groups) ? groups.map(String) : Object.keys(groups)
}

function sizesIn(groups: Groups): NonNullable<Pin['sizes']> {
  return Object.fromEntries(
    Object.entries(groups).flatMap(([label, own]) => (Array.isArray(own) ? [] : [[label, own] as const])),
  )
}

/** What the manifest alone decided: data that the criteria do not pin, and how rows are read. */
function chosenBy(criteria: Criteria | undefined, { manifest, path, evidence }: Release): readonly Chosen[] {
  const pins = new Map(Object.entries(criteria?.datasets ?? {}))
  const named = new Set((criteria?.criteria ?? []).flatMap((one) => namedIn(one)).map(({ name }) => name))
  const tests = (manifest?.datasets ?? []).filter(({ name, role }) => isExamRole(role) && !pins.has(name))
  const listed = new Set(tests.map(({ name }) => name))
  const entries = (manifest?.evidence ?? []).flatMap((entry): readonly Chosen[] => {
    if (typeof entry === 'string' || entry.dataset === undefined) return []
    const { dataset } = entry
    const at = entryPath(path, entry) ?? path
    const pin = pins.get(dataset)
    if (pin === undefined)
      return named.has(dataset) || listed.has(dataset) ? [] : [{ what: 'dataset', dataset, path: at }]
    if (!('rows' in entry)) return []
    const { label, groups = [] } = entry
    return [
      ...(label === undefined || pin.label !== undefined
        ? []
        : [{ what: 'label', dataset, value: label, path: at } as const]),
      ...groups
        .filter((group) => !Object.hasOwn(pin.groups ?? {}, group))
        .map((value) => ({ what: 'groups', dataset, value, path: at }) as const),
    ]
  })
  const thresholds = evidence.flatMap((file) => thresholdsIn(file, pins))
  return [
    ...tests.map((data) => ({ what: 'dataset', ...renamed(dataOf(data)) }) as const),
    ...entries,
    ...thresholds,
  ]
}

/** The thresholds that a file says of pinned exams whose threshold is not pinned. */
function thresholdsIn(
  { about, path, measurements }: Evidence,
  pins: ReadonlyMap<string, { readonly threshold?: number | undefined }>,
): readonly Chosen[] {
  if (about !== 'candidate') return []
  return [...pins].flatMap(([dataset, pin]): readonly Chosen[] => {
    const told = measurements.flatMap(({ labels }) =>
      pin.threshold === undefined && labels.dataset === dataset ? (labels.threshold ?? []) : [],
    )
    const shown = [...new Set(told)].toSorted().slice(0, 5)
    return shown.length === 0 ? [] : [{ what: 'threshold', dataset, value: shown.join(', '), path }]
  })
}

function renamed({ name, ...rest }: Data): Omit<Data, 'name'> & { readonly dataset: string } {
  return { dataset: name, ...rest }
}

/** Every exam that a judged version pins, once for each way that it is pinned. */
export function examsJudged(versions: readonly Exams[]): readonly Exam[] {
  const all = versions.flatMap((exams) =>
    [...exams.pinned].flatMap(([name, pin]): readonly Exam[] => {
      if (pin.unasked) return []
      const { state, found } = givenOf(name, pin, exams)
      const training = trainingOf(name, pin, exams)
      const seen = seenBefore(name, pin.digest, exams)
      return [
        {
          name,
          digest: pin.digest,
          weak: isWeak(pin.digest),
          ...(pin.rows !== undefined && { rows: pin.rows }),
          ...(found !== undefined && { given: found }),
          state,
          training: training.kind,
          unknown: training.kind === 'unknown' ? training.names : [],
          ...(seen !== undefined && { seen }),
          ...(exams.attempts !== undefined && { attempts: exams.attempts }),
        },
      ]
    }),
  )
  return once(all)
}

/** How the datasets that an answer is about were fixed; of several the least. */
export function fixedBy(answer: Answer, exams: Exams): Finding['exam'] {
  const fixed = aboutIn(answer).flatMap(({ dataset, path }) => howFixed(dataset, path, exams) ?? [])
  return (['chosen', 'weak', 'pinned'] as const).find((how) => fixed.includes(how))
}

function howFixed(dataset: string, path: string | undefined, { pinned, chosen }: Exams): Finding['exam'] {
  const afterwards = chosen.some(
    (one) => one.dataset === dataset && (one.what === 'dataset' || one.path === path),
  )
  if (afterwards) return 'chosen'
  const pin = pinned.get(dataset)
  return pin && (isWeak(pin.digest) ? 'weak' : 'pinned')
}

/** The data that the manifest names. */
export function dataOf(data: NonNullable<Manifest['datasets']>[number]): Data {
  const digest = digestOf(data)
  return { name: data.name, ...(digest !== undefined && { digest }) }
}

/** What is wrong whichever criterion asks: more samples than rows, another column for the truth, test data trained on. */
export function examFaults(criteria: Criteria | undefined, release: Release): readonly Problem[] {
  const pins = new Map(Object.entries(criteria?.datasets ?? {}))
  // What is measured of a base on the same exam narrows what is shown of a difference.
  const beyond = release.evidence.flatMap(({ measurements }) =>
    measurements.flatMap(({ metric, labels, samples, source }): readonly Problem[] => {
      const dataset = Object.hasOwn(labels, 'dataset') ? labels.dataset : undefined
      const rows = dataset === undefined ? undefined : pins.get(dataset)?.rows
      if (dataset === undefined || rows === undefined || samples === undefined || samples <= rows) return []
      if (!COUNTED.has(metricOf(metric)?.denominator ?? 'none')) return []
      const place = { path: source.path, ...(source.line !== undefined && { line: source.line }) }
      return [{ ...place, code: 'more_than_rows', metric, dataset, samples, rows }]
    }),
  )
  const columns = (release.manifest?.evidence ?? []).flatMap((entry, index): readonly Problem[] => {
    if (typeof entry === 'string' || !('rows' in entry)) return []
    const [one, other] = [entry.label, pins.get(entry.dataset)?.label]
    if (one === undefined || other === undefined || one === other) return []
    return [{ path: release.path, line: 1, code: 'contradiction', at: `evidence.${index}.label`, one, other }]
  })
  return [...beyond, ...columns, ...testsInTraining(criteria, release)]
}

/** Of an exam that is pinned its criteria say so. */
function testsInTraining(criteria: Criteria | undefined, release: Release): readonly Problem[] {
  const exams = examsOf(criteria, release, { highRisk: false, trainedHere: false })
  const tests = (release.manifest?.datasets ?? []).filter(
    ({ name, role }) => isExamRole(role) && !exams.pinned.has(name),
  )
  return tests.map(dataOf).flatMap(({ name, digest }): readonly Problem[] => {
    const training = digest === undefined ? undefined : trainingOf(name, { digest }, exams)
    if (digest === undefined || training?.kind !== 'among') return []
    const { under } = training
    return [{ path: release.path, line: 1, code: 'test_in_training', dataset: name, under, digest }]
  })
}

/** Denominators that count rows; an attack may try each row many times. */
const COUNTED: ReadonlySet<string> = new Set([
  'samples',
  'positives',
  'negatives',
  'predicted positives',
  'predicted negatives',
])

function isExamRole(role: string): boolean {
  return EXAM_ROLES.some((one) => one === role)
}
