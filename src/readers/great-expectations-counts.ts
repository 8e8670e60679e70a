import type { Measurement } from '../core/measurement.ts'
import { pointer } from '../text/pointer.ts'
import type { Collector } from './collect.ts'
import { type Fields, isNumber } from './narrow.ts'

type Keys = readonly (string | number)[]
type About = Pick<Measurement, 'labels' | 'tool' | 'at'>

/**
 * The numbers of one expectation: which share of the values that are there is unexpected, which share is missing, and
 * what was observed. Percent by the tool's convention; the values that are there are no rows of the exam.
 */
export function measureExpectation(result: Fields, keys: Keys, about: About, found: Collector): void {
  const elements = result.element_count
  const missing = result.missing_count ?? 0
  if (isCount(elements) && isCount(missing)) {
    const there = elements - missing
    share('unexpected_rate', 'unexpected_percent', result.unexpected_count, there, {
      result,
      keys,
      about,
      found,
    })
    share('missing_rate', 'missing_percent', result.missing_count, elements, { result, keys, about, found })
  }
  if (isNumber(result.observed_value)) {
    const value = result.observed_value
    found.measure([...keys, 'observed_value'], { metric: 'observed_value', value, unit: 'value', ...about })
  }
}

type Where = {
  readonly result: Fields
  readonly keys: Keys
  readonly about: About
  readonly found: Collector
}

function share(
  metric: string,
  key: string,
  count: unknown,
  of: number,
  { result, keys, about, found }: Where,
): void {
  const value = result[key]
  const at = [...keys, key]
  // Of nothing there is no share, and the tool writes null.
  if (value === undefined || value === null || !isCount(count)) return
  if (!isNumber(value)) found.malformed(at, 'a number')
  else if (count > of || of <= 0 || Math.abs(value - (100 * count) / of) > 1e-6) {
    const [one, other] = [`${value} percent`, `${count} of ${of}`]
    found.fault(at, { code: 'contradiction', at: pointer(at), one, other })
  } else found.measure(at, { metric, value, unit: 'percent', samples: of, successes: count, ...about })
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
