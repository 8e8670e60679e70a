import type { Trust } from '../core/evidence.ts'
import type { Criteria } from './criteria.ts'

/** The weakest trust that measurements may have; `produced` is built in at high risk. */
export function trustOf({ trust, risk }: Pick<Criteria, 'trust' | 'risk'>): Trust {
  return trust ?? (risk === 'high' ? 'produced' : 'typed')
}
