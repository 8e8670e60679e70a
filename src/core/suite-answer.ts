import type { Measurement } from './measurement.ts'
import type { TestOutcome } from './record.ts'

/** One test that did not pass. */
export type Unpassed = {
  readonly test: string
  readonly outcome: Exclude<TestOutcome, 'passed'>
  /** Whether the criterion names it. */
  readonly required: boolean
  readonly line?: number
}

/** What ran: `observed` is the share of its tests that passed. */
type Ran = {
  readonly observed: Measurement
  readonly suite?: string
  readonly passed: number
  readonly tests: number
  /** The share of tests that must pass, where not all must. */
  readonly share?: number
  /** What did not pass, the worst first, and how many more there are than are listed. */
  readonly unpassed: readonly Unpassed[]
  readonly more: number
}

/** What a suite of tests came to. */
export type SuiteAnswer =
  | ({ readonly code: 'suite_passed'; readonly outcome: 'met' } & Ran)
  | ({ readonly code: 'suite_failed'; readonly outcome: 'unmet' } & Ran)
  /** Tests that neither passed nor failed could still make it either. */
  | ({ readonly code: 'suite_open'; readonly outcome: 'undecided' } & Ran)
  | {
      readonly code: 'tests_missing'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      readonly missing: readonly string[]
      readonly nearest: readonly string[]
    }
  | {
      readonly code: 'no_suite'
      readonly outcome: 'undecided'
      readonly asked: SuiteAsked
      readonly nearest: readonly string[]
    }
  | {
      readonly code: 'several_suites'
      readonly outcome: 'undecided'
      readonly suites: readonly { readonly suite?: string; readonly path: string }[]
      /** Whether a name would choose one of them. */
      readonly named: boolean
    }
  | {
      readonly code: 'no_tests'
      readonly outcome: 'undecided'
      readonly suite?: string
      readonly path: string
    }

/** Which suite a criterion is about. */
export type SuiteAsked = {
  readonly suite?: string
  readonly dataset?: string
  readonly file?: string
  readonly format?: string
}
