import { describe, expect, test } from 'vitest'
import type { Ancestry } from '../../src/checks/ancestry.ts'
import { answer } from '../../src/checks/index.ts'
import { answerRecord, RecordCheck } from '../../src/checks/record.ts'
import { RECORD_ROWS } from '../../src/core/accepted-records.ts'
import type { Answer } from '../../src/core/answer.ts'
import type { WrittenRecord } from '../../src/core/written-record.ts'
import { selfTest } from '../../src/criteria/self-test.ts'
import { answerWords } from '../../src/render/words-answers.ts'
import { anId, aSource } from '../support/build.ts'
import { aContext, aCriteriaFile, anEvidence } from '../support/facts.ts'
import { aWrittenRecord } from '../support/records.ts'

const [A, B] = ['acme-lab/small-7b', 'zeta-lab/other-7b']
const KINDS = ['base-model-vulnerabilities', 'inherited-behaviour', 'inherited-data'] as const
type Kind = (typeof KINDS)[number]

const asking = (record: Kind, given: object = {}) =>
  RecordCheck.parse({ id: 'r', control: record, check: 'record', record, ...given })

type Given = Partial<WrittenRecord> | string

/** A record by the base that it names, or what else it has; `no` for one that a test failed. */
function judged(
  kind: Kind,
  records: readonly Given[],
  names: readonly string[] = [A, B],
  given: object = {},
): Answer {
  const bases = names.map((name, at) => ({ name, revision: anId(`${at}`), digests: [], same: false }))
  const ancestry: Ancestry = { bases, trained: [], trusted: {}, measured: [] }
  const evidence = records.map((one, index) => {
    const path = `${index}.yml`
    const said = typeof one === 'string' ? { named: { base: one } } : one
    const fields = {
      base: 'given',
      searched: 'given',
      known: 'given',
      scan: 'given',
      assessor: 'given',
    } as const
    const more = { behaviours: 'given', before_after: 'given', watched: 'given', watcher: 'given' } as const
    const rest = { sources: 'given', bias: 'given', copyright: 'given', toxicity: 'given' } as const
    const last = { last_check: 'given', personal_data: 'given', unknown: 'given' } as const
    const record = aWrittenRecord(
      { ...fields, ...more, ...rest, ...last },
      {
        record: kind,
        outcome: kind === 'inherited-behaviour' ? 'within-bounds' : 'accepted',
        ...said,
        source: aSource({ path }),
      },
    )
    const trust = index === 0 ? 'produced' : 'typed'
    return anEvidence({ path, trust, measurements: [], records: [record] })
  })
  return answer(asking(kind, given), aContext([], { now: '2026-03-01T12:00:00Z', evidence, ancestry }))
}

describe.each(KINDS)('%s of a model that was made from two', (kind) => {
  test.each<readonly [string, readonly Given[], object]>([
    ['one of each', [A, B], { code: 'records_hold', each: [{ path: '0.yml' }, { path: '1.yml' }] }],
    ['one of both', [`${A} and ${B}`], { code: 'record_holds', path: '0.yml' }],
    ['one of one', [A], { code: 'no_record', outcome: 'undecided', bases: [B] }],
    ['one of the other', [B], { code: 'no_record', bases: [A] }],
    ['none', [], { code: 'no_record', bases: [A, B] }],
    ['two of one', [A, A], { code: 'several_records', bases: [A], paths: ['0.yml', '1.yml'] }],
    [
      'two of one and one of the other',
      [A, B, A],
      { code: 'several_records', bases: [A], paths: ['0.yml', '2.yml'] },
    ],
    ['one of both and one of one', [`${A}, ${B}`, B], { code: 'several_records', bases: [B] }],
    [
      'one that was rejected',
      [A, { named: { base: B }, outcome: 'rejected' }],
      { code: 'record_rejected', path: '1.yml' },
    ],
    [
      'one that was rejected, and none of the other',
      [{ named: { base: B }, outcome: 'rejected' }],
      { code: 'record_rejected', outcome: 'unmet' },
    ],
    [
      'one that is not at its end',
      [A, { named: { base: B }, outcome: 'deferred' }],
      { code: 'record_unfinished' },
    ],
    [
      'one that is not at its end, and none of the other',
      [{ named: { base: B }, outcome: 'deferred' }],
      { code: 'no_record', bases: [A] },
    ],
    ['one that names neither', [{}], { code: 'no_record', bases: [A, B] }],
    ['one at the commit of the other', [`${A} at ${anId('1')}`, B], { code: 'no_record', bases: [A] }],
  ])('%s', (_, records, wanted) => {
    expect(judged(kind, records)).toMatchObject(wanted)
  })

  test('asks nothing more of a model that was made from one', () => {
    expect(judged(kind, [A], [A])).toMatchObject({ code: 'record_holds' })
    expect(judged(kind, [A, A], [A])).toMatchObject({ code: 'several_records' })
    expect(judged(kind, [A], [])).toMatchObject({ code: 'record_holds' })
  })
})

test('two commits of one base are two bases', () => {
  expect(judged('inherited-data', [A], [A, A])).toMatchObject({ code: 'record_holds' })
  expect(judged('inherited-data', [`${A} at ${anId('0')}`], [A, A])).toMatchObject({
    code: 'no_record',
    bases: [`${A} at ${anId('1')}`],
  })
})

test('the answer says which base nobody wrote about, and what to write', () => {
  const { says, next } = answerWords(judged('inherited-data', [A]))

  expect(JSON.stringify(says)).toContain(B)
  expect(JSON.stringify(next)).toContain('base:')
})

test('what is missing is accepted of those bases alone', () => {
  const { no_record: row } = RECORD_ROWS
  const accepted = (bases?: readonly string[]) =>
    typeof row === 'function' &&
    row({ code: 'no_record', outcome: 'undecided', record: 'r', ...(bases && { bases }) })

  expect(accepted([A])).not.toEqual(accepted([B]))
  expect(accepted()).toMatchObject({ accepted: { asked: 'r' } })
})

test('trust is asked of each', () => {
  const told = (trust: object) => judged('inherited-data', [A, B], [A, B], trust)

  expect(told({ trust: 'produced' })).toMatchObject({ code: 'source_too_weak', sources: [{ path: '1.yml' }] })
  expect(told({})).toMatchObject({ code: 'records_hold' })
})

test('the self-test tries a record of one of two bases', () => {
  const { criteria } = aCriteriaFile([
    '{ id: r, control: inherited-data, check: record, record: inherited-data }',
  ])
  if (criteria === undefined) throw new Error('no criteria')
  const judge: Parameters<typeof selfTest>[1] = () => ({
    code: 'no_record',
    outcome: 'undecided',
    record: 'r',
  })
  const tolerant: Parameters<typeof selfTest>[1] = (criterion, context) => {
    const found = answerRecord(RecordCheck.parse(criterion), context)
    const { ancestry, ...rest } = context
    return ancestry === undefined ? found : answerRecord(RecordCheck.parse(criterion), rest)
  }

  expect(selfTest(criteria).faults).toEqual([])
  expect(selfTest(criteria, tolerant).faults).toMatchObject([{ code: 'not_refused', counter: 'missing' }])
  expect(selfTest(criteria, judge).faults).toMatchObject([{ code: 'cannot_be_met' }])
})
