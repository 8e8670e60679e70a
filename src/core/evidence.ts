import type { AttestationSigner } from './attestation.ts'
import type { Measurement, Unmeasured } from './measurement.ts'
import type { PairedRows } from './paired.ts'
import type { Problem } from './problem.ts'
import type { EvidenceRecord } from './record.ts'

/** Where a piece of evidence comes from, weakest first. */
export const TRUSTS = ['typed', 'produced', 'signed'] as const
export type Trust = (typeof TRUSTS)[number]

/** What a reader makes of one file. */
export type Reading = {
  readonly measurements: readonly Measurement[]
  /** What nobody will find among them, and why. */
  readonly unmeasured?: readonly Unmeasured[]
  readonly records: readonly EvidenceRecord[]
  readonly problems: readonly Problem[]
  /** Of rows: what they come to beside those of other models, sample by sample. */
  readonly pairs?: readonly PairedRows[]
}

/** The run that uploaded an artifact of this repository, and what it ran. */
export type Producer = {
  readonly run: number
  /** Commit of the run. */
  readonly commit: string
  /** GitHub's id of the artifact, and the sha256 of its archive. */
  readonly artifact: number
  readonly digest: string
  /** Path of the workflow's file, and its blob in that commit and on the default branch. */
  readonly workflow: string
  readonly blob: string
}

/** One evidence file of a release as facts: everything but its content. */
export type Evidence = Reading & {
  readonly path: string
  /** Git blob id, or of a file of an artifact its sha256; absent where the file is. */
  readonly sha?: string
  /** The blob is a Git LFS pointer to this content, by its sha256 and size: what was read, where anything was. */
  readonly lfs?: { readonly oid: string; readonly bytes: number }
  /** `sha256:` of what was read, where a report signs for it. */
  readonly digest?: string
  readonly format?: string
  readonly trust: Trust
  readonly producer?: Producer
  /** Only GitHub can show that a run produced it: it was read from a folder, or not at all. */
  readonly awaited?: 'read' | 'unread'
  /**
   * It is what GitHub keeps that attests a content: `left` more are there and were not read; `hidden` where the app may
   * not look.
   */
  readonly kept?: { readonly found: number; readonly left: number } | 'hidden'
  /** The workflow that produced it, which the floor does not list: it counts as typed. */
  readonly unlisted?: string
  /** Who attests its content, and in which file of the evidence. */
  readonly attested?: readonly { readonly by: string; readonly signer: AttestationSigner }[]
  readonly about: 'candidate' | 'base' | 'released'
  /** The kind of document that the manifest says this is, such as `model-card`. */
  readonly document?: string
}
