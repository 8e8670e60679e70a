import type { OtherBase } from './bom.ts'
import type { Measurement } from './measurement.ts'
import type { LackingSection } from './record.ts'

/** What a criterion asks of base models. */
export const LINEAGE = ['pinned', 'publisher', 'licence', 'card', 'evaluated', 'inherited'] as const
export type LineageAsked = (typeof LINEAGE)[number]

/** The candidate and its base, measured alike. */
export type Beside = {
  readonly base: string
  readonly candidate: Measurement
  readonly of: Measurement
}

/** The widest gap between groups before and after. */
export type Inherited = {
  readonly base: string
  readonly metric: string
  readonly across: readonly string[]
  readonly before: number
  readonly after: number
  /** The files that both were read from. */
  readonly files?: readonly string[]
}

/** Who says what is allowed. */
export type AllowedBy = 'floor' | 'criterion'

/** Why a candidate and its base are not measured alike. */
export type Unalike =
  /** Nothing was measured of the base, or of the candidate. */
  | 'no_base'
  | 'no_candidate'
  /** More than one number fits. */
  | 'several_base'
  | 'several_candidate'
  /** Of several bases it is not said which one it is. */
  | 'which_base'
  /** Neither names the data, or they name other data. */
  | 'other_data'
  | 'no_data'
  | 'other_unit'
  /** It is from a weaker source than asked. */
  | 'weak'
  /** It is from before the work, or from a time that is still to come. */
  | 'time'
  /** The base did not take the exam as it is pinned. */
  | 'exam'
  /** Fewer than two groups, or not the same ones. */
  | 'no_groups'

/** A licence beside that of the model, and what it asks that decides. */
type Terms = {
  readonly of: 'base' | 'dataset'
  readonly name: string
  readonly licence: string
  readonly model: string
  readonly restriction?: string
}

/** One thing that is wanting; `base` is the name of the base model. */
export type LineageLack =
  | { readonly what: 'movable'; readonly base: string; readonly revision: string }
  | { readonly what: 'movable_snapshot'; readonly base: string; readonly snapshot: string }
  | { readonly what: 'no_digest'; readonly base: string }
  /** A bill of materials in the evidence has other bytes, or another revision. */
  | ({ readonly what: 'bom'; readonly path: string } & OtherBase)
  | { readonly what: 'no_list'; readonly of: 'publishers' | 'licences' }
  | {
      readonly what: 'publisher'
      readonly base: string
      /** Absent where the name has none. */
      readonly publisher?: string
      readonly by: AllowedBy
      readonly allowed: readonly string[]
    }
  /** `of`: whose; the model's own name is not said. */
  | { readonly what: 'no_licence'; readonly of: 'base' | 'dataset' | 'model'; readonly name: string }
  | {
      readonly what: 'unknown_licence'
      readonly of: 'base' | 'dataset' | 'model'
      readonly name: string
      readonly licence: string
    }
  | {
      readonly what: 'licence'
      readonly base: string
      readonly licence: string
      readonly by: AllowedBy
      readonly allowed: readonly string[]
    }
  | ({ readonly what: 'conflict' } & Terms)
  | ({ readonly what: 'unclear' } & Terms)
  | { readonly what: 'no_card'; readonly base: string; readonly unreadable?: string }
  | {
      readonly what: 'card'
      readonly base: string
      readonly path: string
      readonly lacking: readonly LackingSection[]
    }
  /** No criterion measures anything that the base could be held beside. */
  | { readonly what: 'nothing_measured'; readonly of: 'evaluated' | 'inherited' }
  | {
      readonly what: 'unalike'
      readonly base: string
      readonly metric: string
      /** Labels of the data and the group, for people. */
      readonly labels: Readonly<Record<string, string>>
      readonly why: Unalike
    }
  /** A bias became worse by more than allowed. */
  | ({ readonly what: 'worse'; readonly limit: number } & Inherited)

type Shown = {
  readonly of: readonly LineageAsked[]
  readonly bases: readonly string[]
  /** Side by side, where that was asked. */
  readonly beside: readonly Beside[]
  readonly inherited: readonly Inherited[]
  /** Bases that only their providers pin, where that was asked: no digest tells which model it is. */
  readonly called?: readonly { readonly base: string; readonly provider: string; readonly snapshot: string }[]
  /** What else was looked into: bills of materials, and cards of base models. */
  readonly files?: readonly string[]
}

/** What a check of the lineage comes to. */
export type LineageAnswer =
  | ({ readonly code: 'lineage_holds'; readonly outcome: 'met' } & Shown)
  | ({
      readonly code: 'lineage_lacks'
      readonly outcome: 'unmet'
      readonly lacking: readonly LineageLack[]
    } & Shown)
  | ({
      readonly code: 'lineage_open'
      readonly outcome: 'undecided'
      readonly lacking: readonly LineageLack[]
    } & Shown)
  | { readonly code: 'no_base_model'; readonly outcome: 'undecided' }
