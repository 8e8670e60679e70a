import type { Excused, Missing } from './coverage.ts'

/** What keeps a model from go whatever its evidence says: nothing was asked, or it is released no more. */
export type CoverageAnswer =
  | {
      readonly code: 'not_covered'
      readonly outcome: 'undecided'
      readonly missing: readonly Missing[]
      /** Said not to apply, and not approved. */
      readonly waiting: readonly Excused[]
      /** Who approves, as the floor names them; empty where any other writer may. */
      readonly approvers: readonly string[]
    }
  | { readonly code: 'model_retired'; readonly outcome: 'unmet'; readonly path: string }
  | {
      readonly code: 'retirement_awaits'
      readonly outcome: 'undecided'
      readonly path: string
      readonly approvers: readonly string[]
    }
