import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoWeights } from '../../src/demo/files.ts'
import { FLAGS_RELEASES } from '../../src/demo/stand-in/seed.ts'
import { type Ready, ready } from './scene.ts'

const VALIDATE = '.github/workflows/validate.yml'
const AT = { owner: 'acme', repo: 'models' }
const CRITERIA = '.gonogo/criteria/credit.yml'
const DAY = 24 * 60

const criteria = (bound: string) => `gonogo: 1
model: credit
risk: low
approach: build
trust: produced
environments: [production]
criteria:
  - { id: accuracy, control: performance, check: metric, metric: accuracy, at_least: ${bound} }
`

let scene: Ready
beforeAll(async () => {
  scene = await ready({ permissions: FLAGS_RELEASES })
  const workflow = 'on: push\njobs: { validate: { steps: [{ run: python validate.py }] } }\n'
  const files = { [CRITERIA]: criteria('0.90'), [VALIDATE]: workflow }
  await scene.github.commit({ branch: 'main', message: 'Criteria', files })
  await scene.settled()
}, 60_000)
afterAll(() => scene.close())

const rest = () => scene.github.as('ada').rest

/** A pull request that a run validates; the artifact that holds the result is gone soon after. */
async function proposed(
  version: string,
  seed: number,
): Promise<{ readonly sha: string; readonly pull: number }> {
  const training = (await rest().git.getRef({ ...AT, ref: 'heads/main' })).data.object.sha
  const manifest = `gonogo: 1
model: credit
version: ${version}
weights: [{ uri: "s3://acme/credit", sha256: ${demoWeights(seed).sha256} }]
training: { commit: ${training} }
evidence: [{ artifact: validation, file: metrics.json, workflow: ${VALIDATE} }]
`
  const sha = await scene.github.commit({
    branch: `credit-${version}`,
    from: 'main',
    message: `Release credit ${version}`,
    by: 'grace',
    files: { 'models/credit/release.yml': manifest },
  })
  const pull = await scene.open(`credit-${version}`)
  const files = { 'metrics.json': JSON.stringify({ accuracy: 0.93 }) }
  const { id, artifacts } = await scene.github.actions.run({
    ...{ workflow: VALIDATE, event: 'push', sha },
    artifacts: [{ name: 'validation', files }],
  })
  expect(await scene.run(sha)).toMatchObject({ conclusion: 'success' })
  for (const artifact of artifacts) scene.github.actions.expireArtifact(artifact)
  scene.github.actions.deleteRun(id)
  return { sha, pull }
}

async function published(tag: string, target: string, seed: number) {
  const assets = { 'model.safetensors': demoWeights(seed).bytes }
  const release_id = await scene.github.releases.publish({ tag, target, assets })
  await scene.settled()
  return (await rest().repos.getRelease({ ...AT, release_id })).data
}

async function deployed(sha: string) {
  const run = await scene.github.deployments.request({ environment: 'production', sha })
  await scene.settled()
  return scene.github.deployments.answerOf(run, 'production')
}

test('a pull request, squash merge, merge group, tag, release, deployment and rollback rest on one artifact that is gone', async () => {
  const first = await proposed('1.0.0', 31)
  const squashed = (await rest().pulls.merge({ ...AT, pull_number: first.pull, merge_method: 'squash' })).data
    .sha
  await scene.settled()
  expect(await scene.run(squashed)).toMatchObject({ conclusion: 'success' })

  const second = await proposed('1.1.0', 32)
  const group = await scene.github.queue.enter([second.pull])
  expect(await scene.run(group)).toMatchObject({ conclusion: 'success' })
  expect(await scene.github.queue.leave(group)).toBe('merged')
  await scene.settled()

  expect(await published('credit-1.0.0', squashed, 31)).toMatchObject({ prerelease: false })
  expect(await published('credit-1.1.0', group, 32)).toMatchObject({ prerelease: false })
  // The weights of one version under the tag of the other are no release of it.
  expect(await published('credit-1.0.0-b', squashed, 32)).toMatchObject({ prerelease: true })

  expect(await deployed(squashed)).toMatchObject({ state: 'approved' })
  expect(await deployed(group)).toMatchObject({ state: 'approved' })

  await scene.pass(10 * DAY)
  await scene.github.commit({
    branch: 'main',
    message: 'Ask for more',
    files: { [CRITERIA]: criteria('0.95') },
  })
  await scene.settled()
  const back = await deployed(squashed)
  expect(back).toMatchObject({ state: 'approved', comment: expect.stringContaining('rollback') })
  await scene.pass(40 * DAY)
  expect(await deployed(group)).toMatchObject({ state: 'rejected' })
  expect(scene.github.violations).toEqual([])
}, 60_000)
