import type { AttackedInput } from './attacks.ts'
import type { LineageAsked } from './lineage-answer.ts'
import type { Trait } from './profile.ts'
import type { RecordName } from './records/kinds.ts'

/** Why a criterion says nothing of the control that it names. */
export type Unfitness =
  /** Nothing that this check shows is of the control: a document is no scan. */
  | { readonly why: 'check'; readonly check: string }
  | { readonly why: 'record'; readonly record: RecordName }
  | { readonly why: 'predicate'; readonly predicate: string }
  | { readonly why: 'parts'; readonly parts: readonly LineageAsked[] }
  /** A number of something else; `untied`: it would be of the control if its labels named an attack. */
  | { readonly why: 'metric'; readonly metric: string; readonly untied?: true }
  /** A share of everything, which compares no groups. */
  | { readonly why: 'no_groups'; readonly metric: string }
  /** An attack, and nothing that says which. */
  | { readonly why: 'unnamed_attack'; readonly metric: string }
  /** What it names is an attack of another kind, or nothing of attacks. */
  | { readonly why: 'names_other'; readonly names: readonly string[] }
  /** What it names is a run without an attack. */
  | { readonly why: 'unattacked'; readonly label: string; readonly value: string }
  /** What it names attacks what the model does not take in. */
  | { readonly why: 'other_input'; readonly input: AttackedInput; readonly trait: Trait }
  /** It is asked, and not what would make it one of the control: `of` is the attestation or the check. */
  | { readonly why: 'unasked'; readonly of: string; readonly keys: readonly string[] }
  /** One of several things that make up the control, which stands beside the record that asks for all of them. */
  | { readonly why: 'in_part'; readonly check: string }
  /**
   * It asks for as much as a bad model has: `asks` is its bound, and the other one would be of the control. `reaches`: it
   * is bounded to both sides, around the worst; `by`: the number is of how well an attacker does.
   */
  | {
      readonly why: 'wrong_way'
      readonly metric: string
      readonly asks: 'at_least' | 'at_most'
      readonly reaches?: 'between' | 'equals'
      readonly by?: 'attacker'
    }
  /** A suite without a word of what it is about. */
  | { readonly why: 'says_nothing'; readonly check: string }
  /** Only the released model is measured, and the base is another one. */
  | { readonly why: 'base_not_measured'; readonly check: string }

/** A criterion that names a control and does not answer it. */
export type Unfit = { readonly criterion: string; readonly floor?: true } & Unfitness
