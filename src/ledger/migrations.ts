import { type Kysely, sql } from 'kysely'
import { MIGRATIONS, type Migrations } from './steps.ts'
import type { Tables } from './tables.ts'

/** The database can't be used as it is; the sentence says what to do. */
export class SchemaError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'SchemaError'
  }
}

/** Any number that nobody else locks; one process migrates at a time. */
const MIGRATION_LOCK = 7_226_000
const PATIENCE_SECONDS = 60
const LOCK_NOT_AVAILABLE = '55P03'

/**
 * Brings the schema up to this version, all of it or nothing, one process at a time and the others after it.
 * Throws SchemaError for a newer schema, which stays as it was, and after a minute of waiting for somebody else.
 */
export async function migrate(
  db: Kysely<Tables>,
  { migrations = MIGRATIONS, patienceSeconds = PATIENCE_SECONDS } = {},
): Promise<void> {
  try {
    await db
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async (trx) => {
        await sql`select set_config('lock_timeout', ${`${patienceSeconds}s`}, true)`.execute(trx)
        await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(trx)
        const done = (await stepsIn(trx)) ?? (await noSteps(trx))
        refuseNewer(done, migrations)
        for (const [name, up] of Object.entries(migrations)) {
          if (done.includes(name)) continue
          await up(trx)
          await sql`insert into gonogo_migration (name) values (${name})`.execute(trx)
        }
      })
  } catch (error) {
    if (error instanceof SchemaError) throw error
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    const reason = error instanceof Error ? error.message : String(error)
    throw new SchemaError(
      code === LOCK_NOT_AVAILABLE
        ? `the database is locked by another process for more than ${patienceSeconds} s: try again when that one is done`
        : `the database could not be brought up to date, and is as it was: ${reason}`,
      error,
    )
  }
}

/** Throws SchemaError unless the schema is exactly this version's; changes nothing. */
export async function expectMigrated(db: Kysely<Tables>): Promise<void> {
  const done = await stepsIn(db)
  if (done === undefined)
    throw new SchemaError('the database holds no ledger of gonogo: check that it is the right one')
  refuseNewer(done, MIGRATIONS)
  if (Object.keys(MIGRATIONS).some((name) => !done.includes(name)))
    throw new SchemaError(
      'the database is of an older gonogo: start this version with `gonogo serve` once, or use that one',
    )
}

function refuseNewer(done: readonly string[], migrations: Migrations): void {
  const unknown = done.filter((name) => !Object.hasOwn(migrations, name))
  if (unknown.length === 0) return
  throw new SchemaError(
    `the database is of a newer gonogo than this one, which does not know ${unknown.join(', ')}: run that version, or restore an older backup`,
  )
}

/** The steps that have run here, or undefined where gonogo never was. */
async function stepsIn(db: Kysely<Tables>): Promise<readonly string[] | undefined> {
  const table = await sql<{
    there: boolean
  }>`select to_regclass('gonogo_migration') is not null as there`.execute(db)
  if (table.rows[0]?.there !== true) return undefined
  const { rows } = await sql<{ name: string }>`select name from gonogo_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}

async function noSteps(db: Kysely<Tables>): Promise<readonly string[]> {
  await sql`create table gonogo_migration (name text primary key, at timestamptz not null default now())`.execute(
    db,
  )
  return []
}
