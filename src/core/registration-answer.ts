import type { Clock, Limit, Tier } from './registration.ts'

/** Whether the criteria came before the work. */
export type RegistrationAnswer =
  | {
      readonly code: 'registered'
      readonly outcome: 'met'
      readonly tier: 'ordered'
      readonly work: string
      readonly at: string
      readonly amended: boolean
    }
  | {
      readonly code: 'registered_by_clock'
      readonly outcome: 'met'
      readonly tier: Exclude<Tier, 'ordered'>
      readonly clock: Clock
      readonly at: string
      readonly amended: boolean
    }
  | {
      readonly code: 'criteria_after_start'
      readonly outcome: 'unmet'
      readonly path: string
      readonly clock: Clock
      readonly at: string
    }
  | {
      readonly code: 'run_contradicts'
      readonly outcome: 'unmet'
      readonly name: string
      readonly found: string
      readonly wanted: string
    }
  | {
      readonly code: 'run_elsewhere'
      readonly outcome: 'unmet'
      readonly name: string
      readonly owner: string
    }
  | { readonly code: 'ticket_forged'; readonly outcome: 'unmet'; readonly name: string }
  | {
      readonly code: 'ticket_for_other'
      readonly outcome: 'unmet'
      readonly name: string
      readonly what: 'repository' | 'model' | 'criteria'
      readonly found: string
      readonly wanted: string
    }
  | {
      readonly code: 'start_reused'
      readonly outcome: 'unmet'
      readonly kind: Clock['kind']
      readonly name: string
      readonly commit: string
    }
  | {
      readonly code: 'branch_rewritten'
      readonly outcome: 'undecided'
      readonly branch: string
      readonly at: string
      readonly before: string
      readonly after: string
      readonly when: string
    }
  | {
      readonly code: 'criteria_absent'
      readonly outcome: 'unmet'
      readonly path: string
      /** What is there by a name that no criteria have. */
      readonly misnamed?: string
    }
  | { readonly code: 'criteria_in_this_change'; readonly outcome: 'unmet'; readonly path: string }
  | {
      readonly code: 'criteria_after_work'
      readonly outcome: 'unmet'
      readonly path: string
      readonly work: string
      readonly at: string
    }
  | {
      readonly code: 'work_saw_other_criteria'
      readonly outcome: 'unmet'
      readonly path: string
      readonly work: string
      readonly at: string
      readonly found: 'none' | 'other'
    }
  | {
      readonly code: 'work_unrelated'
      readonly outcome: 'unmet'
      readonly work: string
      readonly branch: string
    }
  | {
      readonly code: 'criteria_gone'
      readonly outcome: 'undecided'
      readonly path: string
      readonly at: string
    }
  | {
      readonly code: 'work_not_named'
      readonly outcome: 'undecided'
      readonly wanted: 'training' | 'evaluation'
      /** The criteria adopt weights, and not these, or only since they were amended. */
      readonly adoption?: 'not_listed' | 'late'
    }
  | { readonly code: 'nothing_trained_here'; readonly outcome: 'undecided' }
  | {
      readonly code: 'evidence_before_work'
      readonly outcome: 'unmet'
      readonly path: string
      /** The commit of the work, or of the default branch when it began, that has the evidence already. */
      readonly commit: string
    }
  | { readonly code: 'work_not_seen'; readonly outcome: 'undecided'; readonly limit: Limit }
  | { readonly code: 'work_not_found'; readonly outcome: 'undecided'; readonly work: string }
  | {
      readonly code: 'history_too_long'
      readonly outcome: 'undecided'
      readonly work: string
      readonly limit: number
    }
  | {
      readonly code: 'tier_too_low'
      readonly outcome: 'undecided'
      readonly tier: Exclude<Tier, 'witnessed'>
      readonly wanted: Exclude<Tier, 'ordered'>
      readonly limit: Limit
    }
