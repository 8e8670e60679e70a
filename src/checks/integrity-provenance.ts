import type { AttestationRecord, Says } from '../core/attestation.ts'
import type { Context } from './context.ts'

/** What released weights were made from, as their provenance has it. */
export type Made = Pick<Extract<Says, { predicate: 'provenance' }>, 'materials' | 'inputs' | 'parameters'> & {
  /** Of the source, by the certificate and by what was signed. */
  readonly commits: readonly string[]
  /** Somebody's signature verifies: what nobody signed is a claim, which shows nothing and may contradict. */
  readonly signed: boolean
}

/**
 * What provenance says of how released weights were made; nothing where a signature does not verify that should, or where
 * it is about other files: an evaluation is made from other data, at another commit.
 */
export function madeOf(
  { says, shown, subjects }: AttestationRecord,
  weights: Context['weights'] = [],
): Made | undefined {
  if (says.predicate !== 'provenance') return undefined
  if (shown.state !== 'verified' && shown.state !== 'claimed') return undefined
  if (!subjects.some(({ digests }) => weights.some(({ digest }) => digests.includes(digest))))
    return undefined
  const seen = shown.state === 'verified' && shown.signer.by === 'identity' ? (shown.signer.commit ?? []) : []
  const { materials, inputs, parameters, commits = [] } = says
  return {
    ...{ materials, ...(inputs && { inputs }), commits: [...new Set([seen, commits].flat())] },
    ...(parameters && { parameters }),
    signed: shown.state === 'verified',
  }
}
