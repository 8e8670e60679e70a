import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { demoWeights } from '../../src/demo/files.ts'
import { FLAGS_RELEASES } from '../../src/demo/stand-in/seed.ts'
import { withoutNotice } from '../../src/render/release-notice.ts'
import { releasing } from './releasing.ts'
import { type Ready, ready } from './scene.ts'

const WEIGHTS = demoWeights(1).bytes
const OTHER = demoWeights(2).bytes

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

const NO_GO = '> **No-go: this release failed its criteria.**'
const UNDECIDED = '> **Undecided: this release has no go.**'

test('a release with a go is left alone; one without is a pre-release that is not the latest, and says why', async () => {
  const id = await scene.github.releases.publish({
    tag: 'v1',
    target: good,
    notes: 'First.',
    assets: { 'model.safetensors': WEIGHTS, 'README.txt': Buffer.from('hello') },
  })
  expect(await on.shown(id)).toEqual({ draft: false, prerelease: false, body: 'First.' })
  expect(await on.latest()).toBe(id)
  expect(await on.status(good)).toEqual({ state: 'success', description: 'v1: go: sentiment 1.0.0' })

  const since = scene.github.requests.length
  const draft = await scene.github.releases.draft({ tag: 'v2', target: low, notes: 'Second.' })
  const preview = await on.shown(draft)
  expect(preview).toMatchObject({ draft: true, prerelease: false })
  expect(preview.body).toContain(NO_GO)
  expect(preview.body).toContain('this is a draft')
  expect(await on.status(low)).toBeUndefined()
  expect(on.writes(since)).toEqual(['update-release 200'])

  await on.edit(draft, { draft: false })
  const flagged = await on.shown(draft)
  expect(flagged).toMatchObject({ draft: false, prerelease: true })
  expect(flagged.body).toContain(NO_GO)
  expect(flagged.body).toContain('`accuracy`: improve the model and evaluate it again')
  expect(flagged.body).toContain('gonogo made it a pre-release')
  expect(withoutNotice(flagged.body)).toBe('Second.')
  expect(await on.latest()).toBe(id)
  expect(await on.status(low)).toMatchObject({
    state: 'failure',
    description: expect.stringMatching(/^v2: no-go: sentiment 1\.0\.0 is no-go by accuracy/),
  })
  // Two deliveries of the publication, and two more of the app's own change, came to one change.
  expect(on.writes(since)).toEqual(['update-release 200', 'update-release 200', 'create-commit-status 201'])

  // Of its own change it looks at the release and its tag; a person's event judges again, and writes nothing.
  const heard = async (type: string) => {
    const from = scene.github.requests.length
    const event = scene.payload({ action: 'edited', release: { id: draft } })
    await scene.send('release', { ...event, sender: { login: 'x', type } })
    await scene.settled()
    expect(on.writes(from)).toEqual([])
    return scene.github.requests.slice(from).map(({ operation }) => operation)
  }
  expect(await heard('Bot')).toEqual(['repos/get-release', 'git/get-ref'])
  expect((await heard('User')).length).toBeGreaterThan(2)

  // The tag is moved to what has a go: what was flagged is put back, and the move is told.
  await on.moveTag('v2', good)
  await on.edit(draft, { name: 'Two' })
  const moved = await on.shown(draft)
  expect(moved).toMatchObject({ prerelease: false })
  expect(moved.body).toContain(`the tag \`v2\` pointed at \`${low.slice(0, 10)}\``)
  expect(await on.latest()).toBe(draft)
  // Its model is that of the first release, to the byte, and it carries none: there is nothing to say of it.
  expect(await on.status(good)).toEqual({ state: 'success', description: 'v1: go: sentiment 1.0.0' })
})

test('files must be what was judged, byte for byte, whenever they are attached', async () => {
  const assets = { 'model.safetensors': WEIGHTS }
  const id = await scene.github.releases.publish({ tag: 'v3', target: good, notes: 'Third.', assets })
  expect(await on.shown(id)).toEqual({ draft: false, prerelease: false, body: 'Third.' })
  const { attach, detach } = scene.github.releases

  attach(id, 'model.safetensors', OTHER)
  await on.edit(id, { name: 'swapped' })
  const swapped = await on.shown(id)
  expect(swapped).toMatchObject({ prerelease: true })
  expect(swapped.body).toContain('which no judged manifest names; it was `sha256:')
  expect(await on.status(good)).toMatchObject({ state: 'failure' })
  // Another release of the same commit has a go; the commit is not said to have nothing but that.
  const other = await scene.github.releases.publish({ tag: 'v3-again', target: good, assets })
  expect(await on.shown(other)).toMatchObject({ prerelease: false })
  expect(await on.status(good)).toEqual({
    state: 'failure',
    description: expect.stringMatching(/^v3: no-go/),
  })

  attach(id, 'model.safetensors', WEIGHTS)
  await on.edit(id, { name: 'mended' })
  expect(await on.shown(id)).toEqual({ draft: false, prerelease: false, body: 'Third.' })
  expect(await on.status(good)).toMatchObject({ state: 'success' })

  attach(id, 'more.onnx.gz', OTHER)
  await on.edit(id, { name: 'a second one' })
  expect(await on.shown(id)).toMatchObject({
    prerelease: true,
    body: expect.stringContaining('`more.onnx.gz`'),
  })
  detach(id, 'more.onnx.gz')
  attach(id, 'model.safetensors', WEIGHTS, { digest: null })
  await on.edit(id, { name: 'no digest' })
  expect(await on.shown(id)).toMatchObject({ prerelease: true, body: expect.stringContaining(UNDECIDED) })
})

test('what a person did stays his, and what stands between our marks is ours', async () => {
  const id = await scene.github.releases.publish({
    tag: 'v4',
    target: low,
    notes: 'Fourth.',
    prerelease: true,
  })
  const shown = await on.shown(id)
  expect(shown.body).toContain('it stays the pre-release that it is')
  const forged = shown.body.replace(/> \*\*No-go[\s\S]*\n<!--/, '> **Go: everything is fine.**\n<!--')
  expect(forged).not.toBe(shown.body)
  // As a browser sends it.
  await on.edit(id, { body: `${forged.replaceAll('\n', '\r\n')} And more.` })
  const again = await on.shown(id)
  expect(again.body).toContain(NO_GO)
  expect(again.body).not.toContain('everything is fine')
  expect(withoutNotice(again.body)).toBe('Fourth. And more.')

  // A flag that somebody takes off comes back, and with a go the pre-release of its author stays one.
  await on.edit(id, { prerelease: false })
  expect(await on.shown(id)).toMatchObject({ prerelease: true })
  const own = await scene.github.releases.publish({ tag: 'v5', target: low, prerelease: true })
  await on.shown(own)
  await on.moveTag('v5', good)
  await on.edit(own, { name: 'Five' })
  expect(await on.shown(own)).toMatchObject({ prerelease: true, body: expect.not.stringContaining(NO_GO) })
})

test('only what was merged is released: not the head of a pull request, and no commit of a fork', async () => {
  const head = await scene.release('never-merged', { 'models/sentiment/NOTES.md': 'x' })
  const id = await scene.github.releases.publish({ tag: 'v6', target: head })
  expect(await on.shown(id)).toMatchObject({
    prerelease: true,
    body: expect.stringContaining('is not on `main`'),
  })
  expect(await on.status(head)).toMatchObject({ state: 'failure' })

  const alien = await scene.github.commitToFork({
    message: 'A fork',
    from: good,
    files: { 'models/sentiment/NOTES.md': 'x' },
  })
  const forked = await scene.github.releases.publish({ tag: 'v7', target: alien })
  expect(await on.shown(forked)).toMatchObject({
    prerelease: true,
    body: expect.stringContaining('is not on `main`'),
  })
})

test('an annotated tag is followed to its commit, and one that is gone leads nowhere', async () => {
  const assets = { 'model.safetensors': WEIGHTS }
  const { data } = await on.rest.git.createTag({
    ...on.at,
    tag: 'v15',
    message: 'A tag',
    object: good,
    type: 'commit',
  })
  await on.rest.git.createRef({ ...on.at, ref: 'refs/tags/v15', sha: data.sha })
  const id = await scene.github.releases.publish({ tag: 'v15', target: low, assets })
  expect(await on.shown(id)).toEqual({ draft: false, prerelease: false, body: '' })

  await on.rest.git.deleteRef({ ...on.at, ref: 'tags/v15' })
  await on.edit(id, { name: 'Fifteen', target_commitish: good })
  expect(await on.shown(id)).toMatchObject({
    prerelease: true,
    body: expect.stringContaining('the tag `v15` leads to no commit'),
  })
})

test('what a workflow releases is judged like what a person does', async () => {
  const by = 'github-actions[bot]'
  const id = await scene.github.releases.publish({ tag: 'v13', target: low, by })
  expect(await on.shown(id)).toMatchObject({ prerelease: true })
  const { rest } = scene.github.as(by)
  await rest.repos.updateRelease({ ...on.at, release_id: id, prerelease: false })
  expect(await on.shown(id)).toMatchObject({ prerelease: true })
})

test('nothing in a tag or in notes gets out of the notice, and long notes stay whole', async () => {
  const tag = 'v8-@ada-<b>-`x`-<!--'
  const id = await scene.github.releases.publish({ tag, target: low, notes: 'Hello @ada <b>.' })
  const { body } = await on.shown(id)
  const notice = body.slice(0, body.indexOf('Hello'))
  expect(notice).toContain(NO_GO)
  expect(notice).not.toMatch(/@ada|<b>/)
  expect(notice.match(/<!--/g)).toHaveLength(2)
  expect(withoutNotice(body)).toBe('Hello @ada <b>.')

  const long = 'x'.repeat(124_400)
  const short = await scene.github.releases.publish({ tag: 'v9', target: low, notes: long })
  expect(await on.shown(short)).toMatchObject({
    prerelease: true,
    body: expect.stringContaining('Here is no room'),
  })
  const full = 'x'.repeat(125_000)
  await on.edit(short, { body: full })
  expect(await on.shown(short)).toEqual({ draft: false, prerelease: true, body: full })
})
