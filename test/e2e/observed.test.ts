import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ArtifactSeed } from '../../src/demo/stand-in/actions-types.ts'
import { aRecordText } from '../support/records.ts'
import { type Ready, ready } from './scene.ts'

const TRAIN = '.github/workflows/train.yml'
const AT = { owner: 'acme', repo: 'models' }
const SHA = '9f86d081'.repeat(8)
const CHECKOUT = `actions/checkout@${'a'.repeat(40)}`

let now = Math.floor(Date.now() / 1000) * 1000
const dayIn = (days: number) => new Date(now + days * 86_400_000).toISOString().slice(0, 10)
const [TODAY, LATER] = [dayIn(0), dayIn(300)]

/** A workflow with nothing against it: only writers start it, it may only read, and what it runs is pinned. */
function workflow(on = 'workflow_dispatch', permissions = 'contents: read', uses = CHECKOUT): string {
  return `on: ${on}\npermissions: { ${permissions} }\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    environment: training\n    steps:\n      - uses: ${uses}\n      - run: python train.py\n`
}

const CRITERIA = `gonogo: 1
model: credit
risk: low
approach: build
registration: started
criteria:
  - { id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9 }
  - { id: apart, control: environment-isolation, check: record, record: environment-isolation, observed: true }
  - { id: access, control: access-control, check: record, record: access-control }
`

/** Minutes go by, for GitHub and the app alike. */
function pass(minutes: number): void {
  now += minutes * 60_000
  scene.github.clock.set(new Date(now).toISOString())
}

let scene: Ready
let releases = 0
beforeAll(async () => {
  scene = await ready({ clock: () => new Date(now) })
  pass(0)
  const files = {
    '.gonogo/criteria/credit.yml': CRITERIA,
    [TRAIN]: workflow(),
    'data/train.csv.dvc': 'outs: []\n',
    '.github/CODEOWNERS': '/.github/ @acme/platform\n/data/ @acme/data\n',
  }
  await scene.github.commit({ branch: 'main', message: 'How to train', files })
  await scene.settled()
  await guard({ reviewers: [{ type: 'Team', id: 7 }], protectedBranches: true })
}, 60_000)
afterAll(() => scene.close())
afterEach(() => expect(scene.github.violations).toEqual([]))

async function guard({
  reviewers,
  protectedBranches,
}: {
  readonly reviewers: readonly { readonly type: 'Team'; readonly id: number }[]
  readonly protectedBranches: boolean
}): Promise<void> {
  await scene.github.as('ada').rest.repos.createOrUpdateEnvironment({
    ...{ ...AT, environment_name: 'Training', reviewers: [...reviewers] },
    deployment_branch_policy: protectedBranches
      ? { protected_branches: true, custom_branch_policies: false }
      : null,
  })
}

/** Trains with a workflow that is on main, releases what came of it, and gives what the check run says. */
async function released(text: string = workflow(), training = true) {
  releases += 1
  const branch = `release-${releases}`
  const tip = await scene.github.commit({ branch: 'main', message: 'Train so', files: { [TRAIN]: text } })
  await scene.settled()
  pass(1)
  const weights: ArtifactSeed = { name: 'weights', files: { SHA256SUMS: `${SHA}  m.safetensors\n` } }
  const { id } = await scene.github.actions.run({ workflow: TRAIN, sha: tip, artifacts: [weights] })
  const run = training ? `run: ${id}, ` : ''
  const files = {
    'models/credit/release.yml': `gonogo: 1\nmodel: credit\nversion: 1.0.${releases}\nweights: [{ uri: "s3://a/b", sha256: ${SHA} }]\ntraining: { ${run}commit: ${tip} }\ndatasets: [{ name: train, role: train, origin: ../../data/train.csv.dvc }]\nevidence: [metrics.json, isolation.yml, access.yml]\n`,
    'models/credit/metrics.json': '{ "accuracy": 0.93 }',
    'models/credit/isolation.yml': aRecordText('environment-isolation', { expires: LATER }, TODAY),
    'models/credit/access.yml': aRecordText('access-control', { expires: LATER }, TODAY),
  }
  const sha = await scene.github.commit({ branch, from: 'main', message: 'Release', files })
  await scene.send('check_run', scene.payload({ action: 'rerequested', check_run: { head_sha: sha } }))
  const shown = await scene.run(sha)
  return {
    conclusion: shown?.conclusion,
    summary: (shown?.summary ?? '').replaceAll(/[`\\\u200b]/g, ''),
  }
}

test('what GitHub shows of the run stands beside the records', async () => {
  const { conclusion, summary } = await released()

  expect(summary).toMatch(/✅ \| apart \|.*what GitHub shows of run \d+ says nothing else/)
  expect(summary).toMatch(/✅ \| access \|.*what GitHub shows of run \d+ says nothing else/)
  expect(conclusion).toBe('success')
})

test('what it shows otherwise outranks them', async () => {
  const { conclusion, summary } = await released(
    workflow('[push, pull_request_target]', 'contents: write', 'actions/checkout@v4'),
  )

  expect(conclusion).toBe('failure')
  expect(summary).toMatch(
    /❌ \| apart \|.*is contradicted by what GitHub shows of run \d+: its workflow runs on pull_request_target/,
  )
  expect(summary).toContain('its token may write: contents: write in job train')
  expect(summary).toContain('it runs actions/checkout@v4 at line 8, which may change without a commit')
  expect(summary).toMatch(/❌ \| access \|/)
})

test('an environment that anybody enters from anywhere, and data that nobody owns', async () => {
  await guard({ reviewers: [], protectedBranches: false })
  const owners = '/.github/ @acme/platform\n'
  await scene.github.commit({ branch: 'main', message: 'Own less', files: { '.github/CODEOWNERS': owners } })

  const { conclusion, summary } = await released()

  expect(conclusion).toBe('failure')
  expect(summary).toMatch(/❌ \| apart \|.*jobs of any branch enter the environment Training/)
  expect(summary).toMatch(/❌ \| access \|.*nobody has to let a job into the environment Training/)
  expect(summary).toContain('no code owner owns data/train.csv.dvc')
})

test('without CODEOWNERS nobody owns what the training is made from', async () => {
  const OWNERS = '.github/CODEOWNERS'
  const own = (text: string | null) =>
    scene.github.commit({ branch: 'main', message: 'Say who owns what', files: { [OWNERS]: text } })
  await guard({ reviewers: [{ type: 'Team', id: 7 }], protectedBranches: true })
  await own(null)

  const without = await released()
  expect(without.conclusion).toBe('failure')
  expect(without.summary).toMatch(/✅ \| apart \|/)
  expect(without.summary).toMatch(/❌ \| access \|.*no code owner owns .*data\/train\.csv\.dvc/)

  await own('* @acme/platform\n')
  expect((await released()).conclusion).toBe('success')
})

test('a run that nobody names leaves the one undecided that must be seen', async () => {
  const { conclusion, summary } = await released(workflow(), false)

  expect(conclusion).not.toBe('success')
  expect(summary).toMatch(/❔ \| apart \|.*no run of this repository was seen to have trained the model/)
  expect(summary).toMatch(/✅ \| access \|/)
})
