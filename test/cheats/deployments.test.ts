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

const rejected = (text: string | RegExp) => ({
  state: 'rejected',
  text: typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text),
})

describe('is rejected', () => {
  test('a commit that is a go and was not merged', async () => {
    expect(await people.deploy(await people.branch('unmerged'))).toMatchObject(
      rejected('the commit is not on main'),
    )
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
      '.gonogo/criteria/other.yml': `gonogo: 1\nmodel: other\nrisk: low\napproach: build\nenvironments: [production]\ncriteria:\n  - { id: a, control: performance, check: metric, metric: f1, at_least: 0.5 }\n`,
    })
    const { text, state } = await people.deploy(sha)
    expect(state).toBe('rejected')
    expect(text).toMatch(/sentiment 1.3.0 is (no-go|undecided)/)
    expect(text).toContain('has no models/other/release.yml')

    await people.main('Nobody else', { '.gonogo/criteria/other.yml': 'gonogo: 1\nmodel: other\n' })
    expect(await people.deploy(good)).toMatchObject(rejected(/other.yml.*it may name this environment/))
    // It was read once, and asks on.
    await people.main('Nobody', { '.gonogo/criteria/other.yml': null })
    expect(await people.deploy(good)).toMatchObject(
      rejected(/other.*it may name this environment|has no models.other/),
    )
  })
})
