import type { Trust } from '../attest/proof/trust.ts'
import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'

/** One evidence file, decoded and parsed once, before any reader sees it. */
export type Input = {
  readonly path: string
  /** Git blob id. */
  readonly sha: string
  readonly content: Content
  /** What signatures may lead to; without it only what is public. */
  readonly trust?: Trust
}

/**
 * One evidence format. `recognises` is cheap, total and about shape, never about the file's name;
 * `read` reports problems and never throws for bad input.
 */
export type Reader = {
  readonly format: string
  /** The labels that its measurements carry, for docs/evidence.md. */
  readonly labels: readonly string[]
  /** Top-level keys, or columns, of each shape of the format; they recognise nothing, and explain why a file was not. */
  readonly shapes?: readonly (readonly string[])[]
  readonly recognises: (content: Content) => boolean
  readonly read: (input: Input) => Reading
}
