import { describe, expect, test } from 'vitest'
import type { AttestationRecord, Shown } from '../../src/core/attestation.ts'
import type { ProvenanceLack } from '../../src/core/registration.ts'
import { evaluate } from '../../src/evaluate.ts'
import type { Facts, SeenRun } from '../../src/facts.ts'
import { judgedOf } from '../../src/judged.ts'
import { trusting } from '../../src/registration/trusted.ts'
import { renderMarkdown } from '../../src/render/check-run.ts'
import { aMeasurement, anId, aSource } from '../support/build.ts'
import {
  ACCURACY,
  aCriteriaFile,
  anEvidence,
  CRITERIA_PATH,
  modelFacts,
  someFacts,
} from '../support/facts.ts'
import { aFloor } from '../support/floor.ts'
import { COMMIT, ISSUER, WORKFLOW } from '../support/sigstore.ts'

const [ONE, TWO] = ['a'.repeat(64), 'b'.repeat(64)] as const
const TIP = { kind: 'known', commit: anId('2'), since: '2026-02-01T08:00:00Z', source: 'receipt' } as const
const RUN: SeenRun = {
  ...{ clock: 'run', work: 'training', kind: 'seen', run: 77, repository: 'acme/models' },
  ...{ began: '2026-02-02T08:00:00Z', commit: COMMIT, repositoryId: 4711, tip: TIP },
  ...{ workflow: '.github/workflows/train.yml', file: 'trusted', fork: false, success: true },
  produced: { kind: 'expired', artifact: 'weights' },
}
const SIGNER = {
  by: 'identity',
  ...{ issuer: ISSUER, subject: WORKFLOW, workflow: WORKFLOW, run: 77, trigger: 'push' },
  ...{ repository: 'acme/models', repositoryId: '4711', ownerId: '42', commit: COMMIT },
} as const
const PROVENANCE: AttestationRecord = {
  ...{ kind: 'attestation', predicateType: 'https://slsa.dev/provenance/v1' },
  says: { predicate: 'provenance', builder: WORKFLOW, buildType: 'x', materials: [] },
  subjects: [{ digests: [`sha256:${ONE}`] }, { digests: [`sha256:${TWO}`] }],
  shown: { state: 'verified', signer: SIGNER },
  source: aSource({ path: 'models/credit-risk/a.sigstore.json' }),
}
const REUSABLE = 'https://github.com/acme/build/.github/workflows/score.yml@refs/tags/v1'

type Case = {
  readonly records?: readonly AttestationRecord[]
  readonly signer?: object
  readonly run?: Partial<SeenRun>
  /** In the place of the run. */
  readonly whole?: SeenRun
  readonly floor?: string
  readonly facts?: Partial<Facts>
}

const by = (signer: object): AttestationRecord => ({
  ...PROVENANCE,
  shown: { state: 'verified', signer: { ...SIGNER, ...signer } },
})

function factsOf({ records, signer = {}, run = {}, whole = RUN, floor, facts = {} }: Case): Facts {
  const file = aCriteriaFile([ACCURACY], 'c', 'risk: low\napproach: build\nregistration: witnessed')
  const model = modelFacts({
    weights: [ONE, TWO].map((one) => ({ name: one, digest: `sha256:${one}`, trust: 'declared' })),
    start: { kind: 'by_clock', work: { kind: 'training', commit: COMMIT } },
    begun: { ...whole, ...run },
    criteria: { path: CRITERIA_PATH, registered: file, today: file },
    evidence: [
      anEvidence({ measurements: [aMeasurement()] }),
      anEvidence({
        ...{ path: PROVENANCE.source.path, measurements: [] },
        records: records ?? [by(signer)],
      }),
    ],
  })
  const weights = [ONE, TWO].map((sha256, index) => ({ uri: `s3://a/${index}`, sha256 }))
  const { value } = model.manifest
  const training = { run: 77, commit: COMMIT }
  const manifest = { ...model.manifest, ...(value && { value: { ...value, weights, training } }) }
  const all = { ...someFacts([{ ...model, manifest }]), repository: 'acme/models', ...facts }
  return JSON.parse(JSON.stringify({ ...all, ...(floor && { floor: aFloor(floor) }) }))
}

function judged(given: Case) {
  const facts = factsOf(given)
  const verdict = evaluate(facts)
  const [model] = verdict.models
  if (model === undefined) throw new Error('no model')
  return { facts, verdict, answer: model.findings[0]?.answer, registration: model.registration }
}

describe('provenance that names the very run', () => {
  test('witnesses it, whatever became of its artifact', () => {
    for (const kind of ['expired', 'no_artifact', 'unreadable'] as const) {
      const produced = { kind, artifact: 'weights' } as const
      const { answer, registration, verdict } = judged({ run: { produced } })
      expect(answer).toMatchObject({ code: 'registered_by_clock', outcome: 'met', tier: 'witnessed' })
      expect(registration.clock).toMatchObject({ attested: [PROVENANCE.source.path] })
      expect(renderMarkdown(verdict)).toContain('shown by verified provenance')
      expect(renderMarkdown(verdict)).toContain('attested by the run that produced them')
    }
  })

  test('also where the artifact names other weights', () => {
    const produced = { kind: 'lacking', artifact: 'weights', missing: ['x'] } as const
    expect(judged({ run: { produced } }).registration.tier).toBe('witnessed')
  })

  test('fixes the version of the criteria, as an artifact does', () => {
    const facts = factsOf({})
    const [model] = facts.models.map((one) => trusting(one, undefined, facts))
    expect(model && judgedOf(model)).toHaveLength(1)
    const other = factsOf({ signer: { run: 78 } })
    const [started] = other.models.map((one) => trusting(one, undefined, other))
    expect(started && judgedOf(started)).toHaveLength(2)
  })

  test.each<readonly [string, Case]>([
    ['in two statements', { records: [subjects(ONE), subjects(TWO)] }],
    ['of a repository that has another name by now', { signer: { repository: 'acme/old', ...named('old') } }],
    ['whose id the run did not tell', without({ repositoryId: 4711 })],
    [
      'by a workflow that it called in its own repository',
      {
        signer: { subject: WORKFLOW.replace('train', 'pack') },
        run: { calls: [{ workflow: '.github/workflows/pack.yml', commit: COMMIT }] },
      },
    ],
    [
      'by a workflow that the floor lists',
      {
        signer: { subject: REUSABLE },
        floor:
          'trusted: { workflows: [acme/models/.github/workflows/train.yml, acme/build/.github/workflows/score.yml] }',
      },
    ],
    [
      'by a signer that the floor trusts',
      {
        signer: { subject: REUSABLE },
        floor: `trusted: { signers: [{ issuer: "${ISSUER}", subject: "${REUSABLE}" }] }`,
      },
    ],
  ])('%s', (_, given) => {
    expect(judged(given).registration).toMatchObject({ tier: 'witnessed', limits: [] })
  })
})

const CLAIMED: Shown = { state: 'claimed', why: 'unsigned' }
const KEY: Shown = { state: 'verified', signer: { by: 'key', name: 'lab' } }

describe('anything less keeps the tier at started, with its reason', () => {
  test.each<readonly [string, Case, ProvenanceLack]>([
    ['another run', { signer: { run: 78 } }, { why: 'run', found: '78', wanted: '77' }],
    ['no run', { signer: { run: undefined } }, { why: 'run', found: '', wanted: '77' }],
    [
      'another repository of the same name',
      { signer: { repositoryId: '4712' } },
      { why: 'repository', found: '4712', wanted: '4711' },
    ],
    ['a repository whose id nobody knows', without(), { why: 'repository', found: '4711', wanted: '' }],
    [
      "a sibling, whose id is not the judged repository's",
      {
        ...without({ repositoryId: 4711 }),
        run: { repository: 'acme/train' },
      },
      { why: 'repository', found: '4711', wanted: '' },
    ],
    [
      'another commit',
      { signer: { commit: anId('9') } },
      { why: 'commit', found: anId('9'), wanted: COMMIT },
    ],
    [
      'another workflow',
      { signer: named('models', 'other') },
      { why: 'workflow', found: 'acme/models/.github/workflows/other.yml', wanted: RUN.workflow },
    ],
    [
      'a workflow of another repository',
      { signer: { workflow: WORKFLOW.replace('acme/models', 'acme/other') } },
      { why: 'workflow', found: 'acme/other/.github/workflows/train.yml', wanted: RUN.workflow },
    ],
    [
      'no workflow',
      { signer: { workflow: undefined } },
      { why: 'workflow', found: '', wanted: RUN.workflow },
    ],
    [
      'a called workflow that nobody trusts',
      { signer: { subject: REUSABLE } },
      { why: 'signer', found: REUSABLE, wanted: RUN.workflow },
    ],
    ['a pull request', { signer: { trigger: 'pull_request' } }, { why: 'trigger', found: 'pull_request' }],
    ['an event that is not told', { signer: { trigger: undefined } }, { why: 'trigger', found: '' }],
    ['another issuer', { signer: { issuer: `${ISSUER}/acme` } }, { why: 'issuer', found: `${ISSUER}/acme` }],
    ['a key', { records: [{ ...PROVENANCE, shown: KEY }] }, { why: 'issuer', found: 'lab' }],
    ['nobody', { records: [{ ...PROVENANCE, shown: CLAIMED }] }, { why: 'not_verified' }],
    [
      'a signature that is wrong',
      { records: [{ ...PROVENANCE, shown: { state: 'invalid', why: 'signature' } }] },
      { why: 'not_verified' },
    ],
    ['one of two weights', { records: [subjects(ONE)] }, { why: 'weights', missing: ['s3://a/1'] }],
    [
      'one of two weights, and the other by another run',
      { records: [subjects(ONE), { ...by({ run: 78 }), subjects: [{ digests: [`sha256:${TWO}`] }] }] },
      { why: 'weights', missing: ['s3://a/1'] },
    ],
  ])('%s', (_, given, lack) => {
    const { answer, registration } = judged(given)

    const limit = { code: 'provenance_lacks', path: PROVENANCE.source.path, lack }
    expect(answer).toMatchObject({ code: 'tier_too_low', outcome: 'undecided', tier: 'started', limit })
    expect(registration).toMatchObject({
      tier: 'started',
      limits: [limit, { code: 'artifact_expired', artifact: 'weights' }],
    })
    expect(registration.clock).not.toHaveProperty('attested')
  })

  test.each<readonly [string, Partial<SeenRun>, object]>([
    ['an edited workflow', { file: 'edited' }, { code: 'workflow_not_trusted', why: 'edited' }],
    ['a workflow that is not on the branch', { file: 'absent' }, { code: 'workflow_not_trusted' }],
    ['a run for a fork', { fork: true }, { code: 'run_from_fork' }],
    ['a run that failed', { success: false }, { code: 'run_not_successful' }],
    ['a run that was run again', { again: true }, { code: 'run_again' }],
  ])('%s, though its provenance is right', (_, run, limit) => {
    const { registration } = judged({ run })
    expect(registration).toMatchObject({ tier: 'started', limits: [limit] })
  })

  test('a workflow that the floor does not list', () => {
    const floor = 'trusted: { workflows: [acme/models/.github/workflows/other.yml] }'
    expect(judged({ floor }).registration).toMatchObject({
      tier: 'started',
      limits: [{ code: 'workflow_not_trusted', why: 'unlisted' }],
    })
  })

  test('provenance of other files says nothing, and what is no provenance neither', () => {
    const records: readonly AttestationRecord[] = [
      { ...PROVENANCE, subjects: [{ digests: [`sha256:${'e'.repeat(64)}`] }] },
      { ...PROVENANCE, says: { predicate: 'svr', verifier: 'x', properties: ['y'] } },
    ]
    expect(judged({ records }).registration).toMatchObject({
      tier: 'started',
      limits: [{ code: 'artifact_expired' }],
    })
  })

  test('weights without a digest can not be attested whole', () => {
    expect(judged({ run: { produced: { kind: 'no_digests' } } }).registration).toMatchObject({
      tier: 'started',
      limits: [{ code: 'no_digests' }],
    })
  })
})

test('an artifact that lists the weights is a witness of its own', () => {
  const produced = { kind: 'listed', artifact: 'weights', digest: 'sha256:1' } as const
  for (const run of [77, 78]) {
    const { registration } = judged({ run: { produced }, signer: { run } })
    expect(registration).toMatchObject({ tier: 'witnessed', limits: [] })
    expect(registration.clock).not.toHaveProperty('attested')
  }
})

function subjects(...digests: readonly string[]): AttestationRecord {
  return { ...PROVENANCE, subjects: digests.map((one) => ({ digests: [`sha256:${one}`] })) }
}

function named(repository: string, workflow = 'train') {
  const url = WORKFLOW.replace('acme/models', `acme/${repository}`).replace('train.yml', `${workflow}.yml`)
  return { workflow: url, subject: url }
}

/** A run whose repository's id was not told. */
function without(facts: Partial<Facts> = {}): Case {
  const { repositoryId: _, ...run } = RUN
  return { whole: run, facts }
}
