import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { SCENE_URL } from '../../src/demo/scene.ts'
import type { ArtifactSeed } from '../../src/demo/stand-in/actions-types.ts'
import { type Ready, ready } from './scene.ts'

const TRAIN = '.github/workflows/train.yml'
const WORKFLOW = 'on: push\njobs: { train: { steps: [{ run: python train.py }] } }\n'
const SHA = '9f86d081'.repeat(8)
const OTHER = '0a1b2c3d'.repeat(8)

let scene: Ready
/** The tip of main whose criteria ask for a witness of `watched`, and for a start of `cluster`. */
let tip: string
let now = Math.floor(Date.now() / 1000) * 1000
beforeAll(async () => {
  const repos = [{ name: 'models' }, { name: 'train' }, { name: 'hidden', installed: false, private: false }]
  scene = await ready({ clock: () => new Date(now), repos })
  pass(0)
  const { github } = scene
  const workflow = { [TRAIN]: WORKFLOW }
  await github.commit({ repo: 'train', branch: 'main', message: 'How to train', files: workflow })
  const files = { ...workflow, ...criteria('watched', 'witnessed'), ...criteria('cluster', 'started') }
  tip = await github.commit({ branch: 'main', message: 'How to train', files })
  await scene.settled()
  pass(60)
}, 60_000)
afterAll(() => scene.close())

/** Minutes go by, for GitHub and the app alike. */
function pass(minutes: number): void {
  now += minutes * 60_000
  scene.github.clock.set(new Date(now).toISOString())
}

function criteria(model: string, registration: string, bound = 0.9): Record<string, string> {
  const criterion = `{ id: accuracy, control: performance, check: metric, metric: accuracy, at_least: ${bound} }`
  const text = `gonogo: 1\nmodel: ${model}\nrisk: low\napproach: build\nregistration: ${registration}\ncriteria:\n  - ${criterion}\n`
  return { [`.gonogo/criteria/${model}.yml`]: text }
}

const weights = (digest: string = SHA): ArtifactSeed => ({
  name: 'weights',
  files: { SHA256SUMS: `${digest}  model.safetensors\n` },
})

type Release = {
  readonly model?: string
  readonly sha256?: string
  readonly other?: string
  readonly files?: Record<string, string>
}
let branches = 0

/** Pushes a release that names its work, and gives what the check run says. */
async function released(
  training: string,
  { model = 'watched', sha256 = SHA, other = '', files = {} }: Release = {},
) {
  branches += 1
  const branch = `release-${branches}`
  const manifest = `gonogo: 1\nmodel: ${model}\nversion: 1.0.${branches}\nweights: [{ uri: "s3://a/b", sha256: ${sha256} }${other && `, ${other}`}]\ntraining: ${training}\nevidence: [metrics.json]\n`
  const sha = await scene.github.commit({
    branch,
    from: 'main',
    message: 'Release',
    files: {
      [`models/${model}/release.yml`]: manifest,
      [`models/${model}/metrics.json`]: '{ "accuracy": 0.93 }',
      ...files,
    },
  })
  return { sha, branch, ...(await rerequested(sha)) }
}

async function shown(sha: string): Promise<{ conclusion: string | null; summary: string }> {
  await scene.settled()
  const run = await scene.run(sha)
  return { conclusion: run?.conclusion ?? null, summary: (run?.summary ?? '').replaceAll(/[`\\]/g, '') }
}

const train = (given: Partial<Parameters<typeof scene.github.actions.run>[0]> = {}) =>
  scene.github.actions.run({ workflow: TRAIN, sha: tip, artifacts: [weights()], ...given })

async function rerequested(sha: string) {
  await scene.send('check_run', scene.payload({ action: 'rerequested', check_run: { head_sha: sha } }))
  return await shown(sha)
}

describe('honest roads', () => {
  test('the run that produced the weights is a witness, and stays one when its artifact and it are gone', async () => {
    const { id, artifacts } = await train({ path: `${TRAIN}@refs/heads/main` })

    const { sha, conclusion, summary } = await released(`{ run: ${id}, commit: ${tip} }`)

    expect(conclusion).toBe('success')
    expect(summary).toContain('tier witnessed is proved')
    expect(summary).toMatch(
      /the work began at \S+, by the created_at of run acme\/models#\d+; commit \w+ was the tip since \S+, by the app's receipt/,
    )

    expect(summary).toMatch(
      /they reached the default branch at \S+ by a direct push of ada, without a pull request/,
    )

    scene.github.actions.expireArtifact(artifacts[0] ?? 0)
    expect(await rerequested(sha)).toMatchObject({ conclusion: 'success' })
    scene.github.actions.deleteRun(id)
    expect(await rerequested(sha)).toMatchObject({ conclusion: 'success' })
  })

  test('a run right after a push, by the activity feed', async () => {
    tip = await scene.github.commit({ branch: 'main', message: 'Go on', files: { 'notes.md': 'more' } })
    await scene.settled()
    const { id } = await train({ artifacts: [{ name: 'sums', files: { 'model.safetensors.sha256': SHA } }] })
    pass(60)

    const { conclusion, summary } = await released(`{ run: ${id}, artifact: sums }`)

    expect(conclusion).toBe('success')
    expect(summary).toContain("by GitHub's activity feed")
  })

  test('a run that still goes on: when it ends, the release is judged again', async () => {
    const { id } = await train({ conclusion: null, artifacts: [] })
    const { sha, conclusion, summary } = await released(`{ run: ${id} }`)
    expect(conclusion).toBe('action_required')
    expect(summary).toContain('has not succeeded')

    await scene.github.actions.finish(id, { artifacts: [weights()] })

    expect(await shown(sha)).toMatchObject({ conclusion: 'success' })
    const before = scene.github.requests.length
    await scene.github.actions.rerun(id)
    await scene.settled()
    expect(scene.github.requests.length).toBe(before)
  })

  test('training in a sibling repository', async () => {
    const { rest } = scene.github.as('ada')
    const { data } = await rest.git.getRef({ owner: 'acme', repo: 'train', ref: 'heads/main' })
    const { id } = await train({ repo: 'train', sha: data.object.sha })

    const { conclusion, summary } = await released(`{ run: ${id}, repository: acme/train }`)

    expect(conclusion).toBe('success')
    expect(summary).toContain('tier witnessed is proved')
  })

  test('a cluster with a ticket that a job got', async () => {
    const { id } = await scene.github.actions.run({ workflow: TRAIN, sha: tip, conclusion: null })
    scene.github.clock.set(null)
    const token = await scene.github.actions.idToken(id, { audience: SCENE_URL })
    const { status, body } = await start(token, { model: 'cluster' })
    scene.github.clock.set(new Date(now).toISOString())
    ticket = body.ticket ?? ''

    expect(status).toBe(201)
    const { conclusion, summary } = await released('{ ticket: start.jwt }', {
      model: 'cluster',
      files: { 'models/cluster/start.jwt': ticket },
    })
    expect(conclusion).toBe('success')
    expect(summary).toContain('tier started is proved')
    expect(summary).toContain('by start ticket models/cluster/start.jwt')
    expect((await start(token, { model: 'cluster', repository: 'acme/train' })).status).toBe(403)
  })
})

let ticket = ''
const Answer = z.object({ ticket: z.string().optional(), error: z.string().optional() })

async function start(token: string, body: object) {
  const answer = await fetch(`${scene.app.url}/api/start`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: Answer.parse(await answer.json()) }
}

describe('a token that may read the repository', () => {
  const asked = { model: 'cluster', repository: 'acme/models' }

  test('gets a ticket, and one that may not gets none', async () => {
    expect(await start('token-of-grace', asked)).toMatchObject({ status: 201 })
    expect(await start('token-of-nobody', asked)).toMatchObject({ status: 403 })
    expect(await start('token-of-grace', { ...asked, repository: 'acme/hidden' })).toMatchObject({
      status: 404,
    })
    expect(await start('token-of-grace', { ...asked, model: 'none' })).toMatchObject({ status: 409 })
  })

  test('an identity token for somebody else, or by somebody else, gets none', async () => {
    const { id } = await scene.github.actions.run({ workflow: TRAIN, sha: tip, conclusion: null })
    scene.github.clock.set(null)
    const { idToken } = scene.github.actions
    const tokens = await Promise.all([
      idToken(id),
      idToken(id, { audience: SCENE_URL, signedBy: 'somebody-else' }),
      idToken(id, { audience: SCENE_URL, overrides: { iss: 'https://issuer.example' } }),
    ])
    scene.github.clock.set(new Date(now).toISOString())

    for (const token of tokens)
      expect(await start(token, { model: 'cluster' })).toMatchObject({ status: 403 })
  })

  test('the keys are published', async () => {
    const answer = await fetch(`${scene.app.url}/.well-known/jwks.json`)

    expect(await answer.json()).toEqual({
      keys: [expect.objectContaining({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' })],
    })
  })
})

describe('is caught', () => {
  test.each<readonly [string, () => Promise<string>, string, string]>([
    [
      'a run of another owner',
      async () => `{ run: ${(await train()).id}, repository: mallory/models }`,
      'failure',
      'does not belong to acme',
    ],
    [
      'a run of another commit',
      async () => `{ run: ${(await train()).id}, commit: ${'ab'.repeat(20)} }`,
      'failure',
      'and the manifest says ababababab',
    ],
    [
      'a run in a repository where the app is not',
      async () =>
        `{ run: ${(await train({ repo: 'hidden', sha: await hidden() })).id}, repository: acme/hidden }`,
      'action_required',
      "can't be seen",
    ],
    [
      'an edited workflow',
      async () => {
        const files = { [TRAIN]: `${WORKFLOW}# and then some\n` }
        const sha = await scene.github.commit({ branch: 'edited', from: 'main', message: 'Edit', files })
        return `{ run: ${(await train({ sha })).id} }`
      },
      'action_required',
      'is not the one that the default branch had then',
    ],
    [
      'a workflow that was never merged',
      async () => {
        const workflow = '.github/workflows/mine.yml'
        const files = { [workflow]: WORKFLOW }
        const sha = await scene.github.commit({ branch: 'mine', from: 'main', message: 'Mine', files })
        return `{ run: ${(await train({ sha, workflow })).id} }`
      },
      'action_required',
      'was not on the default branch then',
    ],
    [
      'a run that called a workflow as a branch has it',
      async () => {
        const workflow = '.github/workflows/called.yml'
        const files = { [workflow]: WORKFLOW }
        const sha = await scene.github.commit({ branch: 'called', from: 'main', message: 'Call', files })
        const calls = [{ path: `acme/models/${workflow}@${sha}`, sha }]
        return `{ run: ${(await train({ calls })).id} }`
      },
      'action_required',
      'called another one that the default branch had not then',
    ],
    [
      'a run for a pull request',
      async () => `{ run: ${(await train({ event: 'pull_request' })).id} }`,
      'action_required',
      "the run's event takes the workflow .github/workflows/train.yml not from its own commit",
    ],
    [
      'a run that did not produce these weights',
      async () => `{ run: ${(await train({ artifacts: [weights(OTHER)] })).id} }`,
      'action_required',
      'does not list s3://a/b',
    ],
    [
      'a run whose artifact was replaced before it was seen',
      async () => {
        const { id, artifacts } = await train()
        scene.github.actions.replaceArtifact(artifacts[0] ?? 0, weights(OTHER))
        return `{ run: ${id} }`
      },
      'action_required',
      'does not list s3://a/b',
    ],
    [
      'a run that was run again for other weights',
      async () => {
        const { id } = await train()
        await scene.github.actions.rerun(id, { artifacts: [weights(OTHER)] })
        return `{ run: ${id} }`
      },
      'action_required',
      'does not list s3://a/b',
    ],
    [
      'a run that was run again for these weights, of which nobody heard',
      async () => {
        const { id } = await train({ artifacts: [weights(OTHER)] })
        scene.github.deliverTo(null)
        pass(5)
        await scene.github.actions.rerun(id, { artifacts: [weights()] })
        scene.github.deliverTo(`${scene.app.url}/api/github/webhooks`)
        return `{ run: ${id} }`
      },
      'action_required',
      'was run again',
    ],
    [
      'a run that is being run again for these weights',
      async () => {
        const { id } = await train({ artifacts: [weights(OTHER)] })
        await scene.github.actions.rerun(id, { artifacts: [weights()], conclusion: null })
        return `{ run: ${id} }`
      },
      'action_required',
      'has not succeeded',
    ],
    [
      'an artifact that is no archive',
      async () => {
        const artifacts = [{ name: 'weights', zip: new TextEncoder().encode(SHA) }]
        return `{ run: ${(await train({ artifacts })).id} }`
      },
      'action_required',
      "can't be read",
    ],
    [
      'a run that failed',
      async () => `{ run: ${(await train({ conclusion: 'failure' })).id} }`,
      'action_required',
      'has not succeeded',
    ],
    [
      'a training commit from a fork',
      async () => {
        const files = { 'train.py': 'fit()' }
        const sha = await scene.github.commitToFork({ from: tip, message: 'Train', files })
        return `{ run: ${(await train({ sha, fork: 'mallory' })).id}, commit: ${sha} }`
      },
      'action_required',
      'ran for a fork',
    ],
  ])('%s', async (_, make, conclusion, sentence) => {
    const training = await make()
    // What is true now is asked about a while later.
    pass(20)

    const shown = await released(training)

    expect(shown.summary).toContain(sentence)
    expect(shown.conclusion).toBe(conclusion)
  })

  test('weights of an attempt that failed, when the next one succeeds with others', async () => {
    const { id } = await train({ conclusion: 'failure' })
    const { sha, summary } = await released(`{ run: ${id} }`)
    expect(summary).toContain('has not succeeded')

    await scene.github.actions.rerun(id, { artifacts: [weights(OTHER)] })

    const { conclusion, summary: again } = await shown(sha)
    expect(conclusion).toBe('action_required')
    expect(again).toContain('does not list s3://a/b')
  })

  test('a run from before the criteria, run again after them, with a status that somebody set', async () => {
    const { id } = await train({ artifacts: [] })
    // A status that says so is no proof: everybody who writes may set it.
    const status = { context: 'gonogo/registered', state: 'success', description: 'late 0123456789' } as const
    await scene.github
      .as('grace')
      .rest.repos.createCommitStatus({ owner: 'acme', repo: 'models', sha: tip, ...status })
    pass(60)
    await scene.github.commit({ branch: 'main', message: 'Late', files: criteria('late', 'started') })
    pass(60)
    await scene.github.actions.rerun(id, { artifacts: [weights()] })

    const { conclusion, summary } = await released(`{ run: ${id} }`, { model: 'late' })

    expect(conclusion).toBe('failure')
    expect(summary).toContain('and had no .gonogo/criteria/late.yml')
  })

  test.each([
    ['for another model', 'watched', () => ticket, 'is for model cluster, and must be for watched'],
    [
      'signed by nobody',
      'cluster',
      () => `${ticket.slice(0, -8)}AAAAAAAA`,
      'does not bear a signature of this app',
    ],
    ['that is none', 'cluster', () => 'not a ticket', 'does not bear a signature of this app'],
  ])('a ticket %s', async (_, model, text, sentence) => {
    const files = { [`models/${model}/start.jwt`]: text() }

    const { conclusion, summary } = await released('{ ticket: start.jwt }', { model, files })

    expect(conclusion).toBe('failure')
    expect(summary).toContain(sentence)
  })

  test('a run and a ticket whose other weights are on the default branch', async () => {
    const { id } = await train({ artifacts: [weights(), { ...weights(OTHER), name: 'others' }] })
    pass(60)
    const files = { 'models/cluster/start.jwt': ticket }
    for (const { branch } of [
      await released(`{ run: ${id} }`),
      await released('{ ticket: start.jwt }', { model: 'cluster', files }),
    ]) {
      const { rest } = scene.github.as('ada')
      const pull_number = await scene.open(branch)
      const { data } = await rest.pulls.merge({ owner: 'acme', repo: 'models', pull_number })
      // What was shown before the merge holds after it.
      expect(await shown(data.sha)).toMatchObject({ conclusion: 'success' })
    }

    const again = await released(`{ run: ${id}, artifact: others }`, { sha256: OTHER })
    const replayed = await released('{ ticket: start.jwt }', { model: 'cluster', sha256: OTHER, files })

    // What has no sha256 is another release, too.
    const hub = `{ hub: acme/other, revision: ${'ab'.repeat(20)} }`
    const unseen = await released('{ ticket: start.jwt }', { model: 'cluster', other: hub, files })
    expect(unseen.summary).toContain('was the work of other weights')
    expect(unseen.conclusion).toBe('failure')

    expect(again.conclusion).toBe('failure')
    expect(again.summary).toContain(`the run acme/models#${id} was the work of other weights`)
    expect(replayed.conclusion).toBe('failure')
    expect(replayed.summary).toContain('was the work of other weights')
  })

  test('a ticket from a softer day, an old run that made nothing, and one that is run again for new weights', async () => {
    const at = (bound: number): Record<string, string> => criteria('soft', 'started', bound)
    await scene.github.commit({ branch: 'main', message: 'Soft', files: at(0.5) })
    await scene.settled()
    pass(60)
    const { body } = await start('token-of-grace', { model: 'soft', repository: 'acme/models' })
    const { id } = await train({ artifacts: [] })
    const { id: rerun } = await train()
    const { id: honest } = await train()
    pass(60)
    await scene.github.commit({ branch: 'main', message: 'Strict', files: at(0.95) })
    await scene.settled()
    pass(60)
    const late = 'e7'.repeat(32)
    await scene.github.actions.rerun(rerun, { artifacts: [weights(late)] })

    const files = { 'models/soft/start.jwt': body.ticket ?? '' }
    for (const one of [
      await released('{ ticket: start.jwt }', { model: 'soft', files }),
      await released(`{ run: ${id} }`, { model: 'soft' }),
      await released(`{ run: ${rerun} }`, { model: 'soft', sha256: late }),
    ]) {
      expect(one.summary).toContain('they have changed since, and the worse answer counts')
      expect(one.conclusion).toBe('failure')
    }
    // A run that was seen to make its weights is held to what was there when it began.
    expect(await released(`{ run: ${honest} }`, { model: 'soft' })).toMatchObject({
      conclusion: 'success',
      summary: expect.stringContaining('they have changed since, which has no effect on this release'),
    })
  })

  test("a forced push of the default branch, and nobody broke GitHub's own description", async () => {
    const { id } = await train()
    pass(60)
    const { rest } = scene.github.as('ada')
    const at = { owner: 'acme', repo: 'models' }
    const main = (await rest.git.getRef({ ...at, ref: 'heads/main' })).data.object.sha
    const { data } = await rest.repos.getCommit({ ...at, ref: tip })
    const files = criteria('watched', 'witnessed', 0.5)
    const softer = await scene.github.commit({
      branch: 'softer',
      from: data.parents[0]?.sha ?? '',
      message: 'As it always was',
      files: { ...files, [TRAIN]: WORKFLOW },
    })
    await rest.git.updateRef({ ...at, ref: 'heads/main', sha: softer, force: true })
    await scene.settled()
    pass(60)

    const metrics = { 'models/watched/metrics.json': '{ "accuracy": 0.94 }' }
    const { conclusion, summary } = await released(`{ run: ${id} }`, { files: metrics })

    expect(conclusion).toBe('action_required')
    expect(summary).toContain(`main was force-pushed from ${main.slice(0, 10)} to ${softer.slice(0, 10)}`)
    expect(scene.github.violations).toEqual([])
  })
})

async function hidden(): Promise<string> {
  const { rest } = scene.github.as('ada')
  return (await rest.git.getRef({ owner: 'acme', repo: 'hidden', ref: 'heads/main' })).data.object.sha
}
