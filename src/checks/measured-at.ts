import { DAY_MS } from '../core/day.ts'
import { meaningOf } from '../core/meanings.ts'
import type { Measurement } from '../core/measurement.ts'
import type { MeasurementAnswer } from '../core/measurement-answer.ts'
import type { Context } from './context.ts'
import { impossible, madeAt, ranAt } from './scan-time.ts'

/**
 * Why a number counts for nothing by the time that its tool says: it is still to come, or, of what the work made, from
 * before the work began or the training ended, or one that nobody can read. One that says no time is taken.
 */
export function mistimed(
  observed: Measurement,
  { now, release }: Pick<Context, 'now' | 'release'>,
  of: 'work' | 'earlier' = isOfData(observed) ? 'earlier' : 'work',
): MeasurementAnswer | undefined {
  const { at } = observed
  if (at === undefined) return undefined
  const ran = ranAt(at) ?? onDay(at)
  if (ran === undefined) return { code: 'measured_amiss', outcome: 'undecided', observed, why: 'unread', at }
  const { began, ended } = of === 'work' && release !== undefined ? release : {}
  const made = madeAt(ended, observed.tool)
  const why = impossible(ran, { now, began, made })
  if (why === undefined) return undefined
  const other = { in_future: now, before_work: began, before_made: made }[why] ?? ''
  return { code: 'measured_amiss', outcome: 'undecided', observed, why, at, other }
}

/** Numbers of data say nothing of a model, and data are looked at before one is made of them. */
function isOfData({ metric }: Measurement): boolean {
  return meaningOf(metric) === 'data'
}

/** The moments of a day, wherever on earth. */
function onDay(day: string): readonly [earliest: number, latest: number] | undefined {
  const ran = /^\d{4}-\d\d-\d\d$/.test(day) ? ranAt(`${day}T00:00`) : undefined
  return ran && [ran[0], ran[1] + DAY_MS]
}
