import type { Claimed } from './access.ts'
import type { BomOpen, BomWrong } from './bom.ts'
import type { CaiqAnswer, CaiqShare } from './caiq.ts'
import type { EnteredBy } from './entered-by.ts'
import type { NotObserved, ObservedFault, SeenPart, UnseenPart } from './observed.ts'
import type { Outcome } from './records/outcome.ts'
import type { Dated, OfRecord, ReportAnswer } from './report-answer.ts'
import type { Failing, Fill, ShownIn, TestUnshown, Weak } from './written-record.ts'

/** A field that is wanting, and how. */
export type Lack = {
  readonly field: string
  /** Of a training record also: data that nothing identifies, and a lock where the evidence has no list of packages. */
  readonly why: Exclude<Fill, 'given'> | 'unidentified' | 'lock_absent'
  /** The lock that is absent, as the record names it. */
  readonly lock?: string
}

/**
 * A record beside the floor that is about another vendor, service, base model or approach than the release, or names none;
 * `wanted` is what the release has, nothing where it names none either.
 */
export type Aside = {
  readonly record: string
  readonly path: string
  readonly at: 'vendor' | 'service' | 'base' | 'approach'
  readonly found?: string
  readonly wanted: readonly string[]
}

/** Why assessment results do not show a control, or show that it does not hold. */
export type OscalFault =
  | { readonly why: 'not_satisfied'; readonly control: string }
  | { readonly why: 'expired'; readonly control: string; readonly at: string }
  | { readonly why: 'overdue'; readonly risk: string; readonly at: string }
  | { readonly why: 'no_deadline'; readonly risk: string }

/**
 * `run`: the training run of which was seen what the record says; nobody saw it where absent, and `alone` where none
 * was there to be seen; `sibling`: the other repository that it ran in. `seen`: what was all the same. `claimed`: what only the record says.
 * `entered`: from where jobs were seen to enter environments; `outside`: jobs that nobody lets in, who start as it says; `unseen`: what of the run nobody saw. `on`: the conditions that
 * are still to be met, and what is the weaker for it. `tests`: what its tests rest on.
 */
export type RecordHolds = {
  readonly code: 'record_holds'
  readonly outcome: 'met'
  readonly run?: number
  readonly sibling?: string
  readonly alone?: true
  readonly seen?: readonly SeenPart[]
  readonly claimed?: readonly Claimed[]
  readonly entered?: readonly EnteredBy[]
  readonly outside?: readonly string[]
  readonly unseen?: UnseenPart
  readonly share?: CaiqShare
  readonly tests?: readonly ShownIn[]
  readonly on?: {
    readonly conditions: readonly { readonly what: string; readonly due: string }[]
    readonly weak: readonly Weak[]
  }
} & Dated

/** What a criterion that asks for a record came to. */
export type RecordAnswer =
  | RecordHolds
  /** Of several that are wanted each holds. */
  | {
      readonly code: 'records_hold'
      readonly outcome: 'met'
      readonly record: string
      readonly each: readonly RecordHolds[]
    }
  /** What was seen of the training run, or without any of the repository, speaks against it: that outranks what is written. */
  | ({
      readonly code: 'record_observed_otherwise'
      readonly outcome: 'unmet'
      readonly run?: number
      readonly sibling?: string
      readonly faults: readonly ObservedFault[]
    } & Dated)
  /** It holds, and what must be seen besides was not, or could not be understood. */
  | ({
      readonly code: 'record_not_observed'
      readonly outcome: 'undecided'
      readonly why: NotObserved
      readonly workflow?: string
      readonly seen?: readonly SeenPart[]
      readonly claimed?: readonly Claimed[]
    } & Dated)
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
  /** It ends with a word that speaks against it. */
  | ({ readonly code: 'record_rejected'; readonly outcome: 'unmet'; readonly word: Outcome } & Dated)
  /** It ends with a word that says that it is not at its end. */
  | ({ readonly code: 'record_unfinished'; readonly outcome: 'undecided'; readonly word: Outcome } & Dated)
  /** It says what holds only with conditions, and ends without any. */
  | ({
      readonly code: 'record_wants_conditions'
      readonly outcome: 'unmet'
      readonly word: Outcome
      readonly weak: readonly Weak[]
    } & Dated)
  /** It ends well, and what stands in it does not: one of the two is wrong. */
  | ({
      readonly code: 'record_ends_otherwise'
      readonly outcome: 'unmet'
      readonly word: Outcome
      readonly failing: readonly Failing[]
    } & Dated)
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
      readonly code: 'record_unshown'
      readonly outcome: 'unmet'
      readonly unshown: readonly TestUnshown[]
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
      readonly date?: string
    } & OfRecord)
  | ({
      readonly code: 'record_of_other_model'
      readonly outcome: 'unmet'
      readonly found: string
      readonly wanted: readonly string[]
    } & OfRecord)
  | ReportAnswer
  | CaiqAnswer
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
  /**
   * `aside`: records of this kind beside the floor that are not about this release. `bases`: those of several base models
   * that no record is about.
   */
  | {
      readonly code: 'no_record'
      readonly outcome: 'undecided'
      readonly record: string
      readonly aside?: readonly Aside[]
      /** Files beside the floor that may be it, and can't be read. */
      readonly unreadable?: readonly string[]
      readonly bases?: readonly string[]
    }
  | {
      readonly code: 'several_records'
      readonly outcome: 'undecided'
      readonly record: string
      /** The base models, of several, that more than one record is about. */
      readonly bases?: readonly string[]
      readonly paths: readonly string[]
    }
