import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PERMISSIONS } from '../../src/demo/stand-in/seed.ts'
import { anInstance, RUN as CERTIFIED, ISSUER, WORKFLOW, weights } from '../support/sigstore.ts'
import { type Ready, ready } from './scene.ts'

const TRAIN = '.github/workflows/train.yml'
const SHA = '9f86d081'.repeat(8)
const METRICS = '{ "accuracy": 0.93 }'
const MODELS = ['watched', 'attested', 'signed'] as const
type Model = (typeof MODELS)[number]

const sigstore = await anInstance()
const stranger = await anInstance()
// What is signed now is judged a little later.
let now = Math.floor(Date.now() / 1000) * 1000
let scene: Ready
let blind: Ready
/** The tips of main from which work begins. */
const tips = new Map<Ready, string>()
let tip: string
let repositoryId: number

beforeAll(async () => {
  const repos = [{ name: 'models' }, { name: '.github' }]
  const options = { clock: () => new Date(now), repos }
  const { attestations: _, ...permissions } = PERMISSIONS
  scene = await ready(options)
  blind = await ready({ ...options, permissions })
  for (const one of [scene, blind]) {
    one.github.clock.set(new Date(now).toISOString())
    const root = JSON.stringify(sigstore.root)
    const floor = `gonogo: 1\ntrusted:\n  signers: [{ issuer: "${ISSUER}", subject: "${WORKFLOW}" }]\n  roots: [{ name: own, root: ${root} }]\n`
    await one.github.commit({
      repo: '.github',
      branch: 'main',
      message: 'Floor',
      files: { '.gonogo/floor.yml': floor },
    })
    const files = { [TRAIN]: 'on: push\n', ...Object.assign({}, ...MODELS.map(criteria)) }
    tips.set(one, await one.github.commit({ branch: 'main', message: 'How to train', files }))
    await one.settled()
  }
  pass(60)
  tip = tips.get(scene) ?? ''
  repositoryId = (await scene.github.as('ada').rest.repos.get({ owner: 'acme', repo: 'models' })).data.id
}, 60_000)
afterAll(() => Promise.all([scene.close(), blind.close()]))
beforeEach(() => scene.github.attestations.forget())

function pass(minutes: number): void {
  now += minutes * 60_000
  for (const { github } of [scene, blind]) github.clock.set(new Date(now).toISOString())
}

const HEADS: Readonly<Record<Model, string>> = {
  watched: 'registration: witnessed\n',
  attested: '',
  signed: 'trust: signed\n',
}

function criteria(model: Model): Record<string, string> {
  const accuracy = '{ id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9 }'
  const attested =
    '\n  - { id: made-by, control: environment-isolation, check: attestation, predicate: provenance }'
  const text = `gonogo: 1\nmodel: ${model}\nrisk: low\napproach: build\n${HEADS[model]}criteria:\n  - ${accuracy}${model === 'attested' ? attested : ''}\n`
  return { [`.gonogo/criteria/${model}.yml`]: text }
}

let branches = 0

/** Pushes a release, and gives what its check run says and what was asked of GitHub for it. */
async function released(model: Model, training: string, at: Ready = scene) {
  branches += 1
  const manifest = `gonogo: 1\nmodel: ${model}\nversion: 1.0.${branches}\nweights: [{ uri: "s3://a/b", sha256: ${SHA} }]\ntraining: ${training}\nevidence: [metrics.json]\n`
  const sha = await at.github.commit({
    branch: `release-${branches}`,
    from: 'main',
    message: 'Release',
    files: { [`models/${model}/release.yml`]: manifest, [`models/${model}/metrics.json`]: METRICS },
  })
  const before = at.github.requests.length
  await at.send('check_run', at.payload({ action: 'rerequested', check_run: { head_sha: sha } }))
  await at.settled()
  const run = await at.run(sha)
  return {
    conclusion: run?.conclusion,
    summary: (run?.summary ?? '').replaceAll(/[`\\\u200b]/g, ''),
    asked: at.github.requests
      .slice(before)
      .filter(({ operation }) => operation === 'repos/list-attestations')
      .map(({ path, status }) => `${status} ${decodeURIComponent(new URL(path, 'http://x').pathname)}`),
  }
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')
const asks = (digest: string, status = 200) => `${status} /repos/acme/models/attestations/sha256:${digest}`

type Made = {
  readonly run?: number
  readonly more?: Readonly<Record<number, string>>
  readonly by?: typeof sigstore
}

/** Provenance of contents, as GitHub keeps it; by the run, the commit and the repository that the certificate says. */
async function keep(digests: readonly string[], { run = 1, more = {}, by = sigstore }: Made = {}) {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: digests.map((digest) => weights(digest, digest)),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: { buildType: 'x', externalParameters: {} },
      runDetails: { builder: { id: 'https://github.com/actions/runner/github-hosted' } },
    },
  }
  const certified = {
    ...CERTIFIED,
    ...{ 13: tip, 15: String(repositoryId) },
    21: `https://github.com/acme/models/actions/runs/${run}/attempts/1`,
    ...more,
  }
  const bundle = await by.bundle(statement, { run: certified })
  scene.github.attestations.keep(
    bundle,
    digests.map((digest) => `sha256:${digest}`),
  )
  return bundle
}

const train = (artifacts: Parameters<typeof scene.github.actions.run>[0]['artifacts'] = []) =>
  scene.github.actions.run({ workflow: TRAIN, sha: tip, artifacts })
const SUMS = [{ name: 'weights', files: { SHA256SUMS: `${SHA}  model.safetensors\n` } }]

describe('tier witnessed by what GitHub keeps', () => {
  test('the run attested the weights, and left no artifact', async () => {
    const { id } = await train()
    await keep([SHA], { run: id })

    const { conclusion, summary, asked } = await released('watched', `{ run: ${id} }`)

    expect(conclusion).toBe('success')
    expect(summary).toContain('tier witnessed is proved')
    expect(summary).toContain(`shown by verified provenance in attestations/sha256:${SHA}`)
    expect(asked).toEqual([asks(SHA)])
  })

  test('nothing is asked where the artifact lists the weights', async () => {
    const { id } = await train(SUMS)

    expect(await released('watched', `{ run: ${id} }`)).toMatchObject({ conclusion: 'success', asked: [] })
  })

  test('nothing is asked of a run that is no witness whatever it made', async () => {
    const { id } = await scene.github.actions.run({ workflow: TRAIN, sha: tip, event: 'pull_request' })

    expect(await released('watched', `{ run: ${id} }`)).toMatchObject({
      conclusion: 'action_required',
      asked: [],
    })
  })

  test.each<readonly [string, Made, string]>([
    ['another run', { run: 7 }, 'is of run 7'],
    ['a run of another repository', { more: { 15: '99' } }, 'is of a run in repository 99'],
    ['another commit', { more: { 13: 'ab'.repeat(20) } }, 'is of commit ababababab'],
    ['a pull request', { more: { 20: 'pull_request' } }, 'is of a run for pull_request'],
    ['an instance that nobody trusts', { by: stranger }, 'is signed by nobody whose signature verifies'],
  ])('not by %s', async (_, made, says) => {
    const { id } = await train()
    await keep([SHA], { run: id, ...made })

    const { conclusion, summary } = await released('watched', `{ run: ${id} }`)

    expect(conclusion).toBe('action_required')
    expect(summary).toContain(says)
    expect(summary).toContain('tier started is proved')
  })

  test('what is wrong blocks, though GitHub took it', async () => {
    const { id } = await train()
    await keep([SHA], { run: id })
    const bundle = await sigstore.bundle({ _type: 'x' }, { late: 20 })
    scene.github.attestations.keep(bundle, [`sha256:${SHA}`])

    const { conclusion, summary } = await released('watched', `{ run: ${id} }`)

    expect(conclusion).toBe('action_required')
    expect(summary).toContain('the certificate was not valid when it was signed')
  })
})

describe('check: attestation by what GitHub keeps', () => {
  test('is met', async () => {
    await keep([SHA])
    const { conclusion, summary, asked } = await released('attested', `{ commit: ${tip} }`)

    expect(summary).toContain('provenance of 1 weights file verified')
    expect(conclusion).toBe('success')
    expect(asked).toEqual([asks(SHA)])
  })

  test('is missing where nothing is kept, or what is kept is about something else', async () => {
    const nothing = await released('attested', `{ commit: ${tip} }`)
    expect(nothing.conclusion).toBe('action_required')
    expect(nothing.asked).toEqual([asks(SHA, 404)])
    expect(nothing.summary).not.toContain('may not look')

    const other = await keep(['a'.repeat(64)])
    scene.github.attestations.keep(other, [`sha256:${SHA}`])
    const { conclusion, summary } = await released('attested', `{ commit: ${tip} }`)
    expect(conclusion).toBe('failure')
    expect(summary).toContain('does not cover s3://a/b')
  })

  test('many are read page by page, and no more than that', async () => {
    const claimed = await keep([SHA], { by: stranger })
    scene.github.attestations.forget()
    await keep([SHA])
    for (let more = 0; more < 40; more++) scene.github.attestations.keep(claimed, [`sha256:${SHA}`])
    const two = await released('attested', `{ commit: ${tip} }`)
    expect(two).toMatchObject({ conclusion: 'success', asked: [asks(SHA), asks(SHA)] })

    for (let more = 0; more < 60; more++) scene.github.attestations.keep(claimed, [`sha256:${SHA}`])
    const three = await released('attested', `{ commit: ${tip} }`)
    expect(three.conclusion).toBe('action_required')
    expect(three.asked).toHaveLength(3)
    expect(three.summary).toContain('90 bundles, and 1 more that was not read')
  })

  test('what GitHub gives only an address of is said and not fetched', async () => {
    scene.github.attestations.keep(undefined, [`sha256:${SHA}`])
    const { conclusion, summary } = await released('attested', `{ commit: ${tip} }`)
    expect(conclusion).toBe('action_required')
    expect(summary).toContain('0 bundles, and 1 more that was not read')
  })
})

test('trust signed by what GitHub keeps of the evidence', async () => {
  const bare = await released('signed', `{ commit: ${tip} }`)
  expect(bare).toMatchObject({ conclusion: 'action_required', asked: [asks(digestOf(METRICS), 404)] })

  await keep([digestOf(METRICS)])
  const { conclusion, summary } = await released('signed', `{ commit: ${tip} }`)

  expect(conclusion).toBe('success')
  expect(summary).toContain(
    `signed by ${WORKFLOW} (by ${ISSUER}) in attestations/sha256:${digestOf(METRICS)}`,
  )
})

describe('without the permission', () => {
  test('the criterion says so', async () => {
    const { conclusion, summary, asked } = await released('attested', `{ commit: ${tips.get(blind)} }`, blind)
    expect(conclusion).toBe('action_required')
    expect(summary).toContain('the app may not look at those that GitHub keeps')
    expect(asked).toEqual([asks(SHA, 403)])
  })

  test('and so does the tier', async () => {
    const { id } = await blind.github.actions.run({ workflow: TRAIN, sha: tips.get(blind) ?? '' })
    const { conclusion, summary } = await released('watched', `{ run: ${id} }`, blind)
    expect(conclusion).toBe('action_required')
    expect(summary).toContain('it lacks the permission Attestations: read')
  })
})

test('every request was as GitHub describes it', () => {
  expect([...scene.github.violations, ...blind.github.violations].map(({ sentence }) => sentence)).toEqual([])
})
