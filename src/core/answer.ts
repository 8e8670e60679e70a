import type { ApprovalAnswer } from './approval.ts'
import type { CoverageAnswer } from './coverage-answer.ts'
import type { GapAnswer } from './gap-answer.ts'
import type { IntegrityAnswer } from './integrity-answer.ts'
import type { MeasurementAnswer } from './measurement-answer.ts'
import type { Filled, TrainingField } from './record.ts'
import type { RegistrationAnswer } from './registration-answer.ts'
import type { SuiteAnswer } from './suite-answer.ts'

export type { Bound } from './bound.ts'
export type { Asked, MeasurementAnswer } from './measurement-answer.ts'

/** One member of `for_each`, such as one task. */
export type Member = { readonly member: string; readonly answer: MeasurementAnswer }

/** What one criterion came to; `outcome` decides, `code` says why, the rest is what its sentence needs. */
export type Answer =
  | MeasurementAnswer
  | {
      readonly code: 'members_met'
      readonly outcome: 'met'
      readonly label: string
      readonly members: readonly Member[]
    }
  | {
      readonly code: 'members_unmet'
      readonly outcome: 'unmet'
      readonly label: string
      readonly members: readonly Member[]
    }
  | {
      readonly code: 'members_undecided'
      readonly outcome: 'undecided'
      readonly label: string
      readonly members: readonly Member[]
    }
  | {
      readonly code: 'members_missing'
      readonly outcome: 'undecided'
      readonly label: string
      readonly missing: readonly string[]
      readonly found: number
      readonly wanted: number
      /** What the members that were found come to. */
      readonly judged: readonly Member[]
    }
  // documents
  | {
      readonly code: 'sections_written'
      readonly outcome: 'met'
      readonly path: string
      readonly sections: readonly string[]
    }
  | {
      readonly code: 'sections_lacking'
      readonly outcome: 'unmet'
      readonly path: string
      readonly lacking: readonly {
        readonly title: string
        readonly why: 'missing' | 'empty' | 'placeholder'
        readonly line?: number
        readonly placeholder?: string
      }[]
    }
  | {
      readonly code: 'no_document'
      readonly outcome: 'undecided'
      readonly document: string
      readonly unreadable?: string
    }
  | {
      readonly code: 'several_documents'
      readonly outcome: 'undecided'
      readonly document: string
      readonly paths: readonly string[]
    }
  // records
  | {
      readonly code: 'record_holds'
      readonly outcome: 'met'
      readonly record: string
      readonly path: string
      readonly date: string
    }
  | {
      readonly code: 'record_lacks'
      readonly outcome: 'unmet'
      readonly record: string
      readonly path: string
      readonly lacking: readonly {
        readonly field: TrainingField | 'owner'
        readonly why: Exclude<Filled, 'given'>
      }[]
    }
  | {
      readonly code: 'record_expired'
      readonly outcome: 'unmet'
      readonly record: string
      readonly path: string
      readonly date: string
      readonly days: number
      readonly limit: number
    }
  | {
      readonly code: 'record_in_future'
      readonly outcome: 'unmet'
      readonly record: string
      readonly path: string
      readonly date: string
    }
  /** It names another commit than the manifest has for the training. */
  | {
      readonly code: 'record_of_other_work'
      readonly outcome: 'unmet'
      readonly record: string
      readonly path: string
      readonly date: string
      readonly found: string
      readonly wanted: readonly string[]
    }
  | { readonly code: 'no_record'; readonly outcome: 'undecided'; readonly record: string }
  | {
      readonly code: 'several_records'
      readonly outcome: 'undecided'
      readonly record: string
      readonly paths: readonly string[]
    }
  | ApprovalAnswer
  | GapAnswer
  | SuiteAnswer
  | IntegrityAnswer
  // any check
  | { readonly code: 'not_built'; readonly outcome: 'undecided'; readonly what: string }
  | RegistrationAnswer
  | CoverageAnswer

export type Outcome = Answer['outcome'] | 'waived'
