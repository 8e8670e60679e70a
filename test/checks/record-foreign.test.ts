import { describe, expect, test } from 'vitest'
import { answerRecord, RecordCheck, recordExpiry } from '../../src/checks/record.ts'
import type { CaiqRecord, OscalRecord } from '../../src/core/foreign-record.ts'
import type { EvidenceRecord } from '../../src/core/record.ts'
import { aSource } from '../support/build.ts'
import { aContext, anEvidence } from '../support/facts.ts'

const NOW = '2026-03-01T12:00:00Z'
const source = aSource({ path: 'r.json' })

const contextOf = (records: readonly EvidenceRecord[], now = NOW) =>
  aContext([], { now, evidence: [anEvidence({ records })] })

const caiqCriterion = (given: object = {}) =>
  RecordCheck.parse({ id: 'c', control: 'vendor-monitoring', check: 'record', record: 'caiq', ...given })

/** As many questions as version 4 has, over all of its domains. */
const V4 = [
  'A&A',
  'AIS',
  'BCR',
  'CCC',
  'CEK',
  'DCS',
  'DSP',
  'GRC',
  'HRS',
  'IAM',
  'IPY',
  'IVS',
  'LOG',
  'SEF',
  'STA',
  'TVM',
  'UEM',
]
const WHOLE = Array.from({ length: 261 }, (_, at) => `${V4[at % V4.length]}-01.${at + 1}`)

const ANSWERED: CaiqRecord = {
  ...{ kind: 'caiq', vendor: 'Parrot Models Ltd', date: '2026-01-12', answers: 261, no: 2, na: 1, open: [] },
  ...{ answered: WHOLE, source },
}

function caiq(given: Partial<CaiqRecord> = {}, asked: object = {}, now = NOW) {
  return answerRecord(caiqCriterion(asked), contextOf([{ ...ANSWERED, ...given }], now))
}

describe('answers to the CAIQ', () => {
  const question = 'AIS-01.1'

  test.each<readonly [string, Partial<CaiqRecord>, object, string, object]>([
    ['each no with its reason', {}, {}, NOW, { code: 'record_holds', outcome: 'met', record: 'caiq' }],
    [
      'a no without one',
      { open: [{ question, answer: 'no', line: 7 }] },
      {},
      NOW,
      { code: 'caiq_open', outcome: 'unmet', open: [{ question, answer: 'no' }], more: 0, answers: 261 },
    ],
    ['the last day of a year', {}, {}, '2027-01-12T23:59:59Z', { outcome: 'met' }],
    ['older than a year', {}, {}, '2027-01-13T00:00:00Z', { code: 'record_expired', days: 366, limit: 365 }],
    ['older than asked', {}, { max_age: '30 days' }, NOW, { code: 'record_expired', days: 48, limit: 30 }],
    [
      'older than a year, with a no without a reason',
      { open: [{ question, answer: 'no', line: 7 }] },
      {},
      '2027-01-13T00:00:00Z',
      { code: 'caiq_open', outcome: 'unmet', stale: { date: '2026-01-12', days: 366, limit: 365 } },
    ],
    ['of the future', { date: '2026-03-03' }, {}, NOW, { code: 'record_in_future', outcome: 'unmet' }],
  ])('%s', (_, given, asked, now, expected) => {
    expect(caiq(given, asked, now)).toMatchObject(expected)
  })

  test('a no without a reason is not stale before it is', () => {
    expect(caiq({ open: [{ question, answer: 'no', line: 7 }] })).not.toHaveProperty('stale')
  })

  test('an answer that nobody dated', () => {
    const undated: CaiqRecord = { kind: 'caiq', vendor: 'Parrot', answers: 9, no: 0, na: 0, open: [], source }

    expect(answerRecord(caiqCriterion(), contextOf([undated]))).toMatchObject({
      ...{ code: 'record_lacks', outcome: 'unmet', lacking: [{ why: 'missing' }] },
    })
  })

  const others = (...less: readonly string[]) => WHOLE.filter((one) => !less.some((id) => one.startsWith(id)))
  const later = [...V4.filter((one) => one !== 'IVS'), 'I&S'].map((domain) => `${domain}-01.1`)

  test.each<readonly [string, Partial<CaiqRecord>, object, object]>([
    ['the whole', {}, {}, { outcome: 'met', share: { answered: 261, version: '4', of: 261 } }],
    ['one question', { answered: ['AIS-01.1'] }, {}, { code: 'caiq_in_part', outcome: 'undecided' }],
    ['none', { answered: [] }, {}, { code: 'caiq_in_part', outcome: 'undecided' }],
    ['all domains but one', { answered: others('TVM') }, {}, { missing: ['TVM'], more: 0, asked: false }],
    [
      'all questions but one',
      { answered: WHOLE.slice(1) },
      {},
      { missing: [], few: 261, share: { answered: 260 } },
    ],
    [
      'a question of each domain that has no count',
      { answered: later },
      {},
      { outcome: 'met', share: { version: '4.1' } },
    ],
    [
      'that for AI',
      { answered: [...later, 'MDS-01.1'] },
      {},
      { outcome: 'met', share: { version: 'for AI' } },
    ],
    [
      'that for AI in part',
      { answered: ['MDS-01.1'] },
      {},
      { missing: expect.arrayContaining(['I&S', 'TVM']) },
    ],
    ['one of 3.1', { answered: ['EKM-01.1'] }, {}, { share: { version: '3.1', of: 310 } }],
    ['a domain that was asked', { answered: ['IAM-09.2'] }, { controls: ['IAM'] }, { outcome: 'met' }],
    ['a control that was asked', { answered: ['IAM-09.2'] }, { controls: ['iam-09'] }, { outcome: 'met' }],
    ['a question that was asked', { answered: ['IAM-09.2'] }, { controls: ['IAM-09.2'] }, { outcome: 'met' }],
    [
      'another question',
      { answered: ['IAM-09.20'] },
      { controls: ['IAM-09.2'] },
      { missing: ['IAM-09.2'], asked: true },
    ],
    [
      'another control',
      { answered: ['IAM-09.2'] },
      { controls: ['IAM-0', 'A&A'] },
      { missing: ['IAM-0', 'A&A'] },
    ],
  ])('%s', (_, given, asked, expected) => {
    expect(caiq(given, asked)).toMatchObject(expected)
  })

  test('of nobody in particular, and of facts that have no questions', () => {
    const { vendor: _, ...unnamed } = ANSWERED
    const { answered: __, ...unsaid } = ANSWERED

    expect(answerRecord(caiqCriterion(), contextOf([unnamed]))).toMatchObject({
      ...{ code: 'record_lacks', outcome: 'unmet', lacking: [{ field: 'vendor', why: 'missing' }] },
    })
    expect(answerRecord(caiqCriterion(), contextOf([unsaid]))).toMatchObject({ code: 'caiq_in_part' })
  })

  test('many open ones are counted', () => {
    const open = Array.from({ length: 23 }, (_, at) => ({ question: `AIS-01.${at}`, answer: 'na' }) as const)
    const answer = caiq({ open })

    expect(answer).toMatchObject({ code: 'caiq_open', more: 3 })
    expect('open' in answer && answer.open).toHaveLength(20)
  })

  test('expire', () => {
    expect(recordExpiry(caiqCriterion(), contextOf([ANSWERED]))).toBe('2027-01-13T00:00:00.000Z')
  })
})

const oscalCriterion = (controls: readonly string[], given: object = {}) =>
  RecordCheck.parse({
    id: 'o',
    control: 'access-control',
    check: 'record',
    record: 'oscal',
    controls,
    ...given,
  })

const RESULT: OscalRecord = {
  ...{ kind: 'oscal', date: '2026-01-12', assessors: ['Hale'], reviewed: ['ac-6', 'ac-6.1', 'ac-2_smt.a'] },
  ...{ all: false, not: [], risks: [], source },
  findings: [
    { target: 'ac-6.1_obj', satisfied: true, until: '2026-07-01T00:00:00.000Z' },
    { target: 'AC-2_smt.a', satisfied: true },
  ],
}

describe('an assessor who is the provider by name', () => {
  const claims = { datasets: [], commits: [], repositories: [], provider: 'parlance' }
  const vendor = (name: string): EvidenceRecord => ({
    ...{
      kind: 'written',
      record: 'vendor-risk-assessment',
      owner: 'given',
      fields: {},
      choices: {},
      days: {},
    },
    ...{ failing: [], conditions: [], named: { vendor: name }, source },
  })
  const came = (given: Partial<OscalRecord>, provider?: string, others: readonly EvidenceRecord[] = []) =>
    answerRecord(oscalCriterion(['ac-6.1']), {
      ...contextOf([{ ...RESULT, ...given }, ...others]),
      claims:
        provider === undefined ? { datasets: [], commits: [], repositories: [] } : { ...claims, provider },
    })
  const member = { sides: [{ name: 'Hale', also: ['Parlance AI AS'] }] }

  test.each<readonly [string, Partial<OscalRecord>, string]>([
    ['as a company', { assessors: ['Parlance AI AS'] }, 'Parlance AI AS'],
    ['in short', { assessors: ['Hale', 'PARLANCE'] }, 'PARLANCE'],
    ['by whom they work for', member, 'Hale'],
  ])('%s is not apart', (_, given, who) => {
    expect(came(given, 'parlance')).toMatchObject({
      ...{ code: 'record_not_apart', outcome: 'unmet', who, fields: ['assessor', 'provider'] },
    })
  })

  test.each<readonly [string, Partial<OscalRecord>, string | undefined, readonly EvidenceRecord[]]>([
    ['of another name', {}, 'parlance', []],
    ['with words alone that all companies have', { assessors: ['Hale AI AS'] }, 'parlance ai as', []],
    ['of a vendor that only a record names beside the service', member, 'sparrow', [vendor('Parlance')]],
    ['where nobody is named', member, undefined, []],
  ])('%s is', (_, given, provider, others) => {
    expect(came(given, provider, others)).toMatchObject({ outcome: 'met' })
  })

  test('who is the vendor that records name, where no service is released', () => {
    expect(came(member, undefined, [vendor('Parlance')])).toMatchObject({ code: 'record_not_apart' })
  })
})

const oscal = (given: Partial<OscalRecord>, controls: readonly string[] = ['ac-6.1'], now = NOW) =>
  answerRecord(oscalCriterion(controls), contextOf([{ ...RESULT, ...given }], now))

describe('assessment results of OSCAL', () => {
  const satisfied = { target: 'ac-6.1_obj', satisfied: true }
  const failed = { target: 'ac-6.1_obj.b', satisfied: false }

  test.each<readonly [string, Partial<OscalRecord>, readonly string[], object]>([
    ['satisfied', {}, ['ac-6.1'], { code: 'record_holds', outcome: 'met', date: '2026-01-12' }],
    ['in another case', {}, ['AC-6.1'], { outcome: 'met' }],
    ['a part that is asked by its own id', {}, ['ac-2_smt.a'], { outcome: 'met' }],
    ['everything was reviewed', { reviewed: [], all: true }, ['ac-6.1'], { outcome: 'met' }],
    [
      'everything but this',
      { all: true, not: ['ac-6.1'] },
      ['ac-6.1'],
      { code: 'oscal_unknown', unknown: [{ control: 'ac-6.1', why: 'not_reviewed' }] },
    ],
    [
      'a control without a finding is unknown',
      {},
      ['ac-6.1', 'ac-6'],
      { code: 'oscal_unknown', outcome: 'undecided', unknown: [{ control: 'ac-6', why: 'no_finding' }] },
    ],
    [
      'a finding without a review',
      { reviewed: ['ac-6'] },
      ['ac-6.1'],
      { code: 'oscal_unknown', unknown: [{ control: 'ac-6.1', why: 'not_reviewed' }] },
    ],
    [
      'a part of a control',
      { reviewed: ['ac-2'] },
      ['ac-2'],
      { code: 'oscal_unknown', unknown: [{ control: 'ac-2', why: 'in_part' }] },
    ],
    [
      'one part that is not satisfied',
      { findings: [satisfied, failed] },
      ['ac-6.1'],
      { code: 'oscal_faults', outcome: 'unmet', faults: [{ why: 'not_satisfied', control: 'ac-6.1' }] },
    ],
    ['of another control', { findings: [satisfied, failed] }, ['ac-6'], { code: 'oscal_unknown' }],
    [
      'an observation that expired',
      { findings: [{ ...satisfied, until: NOW }] },
      ['ac-6.1'],
      { code: 'oscal_faults', faults: [{ why: 'expired', control: 'ac-6.1', at: NOW }] },
    ],
    [
      'one that has not',
      { findings: [{ ...satisfied, until: '2026-03-01T12:00:01Z' }] },
      ['ac-6.1'],
      { outcome: 'met' },
    ],
    [
      'open risks past their day, and without one',
      { risks: [{ title: 'keys', deadline: '2026-02-01T00:00:00Z' }, { title: 'ports' }] },
      ['ac-6.1'],
      {
        code: 'oscal_faults',
        faults: [
          { why: 'overdue', risk: 'keys', at: '2026-02-01T00:00:00Z' },
          { why: 'no_deadline', risk: 'ports' },
        ],
      },
    ],
    [
      'a risk that has time',
      { risks: [{ title: 'k', deadline: '2026-04-01T00:00:00Z' }] },
      ['ac-6.1'],
      { outcome: 'met' },
    ],
    [
      'nobody assessed',
      { assessors: [] },
      ['ac-6.1'],
      { code: 'record_lacks', lacking: [{ field: 'assessor' }] },
    ],
    [
      'the provider assessed',
      { same: 'Hale' },
      ['ac-6.1'],
      { code: 'record_not_apart', outcome: 'unmet', who: 'Hale' },
    ],
    ['of the future', { date: '2026-03-03' }, ['ac-6.1'], { code: 'record_in_future' }],
    ['too old', { date: '2025-02-28' }, ['ac-6.1'], { code: 'record_expired', days: 366, limit: 365 }],
  ])('%s', (_, given, controls, expected) => {
    expect(oscal(given, controls)).toMatchObject(expected)
  })

  test('nothing asked shows nothing', () => {
    const { controls: _, ...bare } = oscalCriterion(['ac-6.1'])

    expect(answerRecord(bare, contextOf([RESULT]))).toMatchObject({ code: 'oscal_unknown', unknown: [] })
  })

  test.each<readonly [string, Partial<OscalRecord>, string]>([
    ['with an observation', {}, '2026-07-01T00:00:00.000Z'],
    [
      'with a risk',
      { risks: [{ title: 'k', deadline: '2026-04-01T00:00:00.000Z' }] },
      '2026-04-01T00:00:00.000Z',
    ],
    ['with its age', { findings: [satisfied] }, '2027-01-13T00:00:00.000Z'],
  ])('ends %s', (_, given, expected) => {
    const at = recordExpiry(oscalCriterion(['ac-6.1']), contextOf([{ ...RESULT, ...given }])) ?? ''

    expect(at).toBe(expected)
    expect(oscal(given, ['ac-6.1'], new Date(Date.parse(at) - 1).toISOString()).outcome).toBe('met')
    expect(oscal(given, ['ac-6.1'], at).outcome).toBe('unmet')
  })
})
