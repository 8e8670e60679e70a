import Big from 'big.js'
import type { Bound } from '../core/answer.ts'
import type { Measurement, Unit } from '../core/measurement.ts'
import { metricOf } from '../core/metrics.ts'

/** Whether a value holds a bound; inclusive, in decimals, so that what a file writes is what is compared. */
export function holds(value: Big, bound: Bound): boolean {
  switch (bound.kind) {
    case 'at_least':
      return value.gte(bound.value)
    case 'at_most':
      return value.lte(bound.value)
    case 'between':
      return value.gte(bound.low) && value.lte(bound.high)
    case 'equals':
      return value.eq(bound.value)
  }
}

/** What one of the measurement's own unit, and the whole of a fraction, are in the unit of the bound. */
export type Scale = { readonly own: number; readonly whole?: number }

/** A measurement as a decimal in the unit that the bound is written in, or why that is not known. */
export type Comparable =
  | { readonly kind: 'value'; readonly value: Big; readonly scale: Scale }
  | { readonly kind: 'not_a_number' }
  | { readonly kind: 'unit_unclear' }
  | { readonly kind: 'unit_differs'; readonly wanted: Unit }
  | { readonly kind: 'out_of_range'; readonly low: number; readonly high: number }

/**
 * Percent is never guessed. A criterion's `unit` is the unit of its bound: a measurement of a known unit is
 * converted to it, one of an unknown unit is taken to be written in it. Without it the number is compared
 * as written, unless value and bound look like different scales.
 */
export function comparable(observed: Measurement, bound: Bound, unit: Unit | undefined): Comparable {
  if (!Number.isFinite(observed.value)) return { kind: 'not_a_number' }
  const value = new Big(observed.value)
  const range = metricOf(observed.metric)?.range
  if (unit === undefined) {
    if (range === undefined)
      return otherScale(observed.unit, greatest(bound))
        ? { kind: 'unit_unclear' }
        : { kind: 'value', value, scale: { own: 1, ...wholeOf(observed.unit) } }
    const [low, high] = range
    // Past a hundred times its greatest a value is neither a fraction nor percent.
    const most = observed.unit === 'fraction' ? high : high * 100
    if (observed.value < low || observed.value > most) return { kind: 'out_of_range', low, high }
    const percentBound = greatest(bound) > high
    const percentValue = observed.unit === 'percent' || observed.value > high
    return percentBound === percentValue
      ? { kind: 'value', value, scale: { own: 1, whole: percentValue ? 100 : 1 } }
      : { kind: 'unit_unclear' }
  }
  const scaled = inUnit(value, observed.unit, unit)
  if (scaled === undefined) return { kind: 'unit_differs', wanted: unit }
  if (range !== undefined && (unit === 'fraction' || unit === 'percent')) {
    const scale = unit === 'percent' ? 100 : 1
    const [low, high] = [range[0] * scale, range[1] * scale]
    if (scaled.gt(high) || (Number.isFinite(low) && scaled.lt(low)))
      return { kind: 'out_of_range', low, high }
  }
  const own = observed.unit === unit || observed.unit === 'unknown' ? 1 : unit === 'percent' ? 100 : 0.01
  return { kind: 'value', value: scaled, scale: { own, ...wholeOf(unit) } }
}

/** How far a value is from holding a bound, in decimals; 0 where it holds. */
export function distance(value: Big, bound: Bound): number {
  if (holds(value, bound)) return 0
  const [low, high] = bound.kind === 'between' ? [bound.low, bound.high] : [bound.value, bound.value]
  return (value.lt(low) ? new Big(low).minus(value) : value.minus(high)).toNumber()
}

/** What is no fraction has no whole; a number without a unit is taken as one. */
function wholeOf(unit: Unit): { readonly whole?: number } {
  if (unit === 'percent') return { whole: 100 }
  return unit === 'fraction' || unit === 'unknown' ? { whole: 1 } : {}
}

/** Of a metric that may exceed 1: a bound that would be of the other scale, were it written in the value's unit. */
function otherScale(unit: Unit, most: number): boolean {
  return (unit === 'percent' && most <= 1) || (unit === 'fraction' && most > 1)
}

function inUnit(value: Big, from: Unit, to: Unit): Big | undefined {
  if (from === to || from === 'unknown') return value
  if (from === 'fraction' && to === 'percent') return value.times(100)
  if (from === 'percent' && to === 'fraction') return value.times('0.01') // a quotient would be rounded
  return undefined
}

function greatest(bound: Bound): number {
  return bound.kind === 'between' ? bound.high : bound.value
}
