import type { Evidence } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import { canonical, metricOf } from '../core/metrics.ts'
import type { Problem } from '../core/problem.ts'

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
const WHOLE: ReadonlySet<string> = new Set(['dataset', 'split', 'model_sha256', 'model_revision'])

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
}

/**
 * Every number of a document about the model that is none of those that evidence has for the same metric, of the same
 * part of the same data as far as both say it, within the rounding that it was written with. A number that names no
 * group is one of the whole, where that was measured: the best group's is another one. What no evidence measures nothing
 * can contradict.
 */
export function cardDisagrees(evidence: readonly Evidence[]): readonly Problem[] {
  const own = evidence.filter(({ about }) => about === 'candidate')
  const measured = own.filter((file) => !isCard(file)).flatMap(({ measurements }) => measurements)
  return own.filter(isCard).flatMap((card) =>
    claimsOf(card).flatMap((claim): readonly Problem[] => {
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

function claimsOf({ measurements, records }: Evidence): readonly Claim[] {
  const stated = records.flatMap((record) => (record.kind === 'document' ? (record.numbers ?? []) : []))
  return [
    ...measurements.map(({ metric, value, unit, labels, source }) => ({
      ...{ metric: canonical(metric), value, labels, line: source.line },
      percent: unit === 'percent' ? true : unit === 'fraction' ? false : undefined,
      rounding: lastDigit(value),
    })),
    ...stated.map(({ metric, value, rounding, percent, line, of, under }) => ({
      ...{ metric: canonical(metric), value, rounding, line, labels: {}, of, under },
      percent: percent ? true : undefined,
    })),
  ]
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
  { labels, of = '', under = '' }: Claim,
  same: readonly Measurement[],
): readonly Measurement[] {
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

const WHICH_DATA = ['dataset', 'split'] as const

/** What is of no group, where anything is of the whole. */
function wholeOf(measured: readonly Measurement[]): readonly Measurement[] {
  const isOfAll = (one: Measurement) => Object.keys(groupOf(one)).length === 0
  const isOfNone = (one: Measurement) => Object.keys(groupOf(one)).every((label) => HOW.has(label))
  return measured.some(isOfAll) ? measured.filter(isOfNone) : measured
}

/** The labels by which a measurement is of less than the whole, or taken in another way. */
function groupOf({ labels }: Measurement): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(labels).filter(([label]) => !LOOSE.has(label) && !WHOLE.has(label)),
  )
}

function hasWords(text: string, words: string): boolean {
  const [all, some] = [text, words].map((one) => (one.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' '))
  return some !== undefined && some !== '' && ` ${all} `.includes(` ${some} `)
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
