import type { Bound } from './bound.ts'
import type { Evidence } from './evidence.ts'
import type { Data } from './exam.ts'
import type { Measurement, Unit } from './measurement.ts'
import type { NothingShown, Shown } from './shown.ts'

/** What a candidate is compared with: the last release that was a go, or the base model. */
export type BaselineName =
  | { readonly kind: 'released'; readonly version?: string; readonly commit: string }
  | { readonly kind: 'base' }

/** What is known of a baseline: its evidence, and the data that it was measured on. */
export type Baseline = {
  readonly name: BaselineName
  readonly evidence: readonly Evidence[]
  readonly data: readonly Data[]
}

type Compared = {
  readonly observed: Measurement
  readonly against: Measurement
  readonly baseline: BaselineName
  /** The candidate's value less the baseline's, in the unit of the bound. */
  readonly difference: number
  readonly bound: Bound
  readonly unit?: Unit
  readonly confidence?: number
  readonly shown?: Shown
  /** Samples on which they differ, by which of them had the outcome that the rate counts; where that is known. */
  readonly apart?: Apart
}

/** `p`: how rare as many or more on one side would be if neither were better, two-sided; of clusters it is not known. */
export type Apart = { readonly onlyOne: number; readonly onlyOther: number; readonly p?: number }

/** What the difference of a candidate to its baseline came to. */
export type BaselineAnswer =
  | ({ readonly code: 'difference_within'; readonly outcome: 'met' } & Compared)
  | ({ readonly code: 'difference_beyond'; readonly outcome: 'unmet'; readonly off: number } & Compared)
  | ({
      readonly code: 'difference_not_shown'
      readonly outcome: 'undecided'
      readonly holds: boolean
      /** How many samples in all, of each of both, would decide at these rates; absent where none would. */
      readonly needed?: number
    } & Compared)
  | ({
      readonly code: 'difference_nothing_shown'
      readonly outcome: 'undecided'
      readonly why: NothingShown
    } & Compared)
  /** Nothing was released with a go before, and the criterion has no `first`. */
  | { readonly code: 'no_baseline'; readonly outcome: 'undecided'; readonly observed: Measurement }
  /** Only the app's ledger knows what was released. */
  | { readonly code: 'baseline_awaited'; readonly outcome: 'undecided'; readonly observed: Measurement }
  /** The baseline's own evidence can't be compared with. */
  | {
      readonly code: 'baseline_lacks'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      readonly baseline: BaselineName
      /** How many of its measurements fit; exactly one must. */
      readonly found: number
    }
  | {
      readonly code: 'baseline_other_data'
      readonly outcome: 'undecided'
      readonly observed: Measurement
      readonly baseline: BaselineName
      /** The dataset of the criterion, and the digest that each of the two has for it; absent where not known. */
      readonly dataset?: string
      readonly own?: string
      readonly other?: string
    }
