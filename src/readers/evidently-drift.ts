import type { Measurement, Unit } from '../core/measurement.ts'
import { pointer } from '../text/pointer.ts'
import type { Collector } from './collect.ts'
import { type Fields, isNumber } from './narrow.ts'
import { nameOf } from './suite.ts'

export type Keys = readonly (string | number)[]
export type About = Pick<Measurement, 'labels' | 'tool' | 'at'>

/** Names of tests, as options give them, whose value is a p-value; longer names say so themselves. */
const P_VALUES: readonly string[] = [
  ...['ks', 'z', 'chisquare', 'anderson', 'fisher_exact', 'cramer_von_mises', 'g_test', 'g-test'],
  ...['mannw', 'es', 't_test'],
]
/** How the names of distances begin, as options or as reports give them. */
const DISTANCES = /^(?:wasserstein|jensenshannon|jensen-shannon|psi\b|kl_div|kullback|hellinger|ed$)/i

/** What a drift value is, by the method that gave it. */
type Drift = 'drift_p_value' | 'drift_distance' | 'drift_score'

/** A p-value is small where there is drift, a distance large. Without a method that is known, nobody can say which it is. */
function driftBy(method: string | undefined): Drift {
  if (method === undefined) return 'drift_score'
  if (/p[_-]?value/i.test(method) || P_VALUES.includes(method.toLowerCase())) return 'drift_p_value'
  return DISTANCES.test(method) ? 'drift_distance' : 'drift_score'
}

/** One column's drift. The key of its value may say that it is a p-value, where the file names no method. */
export type ColumnDrift = {
  readonly column?: string
  readonly method?: string
  readonly threshold?: unknown
  readonly detected?: unknown
  readonly value: unknown
  /** Where the value stands. */
  readonly keys: Keys
}

export function measureDrift(drift: ColumnDrift, { labels, ...about }: About, found: Collector): void {
  const { column, method, threshold, detected, value, keys } = drift
  if (value === null) return
  if (!isNumber(value)) {
    found.malformed(keys, 'a number')
    return
  }
  const metric = keys.at(-1) === 'p_value' ? 'drift_p_value' : driftBy(method)
  const unit: Unit =
    metric === 'drift_p_value' ? 'fraction' : metric === 'drift_distance' ? 'value' : 'unknown'
  const named = {
    ...labels,
    ...(column !== undefined && { column: nameOf(column) }),
    ...(method !== undefined && { method: nameOf(method) }),
    ...(metric === 'drift_score' && { measure: 'unknown' }),
    ...(isNumber(threshold) && { drift_threshold: String(threshold) }),
  }
  found.measure(keys, { metric, value, unit, labels: named, ...about })
  if (
    metric === 'drift_score' ||
    !isNumber(threshold) ||
    typeof detected !== 'boolean' ||
    value === threshold
  )
    return
  if (detected !== (metric === 'drift_p_value' ? value < threshold : value > threshold)) {
    const one = detected ? 'drift' : 'no drift'
    found.fault(keys, {
      code: 'contradiction',
      at: pointer(keys),
      one,
      other: `${value} against ${threshold}`,
    })
  }
}

/** How many columns drifted. `drift_share` is the share from which the dataset is said to drift, and no result. */
export function measureShare(summary: Fields, keys: Keys, about: About, found: Collector): void {
  const all = summary.number_of_columns ?? summary.n_features
  const drifted = summary.number_of_drifted_columns ?? summary.n_drifted_features
  const key = 'share_of_drifted_columns' in summary ? 'share_of_drifted_columns' : 'share_drifted_features'
  const value = summary[key]
  if (!isNumber(value)) return
  const counted = Number.isSafeInteger(all) && Number.isSafeInteger(drifted) && Number(all) > 0
  const at = [...keys, key]
  if (counted && Math.abs(value - Number(drifted) / Number(all)) > 1e-3) {
    found.fault(at, {
      code: 'contradiction',
      at: pointer(at),
      one: String(value),
      other: `${drifted} of ${all}`,
    })
    return
  }
  const counts = counted ? { samples: Number(all), successes: Number(drifted) } : {}
  found.measure(at, { metric: 'drifted_column_share', value, unit: 'fraction', ...counts, ...about })
  const { drift_share: from, dataset_drift: said } = summary
  if (isNumber(from) && typeof said === 'boolean' && value !== from && said !== value > from) {
    const where = [...keys, 'dataset_drift']
    const one = said ? 'drift' : 'no drift'
    found.fault(where, { code: 'contradiction', at: pointer(where), one, other: `${value} against ${from}` })
  }
}
