import type { TipAt } from '../facts.ts'

/** The app's own record that a commit was the default branch's tip; a port, so that it may be a database. */
export type Receipt = {
  readonly commit: string
  /** The tip before; zeros where the branch began, absent where nobody told. */
  readonly before?: string
  /** ISO 8601: when GitHub told of it, or when it was found. */
  readonly at: string
  /** A push told of it; else it was found some time after the push that nobody heard of. */
  readonly heard: boolean
}

/** What receipts tell of a moment: since when there are any, and those on both sides of it. */
export type Receipts = {
  readonly watched?: string
  readonly last?: Receipt
  readonly next?: Receipt
}

/** A move of the default branch as GitHub's activity feed tells of it, by GitHub's clock to the second. */
export type Activity = {
  readonly before: string
  readonly after: string
  readonly timestamp: string
}

/** Deliveries are minutes late at times, and two clocks are never the same: closer than this the feed is asked. */
const CLOSE_MS = 10 * 60 * 1000

const NOTHING = /^0+$/
const GAP: TipAt = { kind: 'gap' }
const time = (moment: string): number => Date.parse(moment)

/** Whether a moment lies before all that the app saw, which nothing can mend; GitHub is asked no more. */
export function beforeWatch({ watched }: Receipts, moment: string): TipAt | undefined {
  if (watched === undefined) return GAP
  return time(moment) < time(watched) ? { kind: 'before_watch', watched } : undefined
}

/**
 * The tip at a moment by receipts alone; undefined where a push was close to it or is missing between them. `now`
 * is the tip at present, if it is known.
 */
export function tipByReceipts(
  receipts: Receipts,
  moment: string,
  now: string | undefined,
): TipAt | undefined {
  const early = beforeWatch(receipts, moment)
  if (early !== undefined) return early
  const { last, next, watched = '' } = receipts
  const at = time(moment)
  if (last !== undefined && at - time(last.at) < CLOSE_MS) return undefined
  if (next !== undefined && (!next.heard || time(next.at) - at < CLOSE_MS)) return undefined
  const source = 'receipt'
  if (last === undefined) {
    // What was there before the first push was there since the app watches.
    const commit = next?.before
    return commit === undefined || NOTHING.test(commit)
      ? undefined
      : { kind: 'known', commit, since: watched, source }
  }
  const followed = next === undefined ? now : next.before
  return followed === last.commit ? { kind: 'known', commit: last.commit, since: last.at, source } : undefined
}

/**
 * The tip at a moment by the activity feed, newest first, as far back as the first one that is not after the
 * moment. What happened before the app watched counts from then on: what GitHub's feed still tells after a
 * repository was moved or made anew is not known.
 */
export function tipByActivity(
  feed: readonly Activity[],
  moment: string,
  { watched }: Receipts,
  now: string | undefined,
): TipAt {
  const found = feed.findIndex(({ timestamp }) => time(timestamp) <= time(moment))
  const [here, next] = [feed[found], feed[found - 1]]
  if (here === undefined || watched === undefined || NOTHING.test(here.after)) return GAP
  const followed = next === undefined ? (now ?? here.after) : next.before
  if (followed !== here.after) return GAP
  const since = time(here.timestamp) < time(watched) ? watched : here.timestamp
  return { kind: 'known', commit: here.after, since, source: 'activity' }
}
