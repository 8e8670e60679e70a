import { DAY_MS, SLACK_MS } from '../core/day.ts'
import type { Impossible } from '../core/measurement-answer.ts'
import type { ScanRecord } from '../core/scan.ts'
import type { ScanGap } from '../core/scan-answer.ts'
import type { Ended } from './context.ts'

const HOUR_MS = 60 * 60 * 1000
/** RFC 3339 in either case, and what tools make of it: a comma, any number of digits, a space before the zone. */
const WRITTEN =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:[.,]\d+)?)?(?: ?(?:(Z|UTC|GMT)|([+-]\d\d)(?::?(\d\d))?))?$/i

/** Between which moments a scan ran, in milliseconds: of a time without a zone, wherever on earth; undefined for none. */
export function ranAt(at: string | undefined): readonly [earliest: number, latest: number] | undefined {
  const [, day, time, seconds = ':00', utc, hours, minutes = '00'] = WRITTEN.exec(at ?? '') ?? []
  if (day === undefined || time === undefined || !isDay(day)) return undefined
  const zone = hours === undefined ? utc && 'Z' : `${hours}:${minutes}`
  const moment = Date.parse(`${day}T${time}${seconds.slice(0, 7).replace(',', '.')}${zone ?? 'Z'}`)
  if (!Number.isFinite(moment)) return undefined
  // The first zone is UTC+14, the last UTC-12.
  return zone === undefined ? [moment - 14 * HOUR_MS, moment + 12 * HOUR_MS] : [moment, moment]
}

/** `Date.parse` alone takes February 31 for a day in March. */
function isDay(day: string): boolean {
  const moment = Date.parse(`${day}T00:00Z`)
  return Number.isFinite(moment) && new Date(moment).toISOString().startsWith(day)
}

/** In ISO 8601: now, when the work began, and when the weights were made. */
type Moments = {
  readonly now: string
  readonly began?: string | undefined
  readonly made?: string | undefined
}

/** Why something can't have run between these moments; undefined where it can: before now, and no sooner than its model. */
export function impossible(
  [earliest, latest]: readonly [earliest: number, latest: number],
  { now, began, made }: Moments,
): Impossible | undefined {
  if (!(earliest <= Date.parse(now))) return 'in_future'
  if (began !== undefined && !(latest >= Date.parse(began))) return 'before_work'
  return made !== undefined && !(latest + SLACK_MS >= Date.parse(made)) ? 'before_made' : undefined
}

/**
 * When the weights were made: the last end of the training, but for those that a tool tells of the run in which it
 * measured, whose numbers are from before its end.
 */
export function madeAt(ended: readonly Ended[] = [], tool?: string): string | undefined {
  const ends = ended.filter(({ by }) => by === undefined || by !== tool).map(({ at }) => at)
  return ends.toSorted((one, other) => Date.parse(other) - Date.parse(one))[0]
}

/** When a scan that ran then will have become too old, in milliseconds. */
export function endsAt(earliest: number, limit: number): number {
  return earliest + limit * DAY_MS
}

/** What speaks against the time of a scan; one that says none is taken, unless that was asked or it is held to work. */
export function timeGaps(
  { at, source: { path } }: ScanRecord,
  { now, began, made, limit, timed }: Moments & { readonly limit: number; readonly timed: boolean },
): readonly ScanGap[] {
  const ran = ranAt(at)
  const said = at === undefined ? {} : { at }
  if (ran === undefined)
    return !timed && at === undefined && began === undefined ? [] : [{ why: 'no_time', path, ...said }]
  const why = impossible(ran, { now, began, made })
  if (why !== undefined) return [{ why, path, ...said }]
  const [earliest] = ran
  const moment = Date.parse(now)
  if (moment < endsAt(earliest, limit)) return []
  const days = Math.floor((moment - earliest) / DAY_MS)
  return [{ why: 'too_old', path, at: at ?? '', days, limit }]
}
