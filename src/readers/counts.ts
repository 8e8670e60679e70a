import type { Interval, Unit } from '../core/measurement.ts'
import type { Fault } from '../core/problem.ts'
import { roomOf } from './rounded.ts'

/** One measurement as a person or a script wrote it out, with its own counts. */
export type Counted = {
  readonly value: number
  readonly unit: Unit
  readonly samples?: number
  readonly successes?: number
  readonly stderr?: number
  readonly clusters?: number
  readonly interval?: Interval
}

/** What contradicts itself: more successes or clusters than samples, a value that is not their ratio as far as it is written, or not in its interval. */
export function contradiction(counted: Counted, at: string): Fault | undefined {
  const { value, unit, samples, successes, clusters, interval } = counted
  if (interval !== undefined && !(interval.low <= value && value <= interval.high))
    return { code: 'contradiction', at, one: String(value), other: `${interval.low} to ${interval.high}` }
  if (clusters !== undefined && samples !== undefined && clusters > samples)
    return { code: 'contradiction', at, one: `${clusters} clusters`, other: `${samples} samples` }
  if (samples === undefined || successes === undefined) return undefined
  if (successes > samples) {
    return { code: 'contradiction', at, one: `${successes} successes`, other: `${samples} samples` }
  }
  const ratio = successes / samples
  // 0 of 0 is NaN, which is no value at all.
  const same = Math.abs(value - ratio) <= roomOf([value]) + 1e-9
  return isComparable(unit) && !same
    ? { code: 'contradiction', at, one: String(value), other: `${successes}/${samples}` }
    : undefined
}

/** The value of what contradicts nothing: where whoever wrote it rounded it, its counts say it exactly. */
export function exactOf({ value, unit, samples, successes }: Counted): number {
  if (samples === undefined || successes === undefined || !isComparable(unit)) return value
  const ratio = successes / samples
  return Math.abs(value - ratio) <= 1e-9 ? value : ratio
}

function isComparable(unit: Unit): boolean {
  return unit === 'fraction' || unit === 'unknown'
}

/** A two-sided interval from its three numbers; some of them without the others say nothing. */
export function intervalFrom(
  low: number | null | undefined,
  high: number | null | undefined,
  level: number | null | undefined,
): { readonly interval?: Interval } {
  if (typeof low !== 'number' || typeof high !== 'number' || typeof level !== 'number') return {}
  return { interval: { low, high, level, sides: 2 } }
}
