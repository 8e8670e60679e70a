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
  /** So many pieces of counter-evidence were made for so many criteria, and none was taken. */
  | { readonly code: 'self_test'; readonly criteria: number; readonly tried: number }
  /** Each release may be a little worse than the last one, and nothing says how low that may lead. */
  | { readonly code: 'ratchet'; readonly criterion: string; readonly metric: string }
  /** A bought service has no weights that a run could list. */
  | { readonly code: 'witnessed_out_of_reach' }
  /** This version verifies no signatures. */
  | { readonly code: 'signed_out_of_reach' }

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
  | 'digest_differs'
  | 'digest_unconfirmed'
  | 'digest_weak'
  | 'parameter_differs'
  | 'seed_missing'
  | 'package_loose'
  | 'package_unhashed'
  | 'other_commit'
