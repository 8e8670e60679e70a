import { isAwaited } from '../core/awaiting.ts'
import type { Fault, Problem } from '../core/problem.ts'
import { PROBLEM_CODES } from './problem-codes.ts'

/** What no criteria file asks for, and a go takes all the same: controls of our own. */
export const OWN_CONTROLS = ['files-hold-up', 'every-file-understood'] as const

export type OwnControl = (typeof OWN_CONTROLS)[number]

/** What each of them is about. */
export const ABOUT: { readonly [C in OwnControl]: string } = {
  'files-hold-up':
    'what was read holds up: no file contradicts itself, another one, what is released or what is said of it, and criteria and floor can be judged by',
  'every-file-understood': 'every file that the release names was found, read and understood',
}

/** Which of them a problem is against. */
export function controlOf({ code }: Pick<Fault, 'code'>): OwnControl {
  return AGAINST[code] === 'held' ? 'files-hold-up' : 'every-file-understood'
}

/** What one of them comes to by the problems that are against it; what only GitHub can show has failed nothing. */
export function statusBy(problems: readonly Problem[]): object {
  if (problems.length === 0) return { state: 'satisfied', reason: 'pass' }
  const failed = problems.filter((problem) => !isAwaited(problem))
  if (failed.length === 0) return { state: 'not-satisfied', reason: 'other', remarks: 'undecided' }
  const why = new Set(failed.map(({ code }) => PROBLEM_CODES[code]))
  return { state: 'not-satisfied', reason: 'fail', remarks: [...why].join('; ') }
}

/** `held`: the file was read, and what it says cannot stand. */
const AGAINST: { readonly [C in Fault['code']]: 'understood' | 'held' } = {
  not_found: 'understood',
  not_a_file: 'understood',
  leaves_repository: 'understood',
  lfs_pointer: 'understood',
  lfs_malformed: 'understood',
  lfs_absent: 'understood',
  lfs_not_there: 'understood',
  lfs_refused: 'understood',
  lfs_quota: 'understood',
  lfs_elsewhere: 'understood',
  lfs_differs: 'held',
  lfs_too_much: 'understood',
  too_large: 'understood',
  empty_file: 'understood',
  not_utf8: 'understood',
  syntax: 'understood',
  too_deep: 'understood',
  alias: 'understood',
  second_document: 'understood',
  duplicate_key: 'understood',
  forbidden_key: 'understood',
  not_finite: 'understood',
  unknown_key: 'understood',
  missing_key: 'understood',
  wrong_value: 'understood',
  reserved_id: 'understood',
  duplicate_id: 'understood',
  wrong_model: 'held',
  unknown_file: 'understood',
  movable_snapshot: 'held',
  movable_revision: 'held',
  named_twice: 'held',
  not_pinned: 'held',
  record_of_other_service: 'held',
  record_of_other_control: 'held',
  cannot_fail: 'held',
  cannot_be_met: 'held',
  cannot_be_shown: 'held',
  not_refused: 'held',
  attempts_of_nothing: 'held',
  exam_unused: 'held',
  unapproved: 'held',
  exam_unpinned: 'held',
  nothing_asks: 'held',
  floor_absent: 'understood',
  floor_unreadable: 'understood',
  floor_faulty: 'understood',
  floor_elsewhere: 'held',
  unknown_format: 'understood',
  several_formats: 'understood',
  other_format: 'held',
  other_dataset: 'held',
  malformed: 'understood',
  contradiction: 'held',
  more_than_rows: 'held',
  bom_as_xml: 'understood',
  trained_and_tested: 'held',
  test_in_training: 'held',
  bad_rows: 'understood',
  card_disagrees: 'held',
  rows_disagree: 'held',
  rows_shared: 'held',
  rows_unpaired: 'held',
  rows_not_released: 'held',
  attestation_invalid: 'held',
  measures_nothing: 'understood',
  training_contradicts: 'held',
  began_before_start: 'held',
  other_base: 'held',
  other_base_revision: 'held',
  base_not_declared: 'held',
  other_relation: 'held',
  data_not_declared: 'held',
  trained_on_exam: 'held',
  other_licence: 'held',
  other_data_licence: 'held',
  data_licence_unclear: 'held',
  trait_missing: 'held',
  approach_contradicts: 'held',
  not_finished: 'held',
  nothing_evaluated: 'understood',
  limited_run: 'held',
  no_measurements: 'understood',
  too_many: 'understood',
  bad_archive: 'understood',
  unpacks_beyond: 'understood',
  archive_too_large: 'understood',
  archive_differs: 'held',
  not_in_archive: 'understood',
  artifact_awaited: 'understood',
  artifact_no_run: 'understood',
  artifact_run_pending: 'understood',
  artifact_run_failed: 'held',
  artifact_from_fork: 'held',
  artifact_foreign_event: 'held',
  artifact_other_code: 'held',
  artifact_missing: 'understood',
  artifact_gone: 'understood',
  artifact_other_workflow: 'held',
  artifact_workflow: 'held',
  artifact_too_many: 'understood',
  artifact_contradiction: 'held',
  uncovered: 'held',
  weights_differ: 'held',
  weights_contradict: 'held',
  weights_malformed: 'understood',
  weights_pickle: 'understood',
  weights_names: 'held',
  shallow_clone: 'understood',
  no_shared_history: 'held',
}
