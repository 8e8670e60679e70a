import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { preAuthEncoding } from '../../src/attest/proof/envelope.ts'
import { evaluate } from '../../src/evaluate.ts'
import { gather } from '../../src/sources/gather.ts'
import { heldFrom } from '../../src/sources/held.ts'
import { tell } from '../support/case.ts'
import { someWeights } from '../support/pickles.ts'
import { anInstance, IN_TOTO, ISSUER, provenance, WORKFLOW, weights } from '../support/sigstore.ts'

const lab = generateKeyPairSync('ed25519')
const stranger = generateKeyPairSync('ed25519')
const sigstore = await anInstance()
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
// Its bytes are ASCII.
const WEIGHTS = Buffer.from(someWeights('the weights')).toString('latin1')
const OTHER = Buffer.from(someWeights('other weights')).toString('latin1')
const [METRICS, CONFIG] = ['{ "accuracy": 0.93 }\n', '{ "layers": 2 }\n']
const SUBJECTS = [weights(sha256(WEIGHTS)), weights(sha256(METRICS), 'metrics.json')]

const BY_WORKFLOW = await sigstore.bundle(provenance(SUBJECTS))
const BY_ANOTHER = await sigstore.bundle(provenance(SUBJECTS), { subject: `${WORKFLOW}x` })
/** What is signed now is judged a little later. */
const SOON = new Date(Date.now() + 3_600_000).toISOString()

const indented = (text: string) => text.trim().replaceAll('\n', '\n        ')
const KEY = `
trusted:
  signers:
    - name: lab
      key: |
        ${indented(lab.publicKey.export({ type: 'spki', format: 'pem' }).toString())}
`
const IDENTITY = `
trusted:
  signers: [{ issuer: "${ISSUER}", subject: "${WORKFLOW}" }]
  roots: [{ name: own, root: ${JSON.stringify(sigstore.root)} }]
`
const RISK = 'models: [{ repository: acme/models, model: "*", risk: low }]'

function envelope(statement: object, by: { readonly privateKey: KeyObject } = lab): object {
  const payload = Buffer.from(JSON.stringify(statement))
  const sig = sign(null, preAuthEncoding({ payloadType: IN_TOTO, payload }), by.privateKey)
  return {
    payloadType: IN_TOTO,
    payload: payload.toString('base64'),
    signatures: [{ sig: sig.toString('base64') }],
  }
}

function signedModel(files: Readonly<Record<string, string>>): object {
  const resources = Object.entries(files).map(([name, text]) => ({
    ...{ name, digest: sha256(text), algorithm: 'sha256' },
  }))
  const root = createHash('sha256')
  for (const { digest } of resources) root.update(Buffer.from(digest, 'hex'))
  const dsseEnvelope = envelope({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'model', digest: { sha256: root.digest('hex') } }],
    predicateType: 'https://model_signing/signature/v1.0',
    predicate: {
      resources,
      serialization: { method: 'files', hash_type: 'sha256', allow_symlinks: false },
    },
  })
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: 'lab' }, tlogEntries: [] },
    dsseEnvelope,
  }
}

type Release = {
  readonly attestation: object
  readonly floor?: string
  readonly asks?: string
  readonly head?: string
  readonly components?: string
  readonly files?: Readonly<Record<string, string>>
  /** Weights beside the others, among `files`. */
  readonly weights?: readonly string[]
}

/** The facts of a release with one attestation, and what they lead to. */
async function judged(release: Release) {
  const { attestation, floor = KEY, asks = '', head = '', components = '[]', files = {} } = release
  const more = (release.weights ?? []).map(
    (path) => `, { path: ${path}, sha256: ${sha256(files[path] ?? '')} }`,
  )
  const folder = 'models/sentiment'
  const { repository, asking } = tell({
    shows: 'a release',
    now: SOON,
    floor: `${RISK}${floor}`,
    judge: 'release',
    commits: [
      {
        name: 'criteria',
        write: {
          '.gonogo/criteria/sentiment.yml': `gonogo: 1\nmodel: sentiment\nrisk: low\napproach: build\n${head}criteria:\n  - { id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9 }\n${asks}`,
        },
      },
      { name: 'training', on: 'release', write: { 'train.py': 'fit()' } },
      {
        name: 'release',
        on: 'release',
        write: {
          [`${folder}/release.yml`]: `gonogo: 1\nmodel: sentiment\nversion: 1.0.0\nweights: [{ path: model.safetensors, sha256: ${sha256(WEIGHTS)} }${more.join('')}]\ncomponents: ${components}\ntraining: { commit: \${training} }\nevidence: [metrics.json, a.sigstore.json]\n`,
          [`${folder}/model.safetensors`]: WEIGHTS,
          [`${folder}/metrics.json`]: METRICS,
          [`${folder}/a.sigstore.json`]: JSON.stringify(attestation),
          ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text])),
        },
      },
    ],
  })
  const facts = JSON.parse(JSON.stringify(await gather(repository, asking)))
  const verdict = evaluate(facts)
  const [model] = verdict.models
  return {
    facts,
    decision: verdict.decision,
    answers: new Map(model?.findings.map(({ criterion, answer }) => [criterion, answer])),
    problems: model?.problems ?? [],
    trust: model?.evidence.find(({ path }) => path.endsWith('metrics.json'))?.trust,
  }
}

const ask = (predicate: string, more = '') =>
  `  - { id: attested, control: environment-isolation, check: attestation, predicate: ${predicate}${more} }\n`

describe('provenance of the weights', () => {
  test.each<readonly [string, object, string, string, string]>([
    ['by a key of the floor', envelope(provenance(SUBJECTS)), KEY, 'attestation_verified', 'go'],
    ['by a workflow of the floor', BY_WORKFLOW, IDENTITY, 'attestation_verified', 'go'],
    ['by another workflow', BY_ANOTHER, IDENTITY, 'attestation_untrusted', 'no-go'],
    ['by a stranger', envelope(provenance(SUBJECTS), stranger), KEY, 'attestation_claimed', 'undecided'],
    ['by nobody', provenance(SUBJECTS), KEY, 'attestation_claimed', 'undecided'],
    ['with a root that no floor has', BY_WORKFLOW, KEY, 'attestation_wrong', 'no-go'],
    ['replayed from another model', envelope(provenance([weights()])), KEY, 'attestation_lacking', 'no-go'],
    [
      'with no floor that trusts anybody',
      envelope(provenance(SUBJECTS)),
      '',
      'attestation_claimed',
      'undecided',
    ],
  ])('%s', async (_, attestation, floor, code, decision) => {
    const found = await judged({ attestation, floor, asks: ask('provenance') })

    expect(found.answers.get('attested')).toMatchObject({ code })
    expect(found.decision).toBe(decision)
  })

  test('that is invalid blocks though nobody asks for it', async () => {
    const bundle = await sigstore.bundle(provenance(SUBJECTS), { late: 20 })
    const found = await judged({ attestation: bundle, floor: IDENTITY })

    expect(found.decision).toBe('undecided')
    expect(found.problems).toMatchObject([{ code: 'attestation_invalid', why: 'certificate' }])
  })

  test('is judged again from its facts alone, without a key', async () => {
    const { facts } = await judged({ attestation: envelope(provenance(SUBJECTS)), asks: ask('provenance') })
    const without = JSON.parse(JSON.stringify(facts).replaceAll(/-----BEGIN[^"]*-----/g, 'gone'))

    expect(evaluate(without).decision).toBe('go')
  })
})

describe('trust `signed`', () => {
  const head = 'trust: signed\n'
  test.each<readonly [string, object, string, string]>([
    ['is what a trusted signer attests', envelope(provenance(SUBJECTS)), KEY, 'signed'],
    ['is what a trusted workflow attests', BY_WORKFLOW, IDENTITY, 'signed'],
    ['is nothing that a stranger signs', envelope(provenance(SUBJECTS), stranger), KEY, 'typed'],
    ['is nothing that nobody signs', provenance(SUBJECTS), KEY, 'typed'],
    ['is nothing that another workflow attests', BY_ANOTHER, IDENTITY, 'typed'],
    ['is nothing that is no subject', envelope(provenance([weights(sha256(WEIGHTS))])), KEY, 'typed'],
    [
      'is no verdict about it',
      envelope({
        ...provenance(SUBJECTS),
        predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
        predicate: { result: 'FAILED', configuration: [{ name: 'x' }] },
      }),
      KEY,
      'typed',
    ],
    [
      'is what a reference names',
      envelope({
        ...provenance([weights(sha256(WEIGHTS))]),
        predicateType: 'https://in-toto.io/attestation/reference/v0.1',
        predicate: { attester: { id: 'lab' }, references: [{ digest: { sha256: sha256(METRICS) } }] },
      }),
      KEY,
      'signed',
    ],
  ])('%s', async (_, attestation, floor, trust) => {
    const found = await judged({ attestation, floor, head })

    expect(found.trust).toBe(trust)
    expect(found.decision).toBe(trust === 'signed' ? 'go' : 'undecided')
  })
})

describe('a signed model', () => {
  const FILES = { 'config.json': CONFIG, 'model.safetensors': WEIGHTS }
  const components = '[config.json]'
  const files = { 'config.json': CONFIG }
  const asks = ask('model-signing')
  const ONE = signedModel({ '.': WEIGHTS })

  test.each<readonly [string, Partial<Release> & Pick<Release, 'attestation'>, string]>([
    [
      'whose every file is there',
      { attestation: signedModel(FILES), components, files },
      'attestation_verified',
    ],
    [
      'with a file changed after',
      { attestation: signedModel(FILES), components, files: { 'config.json': `${CONFIG} ` } },
      'attestation_wrong',
    ],
    [
      'with a file that is gone',
      { attestation: signedModel({ ...FILES, 'vocab.json': '{}' }), components, files },
      'attestation_lacking',
    ],
    [
      'without a component',
      { attestation: signedModel({ 'model.safetensors': WEIGHTS }), components, files },
      'attestation_lacking',
    ],
    ['without its weights', { attestation: signedModel(files), components, files }, 'attestation_lacking'],
    [
      'with other weights',
      { attestation: signedModel({ ...FILES, 'model.safetensors': 'x' }), components, files },
      'attestation_wrong',
    ],
    ['of one file', { attestation: ONE }, 'attestation_verified'],
    ['of one file, before a component', { attestation: ONE, components, files }, 'attestation_lacking'],
    [
      'of one file beside others',
      { attestation: signedModel({ '.': WEIGHTS, ...files }) },
      'attestation_wrong',
    ],
    ['of one file that is another', { attestation: signedModel({ '.': 'x' }) }, 'attestation_lacking'],
    [
      'of one file that is a component',
      { attestation: signedModel({ '.': CONFIG }), components, files },
      'attestation_lacking',
    ],
    [
      'of one file, the second of the weights',
      { attestation: ONE, weights: ['other.safetensors'], files: { 'other.safetensors': OTHER } },
      'attestation_lacking',
    ],
  ])('%s', async (_, release, code) => {
    const found = await judged({ asks, ...release })

    expect(found.answers.get('attested')).toMatchObject({ code })
    expect(found.decision).toBe(code === 'attestation_verified' ? 'go' : 'no-go')
    const invalid = found.problems.filter((problem) => problem.code === 'attestation_invalid')
    expect(invalid).toHaveLength(code === 'attestation_wrong' ? 1 : 0)
  })

  test('holds a pointer to the object that it stands for', async () => {
    const oid = sha256(CONFIG)
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${CONFIG.length}\n`
    const found = await judged({
      ...{ attestation: signedModel(FILES), components, asks },
      files: { 'config.json': pointer },
    })

    expect(found.answers.get('attested')).toMatchObject({ code: 'attestation_verified' })
  })
})

test('what lies in an artifact is verified with the keys of the floor too', async () => {
  const content = Buffer.from(JSON.stringify(envelope(provenance(SUBJECTS))))
  const key = lab.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const read = {
    ...{ entries: [], problems: [], sha256: 'a'.repeat(64), digest: 'same' as const },
    files: new Map([['a.json', { content, sha256: 'b'.repeat(64), bytes: content.length }]]),
  }
  const listed = { id: 1, name: 'v', run: 2, commit: 'c', fork: false, expired: false, digest: null }
  const wanted = { artifact: 'v', workflow: 'w', blob: 'b', commit: 'c', files: ['a.json'] }
  const states = async (more: object) =>
    (await heldFrom(read, listed, { ...wanted, ...more })).held.flatMap(({ reading }) =>
      reading.records.flatMap((record) => (record.kind === 'attestation' ? record.shown.state : [])),
    )

  expect(await states({ trusted: { signers: [{ name: 'lab', key }] } })).toEqual(['verified'])
  expect(await states({})).toEqual(['claimed'])
})
