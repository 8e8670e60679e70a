import type { Risk, Trait } from './profile.ts'

/** Something that the floor asks from a day on which this work had already begun, or which is still to come. */
export type Later = { readonly what: string; readonly from: string }

/** A model's risk and traits, and who says so. */
export type Standing = {
  readonly risk: Risk
  /** What the floor sets; absent where no floor says anything, so that all is self-declared. */
  readonly set?: Risk
  /** What the criteria themselves say, the higher of the versions that hold. */
  readonly declared?: Risk
  readonly traits: readonly Trait[]
  /** Those that the floor adds. */
  readonly added: readonly Trait[]
  readonly later: readonly Later[]
}

/** Where the floor asks for more than a criteria file does; the floor's holds. */
export type Below = {
  readonly what: 'risk' | 'registration' | 'trust'
  readonly found: string
  readonly wanted: string
}

/** A record beside the floor, by path and git blob id. */
type FloorRecord = { readonly path: string; readonly sha: string }

/** Which floor a verdict used. */
export type FloorUsed =
  /** `repository`: where it would be, where that is known. */
  | { readonly kind: 'none'; readonly repository?: string }
  | { readonly kind: 'absent' | 'unreadable'; readonly repository: string }
  | {
      readonly kind: 'read'
      readonly repository: string
      readonly path: string
      readonly commit: string
      readonly sha: string
      /** What lies beside it and is read with it; absent where nothing does. */
      readonly records?: readonly FloorRecord[]
    }
  /** A file that a person gave to the command; nobody knows whether the organisation's is the same. */
  | {
      readonly kind: 'given'
      readonly path: string
      readonly sha: string
      readonly records?: readonly FloorRecord[]
    }
