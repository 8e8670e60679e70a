import { type Kysely, sql } from 'kysely'
import type { RunKey } from './starts.ts'
import type { Tables } from './tables.ts'

/** A run as a delivery told of it. */
export type Heard = RunKey & {
  readonly attempt: number
  /** As JSON; absent where the attempt has not succeeded, or where the delivery does not say all of it. */
  readonly told?: string
  /** ISO 8601. */
  readonly at: string
}

/**
 * Keeps what was heard of a run, the newest attempt and of it the end, in whatever order deliveries come; only of
 * repositories whose default branch was seen to have criteria, or may have. The repository is as GitHub spells it.
 */
export async function hearRun(
  db: Kysely<Tables>,
  { repository, run, attempt, told, at }: Heard,
): Promise<void> {
  await sql`
    insert into heard_run (repository, run, attempt, told, at)
    select ${repository.toLowerCase()}, ${run}::bigint, ${attempt}::integer, ${told ?? null}, ${at}::timestamptz
    where exists (select from tip where repository = ${repository} and criteria is distinct from false)
    on conflict (repository, run) do update set attempt = excluded.attempt, told = excluded.told, at = excluded.at
    where excluded.attempt > heard_run.attempt
      or (excluded.attempt = heard_run.attempt and heard_run.told is null)`.execute(db)
}

/** What was heard of the newest attempts of runs, by their ids, as JSON; only of those that succeeded. */
export async function heardRuns(
  db: Kysely<Tables>,
  repository: string,
  runs: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (runs.length === 0) return new Map()
  const rows = await db
    .selectFrom('heard_run')
    .select(['run', 'told'])
    .where('repository', '=', repository.toLowerCase())
    .where('run', 'in', [...new Set(runs)])
    .execute()
  return new Map(rows.flatMap(({ run, told }) => (told === null ? [] : [[Number(run), told] as const])))
}

/** What was heard of the runs that succeeded last, newest first, as JSON. */
export async function lastHeard(
  db: Kysely<Tables>,
  repository: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('heard_run')
    .select('told')
    .where('repository', '=', repository.toLowerCase())
    .where('told', 'is not', null)
    .orderBy('run', 'desc')
    .limit(limit)
    .execute()
  return rows.flatMap(({ told }) => told ?? [])
}
