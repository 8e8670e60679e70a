import Big from 'big.js'
import type { Bound } from '../core/answer.ts'
import type { Measurement, Unit } from '../core/measurement.ts'
import { metricOf } from '../core/metrics.ts'
import type { Method, Shown } from '../core/shown.ts'
import { shownNumber, shownValue } from './numbers.ts'

export const METHODS: { readonly [M in Method]: string } = {
  clopper_pearson: 'exact binomial',
  clopper_pearson_clusters: 'exact binomial over clusters',
  reported: 'the tool’s own interval',
  t: 't from the standard error',
  normal: 'normal from the standard error',
  hanley_mcneil: 'Hanley and McNeil',
  newcombe: 'Newcombe',
  koopman: 'Koopman',
  log_ratio: 'from the standard errors of the logarithms',
  newcombe_paired: 'Newcombe, sample by sample',
  delong_paired: 'DeLong, sample by sample',
  clusters_paired: 't and Newcombe over clusters, sample by sample',
}

/** A number with two digits of what is unsure, rounded to the side that claims less. */
export function end(shown: Shown, side: 'low' | 'high', unit?: Unit): string {
  const value = shown[side]
  const width = shown.high - shown.low
  if (!Number.isFinite(value)) return shownNumber(value)
  if (!(width > 0 && Number.isFinite(width))) return shownValue(value, unit)
  const digits = Math.min(15, Math.max(0, 2 - Math.floor(Math.log10(width))))
  const outward = side === 'low' ? value < 0 : value >= 0
  const rounded = new Big(value).round(digits, outward ? Big.roundUp : Big.roundDown)
  return shownValue(rounded.toNumber(), unit)
}

/** What the samples show in the direction of a bound: `at least 0.887`; towards its other side where it is missed. */
export function shownInWords(shown: Shown, bound: Bound, missed: boolean, unit?: Unit): string {
  const [low, high] = [`at least ${end(shown, 'low', unit)}`, `at most ${end(shown, 'high', unit)}`]
  switch (bound.kind) {
    case 'at_least':
      return missed ? high : low
    case 'at_most':
      return missed ? low : high
    case 'between':
    case 'equals':
      return `between ${end(shown, 'low', unit)} and ${end(shown, 'high', unit)}`
  }
}

/** An interval beside a value, with how sure it is: `95%: 0.887 to 0.921, exact binomial`. */
export function intervalInWords(shown: Shown, unit?: Unit): string {
  const both = new Big(shown.confidence).times(2).minus(1).times(100).round(2).toNumber()
  return `${shownNumber(both)}%: ${end(shown, 'low', unit)} to ${end(shown, 'high', unit)}, ${METHODS[shown.method]}`
}

/** A distance from a bound: points of what is a fraction or percent, else in its unit. */
export function gap(off: number, observed: Measurement, unit: Unit): string {
  const distance = new Big(off)
  if (unit === 'percent') return points(distance)
  // Past its range a value was read as percent, and so was the bound.
  const range = metricOf(observed.metric)?.range
  const percent = range !== undefined && unit === 'unknown' && observed.value > range[1]
  if (unit === 'fraction' || (range !== undefined && unit === 'unknown'))
    return points(percent ? distance : distance.times(100))
  return shownValue(off, unit)
}

function points(distance: Big): string {
  const shown = shownNumber(distance.round(distance.lt('0.1') ? 6 : 2).toNumber())
  return `${shown} ${shown === '1' ? 'point' : 'points'}`
}

/** The unit that a value is shown in: its own, else the criterion's. */
export function unitOf(observed: Measurement, unit?: Unit): Unit {
  return observed.unit === 'unknown' ? (unit ?? 'unknown') : observed.unit
}
