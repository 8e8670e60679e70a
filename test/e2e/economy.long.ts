import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoFile } from '../../src/demo/files.ts'
import { aRecordText } from '../support/records.ts'
import { CRITERIA, MANIFEST, type Ready, ready } from './scene.ts'

const TOKEN = 'apps/create-installation-access-token'
const COMPARE = 'repos/compare-commits-with-basehead'
const SHA = '9f86d081'.repeat(8)
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${SHA}\nsize 98765432\n`
const WEIGHTS = 'models/sentiment/model.safetensors'

const ARTIFACTS = 'actions/list-workflow-run-artifacts'
const DOWNLOAD = 'actions/download-artifact'
const NAMED = 'actions/list-artifacts-for-repo'

let scene: Ready
/** The app's clock; it follows the machine's where not set. */
let now: number | undefined
beforeAll(async () => {
  const repos = [
    { name: 'models' },
    { name: 'credit' },
    { name: 'risk' },
    { name: 'rights' },
    { name: 'scores' },
  ]
  scene = await ready({ retries: 0, repos, clock: () => new Date(now ?? Date.now()) })
})
afterAll(() => scene.close())

function opened(sha: string): object {
  return scene.payload({
    action: 'opened',
    number: 1,
    pull_request: { number: 1, state: 'open', head: { sha }, base: { ref: 'main' } },
  })
}

async function asked(sha: string): Promise<readonly string[]> {
  const before = scene.github.requests.length
  expect(await scene.send('pull_request', opened(sha))).toBe(202)
  await scene.settled()
  return scene.github.requests.slice(before).map(({ operation }) => operation)
}

/** The manifest of the scene, with the weights as a Git LFS pointer. */
async function pointed(branch: string): Promise<string> {
  const { rest } = scene.github.as('ada')
  const { owner, repo } = scene.github
  const training = (await rest.git.getRef({ owner, repo, ref: 'heads/main' })).data.object.sha
  const evidence = '[report.json, training-record.yml, { path: MODEL_CARD.md, document: model-card }]'
  return await scene.release(branch, {
    [WEIGHTS]: POINTER,
    [MANIFEST]: demoFile('release.yml', { version: '1.0.0', training, sha256: SHA, evidence }),
  })
}

/** A go on a commit of another repository of the same owner, and what it asked of GitHub. */
async function judgedIn(repo: string, sha: string): Promise<readonly string[]> {
  const { github } = scene
  const before = github.requests.length
  const repository = {
    name: repo,
    full_name: `acme/${repo}`,
    default_branch: 'main',
    owner: { login: 'acme' },
  }
  await scene.send('pull_request', { ...opened(sha), repository })
  await scene.settled()
  const { data } = await github.as('ada').rest.checks.listForRef({ owner: 'acme', repo, ref: sha })
  expect(data.check_runs.at(-1)).toMatchObject({ conclusion: 'success' })
  return github.requests.slice(before).map(({ operation }) => operation)
}

test('a go costs five requests with the token, where nothing was seen before', async () => {
  const sha = await pointed('first')

  expect(await asked(sha)).toEqual([COMPARE, TOKEN, 'graphql', COMPARE, 'checks/create'].toSorted(tokenFirst))
  expect(await scene.run(sha)).toMatchObject({ conclusion: 'success' })
  expect(scene.github.violations).toEqual([])
})

test('evaluated again after a push it costs four at most, and on the same commit two', async () => {
  await pointed('pushed')
  const sha = await scene.github.commit({
    branch: 'pushed',
    message: 'Say more',
    files: { 'models/sentiment/notes.md': 'more' },
  })

  expect(await asked(sha)).toEqual([COMPARE, 'graphql', 'checks/create'])
  expect(await scene.run(sha)).toMatchObject({ conclusion: 'success' })
  expect(await asked(sha)).toEqual([COMPARE, 'checks/update'])
})

test('weights in the commit cost one request more, once', async () => {
  const sha = await scene.release('binary')

  expect(await asked(sha)).toEqual([COMPARE, 'graphql', 'git/get-blob', 'checks/create'])
  expect(await asked(await scene.release('binary-again'))).toEqual([COMPARE, 'graphql', 'checks/create'])
})

test('what releases nothing costs two and the token where the tip is known, and three where it is not', async () => {
  const docs = (branch: string) =>
    scene.github.commit({ branch, from: 'main', message: 'Docs', files: { 'docs.md': branch } })

  const known = await docs('docs-1')
  expect(await asked(known)).toEqual([COMPARE, 'checks/create'])
  expect(await scene.run(known)).toMatchObject({ conclusion: 'neutral' })

  const move = (text: string) =>
    scene.github.commit({ branch: 'main', message: 'Move on', files: { 'README.md': text } })
  scene.github.deliverTo(null)
  await move('unheard')
  scene.github.deliverTo(`${scene.app.url}/api/github/webhooks`)
  expect(await asked(await docs('docs-2'))).toEqual([COMPARE, 'graphql', 'checks/create'])
  expect(await asked(await docs('docs-3'))).toEqual([COMPARE, 'checks/create'])

  // A push that was heard is judged, and its tip is known then.
  await move('heard')
  await scene.settled()
  expect(await asked(await docs('docs-4'))).toEqual([COMPARE, 'checks/create'])
})

test('criteria that were amended since the work began cost one query more, once', async () => {
  await scene.github.commit({
    branch: 'main',
    message: 'Ask for less',
    files: { [CRITERIA]: demoFile('criteria.yml').replace('at_least: 0.9', 'at_least: 0.89') },
  })
  await scene.settled()

  const sha = await scene.release('amended')
  expect(await asked(sha)).toEqual([COMPARE, 'graphql', COMPARE, 'graphql', 'checks/create'])
  expect((await scene.run(sha))?.summary).toContain('deviation, after the work of')
  expect(await asked(sha)).toEqual([COMPARE, 'checks/update'])
})

test('what the commit of a training had costs one query more where criteria ask for it, and one for its scripts, once', async () => {
  const repo = 'scores'
  const { github } = scene
  const accuracy = '{ id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9 }'
  const repeatable = '{ id: repeatable, control: reproducibility, check: integrity, of: [parameters, code] }'
  await github.commit({
    repo,
    branch: 'main',
    message: 'Criteria',
    files: {
      [CRITERIA]: `gonogo: 1\nmodel: sentiment\nrisk: low\napproach: build\ncriteria:\n  - ${accuracy}\n  - ${repeatable}\n`,
    },
  })
  await scene.settled()
  const [params, lock] = ['train/params.yaml', 'models/sentiment/dvc.lock']
  const training = await github.commit({
    ...{ repo, branch: 'train', from: 'main', message: 'Train' },
    files: { [params]: 'seed: 1\n', 'train/fit.py': 'fit()\n', 'train/net.py': 'net()\n' },
  })
  const md5 = (text: string) => createHash('md5').update(text).digest('hex')
  const deps = `{ path: ../../train/fit.py, md5: ${md5('fit()\n')} }, { path: ../../train/net.py, md5: ${md5('net()\n')} }`
  const stage = `    deps: [${deps}]\n    outs: [{ path: model.safetensors, md5: ${'9f86d081'.repeat(4)} }]\n`
  // What a run wrote down says on which commit it ran; the lock alone does not prove it of weights in Git LFS.
  const evidence =
    '[metrics.json, dvc.lock, source-commit, { path: ../../train/params.yaml, format: parameters }]'
  const release = (branch: string, more: Record<string, string> = {}) =>
    github.commit({
      ...{ repo, branch, from: 'train', message: 'Release' },
      files: {
        [MANIFEST]: demoFile('release.yml', { version: '1.0.0', training, sha256: SHA, evidence }),
        [WEIGHTS]: POINTER,
        'models/sentiment/metrics.json': '{ "accuracy": 0.93 }',
        'models/sentiment/source-commit': training,
        [lock]: `schema: '2.0'\nstages:\n  train:\n    cmd: python ../../train/fit.py\n    params:\n      train/params.yaml:\n        seed: 1\n${stage}`,
        ...more,
      },
    })
  const repository = {
    ...{ name: repo, full_name: `acme/${repo}`, default_branch: 'main', owner: { login: 'acme' } },
  }
  const judged = async (sha: string) => {
    const before = github.requests.length
    await scene.send('pull_request', { ...opened(sha), repository })
    await scene.settled()
    const { data } = await github.as('ada').rest.checks.listForRef({ owner: 'acme', repo, ref: sha })
    const asked = github.requests.slice(before).map(({ operation }) => operation)
    return { asked, conclusion: data.check_runs.at(-1)?.conclusion }
  }

  // Beside it one lists the folder of evidence that lies outside of the model's.
  expect(await judged(await release('as-trained'))).toEqual({
    conclusion: 'success',
    asked: [COMPARE, 'graphql', COMPARE, 'graphql', 'graphql', 'graphql', 'checks/create'],
  })
  expect(await judged(await release('rewritten', { [params]: '# as agreed\nseed: 1\n' }))).toEqual({
    ...{ conclusion: 'failure', asked: [COMPARE, 'graphql', 'graphql', 'checks/create', 'pulls/list'] },
  })
  expect(github.violations).toEqual([])
})

test('a tag with the name of the default branch moves nothing', async () => {
  const { owner, repo } = scene.github
  const { rest } = scene.github.as('ada')
  const before = (await rest.git.getRef({ owner, repo, ref: 'heads/main' })).data.object.sha
  await scene.github.commit({
    branch: 'main',
    message: 'Ask for more',
    files: { [CRITERIA]: demoFile('criteria.yml').replace('at_least: 0.9', 'at_least: 0.99') },
  })
  const sha = await scene.release('tagged')
  await rest.git.createRef({ owner, repo, ref: 'refs/tags/main', sha: before })
  // GitHub may take a tag first where a short name is both.
  const comparison = await rest.repos.compareCommitsWithBasehead({
    owner,
    repo,
    basehead: `${before}...${sha}`,
  })
  let first = true
  scene.github.weather(({ operation }) => {
    if (operation !== COMPARE || !first) return 'ok'
    first = false
    return { status: 200, body: comparison.data }
  })

  await asked(sha)
  scene.github.weather(() => 'ok')

  expect(first).toBe(false)
  expect(await scene.run(sha)).not.toMatchObject({ conclusion: 'success' })
})

test('a go at tier witnessed costs six with the token, where the push and the run were heard of', async () => {
  const repo = 'credit'
  const { github } = scene
  const path = '.github/workflows/train.yml'
  // What the push brings can't be judged: its receipt is all that is kept.
  github.weather(({ operation }) => (operation === COMPARE ? { status: 502 } : 'ok'))
  await github.commit({
    repo,
    branch: 'main',
    message: 'Criteria',
    files: {
      [CRITERIA]: `gonogo: 1\nmodel: sentiment\nrisk: low\napproach: build\nregistration: witnessed\ncriteria:\n  - { id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9 }\n`,
      [path]: 'on: push',
    },
  })
  await scene.settled()
  github.weather(() => 'ok')
  now = Date.now() + 3_600_000
  github.clock.set(new Date(now).toISOString())
  const training = await github.commit({
    repo,
    branch: 'train',
    from: 'main',
    message: 'Train',
    files: { 'train.py': '' },
  })
  const artifacts = [{ name: 'weights', files: { SHA256SUMS: `${SHA}  model.safetensors\n` } }]
  const { id } = await github.actions.run({ repo, workflow: path, sha: training, artifacts })
  now += 3_600_000
  github.clock.set(new Date(now).toISOString())
  github.deliverTo(null)
  const files = {
    [MANIFEST]: `gonogo: 1\nmodel: sentiment\nversion: 1.0.0\nweights: [{ path: model.safetensors, sha256: ${SHA} }]\ntraining: { run: ${id}, commit: ${training} }\nevidence: [metrics.json]\n`,
    [WEIGHTS]: POINTER,
    'models/sentiment/metrics.json': '{ "accuracy": 0.93 }',
  }
  const commit = (message: string, more: Record<string, string>) =>
    github.commit({ repo, branch: 'release', from: 'main', message, files: { ...files, ...more } })
  const repository = {
    name: repo,
    full_name: `acme/${repo}`,
    default_branch: 'main',
    owner: { login: 'acme' },
  }
  const judged = async (sha: string) => {
    const before = github.requests.length
    await scene.send('pull_request', { ...opened(sha), repository })
    await scene.settled()
    const { data } = await github.as('ada').rest.checks.listForRef({ owner: 'acme', repo, ref: sha })
    expect(data.check_runs.at(-1)).toMatchObject({ conclusion: 'success' })
    return github.requests.slice(before).map(({ operation }) => operation)
  }

  // The token is an hour's, and was asked for in the first test.
  const first = await judged(await commit('Release', {}))
  expect(first).toHaveLength(5)
  expect(first.toSorted()).toEqual([COMPARE, 'graphql', ARTIFACTS, DOWNLOAD, 'checks/create'].toSorted())
  // What the first attempt of the run produced was seen, and stays true.
  const second = await commit('Say more', { 'models/sentiment/notes.md': 'more' })
  expect(await judged(second)).toEqual([COMPARE, 'graphql', 'checks/create'])
  expect(await judged(second)).toEqual([COMPARE, 'checks/update'])
  github.deliverTo(`${scene.app.url}/api/github/webhooks`)
  expect(github.violations).toEqual([])
})

test('a go at tier witnessed with evidence from an artifact costs eight with the token, and then five at most', async () => {
  const repo = 'risk'
  const { github } = scene
  const [train, validate] = ['.github/workflows/train.yml', '.github/workflows/validate.yml']
  github.weather(({ operation }) => (operation === COMPARE ? { status: 502 } : 'ok'))
  const criterion = '{ id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9 }'
  const training = await github.commit({
    repo,
    branch: 'main',
    message: 'Criteria',
    files: {
      [CRITERIA]: `gonogo: 1\nmodel: sentiment\nrisk: low\napproach: build\nregistration: witnessed\ntrust: produced\ncriteria:\n  - ${criterion}\n`,
      [train]: 'on: push',
      [validate]: 'on: pull_request',
    },
  })
  await scene.settled()
  github.weather(() => 'ok')
  const pass = () => {
    now = (now ?? Date.now()) + 3_600_000
    github.clock.set(new Date(now).toISOString())
  }
  pass()
  const sums = { name: 'weights', files: { SHA256SUMS: `${SHA}  model.safetensors\n` } }
  const { id } = await github.actions.run({ repo, workflow: train, sha: training, artifacts: [sums] })
  pass()
  // Training did not run at the tip of today.
  github.weather(({ operation }) => (operation === COMPARE ? { status: 502 } : 'ok'))
  await github.commit({ repo, branch: 'main', message: 'Move on', files: { 'README.md': 'moved' } })
  await scene.settled()
  github.weather(() => 'ok')
  pass()
  const commit = (message: string, more: Record<string, string>) =>
    github.commit({ repo, branch: 'release', from: 'main', message, files: { ...files, ...more } })
  const files = {
    [MANIFEST]: `gonogo: 1\nmodel: sentiment\nversion: 1.0.0\nweights: [{ path: model.safetensors, sha256: ${SHA} }]\ntraining: { run: ${id}, commit: ${training} }\nevidence: [{ artifact: validation, file: metrics.json, workflow: ${validate} }]\n`,
    [WEIGHTS]: POINTER,
  }
  const first = await commit('Release', {})
  const results = { name: 'validation', files: { 'metrics.json': '{ "accuracy": 0.93 }' } }
  await github.actions.run({
    repo,
    workflow: validate,
    sha: first,
    event: 'push',
    artifacts: [results],
  })
  github.deliverTo(null)
  const judged = (sha: string) => judgedIn(repo, sha)

  const [witness, evidence] = [
    [ARTIFACTS, DOWNLOAD],
    [NAMED, DOWNLOAD],
  ]
  // Beside the token, which is an hour's.
  expect((await judged(first)).toSorted()).toEqual(
    [COMPARE, 'graphql', ...witness, ...evidence, 'checks/create'].toSorted(),
  )
  expect(await judged(first)).toEqual([COMPARE, NAMED, 'checks/update'])
  const second = await commit('Say more', { 'models/sentiment/notes.md': 'more' })
  // One comparison more shows that only prose is another than in the commit that was evaluated.
  expect(await judged(second)).toEqual([COMPARE, 'graphql', NAMED, COMPARE, 'checks/create'])
  github.deliverTo(`${scene.app.url}/api/github/webhooks`)
  expect(github.violations).toEqual([])
})

test('who may write costs three more where no rule asks for the review of code owners, though no run trained', async () => {
  const repo = 'rights'
  const { github } = scene
  const day = (days: number) => new Date((now ?? Date.now()) + days * 86_400_000).toISOString().slice(0, 10)
  type Files = Readonly<Record<string, string>>
  /** The same of another model besides. */
  const twice = (files: Files): Files => {
    const others = Object.entries(files).map((file) =>
      file.map((text) => text.replaceAll('sentiment', 'tone')),
    )
    return { ...files, ...Object.fromEntries(others) }
  }
  const training = await github.commit({
    repo,
    branch: 'main',
    message: 'Criteria',
    files: {
      ...twice({
        [CRITERIA]: `gonogo: 1\nmodel: sentiment\nrisk: low\napproach: build\ncriteria:\n  - { id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9 }\n  - { id: access, control: access-control, check: record, record: access-control }\n`,
      }),
      'data/train.csv.dvc': 'outs: []\n',
      CODEOWNERS: '* @acme/platform\n',
    },
  })
  await scene.settled()
  const who = { change_training_data: ['@ada', '@grace'], start_runs: ['@ada'], expires: day(300) }
  const release = (branch: string, origin: string, models = (files: Files) => files) =>
    github.commit({
      ...{ repo, branch, from: 'main', message: 'Release' },
      files: models({
        [MANIFEST]: `gonogo: 1\nmodel: sentiment\nversion: 1.0.0\nweights: [{ path: model.safetensors, sha256: ${SHA} }]\ntraining: { commit: ${training} }\ndatasets: [{ name: train, role: train, origin: "${origin}" }]\nevidence: [metrics.json, access.yml]\n`,
        [WEIGHTS]: POINTER,
        'models/sentiment/metrics.json': '{ "accuracy": 0.93 }',
        'models/sentiment/access.yml': aRecordText('access-control', who, day(0)),
      }),
    })
  const judged = async (sha: string) => (await judgedIn(repo, sha)).filter((one) => one !== TOKEN)
  const access = ['repos/list-collaborators', 'repos/get-branch-rules', 'repos/get-branch']
  const besides = [COMPARE, 'graphql', 'checks/create']
  await judged(await release('warm', 's3://data/train.csv'))

  const here = await judged(await release('here', '../../data/train.csv.dvc'))
  expect(here.filter((one) => !besides.includes(one)).toSorted()).toEqual(access.toSorted())
  const both = await judged(await release('both', '../../data/train.csv.dvc', twice))
  expect(both.filter((one) => access.includes(one)).toSorted()).toEqual(access.toSorted())
  const elsewhere = await judged(await release('elsewhere', 's3://data/other.csv'))
  expect(elsewhere.filter((one) => !besides.includes(one))).toEqual([])
  expect(github.violations).toEqual([])
})

test('the requests of a verdict are a metric', async () => {
  const page = await (await fetch(`${scene.app.url}/metrics`)).text()

  expect(page).toMatch(/gonogo_verdict_requests_count [1-9]/)
  expect(page).toMatch(/gonogo_verdict_requests_bucket\{le="5"\} [1-9]/)
})

/** Whoever asks first asks for the token. */
function tokenFirst(one: string, other: string): number {
  return Number(other === TOKEN) - Number(one === TOKEN)
}
