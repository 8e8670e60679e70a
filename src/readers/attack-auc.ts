import type { Measurement } from '../core/measurement.ts'
import type { Collector } from './collect.ts'

type Keys = readonly (string | number)[]

/**
 * The AUC of a membership attack, and how far it is from guessing: one below 0.5 is an attack turned round, and
 * tells as much as one above. `whole` is the row or line that the distance is computed from.
 */
export function measureAttackAuc(
  found: Collector,
  keys: Keys,
  whole: Keys,
  measured: Omit<Measurement, 'source' | 'metric' | 'unit'>,
): void {
  const { value } = measured
  if (!(value >= 0 && value <= 1)) {
    found.malformed(keys, 'an AUC from 0 to 1')
    return
  }
  found.measure(keys, { ...measured, metric: 'attack_auc', unit: 'fraction' })
  // Decimals: 0.72 - 0.5 is 0.22.
  const gap = Number(Math.abs(value - 0.5).toFixed(10))
  found.measure(whole, { ...measured, value: gap, metric: 'attack_auc_gap', unit: 'fraction' })
}
