import type { Source } from './measurement.ts'

/** How bad what a scanner found is, least first. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** One thing that a scanner found; `unknown` counts as the worst. */
export type ScanIssue = {
  readonly severity: Severity | 'unknown'
  /** What the tool calls it, such as a rule or `os.system`; short, on one line. */
  readonly what: string
  /** The file that it is in, as the tool names it. */
  readonly file?: string
  /** The file says that somebody accepted it. */
  readonly suppressed?: true
}

/** A file as a tool names it; `sha256` where the tool says which bytes it read. */
export type ScannedFile = { readonly name: string; readonly sha256?: string }

/**
 * Whether a scanner ran: it says so, or that it did not come to its end, or nothing of either. Only what ran to its end
 * over a file says anything of it.
 */
export type ScanProof = 'ran' | 'failed' | 'not_said'

/** What a scanner did and found, as far as its own report says. */
export type ScanRecord = {
  readonly kind: 'scan'
  readonly tool: string
  readonly version?: string
  /** As the tool writes it; many write local time without a zone. */
  readonly at?: string
  readonly proof: ScanProof
  readonly files: readonly ScannedFile[]
  /** What it did not look into. */
  readonly skipped: readonly { readonly name: string; readonly why: string }[]
  /** What went wrong, as the tool says; short. */
  readonly errors: readonly string[]
  readonly issues: readonly ScanIssue[]
  readonly source: Source
}
