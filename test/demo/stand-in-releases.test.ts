import { afterEach, beforeEach, expect, test } from 'vitest'
import { PERMISSIONS } from '../../src/demo/stand-in/seed.ts'
import { type StandIn, startStandIn } from '../../src/demo/stand-in.ts'
import { asInstallation, refusal } from './app-client.ts'

const BYTES = Buffer.from('weights')
let github: StandIn
beforeEach(async () => {
  github = await startStandIn()
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

const at = () => ({ owner: github.owner, repo: github.repo })
const rest = () => github.as('ada').rest
const heard = () => github.deliveries.map(({ event, action }) => `${event} ${action ?? ''}`.trim())

test('publishing a draft makes its tag, and several deliveries', async () => {
  const id = await github.releases.publish({ tag: 'v1', notes: 'One.', assets: { 'a.onnx': BYTES } })

  expect(heard()).toEqual(['release created', 'create', 'push', 'release published', 'release released'])
  const { data } = await rest().repos.getRelease({ ...at(), release_id: id })
  expect(data).toMatchObject({ tag_name: 'v1', draft: false, body: 'One.', immutable: false })
  expect(data.assets[0]?.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  const main = (await rest().git.getRef({ ...at(), ref: 'heads/main' })).data.object.sha
  expect((await rest().git.getRef({ ...at(), ref: 'tags/v1' })).data.object.sha).toBe(main)
  const tags = await rest().git.listMatchingRefs({ ...at(), ref: 'tags' })
  expect(tags.data.map(({ ref }) => ref)).toEqual(['refs/tags/v1'])
  expect(await refusal(github.releases.publish({ tag: 'v1' }))).toMatch(/^422 /)
  expect(await refusal(github.releases.publish({ tag: 'v2', target: 'nowhere' }))).toMatch(/^422 /)
})

test('nobody hears of files, and everybody of what else is changed', async () => {
  const id = await github.releases.publish({ tag: 'v1', prerelease: true })
  expect(heard().at(-1)).toBe('release prereleased')
  const since = heard().length
  github.releases.attach(id, 'a.onnx', BYTES)
  github.releases.attach(id, 'a.onnx', Buffer.from('other'), { digest: null })
  const { data } = await rest().repos.listReleaseAssets({ ...at(), release_id: id })
  expect(data.map(({ name, digest }) => ({ name, digest }))).toEqual([{ name: 'a.onnx', digest: null }])
  github.releases.detach(id, 'a.onnx')
  expect(heard()).toHaveLength(since)

  const edit = (change: object) => rest().repos.updateRelease({ ...at(), release_id: id, ...change })
  await edit({ body: 'Other.' })
  await edit({ prerelease: false })
  await edit({ draft: true })
  await rest().repos.deleteRelease({ ...at(), release_id: id })
  expect(heard().slice(since)).toEqual([
    'release edited',
    'release released',
    'release unpublished',
    'release deleted',
  ])
  expect(await refusal(rest().repos.getRelease({ ...at(), release_id: id }))).toMatch(/^404 /)
})

test('one is the latest, and never a pre-release', async () => {
  expect(await refusal(rest().repos.getLatestRelease(at()))).toMatch(/^404 /)
  const one = await github.releases.publish({ tag: 'v1' })
  const two = await github.releases.publish({ tag: 'v2' })
  const latest = async () => (await rest().repos.getLatestRelease(at())).data.id
  const edit = (id: number, change: object) =>
    rest().repos.updateRelease({ ...at(), release_id: id, ...change })
  expect(await latest()).toBe(two)
  await edit(two, { prerelease: true, make_latest: 'false' })
  expect(await latest()).toBe(one)
  expect(await refusal(edit(two, { make_latest: 'true' }))).toMatch(/^422 /)
  await edit(two, { prerelease: false, make_latest: 'legacy' })
  expect(await latest()).toBe(two)
  await edit(one, { make_latest: 'true' })
  expect(await latest()).toBe(one)
})

test('an immutable release keeps its files, its tag and its state, and no notes are too long', async () => {
  const id = await github.releases.publish({ tag: 'v1', immutable: true })
  const edit = (change: object) => rest().repos.updateRelease({ ...at(), release_id: id, ...change })

  expect(await refusal(edit({ draft: true }))).toBe('422 state cannot be changed when release is immutable')
  expect(await refusal(edit({ tag_name: 'v2' }))).toMatch(/^422 /)
  expect(() => github.releases.attach(id, 'a.onnx', BYTES)).toThrow('immutable')
  await edit({ body: 'Notes', prerelease: true })
  expect(await refusal(edit({ body: 'x'.repeat(125_001) }))).toMatch(/^422 /)
})

test('an app that reads sees no draft and changes nothing; one that writes does, but for workflows', async () => {
  const id = await github.releases.draft({ tag: 'v1' })
  const reader = (await asInstallation(github)).rest
  const denied = '403 Resource not accessible by integration'
  expect(await refusal(reader.repos.getRelease({ ...at(), release_id: id }))).toBe(denied)
  expect((await reader.repos.listReleases(at())).data).toEqual([])
  expect(await refusal(reader.repos.updateRelease({ ...at(), release_id: id, body: 'x' }))).toBe(denied)
  await github.close()

  github = await startStandIn({ app: { permissions: { ...PERMISSIONS, contents: 'write' } } })
  const writer = (await asInstallation(github)).rest
  const own = await github.releases.draft({ tag: 'v1' })
  expect((await writer.repos.listReleases(at())).data.map((one) => one.id)).toEqual([own])
  await writer.repos.updateRelease({ ...at(), release_id: own, body: 'x' })
  expect(github.deliveries.at(-1)?.payload).toMatchObject({ sender: { login: 'gonogo[bot]', type: 'Bot' } })
  const files = { '.github/workflows/a.yml': 'on: push' }
  const sha = await github.commit({ branch: 'side', message: 'Workflow', files })
  const other = await github.releases.publish({ tag: 'v2', target: sha })
  expect(await refusal(writer.repos.updateRelease({ ...at(), release_id: other, body: 'x' }))).toBe(denied)
})
