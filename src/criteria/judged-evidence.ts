import type { Evidence } from '../core/evidence.ts'

/** The evidence of a release as checks look at it. */
export type JudgedEvidence = {
  /** About the candidate, with records that serve all models. */
  readonly evidence: readonly Evidence[]
  /** About the base model. */
  readonly base: readonly Evidence[]
}

/**
 * What is held to criteria. What a run may still be shown to have produced is judged as if it had; its problem keeps the
 * model from go. A record of its own says more of a model than one of all models.
 */
export function judgedEvidence(all: readonly Evidence[], shared: readonly Evidence[]): JudgedEvidence {
  const shown = all.map((one) =>
    one.awaited === undefined || one.trust === 'signed' ? one : ({ ...one, trust: 'produced' } as const),
  )
  const candidate = shown.filter(({ about }) => about === 'candidate')
  const own = new Set(candidate.flatMap(({ records }) => records.map(({ kind }) => kind)))
  const others = shared.filter(({ records }) => !records.some(({ kind }) => own.has(kind)))
  return { evidence: [...candidate, ...others], base: shown.filter(({ about }) => about === 'base') }
}
