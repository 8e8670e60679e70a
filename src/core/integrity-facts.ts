import type { Breaking, Holding, IntegrityFact } from './integrity-answer.ts'

/** Of each fact what it makes of the answer, and whether a person may accept it. */
export const INTEGRITY_FACTS: {
  readonly [W in IntegrityFact['what']]: W extends Holding['what']
    ? 'holds'
    : W extends Breaking['what']
      ? 'contradiction' | 'lacking'
      : 'missing' | 'unclear'
} = {
  data_agrees: 'holds',
  data_placeholder_beside: 'holds',
  seeds: 'holds',
  parameters_equal: 'holds',
  parameters_beside: 'holds',
  packages_pinned: 'holds',
  commit_is_training: 'holds',
  scripts_are_training: 'holds',
  bytes_uncompared: 'holds',
  as_at_training: 'holds',
  list_beside: 'holds',
  output_released: 'holds',
  output_unseen: 'holds',
  doubt: 'holds',
  bytes_differ: 'contradiction',
  script_differs: 'contradiction',
  data_differs: 'contradiction',
  data_changed: 'contradiction',
  no_seed: 'lacking',
  changed_after_training: 'contradiction',
  added_after_training: 'lacking',
  output_differs: 'contradiction',
  other_lock: 'contradiction',
  parameter_differs: 'contradiction',
  run_differs: 'contradiction',
  version_differs: 'contradiction',
  package_bytes_differ: 'contradiction',
  package_loose: 'lacking',
  package_unhashed: 'lacking',
  commit_differs: 'contradiction',
  remote_differs: 'contradiction',
  no_data: 'missing',
  data_not_listed: 'missing',
  data_without_digest: 'missing',
  data_unnamed: 'missing',
  data_weak: 'missing',
  data_live: 'missing',
  data_placeholder: 'missing',
  data_not_comparable: 'unclear',
  pipeline_open: 'missing',
  no_parameters: 'missing',
  no_committed_parameters: 'missing',
  no_run_parameters: 'missing',
  parameter_unconfirmed: 'missing',
  parameter_unresolved: 'unclear',
  no_environment: 'missing',
  no_packages: 'missing',
  file_not_given: 'missing',
  no_training_commit: 'missing',
  training_unseen: 'missing',
  not_of_training: 'missing',
  list_added: 'missing',
  parameter_ambiguous: 'unclear',
  parameter_uncommitted: 'missing',
  seed_uncommitted: 'missing',
  no_commit: 'missing',
  commit_not_comparable: 'unclear',
  dirty: 'unclear',
}

/** Whether a fact agrees, or at least contradicts nothing. */
export function isHolding(fact: IntegrityFact): fact is Holding {
  return INTEGRITY_FACTS[fact.what] === 'holds'
}

/** Whether a fact contradicts, or is not as it must be. */
export function isBreaking(fact: IntegrityFact): fact is Breaking {
  return ['contradiction', 'lacking'].includes(INTEGRITY_FACTS[fact.what])
}
