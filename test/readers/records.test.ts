import { describe, expect, test } from 'vitest'
import { ALL_GIVEN } from '../support/facts.ts'
import { faults, readFixture, readText } from './read.ts'

describe('markdown', () => {
  test('sections of a card', () => {
    expect(readFixture('markdown/card.md').records).toMatchObject([
      {
        kind: 'document',
        sections: [
          { title: 'Churn model', line: 1, words: 12, placeholder: 'TBD' },
          { title: 'Intended use', line: 5, words: 8, placeholder: 'TBD' },
          { title: 'Out of scope', line: 9, words: 0, placeholder: 'TBD' },
          { title: 'Data', line: 13, words: 4 },
          { title: 'Ethics', line: 19, words: 0, placeholder: '[More Information Needed]' },
        ],
      },
    ])
  })
})

describe('training-record', () => {
  test('every field given', () => {
    expect(readFixture('training-record/full.yml').records).toMatchObject([
      {
        kind: 'training',
        owner: 'given',
        date: '2026-02-03',
        fields: ALL_GIVEN,
        data: [{ name: 'train-2026q1', digest: `sha256:${'0'.repeat(64)}` }],
        commit: '0123456789abcdef0123456789abcdef01234567',
      },
      {
        ...{ kind: 'parameters', of: 'run', unresolved: [] },
        values: { lr: 0.001, scheduler: 'none', 'seeds.0': 1, 'seeds.1': 2, 'seeds.2': 3 },
      },
    ])
    expect(faults('training-record/full.yml')).toEqual([])
  })

  test('placeholders give nothing', () => {
    const [record] = readFixture('training-record/placeholders.json').records

    expect(record).toMatchObject({
      owner: 'placeholder',
      fields: {
        data: 'placeholder',
        hyperparameters: 'placeholder',
        seeds: 'placeholder',
        environment: 'placeholder',
        commit: 'placeholder',
        times: 'placeholder',
      },
    })
    expect(record).not.toHaveProperty('commit')
  })

  test('what is not there is missing', () => {
    expect(readFixture('training-record/reversed.yml').records).toMatchObject([
      { fields: { data: 'missing', times: 'given' } },
    ])
  })

  test.each([
    [
      'faults',
      'training-record/faults.yml',
      ['6 wrong_value commit abc a whole commit id of 40 or 64 hex digits', '5 unknown_key sedes seeds'],
    ],
    [
      'finished before started',
      'training-record/reversed.yml',
      ['6 contradiction finished 2026-02-03T07:59:00Z started 2026-02-03T10:00:00+02:00'],
    ],
    ['another kind', 'training-record/other-kind.yml', ['2 not_built record: assessment']],
  ])('%s', (_, path, expected) => {
    expect(faults(path)).toEqual(expected)
  })

  test.each([
    ['a time without zone', 'started: 2026-02-03T10:00:00', 'wrong_value'],
    ['a day that does not exist', 'finished: 2026-02-31T10:00:00Z', 'wrong_value'],
    ['an hour that does not exist', 'finished: 2026-02-03T25:00:00Z', 'wrong_value'],
    ['seeds as words', 'seeds: [one]', 'wrong_value'],
    ['half a seed', 'seeds: { numpy: 0.5 }', 'wrong_value'],
    ['a digest of another length', 'data: [{ name: a, digest: { sha256: abc } }]', 'wrong_value'],
    ['a note beside a data set', 'data: [{ name: a, notes: x }]', 'unknown_key'],
    ['zones that differ', 'started: 2026-02-03T10:00:00+02:00\nfinished: 2026-02-03T09:00:00Z', undefined],
    ['a seed of 0', 'seeds: [0]', undefined],
  ])('%s', (_, extra, code) => {
    const { reading } = readText(
      `gonogo: 1\nrecord: training\nowner: me\ndate: 2026-02-03\n${extra}\n`,
      'training.yml',
    )

    expect(reading.problems.map((problem) => problem.code)).toEqual(code ? [code] : [])
    expect(reading.records.filter(({ kind }) => kind === 'training')).toHaveLength(code ? 0 : 1)
  })
})
