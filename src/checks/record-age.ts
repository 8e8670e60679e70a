import { DAY_MS } from '../core/day.ts'
import type { RecordAnswer } from '../core/record-answer.ts'

/** The first zone on earth in which a day begins is UTC+14. */
const EARLIEST_ZONE = 14 * 60 * 60 * 1000

/** Milliseconds since a day began in UTC; NaN for what is no day. */
function since(day: string, now: string): number {
  return Date.parse(now) - Date.parse(`${day}T00:00:00Z`)
}

/** A day has no zone: it is in the future only when it has begun nowhere on earth. What is no day always is. */
export function isInFuture(day: string, now: string): boolean {
  // Written so that a date that is none never holds.
  return !(since(day, now) >= -EARLIEST_ZONE)
}

/** Whole days since a day. */
export function daysSince(day: string, now: string): number {
  return Math.max(0, Math.floor(since(day, now) / DAY_MS))
}

/** Whether a day is over, in UTC. */
export function isOver(day: string, now: string): boolean {
  return !(Date.parse(now) < endOf(day, 0))
}

/** The moment at which so many days after a day are over, in UTC; of 0 the day itself is. */
export function endOf(day: string, days: number): number {
  return Date.parse(`${day}T00:00:00Z`) + (days + 1) * DAY_MS
}

/** Whether a moment has come; what is none always has. */
export function isPast(moment: string, now: string): boolean {
  return !(Date.parse(now) < Date.parse(moment))
}

/** The answer of a record in which nothing else is wanting, by how many days old it is. */
export function aged(
  said: { readonly record: string; readonly path: string; readonly date: string },
  limit: number,
  now: string,
): RecordAnswer {
  const days = daysSince(said.date, now)
  if (days > limit) return { code: 'record_expired', outcome: 'unmet', ...said, days, limit }
  return { code: 'record_holds', outcome: 'met', ...said }
}

/** The first of some moments that is still to come, in ISO 8601. */
export function firstAfter(now: string, moments: readonly number[]): string | undefined {
  const [first] = moments.filter((one) => one > Date.parse(now)).toSorted((a, b) => a - b)
  return first === undefined ? undefined : new Date(first).toISOString()
}

/** The days of `30 days`. */
export function daysOf(age: string | undefined): number | undefined {
  return age === undefined ? undefined : Number.parseInt(age, 10)
}
