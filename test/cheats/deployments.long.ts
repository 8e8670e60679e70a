import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AT, type Deploying, deploying, LOW } from '../e2e/deploying.ts'
import { CRITERIA, MANIFEST, type Ready, ready } from '../e2e/scene.ts'

let scene: Ready
let people: Deploying
let good = ''
beforeAll(async () => {
  scene = await ready({ repos: [{ name: 'models' }, { name: '.github' }, { name: 'other' }], retries: 0 })
  people = deploying(scene)
  await people.criteria('[production]')
  good = await people.landed()
}, 60_000)
afterAll(() => scene.close())

const criteriaOf = (model: string, more: string) =>
  `gonogo: 1\nmodel: ${model}\nrisk: low\napproach: build\ncriteria:\n  - { id: a, control: performance, check: metric, metric: f1, at_least: 0.5 }\n${more}`
const rejected = (text: string | RegExp) => ({
  state: 'rejected',
  text: typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text),
})

describe('is rejected', () => {
  test('a commit that is a go and was not merged', async () => {
    const unmerged = await people.deploy(await people.branch('unmerged'))
    expect(unmerged).toMatchObject(rejected('the commit is not on main'))
    // It is judged for nobody, whatever it would come to.
    expect(unmerged.text).not.toContain('sentiment')
    // A branch below one that fits is another one, whoever may push there.
    await people.floor('deploy: { from: ["release/*"] }\n')
    const below = await people.branch('release/1/x')
    expect(await people.deploy(below, { ref: 'release/1/x' })).toMatchObject(rejected('fits release/'))
    await people.floor(null)
  })

  test('a commit of a fork, though it resolves', async () => {
    const fork = await scene.github.commitToFork({ from: good, message: 'Fork', files: { 'x.txt': 'x' } })

    expect(await people.deploy(fork)).toMatchObject(rejected('that it exists proves nothing'))
  })

  test('a commit of before the model was released', async () => {
    const { data } = await scene.github.as('ada').rest.repos.getCommit({ ...AT, ref: good })
    expect(await people.deploy(data.parents[0]?.sha ?? '')).toMatchObject(rejected(`has no ${MANIFEST}`))
  })

  test('a commit that says otherwise of its environments than the default branch', async () => {
    await people.floor('deploy: { from: ["release/*"] }\n')
    const files = { ...LOW, [CRITERIA]: null }
    const sha = await people.branch('release/2', 2, files)

    expect(await people.deploy(sha, { ref: 'release/2' })).toMatchObject(rejected('sentiment 1.2.0 is no-go'))
    await people.floor(null)
  })

  test('whatever criteria said once, and are gone from the default branch', async () => {
    await people.main('Take them away', { [CRITERIA]: null })
    const sha = await people.landed(3, LOW)
    await people.main('Another model', {
      '.gonogo/criteria/other.yml': criteriaOf('other', 'environments: [production]\n'),
    })
    const { text, state } = await people.deploy(sha)
    expect(state).toBe('rejected')
    expect(text).toMatch(/sentiment 1.3.0 is (no-go|undecided)/)
    expect(text).toContain('has no models/other/release.yml')

    await people.main('Nobody else', { '.gonogo/criteria/other.yml': 'gonogo: 1\nmodel: other\n' })
    expect(await people.deploy(good)).toMatchObject(rejected(/other.yml.*it may name this environment/))
    // The last version that could be understood asks on.
    await people.main('Nobody', { '.gonogo/criteria/other.yml': null })
    expect(await people.deploy(good)).toMatchObject(
      rejected(/other is needed here by criteria that are gone .* → put .gonogo.criteria.other.yml back/),
    )
    const elsewhere = criteriaOf('other', 'environments: [elsewhere]\n')
    await people.main('Back', { '.gonogo/criteria/other.yml': elsewhere })
    await people.criteria('[production]')
    expect(await people.deploy(good)).toMatchObject({ state: 'approved' })
  })

  test('what a floor asks that cannot be understood', async () => {
    await people.floor('unlisted: hihg\n')
    expect(await people.deploy(good)).toMatchObject(rejected("the organisation's floor"))
    await people.floor('models: [{ repository: acme/models, model: gone, environments: [production] }]\n')
    expect(await people.deploy(good)).toMatchObject(rejected('gone is needed here by the floor'))
    await people.floor(null)
  })

  test('a model that is said to be retired, and nobody approved it', async () => {
    const path = '.gonogo/criteria/old.yml'
    await people.main('Retire', { [path]: criteriaOf('old', 'environments: [production]\nretired: true\n') })
    expect(await people.deploy(good)).toMatchObject(rejected('old is needed here by its criteria'))
    await people.main('Take it back', { [path]: criteriaOf('old', 'environments: [elsewhere]\n') })
  })

  test('a run of another commit than its event says', async () => {
    const bad = await people.landed(4, LOW)
    expect(await people.deploy(good, { head: bad })).toMatchObject(
      rejected(`of commit ${bad.slice(0, 10)}, and commit ${good.slice(0, 10)} is to be deployed`),
    )
  })

  test('a job while GitHub does not answer, with an id', async () => {
    scene.github.weather(({ operation }) =>
      operation === 'actions/get-workflow-run' ? { status: 500 } : 'ok',
    )
    const failed = await people.deploy(good)
    scene.github.weather(() => 'ok')

    expect(failed).toMatchObject(rejected(/could not decide.*id: [0-9a-f-]{36}/))
  })

  test.each([
    '<img src=x onerror=alert(1)> @octocat [x](https://evil.example) `',
    '`](@x'.repeat(50),
    '😀'.repeat(120),
  ])('an environment called %s, which marks nothing up', async (environment) => {
    const { state, comment } = await people.deploy(good, { environment })

    expect(state).toBe('rejected')
    expect(comment).not.toMatch(/<img|@(?!\u200b)|\]\(https:..evil/)
    expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(1024)
  })
})

describe('is let in by nobody else', () => {
  const last = (event: string) => scene.github.deliveries.findLast((one) => one.event === event)
  const callback = 'deployment_callback_url'

  /** A job that waits, of which nobody was told yet; and what GitHub would have sent. */
  async function waiting() {
    scene.github.deliverTo(null)
    const run = await scene.github.deployments.request({ environment: 'production', sha: good })
    scene.github.deliverTo(`${scene.app.url}/api/github/webhooks`)
    return { run, payload: last('deployment_protection_rule')?.payload ?? {} }
  }

  test('an address of another repository, or of none, and an environment of 1,000 characters get no answer', async () => {
    const { run, payload } = await waiting()
    const before = scene.github.requests.length
    for (const more of [
      { [callback]: String(payload[callback]).replace('acme/models', 'acme/other') },
      { [callback]: 'https://evil.example/collect' },
      { environment: 'x'.repeat(1000) },
    ])
      expect(await scene.send('deployment_protection_rule', { ...payload, ...more })).toBe(400)

    expect(await people.answered(run)).toMatchObject({ state: 'none' })
    expect(scene.github.requests.slice(before)).toEqual([])
  })

  test('an installation that is not the one of the repository is asked nothing', async () => {
    const { run, payload } = await waiting()
    const before = scene.github.requests.length
    await scene.send('deployment_protection_rule', { ...payload, installation: { id: 78 } })
    expect(await people.answered(run)).toMatchObject({ state: 'none' })
    await scene.send('deployment', { ...last('deployment')?.payload, installation: { id: 78 } })
    await scene.settled()

    const asked = new Set(scene.github.requests.slice(before).map(({ operation }) => operation))
    expect([...asked]).toEqual(['apps/get-repo-installation'])
  })

  test('the host of an address does not say where the answer goes', async () => {
    const { run, payload } = await waiting()
    const address = String(payload[callback]).replace(scene.github.url, 'https://evil.example')
    await scene.send('deployment_protection_rule', { ...payload, [callback]: address })

    expect(await people.answered(run)).toMatchObject({ state: 'approved' })
  })

  test('a repository under the id of another one is rejected', async () => {
    const { run, payload } = await waiting()
    const repository = { ...Object(payload.repository), id: 999_999 }
    await scene.send('deployment_protection_rule', { ...payload, repository })

    expect(await people.answered(run)).toMatchObject(rejected('is of another repository'))
    expect(scene.github.violations).toEqual([])
  })
})
