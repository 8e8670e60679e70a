import { describe, expect, test } from 'vitest'
import type { NamedEvidence } from '../../src/criteria/manifest.ts'
import { gatherEvidence } from '../../src/sources/evidence.ts'
import { MAX_BLOB_BYTES } from '../../src/sources/files.ts'
import type { Leaf } from '../../src/sources/repository.ts'
import { memory } from '../support/memory.ts'

const MANIFEST = 'models/a/release.yml'
const FILE = 'models/a/metrics.json'

async function gathered(content: string, named: Partial<NamedEvidence> = {}) {
  const repository = memory()
  const head = repository.commit({ files: { [FILE]: content, 'models/a/x.md': content } })
  return await gatherEvidence(repository, head, MANIFEST, {
    path: FILE,
    line: 7,
    about: 'candidate',
    ...named,
  })
}

const plain = '{ "accuracy": 0.9 }'
const labelled = '{ "accuracy": { "value": 0.9, "labels": { "dataset": "holdout" } } }'

describe('the dataset of the manifest', () => {
  test.each<readonly [string, string, string | undefined, string | undefined, readonly object[]]>([
    ['none in either', plain, undefined, undefined, []],
    ['fills what the file does not say', plain, 'holdout', 'holdout', []],
    ['none, and the file says one', labelled, undefined, 'holdout', []],
    ['the same as in the file', labelled, 'holdout', 'holdout', []],
    [
      'another than in the file',
      labelled,
      'other',
      'holdout',
      [{ path: MANIFEST, line: 7, code: 'other_dataset', found: `holdout in ${FILE}`, wanted: 'other' }],
    ],
  ])('%s', async (_, content, dataset, expected, problems) => {
    const evidence = await gathered(content, dataset === undefined ? {} : { dataset })

    expect(evidence.measurements.map(({ labels }) => labels.dataset)).toEqual([expected])
    expect(evidence.problems).toEqual(problems)
  })
})

describe('the dataset of a suite of tests', () => {
  const named = (suite: string) =>
    `{ "success": true, "results": [{ "success": true, "expectation_config": { "type": "expect_a" } }], "meta": ${suite} }`
  test.each<readonly [string, string, string | undefined, string | undefined, number]>([
    ['none in either', named('{}'), undefined, undefined, 0],
    ['fills what the file does not say', named('{}'), 'holdout', 'holdout', 0],
    [
      'another than in the file',
      named('{ "batch_kwargs": { "data_asset_name": "loans" } }'),
      'holdout',
      'loans',
      1,
    ],
  ])('%s', async (_, content, dataset, expected, problems) => {
    const evidence = await gathered(content, dataset === undefined ? {} : { dataset })

    expect(evidence.records.map((record) => (record.kind === 'suite' ? record.dataset : 'none'))).toEqual([
      expected,
    ])
    expect(evidence.problems.filter(({ code }) => code === 'other_dataset')).toHaveLength(problems)
  })
})

describe('the dataset of a description of data', () => {
  const card = '---\nlicense: cc-by-nc-4.0\ntask_categories: [text-classification]\n---\n# Letters\n\nText.\n'
  const croissant = (sha256: string) =>
    `{ "@context": {}, "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0", "name": "letters", "distribution": [{ "@type": "cr:FileObject", "@id": "a.csv", "sha256": "${sha256}" }] }`
  test.each<readonly [string, string, readonly string[]]>([
    ['is a name of it where it has no digest', card, ['Letters', 'train']],
    ['is none of data that a digest tells', croissant('a1b2'.repeat(16)), ['letters', 'a.csv']],
  ])('%s', async (_, content, names) => {
    const path = content.startsWith('{') ? FILE : 'models/a/x.md'
    const evidence = await gathered(content, { dataset: 'train', path })
    expect(
      evidence.records.flatMap((record) => (record.kind === 'data' ? record.datasets : [])),
    ).toMatchObject([{ names }])
  })
})

describe('the format of the manifest', () => {
  test.each<readonly [string, string, readonly object[]]>([
    ['the one that it is', 'metrics', []],
    [
      'another',
      'lm-eval',
      [{ path: MANIFEST, line: 7, code: 'other_format', found: 'metrics', wanted: 'lm-eval' }],
    ],
  ])('%s', async (_, format, problems) => {
    expect((await gathered(plain, { format })).problems).toEqual(problems)
  })

  test('one that no reader claims', async () => {
    const { problems } = await gathered('"text"', { format: 'metrics' })

    expect(problems).toMatchObject([
      { path: FILE, code: 'unknown_format' },
      { code: 'other_format', found: 'no known format' },
    ])
  })
})

test('what the manifest says of it stands beside it', async () => {
  const evidence = await gathered(plain, { about: 'base', document: 'model-card' })

  expect(evidence).toMatchObject({
    path: FILE,
    about: 'base',
    document: 'model-card',
    trust: 'typed',
    format: 'metrics',
  })
  expect(evidence.sha).toMatch(/^[0-9a-f]{40}$/)
})

test('a file that is not there', async () => {
  const evidence = await gathered(plain, { path: 'models/a/other.json' })

  expect(evidence).toEqual({
    path: 'models/a/other.json',
    about: 'candidate',
    trust: 'typed',
    measurements: [],
    records: [],
    problems: [{ path: MANIFEST, line: 7, code: 'not_found', file: 'models/a/other.json' }],
  })
})

test.each<readonly [string, number, boolean]>([
  ['as large as GitHub gives', MAX_BLOB_BYTES, true],
  ['larger', MAX_BLOB_BYTES + 1, false],
])('a file %s', async (_, bytes, asked) => {
  const repository = memory()
  const head = repository.commit({ files: { [FILE]: plain } })
  const entry: Leaf = { oid: repository.tree(head).get(FILE)?.oid ?? '', kind: 'file', bytes }

  const evidence = await gatherEvidence({ ...repository, entry: async () => entry }, head, MANIFEST, {
    path: FILE,
    line: 7,
    about: 'candidate',
  })

  expect(evidence.problems).toEqual(
    asked ? [] : [{ path: FILE, code: 'too_large', bytes, limit: MAX_BLOB_BYTES }],
  )
  expect(repository.asked.some((question) => question.startsWith('blob'))).toBe(asked)
})

describe('a card whose index has no results, as the Trainer writes it of data that it does not know', () => {
  const card = (results: string) =>
    `---\nmodel-index:\n- name: sentiment\n  results: ${results}\n---\n# sentiment\n\nMore words than a heading alone.\n`
  const empty = {
    path: 'models/a/x.md',
    line: 4,
    column: 12,
    code: 'no_measurements',
    format: 'hf-model-index',
  }
  test.each<readonly [string, string, string | undefined, readonly object[]]>([
    ['is no problem as a document, which need state nothing', card('[]'), 'model-card', []],
    ['is one as evidence, which is there for its numbers', card('[]'), undefined, [empty]],
    [
      'and a document is no excuse for an index that is wrong',
      card('[3]'),
      'model-card',
      [expect.objectContaining({ code: 'malformed' })],
    ],
  ])('%s', async (_, content, document, problems) => {
    const evidence = await gathered(content, { path: 'models/a/x.md', ...(document && { document }) })

    expect(evidence.records.map(({ kind }) => kind)).toContain('document')
    expect(evidence.problems.slice(0, 2)).toEqual(problems)
  })
})
