import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ArtifactSeed, RunSeed } from '../../src/demo/stand-in/actions-types.ts'
import { type Ready, ready } from './scene.ts'

const VALIDATE = '.github/workflows/validate.yml'
const OTHER = '.github/workflows/other.yml'
const WORKFLOW = 'on: push\njobs: { validate: { steps: [{ run: python validate.py }] } }\n'
const AT = { owner: 'acme', repo: 'models' }

let scene: Ready
const now = Math.floor(Date.now() / 1000) * 1000
beforeAll(async () => {
  scene = await ready({ clock: () => new Date(now) })
  const criterion =
    '{ id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9, min_samples: 1000 }'
  const criteria = `gonogo: 1\nmodel: credit\nrisk: low\napproach: build\ntrust: produced\ncriteria:\n  - ${criterion}\n`
  const files = { '.gonogo/criteria/credit.yml': criteria, [VALIDATE]: WORKFLOW, [OTHER]: WORKFLOW }
  await scene.github.commit({ branch: 'main', message: 'Criteria', files })
  await scene.settled()
}, 60_000)
afterAll(() => scene.close())

const results = (accuracy = 0.93, more: Partial<ArtifactSeed> = {}): ArtifactSeed => ({
  name: 'validation',
  files: { 'metrics.json': JSON.stringify({ accuracy: { value: accuracy, samples: 1000 } }) },
  ...more,
})

const NAMED = `{ artifact: validation, file: metrics.json, workflow: ${VALIDATE} }`
let releases = 0

/** Pushes a release of weights that no other release has; nobody asks about it yet. */
async function released(
  evidence = NAMED,
  files: Readonly<Record<string, string>> = {},
): Promise<{ readonly sha: string; readonly branch: string }> {
  releases += 1
  const branch = `credit-${releases}`
  const training = (await scene.github.as('ada').rest.git.getRef({ ...AT, ref: 'heads/main' })).data.object
    .sha
  const sha256 = `a${releases.toString(16).padStart(63, '0')}`
  const manifest = `gonogo: 1\nmodel: credit\nversion: 1.0.${releases}\nweights: [{ uri: "s3://a/b", sha256: ${sha256} }]\ntraining: { commit: ${training} }\nevidence: [${evidence}]\n`
  const sha = await scene.github.commit({
    branch,
    from: 'main',
    message: 'Release',
    files: { 'models/credit/release.yml': manifest, ...files },
  })
  return { sha, branch }
}

type Shown = { readonly conclusion: string | null; readonly summary: string }

async function shown(sha: string): Promise<Shown> {
  const run = await scene.run(sha)
  return { conclusion: run?.conclusion ?? null, summary: (run?.summary ?? '').replaceAll(/[`\\]/g, '') }
}

async function judged(sha: string): Promise<Shown> {
  await scene.send('check_run', scene.payload({ action: 'rerequested', check_run: { head_sha: sha } }))
  return await shown(sha)
}

const validate = (sha: string, given: Partial<RunSeed> = {}) =>
  scene.github.actions.run({
    workflow: VALIDATE,
    event: 'push',
    sha,
    artifacts: [results()],
    ...given,
  })

const push = (branch: string, files: Readonly<Record<string, string>>) =>
  scene.github.commit({ branch, message: 'Say more', files })

describe('honest roads', () => {
  test('what a run produced is evidence when it ends, after a typo is mended, when it expired, and after the merge', async () => {
    const { sha, branch } = await released()
    expect(await judged(sha)).toMatchObject({
      conclusion: 'action_required',
      summary: expect.stringContaining(`no run of ${VALIDATE} is of commit ${sha.slice(0, 10)}`),
    })

    const { id, artifacts } = await validate(sha, { path: `${VALIDATE}@refs/heads/${branch}` })

    const { conclusion, summary } = await shown(sha)
    expect(conclusion).toBe('success')
    expect(summary).toMatch(
      /accuracy \| performance \| 0.93 .*\| produced \| artifact:validation\/metrics.json/,
    )
    expect(summary).toContain(`produced by run ${id} of ${VALIDATE}`)

    scene.github.actions.expireArtifact(artifacts[0] ?? 0)
    expect(await judged(sha)).toMatchObject({ conclusion: 'success' })
    const typo = await push(branch, { 'models/credit/README.md': 'A model.' })
    expect(await judged(typo)).toMatchObject({ conclusion: 'success' })
    scene.github.actions.deleteRun(id)
    const pull_number = await scene.open(branch)
    const { data } = await scene.github
      .as('ada')
      .rest.pulls.merge({ ...AT, pull_number, merge_method: 'squash' })
    await scene.settled()
    expect(await shown(data.sha)).toMatchObject({ conclusion: 'success' })
  })

  test('two runs that agree, and a run that is awaited', async () => {
    const { sha } = await released()
    const { id } = await validate(sha, { conclusion: null, artifacts: [] })
    expect((await judged(sha)).summary).toContain(`run ${id} has not ended yet`)

    await scene.github.actions.finish(id, { artifacts: [results()] })
    expect(await shown(sha)).toMatchObject({ conclusion: 'success' })
    const calls = [{ path: `acme/models/${OTHER}@${sha}`, sha }]
    await validate(sha, { event: 'workflow_dispatch', calls })
    expect(await shown(sha)).toMatchObject({ conclusion: 'success' })
  })

  test('a run that nobody waits for costs GitHub nothing', async () => {
    const { sha } = await released()
    await judged(sha)
    const before = scene.github.requests.length

    await validate(sha, { workflow: OTHER })
    await scene.settled()

    expect(scene.github.requests.length).toBe(before)
  })
})

describe('is caught', () => {
  test.each<readonly [string, (sha: string) => Promise<unknown>, string]>([
    [
      'an artifact of a fork',
      (sha) => validate(sha, { fork: 'mallory' }),
      'for a fork, which anybody can let upload anything',
    ],
    [
      // The file of such a run is that of a merge with any branch, whatever its commit has.
      "an artifact of a run for a pull request to a branch of one's own",
      (sha) => validate(sha, { event: 'pull_request' }),
      'for the event pull_request, which takes .github/workflows/validate.yml not from this commit',
    ],
    [
      'an artifact of a run that called a workflow as a branch has it',
      async (sha) => {
        const path = `acme/models/${OTHER}`
        const edit = {
          branch: 'edit',
          from: 'main',
          message: 'Edit',
          files: { [OTHER]: 'on: workflow_call' },
        }
        const edited = await scene.github.commit(edit)
        await validate(sha, {
          calls: [sha, edited].map((commit) => ({ path: `${path}@${commit}`, sha: commit })),
        })
      },
      `${OTHER} in this commit is not the one that is on the default branch`,
    ],
    [
      'an artifact of another workflow',
      (sha) => validate(sha, { workflow: OTHER }),
      `of ${OTHER}, and the manifest names ${VALIDATE}`,
    ],
    [
      'a run that failed',
      (sha) => validate(sha, { conclusion: 'failure' }),
      'did not succeed, and what it left in artifact validation does not count',
    ],
    ['a run without the artifact', (sha) => validate(sha, { artifacts: [] }), 'has no artifact validation'],
    [
      'an artifact without the file',
      (sha) => validate(sha, { artifacts: [results(0.93, { files: { 'other.json': '{}' } })] }),
      'metrics.json is not in the artifact',
    ],
    [
      'an artifact that expired before it was seen',
      (sha) => validate(sha, { artifacts: [results(0.93, { expiresAt: '2020-01-01T00:00:00Z' })] }),
      'expired or was deleted before it was read',
    ],
    [
      'an artifact with another digest than GitHub tells',
      (sha) => validate(sha, { artifacts: [results(0.93, { digest: `sha256:${'0'.repeat(64)}` })] }),
      'and it says sha256:0000',
    ],
    [
      'an artifact that is no archive',
      (sha) => validate(sha, { artifacts: [results(0.93, { zip: new TextEncoder().encode('no') })] }),
      'cannot be read as a ZIP',
    ],
    [
      'runs of the same commit that disagree',
      async (sha) => {
        await validate(sha, { artifacts: [results(0.2)] })
        await validate(sha)
      },
      'evaluated the same release and disagree on accuracy in metrics.json',
    ],
  ])('%s', async (_, make, sentence) => {
    const { sha } = await released()

    await make(sha)

    const { conclusion, summary } = await judged(sha)
    expect(summary).toContain(sentence)
    expect(conclusion).toBe('action_required')
  })

  test('an artifact of another commit, whose weights are others', async () => {
    const { sha: other } = await released()
    await validate(other)
    const { sha } = await released()

    const { conclusion, summary } = await judged(sha)

    expect(conclusion).toBe('action_required')
    expect(summary).toMatch(
      /no run of \S+ is of commit \w+; artifact validation is there of commit \w+, which is another release/,
    )
  })

  test.each([
    ['edited', VALIDATE, `${VALIDATE} in this commit is not the one that is on the default branch`],
    ['never merged', '.github/workflows/mine.yml', 'so nobody agreed to how it evaluates'],
  ])('a validation workflow that was %s', async (_, workflow, sentence) => {
    const { sha } = await released(NAMED.replace(VALIDATE, workflow), { [workflow]: `${WORKFLOW}# mine\n` })

    await validate(sha, { workflow })

    const { conclusion, summary } = await judged(sha)
    expect(summary).toContain(sentence)
    expect(conclusion).toBe('action_required')
  })

  test('an artifact that was replaced after the verdict, on the commit and on a later one', async () => {
    const { sha, branch } = await released()
    const { artifacts } = await validate(sha, { artifacts: [results(0.5)] })
    expect(await judged(sha)).toMatchObject({ conclusion: 'failure' })

    scene.github.actions.replaceArtifact(artifacts[0] ?? 0, results(0.95))

    const { conclusion, summary } = await judged(sha)
    expect(conclusion).toBe('action_required')
    expect(summary).toContain('disagree on accuracy')
    const typo = await push(branch, { 'models/credit/README.md': 'A model.' })
    await validate(typo, { artifacts: [results(0.95)] })
    expect((await judged(typo)).summary).toContain('disagree on accuracy')
  })

  test('a script that is doctored for one run, and put back', async () => {
    const { sha, branch } = await released(NAMED, { 'validate.py': 'print(0.99)' })
    await validate(sha, { artifacts: [results(0.99)] })
    expect(await judged(sha)).toMatchObject({ conclusion: 'success' })

    const honest = await push(branch, { 'validate.py': 'print(measure())' })

    const { conclusion, summary } = await judged(honest)
    expect(conclusion).toBe('action_required')
    expect(summary).toContain('where validate.py was another file than here')
  })

  test('a run that is run again until it passes: the verdict is given again', async () => {
    const { sha } = await released()
    const { id } = await validate(sha, { artifacts: [results(0.5)] })
    expect(await judged(sha)).toMatchObject({ conclusion: 'failure' })

    await scene.github.actions.rerun(id, { artifacts: [results(0.95)] })

    expect(await shown(sha)).toMatchObject({
      conclusion: 'action_required',
      summary: expect.stringContaining('disagree on accuracy'),
    })
  })

  test('a run that was run again, of which nobody heard: GitHub is asked how it ended', async () => {
    const { sha } = await released()
    const { id } = await validate(sha, { artifacts: [results(0.95)] })
    scene.github.deliverTo(null)
    scene.github.clock.set(new Date(Date.now() + 600_000).toISOString())
    await scene.github.actions.rerun(id, { artifacts: [results(0.95)], conclusion: 'failure' })
    scene.github.deliverTo(`${scene.app.url}/api/github/webhooks`)

    const { conclusion, summary } = await judged(sha)
    expect(conclusion).toBe('action_required')
    expect(summary).toContain(`run ${id} of`)
  })

  test('what an earlier head of other weights, or with another dataset, was measured on', async () => {
    const { sha, branch } = await released()
    await validate(sha)
    expect(await judged(sha)).toMatchObject({ conclusion: 'success' })
    const manifest = 'models/credit/release.yml'
    const { rest } = scene.github.as('ada')
    const { data } = await rest.repos.getContent({ ...AT, path: manifest, ref: sha })
    if (!('content' in data)) throw new Error('no manifest')
    const text = Buffer.from(data.content, 'base64').toString('utf8')
    for (const other of [
      text.replace('sha256: a0', 'sha256: f0'),
      `${text}datasets: [{ name: b, role: test, snapshot: v3 }]\n`,
    ]) {
      const changed = await push(branch, { [manifest]: other })
      const { conclusion, summary } = await judged(changed)
      expect(conclusion).toBe('action_required')
      expect(summary).toContain('is there of commit')
    }
  })

  test('and is left behind when a changed workflow is merged', async () => {
    const { sha, branch } = await released()
    await validate(sha, { artifacts: [results(0.5)] })
    await validate(sha)
    expect((await judged(sha)).summary).toContain('disagree on accuracy')
    const files = { [VALIDATE]: `${WORKFLOW}# with a seed\n` }
    await scene.github.commit({ branch: 'main', message: 'Seed the evaluation', files })
    expect((await judged(sha)).summary).toContain('is not the one that is on the default branch')

    const again = await push(branch, files)
    await validate(again)

    expect(await judged(again)).toMatchObject({ conclusion: 'success' })
  })

  test("numbers typed where produced is asked, and nobody broke GitHub's own description", async () => {
    const { sha } = await released('metrics.json', {
      'models/credit/metrics.json': '{ "accuracy": { "value": 0.95, "samples": 1000 } }',
    })

    const { conclusion, summary } = await judged(sha)

    expect(conclusion).toBe('action_required')
    expect(summary).toContain('accuracy was typed, in a file that somebody committed')
    expect(scene.github.violations).toEqual([])
  })
})
