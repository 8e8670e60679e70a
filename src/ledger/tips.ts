import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/** A push to the default branch: the body of a ledger row of kind `push`. */
export type Push = {
  readonly ref: string
  /** The tip before; zeros where the branch began. */
  readonly before: string
  readonly after: string
  readonly forced: boolean
  /** As GitHub names who pushed. */
  readonly pusher?: string
}

/** A commit that became the default branch's tip. */
export type Tip = {
  readonly repository: string
  readonly commit: string
  readonly delivery: string
  /** Absent where nobody told. */
  readonly before?: string
  /** ISO 8601: when we took it in, by our clock. */
  readonly at: string
  /** When GitHub told, or first tried to: what tips are ordered by. */
  readonly deliveredAt: string
  /** Absent where nobody told. */
  readonly forced?: boolean
}

/** Remembers tips in the transaction of the deliveries that told of them; one that is known stays as it is. */
export async function rememberTips(trx: Transaction<Tables>, tips: readonly Tip[]): Promise<void> {
  if (tips.length === 0) return
  const rows = tips.map(
    ({ repository, commit, delivery, before = null, at, deliveredAt, forced = null }) => ({
      repository,
      commit,
      delivery,
      before,
      pushed_at: at,
      delivered_at: deliveredAt,
      criteria: null,
      forced,
    }),
  )
  await trx
    .insertInto('tip')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['repository', 'commit', 'delivery']).doNothing())
    .execute()
}

/**
 * The tips before each push that made this commit the tip, newest first; undefined for a commit that was never
 * known as one. The same whoever asks, and it only ever grows: a second push never hides what the first one did.
 */
export async function tipsBefore(
  db: Kysely<Tables>,
  repository: string,
  commit: string,
): Promise<readonly string[] | undefined> {
  const rows = await db
    .selectFrom('tip')
    .select('before')
    .where('repository', '=', repository)
    .where('commit', '=', commit)
    .orderBy('delivered_at', 'desc')
    .orderBy('delivery')
    .execute()
  if (rows.length === 0) return undefined
  return [...new Set(rows.flatMap(({ before }) => before ?? []))]
}

/** The commit that was last known as a repository's tip, the asked one aside. */
export async function tipBefore(
  db: Kysely<Tables>,
  repository: string,
  commit: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('tip')
    .select('commit')
    .where('repository', '=', repository)
    .where('commit', '!=', commit)
    .orderBy('delivered_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.commit
}

/** Keeps whether a tip was found to change criteria. */
export async function noteCriteria(
  db: Kysely<Tables>,
  tip: Pick<Tip, 'repository' | 'commit'>,
  criteria: boolean,
): Promise<void> {
  await db
    .updateTable('tip')
    .set({ criteria })
    .where('repository', '=', tip.repository)
    .where('commit', '=', tip.commit)
    .execute()
}

/** When criteria last changed on a repository's default branch; undefined if they were never seen to. */
export async function criteriaChangedAt(db: Kysely<Tables>, repository: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('tip')
    .select('pushed_at')
    .where('repository', '=', repository)
    .where(sql<boolean>`criteria`)
    .orderBy('pushed_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.pushed_at
}
