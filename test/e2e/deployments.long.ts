import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asInstallation } from '../demo/app-client.ts'
import { AT, type Deploying, deploying, LOW } from './deploying.ts'
import { type Ready, ready } from './scene.ts'

let scene: Ready
let people: Deploying
beforeAll(async () => {
  scene = await ready({ repos: [{ name: 'models' }, { name: '.github' }] })
  people = deploying(scene)
  await people.criteria('[production]')
}, 60_000)
afterAll(() => scene.close())

/** What the app said of the newest deployment. */
const saidOf = (environment: string) =>
  (scene.github.deployments.last(environment)?.statuses ?? [])
    .filter(({ via }) => via === 'app')
    .map(({ state, description }) => ({ state, description }))

describe('a job that waits to enter an environment', () => {
  test('may, with a model that is a go; may not, with one that is none; and each time it is said why', async () => {
    const good = await people.landed()
    const bad = await people.landed(20, LOW)

    const may = await people.deploy(good)
    expect(may.state).toBe('approved')
    expect(may.text).toContain('sentiment 1.1.0 is a go')
    expect(may.comment).not.toContain('unchanged')
    const mayNot = await people.deploy(bad)
    expect(mayNot.state).toBe('rejected')
    expect(mayNot.text).toContain('sentiment 1.20.0 is no-go')
    expect(mayNot.text).toMatch(/accuracy is .* and must be at least 0.9.* → improve the model/)
    expect(mayNot.comment).toMatch(new RegExp(`\\[go/no-go\\]\\(http://[^)]*${bad}/checks/\\d+\\)`))
    expect(mayNot.text).toMatch(/row \d+ of the ledger/)
    expect(scene.github.violations).toEqual([])
  })

  test('may not where nobody names the environment, and is told how to name it', async () => {
    const { state, text } = await people.deploy(await people.landed(), { environment: 'staging' })

    expect(state).toBe('rejected')
    expect(text).toContain('name this environment')
    expect(text).toContain('write environments: [staging] into the criteria')
  })

  test('may with what runs there unchanged and with what comes back in time, and not later', async () => {
    const first = await people.landed(1)
    const second = await people.landed(2)
    expect(await people.deploy(first)).toMatchObject({ state: 'approved' })
    expect(await people.deploy(second)).toMatchObject({ state: 'approved' })
    await people.criteria('[production]', (text) => text.replace('at_least: 0.90', 'at_least: 0.99'))

    const same = await people.deploy(second)
    expect(same).toMatchObject({
      state: 'approved',
      text: expect.stringMatching(/is no-go today .*runs here unchanged/),
    })
    const back = await people.deploy(first)
    expect(back).toMatchObject({
      state: 'approved',
      text: expect.stringMatching(/a rollback to what had a go here on .* 30 days/),
    })

    await scene.pass(31 * 24 * 60)
    expect(await people.deploy(second)).toMatchObject({
      state: 'rejected',
      text: expect.stringContaining('and it may come back for 30 days'),
    })
    expect(await people.deploy(first)).toMatchObject({ state: 'approved' })
    await people.floor('deploy: { rollback: 180 days }\n')
    expect(await people.deploy(second)).toMatchObject({
      state: 'approved',
      text: expect.stringContaining('180 days'),
    })
    await people.floor(null)
    await people.criteria('[production]')
  }, 30_000)

  test('may from a branch that the floor lists', async () => {
    const sha = await people.branch('release/2.0')
    expect(await people.deploy(sha, { ref: 'release/2.0' })).toMatchObject({
      state: 'rejected',
      text: expect.stringContaining('the commit is not on main; that it exists proves nothing'),
    })
    await people.floor('deploy: { from: [main, "release/*"] }\n')

    expect(await people.deploy(sha, { ref: 'v2.0' })).toMatchObject({ state: 'approved' })
    await people.floor(null)
  })

  test('that the floor only observes may, and is told what it would have been', async () => {
    await people.floor('enforcement: observe\n')

    const { state, text } = await people.deploy(await people.landed(3, LOW))
    expect(state).toBe('approved')
    expect(text).toContain('it would have been rejected')
    expect(text).toContain('is no-go')
    await people.floor(null)
  })

  test('may with evidence of an artifact that expired, whose run is gone', async () => {
    const [workflow, named] = [
      '.github/workflows/validate.yml',
      '{ id: a, control: performance, check: metric, metric: accuracy, at_least: 0.9 }',
    ]
    const criteria = `gonogo: 1\nmodel: credit\nrisk: low\napproach: build\ntrust: produced\nenvironments: [credit]\ncriteria:\n  - ${named}\n`
    const training = await people.main('Criteria of credit', {
      '.gonogo/criteria/credit.yml': criteria,
      [workflow]: 'on: push\n',
    })
    const manifest = `gonogo: 1\nmodel: credit\nversion: 1.0.0\nweights: [{ uri: "s3://a/b", sha256: ${'b'.repeat(64)} }]\ntraining: { commit: ${training} }\nevidence: [{ artifact: validation, file: m.json, workflow: ${workflow} }]\n`
    const files = { 'models/credit/release.yml': manifest }
    const sha = await scene.github.commit({ branch: 'credit', from: 'main', message: 'Release', files })
    const pull = await scene.open('credit')
    const { id, artifacts } = await scene.github.actions.run({
      ...{ workflow, event: 'push', sha, branch: 'credit' },
      artifacts: [
        { name: 'validation', files: { 'm.json': '{"accuracy": {"value": 0.93, "samples": 1000}}' } },
      ],
    })
    await scene.settled()
    const { data } = await scene.github
      .as('ada')
      .rest.pulls.merge({ ...AT, pull_number: pull, merge_method: 'squash' })
    scene.github.actions.expireArtifact(artifacts[0] ?? 0)
    scene.github.actions.deleteRun(id)

    expect(await people.deploy(data.sha, { environment: 'credit' })).toMatchObject({
      state: 'approved',
      text: expect.stringContaining('credit 1.0.0 is a go'),
    })
  })

  test('is answered once, however often it is asked', async () => {
    const { run, comment } = await people.deploy(await people.landed(4))
    const asked = scene.github.deliveries.findLast(({ event }) => event === 'deployment_protection_rule')
    await scene.github.redeliver(asked?.id ?? '')
    await scene.send('deployment_protection_rule', asked?.payload ?? {})

    expect(await people.answered(run)).toMatchObject({ state: 'approved', comment })
    const answers = scene.github.requests.filter(({ path }) =>
      path.includes(`/runs/${run}/deployment_protection`),
    )
    expect(answers.map(({ status }) => status)).toEqual([204, 422, 422])
  })

  test('is answered at last where GitHub only tarries', async () => {
    let left = 1
    scene.github.weather(({ operation }) =>
      operation === 'actions/review-custom-gates-for-run' && left-- > 0 ? { status: 502 } : 'ok',
    )

    expect(await people.deploy(await people.landed(5))).toMatchObject({ state: 'approved' })
    scene.github.weather(() => 'ok')
  })

  test('is answered shortly where GitHub does not take the comment', async () => {
    let left = 1
    scene.github.weather(({ operation }) =>
      operation === 'actions/review-custom-gates-for-run' && left-- > 0 ? { status: 422 } : 'ok',
    )
    const { state, text } = await people.deploy(await people.landed(6))
    scene.github.weather(() => 'ok')

    expect(state).toBe('approved')
    expect(text).toMatch(/^\[go\/no-go\]\(.*\) of the commit; row \d+ of the ledger\.$/)
  })
})

describe('a deployment that nothing held back', () => {
  const made = async (environment: string, ref: string) => {
    const { data } = await scene.github
      .as('grace')
      .rest.repos.createDeployment({ ...AT, ref, environment, required_contexts: [], auto_merge: false })
    await scene.settled()
    // With `auto_merge` GitHub may answer with no deployment.
    return 'id' in data ? data.id : 0
  }

  test('gets one failure where it has no go, however often it is told', async () => {
    await made('production', await people.landed(7, LOW))

    const failure = { state: 'failure', description: 'not to be deployed: sentiment is no-go' }
    expect(saidOf('production')).toEqual([failure])
    const told = scene.github.deliveries.findLast(({ event }) => event === 'deployment')
    await scene.send('deployment', told?.payload ?? {})
    await scene.settled()
    expect(saidOf('production')).toEqual([failure])
  })

  test('gets nothing where it is a go, nor where nobody names the environment', async () => {
    await made('production', await people.landed(8))
    expect(saidOf('production')).toEqual([])
    await made('github-pages', await people.landed(8, LOW))
    expect(saidOf('github-pages')).toEqual([])
  })

  test('of the app itself, or that its rule decided, gets nothing', async () => {
    const good = await people.landed(9)
    const before = scene.github.requests.length
    expect(await people.deploy(good)).toMatchObject({ state: 'approved' })
    const told = scene.github.deliveries.findLast(({ event }) => event === 'deployment')
    // Nobody knows any more what the floor asks, and what was let in is not called back by a status.
    await people.floor('unlisted: hihg\n')
    await scene.send('deployment', told?.payload ?? {})
    await scene.settled()
    await people.floor(null)

    expect(saidOf('production')).toEqual([])
    const app = await asInstallation(scene.github)
    const ref = await people.landed(10, LOW)
    await app.rest.repos.createDeployment({ ...AT, ref, environment: 'production', required_contexts: [] })
    await scene.settled()
    expect(saidOf('production')).toEqual([])
    const asked = scene.github.requests.slice(before).map(({ operation }) => operation)
    expect(asked).not.toContain('repos/create-deployment-status')
    expect(scene.github.violations).toEqual([])
  })
})
