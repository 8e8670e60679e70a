import type { Base } from '../core/base-model.ts'

/** One number that a criterion asks of the candidate. */
export type Measured = {
  readonly metric: string
  readonly where: Readonly<Record<string, string>>
  /** It is asked of every value of this label. */
  readonly each?: string
  /** Groups are compared across these labels. */
  readonly across?: readonly string[]
}

/** What a manifest, the floor and the criteria say of where a model comes from. */
export type Ancestry = {
  readonly bases: readonly (Base & {
    /** The copy of its card, from the repository's root. */
    readonly card?: string
    /** It is what is released, unchanged: by its commit and name, or by its digests. */
    readonly same: boolean
  })[]
  /** Of the released model. */
  readonly licence?: string
  /** Data that the model was made with. */
  readonly trained: readonly { readonly name: string; readonly licence?: string }[]
  /** What the floor allows; what it does not name, it leaves to the criterion. */
  readonly trusted: { readonly publishers?: readonly string[]; readonly licences?: readonly string[] }
  /** What the criteria measure of the candidate. */
  readonly measured: readonly Measured[]
}
