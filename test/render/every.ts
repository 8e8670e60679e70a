import type { Answer } from '../../src/core/answer.ts'
import type { Refusal } from '../../src/core/approval.ts'
import type { Missing } from '../../src/core/coverage.ts'
import { INTEGRITY_PARTS } from '../../src/core/integrity-answer.ts'
import type { Fault } from '../../src/core/problem.ts'
import type { Clock, Limit } from '../../src/core/registration.ts'
import type { Unfitness } from '../../src/core/unfit.ts'
import { aMeasurement, anId, aSource } from '../support/build.ts'
import { everyOpen, everyWrong } from './every-bom.ts'
import { everyContradiction, everyLack, everyUnalike, otherInBom } from './every-lineage.ts'

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
  'elsewhere',
]

/** One answer of each code with a given text wherever an answer can hold a text from a file. */
export function everyAnswer(text: string): { readonly [C in Answer['code']]: Extract<Answer, { code: C }> } {
  const hostile = aMeasurement({
    metric: text,
    labels: { dataset: text, [text]: text },
    source: aSource({ path: text, pointer: text, format: text }),
  })
  const asked = { metric: text, where: { [text]: text, dataset: text } }
  const signer = { by: 'identity', issuer: text, subject: text } as const
  const authority = { by: 'authority', from: '2026-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' } as const
  const ran = {
    observed: hostile,
    suite: text,
    passed: 8,
    tests: 10,
    unpassed: [{ test: text, outcome: 'failed', required: true, line: 3 }],
    more: 1,
  } as const
  const member = <A extends Answer>(answer: A) => ({ member: text, answer })
  const released = { kind: 'released', version: text, commit: '3'.repeat(40) } as const
  const beside = {
    observed: hostile,
    against: hostile,
    baseline: released,
    difference: -0.1,
    bound,
    shown: { low: -0.2, high: 0.1, confidence: 0.95, method: 'newcombe' },
    confidence: 0.95,
  } as const
  const lineage = {
    of: ['pinned', 'evaluated', 'inherited'],
    bases: [text],
    beside: [{ base: text, candidate: hostile, of: observed }],
    inherited: [{ base: text, metric: text, across: [text], before: 0.1, after: 0.2 }],
  } as const
  const gaps = {
    how: 'ratio',
    bound: { kind: 'at_least', value: 0.8 },
    confidence: 0.95,
    pairs: 2,
    gaps: [
      {
        metric: text,
        across: [text, 'race'],
        one: text,
        other: 'B',
        value: 0.7,
        shown: { low: 0.6, high: 0.78, confidence: 0.95, method: 'koopman' },
        measured: [hostile, observed],
      },
      { metric: text, across: ['sex'], one: text, other: 'C', value: 0.75, measured: [hostile, observed] },
    ],
  } as const
  return {
    within_bound: { code: 'within_bound', outcome: 'met', observed: hostile, bound },
    beyond_bound: { code: 'beyond_bound', outcome: 'unmet', observed: hostile, bound },
    not_shown: {
      code: 'not_shown',
      outcome: 'undecided',
      observed: hostile,
      bound,
      shown: { low: 0.8539, high: 0.8871, confidence: 0.95, method: 'clopper_pearson' },
      confidence: 0.95,
      holds: false,
      off: 0.029,
      needed: 1900,
    },
    nothing_shown: {
      code: 'nothing_shown',
      outcome: 'undecided',
      observed: hostile,
      bound,
      confidence: 0.95,
      why: 'no_spread',
    },
    not_a_number: { code: 'not_a_number', outcome: 'undecided', observed: hostile },
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
      otherwise: { code: 'within_bound', outcome: 'met', observed: hostile, bound },
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
    attempts_spent: {
      ...{ code: 'attempts_spent', outcome: 'unmet', dataset: text, digest: `snapshot:${text}` },
      ...{ seen: 3, attempts: 3 },
    },
    attempts_awaited: {
      ...{ code: 'attempts_awaited', outcome: 'undecided', dataset: text, digest: `snapshot:${text}` },
      attempts: 3,
      otherwise: {
        code: 'within_bound',
        outcome: 'met',
        observed: hostile,
        bound: { kind: 'at_least', value: 0.9 },
      },
    },
    other_model: {
      code: 'other_model',
      outcome: 'unmet',
      observed: hostile,
      found: text,
      wanted: [text],
      base: true,
    },
    other_revision: {
      code: 'other_revision',
      outcome: 'unmet',
      observed: hostile,
      found: text,
      wanted: [text],
    },
    other_commit: { code: 'other_commit', outcome: 'unmet', observed: hostile, found: text, wanted: [text] },
    other_weights: {
      code: 'other_weights',
      outcome: 'unmet',
      observed: hostile,
      found: text,
      wanted: [text],
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
    difference_within: { code: 'difference_within', outcome: 'met', ...beside },
    difference_beyond: { code: 'difference_beyond', outcome: 'unmet', off: 0.1, ...beside },
    difference_not_shown: { code: 'difference_not_shown', outcome: 'undecided', holds: true, ...beside },
    difference_nothing_shown: {
      ...{ code: 'difference_nothing_shown', outcome: 'undecided', why: 'no_spread' },
      ...beside,
    },
    no_baseline: { code: 'no_baseline', outcome: 'undecided', observed: hostile },
    baseline_awaited: { code: 'baseline_awaited', outcome: 'undecided', observed: hostile },
    baseline_lacks: {
      ...{ code: 'baseline_lacks', outcome: 'undecided', observed: hostile },
      ...{ baseline: { kind: 'base' }, found: 0 },
    },
    baseline_other_data: {
      ...{ code: 'baseline_other_data', outcome: 'undecided', observed: hostile, baseline: released },
      ...{ dataset: text, own: text },
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
      judged: [],
    },
    gap_within: { code: 'gap_within', outcome: 'met', ...gaps },
    gap_beyond: { code: 'gap_beyond', outcome: 'unmet', off: 0.1, ...gaps },
    gap_not_shown: { code: 'gap_not_shown', outcome: 'undecided', holds: true, ...gaps },
    gap_nothing_shown: { code: 'gap_nothing_shown', outcome: 'undecided', why: 'no_spread', ...gaps },
    gap_undefined: { code: 'gap_undefined', outcome: 'undecided', ...gaps },
    no_groups: {
      ...{ code: 'no_groups', outcome: 'undecided', metric: text },
      ...{ across: [text], found: [text], labels: [text] },
    },
    groups_missing: {
      ...{ code: 'groups_missing', outcome: 'undecided', metric: text },
      ...{ across: [text], missing: [text], unexpected: [text] },
    },
    too_many_groups: {
      code: 'too_many_groups',
      outcome: 'undecided',
      across: [text],
      found: 101,
      limit: 100,
    },
    groups_do_not_add_up: {
      ...{ code: 'groups_do_not_add_up', outcome: 'undecided', metric: text },
      ...{ across: [text], sum: 90, whole: 100 },
    },
    group_too_small: {
      ...{ code: 'group_too_small', outcome: 'undecided', group: text, observed: hostile },
      ...{ samples: 8, wanted: 100 },
    },
    group_undecided: {
      ...{ code: 'group_undecided', outcome: 'undecided', group: text },
      answer: { code: 'not_a_number', outcome: 'undecided', observed: hostile },
    },
    group_unmet: {
      ...{ code: 'group_unmet', outcome: 'unmet', group: text },
      answer: { code: 'exam_in_training', outcome: 'unmet', dataset: text, digest: text, under: text },
    },
    source_too_weak: {
      ...{ code: 'source_too_weak', outcome: 'undecided', wanted: 'signed' },
      sources: [
        { path: text, found: 'typed' },
        { path: text, found: 'typed', unlisted: text },
      ],
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
        { title: text, why: 'short', line: 9, words: 3, wanted: 8 },
        { title: text, why: 'same', line: 9, as: text },
      ],
    },
    manifest_unread: { code: 'manifest_unread', outcome: 'undecided' },
    no_document: { code: 'no_document', outcome: 'undecided', document: text, unreadable: text },
    several_documents: {
      code: 'several_documents',
      outcome: 'undecided',
      document: text,
      paths: [text, text],
    },
    record_observed_otherwise: {
      run: 77,
      sibling: text,
      ...{
        code: 'record_observed_otherwise',
        outcome: 'unmet',
        record: text,
        path: text,
        date: text,
      },
      faults: [
        { what: 'nobody_owns', paths: [text, text] },
        { what: 'open_to_anyone', event: text, line: 2 },
        { what: 'token_writes', found: text, job: text, line: 3 },
        { what: 'token_writes', found: 'no permissions', job: text },
        { what: 'not_pinned', uses: text, line: 4 },
        { what: 'other_code', found: text, runs: text, line: 5 },
        { what: 'other_code', found: text },
        { what: 'no_such_environment', environment: text },
        { what: 'others_write', field: 'start_runs', accounts: [text, text, text, text], count: 12 },
        { what: 'others_own', field: 'change_training_data', accounts: [text], count: 1 },
        { what: 'everybody_writes', field: 'change_training_data', count: 300, more: true },
        { what: 'everybody_writes', field: 'start_runs', count: 7 },
      ],
    },
    record_not_observed: {
      ...{ code: 'record_not_observed', outcome: 'undecided', record: text, path: text, date: text },
      why: 'claimed',
      claimed: [
        { field: 'change_training_data', why: 'by_role', accounts: 4 },
        { field: 'change_training_data', why: 'owned_by_role', owners: 2 },
        { field: 'change_training_data', why: 'by_address' },
        { field: 'change_training_data', why: 'elsewhere' },
        { field: 'start_runs', why: 'unseen', what: 'review', unseen: { needs: 'Administration: read' } },
        { field: 'start_runs', why: 'unseen', what: 'writers', unseen: { more: 300 } },
        { field: 'read_outputs', why: 'not_shown' },
      ],
    },
    record_holds: {
      alone: true,
      seen: ['writers', 'review', 'owners'],
      code: 'record_holds',
      outcome: 'met',
      record: 'training',
      path: text,
      date: '2026-02-01',
      claimed: [
        { field: 'start_runs', why: 'no_run' },
        { field: 'read_outputs', why: 'not_shown' },
      ],
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
    record_unowned: {
      ...{ code: 'record_unowned', outcome: 'unmet', record: text, path: text, why: 'nobody' },
      lacking: [{ field: 'reason', why: 'short' }],
    },
    record_ran_out: {
      ...{ code: 'record_ran_out', outcome: 'unmet', record: text, path: text },
      ...{ date: '2025-01-01', expires: '2026-01-01' },
    },
    record_rejected: {
      ...{ code: 'record_rejected', outcome: 'unmet', word: 'rejected' },
      ...{ record: text, path: text, date: '2026-01-01' },
    },
    record_unfinished: {
      ...{ code: 'record_unfinished', outcome: 'undecided', word: 'unfinished' },
      ...{ record: text, path: text, date: '2026-01-01' },
    },
    record_wants_conditions: {
      ...{ code: 'record_wants_conditions', outcome: 'unmet', word: 'accepted' },
      ...{ record: text, path: text, date: '2026-01-01' },
      weak: [{ field: 'opinion', found: 'qualified' }],
    },
    record_ends_otherwise: {
      ...{ code: 'record_ends_otherwise', outcome: 'unmet', word: 'passed' },
      ...{ record: text, path: text, date: '2026-01-01' },
      failing: [{ field: 'stop_test', why: 'says', found: 'failed' }],
    },
    record_condition_overdue: {
      ...{ code: 'record_condition_overdue', outcome: 'unmet', record: text, path: text, date: '2026-01-01' },
      overdue: [{ what: text, due: '2026-02-01' }],
    },
    record_fails: {
      ...{ code: 'record_fails', outcome: 'unmet', record: text, path: text, date: '2026-01-01' },
      failing: [
        { field: 'stop_test', why: 'says', found: 'failed' },
        { field: 'scope', why: 'does_not_name', found: text },
      ],
    },
    caiq_in_part: {
      ...{ code: 'caiq_in_part', outcome: 'undecided', record: text, path: text, date: '2026-01-01' },
      ...{ share: { answered: 22, version: '4', of: 261 }, missing: [text], more: 0, asked: true },
    },
    record_unshown: {
      ...{ code: 'record_unshown', outcome: 'unmet', record: text, path: text, date: '2026-01-01' },
      unshown: [
        { field: 'stop_test', path: text, why: 'not_there' },
        { field: 'stop_test', path: text, why: 'several', paths: [text, text] },
        { field: 'stop_test', path: text, why: 'says_nothing' },
        { field: 'stop_test', path: text, why: 'no_report' },
        { field: 'stop_test', path: text, why: 'beside_floor' },
      ],
    },
    record_not_apart: {
      ...{ code: 'record_not_apart', outcome: 'unmet', record: text, path: text, date: '2026-01-01' },
      ...{ fields: ['assessor', 'vendor'], who: text },
    },
    record_of_other_model: {
      ...{ code: 'record_of_other_model', outcome: 'unmet', record: text, path: text },
      ...{ found: text, wanted: [text] },
    },
    caiq_open: {
      ...{ code: 'caiq_open', outcome: 'unmet', record: 'caiq', path: text, more: 0, answers: 310 },
      open: [
        { question: 'AIS-01.1', answer: 'no' },
        { question: 'AIS-01.2', answer: 'na' },
        { question: 'AIS-01.3', answer: 'none' },
      ],
    },
    oscal_faults: {
      ...{ code: 'oscal_faults', outcome: 'unmet', record: 'oscal', path: text, date: '2026-01-01' },
      faults: [
        { why: 'not_satisfied', control: text },
        { why: 'expired', control: text, at: '2026-01-01T00:00:00.000Z' },
        { why: 'overdue', risk: text, at: '2026-01-01T00:00:00.000Z' },
        { why: 'no_deadline', risk: text },
      ],
    },
    oscal_unknown: {
      ...{ code: 'oscal_unknown', outcome: 'undecided', record: 'oscal', path: text, date: '2026-01-01' },
      unknown: [
        { control: text, why: 'not_reviewed' },
        { control: text, why: 'no_finding' },
        { control: text, why: 'in_part' },
      ],
    },
    bom_wrong: {
      ...{ code: 'bom_wrong', outcome: 'unmet', record: 'bom', path: text, more: 2 },
      wrong: everyWrong(text),
    },
    bom_open: {
      ...{ code: 'bom_open', outcome: 'undecided', record: 'bom', path: text, more: 0 },
      open: everyOpen(text),
    },
    record_of_other_work: {
      code: 'record_of_other_work',
      outcome: 'unmet',
      record: 'training',
      path: text,
      date: '2026-01-01',
      found: text,
      wanted: [text],
    },
    index_answered: {
      ...{ code: 'index_answered', outcome: 'met', record: text, path: text, date: '2026-01-01' },
      ...{ answered: 20, excused: [{ field: text, reason: text }] },
    },
    index_open: {
      ...{ code: 'index_open', outcome: 'unmet', record: text, path: text, date: '2026-01-01' },
      open: [
        { field: text, why: 'no_document', document: text },
        { field: text, why: 'no_document', document: text, unreadable: text },
        { field: text, why: 'several_documents', document: text },
        { field: text, why: 'section', document: text, lacking: { title: text, why: 'empty', line: 3 } },
        { field: text, why: 'thin', document: text, section: text, words: 3, wanted: 8, beside: [] },
        { field: text, why: 'thin', document: text, section: text, words: 9, wanted: 16, beside: [text] },
        { field: text, why: 'shared', where: text, most: 4, beside: [text, text] },
        { field: text, why: 'little', path: text, words: 90, wanted: 160, answers: 20 },
        { field: text, why: 'no_file', path: text },
        { field: text, why: 'says_nothing', path: text },
        { field: text, why: 'several_files', path: text, paths: [text, text] },
        ...(['annex', 'criteria', 'data'] as const).map((by) => ({
          field: text,
          why: 'excused' as const,
          by,
        })),
        { field: text, why: 'same_reason', beside: [text, text] },
      ],
    },
    index_empty: {
      ...{ code: 'index_empty', outcome: 'unmet', record: text, path: text, date: '2026-01-01' },
    },
    report_signed: {
      ...{ code: 'report_signed', outcome: 'met', covered: 2, files: [text, text], attested: [text] },
      reports: [
        { path: text, date: '2026-01-01', signers: [{ name: text, role: text, signed: '2026-01-01' }] },
        { path: text, date: '2026-01-01', signers: [], typed: true },
      ],
    },
    report_differs: {
      ...{ code: 'report_differs', outcome: 'unmet', record: text, path: text, date: '2026-01-01' },
      faults: [
        { why: 'not_there', path: text },
        { why: 'several', path: text, paths: [text, text] },
        { why: 'differs', path: text, stated: text, found: text },
      ],
    },
    report_unread: { code: 'report_unread', outcome: 'undecided', paths: [text], unread: [text, text] },
    report_uncovered: {
      ...{ code: 'report_uncovered', outcome: 'unmet', uncovered: [text], files: [text], attested: [] },
      reports: [
        { path: text, date: '2026-01-01', signers: [{ name: text, role: text, signed: '2026-01-01' }] },
      ],
    },
    no_record: { code: 'no_record', outcome: 'undecided', record: text },
    several_records: { code: 'several_records', outcome: 'undecided', record: text, paths: [text, text] },
    attestation_verified: {
      ...{ code: 'attestation_verified', outcome: 'met', predicate: 'provenance', paths: [text] },
      signers: [signer, { by: 'key', name: text }, { ...authority, name: text, subject: text }],
      weights: 2,
    },
    attestation_lacking: {
      ...{ code: 'attestation_lacking', outcome: 'unmet', predicate: 'vsa', path: text },
      lacks: [
        { lack: 'weights', files: [text] },
        { lack: 'unsigned', files: [text] },
        { lack: 'absent', files: [text] },
        { lack: 'result', found: text },
        { lack: 'level', found: [text], wanted: text },
        { lack: 'tests', missing: [text] },
        { lack: 'policy', found: [text], wanted: text },
        { lack: 'policy', found: [], wanted: text },
        { lack: 'configuration', missing: [text] },
        { lack: 'runner', found: text, wanted: text },
        { lack: 'runner', wanted: text },
        { lack: 'builder', found: text, wanted: text },
        { lack: 'age', days: 400, limit: 365 },
        { lack: 'time' },
        { lack: 'future', at: text },
      ],
    },
    attestation_untrusted: {
      ...{
        code: 'attestation_untrusted',
        outcome: 'unmet',
        predicate: 'provenance',
        path: text,
        why: 'signer',
      },
      signer,
      wanted: [{ issuer: text, subject: text }, { name: text }],
    },
    attestation_wrong: {
      ...{
        code: 'attestation_wrong',
        outcome: 'unmet',
        predicate: 'provenance',
        path: text,
        why: 'signature',
      },
    },
    attestation_placeholder: {
      ...{ code: 'attestation_placeholder', outcome: 'unmet', predicate: 'vsa', path: text, found: text },
    },
    attestation_claimed: {
      ...{ code: 'attestation_claimed', outcome: 'undecided', predicate: 'vsa', path: text, why: 'unsigned' },
    },
    attestation_missing: {
      ...{ code: 'attestation_missing', outcome: 'undecided', predicate: 'vsa', others: [text] },
    },
    no_signer: { code: 'no_signer', outcome: 'undecided', predicate: 'vsa', named: text },
    nothing_to_cover: { code: 'nothing_to_cover', outcome: 'undecided', predicate: 'vsa', names: [text] },
    suite_passed: { code: 'suite_passed', outcome: 'met', ...ran, share: 0.5 },
    lineage_holds: { code: 'lineage_holds', outcome: 'met', ...lineage },
    lineage_lacks: { code: 'lineage_lacks', outcome: 'unmet', ...lineage, lacking: everyLack(text) },
    lineage_open: {
      ...{ code: 'lineage_open', outcome: 'undecided', ...lineage },
      lacking: [{ what: 'no_list', of: 'publishers' }, otherInBom(text), ...everyUnalike(text)],
    },
    no_base_model: { code: 'no_base_model', outcome: 'undecided' },
    suite_failed: { code: 'suite_failed', outcome: 'unmet', ...ran },
    suite_open: { code: 'suite_open', outcome: 'undecided', ...ran },
    tests_missing: {
      code: 'tests_missing',
      outcome: 'undecided',
      observed: hostile,
      missing: [text],
      nearest: [text],
    },
    no_suite: {
      code: 'no_suite',
      outcome: 'undecided',
      asked: { suite: text, dataset: text, file: text, format: text },
      nearest: [text],
    },
    several_suites: {
      code: 'several_suites',
      outcome: 'undecided',
      suites: [{ suite: text, path: text }, { path: text }],
      named: false,
    },
    no_tests: { code: 'no_tests', outcome: 'undecided', suite: text, path: text },
    scan_clean: {
      ...{ code: 'scan_clean', outcome: 'met', lesser: 1, suppressed: 2 },
      scans: [{ tool: text, version: text, path: text, at: text }],
      by: { digest: 1, name: 2, own: 3 },
    },
    scan_found: {
      ...{ code: 'scan_found', outcome: 'unmet', path: text, tool: text, more: 0 },
      issues: [{ severity: 'high', what: text, file: text, suppressed: true }],
    },
    scan_incomplete: {
      ...{ code: 'scan_incomplete', outcome: 'undecided', more: 2 },
      wanting: [
        { why: 'skipped', path: text, file: text, said: text },
        { why: 'errors', path: text, found: [text], more: 1 },
        { why: 'left_out', files: [text], more: 1 },
      ],
    },
    no_scan: { code: 'no_scan', outcome: 'undecided', tool: text, others: [text] },
    nothing_to_scan: { code: 'nothing_to_scan', outcome: 'undecided', service: true },
    format_refused: {
      ...{ code: 'format_refused', outcome: 'unmet', wanted: ['safetensors'] },
      files: [{ name: text, is: 'pickle' }],
    },
    format_unknown: {
      ...{ code: 'format_unknown', outcome: 'undecided', wanted: ['safetensors'] },
      files: [{ name: text, why: 'elsewhere' }],
    },
    integrity_holds: {
      ...{ code: 'integrity_holds', outcome: 'met', of: INTEGRITY_PARTS, more: 2 },
      facts: [
        { what: 'data_agrees', dataset: text, digest: `md5:${text}`, weak: true, by: [text, text] },
        { what: 'seeds', path: text, keys: [text] },
        { what: 'parameters_equal', path: text, against: text, keys: 3 },
        { what: 'packages_pinned', path: text, packages: 2, hashed: 1 },
        { what: 'commit_is_training', path: text, commit: text },
        { what: 'doubt', path: text, doubt: 'pickled', found: text },
      ],
    },
    integrity_broken: {
      ...{ code: 'integrity_broken', outcome: 'unmet', of: INTEGRITY_PARTS, more: 0 },
      facts: [
        { what: 'data_differs', dataset: text, path: text, found: text, wanted: text },
        { what: 'data_changed', dataset: text, found: text, wanted: text },
        { what: 'parameter_differs', path: text, key: text, found: text, wanted: 0.1, against: text },
        { what: 'package_loose', path: text, package: text, loose: 'range' },
        { what: 'commit_differs', path: text, found: text, wanted: [text] },
        { what: 'remote_differs', path: text, found: text, wanted: [text] },
        { what: 'no_seed', path: text },
        { what: 'package_unhashed', path: text, package: text },
      ],
    },
    integrity_open: {
      ...{ code: 'integrity_open', outcome: 'undecided', of: INTEGRITY_PARTS, more: 0 },
      facts: [
        { what: 'data_placeholder', dataset: text, path: text, found: text },
        { what: 'data_not_comparable', dataset: text, path: text, found: text, wanted: text },
        { what: 'pipeline_open', path: text, input: text },
        { what: 'parameter_unresolved', path: text, key: text },
        { what: 'file_not_given', path: text, file: text },
        { what: 'commit_not_comparable', path: text, found: text, wanted: [text] },
        { what: 'no_data' },
      ],
    },
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
    criteria_absent: { code: 'criteria_absent', outcome: 'unmet', path: text, misnamed: text },
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
      missing: [aMissing(text), ...UNFIT.map((one) => notAnswered(text, one(text)))],
    },
  }
}

/** Why a criterion says nothing of its control: one of each, with a given text wherever it can hold one. */
const UNFIT: readonly ((text: string) => Unfitness)[] = [
  (text) => ({ why: 'check', check: text }),
  () => ({ why: 'record', record: 'training' }),
  (text) => ({ why: 'predicate', predicate: text }),
  (text) => ({ why: 'unasked', of: text, keys: [text, text] }),
  (text) => ({ why: 'unasked', of: 'check: integrity', keys: [text] }),
  (text) => ({ why: 'in_part', check: text }),
  () => ({ why: 'parts', parts: ['pinned'] }),
  (text) => ({ why: 'metric', metric: text }),
  (text) => ({ why: 'metric', metric: text, untied: true }),
  (text) => ({ why: 'no_groups', metric: text }),
  (text) => ({ why: 'unnamed_attack', metric: text }),
  (text) => ({ why: 'names_other', names: [text, text] }),
  (text) => ({ why: 'unattacked', label: text, value: text }),
  () => ({ why: 'other_input', input: 'images', trait: 'vision' }),
  (text) => ({ why: 'says_nothing', check: text }),
  (text) => ({ why: 'base_not_measured', check: text }),
]

function notAnswered(text: string, why: Unfitness): Missing {
  return {
    ...{ control: 'robustness', because: ['risk: high'], state: 'missing', advisory: [] },
    unfit: [{ criterion: text, floor: true, ...why }],
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
    attestations_not_seen: { code: 'attestations_not_seen' },
    provenance_lacks: {
      code: 'provenance_lacks',
      path: text,
      lack: { why: 'signer', found: text, wanted: text },
    },
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
    lfs_malformed: { code: 'lfs_malformed', flaw: 'oid' },
    lfs_absent: { code: 'lfs_absent', oid: text },
    lfs_not_there: { code: 'lfs_not_there', oid: text },
    lfs_refused: { code: 'lfs_refused', status: 403 },
    lfs_quota: { code: 'lfs_quota' },
    lfs_elsewhere: { code: 'lfs_elsewhere', host: text },
    lfs_differs: {
      code: 'lfs_differs',
      declared: { oid: text, bytes: 1 },
      seen: { oid: text, bytes: 2 },
    },
    lfs_too_much: { code: 'lfs_too_much', limit: 1_000_000 },
    too_large: { code: 'too_large', bytes: 60_000_000, limit: 50_000_000 },
    empty_file: { code: 'empty_file' },
    not_utf8: { code: 'not_utf8', binary: true },
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
    reserved_id: { code: 'reserved_id', id: text },
    duplicate_id: { code: 'duplicate_id', id: text },
    wrong_model: { code: 'wrong_model', found: text, wanted: text },
    unknown_file: { code: 'unknown_file', readAs: text },
    movable_snapshot: { code: 'movable_snapshot', snapshot: text },
    movable_revision: { code: 'movable_revision', revision: text },
    named_twice: { code: 'named_twice', written: text },
    exam_unpinned: { code: 'exam_unpinned' },
    nothing_asks: {
      code: 'nothing_asks',
      missing: [aMissing(text), ...UNFIT.map((one) => notAnswered(text, one(text)))],
    },
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
    record_of_other_service: {
      ...{ code: 'record_of_other_service', at: 'vendor', found: text, provider: text, model: text },
    },
    record_of_other_control: {
      code: 'record_of_other_control',
      record: text,
      control: text,
      answers: [text],
    },
    cannot_fail: { code: 'cannot_fail', criterion: text, low: 0, high: 1 },
    cannot_be_met: { code: 'cannot_be_met', criterion: text },
    cannot_be_shown: {
      code: 'cannot_be_shown',
      criterion: text,
      confidence: 0.95,
      samples: 100,
      needed: 149,
    },
    not_refused: { code: 'not_refused', criterion: text, counter: 'not_a_number' },
    attempts_of_nothing: { code: 'attempts_of_nothing' },
    exam_unused: { code: 'exam_unused', dataset: text },
    unapproved: {
      code: 'unapproved',
      what: 'loosen',
      names: [text, text],
      commit: text,
      answer: everyAnswer(text).too_few_approvals,
    },
    more_than_rows: { code: 'more_than_rows', metric: text, dataset: text, samples: 20, rows: 10 },
    ...everyContradiction(text),
    bom_as_xml: { code: 'bom_as_xml' },
    trained_and_tested: { code: 'trained_and_tested', data: text },
    test_in_training: {
      code: 'test_in_training',
      dataset: text,
      under: text,
      digest: `sha256:${'a'.repeat(64)}`,
    },
    bad_rows: { code: 'bad_rows', flaw: 'other_threshold', named: text, rows: 7, found: [text] },
    card_disagrees: {
      ...{ code: 'card_disagrees', metric: text, stated: text, measured: 0.91, evidence: text },
      only: { [text]: text },
    },
    rows_disagree: { code: 'rows_disagree', metric: text, reported: 0.9, recomputed: 0.85, rows: text },
    rows_shared: { code: 'rows_shared', dataset: text, under: text, rows: 3 },
    rows_unpaired: { code: 'rows_unpaired', why: 'only_here', named: text, rows: 3, other: text },
    rows_not_released: { code: 'rows_not_released', commit: anId('1'), version: text },
    attestation_invalid: { code: 'attestation_invalid', why: 'signature', predicate: text },
    measures_nothing: { code: 'measures_nothing', what: 'a JSON Schema', own: true },
    not_finished: { code: 'not_finished', found: text },
    nothing_evaluated: { code: 'nothing_evaluated', at: text },
    limited_run: { code: 'limited_run', done: text, all: text },
    no_measurements: { code: 'no_measurements', format: text, text: { at: text, found: text } },
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
    uncovered: { code: 'uncovered', manifest: text },
    weights_differ: { code: 'weights_differ', declared: text, seen: text },
    weights_contradict: { code: 'weights_contradict', file: text, is: 'pickle', wanted: ['safetensors'] },
    weights_malformed: { code: 'weights_malformed', file: text, flaw: 'hole', at: text },
    weights_pickle: { code: 'weights_pickle', file: text, flaw: 'call_computed', at: 77, entry: text },
    weights_names: { code: 'weights_names', file: text, names: [text, text], more: 3 },
    shallow_clone: { code: 'shallow_clone' },
    no_shared_history: { code: 'no_shared_history', commit: text, branch: text },
  }
}
