import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Running } from '../../src/app/server.ts'
import { demoFile } from '../../src/demo/files.ts'
import { lastGo } from '../../src/ledger/baseline.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { dataFolder } from '../support/data-folder.ts'
import { look, quiet, rowsOf, startOther } from './other-app.ts'
import { CRITERIA, type Ready, ready } from './scene.ts'

const REPORT = 'models/sentiment/report.json'
let scene: Ready
let app: Running
let folder: string
beforeAll(async () => {
  scene = await ready()
  folder = await dataFolder()
  app = await startOther(scene, { folder })
  scene.github.deliverTo(`${app.url}/api/github/webhooks`)
}, 60_000)
afterAll(async () => {
  await scene.close()
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const at = () => ({ owner: scene.github.owner, repo: scene.github.repo })
const main = async (): Promise<string> =>
  (await scene.github.as('ada').rest.git.getRef({ ...at(), ref: 'heads/main' })).data.object.sha
const pushed = async (sha: string, force = false): Promise<void> => {
  await scene.github.as('ada').rest.git.updateRef({ ...at(), ref: 'heads/main', sha, force })
  await quiet(scene, app)
}
async function shown(sha: string) {
  await quiet(scene, app)
  return scene.run(sha)
}

test('tips are judged against the tip before their push, whoever asks, and the ledger knows which were a go', async () => {
  const first = await main()

  // Two commits in one push: the first parent of the new tip has the model already.
  const release = await scene.release('fast-forward')
  const readme = await scene.github.commit({
    branch: 'fast-forward',
    message: 'Say more',
    files: { 'NOTES.md': 'more' },
  })
  await scene.open('fast-forward')
  expect(await shown(readme)).toMatchObject({ conclusion: 'success', title: expect.stringMatching(/^go: /) })
  await pushed(readme)
  const go = await shown(readme)
  expect(go).toMatchObject({ conclusion: 'success', title: expect.stringMatching(/^go: sentiment 1\.0\.0/) })
  expect(go?.summary).toContain(
    `compared with \`${first.slice(0, 10)}\`; \`main\` was at \`${readme.slice(0, 10)}\``,
  )

  const again = await scene.send(
    'check_run',
    scene.payload({ action: 'rerequested', check_run: { head_sha: readme } }),
    { to: app.url },
  )
  expect(again).toBe(202)
  expect((await shown(readme))?.summary).toContain(`compared with \`${first.slice(0, 10)}\``)

  // Somebody pushes what misses a bound.
  const low = await scene.github.commit({
    branch: 'main',
    message: 'Other numbers',
    files: { [REPORT]: demoFile('report-low.json') },
  })
  const missed = await shown(low)
  expect(missed).toMatchObject({
    conclusion: 'failure',
    title: expect.stringMatching(/^no-go, merged without a go: sentiment 1\.0\.0 misses/),
  })
  expect(missed?.summary).toContain('**Merged without a go**: it is on `main` all the same')
  expect(missed?.summary).toContain('revert it on `main`')

  // Nobody is told of a branch that is not the default one, or of one that is gone.
  const requests = scene.github.requests.length
  await scene.github.as('ada').rest.git.createRef({ ...at(), ref: 'refs/heads/side', sha: release })
  await scene.github.as('ada').rest.git.deleteRef({ ...at(), ref: 'heads/side' })
  await quiet(scene, app)
  expect(scene.github.requests.length).toBe(requests)

  // Back again by force: what comes back is judged, though no commit of it is new.
  await pushed(readme, true)
  expect((await shown(readme))?.summary).toContain(`compared with \`${low.slice(0, 10)}\``)
  expect(await shown(readme)).toMatchObject({ conclusion: 'success' })
  await pushed(low, true)
  expect(await shown(low)).toMatchObject({ conclusion: 'failure' })

  expect(scene.github.violations).toEqual([])
  await app.close()
  await look({ folder }, async (store) => {
    const tips = await rowsOf(store, 'tip')
    expect(tips.map(({ commit }) => commit)).toEqual([readme, readme, low, readme, low])
    expect(tips[2]?.body).toMatchObject({
      after: low,
      before: readme,
      decision: 'no-go',
      models: [{ model: 'sentiment', version: '1.0.0', decision: 'no-go', identity: expect.any(String) }],
    })
    expect((await rowsOf(store, 'push')).map(({ body }) => body)).toMatchObject([
      { ref: 'refs/heads/main', before: first, after: readme, forced: false, pusher: 'ada' },
      { before: readme, after: low, forced: false },
      { before: low, after: readme, forced: true },
      { before: readme, after: low, forced: false },
    ])
    expect(await lastGo(store.db, `${at().owner}/${at().repo}`, 'sentiment')).toMatchObject({
      commit: readme,
      version: '1.0.0',
    })
    expect(await lastGo(store.db, `${at().owner}/${at().repo}`, 'other')).toBeUndefined()
    expect(await verifyChain(store.db)).not.toHaveProperty('broken')
  })
}, 60_000)

test('when criteria change on the default branch, open pull requests are judged by them', async () => {
  app = await startOther(scene, { folder })
  scene.github.deliverTo(`${app.url}/api/github/webhooks`)
  const sha = await scene.release('waiting', { [REPORT]: demoFile('report.json') })
  await scene.open('waiting')
  const before = await shown(sha)
  expect(before).toMatchObject({ conclusion: 'success' })

  const tip = await scene.github.commit({
    branch: 'main',
    message: 'Ask for more',
    files: { [CRITERIA]: demoFile('criteria.yml').replace('at_least: 0.90', 'at_least: 0.99') },
  })
  expect((await shown(tip))?.summary).toContain('### Changed criteria')

  await expect
    .poll(async () => (await shown(sha))?.conclusion, { timeout: 20_000, interval: 100 })
    .toBe('failure')
  expect((await shown(sha))?.title).toContain('misses')
}, 60_000)
