import type { Kysely } from 'kysely'
import { z } from 'zod'
import { isOf } from './renamed.ts'
import type { Tables } from './tables.ts'

/** What this app wrote into the row. */
const Body = z.looseObject({
  verdict: z.looseObject({ decision: z.string() }),
  facts: z.looseObject({ commit: z.string() }),
})

/** The newest verdict on a commit, or the newest before a row, and the facts that led to it; undefined where there is none. */
export async function newestVerdict(
  db: Kysely<Tables>,
  repository: string,
  commit: string,
  before?: number,
): Promise<z.infer<typeof Body> | undefined> {
  const row = await db
    .selectFrom('ledger')
    .select('body')
    .where(isOf(repository))
    .where('commit', '=', commit)
    .where('kind', '=', 'verdict')
    .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.body === undefined || row.body === null ? undefined : Body.parse(JSON.parse(row.body))
}
