import type { Relation } from './base-model.ts'
import type { Role } from './exam.ts'
import type { Disagreement } from './integrity-answer.ts'
import type { Approach, Trait } from './profile.ts'

/** What shows that a model has a trait, in words of our own. */
export type Showing =
  | { readonly kind: 'training_from_base' }
  | { readonly kind: 'build_from_base' }
  | { readonly kind: 'groups'; readonly labels: readonly string[] }
  | { readonly kind: 'attacks'; readonly format: string; readonly on?: 'images' | 'texts' }

/** Two things that a release says of itself, and that can't both be so. */
export type Contradiction =
  /** A file that was published with the weights names another base than the manifest. */
  | { readonly code: 'other_base'; readonly found: string; readonly declared: readonly string[] }
  | {
      readonly code: 'other_base_revision'
      readonly base: string
      readonly found: string
      readonly declared: string
    }
  /** A file names a base, and the manifest none. */
  | { readonly code: 'base_not_declared'; readonly found: string }
  | { readonly code: 'other_relation'; readonly found: Relation; readonly declared?: Relation }
  /** The card of the released model names data that the manifest does not. */
  | { readonly code: 'data_not_declared'; readonly found: string }
  /** It names, as what the model was trained with, what the manifest has as a test. */
  | {
      readonly code: 'trained_on_exam'
      readonly found: string
      readonly name: string
      readonly role: Role
    }
  | {
      readonly code: 'other_licence'
      /** A base model; empty: the released model. */
      readonly of: string
      readonly found: string
      readonly declared: string
      /** By a bill of materials, not by a card: of the part that it calls so, and what it declares where it concludes `found`. */
      readonly bill?: { readonly part: string; readonly overrules?: string }
    }
  /** A file about data that the manifest names has another licence than the manifest. */
  | {
      readonly code: 'other_data_licence'
      readonly data: string
      readonly found: string
      readonly declared: string
    }
  /** What it has is no licence: nobody can tell whether it is the manifest's. */
  | {
      readonly code: 'data_licence_unclear'
      readonly data: string
      readonly found: string
      readonly declared: string
    }
  | { readonly code: 'trait_missing'; readonly trait: Trait; readonly shown: Showing }
  /** A service is bought; weights of a hub that nobody fine-tuned are not. */
  | {
      readonly code: 'approach_contradicts'
      readonly approach: Approach
      readonly released: 'service' | 'weights'
    }
  /** Files that tell of one training tell of two: a record, a run, a packaged model, or what is committed and locked. */
  | { readonly code: 'training_contradicts'; readonly fact: Disagreement }
  /** A training, or a run of a tool, says that it began before a server's clock saw the work begin. */
  | {
      readonly code: 'began_before_start'
      readonly found: string
      readonly began: string
      readonly clock: 'run' | 'ticket'
      /** The run as `owner/name#id`, or the ticket's path. */
      readonly name: string
    }
