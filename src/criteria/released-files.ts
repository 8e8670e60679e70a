import type { ReleasedFiles } from '../checks/context.ts'
import type { Evidence } from '../core/evidence.ts'
import type { Weights } from '../core/verdict.ts'
import type { Floor } from './floor.ts'
import type { Manifest } from './manifest.ts'
import { trainingEnds } from './training-ends.ts'

type Model = {
  readonly weights: readonly Weights[]
  readonly loaded?: readonly Weights[]
  readonly manifest: { readonly value?: Manifest }
  readonly begun?: { readonly kind: string; readonly began?: string }
}

/** What of a release is there to be scanned, and what the floor allows in it. */
export function releasedFiles(
  { weights, loaded = [], manifest, begun }: Model,
  floor: Floor | undefined,
  evidence: readonly Evidence[] = [],
): ReleasedFiles {
  const began = begun?.kind === 'seen' ? begun.began : undefined
  return {
    // Of what has no weights, as a service, its components are no proof.
    weights: weights.length === 0 ? [] : [...weights, ...loaded],
    service: manifest.value?.service !== undefined,
    ...(began !== undefined && { began }),
    ended: trainingEnds(evidence, manifest.value?.training !== undefined),
    allowed: floor?.trusted?.pickle ?? [],
  }
}
