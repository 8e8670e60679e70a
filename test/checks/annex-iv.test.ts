import { describe, expect, test } from 'vitest'
import { answerRecord, RecordCheck } from '../../src/checks/record.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { Role } from '../../src/core/exam.ts'
import type { Section } from '../../src/core/record.ts'
import { ANNEX_IV_ALWAYS, MOST_SHARED, WORDS_EACH } from '../../src/core/records/documentation.ts'
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
  (name, index): Section => ({ title: `Point ${name}`, line: index + 1, words: WORDS_EACH }),
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

test('a section each, with a sentence, is an answer', () => {
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
    ...{
      code: 'index_open',
      outcome: 'unmet',
      open: [{ field: '1f_product', why: 'excused', by: 'criteria' }],
    },
  })
  expect(judged(excused, undefined, ['5_risks']).code).toBe('index_answered')
})

const MAY_BE_EXCUSED = HEADINGS.filter((name) => !ANNEX_IV_ALWAYS.some((one) => one === name))

test.each(ANNEX_IV_ALWAYS)('%s applies to every system, whatever the criteria say', (name) => {
  const excused = { [name]: { not_applicable: `of ${name} there is nothing to be said here` } }

  expect(judged(excused)).toMatchObject({
    ...{ code: 'index_open', outcome: 'unmet', open: [{ field: name, why: 'excused', by: 'annex' }] },
  })
})

describe('a reason for each heading that may not apply', () => {
  const excused = (reason: (name: string) => string, of: readonly string[] = MAY_BE_EXCUSED) =>
    Object.fromEntries(of.map((name) => [name, { not_applicable: reason(name) }]))

  test('of its own is enough, and all of them are told', () => {
    const answer = judged(excused((name) => `${name} is about what this is no part of`))

    expect(answer).toMatchObject({ code: 'index_answered', answered: ANNEX_IV_ALWAYS.length })
    expect(answer.code === 'index_answered' && answer.excused.map(({ field }) => field)).toEqual(
      MAY_BE_EXCUSED,
    )
  })

  test.each([
    ['the same', () => 'we have no such thing here'],
    [
      'but for signs and case',
      (name: string) => `We have no such${name.includes('2') ? ',' : ''} thing here.`,
    ],
  ])('%s under all of them is none', (_, reason) => {
    expect(judged(excused(reason))).toMatchObject({
      ...{ code: 'index_open', outcome: 'unmet' },
      open: MAY_BE_EXCUSED.map((field) => ({
        ...{ field, why: 'same_reason', beside: MAY_BE_EXCUSED.filter((name) => name !== field) },
      })),
    })
  })

  test('the same under two is none for either', () => {
    const two = ['1f_product', '8_declaration']

    expect(judged(excused(() => 'it is part of no product', two))).toMatchObject({
      open: two.map((field) => ({ field, why: 'same_reason' })),
    })
  })
})

test('the data of a model that was trained on some can not be excused', () => {
  const index = anIndex({ '2d_data': { not_applicable: 'no data were used for this system' } })
  const criterion = RecordCheck.parse({
    ...{ id: 'index', control: 'documentation', check: 'record', record: 'annex-iv' },
  })
  const answer = (...roles: readonly Role[]) => {
    const datasets = roles.map((role) => ({ name: 'a', role }))
    const claims = { datasets, commits: [], repositories: [] }
    return answerRecord(criterion, aContext([], { evidence: [index, DOCUMENT], claims }))
  }

  expect(answer()).toMatchObject({ code: 'index_answered' })
  expect(answer('test')).toMatchObject({ code: 'index_answered' })
  for (const role of ['train', 'tune'] as const)
    expect(answer('test', role)).toMatchObject({ open: [{ field: '2d_data', why: 'excused', by: 'data' }] })
})

test('the same text under other headings is one place', () => {
  const twins = WRITTEN_SECTIONS.map((section) => ({
    ...section,
    words: 40,
    twin: { first: 1, own: section.line },
  }))
  const two = (words: number) =>
    WRITTEN_SECTIONS.map((section, at) =>
      at < 2 ? { ...section, words, twin: { first: 1, own: at } } : section,
    )

  expect(judged({}, [aDocument(twins)])).toMatchObject({
    open: HEADINGS.map((field) => ({ field, why: 'shared', most: MOST_SHARED })),
  })
  expect(judged({}, [aDocument(two(2 * WORDS_EACH))]).code).toBe('index_answered')
  expect(judged({}, [aDocument(two(2 * WORDS_EACH - 1))])).toMatchObject({
    open: HEADINGS.slice(0, 2).map((field) => ({ field, why: 'thin' })),
  })
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
    { field: '5_risks', why: 'section', lacking: { why: 'short', words: 2 } },
  ],
  [
    'a heading with a few words under it',
    [aDocument(one('5_risks', { words: WORDS_EACH - 1 }))],
    {
      field: '5_risks',
      why: 'section',
      lacking: { why: 'short', words: WORDS_EACH - 1, wanted: WORDS_EACH },
    },
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
  const of = (words: number) => aDocument(one('4_metrics', { title: 'Point 4 metrics', words }))
  const named = { ...both, '4_metrics': { document: 'technical', section: 'Point 4 metrics' } }

  expect(judged(named, [of(2 * WORDS_EACH)]).code).toBe('index_answered')
  expect(judged(named, [of(2 * WORDS_EACH - 1)])).toMatchObject({
    ...{ code: 'index_open' },
    open: [
      { field: '4_metrics', why: 'thin', words: 15, wanted: 16, beside: ['5_risks'] },
      { field: '5_risks', why: 'thin', words: 15, wanted: 16, beside: ['4_metrics'] },
    ],
  })
})

describe('one place for many headings', () => {
  const some = (count: number) => HEADINGS.slice(0, count)
  const leaning = (count: number, where: object) =>
    Object.fromEntries(some(count).map((name) => [name, where]))
  const long = aDocument(one('1a_purpose', { words: 5000 }))
  const first = { document: 'technical', section: 'Point 1a_purpose' }

  test('a section is about a few of them, however long it is', () => {
    expect(judged(leaning(MOST_SHARED, first), [long]).code).toBe('index_answered')
    expect(judged(leaning(MOST_SHARED + 1, first), [long])).toMatchObject({
      ...{ code: 'index_open', outcome: 'unmet' },
      open: some(MOST_SHARED + 1).map((field) => ({
        ...{ field, why: 'shared', where: 'Point 1a_purpose', most: MOST_SHARED },
        beside: some(MOST_SHARED + 1).filter((name) => name !== field),
      })),
    })
  })

  test('a file too, by whatever name of it', () => {
    const file = { evidence: 'validation/metrics.json' }
    const again = { '2g_testing': { evidence: './validation/metrics.json' } }

    expect(judged(leaning(MOST_SHARED, file)).code).toBe('index_answered')
    expect(judged({ ...leaning(MOST_SHARED, file), ...again })).toMatchObject({
      ...{ code: 'index_open' },
      open: [...some(MOST_SHARED), '2g_testing'].map((field) => ({ field, why: 'shared' })),
    })
  })

  /** A paragraph under a heading that lies in others, `deep` of them for each four headings. */
  const nested = (words: number) => {
    const { reading } = readEvidence(
      Buffer.from(
        [...Array(6).keys()].map((at) => `${'#'.repeat(at + 1)} Part ${at}\n`).join('\n') +
          `\n${'some more words about the system here and there '
            .repeat(words / 9 + 1)
            .split(' ')
            .slice(0, words)
            .join(' ')}`,
      ),
      'technical.md',
      'f00d',
    )
    return aDocument([], { records: reading.records })
  }
  const chain = Object.fromEntries(
    HEADINGS.map((name, at) => [
      name,
      { document: 'technical', section: `Part ${Math.floor(at / MOST_SHARED)}` },
    ]),
  )

  test('a paragraph is no documentation, under however many headings', () => {
    expect(judged(chain, [nested(99)])).toMatchObject({
      ...{ code: 'index_open' },
      open: HEADINGS.map((field) => ({
        ...{ field, why: 'little', path: `${FOLDER}/docs/technical.md`, words: 99 },
        ...{ wanted: WORDS_EACH * HEADINGS.length, answers: HEADINGS.length },
      })),
    })
    expect(judged(chain, [nested(186)]).code).toBe('index_answered')
  })

  test('nor where some headings name it as a file', () => {
    const file = { evidence: 'docs/technical.md' }
    const mixed = { ...chain, ...leaning(2, file) }

    expect(judged(mixed, [nested(99)])).toMatchObject({
      open: HEADINGS.map((field) => ({ field, why: 'little', answers: HEADINGS.length })),
    })
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
