import { acceptableIntegrity } from './accepted-integrity.ts'
import { RECORD_ROWS } from './accepted-records.ts'
import { SUPPLY_ROWS } from './accepted-supply.ts'
import {
  type Acceptable,
  type AcceptableRows,
  measured,
  not,
  reachOf,
  sorted,
  type Value,
  yes,
} from './accepted-value.ts'
import type { Answer, Member } from './answer.ts'

export type { Acceptable, Accepted, Unwaivable } from './accepted-value.ts'

/** What can be accepted of an answer, by its code. */
export function acceptable(answer: Answer): Acceptable {
  const row = TABLE[answer.code]
  if (typeof row === 'string') return not(row)
  // The compiler cannot follow that the row and the answer have the same code; `AcceptableRows` guarantees it.
  const read = row as (answer: Answer) => Acceptable
  return read(answer)
}

/** Unmet, not shown, too few samples, missing; never anything else. A code that is not decided here does not compile. */
const TABLE: AcceptableRows<Answer> = {
  within_bound: 'met',
  beyond_bound: (answer) => yes(measured(answer, true)),
  not_shown: (answer) => yes(measured(answer, false)),
  nothing_shown: 'unclear',
  not_a_number: 'unclear',
  no_measurement: ({ asked: { metric, where } }) =>
    yes({ what: 'missing', asked: JSON.stringify([metric, sorted(where)]) }),
  ambiguous: 'unclear',
  too_few_samples: ({ samples, wanted, otherwise }) => {
    switch (otherwise.code) {
      case 'within_bound':
      case 'beyond_bound':
      case 'not_shown':
        return yes({
          ...{ what: 'samples', samples, wanted },
          value: measured(otherwise, otherwise.outcome === 'unmet'),
        })
      default:
        return not('unclear')
    }
  },
  samples_unknown: 'unclear',
  unit_unclear: 'unclear',
  unit_differs: 'unclear',
  out_of_range: 'unclear',
  trust_too_low: 'trust',
  measured_amiss: 'contradiction',
  source_too_weak: 'trust',

  exam_in_training: 'contradiction',
  exam_differs: 'contradiction',
  exam_taken_otherwise: 'contradiction',
  exam_not_given: 'unclear',
  exam_not_comparable: 'unclear',
  training_data_unknown: 'unclear',
  exam_in_part: 'unclear',
  chosen_afterwards: 'unclear',
  attempts_spent: 'attempts',
  attempts_awaited: 'attempts',

  difference_within: 'met',
  difference_beyond: (answer) => yes(compared(answer, true)),
  difference_not_shown: (answer) => yes(compared(answer, false)),
  difference_nothing_shown: 'unclear',
  no_baseline: ({ observed: { metric, labels } }) =>
    yes({ what: 'missing', asked: JSON.stringify(['baseline', metric, sorted(labels)]) }),
  baseline_awaited: 'unclear',
  baseline_lacks: 'unclear',
  baseline_other_data: 'contradiction',
  other_model: 'contradiction',
  other_revision: 'contradiction',
  other_commit: 'contradiction',
  other_weights: 'contradiction',

  gap_within: 'met',
  gap_beyond: (answer) => apart(answer, true),
  gap_not_shown: (answer) => apart(answer, false),
  gap_nothing_shown: 'unclear',
  gap_undefined: 'unclear',
  no_groups: ({ metric, across }) =>
    yes({ what: 'missing', asked: JSON.stringify(['groups', metric, across]) }),
  groups_missing: 'unclear',
  too_many_groups: 'unclear',
  groups_do_not_add_up: 'contradiction',
  group_too_small: 'unclear',
  group_undecided: 'unclear',
  group_unmet: 'contradiction',

  suite_passed: 'met',
  suite_failed: (answer) => unpassed(answer),
  suite_open: (answer) => unpassed(answer),
  tests_missing: ({ observed: { source }, missing }) =>
    yes({ what: 'lacking', of: source.path, items: missing }),
  no_suite: ({ asked }) => yes({ what: 'missing', asked: JSON.stringify(asked) }),
  several_suites: 'unclear',
  no_tests: 'unclear',

  integrity_holds: 'met',
  integrity_broken: acceptableIntegrity,
  integrity_open: acceptableIntegrity,

  members_met: 'met',
  members_unmet: ({ label, members }) => together(label, members),
  members_undecided: ({ label, members }) => together(label, members),
  members_missing: ({ label, judged, found, wanted }) =>
    found < wanted ? together(label, judged, wanted - found) : not('unclear'),

  sections_written: 'met',
  sections_lacking: ({ path, lacking }) =>
    yes({ what: 'lacking', of: path, items: lacking.map(({ title, why }) => `${why}: ${title}`) }),
  manifest_unread: 'unclear',
  no_document: ({ document, unreadable }) =>
    unreadable === undefined ? yes({ what: 'missing', asked: document }) : not('unclear'),
  several_documents: 'unclear',

  ...RECORD_ROWS,

  ...SUPPLY_ROWS,

  approved: 'met',
  too_few_approvals: 'approval',
  makers_unknown: 'approval',
  nothing_to_approve: 'approval',
  approval_awaited: 'approval',

  registered: 'built_in',
  registered_by_clock: 'built_in',
  criteria_after_start: 'built_in',
  run_contradicts: 'built_in',
  run_elsewhere: 'built_in',
  ticket_forged: 'built_in',
  ticket_for_other: 'built_in',
  start_reused: 'built_in',
  branch_rewritten: 'built_in',
  criteria_absent: 'built_in',
  criteria_in_this_change: 'built_in',
  criteria_after_work: 'built_in',
  work_saw_other_criteria: 'built_in',
  work_unrelated: 'built_in',
  criteria_gone: 'built_in',
  work_not_named: 'built_in',
  nothing_trained_here: 'built_in',
  evidence_before_work: 'built_in',
  work_not_seen: 'built_in',
  work_not_found: 'built_in',
  history_too_long: 'built_in',
  tier_too_low: 'built_in',
  not_covered: 'built_in',
}

/** A difference to a baseline: another baseline is another difference. */
function compared(
  answer: Extract<Answer, { code: 'difference_beyond' | 'difference_not_shown' }>,
  unmet: boolean,
): Value {
  const { observed, difference, baseline } = answer
  const off = 'off' in answer ? answer.off : 0
  const value = measured({ ...answer, observed: { ...observed, value: difference }, off }, unmet)
  return { ...value, asked: JSON.stringify([value.asked, baseline]) }
}

/** The worst gap: no pair is further apart, since the others are not. */
function apart(
  answer: Extract<Answer, { code: 'gap_beyond' | 'gap_not_shown' }>,
  unmet: boolean,
): Acceptable {
  const { gaps, how, bound, confidence, pairs } = answer
  const [worst] = gaps
  if (worst === undefined || !Number.isFinite(worst.value)) return not('unclear')
  const { metric, across, value, shown } = worst
  return yes({
    what: 'value',
    asked: JSON.stringify([how, metric, across, pairs, confidence ?? null]),
    ...{ bound, unmet, value, off: 'off' in answer ? answer.off : 0 },
    ...(confidence !== undefined && shown && { reach: reachOf(shown, bound) }),
  })
}

/** Tests that did not pass, where all of them are known by name. */
function unpassed(answer: Extract<Answer, { code: 'suite_failed' | 'suite_open' }>): Acceptable {
  const { observed, suite = '', unpassed: tests, more } = answer
  if (more > 0) return not('unclear')
  return yes({
    what: 'lacking',
    of: `${observed.source.path} ${suite}`,
    items: tests.map(({ test, outcome }) => `${outcome}: ${test}`),
  })
}

/** Every member that is not met, if each of them can be accepted. */
function together(label: string, members: readonly Member[], short = 0): Acceptable {
  const accepted = []
  for (const { member, answer } of members.filter((one) => one.answer.outcome !== 'met')) {
    const found = acceptable(answer)
    if (found.kind === 'not') return found
    accepted.push({ member, accepted: found.accepted })
  }
  return yes({ what: 'members', label, members: accepted, found: members.map(({ member }) => member), short })
}
