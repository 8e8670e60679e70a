import type { ApprovalAnswer } from './approval.ts'
import type { BindingAnswer } from './binding-answer.ts'
import type { CoverageAnswer } from './coverage-answer.ts'
import type { ExamAnswer } from './exam-answer.ts'
import type { Measurement, Unit } from './measurement.ts'
import type { Filled, TrainingField } from './record.ts'
import type { RegistrationAnswer } from './registration-answer.ts'
import type { NothingShown, Shown } from './shown.ts'

/** What a value must hold. Inclusive. */
export type Bound =
  | { readonly kind: 'at_least'; readonly value: number }
  | { readonly kind: 'at_most'; readonly value: number }
  | { readonly kind: 'between'; readonly low: number; readonly high: number }
  | { readonly kind: 'equals'; readonly value: number }

/** What a metric criterion asked for: name, labels, and the label values of one member of `for_each`. */
export type Asked = { readonly metric: string; readonly where: Readonly<Record<string, string>> }

/** One measurement against one bound. */
export type MeasurementAnswer =
  | {
      readonly code: 'within_bound'
      readonly outcome: 'met'
      readonly observed: Measurement
      readonly bound: Bound
      readonly unit?: Unit
      /** With `confidence` its bound decided; without, it stands beside the value, which did. */
      readonly shown?: Shown
      readonly confidence?: number
    }
  | {
      readonly code: 'beyond_bound'
      readonly outcome: 'unmet'
      readonly observed: Measurement
      readonly bound: Bound
      readonly unit?: Unit
      readonly shown?: Shown
      readonly confidence?: number
      /** How far the value is from the bound, in the bound's unit. */
      readonly off?: number
    }
  | {
      readonly code: 'not_shown'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      readonly bound: Bound
      readonly unit?: Unit
      readonly shown: Shown
      readonly confidence: number
      /** Whether the value itself holds the bound. */
      readonly holds: boolean
      /** How many samples would decide it, if the value stayed; absent where that is not known, or none would. */
      readonly needed?: number
    }
  | {
      readonly code: 'nothing_shown'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      readonly bound: Bound
      readonly unit?: Unit
      readonly confidence: number
      readonly why: NothingShown
    }
  | { readonly code: 'not_a_number'; readonly outcome: 'undecided'; readonly observed: Measurement }
  | {
      readonly code: 'no_measurement'
      readonly outcome: 'undecided'
      readonly asked: Asked
      readonly nearest: readonly string[]
    }
  | {
      readonly code: 'ambiguous'
      readonly outcome: 'undecided'
      readonly asked: Asked
      readonly candidates: readonly Measurement[]
      /** One `where` per candidate that selects just that candidate; empty if no label can. */
      readonly choose: readonly Readonly<Record<string, string>>[]
    }
  | {
      readonly code: 'too_few_samples'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      readonly samples: number
      readonly wanted: number
    }
  | {
      readonly code: 'samples_unknown'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      readonly wanted: number
    }
  | {
      readonly code: 'unit_unclear'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      readonly bound: Bound
    }
  | {
      readonly code: 'unit_differs'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      readonly wanted: Unit
    }
  | {
      readonly code: 'out_of_range'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      readonly low: number
      readonly high: number
    }
  | {
      readonly code: 'trust_too_low'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      readonly found: string
      readonly wanted: string
      /** The workflow that produced it and that the floor does not list. */
      readonly unlisted?: string
    }
  | ExamAnswer
  | BindingAnswer

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
  // any check
  | { readonly code: 'not_built'; readonly outcome: 'undecided'; readonly what: string }
  | RegistrationAnswer
  | CoverageAnswer

export type Outcome = Answer['outcome'] | 'waived'
