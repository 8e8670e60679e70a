import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type GatesOptions, gateSeen, lookAt, looksDue, watchFor } from '../../src/app/gates.ts'
import { keepLook, lastLook } from '../../src/ledger/gates.ts'
import { openStore, type Store } from '../../src/ledger/store.ts'
import type { GitHub } from '../../src/sources/github/client.ts'
import { aVerdict } from '../support/build.ts'
import { dataFolder } from '../support/data-folder.ts'

const HOUR = 60 * 60 * 1000
const gate = { installation: 7, owner: 'acme', repo: 'models' }
const asked = { installation: 7, target: { owner: 'acme', repo: 'models', branch: 'main', commit: 'a' } }
const FOUND = JSON.stringify({ branch: 'main', gaps: [['not required on ', { quote: 'main' }], ['else']] })
let folder: string
let store: Store
let now = Date.UTC(2026, 2, 1)
const clock = () => new Date(now)
beforeAll(async () => {
  folder = await dataFolder()
  store = await openStore({ folder })
})
beforeEach(async () => {
  await store.db.deleteFrom('gate').execute()
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

/** GitHub that must not be asked, or fails as it is told to. */
function github(error: object = new Error('asked')): GatesOptions {
  const failing = { rest: { apps: { getRepoInstallation: () => Promise.reject(error) } } }
  const client = failing as unknown as GitHub
  return { appId: 4242, store, clock, as: async () => client, asApp: async () => client }
}

test('only what judged or proposed anything has a gate', async () => {
  await watchFor({ store }, asked, aVerdict({ models: [], proposals: [], problems: [] }))
  expect(await looksDue({ store, clock })).toEqual([])

  await watchFor({ store }, asked, aVerdict())
  expect(await looksDue({ store, clock })).toEqual([{ data: gate, key: 'acme/models' }])
})

test('a gate is looked at once a day', async () => {
  await watchFor({ store }, asked, aVerdict())
  await keepLook(store.db, gate, { at: clock(), found: FOUND })
  now += 22 * HOUR

  expect(await looksDue({ store, clock })).toEqual([])
  // A job that waited while another replica looked asks GitHub nothing.
  expect(await lookAt(gate, github())).toBeUndefined()
  now += 2 * HOUR
  expect(await looksDue({ store, clock })).toHaveLength(1)
  await expect(lookAt(gate, github())).rejects.toThrow('asked')
})

test('where the app is not installed, what was found is forgotten; an outage leaves it', async () => {
  await watchFor({ store }, asked, aVerdict())
  await keepLook(store.db, gate, { at: new Date(now - 48 * HOUR), found: FOUND })

  await expect(lookAt(gate, github({ status: 502 }))).rejects.toMatchObject({ status: 502 })
  expect(await lastLook(store.db, gate)).toBeDefined()
  expect(await lookAt(gate, github({ status: 404 }))).toBeUndefined()
  expect(await lastLook(store.db, gate)).toBeUndefined()
})

test.each([
  ['gaps', FOUND, 2],
  ['none', JSON.stringify({ branch: 'main', gaps: [] }), undefined],
  ['what another version wrote', '{"gaps":["x"]}', undefined],
  ['what is no JSON', '{', undefined],
])('what is said of %s', async (_, found, expected) => {
  await watchFor({ store }, asked, aVerdict())
  await keepLook(store.db, gate, { at: clock(), found })

  const seen = await gateSeen({ store }, { owner: 'Acme', repo: 'models' })
  expect(seen?.gaps.length).toBe(expected)
})
