import type { Unit } from '../core/measurement.ts'
import type { Fault } from '../core/problem.ts'

/** One measurement as a person or a script wrote it out, with its own counts. */
export type Counted = {
  readonly value: number
  readonly unit: Unit
  readonly samples?: number
  readonly successes?: number
  readonly stderr?: number
}

/** What contradicts itself: more successes than samples, or a value that is not their ratio. */
export function contradiction({ value, unit, samples, successes }: Counted, at: string): Fault | undefined {
  if (samples === undefined || successes === undefined) return undefined
  if (successes > samples) {
    return { code: 'contradiction', at, one: `${successes} successes`, other: `${samples} samples` }
  }
  const ratio = successes / samples
  // 0 of 0 is NaN, which is no value at all.
  const same = Math.abs(value - ratio) <= 1e-9
  const comparable = unit === 'fraction' || unit === 'unknown'
  return comparable && !same
    ? { code: 'contradiction', at, one: String(value), other: `${successes}/${samples}` }
    : undefined
}
