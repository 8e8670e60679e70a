import type { Trust } from './evidence.ts'

/** A file that a criterion rests on, and the trust that it has; `unlisted` as of evidence. */
export type WeakSource = { readonly path: string; readonly found: Trust; readonly unlisted?: string }

/** All that was asked is said, by files of less trust than the criterion accepts. */
export type SourceAnswer = {
  readonly code: 'source_too_weak'
  readonly outcome: 'undecided'
  readonly wanted: Trust
  readonly sources: readonly WeakSource[]
}
