import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
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
  const people = [{ login: 'ada', admin: true }, { login: 'grace' }, { login: 'hal', role: 'read' } as const]
  scene = await ready({ clock: () => new Date(now), people, repos: [{ name: 'models' }, { name: 'train' }] })
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
  await keepMain('models')
  await keepMain('train')
}, 60_000)
afterAll(() => scene.close())
afterEach(() => expect(scene.github.violations).toEqual([]))

/** Without one the environments of protected branches let all of them in. */
async function keepMain(repo: string): Promise<void> {
  await scene.github.as('ada').rest.repos.createRepoRuleset({
    ...{ ...AT, repo, name: 'Keep main', target: 'branch', enforcement: 'active' },
    conditions: { ref_name: { include: ['refs/heads/main'], exclude: [] } },
    rules: [{ type: 'deletion' }],
  })
}

async function guard(
  {
    reviewers,
    protectedBranches,
  }: {
    readonly reviewers: readonly { readonly type: 'Team'; readonly id: number }[]
    readonly protectedBranches: boolean
  },
  repo: string = AT.repo,
): Promise<void> {
  await scene.github.as('ada').rest.repos.createOrUpdateEnvironment({
    ...{ ...AT, repo, environment_name: 'Training', reviewers: [...reviewers] },
    deployment_branch_policy: protectedBranches
      ? { protected_branches: true, custom_branch_policies: false }
      : null,
  })
}

type How = {
  readonly training?: boolean
  readonly access?: object
  /** The repository that it trains in, and the commit there. */
  readonly sibling?: { readonly repo: string; readonly sha: string }
}

/** Trains with a workflow that is on main, releases what came of it, and gives what the check run says. */
async function released(text: string = workflow(), { training = true, access = {}, sibling }: How = {}) {
  releases += 1
  const branch = `release-${releases}`
  const tip = await scene.github.commit({ branch: 'main', message: 'Train so', files: { [TRAIN]: text } })
  await scene.settled()
  pass(1)
  const weights: ArtifactSeed = { name: 'weights', files: { SHA256SUMS: `${SHA}  m.safetensors\n` } }
  const place = sibling ?? { sha: tip }
  const { id } = await scene.github.actions.run({ workflow: TRAIN, ...place, artifacts: [weights] })
  const where = sibling === undefined ? '' : `repository: acme/${sibling.repo}, `
  const run = training ? `run: ${id}, ${where}` : ''
  const files = {
    'models/credit/release.yml': `gonogo: 1\nmodel: credit\nversion: 1.0.${releases}\nweights: [{ uri: "s3://a/b", sha256: ${SHA} }]\ntraining: { ${run}commit: ${place.sha} }\ndatasets: [{ name: train, role: train, origin: ../../data/train.csv.dvc }]\nevidence: [metrics.json, isolation.yml, access.yml, drills/report.md]\n`,
    'models/credit/metrics.json': '{ "accuracy": 0.93 }',
    'models/credit/drills/report.md':
      '# Drill\n\nThe network was tried from within: nothing outside of it answered, as was wanted.\n',
    'models/credit/isolation.yml': aRecordText('environment-isolation', { expires: LATER }, TODAY),
    'models/credit/access.yml': aRecordText('access-control', { expires: LATER, ...access }, TODAY),
  }
  const sha = await scene.github.commit({ branch, from: 'main', message: 'Release', files })
  const before = scene.github.requests.length
  await scene.send('check_run', scene.payload({ action: 'rerequested', check_run: { head_sha: sha } }))
  const shown = await scene.run(sha)
  return {
    conclusion: shown?.conclusion,
    asked: scene.github.requests.slice(before).map(({ operation }) => operation),
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

test('what enters the environment, and not what it needs, is let in', async () => {
  const open = workflow().replace('    environment: training\n', '')
  const publish =
    '  publish:\n    needs: train\n    runs-on: ubuntu-24.04\n    environment: training\n    steps: [{ run: echo }]\n'
  const who = { change_training_data: ['@ada', '@grace'], start_runs: ['@ada'] }

  for (const text of [open, `${open}${publish}`]) {
    const { conclusion, summary } = await released(text, { access: who })
    expect(conclusion).toBe('failure')
    expect(summary).toMatch(
      /❌ \| apart \|.*its job train enters no environment and waits for none, so that whoever may write to the repository may start it from any branch/,
    )
    expect(summary).toMatch(/❌ \| access \|.*@grace may start the run/)
    expect(summary).toContain(
      'let each job of the workflow enter an environment that only guarded branches enter',
    )
  }
  const both = { change_training_data: ['@ada', '@grace'], start_runs: ['@ada', '@grace'] }
  expect((await released(open, { access: both })).summary).toMatch(
    /✅ \| access \|.*says nothing else; train of it enters no environment, so that all who may write to the repository start it/,
  )
  const inside = await released(`${workflow()}${publish}`, { access: who })
  expect(inside.conclusion).toBe('success')
  const after = await released(`${workflow()}${publish.replace('    environment: training\n', '')}`, {
    access: who,
  })
  expect(after.conclusion).toBe('success')
})

test('a workflow of another repository that is called is not read, and a job before it lets it in', async () => {
  const uses = `acme/pipelines/.github/workflows/train.yml@${'b'.repeat(40)}`
  const head = 'on: workflow_dispatch\npermissions: { contents: read }\njobs:\n'
  const gate = '  gate:\n    runs-on: x\n    environment: training\n    steps: [{ run: echo }]\n'
  const who = { change_training_data: ['@ada', '@grace'], start_runs: ['@ada'] }

  const away = await released(`${head}  train:\n    uses: ${uses}\n`, { access: who })
  expect(away.conclusion).not.toBe('success')
  expect(away.summary).toMatch(/❔ \| apart \|.*a workflow of another repository that it calls is not read/)
  expect(away.summary).toContain(`(${uses})`)
  expect(away.summary).toMatch(/✅ \| access \|.*only claimed: start_runs \(the workflow .* is not read\)/)

  const gated = await released(`${head}${gate}  train:\n    needs: gate\n    uses: ${uses}\n`, {
    access: who,
  })
  expect(gated.summary).toMatch(/❔ \| apart \|/)
  expect(gated.summary).toMatch(/✅ \| access \|.*says nothing else; only claimed: read_outputs/)

  const inner =
    'on: workflow_call\njobs:\n  fit:\n    runs-on: x\n    environment: training\n    steps: [{ run: echo }]\n'
  await scene.github.commit({
    ...{ branch: 'main', message: 'Train within', files: { '.github/workflows/inner.yml': inner } },
  })
  const local = await released(`${head}  train:\n    uses: ./.github/workflows/inner.yml\n`, { access: who })
  expect(local.summary).toMatch(/✅ \| apart \|/)
  expect(local.conclusion).toBe('success')
})

test('from which branches jobs enter the environment', async () => {
  const { rest } = scene.github.as('ada')
  const named = { ...AT, environment_name: 'Training' }
  const review = { ...named, reviewers: [{ type: 'Team' as const, id: 7 }] }
  const listing = { protected_branches: false, custom_branch_policies: true }
  const { data: rules } = await rest.repos.getBranchRules({ ...AT, branch: 'main' })

  const kept = await released()
  expect(kept.summary).toMatch(/✅ \| apart \|.*its jobs enter Training from protected branches alone/)
  expect(branching(kept.asked)).toEqual([BRANCHES])

  await rest.repos.deleteRepoRuleset({ ...AT, ruleset_id: rules[0]?.ruleset_id ?? 0 })
  const bare = await released()
  expect(bare.conclusion).toBe('failure')
  expect(bare.summary).toMatch(
    /❌ \| apart \|.*enter the environment Training, which lets protected branches in, and none is: then all are/,
  )
  await keepMain('models')

  await rest.repos.createOrUpdateEnvironment({ ...review, deployment_branch_policy: listing })
  await rest.repos.createDeploymentBranchPolicy({ ...named, name: 'main' })
  const listed = await released()
  expect(listed.summary).toMatch(/✅ \| apart \|.*its jobs enter Training from main/)
  expect(listed.conclusion).toBe('success')
  expect(branching(listed.asked)).toEqual([PATTERNS])

  scene.github.weather(({ operation }) =>
    operation === PATTERNS
      ? { status: 403, body: { message: 'Resource not accessible by integration' } }
      : 'ok',
  )
  const hidden = await released()
  scene.github.weather(() => 'ok')
  expect(hidden.conclusion).not.toBe('success')
  expect(hidden.summary).toMatch(
    /❔ \| apart \|.*from which branches jobs enter its environments may not be seen/,
  )

  await rest.repos.createDeploymentBranchPolicy({ ...named, name: '*' })
  const open = await released()
  expect(open.conclusion).toBe('failure')
  expect(open.summary).toMatch(
    /❌ \| apart \|.*jobs of any branch enter the environment Training, as its pattern \* fits them all/,
  )
  await guard({ reviewers: [{ type: 'Team', id: 7 }], protectedBranches: true })
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
  const { conclusion, summary } = await released(workflow(), { training: false })

  expect(conclusion).not.toBe('success')
  expect(summary).toMatch(/❔ \| apart \|.*the app sees no Actions run that trained the model/)
  expect(summary).toMatch(
    /✅ \| access \|.*what GitHub shows says nothing else \(who may write to the repository, whether code owners must review changes, who owns the data in it\); only claimed: .*start_runs \(the app sees no run of it\)/,
  )
})

test('without a run others who may write outrank the record all the same', async () => {
  const who = { change_training_data: ['@ada'], start_runs: ['@ada'] }
  const { conclusion, summary, asked } = await released(workflow(), { training: false, access: who })

  expect(conclusion).toBe('failure')
  expect(summary).toMatch(
    /❌ \| access \|.*is contradicted by what GitHub shows of the repository: @grace may change the data on the default branch/,
  )
  expect(besides(asked)).toEqual([BRANCH, RULES, WRITERS])
})

test('a run of a sibling is looked at there', async () => {
  const tip = await scene.github.commit({
    ...{ repo: 'train', branch: 'main', message: 'Train here' },
    files: { [TRAIN]: workflow(), CODEOWNERS: '* @acme/platform\n' },
  })
  await scene.settled()
  await guard({ reviewers: [{ type: 'Team', id: 7 }], protectedBranches: true }, 'train')
  const who = { change_training_data: ['@ada', '@grace'], start_runs: ['@ada'] }
  const { conclusion, summary, asked } = await released(workflow(), {
    access: who,
    sibling: { repo: 'train', sha: tip },
  })
  expect(summary).toMatch(/✅ \| apart \|.*what GitHub shows of run acme\/train#\d+ says nothing else/)
  expect(summary).toMatch(/✅ \| access \|.*what GitHub shows of run acme\/train#\d+ says nothing else/)
  expect(conclusion).toBe('success')
  expect(besides(asked)).toEqual([BRANCH, BRANCH, BRANCH, RULES, RULES, WRITERS, WRITERS].toSorted())

  await guard({ reviewers: [], protectedBranches: false }, 'train')
  const open = await released(workflow(), { access: who, sibling: { repo: 'train', sha: tip } })
  expect(open.conclusion).toBe('failure')
  expect(open.summary).toMatch(
    /❌ \| access \|.*is contradicted by what GitHub shows of run acme\/train#\d+: nobody has to let a job into the environment Training, @\w+.* may start the run/,
  )
})

const PATTERNS = 'repos/list-deployment-branch-policies'
const BRANCHES = 'repos/list-branches'
const branching = (asked: readonly string[]) => asked.filter((one) => [PATTERNS, BRANCHES].includes(one))
const WRITERS = 'repos/list-collaborators'
const RULES = 'repos/get-branch-rules'
const BRANCH = 'repos/get-branch'
const MEMBERS = 'orgs/list-members'
const TEAM = 'teams/list-members-in-org'
const besides = (asked: readonly string[]) =>
  asked.filter((one) => [WRITERS, RULES, BRANCH, MEMBERS, TEAM].includes(one)).toSorted()

describe('who may write', () => {
  const names = (...who: readonly string[]) => ({
    access: { change_training_data: who, start_runs: who },
  })

  test('and is named, account by account or in a team', async () => {
    scene.github.team('data', 'grace', 'active')
    scene.github.team('data', 'hal', 'active')

    const { conclusion, summary, asked } = await released(workflow(), names('@Ada', '@acme/data'))

    expect(conclusion).toBe('success')
    expect(summary).toMatch(
      /✅ \| access \|.*says nothing else; only claimed: read_outputs \(GitHub does not/,
    )
    // What of GitHub only this record asks for, each once.
    expect(besides(asked)).toEqual([BRANCH, RULES, WRITERS, TEAM])
  })

  test('and is not named outranks the record', async () => {
    const { conclusion, summary } = await released(workflow(), names('@ada'))

    expect(conclusion).toBe('failure')
    expect(summary).toMatch(
      /❌ \| access \|.*is contradicted by what GitHub shows of run \d+: @grace may change the data on the default branch, and change_training_data does not name them/,
    )
    expect(summary).toContain('ask for the review of code owners in a ruleset of the default branch')
  })

  test('says nothing against roles, which are only claimed', async () => {
    const { conclusion, summary, asked } = await released()

    expect(conclusion).toBe('success')
    expect(summary).toContain(
      'only claimed: change_training_data (it names roles, and 2 accounts may change the data on the default branch)',
    )
    expect(besides(asked)).toEqual([MEMBERS, BRANCH, RULES, WRITERS])
  })

  test('is everybody, whoever is meant by a role', async () => {
    const { data } = await scene.github.as('ada').rest.orgs.listMembers({ org: 'acme' })
    const body = data.filter(({ login }) => login !== 'hal')
    scene.github.weather(({ operation }) => (operation === MEMBERS ? { status: 200, body } : 'ok'))

    const { conclusion, summary } = await released()
    scene.github.weather(() => 'ok')

    expect(conclusion).toBe('failure')
    expect(summary).toMatch(
      /❌ \| access \|.*every member of the organisation may change the data on the default branch, whoever is meant by change_training_data/,
    )
  })

  test('may not be seen, and then is only claimed', async () => {
    const message = 'Must have push access to view repository collaborators.'
    scene.github.weather(({ operation }) =>
      operation === WRITERS ? { status: 403, body: { message } } : 'ok',
    )

    const { conclusion, summary } = await released(workflow(), names('@ada'))
    scene.github.weather(() => 'ok')

    expect(conclusion).toBe('success')
    expect(summary).toContain(
      'only claimed: change_training_data (who may write may not be seen, which takes the permission Metadata: read)',
    )
  })

  test('and no admin is among them is no whole list', async () => {
    const { data } = await scene.github.as('ada').rest.repos.listCollaborators(AT)
    const body = data.filter(({ permissions }) => permissions?.admin !== true && permissions?.push === true)
    scene.github.weather(({ operation }) => (operation === WRITERS ? { status: 200, body } : 'ok'))

    const { summary } = await released(workflow(), names('@grace'))
    scene.github.weather(() => 'ok')

    expect(body.map(({ login }) => login)).toEqual(['grace'])
    expect(summary).toContain('which takes the permission Members: read')
  })

  test('matters less than who must review a change', async () => {
    const { rest } = scene.github.as('ada')
    const parameters = {
      ...{ require_code_owner_review: true, required_approving_review_count: 1 },
      ...{ dismiss_stale_reviews_on_push: true, require_last_push_approval: true },
      required_review_thread_resolution: false,
    }
    await scene.github.commit({
      branch: 'main',
      message: 'Own it',
      files: { '.github/CODEOWNERS': '* @acme/platform\n/data/ @grace\n' },
    })
    const { data: ruleset } = await rest.repos.createRepoRuleset({
      ...{ ...AT, name: 'Review', target: 'branch', enforcement: 'active' },
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
      rules: [{ type: 'pull_request', parameters }],
    })

    const owned = await released(workflow(), names('@grace'))
    const other = await released(workflow(), names('@ada'))
    await rest.repos.deleteRepoRuleset({ ...AT, ruleset_id: ruleset.id })

    expect(owned.conclusion).toBe('success')
    expect(besides(owned.asked)).toEqual([RULES, WRITERS])
    expect(other.summary).toMatch(
      /❌ \| access \|.*the code owners @grace let changes of the data in, and change_training_data does not name/,
    )
  })

  test('may be guarded where only admins see it', async () => {
    const { rest } = scene.github.as('ada')
    await rest.repos.updateBranchProtection({
      ...{ ...AT, branch: 'main', enforce_admins: false, restrictions: null },
      ...{ required_status_checks: null, required_pull_request_reviews: null },
    })

    const { conclusion, summary } = await released(workflow(), names('@ada'))
    await rest.repos.deleteBranchProtection({ ...AT, branch: 'main' })

    expect(conclusion).toBe('success')
    expect(summary).toContain(
      'change_training_data (whether code owners must review changes may not be seen, which takes the permission Administration: read)',
    )
  })
})

test('where no criterion asks who may do what, nobody is asked', async () => {
  const files = { '.gonogo/criteria/credit.yml': CRITERIA.replace(/^.*access-control.*\n/m, '') }
  await scene.github.commit({ branch: 'main', message: 'Ask for less', files })
  await scene.settled()

  const { summary, asked } = await released()

  expect(summary).toMatch(/ \| apart \|/)
  expect(besides(asked)).toEqual([])
})
