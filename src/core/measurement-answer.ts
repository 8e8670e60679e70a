import type { BaselineAnswer } from './baseline-answer.ts'
import type { BindingAnswer } from './binding-answer.ts'
import type { Bound } from './bound.ts'
import type { ExamAnswer } from './exam-answer.ts'
import type { Measurement, NotMeasured, Unit } from './measurement.ts'
import type { NothingShown, Shown } from './shown.ts'

/** What a metric criterion asked for: name, labels, and the label values of one member of `for_each`. */
export type Asked = { readonly metric: string; readonly where: Readonly<Record<string, string>> }

/** Why something can't have run when it says that it did. */
export type Impossible = 'in_future' | 'before_work' | 'before_made'

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
      /** Whether the value itself holds the bound, and how far it is from that, in the bound's unit. */
      readonly holds: boolean
      readonly off: number
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
      /** Where rows were counted, and do not come to it. */
      readonly why?: NotMeasured
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
      /** What the value would come to, were the samples enough. */
      readonly otherwise: MeasurementAnswer
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
  /** By a time that nobody can read. */
  | {
      readonly code: 'measured_amiss'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      readonly why: 'unread'
      readonly at: string
    }
  | {
      readonly code: 'measured_amiss'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      readonly why: Impossible
      /** As the tool says it, and what it can't stand beside: now, when the work began, or when the training ended. */
      readonly at: string
      readonly other: string
    }
  | ExamAnswer
  | BindingAnswer
  | BaselineAnswer
