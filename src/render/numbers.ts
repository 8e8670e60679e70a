import type { Bound } from '../core/answer.ts'
import type { Unit } from '../core/measurement.ts'

/** Past this power of ten, digits are harder to read than an exponent. */
const LONGEST_EXPONENT = 20

/** A number as the shortest decimal that means exactly it. */
export function shownNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '∞'
  if (value === Number.NEGATIVE_INFINITY) return '-∞'
  const shortest = String(value)
  const [, sign = '', whole = '', part = '', power = '0'] =
    /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(shortest) ?? []
  if (whole === '' || Number(power) > LONGEST_EXPONENT) return shortest
  return `${sign}0.${'0'.repeat(Number(power) - 1)}${whole}${part}`
}

/** A number of things, with thousands separators. */
export function count(value: number): string {
  const [whole = '', part] = shownNumber(value).split('.')
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
  return part === undefined ? grouped : `${grouped}.${part}`
}

/** `1 row`, `2,000 rows`. */
export function counted(value: number, one: string, many: string = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** A value in its unit; only what is in percent has a percent sign. */
export function shownValue(value: number, unit?: Unit): string {
  if (unit === 'count') return count(value)
  if (unit === 'percent') return `${shownNumber(value)}%`
  if (unit === 'ms') return `${shownNumber(value)} ms`
  return shownNumber(value)
}

/** A bound as a table shows it: `≥ 0.9`. */
export function shownBound(bound: Bound, unit?: Unit): string {
  switch (bound.kind) {
    case 'at_least':
      return `≥ ${shownValue(bound.value, unit)}`
    case 'at_most':
      return `≤ ${shownValue(bound.value, unit)}`
    case 'between':
      return `${shownValue(bound.low, unit)} to ${shownValue(bound.high, unit)}`
    case 'equals':
      return `= ${shownValue(bound.value, unit)}`
  }
}

/** A bound as a sentence says it: `at least 0.9`. */
export function boundInWords(bound: Bound, unit?: Unit): string {
  switch (bound.kind) {
    case 'at_least':
      return `at least ${shownValue(bound.value, unit)}`
    case 'at_most':
      return `at most ${shownValue(bound.value, unit)}`
    case 'between':
      return `between ${shownValue(bound.low, unit)} and ${shownValue(bound.high, unit)}`
    case 'equals':
      return `exactly ${shownValue(bound.value, unit)}`
  }
}

/** How far inside its bound a value lies; negative is beyond it. For ordering only. */
export function margin(value: number, bound: Bound): number {
  switch (bound.kind) {
    case 'at_least':
      return value - bound.value
    case 'at_most':
      return bound.value - value
    case 'between':
      return Math.min(value - bound.low, bound.high - value)
    case 'equals':
      return -Math.abs(value - bound.value)
  }
}

/** Rounded up to two digits: a promise to the sample would be none. */
export function twoDigits(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1)
  return Math.ceil(value / step) * step
}
