import type { ScanIssue } from './scan.ts'
import type { WeightFormatName } from './weight-format.ts'

/** Why gonogo's own reading says nothing of weights: it had not their bytes, not all of them, or found faults in them. */
export type OwnWhy = 'elsewhere' | 'lfs' | 'too_large' | 'inside' | 'faulty'

/** Why a scan says nothing of weights that are released; `path` is the file of the scan. */
export type ScanGap =
  /** It says that it did not come to its end, or nothing of either. */
  | { readonly why: 'failed' | 'not_said'; readonly path: string }
  /** It looked into no file, or names none. */
  | { readonly why: 'nothing_scanned'; readonly path: string }
  | {
      readonly why: 'errors'
      readonly path: string
      readonly found: readonly string[]
      readonly more: number
    }
  | { readonly why: 'skipped'; readonly path: string; readonly file: string; readonly said: string }
  /** It names the file by other bytes than are released. */
  | { readonly why: 'other_bytes'; readonly path: string; readonly file: string }
  /** It was typed and gives no digest: which bytes were scanned nobody can tell. */
  | { readonly why: 'only_named'; readonly path: string; readonly file: string }
  | { readonly why: 'version'; readonly path: string; readonly wanted: string; readonly found?: string }
  | {
      readonly why: 'no_time' | 'in_future' | 'before_work' | 'before_made'
      readonly path: string
      readonly at?: string
    }
  | {
      readonly why: 'too_old'
      readonly path: string
      readonly at: string
      readonly days: number
      readonly limit: number
    }
  /** gonogo is to be the scanner, and did not look into all of it, or can't tell what loading it calls. */
  | { readonly why: 'not_seen_through'; readonly file: string; readonly of: OwnWhy }
  /** Released weights over which no scan ran. */
  | { readonly why: 'left_out'; readonly files: readonly string[]; readonly more: number }

/** One report that was relied on. */
export type ScanShown = {
  readonly tool: string
  readonly version?: string
  readonly path: string
  readonly at?: string
}

/** What a scan of the weights came to. */
export type ScanAnswer =
  | {
      readonly code: 'scan_clean'
      readonly outcome: 'met'
      readonly scans: readonly ScanShown[]
      /** How many weights were held to a scan by their digest, by their name alone, and read by gonogo itself. */
      readonly by: { readonly digest: number; readonly name: number; readonly own: number }
      /** Issues that do not count: less severe than asked, or accepted in the file where that counts. */
      readonly lesser: number
      readonly suppressed: number
    }
  | {
      readonly code: 'scan_found'
      readonly outcome: 'unmet'
      readonly path: string
      readonly tool: string
      readonly issues: readonly ScanIssue[]
      readonly more: number
    }
  | {
      readonly code: 'scan_incomplete'
      readonly outcome: 'undecided'
      readonly wanting: readonly ScanGap[]
      readonly more: number
    }
  | {
      readonly code: 'no_scan'
      readonly outcome: 'undecided'
      readonly tool?: string
      readonly others: readonly string[]
    }
  /** There are no weights; `service`: the model is bought. */
  | { readonly code: 'nothing_to_scan'; readonly outcome: 'undecided'; readonly service: boolean }
  | {
      readonly code: 'format_refused'
      readonly outcome: 'unmet'
      readonly wanted: readonly WeightFormatName[]
      readonly files: readonly { readonly name: string; readonly is?: WeightFormatName }[]
    }
  | {
      readonly code: 'format_unknown'
      readonly outcome: 'undecided'
      readonly wanted: readonly WeightFormatName[]
      readonly files: readonly { readonly name: string; readonly why: 'elsewhere' | 'lfs' | 'too_large' }[]
    }
