import type { BomOpen, BomWrong } from './bom.ts'
import type { Failing, Fill } from './written-record.ts'

type OfRecord = { readonly record: string; readonly path: string }
type Dated = OfRecord & { readonly date: string }

/** A field that is wanting, and how. */
export type Lack = { readonly field: string; readonly why: Exclude<Fill, 'given'> }

/** Why assessment results do not show a control, or show that it does not hold. */
export type OscalFault =
  | { readonly why: 'not_satisfied'; readonly control: string }
  | { readonly why: 'expired'; readonly control: string; readonly at: string }
  | { readonly why: 'overdue'; readonly risk: string; readonly at: string }
  | { readonly why: 'no_deadline'; readonly risk: string }

/** What a criterion that asks for a record came to. */
export type RecordAnswer =
  | ({ readonly code: 'record_holds'; readonly outcome: 'met' } & Dated)
  | ({
      readonly code: 'record_lacks'
      readonly outcome: 'unmet'
      readonly lacking: readonly Lack[]
    } & OfRecord)
  /** Nobody answers for it; `lacking` is what else is wanting. */
  | ({
      readonly code: 'record_unowned'
      readonly outcome: 'unmet'
      readonly why: Lack['why']
      readonly lacking: readonly Lack[]
    } & OfRecord)
  /** `field`: the test in it that is too old. */
  | ({
      readonly code: 'record_expired'
      readonly outcome: 'unmet'
      readonly days: number
      readonly limit: number
      readonly field?: string
    } & Dated)
  /** The day that it names itself is over. */
  | ({ readonly code: 'record_ran_out'; readonly outcome: 'unmet'; readonly expires: string } & Dated)
  | ({ readonly code: 'record_in_future'; readonly outcome: 'unmet'; readonly field?: string } & Dated)
  | ({ readonly code: 'record_rejected'; readonly outcome: 'unmet' } & Dated)
  | ({
      readonly code: 'record_condition_overdue'
      readonly outcome: 'unmet'
      readonly overdue: readonly { readonly what: string; readonly due: string }[]
    } & Dated)
  | ({
      readonly code: 'record_fails'
      readonly outcome: 'unmet'
      readonly failing: readonly Failing[]
    } & Dated)
  | ({
      readonly code: 'record_not_apart'
      readonly outcome: 'unmet'
      readonly fields: readonly [string, string]
      readonly who: string
    } & Dated)
  /** It names another commit than the manifest has for the training. */
  | ({
      readonly code: 'record_of_other_work'
      readonly outcome: 'unmet'
      readonly found: string
      readonly wanted: readonly string[]
    } & Dated)
  | ({
      readonly code: 'record_of_other_model'
      readonly outcome: 'unmet'
      readonly found: string
      readonly wanted: readonly string[]
    } & OfRecord)
  | ({
      readonly code: 'caiq_open'
      readonly outcome: 'unmet'
      readonly open: readonly { readonly question: string; readonly answer: 'no' | 'na' | 'none' }[]
      readonly more: number
      readonly answers: number
    } & OfRecord)
  | ({
      readonly code: 'oscal_faults'
      readonly outcome: 'unmet'
      readonly faults: readonly OscalFault[]
    } & Dated)
  | ({
      readonly code: 'oscal_unknown'
      readonly outcome: 'undecided'
      readonly unknown: readonly {
        readonly control: string
        readonly why: 'not_reviewed' | 'no_finding' | 'in_part'
      }[]
    } & Dated)
  /** It is not that of the release, or says nothing that could be believed. */
  | ({
      readonly code: 'bom_wrong'
      readonly outcome: 'unmet'
      readonly wrong: readonly BomWrong[]
      readonly more: number
    } & OfRecord)
  | ({
      readonly code: 'bom_open'
      readonly outcome: 'undecided'
      readonly open: readonly BomOpen[]
      readonly more: number
    } & OfRecord)
  | { readonly code: 'no_record'; readonly outcome: 'undecided'; readonly record: string }
  | {
      readonly code: 'several_records'
      readonly outcome: 'undecided'
      readonly record: string
      readonly paths: readonly string[]
    }
