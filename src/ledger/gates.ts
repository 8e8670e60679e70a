import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** A repository that something was judged in, whose gate is looked at from time to time. */
export type Gate = { readonly installation: number; readonly owner: string; readonly repo: string }

/** What a look at a gate came to, as it was written. */
export type Look = { readonly at: Date; readonly found: string }

const keyOf = ({ owner, repo }: Pick<Gate, 'owner' | 'repo'>): string => `${owner}/${repo}`.toLowerCase()

/** Remembers that a repository's gate is to be looked at. */
export async function watchGate(db: Kysely<Tables>, { installation, owner, repo }: Gate): Promise<void> {
  await sql`insert into gate (repository, installation, owner, name)
    values (${keyOf({ owner, repo })}, ${installation}, ${owner}, ${repo})
    on conflict (repository) do update
    set installation = excluded.installation, owner = excluded.owner, name = excluded.name
    where gate.installation <> excluded.installation or gate.owner <> excluded.owner or gate.name <> excluded.name`.execute(
    db,
  )
}

/** The gates that were not looked at since a moment, those first that never were. */
export async function dueGates(db: Kysely<Tables>, since: Date, most: number): Promise<readonly Gate[]> {
  const rows = await db
    .selectFrom('gate')
    .select(['installation', 'owner', 'name'])
    .where((where) =>
      where.or([
        where('looked_at', 'is', null),
        where('looked_at', '<', sql<Date>`${since.toISOString()}::timestamptz`),
      ]),
    )
    .orderBy(sql`looked_at asc nulls first`)
    .orderBy('repository')
    .limit(most)
    .execute()
  return rows.map(({ installation, owner, name }) => ({
    installation: Number(installation),
    owner,
    repo: name,
  }))
}

/** Keeps what a look at a gate came to; of one that is no longer there nothing. */
export async function keepLook(
  db: Kysely<Tables>,
  gate: Pick<Gate, 'owner' | 'repo'>,
  { at, found }: Look,
): Promise<void> {
  await db
    .updateTable('gate')
    .set({ looked_at: at.toISOString(), found })
    .where('repository', '=', keyOf(gate))
    .execute()
}

/** Forgets a gate that can't be looked at: nothing of it is true for sure. */
export async function forgetGate(db: Kysely<Tables>, gate: Pick<Gate, 'owner' | 'repo'>): Promise<void> {
  await db.deleteFrom('gate').where('repository', '=', keyOf(gate)).execute()
}

/** What the last look at a gate came to; undefined where there was none. */
export async function lastLook(
  db: Kysely<Tables>,
  gate: Pick<Gate, 'owner' | 'repo'>,
): Promise<Look | undefined> {
  const row = await db
    .selectFrom('gate')
    .select(['looked_at', 'found'])
    .where('repository', '=', keyOf(gate))
    .executeTakeFirst()
  return row?.looked_at && row.found !== null ? { at: row.looked_at, found: row.found } : undefined
}
