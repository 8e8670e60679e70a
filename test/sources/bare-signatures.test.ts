import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/evaluate.ts'
import { gather } from '../../src/sources/gather.ts'
import type { Lfs } from '../../src/sources/repository.ts'
import { aFloor } from '../support/floor.ts'
import { memory } from '../support/memory.ts'
import { anInstance, ISSUER, WORKFLOW } from '../support/sigstore.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
/** A safetensors file without a tensor. */
const WEIGHTS = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{}')])
const CONFIG = Buffer.from('{ "layers": 2 }\n')
const sigstore = await anInstance()
// What is signed now is judged a little later.
const now = new Date(Date.now() + 3_600_000).toISOString()
const FLOOR = `trusted: { signers: [{ issuer: "${ISSUER}", subject: "${WORKFLOW}" }], roots: [{ name: own, root: ${JSON.stringify(sigstore.root)} }] }`

/** The verdict on a release with one signature of a file in its evidence. */
async function judged(bundle: unknown, files: Readonly<Record<string, string | Uint8Array>> = {}, lfs?: Lfs) {
  const repository = memory()
  const criteria = {
    '.gonogo/criteria/m.yml':
      'gonogo: 1\nmodel: m\nrisk: low\napproach: build\ncriteria:\n  - { id: signed, control: performance, check: attestation, predicate: signature }\n  - { id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9 }\n',
  }
  const tip = repository.commit({ files: criteria })
  repository.move('main', tip)
  const commit = repository.commit({
    parents: [tip],
    files: {
      ...criteria,
      'models/m/release.yml': `gonogo: 1\nmodel: m\nversion: 1.0.0\nweights: [{ path: model.safetensors, sha256: ${sha256(WEIGHTS)} }]\ncomponents: [config.json]\ntraining: { commit: ${tip} }\nevidence: [metrics.json, a.sigstore.json]\n`,
      'models/m/metrics.json': '{ "accuracy": 0.93 }',
      'models/m/model.safetensors': WEIGHTS,
      'models/m/config.json': CONFIG,
      'models/m/a.sigstore.json': typeof bundle === 'string' ? bundle : JSON.stringify(bundle),
      ...files,
    },
  })
  const facts = await gather(lfs ? { ...repository, lfs } : repository, {
    commit,
    now,
    engine: '0.1.0',
    floor: aFloor(FLOOR),
  })
  const verdict = evaluate(JSON.parse(JSON.stringify(facts)))
  const [model] = verdict.models
  const answer = model?.findings.find(({ criterion }) => criterion === 'signed')?.answer
  return { decision: verdict.decision, answer, problems: model?.problems ?? [], facts }
}

test('of the weights it is met, and says who signed', async () => {
  const { decision, answer, problems } = await judged(await sigstore.bare(WEIGHTS))

  expect(problems).toEqual([])
  expect(answer).toMatchObject({ code: 'attestation_verified', signers: [{ subject: WORKFLOW }], weights: 1 })
  expect(decision).toBe('go')
})

test('of a component it verifies, and covers no weights', async () => {
  const { answer, problems } = await judged(await sigstore.bare(CONFIG))

  expect(problems).toEqual([])
  expect(answer).toMatchObject({ code: 'attestation_lacking', lacks: [{ lack: 'weights' }] })
})

test('by somebody else it is not trusted', async () => {
  const { answer } = await judged(await sigstore.bare(WEIGHTS, { subject: `${WORKFLOW}x` }))

  expect(answer).toMatchObject({ code: 'attestation_untrusted', why: 'signer' })
})

const whole = await sigstore.bare(WEIGHTS)
const late = await sigstore.bare(WEIGHTS, { late: 20 })
const moved = structuredClone(await sigstore.bare(Buffer.from('other')))
moved.messageSignature.messageDigest.digest = whole.messageSignature.messageDigest.digest

test.each<readonly [string, unknown, string]>([
  ['of a file that nobody has', await sigstore.bare(Buffer.from('other')), 'other_file'],
  ['of other bytes, with the digest of the weights', moved, 'log'],
  ['whose certificate had expired', late, 'certificate'],
  ['that has a key twice', JSON.stringify(whole).replace('{', '{"messageSignature":{},'), 'malformed'],
])('%s it is wrong', async (_, bundle, why) => {
  const { decision, answer, problems } = await judged(bundle)

  expect(decision).toBe('no-go')
  expect(answer).toMatchObject({ code: 'attestation_wrong', outcome: 'unmet' })
  expect(problems.filter(({ code }) => code === 'attestation_invalid')).toMatchObject([{ why }])
})

const pointerTo = (bytes: Uint8Array) =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(bytes)}\nsize ${bytes.length}\n`

test('behind a pointer nothing but the file that was signed is fetched', async () => {
  const asked: string[] = []
  const lfs: Lfs = async ({ oid }) => {
    asked.push(oid)
    return { content: oid === sha256(WEIGHTS) ? WEIGHTS : CONFIG }
  }
  const files = {
    'models/m/model.safetensors': pointerTo(WEIGHTS),
    'models/m/config.json': pointerTo(CONFIG),
  }

  expect((await judged(whole, files, lfs)).answer).toMatchObject({ code: 'attestation_verified' })
  expect(asked).toEqual([sha256(WEIGHTS)])
  asked.length = 0
  expect((await judged(moved, files, lfs)).answer).toMatchObject({ code: 'attestation_wrong' })
  await judged(await sigstore.bare(Buffer.from('other')), files, lfs)
  expect(asked).toEqual([sha256(WEIGHTS)])
})

test('behind a pointer that nothing is fetched for it is not verified, and not wrong', async () => {
  const { answer, problems } = await judged(whole, { 'models/m/model.safetensors': pointerTo(WEIGHTS) })

  expect(answer).toMatchObject({ code: 'attestation_claimed', why: 'unsupported', outcome: 'undecided' })
  expect(problems.filter(({ code }) => code === 'attestation_invalid')).toEqual([])
})
