import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Running } from '../../src/app/server.ts'
import { demoFile, demoWeights } from '../../src/demo/files.ts'
import { FLAGS_RELEASES } from '../../src/demo/stand-in/seed.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { dataFolder } from '../support/data-folder.ts'
import { look, quiet, rowsOf, startOther } from './other-app.ts'
import { releasing } from './releasing.ts'
import { type Ready, ready } from './scene.ts'

const WEIGHTS = demoWeights(1).bytes
let scene: Ready
let on: ReturnType<typeof releasing>
let app: Running
let folder: string
beforeAll(async () => {
  scene = await ready({ permissions: FLAGS_RELEASES })
  on = releasing(scene)
  folder = await dataFolder()
  app = await startOther(scene, { folder })
  scene.github.deliverTo(`${app.url}/api/github/webhooks`)
})
afterAll(async () => {
  await app.close()
  await scene.close()
  await rm(folder, { recursive: true, force: true })
})

/** The app is started again, and does at once what it does every hour. */
async function hourly(more: object = {}) {
  await quiet(scene, app)
  await app.close()
  app = await startOther(scene, { folder }, { unasked: true, ...more })
  scene.github.deliverTo(`${app.url}/api/github/webhooks`)
}

async function becomes(id: number, prerelease: boolean): Promise<string> {
  await expect
    .poll(async () => (await on.shown(id)).prerelease, { timeout: 25_000, interval: 50 })
    .toBe(prerelease)
  await quiet(scene, app)
  return (await on.shown(id)).body
}

test('a replaced file and a moved tag, of which no event tells, are found by the sweep', async () => {
  const good = await on.merged('good')
  const assets = { 'model.safetensors': WEIGHTS }
  const swapped = await scene.github.releases.publish({ tag: 'v1', target: good, assets })
  const moved = await scene.github.releases.publish({ tag: 'v2', target: good, assets })
  const same = await scene.github.releases.publish({ tag: 'v3', target: good, assets, notes: 'Same.' })
  const flagged = await scene.github.releases.publish({ tag: 'v4', target: await on.spoilt(), notes: 'Low.' })
  await quiet(scene, app)
  expect(await on.shown(swapped)).toMatchObject({ prerelease: false })
  expect(await on.shown(flagged)).toMatchObject({ prerelease: true })
  const low = (await on.rest.git.getRef({ ...on.at, ref: 'heads/main' })).data.object.sha

  scene.github.releases.attach(swapped, 'model.safetensors', demoWeights(2).bytes)
  await on.moveTag('v2', low)
  const since = scene.github.requests.length
  await hourly()
  expect(await becomes(swapped, true)).toContain('it was `sha256:')
  expect(await becomes(moved, true)).toContain(`the tag \`v2\` pointed at \`${good.slice(0, 10)}\``)
  // What is as it was left costs the list of releases and the list of tags, and nothing is written.
  expect(await on.shown(same)).toEqual({ draft: false, prerelease: false, body: 'Same.' })
  const asked = scene.github.requests.slice(since).map(({ path }) => path)
  expect(asked.filter((path) => path.includes(`/releases/${same}`))).toEqual([])
  expect(asked.filter((path) => path.includes('/releases?'))).toHaveLength(1)
  expect(on.writes(since).filter((one) => one.startsWith('update'))).toHaveLength(2)

  // Nothing changed: nothing is judged again, and nobody's file is read.
  const quietly = scene.github.requests.length
  await hourly()
  await expect
    .poll(() => scene.github.requests.slice(quietly).some(({ path }) => path.includes('/matching-refs/')), {
      timeout: 25_000,
      interval: 50,
    })
    .toBe(true)
  await quiet(scene, app)
  expect(on.writes(quietly)).toEqual([])

  // What nobody told of, and a release whose verdict became another one when something was judged since.
  scene.github.deliverTo(null)
  const missed = await scene.github.releases.publish({ tag: 'v5', target: low })
  await on.commitTo('main', { 'models/sentiment/report.json': demoFile('report.json') })
  await hourly()
  await becomes(missed, true)

  expect(scene.github.violations).toEqual([])
  await app.close()
  await look({ folder }, async (store) => {
    const rows = (await rowsOf(store, 'release')).map(({ body }) => body)
    expect(rows).toContainEqual(
      expect.objectContaining({
        release: expect.objectContaining({ id: flagged, tag: 'v4' }),
        commit: expect.objectContaining({ by: 'tag', name: 'v4' }),
        decision: 'no-go',
        reasons: [{ code: 'model_not_go', model: 'sentiment', decision: 'no-go' }],
        act: { kind: 'flag' },
        facts: expect.objectContaining({ gonogo: 1 }),
      }),
    )
    expect(await verifyChain(store.db)).not.toHaveProperty('broken')
  })
  app = await startOther(scene, { folder })
})
