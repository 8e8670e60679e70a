import { TRUSTS, type Trust } from '../core/evidence.ts'
import type { Criteria } from './criteria.ts'

/** The weakest trust that the stricter version accepts; `produced` is built in at high risk. */
export function weakest(versions: readonly Criteria[]): Trust {
  const trusts = versions.map(({ trust, risk }) =>
    TRUSTS.indexOf(trust ?? (risk === 'high' ? 'produced' : 'typed')),
  )
  return TRUSTS[Math.max(0, ...trusts)] ?? 'signed'
}

/** The highest risk that any version has. */
export function riskOf(versions: readonly Criteria[]): Criteria['risk'] | undefined {
  const risks = ['high', 'limited', 'low'] as const
  return risks.find((risk) => versions.some((criteria) => criteria.risk === risk))
}
