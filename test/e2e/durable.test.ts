import { fork } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../src/ledger/store.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { dataFolder } from '../support/data-folder.ts'
import { type Ready, ready } from './scene.ts'

const APP = fileURLToPath(new URL('./app-process.ts', import.meta.url))
let scene: Ready
let folder: string
beforeAll(async () => {
  scene = await ready()
  folder = await dataFolder()
})
afterAll(async () => {
  await scene.close()
  await rm(folder, { recursive: true, force: true })
})

/** The app in a process of its own, which a test may kill. */
async function start(): Promise<{
  readonly url: string
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
}> {
  const { id, privateKey, webhookSecret } = scene.github.app
  const child = fork(APP, {
    env: {
      ...process.env,
      APP_ID: String(id),
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: webhookSecret,
      GITHUB_API_URL: scene.github.url,
      GONOGO_DATA: folder,
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'silent',
    },
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(String(message)))
    child.once('exit', (code) => reject(new Error(`the app ended with ${code}`)))
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = (signal: 'SIGKILL' | 'SIGTERM') => async () => {
    child.kill(signal)
    await ended
  }
  return { url, kill: end('SIGKILL'), stop: end('SIGTERM') }
}

async function verdictOn(sha: string): Promise<unknown> {
  const { rest } = scene.github.as('ada')
  const { owner, repo } = scene.github
  const { data } = await rest.checks.listForRef({
    owner,
    repo,
    ref: sha,
    check_name: 'go/no-go',
    filter: 'all',
  })
  return data.check_runs.map(({ conclusion }) => conclusion)
}

test('a delivery that was answered leads to its verdict, though the process is killed before, and to one run', async () => {
  const shas = await Promise.all(['killed-1', 'killed-2', 'killed-3'].map((branch) => scene.release(branch)))
  const opened = (sha: string) =>
    scene.payload({
      action: 'opened',
      number: 1,
      pull_request: { number: 1, state: 'open', head: { sha }, base: { ref: 'main' } },
    })
  // GitHub holds its answers back until the process is gone.
  scene.github.weather(() => ({ delayMs: 400 }))

  const first = await start()
  const answers = await Promise.all(
    shas.map((sha) => scene.send('pull_request', opened(sha), { to: first.url })),
  )
  await first.kill()
  scene.github.weather(() => 'ok')
  expect(answers).toEqual([202, 202, 202])
  expect(await Promise.all(shas.map(verdictOn))).toEqual([[], [], []])

  const second = await start()
  await expect
    .poll(() => Promise.all(shas.map(verdictOn)), { timeout: 60_000, interval: 200 })
    .toEqual([['success'], ['success'], ['success']])
  await second.stop()

  const store = await openStore({ folder })
  const open = await store.db.selectFrom('delivery').select('id').where('done_at', 'is', null).execute()
  const chain = await verifyChain(store.db)
  const verdicts = await store.db
    .selectFrom('ledger')
    .select('commit')
    .where('kind', '=', 'verdict')
    .execute()
  await store.close()
  expect(open).toEqual([])
  expect(chain.broken).toBeUndefined()
  expect(new Set(verdicts.map(({ commit }) => commit))).toEqual(new Set(shas))
}, 90_000)
