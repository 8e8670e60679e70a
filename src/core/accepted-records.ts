import { type AcceptableRows, not, yes } from './accepted-value.ts'
import type { RecordAnswer } from './record-answer.ts'

/** What can be accepted of a record: what is wanting in it, that it is old, what it comes to; never what contradicts itself. */
export const RECORD_ROWS: AcceptableRows<RecordAnswer> = {
  record_holds: 'met',
  records_hold: 'met',
  record_observed_otherwise: 'contradiction',
  record_not_observed: ({ record, path, date, why }) =>
    yes({ what: 'lacking', of: `${record} ${path} ${date}`, items: [why] }),
  record_lacks: ({ record, path, lacking }) =>
    yes({
      what: 'lacking',
      of: `${record} ${path}`,
      items: lacking.map(({ field, why }) => `${why}: ${field}`),
    }),
  record_unowned: ({ record, path, why, lacking }) =>
    yes({
      what: 'lacking',
      of: `${record} ${path}`,
      items: [`${why}: owner`, ...lacking.map((one) => `${one.why}: ${one.field}`)],
    }),
  record_expired: ({ record, path, date, limit, field = '' }) =>
    yes({ what: 'expired', of: `${record} ${path} ${field}`.trim(), date, limit }),
  record_ran_out: ({ record, path, expires }) =>
    yes({ what: 'lacking', of: `${record} ${path}`, items: [`expires: ${expires}`] }),
  record_in_future: 'contradiction',
  record_rejected: ({ record, path, date, word }) =>
    yes({ what: 'lacking', of: `${record} ${path} ${date}`, items: [word] }),
  record_unfinished: ({ record, path, date, word }) =>
    yes({ what: 'lacking', of: `${record} ${path} ${date}`, items: [word] }),
  record_ends_otherwise: 'contradiction',
  record_wants_conditions: ({ record, path, date, weak }) =>
    yes({
      what: 'lacking',
      of: `${record} ${path} ${date}`,
      items: weak.map(({ field, found }) => `${field}: ${found}`),
    }),
  record_condition_overdue: ({ record, path, date, overdue }) =>
    yes({
      what: 'lacking',
      of: `${record} ${path} ${date}`,
      items: overdue.map(({ what, due }) => `${due}: ${what}`),
    }),
  record_fails: ({ record, path, date, failing }) =>
    yes({
      what: 'lacking',
      of: `${record} ${path} ${date}`,
      items: failing.map(({ field, why, found }) => `${field}: ${why} ${found}`),
    }),
  record_unshown: ({ record, path, date, unshown }) =>
    yes({
      what: 'lacking',
      of: `${record} ${path} ${date}`,
      items: unshown.map((one) => `${one.why}: ${one.field} ${one.path}`),
    }),
  record_of_other_work: 'contradiction',
  record_not_apart: 'contradiction',
  record_of_other_model: 'contradiction',
  caiq_in_part: ({ path, date, missing, more, few }) =>
    more > 0
      ? not('unclear')
      : yes({
          what: 'lacking',
          of: `caiq ${path} ${date}`,
          items: few === undefined ? missing : [`of ${few}`],
        }),
  caiq_open: ({ path, open, more, stale }) =>
    more > 0
      ? not('unclear')
      : yes({
          what: 'lacking',
          of: `caiq ${path}`,
          items: [
            ...open.map(({ question, answer }) => `${answer}: ${question}`),
            ...(stale === undefined ? [] : [`${stale.date}, of ${stale.limit} days`]),
          ],
        }),
  oscal_faults: ({ path, date, faults }) =>
    yes({ what: 'lacking', of: `oscal ${path} ${date}`, items: faults.map((one) => JSON.stringify(one)) }),
  oscal_unknown: 'unclear',
  index_answered: 'met',
  index_open: ({ record, path, open }) =>
    yes({
      what: 'lacking',
      of: `${record} ${path}`,
      items: open.map(({ field, why }) => `${why}: ${field}`),
    }),
  index_empty: 'unclear',
  report_signed: 'met',
  // Another content than was signed is no less of it.
  report_differs: ({ record, path, faults }) =>
    faults.some(({ why }) => why !== 'not_there')
      ? not('contradiction')
      : yes({ what: 'lacking', of: `${record} ${path}`, items: faults.map((one) => one.path) }),
  report_unread: 'unclear',
  report_uncovered: ({ uncovered }) =>
    uncovered.length === 0 ? not('unclear') : yes({ what: 'lacking', of: 'test reports', items: uncovered }),
  // Of other weights, or with another base, it is not this release's.
  bom_wrong: ({ path, wrong, more }) =>
    wrong.some(({ why }) => why === 'other_digest' || why === 'other_base')
      ? not('contradiction')
      : more > 0
        ? not('unclear')
        : yes({ what: 'lacking', of: `bom ${path}`, items: wrong.map((one) => JSON.stringify(one)) }),
  bom_open: 'unclear',
  no_record: ({ record, bases = [] }) => yes({ what: 'missing', asked: [record, ...bases].join(' ') }),
  several_records: 'unclear',
}
