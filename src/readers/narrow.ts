import { type Fields, isFields, partOf } from '../core/fields.ts'
import type { Unit } from '../core/measurement.ts'
import { metricOf } from '../core/metrics.ts'

export { type Fields, isFields, partOf }

export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** The object under a key, or an empty one. */
export function fieldsAt(fields: Fields, key: string): Fields {
  const value = partOf(fields, key)
  return isFields(value) ? value : {}
}

/** The objects of a list; none of what is no list. */
export function objectsIn(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : []
}

/** An object with the keys that lead to it. */
type Standing = { readonly fields: Fields; readonly keys: readonly (string | number)[] }

/** The objects of the list under a key, each with where it stands; what else is known of the outer one holds of each. */
export function objectsAt<At extends Standing>(at: At, key: string): readonly At[] {
  const list = partOf(at.fields, key)
  if (!Array.isArray(list)) return []
  return list.flatMap((one: unknown, index) =>
    isFields(one) ? [{ ...at, fields: one, keys: [...at.keys, key, index] }] : [],
  )
}

/** The labels that are there: texts, numbers and truth values as text; empty text, null and the rest are none. */
export function labelsOf(found: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) => {
      const scalar = typeof value === 'string' || typeof value === 'boolean' || isNumber(value)
      return scalar && value !== '' ? [[name, String(value)]] : []
    }),
  )
}

/** Unit of a number that a tool writes as a fraction where its metric is bounded by 0 and 1; never guessed otherwise. */
export function fractionOf(metric: string, value: number): Unit {
  const [low, high] = metricOf(metric)?.range ?? []
  return low === 0 && high === 1 && value >= 0 && value <= 1 ? 'fraction' : 'unknown'
}

/** True unless the metric is known to count over something else than all samples, such as its positives. */
export function overSamples(metric: string): boolean {
  const denominator = metricOf(metric)?.denominator ?? 'samples'
  return denominator === 'samples' || denominator === 'none'
}

/** An RFC 4180 cell as a number: no thousands separators, no percent sign, no hexadecimal. */
export function numberOf(cell: string): number | undefined {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(cell.trim()) ? Number(cell) : undefined
}

export function isNotFinite(cell: string): boolean {
  return /^[+-]?(?:nan|inf|infinity)$/i.test(cell.trim())
}

/** Text that some tools write for a number that is none. */
export function isNotFiniteText(value: unknown): value is string {
  return typeof value === 'string' && isNotFinite(value)
}
