import type { AttestationRecord } from './attestation.ts'
import type { BomRecord } from './bom.ts'
import type { Data } from './exam.ts'
import type { CaiqRecord, OscalRecord } from './foreign-record.ts'
import type { LineageRecord } from './lineage-record.ts'
import type { Source } from './measurement.ts'
import type { Passage } from './passage.ts'
import type { RecordName } from './records/kinds.ts'
import type { TrainingOutcome } from './records/outcome.ts'
import type { ScanRecord } from './scan.ts'
import type { TrainingEvidence } from './training-evidence.ts'
import type { Fill, WrittenRecord } from './written-record.ts'

/** One heading of a document and what stands under it, sub-headings included. Never the text itself. */
export type Section = {
  readonly title: string
  readonly line: number
  /** Words of real prose, tables and lists under it; comments and code fences of a template are none, and too few different ones count once each. */
  readonly words: number
  /** Those of them that stand under no sub-heading, where there are such. */
  readonly own?: number
  /** The first placeholder found under it, such as `TODO`, cut to 40 characters. */
  readonly placeholder?: string
  /** Where the same text, but for its numbers, stands elsewhere as well: the place of the first, and its own; what lies in one another has one. */
  readonly twin?: { readonly first: number; readonly own: number }
}

/** A required heading of a document that is not there, says nothing or too little, or says what another says. */
export type LackingSection = { readonly title: string; readonly line?: number } & (
  | { readonly why: 'missing' | 'empty' }
  | { readonly why: 'placeholder'; readonly placeholder?: string }
  | { readonly why: 'short'; readonly words: number; readonly wanted: number }
  /** `as`: another heading that is asked, with the very same text. */
  | { readonly why: 'same'; readonly as: string }
)

/** A number that a document states of a metric, and half of the last digit that it was written with. */
export type StatedNumber = {
  readonly metric: string
  /** How it is written there, where that is another name of it. */
  readonly named?: string
  readonly value: number
  readonly rounding: number
  readonly percent: boolean
  readonly line: number
  /** The part of the data that its row names, such as a group; and the data that it names. */
  readonly of?: string
  readonly on?: string
  /** What a line calls it, as in `accuracy (nn): 0.92`. */
  readonly label?: string
  /** Words of its sentence that may make it one of something else. */
  readonly beyond?: readonly string[]
  /** The sentence that it stands in, and what that says close to it. */
  readonly said?: string
  readonly near?: string
  /** The heading that it stands under. */
  readonly under?: string
  /**
   * What its row says in columns that may be of groups; where `compared`, only that, or a part that its label names,
   * makes it a number of this model.
   */
  readonly beside?: readonly { readonly column: string; readonly cell: string }[]
  readonly compared?: true
}

export const TRAINING_FIELDS = [
  'data',
  'hyperparameters',
  'seeds',
  'environment',
  'commit',
  'hardware',
  'operator',
  'times',
] as const
export type TrainingField = (typeof TRAINING_FIELDS)[number]

/** Data as a training record names them; `bare`: by a name that any data could have, and by nothing else. */
export type RecordedData = Data & { readonly bare?: true }

export type TrainingTimes = { readonly started?: string; readonly finished?: string }

/** Without one of these nobody can train the same again: a training record that answers `reproducibility` has them all. */
export const REPEATED_BY: readonly TrainingField[] = [
  'data',
  'hyperparameters',
  'seeds',
  'environment',
  'commit',
]

/** How a field of a record was filled: really, with a placeholder, or not at all. */
export type Filled = 'given' | 'placeholder' | 'missing'

/**
 * What became of one test. Only `passed` is a pass: an expected failure failed, what was skipped was not tried, and
 * what passed only when it was run again is flaky.
 */
export type TestOutcome =
  | 'passed'
  | 'failed'
  | 'error'
  | 'skipped'
  | 'expected_failure'
  | 'unexpected_pass'
  | 'flaky'

/** One test of a suite, by the name that the tool gives it. */
export type TestResult = {
  readonly name: string
  readonly outcome: TestOutcome
  /** Pointer or line into the file. */
  readonly pointer: string
  readonly line?: number
}

/** What somebody wrote, by its headings. */
export type DocumentRecord = {
  readonly kind: 'document'
  readonly sections: readonly Section[]
  /** What it states of the metrics that the table has; and where it may state more, of what others measured. */
  readonly numbers?: readonly StatedNumber[]
  readonly passages?: readonly Passage[]
  readonly source: Source
}

/** One fact read from evidence that is no number. */
export type EvidenceRecord =
  | ScanRecord
  | TrainingEvidence
  /** Tests that passed or failed as wholes, such as data tests and conformance runs. */
  | {
      readonly kind: 'suite'
      /** What the file calls it; absent where it has no name. */
      readonly suite?: string
      /** The data that it was run on, as the file or the manifest says. */
      readonly dataset?: string
      readonly tests: readonly TestResult[]
      readonly tool?: string
      readonly at?: string
      readonly source: Source
    }
  | AttestationRecord
  | LineageRecord
  | DocumentRecord
  | WrittenRecord
  | BomRecord
  | CaiqRecord
  | OscalRecord
  | {
      readonly kind: 'training'
      /** The model that it names. */
      readonly model?: string
      readonly owner: Fill
      /** Day of the record, `YYYY-MM-DD`; absent where none stands there. */
      readonly date?: string
      /** Something that is no day stands there instead. */
      readonly undated?: 'placeholder'
      /** The last day on which it holds. */
      readonly expires?: string
      readonly fields: Readonly<Record<TrainingField, Fill>>
      /** When it began and ended, ISO 8601 with the zone, as far as that is said. */
      readonly times?: TrainingTimes
      /** How the training ended; absent where nothing is said of it. */
      readonly outcome?: TrainingOutcome | 'placeholder'
      /** The data that it was trained on, as far as the record names them. */
      readonly data?: readonly RecordedData[]
      /** The lock of its environment, as the record names it: a path, or `sha256:…`. */
      readonly lock?: string
      /** The version of Python that it ran with, as the record has it under `environment`. */
      readonly python?: string
      /** The code commit that the record names. */
      readonly commit?: string
      readonly source: Source
    }

/** The kind of a record as criteria ask for it; undefined for what is no record of theirs. */
export function recordName(record: EvidenceRecord): RecordName | undefined {
  if (record.kind === 'written') return record.record
  const { kind } = record
  return kind === 'training' || kind === 'caiq' || kind === 'oscal' || kind === 'bom' ? kind : undefined
}
