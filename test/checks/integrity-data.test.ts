import { describe, expect, test } from 'vitest'
import type { EvidenceRecord } from '../../src/core/record.ts'
import { data, judged, MD5, type More, named, OTHER, SHA, training, whats } from '../support/training.ts'

describe('data', () => {
  const of = { of: ['data'] }
  type Row = readonly [string, readonly EvidenceRecord[], object, More, string, readonly string[]]
  test.each<Row>([
    [
      'a description with the digest',
      [data('c.json', [named('train', SHA)])],
      {},
      {},
      'met',
      ['data_agrees'],
    ],
    ['under another name', [data('c.json', [named('corpus', SHA)])], {}, {}, 'met', ['data_agrees']],
    [
      'a training record',
      [training({ data: [{ name: 'train', digest: SHA }] })],
      {},
      {},
      'met',
      ['data_agrees'],
    ],
    ['nothing', [], {}, {}, 'undecided', ['data_unnamed']],
    ['other data', [data('c.json', [named('test', OTHER)])], {}, {}, 'undecided', ['data_unnamed']],
    ['another digest', [data('c.json', [named('train', OTHER)])], {}, {}, 'unmet', ['data_differs']],
    ['the path of a file', [data('d', [named('data/train.csv', OTHER)])], {}, {}, 'unmet', ['data_differs']],
    [
      'one that agrees and one that does not',
      [data('c.json', [named('train', SHA)]), data('d.lock', [named('train.csv', OTHER)])],
      {},
      {},
      'unmet',
      ['data_differs'],
    ],
    [
      'the digest of something else in the file',
      [data('d.lock', [named('train.csv', OTHER), named('labels.csv', SHA)])],
      {},
      {},
      'unmet',
      ['data_differs'],
    ],
    [
      'raw and prepared data of one name',
      [data('d.lock', [named('raw/train.csv', OTHER), named('train.csv', SHA)])],
      {},
      {},
      'met',
      ['data_agrees'],
    ],
    [
      'another algorithm',
      [data('d.lock', [named('train', MD5)])],
      {},
      {},
      'undecided',
      ['data_not_comparable'],
    ],
    [
      'two algorithms, one the manifest’s',
      [data('d.lock', [named('train', MD5, SHA)])],
      {},
      {},
      'met',
      ['data_agrees'],
    ],
    [
      'a placeholder',
      [data('c.json', [{ ...named('train'), placeholder: 'TODO' }])],
      {},
      {},
      'undecided',
      ['data_placeholder'],
    ],
    [
      'a live dataset, though the digest is the same',
      [data('c.json', [named('train', SHA)], { live: true })],
      {},
      {},
      'undecided',
      ['data_live'],
    ],
    [
      'a live dataset and a lock of what was taken from it',
      [data('c.json', [named('train', SHA)], { live: true }), data('d.lock', [named('train', SHA)])],
      {},
      {},
      'met',
      ['data_agrees'],
    ],
    [
      'what came from nowhere',
      [data('d.lock', [named('train', SHA)], { open: ['words.txt'] })],
      {},
      {},
      'undecided',
      ['pipeline_open', 'data_agrees'],
    ],
    ['the criteria', [], {}, { pinned: SHA }, 'met', ['data_agrees']],
    ['criteria that pin other data', [], {}, { pinned: OTHER }, 'unmet', ['data_changed']],
    [
      'criteria that pin other data, whatever else agrees',
      [data('c.json', [named('train', SHA)])],
      {},
      { pinned: OTHER },
      'unmet',
      ['data_changed'],
    ],
    ['a dataset that is not there', [], { datasets: ['dev'] }, {}, 'undecided', ['data_not_listed']],
    ['no training data', [], {}, { claims: { datasets: [] } }, 'undecided', ['no_data']],
    [
      'only test data',
      [],
      {},
      { claims: { datasets: [{ name: 'holdout', role: 'test', digest: SHA }] } },
      'undecided',
      ['no_data'],
    ],
    [
      'test data that are asked for',
      [data('c.json', [named('holdout', SHA)])],
      { datasets: ['holdout'] },
      { claims: { datasets: [{ name: 'holdout', role: 'test', digest: SHA }] } },
      'met',
      ['data_agrees'],
    ],
    [
      'data without a digest',
      [],
      {},
      { claims: { datasets: [{ name: 'train', role: 'train' }] } },
      'undecided',
      ['data_without_digest'],
    ],
    [
      'a manifest with a placeholder, and evidence with the same',
      [data('c.json', [named('train', `sha256:${'0'.repeat(64)}`)])],
      {},
      { claims: { datasets: [{ name: 'train', role: 'tune', digest: `sha256:${'0'.repeat(64)}` }] } },
      'undecided',
      ['data_placeholder'],
    ],
  ])('%s', (_, records, given, more, outcome, facts) => {
    const came = judged({ ...of, ...given }, records, more)

    expect(whats(came)).toEqual(facts)
    expect(came.outcome).toBe(outcome)
  })

  const weak: More = { claims: { datasets: [{ name: 'train', role: 'train', digest: MD5 }] } }
  test('a weak digest is met and said to be weak, unless a strong one is asked', () => {
    const records = [data('d.lock', [named('data/train.csv', MD5)])]

    expect(judged(of, records, weak)).toMatchObject({
      outcome: 'met',
      facts: [{ weak: true, by: ['d.lock'] }],
    })
    expect(judged({ ...of, strong: true }, records, weak)).toMatchObject({
      outcome: 'undecided',
      facts: [{ what: 'data_weak' }],
    })
    expect(judged({ ...of, strong: true }, [data('c', [named('train', SHA)])]).outcome).toBe('met')
  })

  test('every dataset of the training must agree', () => {
    const datasets = [
      { name: 'train', role: 'train', digest: SHA },
      { name: 'extra', role: 'calibration', digest: OTHER },
    ] as const

    expect(judged(of, [data('c', [named('train', SHA)])], { claims: { datasets } })).toMatchObject({
      outcome: 'undecided',
      facts: [
        { what: 'data_unnamed', dataset: 'extra' },
        { what: 'data_agrees', dataset: 'train' },
      ],
    })
  })

  describe('what a training record was trained on and the manifest leaves out', () => {
    const datasets = [{ name: 'data/train.csv', role: 'train', digest: SHA }] as const
    const agreed = data('c', [named('train', SHA)])
    test.each<readonly [string, string, string | undefined, readonly string[]]>([
      ['other data', 'scraped', OTHER, ['data_not_listed']],
      ['other data without a digest', 'scraped', undefined, ['data_not_listed']],
      ['the same by another path', 'exports/train.csv', undefined, []],
      ['the same by its short name', 'Train', SHA, []],
      ['the same bytes under another name', 'corpus', SHA, []],
    ])('%s', (_, name, digest, wanted) => {
      const record = training({ data: [{ name, ...(digest !== undefined && { digest }) }] })
      const { outcome, facts } = judged(of, [agreed, record], { claims: { datasets } })

      expect(whats({ facts }).filter((what) => what === 'data_not_listed')).toEqual(wanted)
      expect(outcome).toBe(wanted.length > 0 ? 'undecided' : 'met')
    })

    test('is no matter where the criteria say which data they mean', () => {
      const record = training({ data: [{ name: 'scraped' }] })
      const asked = { ...of, datasets: ['data/train.csv'] }

      expect(judged(asked, [agreed, record], { claims: { datasets } }).outcome).toBe('met')
    })
  })

  test('what differs is named with both digests and the file', () => {
    expect(judged(of, [data('c.json', [named('train', OTHER)])]).facts).toEqual([
      { what: 'data_differs', dataset: 'train', path: 'c.json', found: OTHER, wanted: SHA },
    ])
  })
})
