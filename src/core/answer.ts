import type { ApprovalAnswer } from './approval.ts'
import type { AttestationAnswer } from './attestation-answer.ts'
import type { CoverageAnswer } from './coverage-answer.ts'
import type { GapAnswer } from './gap-answer.ts'
import type { IntegrityAnswer } from './integrity-answer.ts'
import type { LineageAnswer } from './lineage-answer.ts'
import type { MeasurementAnswer } from './measurement-answer.ts'
import type { LackingSection } from './record.ts'
import type { RecordAnswer } from './record-answer.ts'
import type { RegistrationAnswer } from './registration-answer.ts'
import type { ScanAnswer } from './scan-answer.ts'
import type { SourceAnswer } from './source-answer.ts'
import type { SuiteAnswer } from './suite-answer.ts'

export type { Bound } from './bound.ts'
export type { Asked, MeasurementAnswer } from './measurement-answer.ts'

/** One member of `for_each`, such as one task. */
export type Member = { readonly member: string; readonly answer: MeasurementAnswer }

/** Members of a label of attacks that say that nothing attacked, and so count for none. */
type Unattacked = readonly string[]

/** What one criterion came to; `outcome` decides, `code` says why, the rest is what its sentence needs. */
export type Answer =
  | MeasurementAnswer
  | SourceAnswer
  /** Met by itself; only the app's ledger knows how many were measured on the exam. */
  | {
      readonly code: 'attempts_awaited'
      readonly outcome: 'undecided'
      readonly dataset: string
      readonly digest: string
      readonly attempts: number
      readonly otherwise: Answer
    }
  | {
      readonly code: 'members_met'
      readonly outcome: 'met'
      readonly label: string
      readonly members: readonly Member[]
      readonly unattacked?: Unattacked
    }
  | {
      readonly code: 'members_unmet'
      readonly outcome: 'unmet'
      readonly label: string
      readonly members: readonly Member[]
      readonly unattacked?: Unattacked
    }
  | {
      readonly code: 'members_undecided'
      readonly outcome: 'undecided'
      readonly label: string
      readonly members: readonly Member[]
      readonly unattacked?: Unattacked
    }
  | {
      readonly code: 'members_missing'
      readonly outcome: 'undecided'
      readonly label: string
      readonly missing: readonly string[]
      readonly found: number
      readonly wanted: number
      /** What the members that were found come to. */
      readonly judged: readonly Member[]
      readonly unattacked?: Unattacked
    }
  // documents
  | {
      readonly code: 'sections_written'
      readonly outcome: 'met'
      readonly path: string
      readonly sections: readonly string[]
      /** Metrics that it states and no evidence measures: nothing holds these numbers to anything. */
      readonly unmeasured?: readonly string[]
    }
  | {
      readonly code: 'sections_lacking'
      readonly outcome: 'unmet'
      readonly path: string
      readonly lacking: readonly LackingSection[]
    }
  | { readonly code: 'manifest_unread'; readonly outcome: 'undecided' }
  | {
      readonly code: 'no_document'
      readonly outcome: 'undecided'
      readonly document: string
      readonly unreadable?: string
    }
  | {
      readonly code: 'several_documents'
      readonly outcome: 'undecided'
      readonly document: string
      readonly paths: readonly string[]
    }
  | RecordAnswer
  | ApprovalAnswer
  | GapAnswer
  | SuiteAnswer
  | LineageAnswer
  | AttestationAnswer
  | ScanAnswer
  | IntegrityAnswer
  | RegistrationAnswer
  | CoverageAnswer

export type Outcome = Answer['outcome'] | 'waived'
