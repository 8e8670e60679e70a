import type { Data } from './exam.ts'
import type { Source } from './measurement.ts'
import type { TrainingEvidence } from './training-evidence.ts'

/** One heading of a document and what stands under it, sub-headings included. Never the text itself. */
export type Section = {
  readonly title: string
  readonly line: number
  /** Words of real prose, tables and lists under it; comments and code fences of a template are none. */
  readonly words: number
  /** The first placeholder found under it, such as `TODO`, cut to 40 characters. */
  readonly placeholder?: string
}

export const TRAINING_FIELDS = ['data', 'hyperparameters', 'seeds', 'environment', 'commit', 'times'] as const
export type TrainingField = (typeof TRAINING_FIELDS)[number]

/** How a field of a record was filled: really, with a placeholder, or not at all. */
export type Filled = 'given' | 'placeholder' | 'missing'

/**
 * What became of one test. Only `passed` is a pass: an expected failure failed, what was skipped was not tried, and
 * what passed only when it was run again is flaky.
 */
export type TestOutcome =
  | 'passed'
  | 'failed'
  | 'error'
  | 'skipped'
  | 'expected_failure'
  | 'unexpected_pass'
  | 'flaky'

/** One test of a suite, by the name that the tool gives it. */
export type TestResult = {
  readonly name: string
  readonly outcome: TestOutcome
  /** Pointer or line into the file. */
  readonly pointer: string
  readonly line?: number
}

/** One fact read from evidence that is no number. */
export type EvidenceRecord =
  | TrainingEvidence
  /** Tests that passed or failed as wholes, such as data tests and conformance runs. */
  | {
      readonly kind: 'suite'
      /** What the file calls it; absent where it has no name. */
      readonly suite?: string
      /** The data that it was run on, as the file or the manifest says. */
      readonly dataset?: string
      readonly tests: readonly TestResult[]
      readonly tool?: string
      readonly at?: string
      readonly source: Source
    }
  | { readonly kind: 'document'; readonly sections: readonly Section[]; readonly source: Source }
  | {
      readonly kind: 'training'
      readonly owner: Filled
      /** Day of the record, `YYYY-MM-DD`. */
      readonly date: string
      readonly fields: Readonly<Record<TrainingField, Filled>>
      /** The data that it was trained on, as far as the record names them. */
      readonly data?: readonly Data[]
      /** The code commit that the record names. */
      readonly commit?: string
      readonly source: Source
    }
