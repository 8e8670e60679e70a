import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { demoWeights } from '../../src/demo/files.ts'
import { FLAGS_RELEASES } from '../../src/demo/stand-in/seed.ts'
import { releasing } from './releasing.ts'
import { type Ready, ready } from './scene.ts'

const WEIGHTS = demoWeights(1).bytes

let scene: Ready
let on: ReturnType<typeof releasing>
/** Commits of the default branch: the model has a go, then it has none. */
let good: string
let low: string
beforeAll(async () => {
  scene = await ready({ permissions: FLAGS_RELEASES, repos: [{ name: 'models' }, { name: '.github' }] })
  on = releasing(scene)
  good = await on.merged('good')
  low = await on.spoilt()
  await scene.settled()
})
afterAll(() => scene.close())
afterEach(() => {
  scene.github.weather(() => 'ok')
  expect(scene.github.violations).toEqual([])
})

test('what changes while it is judged is judged again before anything is done to it', async () => {
  const assets = { 'model.safetensors': WEIGHTS }
  const id = await scene.github.releases.publish({ tag: 'v40', target: low, notes: 'Forty.', assets })
  await on.shown(id)
  await on.moveTag('v40', good)
  let edits = 0
  const lifted: unknown[] = []
  scene.github.weather(({ operation, path, body }) => {
    if (operation === 'repos/update-release' && JSON.stringify(body).includes('"prerelease":false'))
      lifted.push(body)
    // The tag is looked at after the release was read, and before it is changed.
    if (operation === 'git/get-ref' && path.includes('v40') && edits === 0) {
      edits += 1
      scene.github.releases.attach(id, 'model.safetensors', demoWeights(2).bytes)
    }
    return 'ok'
  })
  await on.edit(id, { name: 'Forty' })
  expect(edits).toBe(1)
  expect(lifted).toEqual([])
  expect(await on.shown(id)).toMatchObject({
    prerelease: true,
    body: expect.stringContaining('which no judged manifest names'),
  })
})

test('an immutable release is flagged as far as GitHub lets it', async () => {
  const id = await scene.github.releases.publish({ tag: 'v11', target: low, immutable: true })
  expect(await on.shown(id)).toMatchObject({ draft: false, prerelease: true })

  scene.github.weather(({ operation, body }) =>
    operation === 'repos/update-release' && JSON.stringify(body).includes('"prerelease"')
      ? { status: 422 }
      : 'ok',
  )
  const stuck = await scene.github.releases.publish({ tag: 'v12', target: low, immutable: true })
  expect(await on.shown(stuck)).toMatchObject({
    prerelease: false,
    body: expect.stringContaining('GitHub did not let gonogo make it a pre-release'),
  })
  expect(await on.status(low)).toMatchObject({ description: expect.stringContaining('may not flag it') })
})

test('a release that changes and carries no model is none of our business; one that carries a model is', async () => {
  // From here on the last release with a go is of the commit before.
  const fixed = await scene.release('fixed', { 'NOTES.md': 'fixed' })
  await on.rest.git.updateRef({ ...on.at, ref: 'heads/main', sha: fixed, force: true })
  await scene.settled()
  scene.github.clock.set(new Date(Date.now() + 5_000).toISOString())
  const before = await scene.github.releases.publish({ tag: 'v20', target: fixed })
  expect(await on.shown(before)).toMatchObject({ prerelease: false })
  scene.github.clock.set(new Date(Date.now() + 10_000).toISOString())
  const words = await on.commitTo('main', { 'docs.md': 'words' })
  await scene.settled()

  const since = scene.github.requests.length
  const id = await scene.github.releases.publish({ tag: 'v21', target: words, notes: 'Words.' })
  expect(await on.shown(id)).toEqual({ draft: false, prerelease: false, body: 'Words.' })
  expect(on.writes(since)).toEqual([])
  expect(await on.status(words)).toBeUndefined()

  scene.github.releases.attach(id, 'weights.bin', WEIGHTS)
  await on.edit(id, { name: 'carries' })
  expect(await on.status(words)).toEqual({ state: 'success', description: 'v21: go: sentiment 1.0.0' })

  const uncovered = await on.commitTo('main', { 'else/other.onnx': 'weights', 'NOTES.md': null })
  const last = await on.commitTo('main', { 'docs.md': 'more words' })
  await scene.settled()
  scene.github.clock.set(new Date(Date.now() + 15_000).toISOString())
  const smuggled = await scene.github.releases.publish({ tag: 'v22', target: last })
  expect(await on.shown(smuggled)).toMatchObject({
    prerelease: true,
    body: expect.stringContaining('no manifest covers this model file'),
  })
  expect(uncovered).not.toBe(last)
  scene.github.clock.set(null)
})

test('the floor may let releases come from other branches, have those without a go taken back to a draft, or only observed', async () => {
  const floor = async (text: string) => {
    const files = { '.gonogo/floor.yml': `gonogo: 1\n${text}` }
    await scene.github.commit({ repo: '.github', branch: 'main', message: 'Floor', files })
    await scene.settled()
  }
  // A release may come from the branches that it lists, and from no other.
  await floor('deploy: { from: ["release/*"] }\n')
  const notes = { 'models/sentiment/NOTES.md': 'from a branch' }
  const listed = await scene.release('release/1', notes)
  const from = await scene.github.releases.publish({ tag: 'v28', target: listed })
  const shownFrom = await on.shown(from)
  expect(shownFrom.prerelease, shownFrom.body).toBe(false)
  const deeper = await scene.release('release/2/x', { ...notes, 'models/sentiment/MORE.md': 'x' })
  const unlisted = await scene.github.releases.publish({ tag: 'v29', target: deeper })
  expect(await on.shown(unlisted)).toMatchObject({ prerelease: true })

  await floor('releases: { without_go: draft }\n')
  const id = await scene.github.releases.publish({ tag: 'v30', target: low, notes: 'Thirty.' })
  const drafted = await on.shown(id)
  expect(drafted).toMatchObject({ draft: true, prerelease: false })
  expect(drafted.body).toContain('gonogo took it back to a draft')
  const immutable = await scene.github.releases.publish({ tag: 'v31', target: low, immutable: true })
  expect(await on.shown(immutable)).toMatchObject({ draft: false, prerelease: true })

  await floor('enforcement: observe\n')
  const since = scene.github.requests.length
  const observed = await scene.github.releases.publish({ tag: 'v32', target: low, notes: 'Observed.' })
  expect(await on.shown(observed)).toEqual({ draft: false, prerelease: false, body: 'Observed.' })
  expect(on.writes(since)).toEqual([])
})
