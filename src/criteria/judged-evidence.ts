import type { Evidence } from '../core/evidence.ts'
import { BASE_CARD } from './manifest-bases.ts'

/** The evidence of a release as checks look at it. */
export type JudgedEvidence = {
  /** About the candidate, with records that serve all models. */
  readonly evidence: readonly Evidence[]
  /** About the base model. */
  readonly base: readonly Evidence[]
}

/**
 * What is held to criteria. What a run may still be shown to have produced is judged as if it had; its problem keeps the
 * model from go. `shared`: files with records that serve it beside its own.
 */
export function judgedEvidence(all: readonly Evidence[], shared: readonly Evidence[]): JudgedEvidence {
  const shown = all.map((one) =>
    one.awaited === undefined || one.trust === 'signed' ? one : ({ ...one, trust: 'produced' } as const),
  )
  const candidate = shown.filter(({ about }) => about === 'candidate')
  return {
    evidence: [...candidate, ...shared],
    base: shown.filter(({ about }) => about === 'base').map(measuredHere),
  }
}

/** What a publisher says in its card of its own model was not measured for this release. */
function measuredHere(file: Evidence): Evidence {
  return file.document === BASE_CARD ? { ...file, measurements: [] } : file
}
