import { describe, expect, test } from 'vitest'
import type { AttestationRecord } from '../../src/core/attestation.ts'
import type { EvidenceRecord } from '../../src/core/record.ts'
import { evaluate } from '../../src/evaluate.ts'
import type { SeenTicket } from '../../src/facts.ts'
import { timesDisagree } from '../../src/registration/times-disagree.ts'
import { anId, aSource } from '../support/build.ts'
import { ALL_GIVEN, anEvidence, modelFacts, someFacts } from '../support/facts.ts'

const BEGAN = '2026-02-03T08:00:00Z'
const SOURCE = aSource({ path: 'training.yml' })
const RUN_SOURCE = aSource({ path: 'run.json' })

const TICKET: SeenTicket = {
  ...{ clock: 'ticket', work: 'training', kind: 'seen', path: 'models/credit-risk/start.jwt' },
  ...{ began: BEGAN, repository: 'acme/credit', model: 'credit-risk', tip: anId('2') },
  ...{ criteria: anId('c'), nonce: '0123456789abcdef' },
}

function training(started?: string, finished?: string): EvidenceRecord {
  const times = { ...(started && { started }), ...(finished && { finished }) }
  return {
    ...{ kind: 'training', owner: 'given', date: '2026-02-03', fields: ALL_GIVEN, outcome: 'completed' },
    ...{ times, source: SOURCE },
  }
}

function run(started?: string, finished?: string): EvidenceRecord {
  return {
    ...{ kind: 'run', ...(started && { started }), ...(finished && { finished }) },
    ...{ frameworks: {}, doubts: [], tool: 'mlflow', source: RUN_SOURCE },
  }
}

type Told = { readonly begun?: SeenTicket; readonly about?: 'candidate' | 'base' }

function judged(records: readonly EvidenceRecord[], { begun, about = 'candidate' }: Told = {}) {
  const files = records.map((record) =>
    anEvidence({ path: record.source.path, about, measurements: [], records: [record] }),
  )
  const evidence = [anEvidence(), ...files]
  const { models } = evaluate(someFacts([modelFacts({ evidence, ...(begun && { begun }) })]))
  return { decision: models[0]?.decision, problems: models[0]?.problems }
}

describe('a training that says it began before the work did', () => {
  test.each<readonly [string, EvidenceRecord, string]>([
    ['by its record', training('2026-02-03T07:49:00Z', '2026-02-03T09:00:00Z'), 'training.yml'],
    ['in another zone', training('2026-02-03T08:30:00+01:00'), 'training.yml'],
    ['by a run of a tool', run('2026-01-20T08:00:00Z'), 'run.json'],
  ])('is no go: %s', (_, record, path) => {
    const found = judged([record], { begun: TICKET })

    expect(found.decision).toBe('undecided')
    expect(found.problems).toMatchObject([
      { path, code: 'began_before_start', clock: 'ticket', name: TICKET.path, began: BEGAN },
    ])
  })

  test.each<readonly [string, EvidenceRecord, Told]>([
    ['within what clocks differ by', training('2026-02-03T07:51:00Z'), { begun: TICKET }],
    ['after it', training('2026-02-03T08:00:30Z'), { begun: TICKET }],
    ['without a time', training(), { begun: TICKET }],
    ['of a base model', run('2025-02-03T08:00:00Z'), { begun: TICKET, about: 'base' }],
    ['where no clock saw the work begin', training('2025-02-03T08:00:00Z'), {}],
  ])('and says nothing wrong: %s', (_, record, told) => {
    expect(judged([record], told).problems).toEqual([])
  })

  test('and an evaluation says nothing of when the training was', () => {
    const begun: SeenTicket = { ...TICKET, work: 'evaluation' }

    expect(judged([training('2025-02-03T08:00:00Z')], { begun }).problems).toEqual([])
  })
})

describe('times of two files', () => {
  const record = training('2026-02-03T08:00:00Z', '2026-02-03T09:00:00Z')

  test('a run that was over before the training began is not of it', () => {
    const found = judged([record, run('2026-02-02T08:00:00Z', '2026-02-02T09:00:00Z')])

    expect(found.decision).toBe('undecided')
    expect(found.problems).toMatchObject([
      {
        ...{ path: 'run.json', code: 'contradiction', at: 'finished', one: '2026-02-02T09:00:00Z' },
        other: 'started 2026-02-03T08:00:00Z in training.yml',
      },
    ])
  })

  test('a run that ended before it began contradicts itself', () => {
    expect(judged([run('2026-02-03T09:00:00Z', '2026-02-03T08:59:59Z')]).problems).toMatchObject([
      { code: 'contradiction', one: '2026-02-03T08:59:59Z', other: 'started 2026-02-03T09:00:00Z' },
    ])
  })

  test.each<readonly [string, EvidenceRecord]>([
    ['within it', run('2026-02-03T08:10:00Z', '2026-02-03T08:50:00Z')],
    ['a later one, which may have evaluated', run('2026-02-05T08:00:00Z', '2026-02-05T09:00:00Z')],
    ['one without an end', run('2026-02-02T08:00:00Z')],
  ])('may be: %s', (_, other) => {
    expect(judged([record, other]).problems).toEqual([])
  })
})

describe('weights that were signed', () => {
  const [A, B] = ['a', 'b'].map((one) => `sha256:${one.repeat(64)}`)
  const weights = [A, B].map((digest = '', index) => ({
    ...{ name: `part-${index}`, digest, trust: 'declared' as const },
  }))
  const signed = (digests: readonly (string | undefined)[], state: 'verified' | 'claimed' = 'verified') => ({
    ...{ kind: 'attestation' as const, predicateType: 'x', says: { predicate: 'other' as const } },
    subjects: digests.map((digest = '') => ({ digests: [digest] })),
    shown:
      state === 'verified'
        ? { state, signer: { by: 'key' as const, name: 'lab' }, at: '2026-02-03T09:00:00Z' }
        : { state, why: 'unsigned' as const },
    source: aSource({ path: 'model.sig' }),
  })
  const found = (record: EvidenceRecord, attestation: EvidenceRecord) => {
    const evidence = [record, attestation].map((one) =>
      anEvidence({ path: one.source.path, measurements: [], records: [one] }),
    )
    return timesDisagree(modelFacts({ evidence, weights }))
  }

  test('were not trained afterwards', () => {
    expect(found(training('2026-02-03T09:11:00Z'), signed([A, B]))).toMatchObject([
      {
        ...{ path: 'training.yml', code: 'contradiction', at: 'started', one: '2026-02-03T09:11:00Z' },
        other: 'weights signed 2026-02-03T09:00:00Z in model.sig',
      },
    ])
  })

  test.each<readonly [string, EvidenceRecord, EvidenceRecord]>([
    ['before', training('2026-02-03T08:00:00Z'), signed([A, B])],
    ['within what clocks differ by', training('2026-02-03T09:09:00Z'), signed([A, B])],
    ['only some of them, as a publisher signs the base', training('2026-02-03T10:00:00Z'), signed([A])],
    ['by nobody', training('2026-02-03T10:00:00Z'), signed([A, B], 'claimed')],
  ])('may be: %s', (_, record, attestation) => {
    expect(found(record, attestation)).toEqual([])
  })

  describe('by a build that its provenance tells of', () => {
    const built = (
      finished: string,
      digests: readonly (string | undefined)[] = [A, B],
      shown: AttestationRecord['shown'] = { state: 'claimed', why: 'unsigned' },
    ): EvidenceRecord => ({
      ...{ ...signed(digests), shown, source: aSource({ path: 'prov.json' }) },
      says: { predicate: 'provenance', builder: 'b', buildType: 't', materials: [], finished },
    })
    const record = training('2026-02-03T08:00:00Z', '2026-02-03T09:00:00Z')
    const verified = { state: 'verified', signer: { by: 'key', name: 'lab' } } as const

    test.each([built('2019-02-03T09:00:00Z'), built('2019-02-03T09:00:00Z', [A, B], verified)])(
      'that was over before the training began can’t be so, signed or not',
      (provenance) => {
        expect(found(record, provenance)).toMatchObject([
          { path: 'prov.json', code: 'contradiction', at: 'finished', one: '2019-02-03T09:00:00Z' },
        ])
      },
    )

    test.each<readonly [string, EvidenceRecord]>([
      ['after it', built('2026-02-03T09:01:00Z')],
      ['of some weights alone', built('2019-02-03T09:00:00Z', [A])],
      [
        'with a signature that is wrong',
        built('2019-02-03T09:00:00Z', [A, B], { state: 'invalid', why: 'signature' }),
      ],
    ])('may be: %s', (_, provenance) => {
      expect(found(record, provenance)).toEqual([])
    })
  })

  test('are none where nothing is released', () => {
    const evidence = [training('2026-02-03T10:00:00Z'), signed([])].map((one) =>
      anEvidence({ measurements: [], records: [one] }),
    )

    expect(timesDisagree(modelFacts({ evidence, weights: [] }))).toEqual([])
  })
})
