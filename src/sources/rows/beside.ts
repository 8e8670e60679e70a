import type { Problem } from '../../core/problem.ts'
import type { NamedArtifact, NamedEvidence } from '../../criteria/manifest.ts'
import type { PairedReading } from './pair.ts'

/** A file of rows as a manifest names it. */
export type NamedRows = Pick<NamedEvidence, 'path' | 'about' | 'dataset' | 'rows'> &
  Partial<Pick<NamedArtifact, 'artifact' | 'workflow' | 'file'>>

/**
 * Rows of the candidate, each with those of another model on the same data, where both name their samples and lie
 * together: in the commit, or in one artifact, as no other content is at hand at the same time.
 */
export function pairsAmong<N extends NamedRows>(
  named: readonly N[],
): readonly (readonly [candidate: N, other: N])[] {
  const known = named.filter(({ rows }) => rows?.id !== undefined)
  const own = known.filter(({ about }) => about === 'candidate')
  return own.flatMap((one) =>
    known
      .filter(({ about }) => about !== 'candidate')
      .filter((other) => other.dataset === one.dataset)
      .filter((other) => other.artifact === one.artifact && other.workflow === one.workflow)
      .map((other) => [one, other] as const),
  )
}

/** What was read of a file by itself, with what it is beside others. */
export function withReadings<R extends { readonly problems: readonly Problem[] }>(
  reading: R,
  paired: readonly PairedReading[],
): R & Partial<Pick<PairedReading, 'pairs'>> {
  const pairs = paired.flatMap((one) => one.pairs)
  return {
    ...reading,
    ...(pairs.length > 0 && { pairs }),
    problems: [...reading.problems, ...paired.flatMap(({ problems }) => problems)],
  }
}
