import type { MeasurementAnswer } from '../core/answer.ts'
import { type Evidence, TRUSTS } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import type { Context } from './context.ts'

/** Why what a file says counts for nothing: it comes from a weaker source than is accepted. */
export function distrusted(
  observed: Measurement,
  file: Pick<Evidence, 'trust' | 'unlisted'> | undefined,
  wanted: Context['trust'],
): MeasurementAnswer | undefined {
  const { trust = 'typed', unlisted } = file ?? {}
  if (TRUSTS.indexOf(trust) >= TRUSTS.indexOf(wanted)) return undefined
  const said = { code: 'trust_too_low', outcome: 'undecided', observed, found: trust, wanted } as const
  return { ...said, ...(unlisted !== undefined && { unlisted }) }
}
