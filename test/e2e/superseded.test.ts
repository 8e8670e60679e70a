import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFloors } from '../../src/app/floors.ts'
import { createMetrics } from '../../src/app/metrics.ts'
import { NO_TRACES } from '../../src/app/traces.ts'
import { createWorkers } from '../../src/app/workers.ts'
import { openStore, type Store } from '../../src/ledger/store.ts'
import { asInstallation } from '../demo/app-client.ts'
import { dataFolder } from '../support/data-folder.ts'
import { type Ready, ready, SILENT } from './scene.ts'

const idle = { work: async () => ({}), giveUp: async () => undefined }

let scene: Ready
let folder: string
let store: Store
beforeAll(async () => {
  scene = await ready()
  folder = await dataFolder()
  store = await openStore({ folder })
})
afterAll(async () => {
  await store.close()
  await scene.close()
  await rm(folder, { recursive: true, force: true })
})

test.each([
  ['that still counts publishes', true, 1],
  ['that another one has taken over publishes nothing', false, 0],
])('an attempt %s', async (_, counts, runs) => {
  const { github } = scene
  const client = await asInstallation(github)
  const workers = createWorkers({
    appId: github.app.id,
    engine: 'test',
    store,
    log: SILENT,
    metrics: createMetrics(),
    traces: NO_TRACES,
    clock: () => new Date(),
    as: async () => client,
    asApp: async () => client,
    keys: [],
    floors: openFloors({ db: store.db, required: false, clock: () => new Date() }),
    tasks: { command: idle, deployment: idle, release: idle, review: idle },
    follow: async () => undefined,
  })
  const sha = await scene.release(`superseded-${counts}`)
  const target = { owner: github.owner, repo: github.repo, branch: 'main', commit: sha }

  const result = await workers
    .work({
      key: 'k',
      asked: JSON.stringify({ installation: github.app.installationId, target }),
      delivery: 'd',
      retries: 0,
      current: async () => counts,
    })
    .catch((error: unknown) => error)

  expect(await scene.runs(sha)).toBe(runs)
  expect(result instanceof Error).toBe(!counts)
})
