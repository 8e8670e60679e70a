import type { RecordedAccess } from './access.ts'
import type { Source } from './measurement.ts'
import type { WrittenKind } from './records/kinds.ts'
import type { Outcome } from './records/outcome.ts'

/** How a field was filled: really, with a placeholder, with a bare yes or no, with too few words, with nobody, without a figure, a clause or the name of a file, with the very text of another field, or not at all. */
export type Fill =
  | 'given'
  | 'placeholder'
  | 'missing'
  | 'bare'
  | 'short'
  | 'nobody'
  | 'figureless'
  | 'clauseless'
  | 'nameless'
  | 'same'

/** Different words that a sentence has at the least; and what is to be done, as a condition. */
export const SENTENCE_WORDS = 5
export const CONDITION_WORDS = 3

/** What holds only on a condition: what is to be done until which day, the day on which it was, and the field that it is for. */
export type Condition = {
  readonly what: string
  readonly due: string
  readonly met?: string
  readonly for?: string
}

/** What a record says against itself. */
export type Failing =
  /** A test that did not pass, or a word that is bad. */
  | { readonly field: string; readonly why: 'says'; readonly found: string }
  /** A text that does not name what it should. */
  | { readonly field: string; readonly why: 'does_not_name'; readonly found: string }

/** A word that is less than it seems, such as a qualified opinion. */
export type Weak = { readonly field: string; readonly found: string }

/** Where something is answered that an index lists. */
export type AnsweredIn =
  | { readonly kind: 'section'; readonly document: string; readonly section: string }
  | { readonly kind: 'evidence'; readonly path: string }
  | { readonly kind: 'excused'; readonly reason: string }

/** A file that a report signs for, by the sha256 of its content or its git blob id. */
export type SignedFile = { readonly path: string; readonly sha256?: string; readonly blob?: string }

/** Somebody who signed, as what, and on which day. */
export type ReportSigner = { readonly name: string; readonly role: string; readonly signed: string }

/** Where the report of a test is: a file of the evidence, or a document elsewhere by its digest. */
export type ShownIn =
  | { readonly kind: 'evidence'; readonly path: string }
  | { readonly kind: 'elsewhere'; readonly name: string; readonly sha256: string }

/** A test whose report is not where the record says. */
export type TestUnshown = {
  readonly field: string
  readonly path: string
} /** No file of the evidence; one that says nothing; a record, which is no report. */ & (
  | { readonly why: 'not_there' | 'says_nothing' | 'no_report' }
  /** A record beside the floor has no release whose evidence it could name. */
  | { readonly why: 'beside_floor' }
  | { readonly why: 'several'; readonly paths: readonly string[] }
  /** It describes the model, its data or the system, such as a card: by the name that the manifest gives it, or its own. */
  | { readonly why: 'describes'; readonly document?: string }
  /** It is to be the report of so many tests of the release, and at most so many may have one. */
  | { readonly why: 'of_too_many'; readonly tests: number; readonly most: number }
)

/** Fields that name what a record is about, which other records and the manifest name too. */
export const NAMED = ['base', 'vendor', 'service'] as const

/** A record that people wrote, as facts: how each field is filled, and what of it decides. Prose is not among them, names are. */
export type WrittenRecord = {
  readonly kind: 'written'
  readonly record: WrittenKind
  /** The only model that it is about. */
  readonly model?: string
  readonly owner: Fill
  /** Day of the record, `YYYY-MM-DD`; absent where it has none, which `fields` says. */
  readonly date?: string
  /** The last day on which it holds. */
  readonly expires?: string
  readonly fields: Readonly<Record<string, Fill>>
  /** The names of what it is about, as far as it has such fields; facts of an earlier version have none. */
  readonly named?: { readonly [F in (typeof NAMED)[number]]?: string }
  /** The words of choices. */
  readonly choices: Readonly<Record<string, string>>
  /** The days of days, tests and met conditions, by field. */
  readonly days: Readonly<Record<string, string>>
  /** Where the report of each test is; facts of an earlier version have none. */
  readonly shown?: Readonly<Record<string, ShownIn>>
  readonly failing: readonly Failing[]
  /** Words that hold only where the outcome is with conditions. */
  readonly weak?: readonly Weak[]
  /** Two fields that should name two parties, and name one. */
  readonly same?: { readonly fields: readonly [string, string]; readonly who: string }
  readonly outcome?: Outcome
  readonly conditions: readonly Condition[]
  /** Where each field of an index is answered; what is not filled in is not there. */
  readonly answered?: Readonly<Record<string, AnsweredIn>>
  /** Whom the fields of an access-control record name; facts of an earlier version have none. */
  readonly access?: RecordedAccess
  readonly signs?: readonly SignedFile[]
  readonly signers?: readonly ReportSigner[]
  readonly source: Source
}
