import Big from 'big.js'
import { boundOf } from '../checks/common.ts'
import type { Bound } from '../core/answer.ts'
import type { Effect } from '../core/deviation.ts'
import { metricOf } from '../core/metrics.ts'
import type { Criteria } from './criteria.ts'

/** A criterion that holds a number to a bound. */
export type Measured = Extract<Criteria['criteria'][number], { check: 'metric' | 'disparity' }>

type Interval = { readonly low?: Big; readonly high?: Big }

/**
 * Tightened where every value that holds the new bound held the old one. Without a unit the size of the bound
 * says on which scale it is read, so bounds of two scales can't be compared.
 */
export function compareBounds(before: Measured, after: Measured): Effect {
  const [from, to] = [unitOf(before), unitOf(after)]
  if (from === undefined && to === undefined && isLarge(before) !== isLarge(after)) return 'changed'
  const factor = factorOf(from, to)
  if (factor === undefined) return 'changed'
  const [old, young] = [scaled(interval(boundOf(before)), factor), interval(boundOf(after))]
  const [inside, outside] = [contains(old, young), contains(young, old)]
  if (inside) return outside ? 'reworded' : 'tightened'
  return outside ? 'loosened' : 'changed'
}

function unitOf(criterion: Measured): string | undefined {
  return criterion.check === 'metric' ? criterion.unit : undefined
}

/** Whether a bound without a unit looks like percent beside values of this metric. */
function isLarge(criterion: Measured): boolean {
  const bound = boundOf(criterion)
  const most = bound.kind === 'between' ? bound.high : bound.value
  return most > (metricOf(criterion.metric)?.range?.[1] ?? 1)
}

function factorOf(from: string | undefined, to: string | undefined): string | undefined {
  if (from === to) return '1'
  if (from === 'percent' && to === 'fraction') return '0.01'
  return from === 'fraction' && to === 'percent' ? '100' : undefined
}

function interval(bound: Bound): Interval {
  switch (bound.kind) {
    case 'at_least':
      return { low: new Big(bound.value) }
    case 'at_most':
      return { high: new Big(bound.value) }
    case 'between':
      return { low: new Big(bound.low), high: new Big(bound.high) }
    case 'equals':
      return { low: new Big(bound.value), high: new Big(bound.value) }
  }
}

function scaled({ low, high }: Interval, factor: string): Interval {
  return { ...(low && { low: low.times(factor) }), ...(high && { high: high.times(factor) }) }
}

function contains(outer: Interval, inner: Interval): boolean {
  const below = outer.low === undefined || inner.low?.gte(outer.low) === true
  const above = outer.high === undefined || inner.high?.lte(outer.high) === true
  return below && above
}
