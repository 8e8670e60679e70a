import { type Kysely, sql } from 'kysely'
import { FORGETTABLE } from './chain.ts'
import type { Tables } from './tables.ts'

/** How much was forgotten. */
export type Forgotten = { readonly deliveries: number; readonly rows: number }

/** Each step is a transaction of its own, so that nobody waits for long. */
const AT_ONCE = 1000

/**
 * Forgets what deliveries before a moment asked, where that was done, their bodies in the ledger, what was heard of
 * runs, and which runs commits have waited for since before then. Digests
 * stay and the chain still verifies; no verdict is ever forgotten.
 */
export async function forget(db: Kysely<Tables>, before: Date): Promise<Forgotten> {
  const moment = before.toISOString()
  const deliveries = await inSteps(async () => {
    const old = db
      .selectFrom('delivery')
      .select('id')
      .where('accepted_at', '<', sql<Date>`${moment}`)
      .where('done_at', 'is not', null)
      .where('asked', 'is not', null)
      .limit(AT_ONCE)
    const { numUpdatedRows } = await db
      .updateTable('delivery')
      .set({ asked: null })
      .where('id', 'in', old)
      .executeTakeFirst()
    return Number(numUpdatedRows)
  })
  const rows = await inSteps(async () => {
    const old = db
      .selectFrom('ledger')
      .select('seq')
      .where('kind', '=', FORGETTABLE)
      .where('at', '<', sql<Date>`${moment}`)
      .where('body', 'is not', null)
      .limit(AT_ONCE)
    const { numUpdatedRows } = await db
      .updateTable('ledger')
      .set({ body: null })
      .where('seq', 'in', old)
      .executeTakeFirst()
    return Number(numUpdatedRows)
  })
  await db.deleteFrom('heard_run').where('at', '<', sql<Date>`${moment}`).execute()
  await db.deleteFrom('awaited_run').where('at', '<', sql<Date>`${moment}`).execute()
  await db.deleteFrom('awaited_artifact').where('at', '<', sql<Date>`${moment}`).execute()
  return { deliveries, rows }
}

async function inSteps(step: () => Promise<number>): Promise<number> {
  let total = 0
  for (;;) {
    const changed = await step()
    total += changed
    if (changed < AT_ONCE) return total
  }
}
