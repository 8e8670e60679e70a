import { type Kysely, type RawBuilder, sql } from 'kysely'
import { append } from './chain.ts'
import type { Tables } from './tables.ts'

/** A repository that got another name, or another owner. Names as GitHub spells them. */
export type Renamed = {
  readonly id: number
  readonly from: string
  readonly to: string
  /** ISO 8601. */
  readonly at: string
}

/** Tables that look things up by repository; in the first ones the name is in small letters. */
const LOWER = [
  ...(['seen_run', 'heard_run', 'seen_weights', 'awaited_run', 'awaited_artifact', 'seen_artifact'] as const),
  ...(['approval', 'check_run', 'standing_review', 'waiver', 'reply'] as const),
]
const SPELLED = ['tip', 'start_use'] as const

/**
 * Lets what is known of a repository under its old name hold under the new one. The ledger's own rows stay as they
 * are: until the renaming, those of the old name are the new one's. The same renaming twice changes nothing.
 */
export async function renameRepository(db: Kysely<Tables>, { id, from, to, at }: Renamed): Promise<void> {
  if (from === to) return
  await db.transaction().execute(async (trx) => {
    await append(trx, [{ kind: 'renamed', at, repository: to, commit: '', body: { id, from, to } }])
    // Under the new name there can only be what a repository left that is there no more.
    for (const table of LOWER) await move(trx, table, from.toLowerCase(), to.toLowerCase())
    for (const table of SPELLED) await move(trx, table, from, to)
    const [old, young] = [`${from.toLowerCase()}#`, `${to.toLowerCase()}#`]
    await sql`update start_use set clock = ${young} || substr(clock, ${old.length + 1}::integer)
      where left(clock, ${old.length}::integer) = ${old}`.execute(trx)
    await sql`update former_name set name = ${to} where name = ${from}`.execute(trx)
    await sql`insert into former_name (name, former, until) values (${to}, ${from}, ${at}::timestamptz)
      on conflict (name, former) do update set until = excluded.until`.execute(trx)
  })
}

async function move(
  trx: Kysely<Tables>,
  table: (typeof LOWER)[number] | (typeof SPELLED)[number],
  from: string,
  to: string,
): Promise<void> {
  if (from === to) return
  const known = await sql`select 1 from ${sql.table(table)} where repository = ${from} limit 1`.execute(trx)
  if (known.rows.length === 0) return
  await sql`delete from ${sql.table(table)} where repository = ${to}`.execute(trx)
  await sql`update ${sql.table(table)} set repository = ${to} where repository = ${from}`.execute(trx)
}

/** Whether a row of the ledger is of a repository: under its name, or under one that it had when the row was written. */
export function isOf(repository: string): RawBuilder<boolean> {
  return sql<boolean>`(ledger.repository = ${repository} or exists (
    select from former_name f
    where f.name = ${repository} and f.former = ledger.repository and ledger.at <= f.until))`
}
