import { type Kysely, type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
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
  ...(['deployment', 'judged_release'] as const),
]
const SPELLED = ['tip', 'start_use'] as const

/** Every table whose rows go along. What is not among them is a cache, or made anew at the next look. */
export const MOVED: readonly string[] = [...LOWER, ...SPELLED]

/**
 * Lets what is known of a repository under its old name hold under the new one. The ledger's own rows stay as they
 * are: until the renaming, those of the old name are the new one's. The same renaming twice changes nothing.
 */
export async function renameRepository(db: Kysely<Tables>, { id, from, to, at }: Renamed): Promise<void> {
  if (from === to) return
  await db.transaction().execute(async (trx) => {
    if (await isTold(trx, { id, from, to })) return
    await append(trx, [{ kind: 'renamed', at, repository: to, commit: '', body: { id, from, to } }])
    // Under the new name there can only be what a repository left that is there no more.
    for (const table of LOWER) await move(trx, table, from.toLowerCase(), to.toLowerCase())
    for (const table of SPELLED) await move(trx, table, from, to)
    // By what it was asked for, a release is looked at again: GitHub shows nobody's files under a name that is gone.
    const [owner = '', repo = ''] = to.split('/')
    const place = JSON.stringify({ owner, repo })
    await sql`update judged_release
      set asked = jsonb_set(asked::jsonb, '{at}', (asked::jsonb -> 'at') || ${place}::jsonb)::text
      where repository = ${to.toLowerCase()}`.execute(trx)
    const [old, young] = [`${from.toLowerCase()}#`, `${to.toLowerCase()}#`]
    await sql`update start_use set clock = ${young} || substr(clock, ${old.length + 1}::integer)
      where left(clock, ${old.length}::integer) = ${old}`.execute(trx)
    await sql`update former_name set name = ${to} where name = ${from}`.execute(trx)
    await sql`insert into former_name (name, former, until) values (${to}, ${from}, ${at}::timestamptz)
      on conflict (name, former) do update set until = excluded.until`.execute(trx)
  })
}

const Told = z.object({ id: z.number(), from: z.string(), to: z.string() })

/**
 * Whether a renaming is known and the repository has not had its old name again. Told once more, as after an answer that
 * came too late, it would take what belongs to another repository that has the old name by now.
 */
async function isTold(trx: Kysely<Tables>, { id, from, to }: Omit<Renamed, 'at'>): Promise<boolean> {
  const rows = await trx
    .selectFrom('ledger')
    .select('body')
    .where('repository', 'in', [from, to])
    .where('commit', '=', '')
    .where('kind', '=', 'renamed')
    .orderBy('seq', 'desc')
    .execute()
  const own = rows.flatMap(({ body }) => Told.safeParse(JSON.parse(body ?? 'null')).data ?? [])
  const last = own.find((one) => one.id === id)
  return last?.from === from && last.to === to
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

/** A row of the ledger about somebody's right; `own`: it was written while the repository had the owner that it has now. */
export type RightRow = { readonly body: string; readonly own: boolean }

/** Whether a row of the ledger was written under a repository's present owner: another's teams and rules are not its. */
export function isOfOwner(repository: string): RawBuilder<boolean> {
  const [owner = ''] = repository.toLowerCase().split('/')
  return sql<boolean>`(lower(split_part(ledger.repository, '/', 1)) = ${owner})`
}

/**
 * Whether a row of the ledger is of a repository: under its name, or under one that it had when the row was written. What
 * was written under a name before another repository gave it up is that one's, whoever took the name since.
 */
export function isOf(repository: string): RawBuilder<boolean> {
  return sql<boolean>`((ledger.repository = ${repository} or exists (
    select from former_name f
    where f.name = ${repository} and f.former = ledger.repository and ledger.at <= f.until))
    and not exists (
      select from former_name other
      where other.former = ledger.repository and other.name <> ${repository} and ledger.at <= other.until
        and not exists (
          select from former_name own
          where own.name = ${repository} and own.former = ledger.repository and ledger.at <= own.until
            and own.until < other.until)))`
}
