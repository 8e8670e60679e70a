import type { Evidence } from '../core/evidence.ts'
import { recordName } from '../core/record.ts'
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
 * model from go. A record of its own says more of a model than one of all models.
 */
export function judgedEvidence(all: readonly Evidence[], shared: readonly Evidence[]): JudgedEvidence {
  const shown = all.map((one) =>
    one.awaited === undefined || one.trust === 'signed' ? one : ({ ...one, trust: 'produced' } as const),
  )
  const candidate = shown.filter(({ about }) => about === 'candidate')
  const own = new Set(candidate.flatMap(({ records }) => records.flatMap((one) => recordName(one) ?? [])))
  const others = shared.filter(
    ({ records }) => !records.some((one) => own.has(recordName(one) ?? 'training')),
  )
  return {
    evidence: [...candidate, ...others],
    base: shown.filter(({ about }) => about === 'base').map(measuredHere),
  }
}

/** What a publisher says in its card of its own model was not measured for this release. */
function measuredHere(file: Evidence): Evidence {
  return file.document === BASE_CARD ? { ...file, measurements: [] } : file
}
