import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely'
import { Pool } from 'pg'
import { expect, test } from 'vitest'
import { headOf } from '../../src/ledger/chain.ts'
import { expectMigrated, migrate, SchemaError } from '../../src/ledger/migrations.ts'
import { MIGRATIONS, type Migrations } from '../../src/ledger/steps.ts'
import { openExisting, openStore, type Where } from '../../src/ledger/store.ts'
import type { Tables } from '../../src/ledger/tables.ts'
import { describeOnBoth } from './databases.ts'
import { AT, add, deliveries } from './rows.ts'

const NEXT: Migrations = {
  ...MIGRATIONS,
  '9999-next': async (db) => {
    await sql`create table next (id text primary key)`.execute(db)
  },
}

async function relations(db: Kysely<Tables>): Promise<readonly unknown[]> {
  const { rows } = await sql`
    select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace order by 1, 2`.execute(db)
  return rows
}

async function steps(db: Kysely<Tables>): Promise<readonly unknown[]> {
  const { rows } = await sql<{ name: string }>`select name from gonogo_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}

async function tables(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(db)
  return rows.map(({ name }) => name)
}

/** The database itself, past all that a store asks. */
async function bare(where: Where, use: (db: Kysely<Tables>) => Promise<void>): Promise<void> {
  const dialect =
    'url' in where
      ? new PostgresDialect({ pool: new Pool({ connectionString: where.url }) })
      : new PGliteDialect({ pglite: await PGlite.create(join(where.folder, 'pg')) })
  const db = new Kysely<Tables>({ dialect })
  try {
    await use(db)
  } finally {
    await db.destroy()
  }
}

describeOnBoth('migrations', (open, place, kind) => {
  test('run once', async () => {
    const { db } = await open()
    const before = await relations(db)

    await migrate(db)

    expect(await steps(db)).toEqual(Object.keys(MIGRATIONS))
    expect(await relations(db)).toEqual(before)
    await expectMigrated(db)
  })

  test('tips from before starts are told whether their push was forced', async () => {
    const store = await open(await place())
    const later = Object.keys(MIGRATIONS).filter((name) => name >= '0004')
    const [repository, at] = ['acme/models', AT]
    const push = (commit: string, from: string, forced: boolean) => ({
      ...({ kind: 'push', at, repository, commit } as const),
      body: { ref: 'refs/heads/main', before: from, after: commit, forced, pusher: '"forced":true \u0000' },
    })
    await add(store, [push('b', 'a', true), push('c', 'b', false)])
    for (const [commit, from] of [
      ['b', 'a'],
      ['c', 'b'],
      ['d', 'c'],
    ] as const) {
      const tip = { repository, commit, delivery: commit, before: from, pushed_at: at, delivered_at: at }
      await store.db
        .insertInto('tip')
        .values({ ...tip, criteria: null, forced: null })
        .execute()
    }
    const kept = [
      'gonogo_migration',
      'delivery',
      'tip',
      'mark',
      'ledger',
      'object',
      'branch_tip',
      'check_run',
    ]
    const added = (await tables(store.db)).filter((table) => !kept.includes(table))
    await sql`drop table ${sql.join(added.map((table) => sql.table(table)))}`.execute(store.db)
    await sql`drop index tip_forced, ledger_tickets`.execute(store.db)
    await sql`alter table tip drop column forced`.execute(store.db)
    await sql`delete from gonogo_migration where name >= '0004'`.execute(store.db)
    expect([...(await steps(store.db)), ...later]).toEqual(Object.keys(MIGRATIONS))

    await migrate(store.db)

    const tips = await store.db.selectFrom('tip').select(['commit', 'forced']).orderBy('commit').execute()
    expect(tips.map(({ forced }) => forced)).toEqual([true, false, null])
  })

  test('a later step brings a database up; to this version it is newer, refused, and stays as it was', async () => {
    const where = await place()
    const newer = await open(where)
    const head = await add(newer, deliveries(2))
    await migrate(newer.db, { migrations: NEXT })
    expect(await steps(newer.db)).toEqual(Object.keys(NEXT))
    expect(await headOf(newer.db)).toEqual(head)
    const before = await relations(newer.db)
    await newer.close()

    await expect(openStore(where)).rejects.toThrow(SchemaError)
    await expect(openStore(where)).rejects.toThrow('does not know 9999-next: run that version')
    await expect(openExisting(where)).rejects.toThrow('does not know 9999-next')

    await bare(where, async (db) => {
      expect(await relations(db)).toEqual(before)
      expect(await steps(db)).toEqual(Object.keys(NEXT))
      const { rows } = await sql`select count(*)::int as rows from ledger`.execute(db)
      expect(rows).toEqual([{ rows: 2 }])
    })
  })

  test('a step that fails takes all of them back', async () => {
    const { db } = await open()
    const before = await relations(db)
    const broken: Migrations = {
      ...NEXT,
      '0003-broken': async (trx) => void (await sql`select * from nowhere`.execute(trx)),
    }

    await expect(migrate(db, { migrations: broken })).rejects.toThrow(
      /could not be brought up to date, and is as it was: .*nowhere/,
    )

    expect(await relations(db)).toEqual(before)
    expect(await steps(db)).toEqual(Object.keys(MIGRATIONS))
  })

  test('a database of an older version is not opened as it is', async () => {
    const { db } = await open()
    const trial = db.transaction().execute(async (trx) => {
      await sql`delete from gonogo_migration`.execute(trx)
      await expectMigrated(trx)
    })

    await expect(trial).rejects.toThrow('of an older gonogo')
  })

  if (kind === 'pglite') return

  test('several that start at once all succeed', async () => {
    const where = await place()
    const stores = await Promise.all([1, 2, 3, 4].map(() => open(where)))

    for (const { db } of stores) expect(await steps(db)).toEqual(Object.keys(MIGRATIONS))
  })

  test('whoever waits for another for too long is told so', async () => {
    const { db } = await open()
    await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(7226000)`.execute(trx)
      await expect(migrate(db, { patienceSeconds: 0.05 })).rejects.toThrow(
        'locked by another process for more than 0.05 s',
      )
    })
  })

  test('a newer schema stays as it was also for a version with other steps', async () => {
    const { db } = await open(await place())
    await migrate(db, { migrations: NEXT })
    const before = await relations(db)
    const fork: Migrations = {
      ...MIGRATIONS,
      '0003-fork': async (trx) => void (await sql`drop table ledger`.execute(trx)),
    }

    await expect(migrate(db, { migrations: fork })).rejects.toThrow('does not know 9999-next')

    expect(await relations(db)).toEqual(before)
    expect(await steps(db)).toEqual(Object.keys(NEXT))
  })
})
