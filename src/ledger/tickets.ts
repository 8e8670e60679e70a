import type { Kysely } from 'kysely'
import { z } from 'zod'
import { append } from './chain.ts'
import { isOf } from './renamed.ts'
import type { Tables } from './tables.ts'

/** What of the body of a row of kind `ticket` the ledger itself needs. */
const Body = z.object({ by: z.string() })

/** How many start tickets a repository was given since a moment, and how many of them one caller. */
export async function ticketsSince(
  db: Kysely<Tables>,
  repository: string,
  by: string,
  since: Date,
): Promise<{ readonly all: number; readonly own: number }> {
  const rows = await db
    .selectFrom('ledger')
    .select('body')
    .where('kind', '=', 'ticket')
    .where(isOf(repository))
    .where('at', '>', since)
    .execute()
  const callers = rows.map(({ body }) => Body.safeParse(JSON.parse(body ?? 'null')).data?.by)
  return { all: callers.length, own: callers.filter((caller) => caller === by).length }
}

/** Writes a ticket to the ledger, before anybody gets it. */
export async function recordTicket(
  db: Kysely<Tables>,
  ticket: { readonly repository: string; readonly tip: string; readonly at: string; readonly by: string },
): Promise<void> {
  const { repository, tip: commit, at } = ticket
  await db
    .transaction()
    .execute((trx) => append(trx, [{ kind: 'ticket', at, repository, commit, body: ticket }]))
}
