import { isNumber } from './narrow.ts'

const WRITTEN = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/
/** In milliseconds, the year 2100: what is later is no time but a mistake. */
const END = 4_102_444_800_000
/** No time is longer. */
const LONGEST = 100

/** A written time as ISO 8601 in UTC. One without a zone is none, unless the tool is known to write UTC. */
export function isoOf(written: unknown, zone?: 'utc'): string | undefined {
  const [, day, time, part = '0', own] = (typeof written === 'string' && WRITTEN.exec(written)) || []
  const offset = own ?? (zone === 'utc' ? 'Z' : undefined)
  if (day === undefined || time === undefined || offset === undefined) return undefined
  const colon = /^[+-]\d{4}$/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset
  return isoFrom(Date.parse(`${day}T${time}.${part.padEnd(3, '0').slice(0, 3)}${colon}`))
}

/** Milliseconds since 1970 as ISO 8601. */
export function isoFrom(milliseconds: unknown): string | undefined {
  return isNumber(milliseconds) && milliseconds > 0 && milliseconds < END
    ? new Date(milliseconds).toISOString()
    : undefined
}

/** What stands where a time is to be, cut, for who must not take it for none; undefined for nothing. */
export function timeText(written: unknown): string | undefined {
  const isThere = typeof written === 'string' || (isNumber(written) && written !== 0)
  return (isThere && String(written).slice(0, LONGEST).toWellFormed().trim()) || undefined
}
