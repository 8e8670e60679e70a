import type { Measurement } from './measurement.ts'
import type { Problem } from './problem.ts'
import type { EvidenceRecord } from './record.ts'

/** Where a piece of evidence comes from, weakest first. */
export const TRUSTS = ['typed', 'produced', 'signed'] as const
export type Trust = (typeof TRUSTS)[number]

/** What a reader makes of one file. */
export type Reading = {
  readonly measurements: readonly Measurement[]
  readonly records: readonly EvidenceRecord[]
  readonly problems: readonly Problem[]
}

/** One evidence file of a release as facts: everything but its content. */
export type Evidence = Reading & {
  readonly path: string
  /** Git blob id; absent where the file is. */
  readonly sha?: string
  readonly format?: string
  readonly trust: Trust
  readonly about: 'candidate' | 'base'
  /** The kind of document that the manifest says this is, such as `model-card`. */
  readonly document?: string
}
