import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** One step of the schema; it only ever goes up. */
export type Migration = (db: Kysely<Tables>) => Promise<void>
export type Migrations = Readonly<Record<string, Migration>>

const first: Migration = async (db) => {
  await db.schema
    .createTable('delivery')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('accepted_at', 'timestamptz(3)', (column) => column.notNull())
    .addColumn('done_at', 'timestamptz(3)')
    .addColumn('asked', 'text')
    .execute()
  await sql`create index delivery_open on delivery (key) where done_at is null`.execute(db)
  await sql`create index delivery_kept on delivery (accepted_at) where done_at is not null and asked is not null`.execute(
    db,
  )
  await db.schema
    .createTable('ledger')
    .addColumn('seq', 'bigint', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', 'timestamptz(3)', (column) => column.notNull())
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('commit', 'text', (column) => column.notNull())
    .addColumn('body', 'text')
    .addColumn('body_digest', 'text', (column) => column.notNull())
    .addColumn('previous', 'text', (column) => column.notNull().unique())
    .addColumn('digest', 'text', (column) => column.notNull().unique())
    .execute()
  await sql`create index ledger_commit on ledger (repository, commit, seq)`.execute(db)
  await sql`create index ledger_kept on ledger (at) where kind = 'delivery' and body is not null`.execute(db)
}

const tips: Migration = async (db) => {
  await db.schema
    .createTable('tip')
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('commit', 'text', (column) => column.notNull())
    .addColumn('delivery', 'text', (column) => column.notNull())
    .addColumn('before', 'text')
    .addColumn('pushed_at', 'timestamptz(3)', (column) => column.notNull())
    .addColumn('delivered_at', 'timestamptz(3)', (column) => column.notNull())
    .addColumn('criteria', 'boolean')
    .addPrimaryKeyConstraint('tip_pkey', ['repository', 'commit', 'delivery'])
    .execute()
  await sql`create index tip_newest on tip (repository, delivered_at desc)`.execute(db)
  await db.schema
    .createTable('mark')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('at', 'timestamptz(3)', (column) => column.notNull())
    .execute()
}

const objects: Migration = async (db) => {
  await db.schema
    .createTable('object')
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('content', 'bytea', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'timestamptz(3)', (column) => column.notNull())
    .addPrimaryKeyConstraint('object_key', ['repository', 'id'])
    .execute()
  await db.schema
    .createTable('branch_tip')
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('branch', 'text', (column) => column.notNull())
    .addColumn('tip', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('branch_tip_key', ['repository', 'branch'])
    .execute()
  await db.schema
    .createTable('check_run')
    .addColumn('app_id', 'bigint', (column) => column.notNull())
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('commit', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('run_id', 'bigint')
    .addColumn('key', 'text')
    .addColumn('token', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('check_run_key', ['app_id', 'repository', 'commit'])
    .execute()
}

const starts: Migration = async (db) => {
  await db.schema.alterTable('tip').addColumn('forced', 'boolean').execute()
  // As text: a body may hold what JSON can say and the database's own JSON can't.
  await sql`update tip set forced = position('"forced":true' in ledger.body) > 0
    from ledger where ledger.kind = 'push' and ledger.repository = tip.repository and ledger.commit = tip.commit
    and position('"before":"' || tip.before || '"' in ledger.body) > 0`.execute(db)
  await sql`create index tip_forced on tip (repository, delivered_at) where forced is not false`.execute(db)
  await sql`create index ledger_tickets on ledger (repository, at) where kind = 'ticket'`.execute(db)
  await db.schema
    .createTable('seen_run')
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('run', 'bigint', (column) => column.notNull())
    .addColumn('told', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('seen_run_key', ['repository', 'run'])
    .execute()
  await db.schema
    .createTable('seen_weights')
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('run', 'bigint', (column) => column.notNull())
    .addColumn('artifact', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('seen_weights_key', ['repository', 'run', 'artifact', 'sha256'])
    .execute()
  await db.schema
    .createTable('awaited_run')
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('run', 'bigint', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('asked', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('awaited_run_key', ['key', 'repository', 'run'])
    .execute()
  await sql`create index awaited_run_ended on awaited_run (repository, run)`.execute(db)
  await db.schema
    .createTable('start_use')
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('clock', 'text', (column) => column.notNull())
    .addColumn('commit', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('start_use_key', ['repository', 'model', 'clock', 'commit', 'sha256'])
    .execute()
}

async function artifacts(db: Kysely<Tables>): Promise<void> {
  await sql`create table seen_artifact (
    repository text not null, about text not null, artifact bigint not null, file text not null,
    held text not null, primary key (repository, about, artifact, file))`.execute(db)
  await sql`create table awaited_artifact (
    repository text not null, commit text not null, workflow text not null, key text not null,
    asked text not null, primary key (key, repository, commit, workflow))`.execute(db)
  await sql`create index awaited_artifact_ended on awaited_artifact (repository, commit, workflow)`.execute(
    db,
  )
}

async function heardRuns(db: Kysely<Tables>): Promise<void> {
  await sql`create table heard_run (
    repository text not null, run bigint not null, attempt integer not null, told text, at timestamptz(3) not null,
    primary key (repository, run))`.execute(db)
  await sql`create index heard_run_kept on heard_run (at)`.execute(db)
  for (const table of ['awaited_run', 'awaited_artifact'])
    await sql`alter table ${sql.table(table)} add column at timestamptz(3) not null default now()`.execute(db)
}

/** By name, in order; a migration that has run anywhere is never changed. */
export const MIGRATIONS: Migrations = {
  '0001-deliveries-and-ledger': first,
  '0002-objects': objects,
  '0003-tips': tips,
  '0004-starts': starts,
  '0005-artifacts': artifacts,
  '0006-heard-runs': heardRuns,
}

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
