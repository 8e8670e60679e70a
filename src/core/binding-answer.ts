import type { Measurement } from './measurement.ts'

type Other = {
  readonly outcome: 'unmet'
  readonly observed: Measurement
  readonly found: string
  /** What the manifest gives of the same kind. */
  readonly wanted: readonly string[]
}

/** Evidence that is about another model than the one that is released, by what it names itself. */
export type BindingAnswer =
  /** `base`: it names the base model. */
  | ({ readonly code: 'other_model'; readonly base?: true } & Other)
  | ({ readonly code: 'other_revision' } & Other)
  | ({ readonly code: 'other_commit' } & Other)
  | ({ readonly code: 'other_weights' } & Other)
