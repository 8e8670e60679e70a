import { expect, test } from 'vitest'
import { answerRecord, RecordCheck } from '../../src/checks/record.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { Section } from '../../src/core/record.ts'
import { WRITTEN } from '../../src/core/records/kinds.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { aSource } from '../support/build.ts'
import { aContext, anEvidence } from '../support/facts.ts'
import { aWrittenRecord } from '../support/records.ts'

const HEADINGS = Object.keys(WRITTEN['annex-iv'].fields)
const FOLDER = 'models/credit-risk'

/** An index that is answered by the technical documentation, a section each, but for some headings. */
function anIndex(changes: object = {}): Evidence {
  const answers = HEADINGS.map((name) => [name, { document: 'technical', section: `Point ${name}` }])
  const path = `${FOLDER}/records/annex-iv.yml`
  const text = JSON.stringify({
    ...{ gonogo: 1, record: 'annex-iv', owner: 'ml-risk@acme.example', date: '2026-02-20' },
    outcome: 'accepted',
    ...Object.fromEntries(answers),
    ...changes,
  })
  const { reading } = readEvidence(Buffer.from(text), path, 'f00d')
  expect(reading.problems).toEqual([])
  return anEvidence({ ...reading, path })
}

function aDocument(sections: readonly Section[], given: Partial<Evidence> = {}): Evidence {
  const path = `${FOLDER}/docs/technical.md`
  const records = [{ kind: 'document', sections, source: aSource({ path }) } as const]
  return anEvidence({ path, document: 'technical', measurements: [], records, ...given })
}

const WRITTEN_SECTIONS = HEADINGS.map(
  (name, index): Section => ({ title: `Point ${name}`, line: index + 1, words: 3 }),
)
const DOCUMENT = aDocument(WRITTEN_SECTIONS)
const METRICS = anEvidence({ path: `${FOLDER}/validation/metrics.json` })

function judged(
  changes: object,
  others: readonly Evidence[] = [DOCUMENT, METRICS],
  asked?: readonly string[],
) {
  const criterion = RecordCheck.parse({
    ...{ id: 'index', control: 'documentation', check: 'record', record: 'annex-iv' },
    ...(asked && { fields: asked }),
  })
  return answerRecord(criterion, aContext([], { evidence: [anIndex(changes), ...others] }))
}

const one = (name: string, change: Partial<Section>) =>
  WRITTEN_SECTIONS.map((section) => (section.title === `Point ${name}` ? { ...section, ...change } : section))

test('every point of Annex IV has its heading', () => {
  expect(HEADINGS.map((name) => name.split('_')[0])).toEqual([
    ...['1a', '1b', '1c', '1d', '1e', '1f', '1g', '1h', '2a', '2b', '2c', '2d', '2e', '2f', '2g', '2h'],
    ...['3', '4', '5', '6', '7', '8', '9'],
  ])
})

test('a section each, with three words, is an answer', () => {
  expect(judged({})).toMatchObject({ code: 'index_answered', outcome: 'met', answered: 23, excused: [] })
})

test.each(HEADINGS)('%s without an answer is wanting', (name) => {
  expect(judged({ [name]: undefined })).toMatchObject({
    ...{ code: 'record_lacks', outcome: 'unmet', lacking: [{ field: name, why: 'missing' }] },
  })
})

test.each<readonly [string, object | string, string]>([
  ['a TODO', 'TODO', 'placeholder'],
  ['a document without a section', { document: 'technical' }, 'missing'],
  ['a section that is still open', { document: 'technical', section: 'TBD' }, 'placeholder'],
  ['nothing in a map', {}, 'placeholder'],
  ['a file that is still open', { evidence: '...' }, 'placeholder'],
  ['excused with nothing', { not_applicable: '' }, 'placeholder'],
  ['excused with a yes', { not_applicable: 'yes' }, 'bare'],
  ['excused with n/a', { not_applicable: 'n/a' }, 'placeholder'],
  ['excused with a word', { not_applicable: 'software' }, 'short'],
])('%s is no answer', (_, answer, why) => {
  expect(judged({ '5_risks': answer })).toMatchObject({
    ...{ code: 'record_lacks', outcome: 'unmet', lacking: [{ field: '5_risks', why }] },
  })
})

test('a reason in words excuses, is shown, and is not enough where the criteria ask for an answer', () => {
  const excused = { '1f_product': { not_applicable: 'it is software alone, and part of no product' } }

  expect(judged(excused)).toMatchObject({
    ...{ code: 'index_answered', answered: 22 },
    excused: [{ field: '1f_product', reason: 'it is software alone, and part of no product' }],
  })
  expect(judged(excused, undefined, ['1f_product'])).toMatchObject({
    ...{ code: 'index_open', outcome: 'unmet', open: [{ field: '1f_product', why: 'excused' }] },
  })
  expect(judged(excused, undefined, ['5_risks']).code).toBe('index_answered')
})

test('an index that excuses itself from everything answers nothing', () => {
  const reason = { not_applicable: 'we do not think that it applies' }

  expect(judged(Object.fromEntries(HEADINGS.map((name) => [name, reason])))).toMatchObject({
    ...{ code: 'index_empty', outcome: 'unmet' },
  })
})

test.each<readonly [string, readonly Evidence[], object]>([
  ['no such document', [METRICS], { why: 'no_document', document: 'technical' }],
  [
    'a document by another name',
    [aDocument(WRITTEN_SECTIONS, { document: 'model-card' })],
    { why: 'no_document' },
  ],
  [
    'a document that is none',
    [aDocument([], { records: [] })],
    { why: 'no_document', unreadable: `${FOLDER}/docs/technical.md` },
  ],
  ['two of them', [DOCUMENT, aDocument([], { path: 'b.md' })], { why: 'several_documents' }],
  [
    'a heading that is missing',
    [aDocument(WRITTEN_SECTIONS.slice(1))],
    { field: '1a_purpose', why: 'section', lacking: { title: 'Point 1a_purpose', why: 'missing' } },
  ],
  [
    'a heading with nothing under it',
    [aDocument(one('5_risks', { words: 2 }))],
    { field: '5_risks', why: 'section', lacking: { why: 'empty' } },
  ],
  [
    'a heading with a placeholder',
    [aDocument(one('9_post_market', { words: 90, placeholder: 'TODO' }))],
    { field: '9_post_market', why: 'section', lacking: { why: 'placeholder', placeholder: 'TODO' } },
  ],
])('%s: unmet', (_, others, lack) => {
  const answer = judged({}, others)

  expect(answer).toMatchObject({ code: 'index_open', outcome: 'unmet' })
  expect(answer.code === 'index_open' && answer.open[0]).toMatchObject(lack)
})

test('one sentence does not answer two headings', () => {
  const both = { '5_risks': { document: 'technical', section: '2. Point 4 METRICS' } }
  const thin = aDocument(one('4_metrics', { title: 'Point 4 metrics', words: 5 }))
  const enough = aDocument(one('4_metrics', { title: 'Point 4 metrics', words: 6 }))
  const named = { ...both, '4_metrics': { document: 'technical', section: 'Point 4 metrics' } }

  expect(judged(named, [enough]).code).toBe('index_answered')
  expect(judged(named, [thin])).toMatchObject({
    ...{ code: 'index_open' },
    open: ['4_metrics', '5_risks'].map((field) => ({ field, why: 'thin', words: 5, answers: 2 })),
  })
})

test.each<readonly [string, string, readonly Evidence[], object | undefined]>([
  ['as the manifest has it', 'validation/metrics.json', [METRICS], undefined],
  ['with a dot before it', './validation/metrics.json', [METRICS], undefined],
  ['as the repository has it', `${FOLDER}/validation/metrics.json`, [METRICS], undefined],
  ['in an artifact', 'report.json', [anEvidence({ path: 'artifact:run/report.json' })], undefined],
  [
    'a record that is filled in',
    'records/dev.yml',
    [anEvidence({ path: `${FOLDER}/records/dev.yml`, measurements: [], records: [aWrittenRecord()] })],
    undefined,
  ],
  ['not in the release', 'validation/other.json', [METRICS], { why: 'no_file' }],
  ['a part of a name', 'metrics.json', [anEvidence({ path: 'other-metrics.json' })], { why: 'no_file' }],
  ['the index itself', 'records/annex-iv.yml', [METRICS], { why: 'no_file' }],
  [
    'a file that was not found, or holds nothing',
    'validation/metrics.json',
    [{ ...METRICS, measurements: [] }],
    { why: 'says_nothing' },
  ],
  [
    'a record that is still open',
    'records/dev.yml',
    [
      anEvidence({
        path: `${FOLDER}/records/dev.yml`,
        measurements: [],
        records: [aWrittenRecord({ review: 'placeholder' })],
      }),
    ],
    { why: 'says_nothing' },
  ],
  [
    'a document with a placeholder anywhere',
    'docs/plan.md',
    [
      aDocument(one('3_monitoring', { placeholder: 'TBD' }), {
        path: `${FOLDER}/docs/plan.md`,
        document: 'plan',
      }),
    ],
    { why: 'says_nothing' },
  ],
  [
    'one of two',
    'metrics.json',
    [anEvidence({ path: 'a/metrics.json' }), anEvidence({ path: 'b/metrics.json' })],
    { why: 'several_files', paths: ['a/metrics.json', 'b/metrics.json'] },
  ],
])('answered by evidence: %s', (_, path, others, lack) => {
  const answer = judged({ '2g_testing': { evidence: path } }, [DOCUMENT, ...others])

  if (lack === undefined) expect(answer.code).toBe('index_answered')
  else expect(answer).toMatchObject({ code: 'index_open', open: [{ field: '2g_testing', ...lack }] })
})

test('a file that is about another model says nothing of this one', () => {
  const record = aWrittenRecord({}, { model: 'another' })
  const other = anEvidence({ path: `${FOLDER}/records/dev.yml`, measurements: [], records: [record] })
  const criterion = RecordCheck.parse({
    ...{ id: 'index', control: 'documentation', check: 'record', record: 'annex-iv' },
  })
  const evidence = [anIndex({ '2g_testing': { evidence: 'records/dev.yml' } }), DOCUMENT, other]
  const foreign = {
    measurements: [],
    records: [{ record, what: 'model' as const, found: 'another', wanted: ['credit-risk'] }],
  }

  expect(answerRecord(criterion, aContext([], { evidence })).code).toBe('index_answered')
  expect(answerRecord(criterion, aContext([], { evidence, foreign }))).toMatchObject({
    open: [{ field: '2g_testing', why: 'says_nothing' }],
  })
})

test.each<readonly [object, string]>([
  [{ '5_risks': { document: 'a', section: 'b', evidence: 'c.json' } }, 'wrong_value'],
  [{ '5_risks': { evidence: 'c.json', not_applicable: 'a reason in words' } }, 'wrong_value'],
  [{ '5_risks': { documents: 'a', section: 'b' } }, 'unknown_key'],
  [{ '5_risk': { evidence: 'c.json' } }, 'unknown_key'],
  [{ '5_risks': 'in the wiki of the team' }, 'wrong_value'],
])('%j is a fault of the file', (changes, code) => {
  const text = JSON.stringify({ gonogo: 1, record: 'annex-iv', owner: 'a', date: '2026-01-01', ...changes })
  const { reading } = readEvidence(Buffer.from(text), 'r.yml', 'f00d')

  expect(reading.problems.map((problem) => problem.code)).toEqual([code])
})
