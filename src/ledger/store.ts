import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely'
import { Pool, types } from 'pg'
import { type ConstructorOptions, fromPglite } from 'pg-boss'
import { LockedError, lockFolder } from './folder-lock.ts'
import { expectMigrated, migrate, SchemaError } from './migrations.ts'
import type { Tables } from './tables.ts'

/** Where the service keeps what it must not lose: a PostgreSQL server, or a folder of this process. */
export type Where = { readonly url: string } | { readonly folder: string }

export type Store = {
  readonly kind: 'postgres' | 'pglite'
  readonly db: Kysely<Tables>
  /** How pg-boss reaches the same database. */
  readonly boss: Pick<ConstructorOptions, 'db' | 'connectionString' | 'backend' | 'max'>
  /** Waits for the transactions in hand; a second call is the same one. */
  readonly close: () => Promise<void>
}

/** There is no database, or none that can be opened; the sentence says what to do. */
export class StoreError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StoreError'
  }
}

/** Whether an error of opening is the world's, and its sentence made for people. */
export function isStoreError(error: unknown): error is Error {
  return error instanceof StoreError || error instanceof SchemaError || error instanceof LockedError
}

/**
 * Opens the database, made where there is none, and brings its schema up to date. What a folder was told
 * survives the death of the process; that of the machine only a PostgreSQL server.
 * Throws StoreError, SchemaError, or LockedError for a folder in use.
 */
export async function openStore(where: Where): Promise<Store> {
  const store = 'url' in where ? openServer(where.url) : await openFolder(where.folder, true)
  return ready(store, migrate)
}

/** Opens a database that is there, and creates and migrates nothing. Throws as `openStore` does. */
export async function openExisting(where: Where): Promise<Store> {
  const store = 'url' in where ? openServer(where.url) : await openFolder(where.folder, false)
  return ready(store, expectMigrated)
}

async function ready(store: Store, prepare: (db: Kysely<Tables>) => Promise<void>): Promise<Store> {
  try {
    await sql`select 1`.execute(store.db).catch((error: unknown) => {
      throw new StoreError(`the database can't be reached: ${reasonOf(error)}; check DATABASE_URL`)
    })
    await prepare(store.db)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

const INT8 = 20

function openServer(url: string): Store {
  const pool = new Pool({
    connectionString: url,
    application_name: 'gonogo',
    max: 8,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    // Counts and row numbers are numbers, as PGlite reads them.
    types: {
      getTypeParser: (id: number, format?: 'text' | 'binary') =>
        id === INT8 ? Number : types.getTypeParser(id, format),
    },
  })
  // A connection that breaks, idle or amid a transaction, is replaced; without listeners it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    kind: 'postgres',
    db,
    boss: { connectionString: url, backend: 'postgres', max: 4 },
    close: once(() => db.destroy()),
  }
}

/**
 * PGlite takes 128 MB of buffers by default and clears them at each start, which is most of what it costs; the
 * rows that a folder is asked for fit in far less.
 */
const EMBEDDED = {
  relaxedDurability: false,
  startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
}

async function openFolder(folder: string, create: boolean): Promise<Store> {
  const data = join(folder, 'pg')
  try {
    if (create) await mkdir(folder, { recursive: true, mode: 0o700 })
    else if (!existsSync(data))
      throw new StoreError(`${folder} holds no data of gonogo; set GONOGO_DATA or DATABASE_URL`)
    const lock = await lockFolder(folder)
    try {
      if (!existsSync(data)) await initialise(folder, data)
      return embedded(await PGlite.create(data, EMBEDDED), lock.release)
    } catch (error) {
      await lock.release()
      throw error
    }
  } catch (error) {
    if (isStoreError(error)) throw error
    throw new StoreError(
      `the data folder ${folder} can't be opened: ${reasonOf(error)}; restore a backup, or choose another with GONOGO_DATA`,
    )
  }
}

/** Whole or not at all: a process that is killed here leaves nothing that the next one would take for a database. */
async function initialise(folder: string, data: string): Promise<void> {
  const unfinished = join(folder, 'pg.new')
  await rm(unfinished, { recursive: true, force: true })
  const pglite = await PGlite.create(unfinished, EMBEDDED)
  await pglite.close()
  await rename(unfinished, data)
}

function embedded(pglite: PGlite, release: () => Promise<void>): Store {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
  return {
    kind: 'pglite',
    db,
    boss: { db: fromPglite(pglite), backend: 'pglite' },
    close: once(async () => {
      try {
        await db.destroy()
        if (!pglite.closed) await pglite.close()
      } finally {
        await release()
      }
    }),
  }
}

function once(act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= act()
    return running
  }
}

/** A refused connection may come as an error of errors, whose own message is empty. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join(', ')
  return error instanceof Error && error.message !== '' ? error.message : String(error)
}
