import Big from 'big.js'
import { boundOf } from '../checks/common.ts'
import type { Criterion } from '../checks/index.ts'
import { metricOf } from '../core/metrics.ts'

/** The values that a criterion's metric can have, in the unit of its bound. */
export type Span = { readonly low: number; readonly high: number }

type Metric = Extract<Criterion, { check: 'metric' }>

/** What can be measured for a metric criterion; without end where the table of metrics knows none. */
export function spanOf(criterion: Metric): Span {
  const known = metricOf(criterion.metric)
  // No metric of counts or times goes below none.
  const least = known?.least ?? (isAmount(criterion) ? 0 : Number.NEGATIVE_INFINITY)
  const [low, high] = known?.range ?? [least, Number.POSITIVE_INFINITY]
  const scale = isPercent(criterion) ? 100 : 1
  return { low: low * scale, high: high * scale }
}

function isAmount({ unit }: Metric): boolean {
  return unit === 'count' || unit === 'ms'
}

/** Whether the bound is in percent: by its unit, or as a bound past the metric's range is read. */
export function isPercent(criterion: Metric): boolean {
  if (criterion.unit !== undefined) return criterion.unit === 'percent'
  const bound = boundOf(criterion)
  const most = bound.kind === 'between' ? bound.high : bound.value
  return most > (metricOf(criterion.metric)?.range?.[1] ?? Number.POSITIVE_INFINITY)
}

/** Values that can be measured and are one step beyond the bound, at each of its ends; empty where there are none. */
export function beyond(criterion: Metric): readonly number[] {
  const bound = boundOf(criterion)
  const { low, high } = spanOf(criterion)
  const below = bound.kind === 'between' ? bound.low : bound.kind === 'at_most' ? undefined : bound.value
  const above = bound.kind === 'between' ? bound.high : bound.kind === 'at_least' ? undefined : bound.value
  return [
    ...(below === undefined || below <= low
      ? []
      : [Math.max(low, new Big(below).minus(step(below)).toNumber())]),
    ...(above === undefined || above >= high
      ? []
      : [Math.min(high, new Big(above).plus(step(above)).toNumber())]),
  ]
}

/** One of the last digit that a bound is written with. */
function step(bound: number): Big {
  const { c, e } = new Big(bound)
  return new Big(`1e${bound === 0 ? -1 : e - c.length + 1}`)
}

/**
 * Whether everything that can be measured holds the bound: such a criterion asks for nothing but that there is a
 * number. Advisory ones decide nothing, and may be there to show one. Differences to a baseline have another range.
 */
export function cannotFail(criterion: Criterion): boolean {
  if (criterion.check !== 'metric' || criterion.blocking === false) return false
  return criterion.baseline === undefined && beyond(criterion).length === 0
}
