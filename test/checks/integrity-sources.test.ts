import { describe, expect, test } from 'vitest'
import type { BomPart } from '../../src/core/bom.ts'
import type { EvidenceRecord } from '../../src/core/record.ts'
import type { NamedData } from '../../src/core/training-evidence.ts'
import { aSource } from '../support/build.ts'
import { data, judged, MD5, type More, named, OTHER, SHA, training, whats } from '../support/training.ts'

const OF = { of: ['data'] }
const MD5_B = `md5:${'cd34'.repeat(8)}`
const FOLDER = `md5:${'ab12'.repeat(8)}.dir`
const as = (names: readonly string[], ...digests: readonly string[]): NamedData => ({ names, digests })
const card = data('c.json', [as(['train', 'train.csv'], SHA, MD5)])
const lock = (...all: readonly NamedData[]) => data('dvc.lock', all)
const record = (digest: string) => training({ data: [{ name: 'train', digest }] })
const NO_DIGEST: More = { claims: { datasets: [{ name: 'train', role: 'train' }] } }
const SNAPSHOT: More = { claims: { datasets: [{ name: 'train', role: 'train', digest: 'snapshot:v1' }] } }

const bom = (part: Partial<BomPart>): EvidenceRecord => ({
  ...{ kind: 'bom', standard: 'CycloneDX', spec: '1.6', date: '2026-02-10', unresolved: [], lacking: [] },
  ...{ placeholders: [], evidence: [], counterClaims: [], source: aSource({ path: 'bom.json' }) },
  parts: [{ kind: 'data', names: ['train'], versions: [], digests: [], base: false, ...part }],
})

describe('a bill of materials beside a description with the digest', () => {
  const described = data('c.json', [as(['train'], SHA, MD5)])
  type Row = readonly [string, readonly EvidenceRecord[], string, readonly string[]]
  test.each<Row>([
    ['another', [described, bom({ digests: [OTHER] })], 'unmet', ['data_differs']],
    ['another md5', [described, bom({ digests: [SHA, MD5_B] })], 'unmet', ['data_differs', 'data_agrees']],
    ['the same', [described, bom({ digests: [SHA] })], 'met', ['data_agrees']],
    ['of other data', [described, bom({ names: ['other'], digests: [OTHER] })], 'met', ['data_agrees']],
    ['of a file', [described, bom({ kind: 'file', digests: [OTHER] })], 'met', ['data_agrees']],
    [
      'of what a base was made from',
      [described, bom({ base: true, digests: [OTHER] })],
      'met',
      ['data_agrees'],
    ],
    ['alone, which shows nothing', [bom({ digests: [SHA] })], 'undecided', ['data_unnamed']],
  ])('%s', (_, records, outcome, facts) => {
    const came = judged(OF, records)

    expect(came.outcome).toBe(outcome)
    expect(whats(came)).toEqual(facts)
  })
})

describe('what stands for a digest', () => {
  const empty = data('c.json', [{ ...named('train'), placeholder: 'TODO' }])

  test('is seen beside files that have one, and shows nothing', () => {
    const came = judged(OF, [empty, record(SHA)])

    expect(came.outcome).toBe('met')
    expect(came.facts).toContainEqual({
      ...{ what: 'data_placeholder_beside', dataset: 'train', path: 'c.json', found: 'TODO' },
    })
    expect(whats(judged(OF, [empty, record(OTHER)]))).toEqual(['data_differs', 'data_placeholder_beside'])
  })

  test('is named once where nothing else is there, and for no other data', () => {
    expect(whats(judged(OF, [empty]))).toEqual(['data_placeholder'])
    expect(
      whats(judged(OF, [data('c.json', [{ ...named('test'), placeholder: 'TODO' }]), record(SHA)])),
    ).toEqual(['data_agrees'])
  })
})

describe('files that name the same data, by an algorithm that the manifest does not give', () => {
  type Row = readonly [string, readonly EvidenceRecord[], More, string, readonly string[]]
  test.each<Row>([
    ['a lock with another', [card, lock(named('data/train', MD5_B))], {}, 'unmet', ['data_differs']],
    ['a record with another', [card, record(MD5_B)], {}, 'unmet', ['data_differs']],
    [
      'two of three agree',
      [card, record(MD5), lock(named('data/train', MD5_B))],
      {},
      'unmet',
      ['data_differs'],
    ],
    [
      'the other way round',
      [lock(named('data/train', MD5_B)), record(MD5), card],
      {},
      'unmet',
      ['data_differs', 'data_differs'],
    ],
    [
      'each for itself, by their own algorithms',
      [card, record(MD5_B), data('s.json', [named('train', `sha1:${'1a2b'.repeat(10)}`)])],
      {},
      'unmet',
      ['data_differs'],
    ],
    [
      'a manifest without a digest',
      [data('c.json', [named('train', SHA)]), record(OTHER)],
      NO_DIGEST,
      'unmet',
      ['data_differs'],
    ],
    [
      'a manifest with a snapshot',
      [data('c.json', [named('train', SHA)]), record(OTHER)],
      SNAPSHOT,
      'unmet',
      ['data_differs', 'data_not_comparable'],
    ],
    ['the same', [card, lock(named('data/train', MD5))], {}, 'met', []],
    ['other data', [card, lock(named('data/test', MD5_B))], {}, 'met', []],
    ['a folder of the name', [card, lock(named('data/train', FOLDER))], {}, 'met', []],
    [
      'another folder of the name',
      [card, lock(named('data/train', FOLDER)), data('b/dvc.lock', [named('data/train', `${MD5_B}.dir`)])],
      {},
      'unmet',
      ['data_differs'],
    ],
    ['two of one file', [card, data('c.json', [named('train', MD5_B)])], {}, 'met', []],
    ['another kind of file', [card, lock(named('data/train.parquet', MD5_B))], {}, 'met', []],
    ['a packed one', [card, lock(named('data/train.csv.gz', MD5_B))], {}, 'met', []],
    [
      'raw and prepared data of one name in two files',
      [data('c.json', [as(['prepared/train.csv'], SHA, MD5)]), lock(named('raw/train.csv', MD5_B))],
      {},
      'met',
      [],
    ],
    [
      'the path from another place',
      [
        data('c.json', [as(['./prepared/train.csv'], SHA, MD5)]),
        lock(named('data/prepared/train.csv', MD5_B)),
      ],
      {},
      'unmet',
      ['data_differs'],
    ],
    [
      'two of that name, one of them the same',
      [card, lock(named('raw/train', MD5_B), named('data/train', MD5))],
      {},
      'met',
      [],
    ],
    [
      'two of that name, of which one has the digest of the manifest',
      [card, data('b.json', [as(['raw/train'], OTHER, MD5_B), as(['data/train'], SHA, MD5)])],
      {},
      'met',
      [],
    ],
    [
      'the same name for more than anybody can tell apart',
      [
        card,
        lock(
          ...['a', 'b', 'c', 'd', 'e'].map((of, at) => named(`${of}/train`, `md5:${`cd3${at}`.repeat(8)}`)),
        ),
      ],
      {},
      'met',
      [],
    ],
    [
      'under another name, by the digest of the manifest',
      [card, data('b.json', [as(['corpus'], SHA, MD5_B)])],
      {},
      'unmet',
      ['data_differs'],
    ],
    [
      'what changes where it lies',
      [card, data('b.json', [named('train', MD5_B)], { live: true })],
      {},
      'met',
      [],
    ],
    [
      'snapshots, which each tool names',
      [card, record('snapshot:3'), data('b.json', [named('train', 'snapshot:4')])],
      {},
      'met',
      [],
    ],
    [
      'a text whose ends of lines may be others',
      [card, lock({ ...named('data/train.csv', MD5_B), unixLines: true })],
      {},
      'undecided',
      ['data_not_comparable'],
    ],
    [
      'such a text in two locks',
      [
        data('c.json', [named('train', SHA)]),
        lock({ ...named('data/train.csv', MD5_B), unixLines: true }),
        data('b/dvc.lock', [{ ...named('data/train.csv', MD5), unixLines: true }]),
      ],
      {},
      'unmet',
      ['data_differs'],
    ],
  ])('%s', (_, records, more, outcome, facts) => {
    const came = judged(OF, records, more)

    expect(came.outcome).toBe(outcome)
    expect(
      whats(came).filter((what) => !['data_agrees', 'data_without_digest', 'data_unnamed'].includes(what)),
    ).toEqual(facts)
  })

  test('both files and both digests are named', () => {
    expect(judged(OF, [card, lock(named('data/train', MD5_B))]).facts).toContainEqual({
      ...{ what: 'data_differs', dataset: 'train', path: 'dvc.lock', found: MD5_B },
      ...{ wanted: MD5, against: 'c.json' },
    })
  })

  test('what agrees is named too, and said to be weak where it is', () => {
    const strong = `sha512:${'1a2b'.repeat(32)}`
    const { facts } = judged(OF, [
      data('c.json', [as(['train'], SHA, MD5, strong)]),
      record(MD5),
      lock(named('data/train', MD5, strong)),
    ])

    expect(facts).toEqual([
      { what: 'data_agrees', dataset: 'train', digest: SHA, weak: false, by: ['c.json'] },
      {
        ...{ what: 'data_agrees', dataset: 'train', digest: strong, weak: false },
        ...{ by: ['dvc.lock'], against: 'c.json' },
      },
      {
        ...{ what: 'data_agrees', dataset: 'train', digest: MD5, weak: true },
        ...{ by: ['training.yml', 'dvc.lock'], against: 'c.json' },
      },
    ])
  })

  test('that others agree shows nothing of what the manifest says', () => {
    const came = judged(OF, [record(MD5), lock(named('data/train', MD5))])

    expect(came.outcome).toBe('undecided')
    expect(whats(came)).toEqual(['data_not_comparable', 'data_agrees'])
  })
})
