import type { Baseline } from '../core/baseline-answer.ts'
import type { Evidence } from '../core/evidence.ts'
import type { Problem } from '../core/problem.ts'

/**
 * Rows that are said to be the last release's and are not among the files by which it was a go, byte for byte: rates
 * alone could be those of rows in another order, which would be paired otherwise. Where nobody knows the release, or
 * there was none, nothing is compared with them.
 */
export function rowsNotReleased(
  evidence: readonly Evidence[],
  released: Baseline | 'none' | undefined,
): readonly Problem[] {
  if (released === undefined || released === 'none' || released.name.kind !== 'released') return []
  const { commit, version } = released.name
  const known = new Set(released.evidence.flatMap(({ sha }) => sha ?? []))
  return evidence
    .filter(({ about, sha }) => about === 'released' && sha !== undefined && !known.has(sha))
    .map(({ path }) => ({
      path,
      code: 'rows_not_released',
      commit,
      ...(version !== undefined && { version }),
    }))
}
