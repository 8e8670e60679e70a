import type { Ancestry, Measured } from '../checks/ancestry.ts'
import type { Context } from '../checks/context.ts'
import type { Criterion } from '../checks/index.ts'
import { compatible, licenceOf } from '../checks/licence.ts'
import { metricsNamed } from '../checks/lineage-measured.ts'
import { headingsMeant, headingsOf } from '../checks/section-presets.ts'
import { LEAST_WORDS } from '../checks/sections.ts'
import type { Evidence } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import type { Counter } from '../core/note.ts'
import type { LackingSection } from '../core/record.ts'
import type { Criteria } from './criteria.ts'
import { type Made, NO_EXAMS, NOW, SOURCE } from './made.ts'
import { BASE_CARD } from './manifest-bases.ts'
import { trustOf } from './trust.ts'

type Lineage = Extract<Criterion, { check: 'lineage' }>
type Base = Ancestry['bases'][number]

const [REVISION, DIGEST, DATASET] = ['1'.repeat(40), '21'.repeat(32), 'made']
/** What no list allows. */
const ANOTHER = 'gonogo-made-another'

/** What is changed of the good release. */
type Change = {
  readonly base?: Partial<Base> | 'none'
  readonly drop?: readonly (keyof Base)[]
  readonly licence?: string
  readonly unlicensed?: true
  readonly card?: LackingSection['why']
  readonly numbers?: 'missing' | 'other_dataset' | 'worse'
}

/** A base model of which all that is asked is known, and what lacks one thing of it. */
export function forLineage(criterion: Lineage, criteria: Criteria): Made {
  const asks = (one: Lineage['of'][number]) => criterion.of.includes(one)
  const context = (change: Change = {}) => contextOf(criterion, criteria, change)
  const counter = (kind: Counter, change: Change) => ({ kind, context: context(change) })
  const measured = asks('evaluated') || asks('inherited')
  return {
    criterion,
    good: context(),
    counter: [
      counter('missing', { base: 'none' }),
      ...(asks('pinned')
        ? [
            counter('movable', { base: { revision: 'main' } }),
            counter('movable', { base: { digests: [] } }),
            counter('movable', { base: { provider: 'made', snapshot: 'latest', digests: [] } }),
            counter('movable', { base: { digests: ['0'.repeat(64)] } }),
          ]
        : []),
      ...(asks('publisher')
        ? [
            counter('not_allowed', { base: { name: `${ANOTHER}/base` } }),
            counter('not_allowed', { base: { name: 'base' } }),
          ]
        : []),
      ...(asks('licence')
        ? [
            counter('not_allowed', {
              base: { licence: `LicenseRef-${ANOTHER}` },
              licence: `LicenseRef-${ANOTHER}`,
            }),
            counter('not_allowed', { base: { licence: 'other' } }),
            counter('missing', { drop: ['licence'] }),
            counter('missing', { unlicensed: true }),
          ]
        : []),
      ...(asks('card')
        ? [
            counter('missing', { drop: ['card'] }),
            counter('missing', { card: 'missing' }),
            counter('empty', { card: 'empty' }),
            counter('empty', { card: 'short' }),
            counter('placeholder', { card: 'placeholder' }),
            ...(headingsMeant(criterion.sections ?? []).length > 1
              ? [counter('shared', { card: 'same' })]
              : []),
          ]
        : []),
      ...(measured ? [counter('missing', { numbers: 'missing' })] : []),
      ...(measured ? [counter('other_dataset', { numbers: 'other_dataset' })] : []),
      ...(asks('inherited') && criterion.at_most_worse !== undefined
        ? [counter('beyond_bound', { numbers: 'worse' })]
        : []),
    ],
  }
}

function contextOf(criterion: Lineage, criteria: Criteria, change: Change): Context {
  const trust = trustOf(criteria)
  const measured = measuredIn(criterion)
  const { numbers, licence = goodLicence(criterion) } = change
  const made = { sha: SOURCE.sha, trust, problems: [] } as const
  const own = measured.flatMap((one) => numbersOf(one, criterion, numbers === 'worse'))
  const theirs =
    numbers === 'missing'
      ? []
      : measured
          .flatMap((one) => numbersOf(one, criterion, false))
          .map((one) =>
            numbers === 'other_dataset' ? { ...one, labels: { ...one.labels, dataset: 'another' } } : one,
          )
  const files: readonly Evidence[] = [
    { path: SOURCE.path, ...made, about: 'candidate', measurements: own, records: [] },
    { path: `base-${SOURCE.path}`, ...made, about: 'base', measurements: theirs, records: [] },
    cardOf(criterion, change, made),
  ]
  const names = [...new Set([DATASET, 'another', ...measured.map(({ where }) => where.dataset ?? DATASET)])]
  return {
    ...{ now: NOW, trust },
    evidence: files.filter(({ about }) => about === 'candidate'),
    base: files.filter(({ about }) => about === 'base'),
    exams: { ...NO_EXAMS, given: names.map((name) => ({ name, digest: `sha256:${DIGEST}` })) },
    ancestry: {
      bases: basesOf(criterion, change),
      ...(change.unlicensed === undefined && { licence }),
      trained: [],
      trusted: {
        publishers: criterion.publishers ?? ['made'],
        licences: criterion.licences ?? ['MIT'],
      },
      measured,
    },
  }
}

function basesOf(criterion: Lineage, { base = {}, drop = [] }: Change): Ancestry['bases'] {
  if (base === 'none') return []
  const { card, licence, ...rest }: Base = {
    ...{ name: `${criterion.publishers?.[0] ?? 'made'}/base`, revision: REVISION, digests: [DIGEST] },
    ...{ licence: goodLicence(criterion), card: 'card.md', same: false },
    ...base,
  }
  return [
    {
      ...rest,
      ...(!drop.includes('licence') && licence !== undefined && { licence }),
      ...(!drop.includes('card') && card !== undefined && { card }),
    },
  ]
}

/** One of those that are allowed that may be passed on to what is derived. */
function goodLicence({ licences = ['MIT'] }: Lineage): string {
  const passes = licences.find((name) => {
    const licence = licenceOf(name)
    return licence !== undefined && compatible(licence, licence, 'base').kind === 'compatible'
  })
  return passes ?? licences[0] ?? 'MIT'
}

function cardOf(
  { sections = [], words = LEAST_WORDS }: Lineage,
  { card }: Change,
  made: Pick<Evidence, 'sha' | 'trust' | 'problems'>,
): Evidence {
  const written = headingsOf(sections).map(([title], index) => ({
    ...{ title, line: index + 1, words: card === 'empty' ? 0 : card === 'short' ? words - 1 : words },
    ...(card === 'same' && { twin: { first: 1, own: index + 1 } }),
    ...(card === 'placeholder' && { placeholder: 'TODO' }),
  }))
  const document = { kind: 'document', sections: card === 'missing' ? [] : written, source: SOURCE } as const
  return {
    path: 'card.md',
    ...made,
    about: 'base',
    document: BASE_CARD,
    measurements: [],
    records: [document],
  }
}

/** What the criterion names; else one number, and one that is compared across groups. */
function measuredIn(criterion: Lineage): readonly Measured[] {
  const all = metricsNamed(criterion) ?? [{ metric: 'accuracy', where: { dataset: DATASET } }]
  return [...all, ...all.map((one) => ({ ...one, across: ['group'] }))]
}

/** A number of the whole and, of every attribute, of two groups that are alike. */
function numbersOf(
  { metric, where, across }: Measured,
  { across: attributes = [], at_most_worse: limit = 0 }: Lineage,
  isWorse: boolean,
): readonly Measurement[] {
  const source = {
    ...SOURCE,
    ...(where.file !== undefined && { path: where.file }),
    ...(where.format !== undefined && { format: where.format }),
  }
  const labels = { dataset: DATASET, ...where }
  const one = { metric, value: 0.9, unit: 'fraction', source } as const
  if (across === undefined) return [{ ...one, labels }]
  const each = [
    across,
    ...attributes.map((labelled) => (typeof labelled === 'string' ? [labelled] : labelled)),
  ]
  return each.flatMap((within) =>
    ['a', 'b'].map((group) => ({
      ...one,
      value: group === 'b' && isWorse ? 0.9 - limit - 1 : 0.9,
      labels: { ...labels, ...Object.fromEntries(within.map((label) => [label, group])) },
      within,
    })),
  )
}
