import type { RecordAnswer } from '../core/record-answer.ts'
import { lacksOf } from '../core/record-lacks.ts'
import { WRITTEN } from '../core/records/kinds.ts'
import { standingOf } from '../core/records/outcome.ts'
import type { WrittenRecord } from '../core/written-record.ts'
import { daysSince, endOf, isInFuture, isOver } from './record-age.ts'

/** What a criterion asks of a record: fields beside those that its kind always has, and the days that it may be old. */
type Asked = { readonly fields: readonly string[]; readonly limit: number }

/**
 * Whether a record is owned, filled in, accepted, in order with itself, and neither of the future nor too old. What
 * is wanting is said before what it comes to, since a template has both.
 */
export function answerWritten(record: WrittenRecord, asked: Asked, now: string): RecordAnswer {
  const { owner, date, expires, conditions, failing, same, weak = [] } = record
  const about = { record: record.record, path: record.source.path }
  const lacking = lacksOf(record, asked.fields)
  if (owner !== 'given') return { code: 'record_unowned', outcome: 'unmet', ...about, why: owner, lacking }
  if (lacking.length > 0 || date === undefined)
    return { code: 'record_lacks', outcome: 'unmet', ...about, lacking }
  const said = { ...about, date }
  if (isInFuture(date, now)) return { code: 'record_in_future', outcome: 'unmet', ...said }
  const [early] = daysIn(record).filter(([, day]) => isInFuture(day, now))
  if (early) return { code: 'record_in_future', outcome: 'unmet', ...said, date: early[1], field: early[0] }
  if (same) return { code: 'record_not_apart', outcome: 'unmet', ...said, ...same }
  const word = record.outcome
  const standing = standingOf(word)
  if (word !== undefined && standing === 'bad')
    return { code: 'record_rejected', outcome: 'unmet', ...said, word }
  const against = failing.filter(({ why }) => why === 'says')
  if (word !== undefined && standing === 'good' && against.length > 0)
    return { code: 'record_ends_otherwise', outcome: 'unmet', ...said, word, failing: against }
  const bare = weak.filter(({ field }) => !conditions.some((condition) => condition.for === field))
  if (word !== undefined && bare.length > 0 && (standing === 'good' || standing === 'conditional'))
    return { code: 'record_wants_conditions', outcome: 'unmet', ...said, word, weak: bare }
  if (failing.length > 0) return { code: 'record_fails', outcome: 'unmet', ...said, failing }
  const overdue = conditions.filter(({ due, met }) => met === undefined && isOver(due, now))
  if (overdue.length > 0)
    return {
      ...{ code: 'record_condition_overdue', outcome: 'unmet', ...said },
      overdue: overdue.map(({ what, due }) => ({ what, due })),
    }
  if (expires !== undefined && isOver(expires, now) && !isOlder(record, asked, expires))
    return { code: 'record_ran_out', outcome: 'unmet', ...said, expires }
  const { limit } = asked
  const [old] = aging(record).filter(([, day]) => daysSince(day, now) > limit)
  if (old) {
    const [field, day] = old
    const expired = { ...said, date: day, days: daysSince(day, now), limit }
    return { code: 'record_expired', outcome: 'unmet', ...expired, ...(field !== 'date' && { field }) }
  }
  if (word !== undefined && standing === 'open')
    return { code: 'record_unfinished', outcome: 'undecided', ...said, word }
  const due = conditions.filter(({ met }) => met === undefined).map(({ what, due }) => ({ what, due }))
  const on = standing === 'conditional' && { on: { conditions: due, weak } }
  return { code: 'record_holds', outcome: 'met', ...said, ...on }
}

/** What a record comes to by itself on a day, whatever criteria ask of it beside and whatever it points at. */
export function answerAlone(record: WrittenRecord, now: string): RecordAnswer {
  return answerWritten(record, { fields: [], limit: WRITTEN[record.record].max_age }, now)
}

/** The moments at which a record that holds will no longer do so. */
export function writtenEnds(record: WrittenRecord, asked: Asked): readonly number[] {
  const { expires, conditions } = record
  return [
    ...(expires === undefined ? [] : [endOf(expires, 0)]),
    ...conditions.flatMap(({ due, met }) => (met === undefined ? [endOf(due, 0)] : [])),
    ...aging(record).map(([, day]) => endOf(day, asked.limit)),
  ]
}

/** Whether it was too old before the day that it names was over: the earlier is said. */
function isOlder(record: WrittenRecord, asked: Asked, expires: string): boolean {
  return aging(record).some(([, day]) => endOf(day, asked.limit) < endOf(expires, 0))
}

/** The days from which a record ages: its own, or that of what it is about; and of each test in it. */
function aging({ record, date, days }: WrittenRecord): readonly (readonly [string, string])[] {
  const { ages_from, fields } = WRITTEN[record]
  const from = ages_from === undefined ? undefined : days[ages_from]
  const tests = Object.entries(days).filter(([name]) => fields[name]?.kind === 'test')
  // What it is about may be old while somebody read it today.
  const own = [...(date === undefined ? [] : [['date', date] as const]), ...pair(ages_from, from)]
  return [...own, ...tests]
}

function pair(name: string | undefined, day: string | undefined): readonly (readonly [string, string])[] {
  return name === undefined || day === undefined ? [] : [[name, day]]
}

function daysIn({ days, conditions }: WrittenRecord): readonly (readonly [string, string])[] {
  const met = conditions.flatMap((one) => (one.met === undefined ? [] : [['conditions', one.met] as const]))
  return [...Object.entries(days), ...met]
}

/** Whether nobody owns a record, or what its kind always asks is not filled in. */
export function isUnwritten(record: WrittenRecord): boolean {
  return record.owner !== 'given' || lacksOf(record, []).length > 0
}
