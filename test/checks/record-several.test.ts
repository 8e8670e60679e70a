import { expect, test } from 'vitest'
import { answerRecord, RecordCheck, recordExpiry } from '../../src/checks/record.ts'
import type { Answer } from '../../src/core/answer.ts'
import type { WrittenKind } from '../../src/core/records/kinds.ts'
import { selfTest } from '../../src/criteria/self-test.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { answerWords } from '../../src/render/words-answers.ts'
import { aContext, aCriteriaFile, anEvidence } from '../support/facts.ts'
import { aRecordText } from '../support/records.ts'

const ISO = { type: 'ISO42001', statement: 'SoA version 3', number: 'NC-77' }
const OVER = { ...ISO, expires: '2026-02-25' }
const OPEN = { ...ISO, outcome: 'deferred' }

function asked(records: readonly object[], kind: WrittenKind = 'certificate', folder = 'records') {
  const evidence = records.map((changes, index) => {
    const path = `${folder}/${index}.yml`
    const { reading } = readEvidence(Buffer.from(aRecordText(kind, changes)), path, 'f00d')
    expect(reading.problems).toEqual([])
    return anEvidence({ ...reading, path })
  })
  const [control] = ['vendor-monitoring'] as const
  const criterion = RecordCheck.parse({ id: 'r', control, check: 'record', record: kind })
  return [criterion, aContext([], { now: '2026-03-01T12:00:00Z', evidence })] as const
}

const judged = (...given: Parameters<typeof asked>): Answer => answerRecord(...asked(...given))

test.each<readonly [string, readonly object[], object]>([
  ['one', [{}], { code: 'record_holds' }],
  [
    'two that hold',
    [{}, ISO],
    { code: 'records_hold', each: [{ path: 'records/0.yml' }, { path: 'records/1.yml' }] },
  ],
  [
    'one that ran out',
    [{}, OVER],
    { code: 'record_ran_out', path: 'records/1.yml', holding: ['records/0.yml'] },
  ],
  ['one that ran out, first', [OVER, {}, ISO], { holding: ['records/1.yml', 'records/2.yml'] }],
  ['one that nobody finished', [{}, OPEN], { code: 'record_unfinished', holding: ['records/0.yml'] }],
  ['one that nobody finished and one that ran out', [OPEN, OVER], { code: 'record_ran_out' }],
])('of certificates %s', (_, records, wanted) => {
  expect(judged(records)).toMatchObject(wanted)
})

test('where none holds, none is said to', () => {
  expect(judged([OVER, OVER])).not.toHaveProperty('holding')
})

test('the end is that of the first to end', () => {
  expect(recordExpiry(...asked([{}, { ...ISO, expires: '2026-05-01' }]))).toContain('2026-05-02')
})

test('of other kinds one is wanted', () => {
  expect(judged([{}, {}], 'vendor-monitoring')).toMatchObject({ code: 'several_records' })
})

test.each([
  ['records', "take `records/1.yml` out of the manifest's evidence"],
  ['floor:.gonogo/records', 'take `floor:.gonogo/records/1.yml` away from beside the floor'],
])('what does not hold may be left out of %s', (folder, advice) => {
  const { next = [] } = answerWords(judged([{}, OVER], 'certificate', folder))
  const text = next
    .map((part) => (typeof part === 'string' ? part : `\`${Object.values(part)[0]}\``))
    .join('')

  expect(text).toContain(advice)
  expect(text).toContain(`\`${folder}/0.yml\` holds without it`)
})

test('the self-test tries one that is too old beside one that holds', () => {
  const { criteria } = aCriteriaFile([
    '{ id: r, control: vendor-monitoring, check: record, record: certificate }',
  ])
  if (criteria === undefined) throw new Error('no criteria')
  const first: Parameters<typeof selfTest>[1] = (criterion, context) => {
    const [one, ...more] = context.evidence.filter(({ records }) =>
      records.some(({ kind }) => kind === 'written'),
    )
    const others = context.evidence.filter((file) => !more.includes(file))
    return answerRecord(
      RecordCheck.parse(criterion),
      one === undefined ? context : { ...context, evidence: others },
    )
  }

  expect(selfTest(criteria).faults).toEqual([])
  expect(selfTest(criteria, first).faults).toMatchObject([{ code: 'not_refused', counter: 'expired' }])
})
