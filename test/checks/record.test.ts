import { describe, expect, test } from 'vitest'
import { answerRecord, RecordCheck, recordExpiry } from '../../src/checks/record.ts'
import type { Answer } from '../../src/core/answer.ts'
import type { EvidenceRecord, Filled } from '../../src/core/record.ts'
import { aSource } from '../support/build.ts'
import { ALL_GIVEN, aContext, anEvidence } from '../support/facts.ts'

type Training = Extract<EvidenceRecord, { kind: 'training' }>

const criterion = (given: object = {}): RecordCheck =>
  RecordCheck.parse({ id: 'r', control: 'reproducibility', check: 'record', record: 'training', ...given })

function training(given: Partial<Training> = {}): Training {
  return {
    kind: 'training',
    owner: 'given',
    date: '2026-02-01',
    fields: ALL_GIVEN,
    outcome: 'completed',
    source: aSource({ path: 'training.yml' }),
    ...given,
  }
}

/** Without a day, or with something that is none. */
function undated(given: Partial<Training> = {}): Training {
  const { date: _, ...rest } = training(given)
  return rest
}

const judged = (
  record: readonly EvidenceRecord[],
  given: object = {},
  now = '2026-03-01T12:00:00Z',
): Answer =>
  answerRecord(criterion(given), aContext([], { now, evidence: [anEvidence({ records: record })] }))

describe('the record', () => {
  test.each<readonly [string, object, Training, object]>([
    [
      'whole',
      { fields: ['seeds', 'data'] },
      training(),
      { code: 'record_holds', outcome: 'met', path: 'training.yml' },
    ],
    ['nothing asked', {}, training(), { code: 'record_holds' }],
    ...(['data', 'hyperparameters', 'seeds', 'environment', 'commit'] as const).map(
      (field): readonly [string, object, Training, object] => [
        `${field} missing, which to repeat it always needs`,
        { fields: ['operator'] },
        training({ fields: { ...ALL_GIVEN, [field]: 'missing' } }),
        { code: 'record_lacks', outcome: 'unmet', lacking: [{ field, why: 'missing' }] },
      ],
    ),
    [
      'no seeds, whatever the criteria ask beside',
      {},
      training({ fields: { ...ALL_GIVEN, seeds: 'placeholder' } }),
      { code: 'record_lacks', lacking: [{ field: 'seeds', why: 'placeholder' }] },
    ],
    [
      'no seeds, for a control that is not about them',
      { control: 'data-integrity' },
      training({ fields: { ...ALL_GIVEN, seeds: 'missing' } }),
      { code: 'record_holds' },
    ],
    ['no date', {}, undated(), { code: 'record_lacks', lacking: [{ field: 'date', why: 'missing' }] }],
    [
      'a date that is to come',
      {},
      undated({ undated: 'placeholder' }),
      { code: 'record_lacks', outcome: 'unmet', lacking: [{ field: 'date', why: 'placeholder' }] },
    ],
    [
      'neither owner nor date',
      {},
      undated({ owner: 'missing' }),
      { code: 'record_unowned', why: 'missing', lacking: [{ field: 'date', why: 'missing' }] },
    ],
    [
      'no owner',
      {},
      training({ owner: 'placeholder' }),
      {
        code: 'record_unowned',
        outcome: 'unmet',
        why: 'placeholder',
        lacking: [],
      },
    ],
    [
      'a field is missing',
      { fields: ['seeds', 'data'] },
      training({ fields: { ...ALL_GIVEN, data: 'missing' } }),
      {
        code: 'record_lacks',
        lacking: [{ field: 'data', why: 'missing' }],
      },
    ],
    [
      'every lack is told',
      { fields: ['seeds', 'times'] },
      training({
        owner: 'missing' satisfies Filled,
        fields: { ...ALL_GIVEN, seeds: 'placeholder', times: 'missing' },
      }),
      {
        code: 'record_unowned',
        why: 'missing',
        lacking: [
          { field: 'seeds', why: 'placeholder' },
          { field: 'times', why: 'missing' },
        ],
      },
    ],
    [
      'an operator that is nobody, whoever asks for one',
      {},
      training({ fields: { ...ALL_GIVEN, operator: 'nobody' } }),
      { code: 'record_lacks', outcome: 'unmet', lacking: [{ field: 'operator', why: 'nobody' }] },
    ],
    [
      'a TODO that nobody asks for',
      {},
      training({ fields: { ...ALL_GIVEN, hardware: 'placeholder' } }),
      { code: 'record_lacks', lacking: [{ field: 'hardware', why: 'placeholder' }] },
    ],
    [
      'data that nothing identifies',
      { control: 'data-integrity' },
      training({ data: [{ name: 'loans-2026' }, { name: 'data', bare: true }] }),
      { code: 'record_lacks', lacking: [{ field: 'data', why: 'unidentified' }] },
    ],
    [
      'data by a name of their own',
      {},
      training({ data: [{ name: 'loans-2026' }] }),
      { code: 'record_holds' },
    ],
    [
      'a lock that is nowhere, where no list of packages is',
      {},
      training({ lock: 'nowhere.lock' }),
      { code: 'record_lacks', lacking: [{ field: 'environment', why: 'lock_absent', lock: 'nowhere.lock' }] },
    ],
    [
      'a field that nobody asks for',
      { fields: ['seeds'] },
      training({ fields: { ...ALL_GIVEN, operator: 'missing' } }),
      {
        code: 'record_holds',
      },
    ],
    [
      'lacks before it expires',
      { max_age: '1 day', fields: ['data'] },
      training({ fields: { ...ALL_GIVEN, data: 'missing' } }),
      {
        code: 'record_lacks',
      },
    ],
  ])('%s', (_, given, record, expected) => {
    expect(judged([record], given)).toMatchObject(expected)
  })

  test.each<readonly [string, string | undefined, string]>([
    ['with a digest', `sha256:${'1a2b'.repeat(16)}`, 'record_holds'],
    ['without one', undefined, 'record_lacks'],
    ['with what stands for one', `sha256:${'0'.repeat(64)}`, 'record_lacks'],
  ])('data by a name of any data, which the manifest gives %s', (_, digest, code) => {
    const claims = {
      ...{ commits: [], repositories: [] },
      datasets: [{ name: 'train', role: 'train' as const, ...(digest !== undefined && { digest }) }],
    }
    const evidence = [anEvidence({ records: [training({ data: [{ name: 'data/train.csv', bare: true }] })] })]
    const answer = answerRecord(criterion(), aContext([], { now: '2026-03-01T12:00:00Z', evidence, claims }))
    expect(answer.code).toBe(code)
  })

  test('a lock beside other lists of packages is held to them elsewhere', () => {
    const list: EvidenceRecord = {
      ...{ kind: 'environment', packages: [], includes: [], tool: 'pip' },
      source: aSource({ path: 'r.txt' }),
    }
    expect(judged([training({ lock: 'nowhere.lock' }), list])).toMatchObject({ code: 'record_holds' })
  })

  test('of facts of an earlier version, which had fewer fields', () => {
    const { hardware: _, ...earlier } = ALL_GIVEN
    // What was kept before there was the field does not have it.
    const kept = training({ fields: earlier as typeof ALL_GIVEN })

    expect(judged([kept], { fields: ['hardware'] })).toMatchObject({
      lacking: [{ field: 'hardware', why: 'missing' }],
    })
  })

  test.each<readonly [Training['outcome'], object]>([
    ['completed', { code: 'record_holds' }],
    ['failed', { code: 'record_rejected', outcome: 'unmet', word: 'failed' }],
    ['unfinished', { code: 'record_unfinished', outcome: 'undecided', word: 'unfinished' }],
    ['placeholder', { code: 'record_lacks', lacking: [{ field: 'outcome', why: 'placeholder' }] }],
    [undefined, { code: 'record_lacks', lacking: [{ field: 'outcome', why: 'missing' }] }],
  ])('of a training that ended with %s', (outcome, expected) => {
    const { outcome: _, ...bare } = training()

    expect(judged([outcome === undefined ? bare : { ...bare, outcome }])).toMatchObject(expected)
  })

  test('of a training that was never finished, and is old', () => {
    const old = training({ outcome: 'unfinished', date: '2025-01-01' })
    expect(judged([old], { max_age: '30 days' })).toMatchObject({ code: 'record_expired', outcome: 'unmet' })
  })

  test('none', () => {
    expect(judged([])).toEqual({ code: 'no_record', outcome: 'undecided', record: 'training' })
  })

  test('a document is none', () => {
    const document: EvidenceRecord = { kind: 'document', sections: [], source: aSource() }

    expect(judged([document]).code).toBe('no_record')
  })

  test('two are neither', () => {
    const answer = judged([
      training({ source: aSource({ path: 'b.yml' }) }),
      training({ source: aSource({ path: 'a.yml' }) }),
    ])

    expect(answer).toMatchObject({ code: 'several_records', outcome: 'undecided', paths: ['a.yml', 'b.yml'] })
  })
})

describe('the date', () => {
  test.each<readonly [string, string, string | undefined, string, Answer['code']]>([
    // name, date, max_age, now
    ['today', '2026-03-01', undefined, '2026-03-01T12:00:00Z', 'record_holds'],
    ['today, with an age', '2026-03-01', '1 day', '2026-03-01T12:00:00Z', 'record_holds'],
    ['the last moment', '2026-03-01', '30 days', '2026-03-31T23:59:59.999Z', 'record_holds'],
    ['the moment after', '2026-03-01', '30 days', '2026-04-01T00:00:00Z', 'record_expired'],
    ['one day', '2026-03-01', '1 day', '2026-03-02T23:59:59Z', 'record_holds'],
    ['more than one day', '2026-03-01', '1 day', '2026-03-03T00:00:00Z', 'record_expired'],
    ['a year with a leap day', '2024-02-29', '366 days', '2025-03-01T12:00:00Z', 'record_holds'],
    ['a year and a day', '2024-02-29', '366 days', '2025-03-02T00:00:00Z', 'record_expired'],
    ['old, without an age', '1999-01-01', undefined, '2026-03-01T12:00:00Z', 'record_holds'],
    [
      'tomorrow, which has begun in the first zone',
      '2026-03-02',
      '1 day',
      '2026-03-01T10:00:00Z',
      'record_holds',
    ],
    ['tomorrow, which has begun nowhere', '2026-03-02', '1 day', '2026-03-01T09:59:59Z', 'record_in_future'],
    ['tomorrow, without an age', '2026-03-02', undefined, '2026-03-01T00:00:00Z', 'record_in_future'],
    ['far in the future', '2999-01-01', '30 days', '2026-03-01T12:00:00Z', 'record_in_future'],
    ['no date', 'yesterday', '30 days', '2026-03-01T12:00:00Z', 'record_in_future'],
    ['no date, and no age asked', '', undefined, '2026-03-01T12:00:00Z', 'record_in_future'],
  ])('%s', (_, date, max_age, now, expected) => {
    const answer = judged([training({ date })], max_age ? { max_age } : {}, now)

    expect(answer.code).toBe(expected)
  })

  test.each<readonly [string, Training['times'], object]>([
    ['ended a moment ago', { finished: '2026-02-01T12:00:00Z' }, { code: 'record_holds' }],
    [
      'ends in a moment',
      { started: '2026-02-01T08:00:00Z', finished: '2026-02-01T12:00:01Z' },
      { code: 'record_in_future', outcome: 'unmet', field: 'finished', date: '2026-02-01T12:00:01Z' },
    ],
    [
      'ends in a moment, in its own zone',
      { finished: '2026-02-01T11:30:00-01:00' },
      { code: 'record_in_future', field: 'finished' },
    ],
    ['ended, in its own zone', { finished: '2026-02-01T13:30:00+02:00' }, { code: 'record_holds' }],
    [
      'begins tomorrow',
      { started: '2026-02-02T08:00:00Z' },
      { code: 'record_in_future', outcome: 'unmet', field: 'started' },
    ],
  ])('of a training that %s', (_, times, expected) => {
    expect(judged([training(times && { times })], {}, '2026-02-01T12:00:00Z')).toMatchObject(expected)
  })

  test('the day that it names counts where it is the earlier', () => {
    const of = (expires: string, given: object, now: string) =>
      judged([training({ expires })], given, now).code

    expect(of('2026-02-28', {}, '2026-02-28T23:59:59Z')).toBe('record_holds')
    expect(of('2026-02-28', {}, '2026-03-01T00:00:00Z')).toBe('record_ran_out')
    expect(of('2026-02-20', { max_age: '9 days' }, '2026-03-01T00:00:00Z')).toBe('record_expired')
    expect(of('2026-02-05', { max_age: '9 days' }, '2026-03-01T00:00:00Z')).toBe('record_ran_out')
  })

  test('says by how much it is too old', () => {
    const answer = judged([training({ date: '2026-01-01' })], { max_age: '30 days' }, '2026-03-01T12:00:00Z')

    expect(answer).toMatchObject({ outcome: 'unmet', date: '2026-01-01', days: 59, limit: 30 })
  })
})

describe('the moment at which a record expires', () => {
  const at = (given: object, record: Training | undefined, now: string) =>
    recordExpiry(
      criterion(given),
      aContext([], { now, evidence: [anEvidence({ records: record ? [record] : [] })] }),
    )
  const NOW = '2026-03-01T12:00:00Z'

  test('is the first at which the answer is no longer met', () => {
    const given = { max_age: '30 days' }
    const until = at(given, training(), NOW) ?? ''
    const before = new Date(Date.parse(until) - 1).toISOString()

    expect(until).toBe('2026-03-04T00:00:00.000Z')
    expect(judged([training()], given, before).code).toBe('record_holds')
    expect(judged([training()], given, until).code).toBe('record_expired')
    expect(at(given, training(), before)).toBe(until)
  })

  test('is that of the day that it names, where this is the earlier', () => {
    expect(at({ max_age: '365 days' }, training({ expires: '2026-03-09' }), NOW)).toBe(
      '2026-03-10T00:00:00.000Z',
    )
    expect(at({}, training({ expires: '2026-03-09' }), NOW)).toBe('2026-03-10T00:00:00.000Z')
  })

  test.each<readonly [string, object, Training | undefined]>([
    ['without an age', {}, training()],
    ['without a record', { max_age: '30 days' }, undefined],
    ['of one that is too old already', { max_age: '3 days' }, training()],
    ['of one that lacks something', { max_age: '30 days' }, training({ owner: 'missing' })],
  ])('is none %s', (_, given, record) => {
    expect(at(given, record, NOW)).toBeUndefined()
  })
})
