import type { Bound } from './bound.ts'

/** A gap that groups are held to, and the rate that all of them are supposed to have truly. */
type GapAsked = {
  readonly criterion: string
  readonly metric: string
  readonly across: readonly string[]
  readonly how: 'ratio' | 'difference'
  readonly bound: Bound
  readonly confidence: number
  readonly rate: number
}

/** What the engine found out about criteria themselves, before any work: facts, not faults. */
export type Note =
  /** How hard a criterion with `confidence` is to meet by chance and by skill. */
  | {
      readonly code: 'power'
      readonly criterion: string
      readonly metric: string
      readonly samples: number
      readonly confidence: number
      /** `at_least`: so many must succeed; `at_most`: so many may. */
      readonly kind: 'at_least' | 'at_most'
      readonly count: number
      /** The true rate of a model, as a fraction, and how often it then passes. */
      readonly truth: number
      readonly passes: number
    }
  /** The same of a gap between groups, were all their true rates one. */
  | ({
      readonly code: 'gap_power'
      /** How many groups are compared, and how many samples the smallest and the largest have. */
      readonly groups: number
      readonly smallest: number
      readonly largest: number
      /** The furthest gap between the two smallest that, when seen, still shows it; absent where there are two such or none. */
      readonly seen?: number
      /** So many samples in each group let no gap show it; absent where they do already, or none are enough. */
      readonly needed?: number
      /** How often a model without any gap passes. */
      readonly passes: number
    } & GapAsked)
  /** A group of known size in which not even the absence of a gap shows it. */
  | ({
      readonly code: 'group_too_small_to_show'
      readonly group: string
      readonly samples: number
      /** So many would do, beside the other groups as they are; absent where those are too small as well. */
      readonly needed?: number
    } & GapAsked)
  /** A group of known size that has fewer samples than the criterion asks of each. */
  | {
      readonly code: 'group_below_least'
      readonly criterion: string
      readonly metric: string
      readonly across: readonly string[]
      readonly group: string
      readonly samples: number
      readonly wanted: number
    }
  /** What it takes to show how much worse than its baseline a model is at most, were both equally good. */
  | {
      readonly code: 'baseline_power'
      readonly criterion: string
      readonly metric: string
      readonly samples: number
      readonly confidence: number
      readonly bound: Bound
      /** What both are supposed to be truly, as a fraction. */
      readonly rate: number
      /** In the unit of the bound: what no difference at all shows. */
      readonly even: number
      /** So many samples let no difference show the bound; absent where they do already, or none are enough. */
      readonly needed?: number
      readonly passes: number
    }
  /** So many pieces of counter-evidence were made for so many criteria, and none was taken. */
  | { readonly code: 'self_test'; readonly criteria: number; readonly tried: number }
  /** Each release may be a little worse than the last one, and nothing says how low that may lead. */
  | { readonly code: 'ratchet'; readonly criterion: string; readonly metric: string }
  /** A bought service has no weights that a run could list. */
  | { readonly code: 'witnessed_out_of_reach' }

/** In which way a piece of counter-evidence is none. */
export type Counter =
  | 'beyond_bound'
  | 'missing'
  | 'not_a_number'
  | 'too_few_samples'
  | 'samples_unknown'
  | 'no_spread'
  | 'ambiguous'
  | 'other_dataset'
  | 'other_data'
  | 'other_model'
  | 'trained_on'
  | 'weaker_trust'
  | 'placeholder'
  | 'empty'
  | 'expired'
  | 'in_future'
  | 'dismissed'
  | 'own_work'
  | 'other_release'
  | 'no_right'
  | 'makers_unknown'
  | 'test_failed'
  | 'test_broken'
  | 'test_skipped'
  | 'test_known_to_fail'
  | 'test_unexpected'
  | 'test_flaky'
  | 'test_missing'
  | 'other_suite'
  | 'unowned'
  | 'bare'
  | 'rejected'
  | 'unfinished'
  | 'shared'
  | 'unconditional'
  | 'unshown'
  | 'overdue'
  | 'speaks_against'
  | 'same_party'
  | 'no_finding'
  | 'unexplained'
  | 'unasked'
  | 'base_left_out'
  | 'unlicensed'
  | 'leads_nowhere'
  | 'movable'
  | 'not_allowed'
  | 'unsigned'
  | 'bad_signature'
  | 'other_subject'
  | 'other_signer'
  | 'attests_other'
  | 'seen_otherwise'
  | 'unseen'
  | 'nothing_scanned'
  | 'file_left_out'
  | 'file_skipped'
  | 'only_named'
  | 'issue_found'
  | 'no_proof'
  | 'older_version'
  | 'other_format'
  | 'digest_differs'
  | 'digest_unconfirmed'
  | 'digest_weak'
  | 'parameter_differs'
  | 'changed_after_training'
  | 'seed_missing'
  | 'package_loose'
  | 'package_unhashed'
  | 'other_commit'
