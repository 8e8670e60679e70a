import type { Answer } from '../../src/core/answer.ts'
import type { Refusal } from '../../src/core/approval.ts'
import type { Missing } from '../../src/core/coverage.ts'
import type { Fault } from '../../src/core/problem.ts'
import type { Clock, Limit } from '../../src/core/registration.ts'
import { aMeasurement, anId, aSource } from '../support/build.ts'

const bound = { kind: 'at_least', value: 0.9 } as const
const observed = aMeasurement()

const REFUSALS: readonly Refusal[] = [
  'dismissed',
  'changes_requested',
  'bot',
  'author',
  'committer',
  'pusher',
  'team_unseen',
  'no_member',
  'not_named',
  'no_writer',
  'stale',
  'other_evidence',
]

/** One answer of each code with a given text wherever an answer can hold a text from a file. */
export function everyAnswer(text: string): { readonly [C in Answer['code']]: Extract<Answer, { code: C }> } {
  const hostile = aMeasurement({
    metric: text,
    labels: { dataset: text, [text]: text },
    source: aSource({ path: text, pointer: text, format: text }),
  })
  const asked = { metric: text, where: { [text]: text, dataset: text } }
  const member = <A extends Answer>(answer: A) => ({ member: text, answer })
  return {
    within_bound: { code: 'within_bound', outcome: 'met', observed: hostile, bound },
    beyond_bound: { code: 'beyond_bound', outcome: 'unmet', observed: hostile, bound },
    no_measurement: { code: 'no_measurement', outcome: 'undecided', asked, nearest: [text] },
    ambiguous: {
      code: 'ambiguous',
      outcome: 'undecided',
      asked,
      candidates: [hostile, observed],
      choose: [{ [text]: text }],
    },
    too_few_samples: {
      code: 'too_few_samples',
      outcome: 'undecided',
      observed: hostile,
      samples: 80,
      wanted: 1000,
    },
    samples_unknown: { code: 'samples_unknown', outcome: 'undecided', observed: hostile, wanted: 1000 },
    unit_unclear: { code: 'unit_unclear', outcome: 'undecided', observed: hostile, bound },
    unit_differs: { code: 'unit_differs', outcome: 'undecided', observed: hostile, wanted: 'ms' },
    out_of_range: { code: 'out_of_range', outcome: 'undecided', observed: hostile, low: 0, high: 1 },
    trust_too_low: {
      code: 'trust_too_low',
      outcome: 'undecided',
      observed: hostile,
      found: 'typed',
      wanted: 'produced',
    },
    exam_in_training: {
      code: 'exam_in_training',
      outcome: 'unmet',
      dataset: text,
      digest: `snapshot:${text}`,
      under: text,
    },
    exam_differs: {
      code: 'exam_differs',
      outcome: 'unmet',
      dataset: text,
      found: `snapshot:${text}`,
      wanted: `snapshot:${text}2`,
    },
    exam_taken_otherwise: {
      code: 'exam_taken_otherwise',
      outcome: 'unmet',
      observed: hostile,
      dataset: text,
      what: 'threshold',
      found: text,
      wanted: '0.18',
    },
    exam_not_given: {
      code: 'exam_not_given',
      outcome: 'undecided',
      dataset: text,
      wanted: `snapshot:${text}`,
      listed: false,
    },
    exam_not_comparable: {
      code: 'exam_not_comparable',
      outcome: 'undecided',
      dataset: text,
      found: `snapshot:${text}`,
      wanted: `md5:${'1'.repeat(32)}`,
    },
    training_data_unknown: {
      code: 'training_data_unknown',
      outcome: 'undecided',
      dataset: text,
      digest: `sha256:${'1'.repeat(64)}`,
      unknown: [text],
    },
    exam_in_part: {
      code: 'exam_in_part',
      outcome: 'undecided',
      observed: hostile,
      dataset: text,
      samples: 80,
      rows: 1000,
    },
    chosen_afterwards: {
      code: 'chosen_afterwards',
      outcome: 'undecided',
      observed: hostile,
      what: 'dataset',
      value: text,
      pinned: [text],
    },
    members_met: { code: 'members_met', outcome: 'met', label: text, members: [member(metMember(text))] },
    members_unmet: {
      code: 'members_unmet',
      outcome: 'unmet',
      label: text,
      members: [member(unmetMember(text))],
    },
    members_undecided: {
      code: 'members_undecided',
      outcome: 'undecided',
      label: text,
      members: [
        member({
          code: 'samples_unknown',
          outcome: 'undecided',
          observed: hostile,
          wanted: 1000,
        } as const),
      ],
    },
    members_missing: {
      code: 'members_missing',
      outcome: 'undecided',
      label: text,
      missing: [text],
      found: 56,
      wanted: 57,
    },
    sections_written: { code: 'sections_written', outcome: 'met', path: text, sections: [text] },
    sections_lacking: {
      code: 'sections_lacking',
      outcome: 'unmet',
      path: text,
      lacking: [
        { title: text, why: 'missing' },
        { title: text, why: 'placeholder', line: 4, placeholder: text },
        { title: text, why: 'empty', line: 9 },
      ],
    },
    no_document: { code: 'no_document', outcome: 'undecided', document: text, unreadable: text },
    several_documents: {
      code: 'several_documents',
      outcome: 'undecided',
      document: text,
      paths: [text, text],
    },
    record_holds: {
      code: 'record_holds',
      outcome: 'met',
      record: 'training',
      path: text,
      date: '2026-02-01',
    },
    record_lacks: {
      code: 'record_lacks',
      outcome: 'unmet',
      record: 'training',
      path: text,
      lacking: [
        { field: 'seeds', why: 'missing' },
        { field: 'owner', why: 'placeholder' },
      ],
    },
    record_expired: {
      code: 'record_expired',
      outcome: 'unmet',
      record: 'training',
      path: text,
      date: '2025-01-01',
      days: 400,
      limit: 365,
    },
    record_in_future: {
      code: 'record_in_future',
      outcome: 'unmet',
      record: 'training',
      path: text,
      date: '2027-01-01',
    },
    no_record: { code: 'no_record', outcome: 'undecided', record: text },
    several_records: { code: 'several_records', outcome: 'undecided', record: text, paths: [text, text] },
    approved: { code: 'approved', outcome: 'met', by: [text], wanted: 1 },
    too_few_approvals: {
      code: 'too_few_approvals',
      outcome: 'undecided',
      by: [text],
      wanted: 12,
      right: { teams: [text], people: [text] },
      refused: REFUSALS.map((why) => ({ by: text, why, commit: text })),
    },
    makers_unknown: {
      code: 'makers_unknown',
      outcome: 'undecided',
      by: [text],
      unseen: [
        { why: 'no_account', commit: text },
        { why: 'pushed_by_bot', commit: text, by: text },
        { why: 'fork', pull: 7 },
        { why: 'pushes', branch: text },
        { why: 'too_many', what: 'commits', limit: 100 },
      ],
    },
    nothing_to_approve: { code: 'nothing_to_approve', outcome: 'undecided' },
    approval_awaited: {
      code: 'approval_awaited',
      outcome: 'undecided',
      right: { teams: [text], people: [] },
    },
    not_built: { code: 'not_built', outcome: 'undecided', what: text },
    registered: {
      code: 'registered',
      outcome: 'met',
      tier: 'ordered',
      work: anId('1'),
      at: anId('2'),
      amended: true,
    },
    registered_by_clock: {
      code: 'registered_by_clock',
      outcome: 'met',
      tier: 'started',
      clock: aClock(text),
      at: anId('2'),
      amended: true,
    },
    criteria_after_start: {
      code: 'criteria_after_start',
      outcome: 'unmet',
      path: text,
      clock: aClock(text),
      at: anId('2'),
    },
    run_contradicts: {
      code: 'run_contradicts',
      outcome: 'unmet',
      name: text,
      found: anId('1'),
      wanted: anId('2'),
    },
    run_elsewhere: { code: 'run_elsewhere', outcome: 'unmet', name: text, owner: text },
    ticket_forged: { code: 'ticket_forged', outcome: 'unmet', name: text },
    ticket_for_other: {
      code: 'ticket_for_other',
      outcome: 'unmet',
      name: text,
      what: 'model',
      found: text,
      wanted: text,
    },
    start_reused: { code: 'start_reused', outcome: 'unmet', kind: 'run', name: text, commit: anId('3') },
    branch_rewritten: {
      code: 'branch_rewritten',
      outcome: 'undecided',
      branch: text,
      at: anId('2'),
      before: anId('3'),
      after: anId('4'),
      when: '2026-03-01T12:00:00Z',
    },
    criteria_absent: { code: 'criteria_absent', outcome: 'unmet', path: text },
    criteria_in_this_change: { code: 'criteria_in_this_change', outcome: 'unmet', path: text },
    criteria_after_work: {
      code: 'criteria_after_work',
      outcome: 'unmet',
      path: text,
      work: text,
      at: anId('2'),
    },
    work_saw_other_criteria: {
      code: 'work_saw_other_criteria',
      outcome: 'unmet',
      path: text,
      work: text,
      at: anId('2'),
      found: 'other',
    },
    work_unrelated: { code: 'work_unrelated', outcome: 'unmet', work: text, branch: text },
    criteria_gone: { code: 'criteria_gone', outcome: 'undecided', path: text, at: anId('2') },
    work_not_named: { code: 'work_not_named', outcome: 'undecided', wanted: 'training', adoption: 'late' },
    nothing_trained_here: { code: 'nothing_trained_here', outcome: 'undecided' },
    evidence_before_work: { code: 'evidence_before_work', outcome: 'unmet', path: text, commit: text },
    work_not_seen: {
      code: 'work_not_seen',
      outcome: 'undecided',
      limit: { code: 'run_not_found', name: text },
    },
    work_not_found: { code: 'work_not_found', outcome: 'undecided', work: text },
    history_too_long: { code: 'history_too_long', outcome: 'undecided', work: text, limit: 10_000 },
    tier_too_low: {
      code: 'tier_too_low',
      outcome: 'undecided',
      tier: 'ordered',
      wanted: 'witnessed',
      limit: { code: 'no_clock' },
    },
    not_covered: {
      code: 'not_covered',
      outcome: 'undecided',
      missing: [aMissing(text)],
    },
  }
}

function aMissing(text: string): Missing {
  return { control: 'fairness', because: ['risk: high'], state: 'missing', advisory: [text] }
}

/** One limit of each code with a given text wherever a limit can hold a text from a file. */
export function everyLimit(text: string): { readonly [C in Limit['code']]: Limit & { readonly code: C } } {
  return {
    no_clock: { code: 'no_clock' },
    tip_unknown: { code: 'tip_unknown' },
    no_digests: { code: 'no_digests' },
    ticket_names_no_run: { code: 'ticket_names_no_run' },
    awaiting_github: { code: 'awaiting_github', what: 'run', name: text },
    run_not_found: { code: 'run_not_found', name: text },
    run_from_fork: { code: 'run_from_fork', name: text },
    run_not_successful: { code: 'run_not_successful', name: text },
    run_again: { code: 'run_again', name: text },
    ticket_not_there: { code: 'ticket_not_there', name: text },
    before_watch: {
      code: 'before_watch',
      began: '2026-03-01T12:00:00Z',
      watched: '2026-03-02T12:00:00Z',
    },
    workflow_not_trusted: { code: 'workflow_not_trusted', workflow: text, why: 'edited' },
    no_artifact: { code: 'no_artifact', artifact: text },
    artifact_expired: { code: 'artifact_expired', artifact: text },
    artifact_unreadable: { code: 'artifact_unreadable', artifact: text },
    weights_not_listed: { code: 'weights_not_listed', artifact: text, missing: [text] },
  }
}

function aClock(text: string): Clock {
  return {
    kind: 'ticket',
    name: text,
    began: '2026-03-01T12:00:00Z',
    since: '2026-03-01T11:00:00Z',
    source: 'ticket',
  }
}

function metMember(text: string) {
  return {
    code: 'within_bound',
    outcome: 'met',
    observed: aMeasurement({ labels: { task: text } }),
    bound,
  } as const
}

function unmetMember(text: string) {
  return {
    code: 'beyond_bound',
    outcome: 'unmet',
    observed: aMeasurement({ value: 0.2, labels: { task: text } }),
    bound,
  } as const
}

/** One fault of each code with a given text wherever a fault can hold a text from a file. */
export function everyFault(text: string): { readonly [C in Fault['code']]: Extract<Fault, { code: C }> } {
  return {
    not_found: { code: 'not_found', file: text },
    not_a_file: { code: 'not_a_file', file: text, found: 'link' },
    leaves_repository: { code: 'leaves_repository', written: text },
    lfs_pointer: { code: 'lfs_pointer', oid: text, bytes: 1234 },
    too_large: { code: 'too_large', bytes: 60_000_000, limit: 50_000_000 },
    empty_file: { code: 'empty_file' },
    not_utf8: { code: 'not_utf8' },
    syntax: { code: 'syntax', detail: text },
    too_deep: { code: 'too_deep', limit: 100 },
    alias: { code: 'alias' },
    second_document: { code: 'second_document' },
    duplicate_key: { code: 'duplicate_key', key: text },
    forbidden_key: { code: 'forbidden_key', key: text },
    not_finite: { code: 'not_finite', at: text, found: text },
    unknown_key: { code: 'unknown_key', key: text, suggestion: text },
    missing_key: { code: 'missing_key', key: text },
    wrong_value: { code: 'wrong_value', at: text, found: text, wanted: text, suggestion: text },
    not_built: { code: 'not_built', what: text },
    reserved_id: { code: 'reserved_id', id: text },
    duplicate_id: { code: 'duplicate_id', id: text },
    wrong_model: { code: 'wrong_model', found: text, wanted: text },
    unknown_file: { code: 'unknown_file' },
    movable_snapshot: { code: 'movable_snapshot', snapshot: text },
    movable_revision: { code: 'movable_revision', revision: text },
    named_twice: { code: 'named_twice', written: text },
    nothing_asks: { code: 'nothing_asks', missing: [aMissing(text)] },
    floor_absent: { code: 'floor_absent', repository: text },
    floor_unreadable: { code: 'floor_unreadable', repository: text, file: text },
    floor_faulty: { code: 'floor_faulty', repository: text, file: text, commit: text, problems: 2, first: 4 },
    floor_elsewhere: { code: 'floor_elsewhere', wanted: text },
    unknown_format: { code: 'unknown_format' },
    several_formats: { code: 'several_formats', formats: [text, text] },
    other_format: { code: 'other_format', found: text, wanted: text },
    other_dataset: { code: 'other_dataset', found: text, wanted: text },
    malformed: { code: 'malformed', format: text, at: text, wanted: text },
    contradiction: { code: 'contradiction', at: text, one: text, other: text },
    not_pinned: { code: 'not_pinned', dataset: text, suggestion: text },
    exam_unused: { code: 'exam_unused', dataset: text },
    unapproved: {
      code: 'unapproved',
      what: 'loosen',
      names: [text, text],
      commit: text,
      answer: everyAnswer(text).too_few_approvals,
    },
    more_than_rows: { code: 'more_than_rows', metric: text, dataset: text, samples: 20, rows: 10 },
    test_in_training: {
      code: 'test_in_training',
      dataset: text,
      under: text,
      digest: `sha256:${'a'.repeat(64)}`,
    },
    limited_run: { code: 'limited_run', done: text, all: text },
    no_measurements: { code: 'no_measurements', format: text },
    too_many: { code: 'too_many', limit: 1000 },
    bad_archive: { code: 'bad_archive', flaw: 'name', entry: text },
    unpacks_beyond: { code: 'unpacks_beyond', entry: text, limit: 1000 },
    archive_too_large: { code: 'archive_too_large', limit: 1000 },
    archive_differs: { code: 'archive_differs', declared: text, seen: text },
    not_in_archive: { code: 'not_in_archive', file: text },
    artifact_awaited: { code: 'artifact_awaited', artifact: text, awaited: 'unread' },
    artifact_no_run: {
      code: 'artifact_no_run',
      artifact: text,
      workflow: text,
      commit: anId('a'),
      elsewhere: anId('b'),
    },
    artifact_run_pending: { code: 'artifact_run_pending', artifact: text, workflow: text, run: 77 },
    artifact_run_failed: { code: 'artifact_run_failed', artifact: text, workflow: text, run: 77 },
    artifact_other_code: {
      code: 'artifact_other_code',
      artifact: text,
      workflow: text,
      run: 77,
      commit: text,
      other: text,
    },
    artifact_from_fork: { code: 'artifact_from_fork', artifact: text, workflow: text, run: 77 },
    artifact_foreign_event: {
      code: 'artifact_foreign_event',
      artifact: text,
      workflow: text,
      run: 77,
      event: text,
    },
    artifact_missing: { code: 'artifact_missing', artifact: text, workflow: text, run: 77 },
    artifact_gone: { code: 'artifact_gone', artifact: text, run: 77 },
    artifact_other_workflow: {
      code: 'artifact_other_workflow',
      artifact: text,
      found: text,
      wanted: text,
      run: 77,
    },
    artifact_workflow: { code: 'artifact_workflow', workflow: text, why: 'edited' },
    artifact_too_many: { code: 'artifact_too_many', artifact: text, found: 9, limit: 5 },
    artifact_contradiction: { code: 'artifact_contradiction', file: text, runs: [77, 78], what: text },
    uncovered: { code: 'uncovered' },
    weights_differ: { code: 'weights_differ', declared: text, seen: text },
    shallow_clone: { code: 'shallow_clone' },
    no_shared_history: { code: 'no_shared_history', commit: text, branch: text },
  }
}
