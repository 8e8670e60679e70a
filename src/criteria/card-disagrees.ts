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

/** A number that a document states of the model. */
type Claim = {
  readonly metric: string
  readonly value: number
  readonly rounding: number
  readonly percent: boolean | undefined
  readonly labels: Readonly<Record<string, string>>
  readonly line?: number | undefined
}

/**
 * Every number of a document about the model that is none of those that evidence has for the same metric, of the same
 * part of the same data as far as both say it, within the rounding that it was written with. What no evidence measures
 * nothing can contradict.
 */
export function cardDisagrees(evidence: readonly Evidence[]): readonly Problem[] {
  const own = evidence.filter(({ about }) => about === 'candidate')
  const measured = own.filter((file) => !isCard(file)).flatMap(({ measurements }) => measurements)
  return own.filter(isCard).flatMap((card) =>
    claimsOf(card).flatMap((claim): readonly Problem[] => {
      const same = measured.filter((one) => canonical(one.metric) === claim.metric && isOfSame(claim, one))
      const nearest = same.toSorted((a, b) => off(claim, a) - off(claim, b))[0]
      if (nearest === undefined || off(claim, nearest) <= claim.rounding * scaleOf(claim, nearest) + 1e-9)
        return []
      const { metric, value, line } = claim
      return [
        {
          path: card.path,
          ...(line !== undefined && { line }),
          ...{ code: 'card_disagrees', metric, stated: claim.percent === true ? `${value}%` : `${value}` },
          ...{ measured: nearest.value, evidence: nearest.source.path },
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
    ...stated.map(({ metric, value, rounding, percent, line }) => ({
      ...{ metric: canonical(metric), value, rounding, line, labels: {} },
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
