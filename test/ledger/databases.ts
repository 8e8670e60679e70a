import { cpSync, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { openStore, type Store, type Where } from '../../src/ledger/store.ts'
import { databaseRoot } from './folders.ts'
import { startPostgres } from './postgres.ts'

/** Without a place the suite's own store, emptied for each test; with one a store there, closed after the test. */
export type Open = (where?: Where) => Promise<Store>
/** A new place, with nothing of gonogo in it, that is gone after the suite. */
export type Place = () => Promise<Where>
export type Suite = (open: Open, place: Place, kind: Store['kind']) => void

/** Runs a suite on an embedded PGlite in `npm test`, and in `npm run test:long` on a real PostgreSQL that is started for it. */
export function describeOnBoth(name: string, suite: Suite): void {
  if (process.env.GONOGO_TEST_DATABASE === 'postgres')
    describe(`${name}, on PostgreSQL`, () => runOn('postgres', startPostgres, suite))
  else describe(`${name}, on PGlite`, () => runOn('pglite', startPGlite, suite))
}

const TABLES = [
  'delivery',
  'ledger',
  'tip',
  'mark',
  'object',
  'branch_tip',
  'check_run',
  'seen_run',
  'heard_run',
  'seen_weights',
  'awaited_run',
  'start_use',
  'approval',
  'waiver',
  'reply',
  'deployment',
  'seen_artifact',
  'awaited_artifact',
  'gate',
  'standing_review',
  'former_name',
  'judged_release',
] as const

/** Row by row: a truncation looks through all of PGlite's buffers for each table and index. */
async function empty({ db }: Store): Promise<void> {
  for (const table of TABLES) await db.deleteFrom(table).execute()
}

type Databases = { readonly place: Place; readonly stop: () => Promise<void> }

function runOn(kind: Store['kind'], start: () => Promise<Databases>, suite: Suite): void {
  let databases: Databases | undefined
  let own: Store | undefined
  const others: Store[] = []
  beforeAll(async () => {
    databases = await start()
  }, 60_000)
  afterEach(async () => {
    await Promise.all(others.splice(0).map((store) => store.close()))
    if (own) await empty(own)
  })
  afterAll(async () => {
    await own?.close()
    await databases?.stop()
  })

  async function place(): Promise<Where> {
    if (databases === undefined) throw new Error('the databases are not started yet')
    return databases.place()
  }
  async function open(where?: Where): Promise<Store> {
    if (where === undefined) {
      own ??= await openStore(await place())
      return own
    }
    const store = await openStore(where)
    others.push(store)
    return store
  }
  suite(open, place, kind)
}

async function startPGlite(): Promise<Databases> {
  const root = await mkdtemp(join(databaseRoot(), 'gonogo-pglite-'))
  const template = await pgliteTemplate()
  let folders = 0
  return {
    place: async () => {
      folders += 1
      const folder = join(root, String(folders))
      await mkdir(folder)
      // Ten times as fast as the asynchronous one.
      cpSync(template, join(folder, 'pg'), { recursive: true })
      return { folder }
    },
    stop: () => rm(root, { recursive: true, force: true }),
  }
}

/**
 * An empty PGlite, as it makes it itself. That takes it three seconds, so each version's is made once for this
 * machine and user, whole or not at all, and copied.
 */
export async function pgliteTemplate(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve('@electric-sql/pglite'))
  const { version } = JSON.parse(await readFile(join(dirname(entry), '..', 'package.json'), 'utf8'))
  const template = join(databaseRoot(), `gonogo-test-pglite-${version}-${process.getuid?.() ?? 'user'}`)
  if (existsSync(template)) return template
  const made = await mkdtemp(`${template}-`)
  const pglite = await PGlite.create(join(made, 'pg'))
  await pglite.close()
  // Where another process was faster, its template is as good.
  await rename(join(made, 'pg'), template).catch((error: unknown) => {
    if (!existsSync(template)) throw error
  })
  await rm(made, { recursive: true, force: true })
  return template
}
