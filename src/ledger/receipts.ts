import type { Kysely } from 'kysely'
import { z } from 'zod'
import { isOf } from './renamed.ts'
import type { Tables } from './tables.ts'

/** The default branch's tip as the app took it in. */
export type Receipt = {
  readonly commit: string
  /** The tip before; zeros where the branch began, absent where nobody told. */
  readonly before?: string
  /** ISO 8601. */
  readonly at: string
  /** A push told of it; else it was found some time after the push that nobody heard of. */
  readonly heard: boolean
}

/** What receipts tell of a moment. */
export type Receipts = {
  /** ISO 8601: the first that the app ever heard of the repository; absent where it never did. */
  readonly watched?: string
  /** The newest one at the moment or before it. */
  readonly last?: Receipt
  /** The oldest one after it. */
  readonly next?: Receipt
}

/** The receipts on both sides of a moment, ISO 8601. */
export async function receiptsAt(db: Kysely<Tables>, repository: string, moment: string): Promise<Receipts> {
  const tips = () =>
    db
      .selectFrom('tip')
      .select(['commit', 'before', 'delivered_at', 'delivery'])
      .where('repository', '=', repository)
  const [first, last, next] = await Promise.all([
    db
      .selectFrom('ledger')
      .select(({ fn }) => fn.min('at').as('at'))
      .where(isOf(repository))
      .executeTakeFirst(),
    tips()
      .where('delivered_at', '<=', new Date(moment))
      .orderBy('delivered_at', 'desc')
      .limit(1)
      .executeTakeFirst(),
    tips().where('delivered_at', '>', new Date(moment)).orderBy('delivered_at').limit(1).executeTakeFirst(),
  ])
  return {
    ...(first?.at && { watched: first.at.toISOString() }),
    ...(last && { last: receipt(last) }),
    ...(next && { next: receipt(next) }),
  }
}

type Row = {
  readonly commit: string
  readonly before: string | null
  readonly delivered_at: Date
  readonly delivery: string
}

/** What the ids of our own sweeps begin with; a sweep finds a tip some time after its push. */
const SWEEP = 'sweep:'

function receipt({ commit, before, delivered_at, delivery }: Row): Receipt {
  return {
    commit,
    ...(before !== null && { before }),
    at: delivered_at.toISOString(),
    heard: !delivery.startsWith(SWEEP),
  }
}

/** A move of the default branch that threw commits out; `told` is false where nobody said whether it did. */
export type Forced = {
  readonly before: string
  readonly after: string
  /** ISO 8601. */
  readonly at: string
  readonly told: boolean
}

/** Those moves, newest first. */
export async function forcedPushes(db: Kysely<Tables>, repository: string): Promise<readonly Forced[]> {
  const rows = await db
    .selectFrom('tip')
    .select(['commit', 'before', 'delivered_at', 'forced'])
    .where('repository', '=', repository)
    .where(({ or, eb }) => or([eb('forced', 'is', null), eb('forced', '=', true)]))
    .where('before', 'is not', null)
    .orderBy('delivered_at', 'desc')
    .execute()
  return rows.flatMap(({ commit: after, before, delivered_at, forced }) =>
    before === null || /^0+$/.test(before)
      ? []
      : [{ before, after, at: delivered_at.toISOString(), told: forced !== null }],
  )
}

/** Keeps whether a move that nobody told of threw commits out. */
export async function settleForced(
  db: Kysely<Tables>,
  repository: string,
  { before, after }: Pick<Forced, 'before' | 'after'>,
  forced: boolean,
): Promise<void> {
  await db
    .updateTable('tip')
    .set({ forced })
    .where('repository', '=', repository)
    .where('commit', '=', after)
    .where('before', '=', before)
    .where('forced', 'is', null)
    .execute()
}

const Pushed = z.object({ pusher: z.string().optional() })

/** How a commit last became the tip, and whether a receipt was given for it; undefined where it never was. */
export async function pushOf(
  db: Kysely<Tables>,
  repository: string,
  commit: string,
): Promise<{ readonly at: string; readonly pusher?: string; readonly received: boolean } | undefined> {
  const tip = await db
    .selectFrom('tip')
    .select('delivered_at')
    .where('repository', '=', repository)
    .where('commit', '=', commit)
    .orderBy('delivered_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (tip === undefined) return undefined
  const rows = await db
    .selectFrom('ledger')
    .select(['kind', 'body'])
    .where(isOf(repository))
    .where('commit', '=', commit)
    .where('kind', 'in', ['push', 'receipt'])
    .orderBy('seq', 'desc')
    .execute()
  const push = rows.find(({ kind }) => kind === 'push')
  const { pusher } = Pushed.parse(JSON.parse(push?.body ?? '{}'))
  return {
    at: tip.delivered_at.toISOString(),
    ...(pusher !== undefined && { pusher }),
    received: rows.some(({ kind }) => kind === 'receipt'),
  }
}
