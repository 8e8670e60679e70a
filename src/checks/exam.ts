import type { MeasurementAnswer } from '../core/answer.ts'
import { type Chosen, compare, type Data, type Exam } from '../core/exam.ts'
import type { ExamAnswer } from '../core/exam-answer.ts'
import type { Measurement } from '../core/measurement.ts'
import { metricOf } from '../core/metrics.ts'

/** An exam as the criteria pin it. */
export type Pin = {
  readonly digest: string
  readonly rows?: number
  readonly threshold?: number
  /** The groups that must be there, by attribute. */
  readonly groups?: Readonly<Record<string, readonly string[]>>
  /** How many rows each group has, by attribute, where that is pinned too. */
  readonly sizes?: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** The positive value of the truth. */
  readonly positive?: string
  /** Only the integrity of these data is asked: they are no exam. */
  readonly unasked?: true
  /** The outcome that is good for the person is the negative one. */
  readonly inverted?: true
}

/** What the criteria pin, and what the release says of its data. */
export type Exams = {
  readonly pinned: ReadonlyMap<string, Pin>
  /** Data of the manifest that the model was not made with. */
  readonly given: readonly Data[]
  /** Data that the model was made with, by manifest and training records. */
  readonly trained: readonly Data[]
  readonly trainedHere: boolean
  /** What the manifest alone decided about exams. */
  readonly chosen: readonly Chosen[]
  /** At high risk what was chosen afterwards, or is unknown where somebody here must know it, is refused. */
  readonly highRisk: boolean
  /** How many other weights were measured on each exam before these, by its key; absent where only the app's ledger knows. */
  readonly seen?: Readonly<Record<string, number>>
  /** How many different weights the version that asks lets be measured on one exam. */
  readonly attempts?: number
}

/** Whether the model was made with the exam. Equal snapshots mean the same only under the same name. */
export type Training =
  | { readonly kind: 'apart' }
  | { readonly kind: 'among'; readonly under: string }
  | { readonly kind: 'unknown'; readonly names: readonly string[] }

export function trainingOf(name: string, { digest }: Pick<Pin, 'digest'>, { trained }: Exams): Training {
  const against = trained.map((data) => ({ name: data.name, is: alike(name, digest, data) }))
  const same = against.find(({ is }) => is === 'same')
  if (same !== undefined) return { kind: 'among', under: same.name }
  const unknown = against.filter(({ is }) => is === 'not_comparable')
  if (trained.length > 0 && unknown.length === 0) return { kind: 'apart' }
  return { kind: 'unknown', names: [...new Set(unknown.map((data) => data.name))].toSorted() }
}

function alike(name: string, digest: string, data: Data): ReturnType<typeof compare> {
  if (data.digest === undefined) return 'not_comparable'
  if (digest.startsWith('snapshot:') && data.name !== name) return 'not_comparable'
  return compare(digest, data.digest)
}

type Given = { readonly state: Exam['state']; readonly found?: string }

/** How the manifest's data under the pinned name compare with the pin; of several the worst. */
export function givenOf(name: string, { digest }: Pin, { given }: Exams): Given {
  const compared = given
    .filter((data) => data.name === name)
    .map(({ digest: found }): Given => {
      return found === undefined ? { state: 'not_given' } : { state: compare(digest, found), found }
    })
  const worst = (['differs', 'not_comparable', 'not_given', 'same'] as const).flatMap((state) =>
    compared.filter((one) => one.state === state),
  )[0]
  return worst ?? { state: 'not_given' }
}

/** Why no evidence can answer for an exam that the criteria pin, whatever it measured. */
export function answerExam(name: string | undefined, exams: Exams): ExamAnswer | undefined {
  const pin = name === undefined ? undefined : exams.pinned.get(name)
  if (name === undefined || pin === undefined) return undefined
  const { digest } = pin
  const training = trainingOf(name, pin, exams)
  if (training.kind === 'among')
    return { code: 'exam_in_training', outcome: 'unmet', dataset: name, digest, under: training.under }
  const { state, found = '' } = givenOf(name, pin, exams)
  const said = { dataset: name, found, wanted: digest }
  switch (state) {
    case 'differs':
      return { code: 'exam_differs', outcome: 'unmet', ...said }
    case 'not_comparable':
      return { code: 'exam_not_comparable', outcome: 'undecided', ...said }
    case 'not_given': {
      const listed = exams.given.some((data) => data.name === name)
      return { code: 'exam_not_given', outcome: 'undecided', dataset: name, wanted: digest, listed }
    }
    case 'same': {
      if (training.kind === 'apart') return undefined
      // Training data of the exam's own name are more than unknown.
      const blocks = training.names.includes(name) || (exams.highRisk && exams.trainedHere)
      const unknown = training.names
      return blocks
        ? { code: 'training_data_unknown', outcome: 'undecided', dataset: name, digest, unknown }
        : undefined
    }
  }
}

/** Labels that say how or where something was measured; any other that a criterion asks for is a part of the exam. */
const WHOLE: ReadonlySet<string> = new Set([
  ...['dataset', 'dataset_sha256', 'dataset_md5', 'split', 'file', 'format', 'path'],
  ...['seed', 'filter', 'shots', 'threshold', 'positive', 'aggregate'],
])

/** Why one measurement does not count as the exam that it is about. `where`: what the criterion asked for. */
export function answerTaken(
  observed: Measurement,
  where: Where,
  partIsEnough: boolean,
  exams: Exams,
): MeasurementAnswer | undefined {
  const name = labelled(observed, 'dataset')
  const seen = measuredOnTraining(observed, name ?? '', exams)
  if (seen !== undefined) return seen
  const pin = name === undefined ? undefined : exams.pinned.get(name)
  if (name === undefined || pin === undefined) {
    if (!exams.highRisk) return undefined
    return afterwards(observed, name === undefined ? 'unnamed' : 'dataset', name ?? '', exams)
  }
  return (
    answerExam(name, exams) ??
    otherwise(observed, name, pin, where) ??
    (exams.highRisk ? unpinned(observed, name, where, exams) : undefined) ??
    (partIsEnough ? undefined : inPart(observed, name, pin, where))
  )
}

/** Whether the evidence itself says that it was measured on data that the model was made with. */
function measuredOnTraining(observed: Measurement, dataset: string, exams: Exams): ExamAnswer | undefined {
  for (const kind of ['sha256', 'md5'] as const) {
    const value = labelled(observed, `dataset_${kind}`)
    const digest = `${kind}:${value ?? ''}`
    const training = value === undefined ? undefined : trainingOf(dataset, { digest }, exams)
    if (training?.kind === 'among')
      return { code: 'exam_in_training', outcome: 'unmet', dataset, digest, under: training.under }
  }
  return undefined
}

type Where = Readonly<Record<string, string>>

/** What the evidence says of its own exam, against what the criteria say. */
function otherwise(
  observed: Measurement,
  dataset: string,
  { digest, threshold, positive }: Pin,
  where: Where,
): ExamAnswer | undefined {
  const said = { code: 'exam_taken_otherwise', outcome: 'unmet', observed, dataset } as const
  for (const kind of ['sha256', 'md5'] as const) {
    const found = `${kind}:${labelled(observed, `dataset_${kind}`) ?? ''}`
    if (!found.endsWith(':') && compare(found, digest) === 'differs')
      return { ...said, what: 'digest', found, wanted: digest }
  }
  const class_ = labelled(observed, 'positive')
  if (class_ !== undefined && positive !== undefined && class_ !== positive && !('positive' in where))
    return { ...said, what: 'positive', found: class_, wanted: positive }
  const found = labelled(observed, 'threshold')
  // A criterion that asks for a threshold of its own has fixed it as well.
  if (found === undefined || threshold === undefined || 'threshold' in where) return undefined
  return Number(found) === threshold
    ? undefined
    : { ...said, what: 'threshold', found, wanted: String(threshold) }
}

/** How an exam that is pinned was read, where the criteria do not say how. */
function unpinned(observed: Measurement, name: string, where: Where, exams: Exams): ExamAnswer | undefined {
  for (const one of exams.chosen) {
    if (one.what === 'dataset' || one.dataset !== name || one.path !== observed.source.path) continue
    if (one.what !== 'threshold') return afterwards(observed, one.what, one.value, exams)
    const threshold = labelled(observed, 'threshold')
    if (threshold !== undefined && !('threshold' in where))
      return afterwards(observed, 'threshold', threshold, exams)
  }
  return undefined
}

function afterwards(
  observed: Measurement,
  what: Extract<ExamAnswer, { code: 'chosen_afterwards' }>['what'],
  value: string,
  { pinned }: Exams,
): ExamAnswer {
  const names = [...pinned.keys()].toSorted()
  return { code: 'chosen_afterwards', outcome: 'undecided', observed, what, value, pinned: names }
}

/** Whether a metric over every sample was measured on every row. */
function inPart(
  observed: Measurement,
  dataset: string,
  { rows }: Pin,
  where: Where,
): MeasurementAnswer | undefined {
  if (rows === undefined || metricOf(observed.metric)?.denominator !== 'samples') return undefined
  if (Object.keys(where).some((label) => !WHOLE.has(label))) return undefined
  const { samples } = observed
  if (samples === undefined) return { code: 'samples_unknown', outcome: 'undecided', observed, wanted: rows }
  if (samples >= rows) return undefined
  return { code: 'exam_in_part', outcome: 'undecided', observed, dataset, samples, rows }
}

function labelled({ labels }: Measurement, label: string): string | undefined {
  return Object.hasOwn(labels, label) ? labels[label] : undefined
}
