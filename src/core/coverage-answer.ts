import type { Missing } from './coverage.ts'

/** What keeps a model from go whatever its evidence says: nothing was asked. */
export type CoverageAnswer = {
  readonly code: 'not_covered'
  readonly outcome: 'undecided'
  readonly missing: readonly Missing[]
}
