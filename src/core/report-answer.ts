import type { LackingSection } from './record.ts'
import type { ReportSigner } from './written-record.ts'

/** `holding`: others of its kind that hold, so that it may be left out. */
export type OfRecord = {
  readonly record: string
  readonly path: string
  readonly holding?: readonly string[]
}
export type Dated = OfRecord & { readonly date: string }

/** A heading of an index that is not answered where it is said to be. */
export type IndexLack = { readonly field: string } & (
  | { readonly why: 'no_document'; readonly document: string; readonly unreadable?: string }
  | { readonly why: 'several_documents'; readonly document: string }
  | { readonly why: 'section'; readonly document: string; readonly lacking: LackingSection }
  /** A section says too little for the headings that lean on it: `beside` are the others of them. */
  | {
      readonly why: 'thin'
      readonly document: string
      readonly section: string
      readonly words: number
      readonly wanted: number
      readonly beside: readonly string[]
    }
  /** One section, or one file, is to answer more headings than one may. */
  | {
      readonly why: 'shared'
      readonly where: string
      readonly most: number
      readonly beside: readonly string[]
    }
  /** A document as a whole says too little for all the headings that lean on it. */
  | {
      readonly why: 'little'
      readonly path: string
      readonly words: number
      readonly wanted: number
      readonly answers: number
    }
  | { readonly why: 'no_file' | 'says_nothing'; readonly path: string }
  | { readonly why: 'several_files'; readonly path: string; readonly paths: readonly string[] }
  /** It applies to every system, or to one that was trained on data; or the criteria ask for an answer. */
  | { readonly why: 'excused'; readonly by: 'annex' | 'criteria' | 'data' }
  /** The reason is that of other headings: it was not thought of for this one. */
  | { readonly why: 'same_reason'; readonly beside: readonly string[] }
)

/** A file that a report signs for, and that is not that file of this release. */
export type ReportFault =
  | { readonly why: 'not_there'; readonly path: string }
  | { readonly why: 'several'; readonly path: string; readonly paths: readonly string[] }
  | { readonly why: 'differs'; readonly path: string; readonly stated: string; readonly found: string }

/** Reports that hold, what they sign for, and what of it somebody attests as well. */
type Reports = {
  readonly reports: readonly {
    readonly path: string
    readonly date: string
    readonly signers: readonly ReportSigner[]
    /** Its signatures are names that somebody typed: neither a run nor an attestation stands behind them. */
    readonly typed?: true
  }[]
  readonly files: readonly string[]
  readonly attested: readonly string[]
}

/** What an index of Annex IV, or test reports, came to. */
export type ReportAnswer =
  | ({
      readonly code: 'index_answered'
      readonly outcome: 'met'
      readonly answered: number
      readonly excused: readonly { readonly field: string; readonly reason: string }[]
      /** Where the headings are answered. */
      readonly files?: readonly string[]
    } & Dated)
  | ({ readonly code: 'index_open'; readonly outcome: 'unmet'; readonly open: readonly IndexLack[] } & Dated)
  /** Every heading is excused. */
  | ({ readonly code: 'index_empty'; readonly outcome: 'unmet' } & Dated)
  /** `covered`: how many files the blocking criteria rest on, where that was asked. */
  | ({ readonly code: 'report_signed'; readonly outcome: 'met'; readonly covered?: number } & Reports)
  | ({
      readonly code: 'report_differs'
      readonly outcome: 'unmet'
      readonly faults: readonly ReportFault[]
    } & Dated)
  /** Reports sign for files that the manifest names and nobody could read. */
  | {
      readonly code: 'report_unread'
      readonly outcome: 'undecided'
      readonly paths: readonly string[]
      readonly unread: readonly string[]
    }
  /** Files that the blocking criteria rest on; none where they rest on nothing yet. */
  | ({
      readonly code: 'report_uncovered'
      readonly outcome: 'unmet'
      readonly uncovered: readonly string[]
    } & Reports)
