import type { Evidence } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import { canonical, metricOf } from '../core/metrics.ts'
import type { Problem } from '../core/problem.ts'
import { plainWords } from '../text/words.ts'

/** Formats in which somebody sums up what was measured elsewhere. */
const CARDS: ReadonlySet<string> = new Set([
  ...['hf-model-index', 'model-card-toolkit', 'sagemaker-model-card'],
  ...['cyclonedx', 'spdx3'],
])
/** Labels that say how something was taken, and not of which part of which data. */
const LOOSE: ReadonlySet<string> = new Set([
  'path',
  'name',
  'task',
  'dataset_type',
  'config',
  'revision',
  'scope',
  'threshold',
])

/** Labels of all of some data, or of the model. */
const WHOLE: ReadonlySet<string> = new Set([
  ...['dataset', 'split', 'model_sha256', 'model_revision', 'positive', 'threshold'],
])

/** Labels that say how something was measured: such a measurement is not of a group, nor of the whole. */
const HOW: ReadonlySet<string> = new Set([
  ...['aggregate', 'average', 'filter', 'shots', 'n_shot', 'fold', 'seed', 'step', 'epoch', 'k', 'stage'],
  ...[
    'epsilon',
    'attack',
    'norm',
    'corruption',
    'severity',
    'probe',
    'detector',
    'suite',
    'about',
    'variant',
  ],
])

/** Columns of tables that compare models. */
const OF_MODELS: ReadonlySet<string> = new Set(['model', 'models', 'version', 'system', 'method'])

/** A number that a document states of the model. */
type Claim = {
  readonly metric: string
  readonly value: number
  readonly rounding: number
  readonly percent: boolean | undefined
  readonly labels: Readonly<Record<string, string>>
  readonly line?: number | undefined
  /** The part of the data that it is said to be of, as the document calls it; and the heading above it. */
  readonly of?: string | undefined
  readonly under?: string | undefined
  /** The groups that its row names, by their labels; all of them where a value is empty. */
  readonly parts?: readonly Part[]
}

type Part = { readonly label: string; readonly value: string }

/**
 * Every number of a document about the model that is none of those that evidence has for the same metric, of the same
 * part of the same data as far as both say it, within the rounding that it was written with. A number that names no
 * group is one of the whole, where that was measured: the best group's is another one. A column of a table is of groups
 * where it is called as a label of the evidence or as `grouped`, those that criteria name, or has their values. What no
 * evidence measures nothing can contradict.
 */
export function cardDisagrees(
  evidence: readonly Evidence[],
  grouped: readonly string[] = [],
): readonly Problem[] {
  const own = evidence.filter(({ about }) => about === 'candidate')
  const measured = own.filter((file) => !isCard(file)).flatMap(({ measurements }) => measurements)
  const groups = groupsIn(measured, grouped)
  return own.filter(isCard).flatMap((card) =>
    claimsOf(card, groups).flatMap((claim): readonly Problem[] => {
      const same = measured.filter((one) => canonical(one.metric) === claim.metric && isOfSame(claim, one))
      const meant = meantBy(claim, same)
      const nearest = meant.toSorted((a, b) => off(claim, a) - off(claim, b))[0]
      if (nearest === undefined || isStated(claim, nearest)) return []
      const only = same.find((one) => !meant.includes(one) && isStated(claim, one))
      const { metric, value, line } = claim
      return [
        {
          path: card.path,
          ...(line !== undefined && { line }),
          ...{ code: 'card_disagrees', metric, stated: claim.percent === true ? `${value}%` : `${value}` },
          ...{ measured: nearest.value, evidence: nearest.source.path },
          ...(only && { only: groupOf(only) }),
        },
      ]
    }),
  )
}

function isCard({ document, format, records }: Evidence): boolean {
  return document !== undefined || CARDS.has(format ?? '') || records.some(({ kind }) => kind === 'document')
}

function claimsOf({ measurements, records }: Evidence, groups: Groups): readonly Claim[] {
  const stated = records.flatMap((record) => (record.kind === 'document' ? (record.numbers ?? []) : []))
  return [
    ...measurements.map(({ metric, value, unit, labels, source }) => ({
      ...{ metric: canonical(metric), value, labels, line: source.line },
      percent: unit === 'percent' ? true : unit === 'fraction' ? false : undefined,
      rounding: lastDigit(value),
    })),
    ...stated.flatMap(({ metric, value, rounding, percent, line, of, under, beside = [], compared }) => {
      const parts = beside.flatMap((one) => partOf(one, groups) ?? [])
      if (compared === true && parts.length === 0) return []
      return [
        {
          ...{ metric: canonical(metric), value, rounding, line, labels: {}, of, under, parts },
          percent: percent ? true : undefined,
        },
      ]
    }),
  ]
}

/** Labels by which anything is divided, and the groups that are called by words, with the label of each. */
type Groups = { readonly labels: ReadonlyMap<string, string>; readonly values: ReadonlyMap<string, string> }

function groupsIn(measured: readonly Measurement[], grouped: readonly string[]): Groups {
  const divided = measured.flatMap((one) => Object.entries(groupOf(one)))
  const labels = [...grouped, ...divided.map(([label]) => label)]
  const called = divided.filter(([label, value]) => !HOW.has(label) && /\p{L}/u.test(value))
  return {
    labels: new Map(labels.map((label) => [plainWords(label), label])),
    values: new Map(called.map(([label, value]) => [plainWords(value), label])),
  }
}

function partOf(
  { column, cell: value }: { readonly column: string; readonly cell: string },
  { labels, values }: Groups,
): Part | undefined {
  if (OF_MODELS.has(plainWords(column))) return undefined
  const label = labels.get(plainWords(column)) ?? values.get(plainWords(value))
  return label === undefined ? undefined : { label, value }
}

function isOfSame({ labels }: Claim, measured: Measurement): boolean {
  const all = Object.entries(labels).filter(([label]) => !LOOSE.has(label))
  // A slice is a part of the data: what was measured must be divided by it, or by what it is a slice of.
  const isDivided = all.some(([label]) => !WHOLE.has(label) && Object.hasOwn(measured.labels, label))
  if (Object.hasOwn(labels, 'slice') && !isDivided) return false
  return all.every(([label, value]) => {
    const other = Object.hasOwn(measured.labels, label) ? measured.labels[label] : undefined
    return other === undefined || other === value
  })
}

/** Those of the measurements of a claim's metric that it is about: of the group that it names, or of the whole. */
function meantBy(
  { labels, of = '', under = '', parts = [] }: Claim,
  same: readonly Measurement[],
): readonly Measurement[] {
  const some = parts.filter(({ value }) => value !== '')
  if (some.length > 0) {
    const exact = same.filter((one) => some.every(({ label, value }) => isPart(one, label, value)))
    // How something was measured is not known by other words.
    return exact.length > 0 || some.some(({ label }) => HOW.has(label)) ? exact : same
  }
  const isNamedIn = (text: string) => (one: Measurement) =>
    Object.values(groupOf(one)).some((group) => hasWords(text, group))
  if (of !== '') {
    const group = same.filter(isNamedIn(of))
    const data = same.filter((one) => WHICH_DATA.some((label) => hasWords(of, one.labels[label] ?? '')))
    // Who names a part in other words than the evidence is held to any of it.
    return group.length > 0 ? group : data.length > 0 ? wholeOf(data) : same
  }
  if (Object.keys(labels).some((label) => !LOOSE.has(label) && !WHOLE.has(label))) return same
  // A heading may name the group that a table is about, and may as well name something else.
  return [...new Set([...wholeOf(same), ...same.filter(isNamedIn(under))])]
}

function isPart({ labels }: Measurement, label: string, value: string): boolean {
  return Object.hasOwn(labels, label) && hasWords(value, labels[label] ?? '')
}

const WHICH_DATA = ['dataset', 'split'] as const

/** What is of no group, where anything is of the whole. */
function wholeOf(measured: readonly Measurement[]): readonly Measurement[] {
  const isOfAll = (one: Measurement) => Object.keys(groupOf(one)).length === 0
  const isOfNone = (one: Measurement) => Object.keys(groupOf(one)).every((label) => HOW.has(label))
  // One run of several is none of what they come to together.
  const isOfOneRun = (one: Measurement) => RUNS.some((label) => Object.hasOwn(one.labels, label))
  return measured.some(isOfAll) ? measured.filter((one) => isOfNone(one) && !isOfOneRun(one)) : measured
}

const RUNS = ['fold', 'seed', 'step', 'epoch'] as const

/** The labels by which a measurement is of less than the whole, or taken in another way. */
function groupOf({ labels }: Measurement): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(labels).filter(([label]) => !LOOSE.has(label) && !WHOLE.has(label)),
  )
}

function hasWords(text: string, words: string): boolean {
  const [all, some] = [plainWords(text), plainWords(words)]
  return some !== '' && ` ${all} `.includes(` ${some} `)
}

function isStated(claim: Claim, measured: Measurement): boolean {
  return off(claim, measured) <= claim.rounding * scaleOf(claim, measured) + 1e-9
}

/** How far a claim is from a measurement, in the measurement's unit. */
function off(claim: Claim, measured: Measurement): number {
  return Math.abs(claim.value * scaleOf(claim, measured) - measured.value)
}

/** From the claim's unit to the measurement's: a share that is more than one can only be percent. */
function scaleOf({ metric, value, percent }: Claim, measured: Measurement): number {
  const most = metricOf(metric)?.range?.[1]
  const isPercent = percent ?? (most === 1 && Math.abs(value) > 1)
  const isMeasuredPercent =
    measured.unit === 'percent' || (measured.unit === 'unknown' && most === 1 && Math.abs(measured.value) > 1)
  if (isPercent === isMeasuredPercent) return 1
  return isPercent ? 0.01 : 100
}

/** Half of the last digit that a number was written with; of a whole one, of its second decimal. */
export function lastDigit(value: number): number {
  const [, part = '', power = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  return 0.5 * 10 ** (Number(power) - (part.length === 0 ? 2 : part.length))
}
