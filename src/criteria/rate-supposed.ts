import Big from 'big.js'
import { boundOf } from '../checks/common.ts'
import { canonical } from '../core/metrics.ts'
import type { Criteria } from './criteria.ts'
import { isPercent } from './span.ts'

const MIDDLE = 0.5

/**
 * What rate a model is supposed to have where none was measured: the one that the same criteria hold the metric to,
 * else a half, at which samples show least.
 */
export function rateSupposed(metric: string, { criteria }: Criteria): number {
  for (const one of criteria) {
    if (one.check !== 'metric' || one.baseline !== undefined || canonical(one.metric) !== metric) continue
    const bound = boundOf(one)
    if (bound.kind !== 'at_least' && bound.kind !== 'at_most') continue
    const rate = new Big(bound.value).times(isPercent(one) ? '0.01' : 1).toNumber()
    if (rate > 0 && rate < 1) return rate
  }
  return MIDDLE
}
