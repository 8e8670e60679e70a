import { describe, expect, test } from 'vitest'
import { AttestationCheck, answerAttestation, attestationExpiry } from '../../src/checks/attestation.ts'
import type { Context } from '../../src/checks/context.ts'
import type { AttestationRecord, AttestationSigner, Says } from '../../src/core/attestation.ts'
import type { FloorSigner } from '../../src/core/signers.ts'
import { aSource } from '../support/build.ts'
import { aContext, anEvidence } from '../support/facts.ts'

const NOW = '2026-06-01T00:00:00Z'
const [A, B] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`]
const TRAIN = { issuer: 'https://issuer.example', subject: 'https://x.example/train.yml@refs/heads/main' }
const PROVENANCE: Says = { predicate: 'provenance', builder: 'cluster', buildType: 'x', materials: [] }
const by = (change: object = {}): AttestationSigner => ({ by: 'identity', ...TRAIN, ...change })
const verified = (signer: AttestationSigner = by(), at = '2026-05-01T00:00:00Z') =>
  ({ state: 'verified', signer, at }) as const

const record = (given: Partial<AttestationRecord> = {}): AttestationRecord => ({
  kind: 'attestation',
  predicateType: 'https://slsa.dev/provenance/v1',
  says: PROVENANCE,
  subjects: [{ name: 'model.safetensors', digests: [A] }],
  shown: verified(),
  source: aSource({ path: 'a.sigstore.json' }),
  ...given,
})

const asked = (given: object = {}): AttestationCheck =>
  AttestationCheck.parse({
    ...{ id: 'a', control: 'open-source-provenance', check: 'attestation', predicate: 'provenance' },
    ...given,
  })

function contextOf(records: readonly AttestationRecord[], more: Partial<Context> = {}): Context {
  const evidence = [anEvidence({ measurements: [], records })]
  const weights = [{ name: 'model.safetensors', digest: A }]
  return aContext([], { now: NOW, evidence, weights, signers: [TRAIN], ...more })
}

const answer = (records: readonly AttestationRecord[], criterion: object = {}, more: Partial<Context> = {}) =>
  answerAttestation(asked(criterion), contextOf(records, more))

test('what is loaded as weights are must be covered as they are', () => {
  const loaded = [{ name: 'clf.pkl', digest: B }]

  expect(answer([record()], {}, { loaded })).toMatchObject({
    ...{ code: 'attestation_lacking', lacks: [{ lack: 'weights', files: ['clf.pkl'] }] },
  })
  expect(answer([record({ subjects: [{ digests: [A, B] }] })], {}, { loaded })).toMatchObject({
    outcome: 'met',
  })
})

describe('an attestation', () => {
  test('that verifies by a trusted signer of the weights is met', () => {
    expect(answer([record()])).toEqual({
      ...{ code: 'attestation_verified', outcome: 'met', predicate: 'provenance' },
      ...{ paths: ['a.sigstore.json'], signers: [by()], weights: 1 },
    })
  })

  test.each<readonly [string, readonly AttestationRecord[], string, string]>([
    ['none', [], 'attestation_missing', 'undecided'],
    [
      'of another predicate',
      [record({ says: { predicate: 'other' }, predicateType: 'https://x.example' })],
      'attestation_missing',
      'undecided',
    ],
    [
      'unsigned',
      [record({ shown: { state: 'claimed', why: 'unsigned' } })],
      'attestation_claimed',
      'undecided',
    ],
    [
      'by an unknown key',
      [record({ shown: { state: 'claimed', why: 'unknown_key' } })],
      'attestation_claimed',
      'undecided',
    ],
    [
      'a placeholder',
      [record({ shown: { state: 'placeholder', found: 'TODO' } })],
      'attestation_placeholder',
      'unmet',
    ],
    ['invalid', [record({ shown: { state: 'invalid', why: 'log' } })], 'attestation_wrong', 'unmet'],
    [
      'invalid beside one that verifies',
      [record(), record({ shown: { state: 'invalid', why: 'log' } })],
      'attestation_wrong',
      'unmet',
    ],
    [
      'unreadable beside one that verifies',
      [
        record(),
        record({
          predicateType: '',
          says: { predicate: 'other' },
          shown: { state: 'invalid', why: 'malformed' },
        }),
      ],
      'attestation_wrong',
      'unmet',
    ],
    ['about other weights', [record({ subjects: [{ digests: [B] }] })], 'attestation_lacking', 'unmet'],
    [
      'about no digest',
      [record({ subjects: [{ name: 'model.safetensors', digests: [] }] })],
      'attestation_lacking',
      'unmet',
    ],
    [
      'from the future',
      [record({ shown: verified(by(), '2026-06-02T00:00:00Z') })],
      'attestation_lacking',
      'unmet',
    ],
  ])('%s is not met', (_, records, code, outcome) => {
    expect(answer(records)).toMatchObject({ code, outcome })
  })

  test.each<readonly [string, string, string]>([
    ['a prefix', 'subject', TRAIN.subject.slice(0, -1)],
    ['a suffix', 'subject', `${TRAIN.subject}x`],
    ['another case', 'subject', TRAIN.subject.toUpperCase()],
    ['what a pattern would take', 'subject', TRAIN.subject.replace('.', 'x')],
    ['something before it', 'subject', `https://evil.example/${TRAIN.subject}`],
    ['another issuer', 'issuer', `${TRAIN.issuer}/enterprise`],
  ])('by %s of the signer is untrusted', (_, key, value) => {
    expect(answer([record({ shown: verified(by({ [key]: value })) })])).toMatchObject({
      code: 'attestation_untrusted',
      outcome: 'unmet',
      why: 'signer',
    })
  })

  test.each(['pull_request', 'pull_request_target'])('signed in a run for a %s is untrusted', (trigger) => {
    expect(answer([record({ shown: verified(by({ trigger })) })])).toMatchObject({
      code: 'attestation_untrusted',
      why: 'trigger',
    })
  })

  test('by certificates of an authority holds while they do', () => {
    const signer: AttestationSigner = {
      ...{ by: 'authority', name: 'lab', subject: 'CN=lab' },
      ...{ from: '2026-01-01T00:00:00Z', until: '2026-07-01T00:00:00Z' },
    }
    const ask = (now: string, held: AttestationSigner = signer) =>
      answer(
        [record({ shown: { state: 'verified', signer: held } })],
        {},
        { now, signers: [{ name: 'lab', ca: '' }] },
      )

    expect(ask(NOW)).toMatchObject({ outcome: 'met' })
    expect(ask('2026-07-01T00:00:01Z')).toMatchObject({ code: 'attestation_untrusted', why: 'expired' })
    expect(ask('2025-12-31T23:59:59Z')).toMatchObject({ code: 'attestation_untrusted', why: 'expired' })
    expect(ask(NOW, { ...signer, name: 'other' })).toMatchObject({ why: 'signer' })
    const context = contextOf([record({ shown: { state: 'verified', signer } })], {
      signers: [{ name: 'lab', ca: '' }],
    })
    expect(attestationExpiry(asked(), context)).toBe('2026-07-01T00:00:00.001Z')
  })
})

describe('whose signature counts', () => {
  const KEY: AttestationSigner = { by: 'key', name: 'release' }
  const floor: readonly FloorSigner[] = [
    { name: 'train', ...TRAIN },
    { name: 'release', key: '' },
  ]

  test.each<readonly [string, object, readonly FloorSigner[], AttestationSigner, string]>([
    ['any of the floor', {}, floor, by(), 'met'],
    ['any of the floor, a key', {}, floor, KEY, 'met'],
    ['one of the floor by its name', { signer: 'release' }, floor, KEY, 'met'],
    ['another of the floor', { signer: 'train' }, floor, KEY, 'unmet'],
    ['an identity of the criterion', { signer: TRAIN }, [], by(), 'met'],
    ['another than the criterion has', { signer: TRAIN }, floor, KEY, 'unmet'],
    ['nobody', {}, [], by(), 'undecided'],
    [
      'of the repository by its id',
      {},
      [{ ...TRAIN, repository_id: 4711, owner_id: 42 }],
      by({ repositoryId: '4711', ownerId: '42' }),
      'met',
    ],
    [
      'of another repository that took its name',
      {},
      [{ ...TRAIN, repository_id: 4711 }],
      by({ repositoryId: '4712' }),
      'unmet',
    ],
    ['of another owner who took its name', {}, [{ ...TRAIN, owner_id: 42 }], by({ ownerId: '43' }), 'unmet'],
    ['of no repository that is told', {}, [{ ...TRAIN, repository_id: 4711 }], by(), 'unmet'],
    ['a name that no floor has', { signer: 'lab' }, floor, by(), 'undecided'],
    ['a key with the name of an identity', { signer: 'train' }, floor, { by: 'key', name: 'train' }, 'unmet'],
  ])('%s', (_, criterion, signers, signer, outcome) => {
    expect(answer([record({ shown: verified(signer) })], criterion, { signers }).outcome).toBe(outcome)
  })
})

describe('every released file', () => {
  const weights = [
    { name: 'one.safetensors', digest: A },
    { name: 'two.safetensors', digest: B },
  ]
  test('is covered, by one attestation or by several', () => {
    const [one, two] = [record(), record({ subjects: [{ digests: [B] }] })]

    expect(answer([one, two], {}, { weights })).toMatchObject({ outcome: 'met', weights: 2 })
    expect(answer([record({ subjects: [{ digests: [A, B] }] })], {}, { weights })).toMatchObject({
      outcome: 'met',
    })
    expect(answer([one], {}, { weights })).toMatchObject({
      code: 'attestation_lacking',
      lacks: [{ lack: 'weights', files: ['two.safetensors'] }],
    })
  })

  test('is covered by none that somebody else signed', () => {
    const foreign = record({ subjects: [{ digests: [B] }], shown: verified(by({ subject: 'x' })) })

    expect(answer([record(), foreign], {}, { weights })).toMatchObject({ code: 'attestation_lacking' })
  })

  test.each([
    ['no weights', []],
    ['weights of a hub', [{ name: 'x/y', digest: `revision:${'1'.repeat(40)}` }]],
    ['sums beside a digest', [...weights, { name: 's3://x', digest: `sums:${'1'.repeat(40)}` }]],
  ])('%s leave nothing to cover', (_, named) => {
    expect(answer([record()], {}, { weights: named })).toMatchObject({ code: 'nothing_to_cover' })
  })
})

describe('what a predicate says', () => {
  const vsa = (change: object = {}): Says => ({
    ...{ predicate: 'vsa', verifier: 'v', resource: 'r', result: 'passed', levels: ['SLSA_BUILD_LEVEL_2'] },
    ...{ policy: { uri: 'p', digests: [] }, at: '2026-05-20T00:00:00Z' },
    ...change,
  })
  const tests = (change: object = {}): Says => ({
    ...{ predicate: 'test-result', result: 'passed', passed: ['one', 'two'], warned: [], failed: [] },
    configuration: [],
    ...change,
  })
  const ask = (says: Says, criterion: object = {}) =>
    answer([record({ says })], { predicate: says.predicate, ...criterion })

  test.each<readonly [string, Says, object, string]>([
    ['a builder', PROVENANCE, { builder: 'cluster' }, 'met'],
    ['another builder', PROVENANCE, { builder: 'clusters' }, 'unmet'],
    ['a verdict that passed', vsa(), {}, 'met'],
    ['a verdict that failed', vsa({ result: 'failed' }), {}, 'unmet'],
    ['a level FAILED', vsa({ levels: ['FAILED'] }), {}, 'unmet'],
    ['the level', vsa(), { level: 'SLSA_BUILD_LEVEL_2' }, 'met'],
    ['a higher level', vsa({ levels: ['SLSA_BUILD_LEVEL_3'] }), { level: 'SLSA_BUILD_LEVEL_2' }, 'met'],
    ['a lower level', vsa(), { level: 'SLSA_BUILD_LEVEL_3' }, 'unmet'],
    ['a level of another track', vsa(), { level: 'SLSA_SOURCE_LEVEL_1' }, 'unmet'],
    ['no level', vsa({ levels: [] }), { level: 'SLSA_BUILD_LEVEL_1' }, 'unmet'],
    [
      'an unevaluated level',
      vsa({ levels: ['SLSA_BUILD_LEVEL_UNEVALUATED'] }),
      { level: 'SLSA_BUILD_LEVEL_1' },
      'unmet',
    ],
    ['a level of its own', vsa({ levels: ['BCID_L1'] }), { level: 'BCID_L1' }, 'met'],
    ['a level that begins like it', vsa({ levels: ['BCID_L10'] }), { level: 'BCID_L1' }, 'unmet'],
    ['another verifier', vsa(), { verifier: 'w' }, 'unmet'],
    ['another resource', vsa(), { resource: 's' }, 'unmet'],
    ['all that is asked', vsa(), { verifier: 'v', resource: 'r' }, 'met'],
    ['an old verdict', vsa({ at: '2026-01-01T00:00:00Z' }), { max_age: '60 days' }, 'unmet'],
    ['a verdict to come', vsa({ at: '2026-07-01T00:00:00Z' }), {}, 'unmet'],
    ['tests that passed', tests(), { tests: ['one'] }, 'met'],
    ['a test that is not named', tests(), { tests: ['three'] }, 'unmet'],
    ['tests that failed', tests({ result: 'failed' }), {}, 'unmet'],
    ['tests with a warning', tests({ result: 'warned' }), {}, 'unmet'],
    ['a pass with a failed test', tests({ failed: ['three'] }), {}, 'unmet'],
    ['a pass with a warned test', tests({ warned: ['three'] }), {}, 'unmet'],
    ['the policy', vsa({ policy: { uri: 'p', digests: [A] } }), { policy: A }, 'met'],
    [
      'the policy by one of its digests',
      vsa({ policy: { uri: 'p', digests: [B, A] } }),
      { policy: A },
      'met',
    ],
    ['another policy', vsa({ policy: { uri: 'p', digests: [B] } }), { policy: A }, 'unmet'],
    ['a policy by its address alone', vsa({ policy: { uri: A, digests: [] } }), { policy: A }, 'unmet'],
    ['the configuration', tests({ configuration: [B, A] }), { configuration: [A, B] }, 'met'],
    ['a part of the configuration', tests({ configuration: [A] }), { configuration: [A, B] }, 'unmet'],
    ['another configuration', tests({ configuration: [B] }), { configuration: [A] }, 'unmet'],
    ['no configuration', tests(), { configuration: [A] }, 'unmet'],
  ])('%s', (_, says, criterion, outcome) => {
    expect(ask(says, criterion).outcome).toBe(outcome)
  })

  test.each<readonly [string, AttestationSigner, string]>([
    ['as asked', by({ runner: 'github-hosted' }), 'met'],
    ['of its own', by({ runner: 'self-hosted' }), 'unmet'],
    ['of another case', by({ runner: 'GitHub-hosted' }), 'unmet'],
    ['of a name that goes on', by({ runner: 'github-hosted-by-us' }), 'unmet'],
    ['that no certificate says', by(), 'unmet'],
    ['of a key', { by: 'key', name: 'lab' }, 'unmet'],
  ])('a runner %s, whatever the statement says of it', (_, signer, outcome) => {
    const says: Says = { ...PROVENANCE, builder: 'https://github.com/actions/runner/github-hosted' }
    const signers: readonly FloorSigner[] = [TRAIN, { name: 'lab', key: '-' }]
    const attested = [record({ says, shown: verified(signer) })]

    expect(answer(attested, {}, { signers }).outcome).toBe('met')
    expect(answer(attested, { runner: 'github-hosted' }, { signers }).outcome).toBe(outcome)
  })

  test('of a runner it is said which, and that none is', () => {
    const lacks = (runner?: string) =>
      answer([record({ shown: verified(by(runner === undefined ? {} : { runner })) })], {
        runner: 'github-hosted',
      })

    expect(lacks('self-hosted')).toMatchObject({
      lacks: [{ lack: 'runner', found: 'self-hosted', wanted: 'github-hosted' }],
    })
    expect(lacks()).toMatchObject({ lacks: [{ lack: 'runner', wanted: 'github-hosted' }] })
  })

  test.each<readonly [string, object]>([
    ['a runner of vsa', { predicate: 'vsa', runner: 'github-hosted' }],
    ['a runner of its own', { runner: 'self-hosted' }],
    ['a policy of provenance', { policy: A }],
    ['a policy by a weak digest', { predicate: 'vsa', policy: `md5:${'a'.repeat(32)}` }],
    ['a policy by half a digest', { predicate: 'vsa', policy: A.slice(0, -1) }],
    ['a policy in upper case', { predicate: 'vsa', policy: `sha256:${'A'.repeat(64)}` }],
    ['a configuration of vsa', { predicate: 'vsa', configuration: [A] }],
    ['no configuration', { predicate: 'test-result', configuration: [] }],
  ])('%s can not be asked', (_, given) => {
    expect(() => asked(given)).toThrow(/runner|policy|configuration/)
  })

  test('of a signer who says no, no other yes outvotes it', () => {
    const no = record({ says: vsa({ result: 'failed' }) })

    expect(answer([record({ says: vsa() }), no], { predicate: 'vsa' })).toMatchObject({
      lacks: [{ lack: 'result', found: 'failed' }],
    })
    const elsewhere = { ...no, subjects: [{ digests: [B] }] }
    expect(answer([record({ says: vsa() }), elsewhere], { predicate: 'vsa' })).toMatchObject({
      outcome: 'met',
    })
  })

  test.each<readonly [string, AttestationRecord['files'], string]>([
    ['of which every file is there', { absent: [], unsigned: [] }, 'met'],
    ['of which a file is absent', { absent: ['config.json'], unsigned: [] }, 'unmet'],
    ['that leaves out a component', { absent: [], unsigned: ['prompt.md'] }, 'unmet'],
    ['whose files nobody looked at', undefined, 'unmet'],
  ])('a signed model %s', (_, files, outcome) => {
    const says: Says = { predicate: 'model-signing', files: [{ name: 'model.safetensors', digest: A }] }
    const given = { says, subjects: [{ digests: [B] }], ...(files && { files }) }

    expect(answer([record(given)], { predicate: 'model-signing' }).outcome).toBe(outcome)
  })

  test('the subject of a signed model is its list, not its weights', () => {
    const says: Says = { predicate: 'model-signing', files: [{ name: 'model.safetensors', digest: B }] }
    const given = { says, subjects: [{ digests: [A] }], files: { absent: [], unsigned: [] } }

    expect(answer([record(given)], { predicate: 'model-signing' })).toMatchObject({
      code: 'attestation_lacking',
    })
  })
})

describe('age', () => {
  test.each([
    ['2026-05-02T00:00:00Z', 'met'],
    ['2026-05-01T00:00:01Z', 'met'],
    ['2026-04-30T23:59:59Z', 'met'],
    ['2026-04-30T00:00:00Z', 'unmet'],
  ])('signed at %s is %s within 31 days', (at, outcome) => {
    expect(answer([record({ shown: verified(by(), at) })], { max_age: '31 days' }).outcome).toBe(outcome)
  })

  test('of what no clock saw is not known', () => {
    const shown = { state: 'verified', signer: by() } as const

    expect(answer([record({ shown })], { max_age: '31 days' })).toMatchObject({ lacks: [{ lack: 'time' }] })
    expect(answer([record({ shown })])).toMatchObject({ outcome: 'met' })
  })

  test('ends at a moment, for a release to be judged again', () => {
    expect(attestationExpiry(asked({ max_age: '31 days' }), contextOf([record()]))).toBe(
      '2026-06-02T00:00:00.000Z',
    )
    expect(attestationExpiry(asked(), contextOf([record()]))).toBeUndefined()
    expect(attestationExpiry(asked({ max_age: '31 days' }), contextOf([]))).toBeUndefined()
  })
})

test.each([
  { level: 'SLSA_BUILD_LEVEL_2' },
  { tests: ['a'] },
  { verifier: 'x' },
  { resource: 'x' },
  { predicate: 'vsa', builder: 'x' },
  { signer: { issuer: 'x' } },
  { covers: 'nothing' },
  { predicate: 'link' },
])('a criterion with %j is faulty', (given) => {
  expect(() => asked(given)).toThrow()
})
