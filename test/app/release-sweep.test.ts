import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { floorMark } from '../../src/app/floors.ts'
import { digestOfNow } from '../../src/app/release-judging.ts'
import { sweepReleases } from '../../src/app/release-sweep.ts'
import { append, type Kind } from '../../src/ledger/chain.ts'
import { setMark } from '../../src/ledger/marks.ts'
import { type JudgedRelease, recordRelease } from '../../src/ledger/releases.ts'
import { openStore, type Store } from '../../src/ledger/store.ts'
import type { Delivery } from '../../src/ledger/taking.ts'
import type { GitHub } from '../../src/sources/github/client.ts'
import type { ShownRelease } from '../../src/sources/github/releases.ts'
import { dataFolder } from '../support/data-folder.ts'

const WHERE = { installation: 7, at: { owner: 'acme', repo: 'models', branch: 'main' } }
const NOW = '2026-03-01T12:00:00.000Z'
const TIP = 'a'.repeat(40)

let folder: string
let store: Store
beforeAll(async () => {
  folder = await dataFolder()
  store = await openStore({ folder })
})
beforeEach(async () => {
  for (const table of ['judged_release', 'ledger', 'mark'] as const)
    await store.db.deleteFrom(table).execute()
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const raw = (given: object = {}) => ({
  id: 1,
  tag_name: 'v1',
  target_commitish: 'main',
  body: 'Notes.',
  draft: false,
  prerelease: false,
  immutable: false,
  published_at: '2026-03-01T10:00:00Z',
  assets: [{ name: 'w.onnx', digest: `sha256:${'b'.repeat(64)}`, state: 'uploaded' }],
  ...given,
})
const SHOWN: ShownRelease = {
  ...{ id: 1, tag: 'v1', target: 'main', body: 'Notes.', draft: false, prerelease: false, immutable: false },
  assets: [{ name: 'w.onnx', sha256: 'b'.repeat(64) }],
}
const LEFT = digestOfNow({ shown: SHOWN, ref: TIP })

/** The releases that are asked for, where GitHub shows these and its one tag points there. */
async function swept(releases: readonly object[], tag = TIP, now = NOW): Promise<readonly number[]> {
  const rest = {
    repos: { listReleases: async () => ({ data: releases }) },
    git: { listMatchingRefs: async () => ({ data: [{ ref: 'refs/tags/v1', object: { sha: tag } }] }) },
  }
  const taken: Delivery[] = []
  const count = await sweepReleases(WHERE, {
    // The part of GitHub that a sweep asks.
    github: { rest } as unknown as GitHub,
    store,
    take: async (deliveries) => void taken.push(...deliveries),
    clock: () => new Date(now),
  })
  expect(count).toBe(taken.length)
  for (const { asked, event } of taken) {
    expect(asked).toMatchObject({ ...WHERE, task: { kind: 'release' } })
    expect(event).toBe('sweep')
  }
  return taken.map(({ key }) => Number(key.split('/').at(-1)))
}

function judged(given: Partial<JudgedRelease> = {}, at = '2026-03-01T11:00:00.000Z') {
  const one: JudgedRelease = {
    release: 1,
    published: '2026-03-01T10:00:00.000Z',
    commit: TIP,
    decision: 'go',
    asked: '{}',
    state: { ours: {}, left: LEFT },
    ...given,
  }
  return recordRelease(store.db, { repository: 'acme/models', at }, one, {})
}

const row = (kind: Kind) =>
  store.db
    .transaction()
    .execute((trx) => append(trx, [{ kind, at: NOW, repository: 'acme/models', commit: '', body: {} }]))

test.each<readonly [string, object]>([
  ['as it was left', {}],
  ['with a file that was downloaded', { assets: [{ ...raw().assets[0], download_count: 9 }] }],
  ['with other ends of lines', { body: 'Notes.' }],
])('a release %s is left alone', async (_, change) => {
  await judged()
  expect(await swept([raw(change)])).toEqual([])
})

test.each<readonly [string, object]>([
  ['with another file', { assets: [{ ...raw().assets[0], digest: `sha256:${'c'.repeat(64)}` }] }],
  ['with a file that is not whole', { assets: [{ ...raw().assets[0], state: 'open' }] }],
  ['with one more file', { assets: [raw().assets[0], { name: 'x.pt', digest: null, state: 'uploaded' }] }],
  ['with none', { assets: [] }],
  ['with other notes', { body: 'Other.' }],
  ['made a pre-release', { prerelease: true }],
  ['made a draft', { draft: true }],
  ['with another tag', { tag_name: 'v2' }],
])('a release %s is judged again', async (_, change) => {
  await judged()
  expect(await swept([raw(change)])).toEqual([1])
})

test('a tag that moved, or is gone, is judged again', async () => {
  await judged()
  expect(await swept([raw()], 'c'.repeat(40))).toEqual([1])
  expect(await swept([raw({ tag_name: 'gone' })])).toEqual([1])
})

test('what was not done is judged again after a while, and what failed at once', async () => {
  await judged({ state: { ours: {} } }, '2026-03-01T11:50:00.000Z')
  expect(await swept([raw()])).toEqual([])
  expect(await swept([raw()], TIP, '2026-03-01T12:05:01.000Z')).toEqual([1])
  await judged({ state: { ours: {}, left: LEFT, failed: true } })
  expect(await swept([raw()])).toEqual([1])
})

test('a verdict that ended is given again', async () => {
  await judged({ until: '2026-03-01T12:00:01.000Z' })
  expect(await swept([raw()])).toEqual([])
  expect(await swept([raw()], TIP, '2026-03-01T12:00:01.000Z')).toEqual([1])
})

test('what has no go is judged again when something was judged or approved since, or the floor changed', async () => {
  await judged({ decision: 'no-go' })
  await row('delivery')
  expect(await swept([raw()])).toEqual([])
  await row('verdict')
  expect(await swept([raw()])).toEqual([1])
  await judged({ decision: 'go' })
  await row('verdict')
  expect(await swept([raw()])).toEqual([])

  await judged({ decision: 'undecided' })
  expect(await swept([raw()])).toEqual([])
  await setMark(store.db, floorMark('acme'), '')
  expect(await swept([raw()])).toEqual([1])
})

test('what nobody told of is found, but nothing that was there before', async () => {
  const [old, fresh] = [
    raw({ id: 2, published_at: '2026-03-01T09:00:00Z' }),
    raw({ id: 3, published_at: '2026-03-01T11:00:00Z' }),
  ]
  expect(await swept([old, fresh])).toEqual([])
  await judged()
  expect(await swept([old, raw(), fresh, raw({ id: 4, draft: true, published_at: null })])).toEqual([3])
})
