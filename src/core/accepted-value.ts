import type { Bound } from './bound.ts'
import type { Measurement, Unit } from './measurement.ts'
import type { Shown } from './shown.ts'

/** What a person saw of a criterion that was not met: a waiver accepts that, and nothing worse. */
export type Accepted =
  | Value
  | {
      readonly what: 'samples'
      readonly samples: number
      readonly wanted: number
      readonly value: Value
    }
  /** Nothing answers what is asked, as one text. */
  | { readonly what: 'missing'; readonly asked: string }
  /** Sections or fields that are wanting in one file. */
  | { readonly what: 'lacking'; readonly of: string; readonly items: readonly string[] }
  /** `limit`: the days that it may be old. */
  | { readonly what: 'expired'; readonly of: string; readonly date: string; readonly limit: number }
  /** The members that are not met, all that are there, and how many are not. */
  | {
      readonly what: 'members'
      readonly label: string
      readonly members: readonly { readonly member: string; readonly accepted: Accepted }[]
      readonly found: readonly string[]
      readonly short: number
    }

export type Value = {
  readonly what: 'value'
  /** Metric, units, labels and confidence as one text: what is asked or measured otherwise can't be compared. */
  readonly asked: string
  readonly bound: Bound
  readonly unmet: boolean
  /** As measured. */
  readonly value: number
  /** How far the value is from the bound, and how far what the samples show reaches beyond it, in its unit. */
  readonly off: number
  readonly reach?: number
}

/** Why nobody can accept what a criterion came to. */
export type Unwaivable =
  | 'met'
  | 'built_in'
  /** Two things contradict each other, or a document or record its own date. */
  | 'contradiction'
  /** It is not known what was measured, or how sure. */
  | 'unclear'
  | 'trust'
  /** An approval is given, not waived. */
  | 'approval'
  /** Nobody can make weights unseen. */
  | 'attempts'

/** Whether what an answer says can be accepted. */
export type Acceptable =
  | { readonly kind: 'acceptable'; readonly accepted: Accepted }
  | { readonly kind: 'not'; readonly why: Unwaivable }

/** What can be accepted of every answer of a union, by its code: a word says why nothing can. */
export type AcceptableRows<A extends { readonly code: string }> = {
  readonly [C in A['code']]: Unwaivable | ((answer: Extract<A, { code: C }>) => Acceptable)
}

export function yes(accepted: Accepted): Acceptable {
  return { kind: 'acceptable', accepted }
}

export function not(why: Unwaivable): Acceptable {
  return { kind: 'not', why }
}

type Compared = {
  readonly observed: Measurement
  readonly bound: Bound
  readonly unit?: Unit
  readonly confidence?: number
  readonly shown?: Shown
  readonly off?: number
}

/** A value with what it was held to, and how far it is from that. */
export function measured(
  { observed, bound, unit, confidence, shown, off = 0 }: Compared,
  unmet: boolean,
): Value {
  const { metric, unit: own, value, labels } = observed
  return {
    what: 'value',
    asked: JSON.stringify([metric, own, unit ?? null, confidence ?? null, sorted(labels)]),
    ...{ bound, unmet, value, off },
    ...(confidence !== undefined && shown && { reach: reachOf(shown, bound) }),
  }
}

/** How far what is shown goes beyond the nearest end of the bound; less than 0 within it. */
export function reachOf({ low, high }: Shown, bound: Bound): number {
  switch (bound.kind) {
    case 'at_least':
      return bound.value - low
    case 'at_most':
      return high - bound.value
    case 'between':
      return Math.max(bound.low - low, high - bound.high)
    case 'equals':
      return Math.max(bound.value - low, high - bound.value)
  }
}

/** Labels in one order. */
export function sorted(labels: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1))
}
