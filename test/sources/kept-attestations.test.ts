import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { awaiting, onlyAwaiting } from '../../src/core/awaiting.ts'
import { evaluate } from '../../src/evaluate.ts'
import { renderExplanation } from '../../src/render/explanation.ts'
import { gather } from '../../src/sources/gather.ts'
import type { ToldAttestations, Witness } from '../../src/sources/witness.ts'
import { NO_WITNESS } from '../support/approvals.ts'
import { aFloor } from '../support/floor.ts'
import { memory } from '../support/memory.ts'
import { anInstance, ISSUER, provenance, WORKFLOW, weights } from '../support/sigstore.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const METRICS = '{ "accuracy": 0.93 }'
const WEIGHTS = Array.from({ length: 12 }, (_, index) => sha256(`weights ${index}`))
const sigstore = await anInstance()
const stranger = await anInstance()
// What is signed now is judged a little later.
const now = new Date(Date.now() + 3_600_000).toISOString()
const IDENTITY = `{ issuer: "${ISSUER}", subject: "${WORKFLOW}" }`
const FLOOR = `trusted: { signers: [${IDENTITY}], roots: [{ name: own, root: ${JSON.stringify(sigstore.root)} }] }`

type Release = {
  readonly head?: string
  readonly asks?: string
  readonly weights?: readonly string[]
  readonly committed?: object
  /** A training record among the evidence. */
  readonly record?: string
  readonly floor?: string
}
const ATTESTED = '{ id: made-by, control: documentation, check: attestation, predicate: provenance }'

/** The verdict on a release with so many weights, and which digests GitHub was asked for. */
async function judged(release: Release, told?: (digest: string) => ToldAttestations) {
  const { head = '', asks, weights: all = WEIGHTS.slice(0, 1), committed, record, floor = FLOOR } = release
  const repository = memory()
  const accuracy = '{ id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9 }'
  const lines = [accuracy, ...(asks ? [asks] : [])].map((line) => `  - ${line}\n`).join('')
  const files = {
    '.gonogo/criteria/m.yml': `gonogo: 1\nmodel: m\nrisk: low\napproach: build\n${head}criteria:\n${lines}`,
  }
  const tip = repository.commit({ files })
  repository.move('main', tip)
  const entries = all.map((sha, index) => `{ uri: "s3://a/${index}", sha256: ${sha} }`).join(', ')
  const commit = repository.commit({
    parents: [tip],
    files: {
      ...files,
      'models/m/release.yml': `gonogo: 1\nmodel: m\nversion: 1.0.0\nweights: [${entries}]\ntraining: { commit: ${tip} }\nevidence: [metrics.json${committed ? ', a.sigstore.json' : ''}${record ? ', training.yml' : ''}]\n`,
      'models/m/metrics.json': METRICS,
      ...(record && { 'models/m/training.yml': record }),
      ...(committed && { 'models/m/a.sigstore.json': JSON.stringify(committed) }),
    },
  })
  const asked: string[] = []
  const witness: Witness = {
    ...NO_WITNESS,
    attestations: async (where, digest) => {
      asked.push(`${where} ${digest.replace('sha256:', '')}`)
      return told?.(digest) ?? { kind: 'told', bundles: [], left: 0 }
    },
  }
  const facts = await gather(repository, {
    ...{ commit, now, engine: '0.1.0', floor: aFloor(floor) },
    ...(told && { witness }),
  })
  const verdict = evaluate(JSON.parse(JSON.stringify(facts)))
  const answers = new Map(verdict.models[0]?.findings.map((one) => [one.criterion, one.answer]))
  return { facts, verdict, asked, answers, model: verdict.models[0], tip }
}

const nothing = (): ToldAttestations => ({ kind: 'told', bundles: [], left: 0 })
const of = (subjects: readonly string[]) => provenance(subjects.map((one) => weights(one, one)))
const whole = await sigstore.bundle(of(WEIGHTS))
const gives =
  (...bundles: readonly unknown[]) =>
  (): ToldAttestations => ({ kind: 'told', bundles, left: 0 })

test('one attestation of all weights is asked for once', async () => {
  const { asked, answers, verdict } = await judged({ asks: ATTESTED, weights: WEIGHTS }, gives(whole))

  expect(asked).toEqual([`acme/models ${WEIGHTS[0]}`])
  expect(answers.get('made-by')).toMatchObject({ code: 'attestation_verified', weights: 12 })
  expect(verdict.decision).toBe('go')
})

test('of weights that are attested one by one no more than ten are asked for', async () => {
  const { asked } = await judged({ asks: ATTESTED, weights: WEIGHTS }, nothing)

  expect(asked).toEqual(WEIGHTS.slice(0, 10).map((one) => `acme/models ${one}`))
})

test.each<readonly [string, Release]>([
  ['nothing asks for an attestation', {}],
  ['what is committed covers the weights', { asks: ATTESTED, committed: whole }],
  ['a list of files is asked for', { asks: ATTESTED.replace('provenance', 'model-signing') }],
  ['nobody could have signed', { head: 'trust: signed\n', floor: '' }],
  ['tier witnessed is asked of a commit alone', { head: 'registration: witnessed\n' }],
])('nothing is asked for where %s', async (_, release) => {
  const { asked, facts } = await judged(release, nothing)

  expect(asked).toEqual([])
  expect(facts.models[0]).not.toHaveProperty('attestations')
})

test('what is committed and covers some of the weights leaves the others to be asked for', async () => {
  const committed = await sigstore.bundle(of(WEIGHTS.slice(0, 1)))
  const release = { asks: ATTESTED, weights: WEIGHTS.slice(0, 2), committed }
  const { asked, answers } = await judged(release, gives(whole))

  expect(asked).toEqual([`acme/models ${WEIGHTS[1]}`])
  expect(answers.get('made-by')).toMatchObject({ code: 'attestation_verified' })
})

test.each<readonly [string, object]>([
  ['not signed', of(WEIGHTS)],
  ['of another predicate', { ...of(WEIGHTS), predicateType: 'https://x.example/v1' }],
])('what is committed and is %s leaves all to be asked for', async (_, statement) => {
  const isSigned = 'predicateType' in statement && statement.predicateType === 'https://x.example/v1'
  const committed = isSigned ? await sigstore.bundle(statement) : statement
  const { asked, answers } = await judged({ asks: ATTESTED, committed }, gives(whole))

  expect(asked).toHaveLength(1)
  expect(answers.get('made-by')).toMatchObject({ code: 'attestation_verified' })
})

test('evidence that must be signed is asked for by its own digest', async () => {
  const bundle = await sigstore.bundle(of([sha256(METRICS)]))
  const { asked, model, verdict } = await judged({ head: 'trust: signed\n' }, gives(bundle))

  expect(asked).toEqual([`acme/models ${sha256(METRICS)}`])
  expect(verdict.decision).toBe('go')
  expect(model?.evidence[0]).toMatchObject({
    trust: 'signed',
    attested: [{ by: `attestations/sha256:${sha256(METRICS)}`, signer: { subject: WORKFLOW } }],
  })
  expect(model?.evidence[1]).toMatchObject({ kept: { found: 1, left: 0 } })
})

test('only whom the floor trusts is shown to have signed, in the verdict and where it is explained', async () => {
  const digest = sha256(METRICS)
  const bundle = await sigstore.bundle(of([digest]))
  const other = await sigstore.bundle(of([digest]), { subject: `${WORKFLOW}x` })
  const { model } = await judged({ head: 'trust: signed\n' }, gives(other, bundle))
  const finding = model?.findings.find(({ criterion }) => criterion === 'accuracy')
  const by = `signed by ${WORKFLOW} (by ${ISSUER}) in attestations/sha256:${digest}`

  expect(model?.evidence[0]?.attested?.map(({ signer }) => signer)).toMatchObject([{ subject: WORKFLOW }])
  expect(
    model && finding && renderExplanation(model, finding).replaceAll('`', '').replaceAll(/\s+/g, ' '),
  ).toContain(by)
})

test('the floor may be who asks', async () => {
  const floor = `${FLOOR}\ncriteria: [${ATTESTED}]`
  expect((await judged({ floor }, nothing)).asked).toHaveLength(1)
})

const late = await sigstore.bundle(of(WEIGHTS), { late: 20 })
const theirs = await stranger.bundle(of(WEIGHTS))

test.each<readonly [string, ToldAttestations, string, string, number]>([
  ['wrong', gives(whole, late)(), 'attestation_wrong', 'no-go', 1],
  ['by a root that nobody has, beside one', gives(theirs, whole)(), 'attestation_verified', 'go', 0],
  ['by a root that nobody has', gives(theirs)(), 'attestation_claimed', 'undecided', 0],
  ['no bundle', gives({ mediaType: 'x' }, 7, [])(), 'attestation_missing', 'undecided', 0],
  ['hidden', { kind: 'hidden' }, 'attestation_missing', 'undecided', 0],
])('what GitHub keeps is %s', async (_, told, code, decision, problems) => {
  const { answers, verdict, model } = await judged({ asks: ATTESTED }, () => told)

  expect(answers.get('made-by')).toMatchObject({ code })
  expect(verdict.decision).toBe(decision)
  expect(model?.problems).toHaveLength(problems)
})

test('where the app may not look it is asked once, and said', async () => {
  const { asked, answers } = await judged({ asks: ATTESTED, weights: WEIGHTS }, () => ({ kind: 'hidden' }))

  expect(asked).toHaveLength(1)
  expect(answers.get('made-by')).toMatchObject({ unseen: true })
})

const ASKS_RECORD = '{ id: made, control: reproducibility, check: record, record: training, trust: signed }'
// The commit of the training is the same for whoever asks the same.
const { tip } = await judged({ asks: ASKS_RECORD })
const RECORD = `gonogo: 1
record: training
owner: ada
date: 2026-02-20
outcome: completed
data: [{ name: reviews-2026 }]
hyperparameters: { epochs: 3 }
seeds: [7]
environment: { python: "3.13" }
commit: ${tip}
`
const SIGNED_RECORD = { asks: ASKS_RECORD, record: RECORD }

test('a record that a criterion wants signed is asked for by its own digest', async () => {
  const bundle = await sigstore.bundle(of([sha256(RECORD)]))
  const { asked, answers, verdict } = await judged(SIGNED_RECORD, (digest) =>
    digest.endsWith(sha256(RECORD)) ? gives(bundle)() : nothing(),
  )

  expect(asked).toContain(`acme/models ${sha256(RECORD)}`)
  expect(answers.get('made')).toMatchObject({ code: 'record_holds' })
  expect(verdict.decision).toBe('go')
})

test.each<readonly [string, Partial<Release>, string]>([
  ['attests other bytes', {}, sha256(METRICS)],
  [
    'is nobody that the floor trusts',
    { floor: FLOOR.replace(WORKFLOW, 'https://github.com/else') },
    sha256(RECORD),
  ],
])('a record whose signer %s is not signed', async (_, given, subject) => {
  const bundle = await sigstore.bundle(of([subject]))
  const { answers, verdict } = await judged({ ...SIGNED_RECORD, ...given }, gives(bundle))

  expect(answers.get('made')).toMatchObject({
    ...{ code: 'source_too_weak', outcome: 'undecided', wanted: 'signed' },
    sources: [{ path: 'models/m/training.yml', found: 'typed' }],
  })
  expect(verdict.decision).toBe('undecided')
})

test('in a clone attestations of such a record are awaited', async () => {
  const { verdict } = await judged(SIGNED_RECORD)

  expect(awaiting(verdict)).toContain(`attestations/sha256:${sha256(RECORD)}`)
  expect(onlyAwaiting(verdict)).toBe(true)
})

test.each<readonly [string, Release, string]>([
  ['attested weights', { asks: ATTESTED }, `attestations/sha256:${WEIGHTS[0]}`],
  ['signed evidence', { head: 'trust: signed\n' }, `attestations/sha256:${sha256(METRICS)}`],
])('in a clone %s are awaited, and nothing else is amiss', async (_, release, path) => {
  const { verdict } = await judged(release)

  expect(verdict.decision).toBe('undecided')
  expect(awaiting(verdict)).toEqual([path])
  expect(onlyAwaiting(verdict)).toBe(true)
})

test('in a clone what is amiss besides is not only awaited', async () => {
  const { verdict } = await judged({
    asks: `${ATTESTED}\n  - { id: f1, control: performance, check: metric, metric: f1, at_least: 0.9 }`,
  })

  expect(verdict.decision).toBe('undecided')
  expect(onlyAwaiting(verdict)).toBe(false)
})
