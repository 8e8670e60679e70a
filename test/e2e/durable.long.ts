import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../src/ledger/store.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { dataFolder } from '../support/data-folder.ts'
import { startApp } from './app.ts'
import { type Ready, ready } from './scene.ts'

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

  const first = await startApp(scene.github, { folder })
  const answers = await Promise.all(
    shas.map((sha) => scene.send('pull_request', opened(sha), { to: first.url })),
  )
  await first.kill()
  scene.github.weather(() => 'ok')
  expect(answers).toEqual([202, 202, 202])
  expect(await Promise.all(shas.map(verdictOn))).toEqual([[], [], []])

  const second = await startApp(scene.github, { folder })
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
