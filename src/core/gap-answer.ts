import type { Bound } from './bound.ts'
import type { Measurement } from './measurement.ts'
import type { MeasurementAnswer } from './measurement-answer.ts'
import type { NothingShown, Shown } from './shown.ts'

/** How two groups compare: `one / other` or `one − other`, each rate by its measurement. */
export type Gap = {
  /** The canonical name of the rate. */
  readonly metric: string
  /** The attributes by which the groups differ, such as `sex`, or `sex` and `race` of an intersection. */
  readonly across: readonly string[]
  readonly one: string
  readonly other: string
  /** In the unit of the bound; infinite where only the second rate is 0. */
  readonly value: number
  /** What the samples show, each end alone with its confidence. */
  readonly shown?: Shown
  /** How many more samples of each would show it at these rates, where it holds and is not shown. */
  readonly more?: { readonly one: number; readonly other: number }
  readonly measured: readonly [one: Measurement, other: Measurement]
}

type Judged = {
  readonly how: 'ratio' | 'difference'
  readonly bound: Bound
  /** Rates are compared as fractions. */
  readonly unit?: undefined
  readonly confidence?: number
  /** The worst ones first. */
  readonly gaps: readonly Gap[]
  /** How many pairs of groups were compared. */
  readonly pairs: number
}

/** What the comparison of groups came to. */
export type GapAnswer =
  | ({ readonly code: 'gap_within'; readonly outcome: 'met' } & Judged)
  /** With a confidence: shown to exceed the bound, corrected for the number of pairs. */
  | ({ readonly code: 'gap_beyond'; readonly outcome: 'unmet'; readonly off: number } & Judged)
  | ({ readonly code: 'gap_not_shown'; readonly outcome: 'undecided'; readonly holds: boolean } & Judged)
  | ({
      readonly code: 'gap_nothing_shown'
      readonly outcome: 'undecided'
      readonly why: NothingShown
    } & Judged)
  /** 0 / 0 is no ratio. */
  | ({ readonly code: 'gap_undefined'; readonly outcome: 'undecided' } & Judged)
  | {
      readonly code: 'no_groups'
      readonly outcome: 'undecided'
      readonly metric: string
      readonly across: readonly string[]
      readonly found: readonly string[]
      /** Labels that measurements of the metric do carry. */
      readonly labels: readonly string[]
    }
  | {
      readonly code: 'groups_missing'
      readonly outcome: 'undecided'
      readonly metric: string
      readonly across: readonly string[]
      readonly missing: readonly string[]
      /** Groups of the evidence that the criteria do not name. */
      readonly unexpected: readonly string[]
    }
  | {
      readonly code: 'too_many_groups'
      readonly outcome: 'undecided'
      readonly across: readonly string[]
      readonly found: number
      readonly limit: number
    }
  | {
      readonly code: 'groups_do_not_add_up'
      readonly outcome: 'undecided'
      readonly metric: string
      readonly across: readonly string[]
      readonly sum: number
      readonly whole: number
    }
  | {
      readonly code: 'group_too_small'
      readonly outcome: 'undecided'
      readonly group: string
      readonly observed: Measurement
      readonly samples: number
      readonly wanted: number
    }
  /** One group's own measurement can't decide. */
  | {
      readonly code: 'group_undecided'
      readonly outcome: 'undecided'
      readonly group: string
      readonly answer: Extract<MeasurementAnswer, { outcome: 'undecided' }>
    }
  | {
      readonly code: 'group_unmet'
      readonly outcome: 'unmet'
      readonly group: string
      readonly answer: Extract<MeasurementAnswer, { outcome: 'unmet' }>
    }
