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

async function approvals(db: Kysely<Tables>): Promise<void> {
  await sql`create table approval (
    repository text not null, about text not null, review text not null, seq bigint primary key)`.execute(db)
  await sql`create index approval_about on approval (repository, about)`.execute(db)
  await sql`create index approval_review on approval (repository, review)`.execute(db)
}

async function gates(db: Kysely<Tables>): Promise<void> {
  await sql`create table gate (
    repository text primary key, installation bigint not null, owner text not null, name text not null,
    looked_at timestamptz(3), found text)`.execute(db)
}

async function waivers(db: Kysely<Tables>): Promise<void> {
  await sql`create table waiver (
    repository text not null, model text not null, comment bigint not null, place integer not null,
    seq bigint not null, primary key (repository, comment, place))`.execute(db)
  await sql`create index waiver_model on waiver (repository, model)`.execute(db)
  await sql`create table reply (
    repository text not null, comment bigint not null, by text not null, state text not null,
    at timestamptz(3) not null, primary key (repository, comment))`.execute(db)
  await sql`create index reply_by on reply (repository, by, at)`.execute(db)
}

async function reviews(db: Kysely<Tables>): Promise<void> {
  await sql`create table standing_review (
    app_id bigint not null, repository text not null, pull bigint not null, review bigint,
    comments text not null, text text not null, holds boolean not null,
    primary key (app_id, repository, pull))`.execute(db)
}

async function formerNames(db: Kysely<Tables>): Promise<void> {
  await sql`create table former_name (
    name text not null, former text not null, until timestamptz(3) not null, primary key (name, former))`.execute(
    db,
  )
}

async function deployments(db: Kysely<Tables>): Promise<void> {
  await sql`create table deployment (
    seq bigint not null, repository text not null, environment text not null, asks text not null, work text not null, deployment bigint,
    decision text not null, at timestamptz(3) not null, model text not null, identity text not null,
    code text not null, primary key (seq, model))`.execute(db)
  await sql`create index deployment_last on deployment (repository, environment, model, seq)`.execute(db)
  await sql`create index deployment_answered on deployment (repository, deployment) where deployment is not null`.execute(
    db,
  )
}

async function releases(db: Kysely<Tables>): Promise<void> {
  await sql`create table judged_release (
    repository text not null, release bigint not null, published_at timestamptz(3), commit text,
    decision text not null, until timestamptz(3), at timestamptz(3) not null, seq bigint not null,
    asked text not null, state text not null, primary key (repository, release))`.execute(db)
}

/** By name, in order; a migration that has run anywhere is never changed. */
export const MIGRATIONS: Migrations = {
  '0001-deliveries-and-ledger': first,
  '0002-objects': objects,
  '0003-tips': tips,
  '0004-starts': starts,
  '0005-artifacts': artifacts,
  '0006-heard-runs': heardRuns,
  '0007-approvals': approvals,
  '0008-deployments': deployments,
  '0009-releases': releases,
  '0010-waivers': waivers,
  '0011-doctor': gates,
  '0012-reviews': reviews,
  '0013-former-names': formerNames,
}
