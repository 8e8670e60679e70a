import { COVERAGE } from '../core/controls.ts'
import { type Covered, missingOf } from '../core/coverage.ts'
import type { Finding } from '../core/finding.ts'

/** The finding that keeps a release from go while a required control is not asked for, if one is not. */
export function uncovered(coverage: readonly Covered[]): readonly Finding[] {
  const missing = missingOf(coverage)
  if (missing.length === 0) return []
  const answer = { code: 'not_covered', outcome: 'undecided', missing } as const
  return [{ criterion: COVERAGE, control: COVERAGE, blocking: true, version: 'both', answer }]
}
