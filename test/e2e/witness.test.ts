import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoFile, demoWeights } from '../../src/demo/files.ts'
import type { ArtifactSeed } from '../../src/demo/stand-in/actions-types.ts'
import { CRITERIA, MANIFEST, type Ready, ready } from './scene.ts'

const TRAIN = '.github/workflows/train.yml'
const WORKFLOW = 'on: push\njobs: { train: { steps: [{ run: python train.py }] } }\n'
const { sha256 } = demoWeights(1)

let scene: Ready
let tip: string
beforeAll(async () => {
  const clock = () => new Date(scene?.github.clock.now() ?? Date.now())
  scene = await ready({
    clock,
    repos: [{ name: 'models' }, { name: 'train' }, { name: 'private', installed: false }],
  })
  const { github } = scene
  const criteria = demoFile('criteria.yml').replace(/^risk:/m, 'registration: witnessed\nrisk:')
  tip = await github.commit({
    branch: 'main',
    message: 'How to train',
    files: { [TRAIN]: WORKFLOW, [CRITERIA]: criteria },
  })
  await github.commit({
    repo: 'train',
    branch: 'main',
    message: 'How to train',
    files: { [TRAIN]: WORKFLOW },
  })
  await scene.settled()
}, 60_000)
afterAll(() => scene.close())

const weights = (digest: string = sha256): ArtifactSeed => ({
  name: 'weights',
  files: { SHA256SUMS: `${digest}  model.safetensors\n` },
})

/** A release that names its work; `training` is what the manifest says. */
async function release(
  branch: string,
  training: string,
  files: Record<string, string> = {},
): Promise<string> {
  const evidence = '[report.json, training-record.yml, { path: MODEL_CARD.md, document: model-card }]'
  const manifest = demoFile('release.yml', { version: '1.0.0', training: '0'.repeat(40), sha256, evidence })
  const sha = await scene.release(branch, {
    [MANIFEST]: manifest.replace(/^training: .*$/m, `training: ${training}`),
    ...files,
  })
  await scene.open(branch)
  return sha
}

async function shown(sha: string) {
  await scene.settled()
  return scene.run(sha)
}

test('the run that produced the weights is a witness', async () => {
  const { id } = await scene.github.actions.run({ workflow: TRAIN, sha: tip, artifacts: [weights()] })

  const sha = await release('witnessed', `{ run: ${id} }`)

  const run = await shown(sha)
  expect(run).toMatchObject({ conclusion: 'success', title: expect.stringMatching(/^go: sentiment/) })
  expect(run?.summary).toContain('tier `witnessed` is proved')
  expect(scene.github.violations).toEqual([])
})
