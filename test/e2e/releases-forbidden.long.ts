import { afterAll, expect, test } from 'vitest'
import { FLAGS_RELEASES } from '../../src/demo/stand-in/seed.ts'
import { releasing } from './releasing.ts'
import { type Ready, ready } from './scene.ts'

let scene: Ready
let on: ReturnType<typeof releasing>
afterAll(() => scene.close())

test('an app that may only read flags nothing, sees no drafts, and says so on the commit', async () => {
  scene = await ready()
  on = releasing(scene)
  const low = await on.spoilt()
  const files = { 'models/sentiment/release.yml': 'gonogo: 1\n' }
  const broken = await on.commitTo('main', files)

  const draft = await scene.github.releases.draft({ tag: 'v1', target: broken, notes: 'One.' })
  expect(await on.shown(draft)).toEqual({ draft: true, prerelease: false, body: 'One.' })
  expect(on.writes(0)).not.toContain('update-release 403')
  const since = scene.github.requests.length
  await on.edit(draft, { draft: false })
  expect(await on.shown(draft)).toEqual({ draft: false, prerelease: false, body: 'One.' })
  expect(await on.status(broken)).toMatchObject({
    state: 'failure',
    description: expect.stringMatching(/^v1: undecided: .*; gonogo may not flag it$/),
  })
  const done = on.writes(since).filter((one) => one !== 'update-release 403')
  expect(done).toEqual(['create-commit-status 201'])
  expect(low).not.toBe(broken)
  expect(scene.github.violations).toEqual([])
  await scene.close()
})

test('so does one that may not write workflows, where the commit of the release changes them', async () => {
  scene = await ready({ permissions: FLAGS_RELEASES })
  on = releasing(scene)
  const sha = await on.commitTo('with-workflow', {
    '.github/workflows/a.yml': 'on: push',
    'models/sentiment/release.yml': 'gonogo: 1\n',
  })
  const id = await scene.github.releases.publish({ tag: 'v1', target: sha })
  expect(await on.shown(id)).toMatchObject({ prerelease: false })
  expect(await on.status(sha)).toMatchObject({
    state: 'failure',
    description: expect.stringContaining('gonogo may not flag it'),
  })
  expect(scene.github.violations).toEqual([])
})

test('what could not be judged is kept back, until it could', async () => {
  await scene.close()
  scene = await ready({ permissions: FLAGS_RELEASES })
  on = releasing(scene)
  const good = await on.merged('good')
  await scene.settled()
  scene.github.weather(({ path }) => (path.includes('heads%2Fmain') ? { status: 502 } : 'ok'))
  const id = await scene.github.releases.publish({ tag: 'v10', target: good, notes: 'Tenth.' })
  const shown = await on.shown(id)
  expect(shown).toMatchObject({
    prerelease: true,
    body: expect.stringContaining('> **Undecided: this release has no go.**'),
  })
  expect(shown.body).toMatch(/give whoever runs gonogo this id: `[0-9a-f-]{36}`/)
  scene.github.weather(() => 'ok')
  await on.edit(id, { name: 'Ten' })
  expect(await on.shown(id)).toEqual({ draft: false, prerelease: false, body: 'Tenth.' })
})
