import { rm } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startChores } from '../../src/app/chores.ts'
import { openFloors } from '../../src/app/floors.ts'
import { createMetrics } from '../../src/app/metrics.ts'
import { RECONCILED } from '../../src/app/reconcile.ts'
import { askFor, sweep, tipMark } from '../../src/app/sweep.ts'
import type { Ask } from '../../src/ledger/chores.ts'
import { readMark } from '../../src/ledger/marks.ts'
import { openQueue } from '../../src/ledger/queue.ts'
import { openStore, type Store } from '../../src/ledger/store.ts'
import type { GitHub } from '../../src/sources/github/client.ts'
import { dataFolder } from '../support/data-folder.ts'

let folder: string
let store: Store
beforeAll(async () => {
  folder = await dataFolder()
  store = await openStore({ folder })
}, 60_000)
beforeEach(async () => {
  await store.db.deleteFrom('mark').execute()
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

/** GitHub where only the app's own calls are answered. */
function github(apps: Readonly<Record<string, (asked: { page: number }) => Promise<unknown>>>): GitHub {
  return { rest: { apps } } as unknown as GitHub
}

const repository = (index: number, given: object = {}) => ({
  name: `r${index}`,
  full_name: `acme/r${index}`,
  owner: { login: 'acme' },
  default_branch: 'main',
  archived: false,
  disabled: false,
  open_issues_count: 0,
  pushed_at: '2026-03-01T12:00:00Z',
  ...given,
})

test('of ten thousand quiet repositories a sweep asks GitHub for the lists alone, and looks into those that moved', async () => {
  const all = Array.from({ length: 10_000 }, (_, index) => repository(index))
  all[7] = repository(7, { open_issues_count: 2 })
  all[8] = repository(8, { pushed_at: '2026-03-02T12:00:00Z' })
  all[9] = repository(9, { archived: true, open_issues_count: 2, pushed_at: '2026-03-02T12:00:00Z' })
  all[10] = repository(10, { disabled: true, open_issues_count: 2 })
  all[11] = repository(11, { pushed_at: null })
  for (let from = 0; from < all.length; from += 1000) {
    const marks = all.slice(from, from + 1000).map(({ full_name }) => ({
      ...{ name: tipMark(full_name), value: '2026-03-01T12:00:00Z', at: '2026-03-01T12:00:00Z' },
    }))
    await store.db.insertInto('mark').values(marks).execute()
  }
  let requests = 0
  const asked: Ask[] = []
  const refreshed: object[] = []
  const page = <T>(items: readonly T[], number: number) => items.slice((number - 1) * 100, number * 100)
  const client = github({
    listInstallations: async () => {
      requests += 1
      return {
        data: [
          { id: 7, suspended_at: null },
          { id: 8, suspended_at: '2026-01-01T00:00:00Z' },
        ],
      }
    },
    listReposAccessibleToInstallation: async ({ page: number }) => {
      requests += 1
      return { data: { repositories: page(all, number) } }
    },
  })

  await sweep({
    asApp: async () => client,
    as: async (installation) => {
      expect(installation).toBe(7)
      return client
    },
    store,
    floors: { refresh: async (_, where) => void refreshed.push(where) },
    ask: async (asks) => void asked.push(...asks),
  })

  const about = { installation: 7, owner: 'acme', branch: 'main' }
  expect(asked).toEqual([
    askFor({ ...about, repo: 'r7' }),
    askFor({ ...about, repo: 'r8', pushedAt: '2026-03-02T12:00:00Z' }),
  ])
  expect(refreshed).toEqual([{ installation: 7, owner: 'acme' }])
  // The last page is full, so one more is asked for.
  expect(requests).toBe(1 + 101)
})

/** Jobs that are not over. */
async function open(): Promise<number> {
  const { rows } = await sql<{ jobs: number }>`
    select count(*)::int as jobs from queue.job where name = 'reconcile' and state < 'completed'`.execute(
    store.db,
  )
  return rows[0]?.jobs ?? 0
}

const DAY_MS = 24 * 60 * 60 * 1000

/** A delivery that came so many days ago. */
async function deliver(id: string, days: number, done: boolean): Promise<void> {
  const at = new Date(Date.now() - days * DAY_MS).toISOString()
  const row = { id, event: 'push', key: 'k', accepted_at: at, done_at: done ? at : null, asked: '{}' }
  await store.db.insertInto('delivery').values(row).execute()
}

/** Deliveries of which is known what they asked. */
async function kept(): Promise<readonly string[]> {
  const rows = await store.db.selectFrom('delivery').select('id').where('asked', 'is not', null).execute()
  return rows.map(({ id }) => id).toSorted()
}

test('two replicas that start at once forget old deliveries, look into the log once, and one that starts later once more', async () => {
  let lists = 0
  const bothAsked = Promise.withResolvers<void>()
  const client = github({
    listWebhookDeliveries: async () => {
      lists += 1
      await bothAsked.promise
      return { data: [], headers: {} }
    },
    listInstallations: async () => ({ data: [] }),
  })
  const log = { info: () => undefined, error: () => undefined }
  const replica = async () => {
    const queue = await openQueue(store, {
      ...{
        retries: 0,
        firstDelaySeconds: 0,
        concurrency: 1,
        perGroup: 1,
        heartbeatSeconds: 30,
        pollSeconds: 0.5,
      },
      onError: () => undefined,
      clock: () => new Date(),
    })
    const own = {
      appId: 1,
      keepDays: 90,
      floors: openFloors({ db: store.db, required: false, clock: () => new Date() }),
      chores: queue.chores,
      store,
      take: queue.take,
      clock: () => new Date(),
      log,
    }
    await startChores(
      { ...own, metrics: createMetrics(), asApp: async () => client, as: async () => client },
      true,
    )
    return queue
  }
  await deliver('1', 89, true)
  await deliver('2', 91, true)
  await deliver('not done', 91, false)
  const first = await replica()
  const second = await replica()
  bothAsked.resolve()
  await expect.poll(() => readMark(store.db, RECONCILED), { timeout: 10_000 }).toBeDefined()
  const seen = await readMark(store.db, RECONCILED)
  await expect.poll(open, { timeout: 15_000 }).toBe(0)
  await expect.poll(kept, { timeout: 10_000 }).toEqual(['1', 'not done'])

  expect(lists).toBe(1)
  expect((await readMark(store.db, RECONCILED))?.at).toEqual(seen?.at)
  await first.chores.ask('reconcile', [{ data: {} }])
  await expect.poll(() => lists, { timeout: 10_000 }).toBe(2)
  await Promise.all([first, second].map((queue) => queue.close(5)))
}, 60_000)
