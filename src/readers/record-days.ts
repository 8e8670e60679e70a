import { DAY_MS } from '../core/day.ts'
import type { Field, RecordKind } from '../core/records/field.ts'
import type { Collector } from './collect.ts'
import { type Fields, partOf } from './narrow.ts'
import { daysOfSigners } from './record-signed.ts'

/** Days of which the second can not come before the first. */
const ORDERED = [
  ['date', 'expires'],
  ['period_start', 'period_end'],
  ['period_end', 'issued'],
  ['issued', 'date'],
] as const
const IN_ORDER: ReadonlySet<string> = new Set(ORDERED.flat())

/**
 * Days of a record that can't be: out of order, or later than the record's own `date`. Only `expires`, and the days of
 * conditions, come after it.
 */
export function impossibleDays(said: Fields, { fields }: RecordKind, found: Collector): void {
  for (const [first, last] of ORDERED) {
    const [from, to] = [dayIn(said[first]), dayIn(said[last])]
    if (from === undefined || to === undefined || from <= to) continue
    found.fault([last], { code: 'contradiction', at: last, one: to, other: `${first} ${from}` })
  }
  const [start, end] = [dayIn(said.period_start), dayIn(said.period_end)]
  if (said.type === 'SOC2-II' && start !== undefined && end !== undefined && isShort(start, end))
    found.fault(['period_end'], {
      ...{ code: 'wrong_value', at: 'period_end', found: end },
      wanted: `the end of a period of ${PERIOD_DAYS} days or more from period_start, ${start}, as a report of type II covers; write SOC2-I for one of a day`,
    })
  const date = dayIn(said.date)
  for (const [name, field] of Object.entries(fields)) {
    const day = dayOf(field, said[name])
    if (date === undefined || day === undefined || day <= date || IN_ORDER.has(name)) continue
    const place = field.kind === 'test' ? [name, 'date'] : [name]
    found.fault(place, {
      ...{ code: 'wrong_value', at: place.join('.'), found: day },
      wanted: `a day no later than the record's own date, ${date}, which is that of the last thing that it tells of`,
    })
  }
}

/** A month, which is shorter than what any auditor calls a period. */
const PERIOD_DAYS = 28

/** Whether a period, both days in it, is shorter than a month; one that ends before it begins is out of order. */
function isShort(start: string, end: string): boolean {
  const days = (Date.parse(end) - Date.parse(start)) / DAY_MS + 1
  return days > 0 && days < PERIOD_DAYS
}

/** The day of a field that has one; of several that sign, the last. */
export function dayOf({ kind }: Field, value: unknown): string | undefined {
  if (kind === 'signers') return daysOfSigners(value).last
  if (kind === 'test') return dayIn(partOf(value, 'date'))
  return kind === 'day' ? dayIn(value) : undefined
}

/** A day that the schema has let through; whatever else stands there is none. */
export function dayIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined
}
