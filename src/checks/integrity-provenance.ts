import type { AttestationRecord, Says } from '../core/attestation.ts'
import type { Context } from './context.ts'

/** What released weights were made from, as their provenance has it. */
export type Made = Pick<Extract<Says, { predicate: 'provenance' }>, 'materials' | 'inputs'> & {
  /** Of the source, by the certificate and by what was signed. */
  readonly commits: readonly string[]
}

/**
 * What provenance says of how released weights were made; nothing where nobody's signature verifies, or where it is
 * about other files: an evaluation is made from other data, at another commit.
 */
export function madeOf(
  { says, shown, subjects }: AttestationRecord,
  weights: Context['weights'] = [],
): Made | undefined {
  if (says.predicate !== 'provenance' || shown.state !== 'verified') return undefined
  if (!subjects.some(({ digests }) => weights.some(({ digest }) => digests.includes(digest))))
    return undefined
  const { signer } = shown
  const seen = signer.by === 'identity' ? (signer.commit ?? []) : []
  const { materials, inputs, commits = [] } = says
  return { materials, ...(inputs && { inputs }), commits: [...new Set([seen, commits].flat())] }
}
