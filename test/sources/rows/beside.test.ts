import { describe, expect, test } from 'vitest'
import { chosenFrom } from '../../../src/sources/chosen.ts'
import { type NamedRows, pairsAmong } from '../../../src/sources/rows/beside.ts'

const rows = (given: Partial<NamedRows> = {}): NamedRows => ({
  ...{ path: 'own.csv', about: 'candidate', dataset: 'holdout', rows: { id: 'id', groups: [], values: {} } },
  ...given,
})
const base = (given: Partial<NamedRows> = {}) => rows({ path: 'base.csv', about: 'base', ...given })
const IN = { artifact: 'validation', workflow: 'a.yml' }

test.each<readonly [string, readonly NamedRows[], readonly string[]]>([
  ['a candidate and its base', [rows(), base()], ['own.csv base.csv']],
  ['in any order', [base(), rows()], ['own.csv base.csv']],
  [
    'with base and release',
    [rows(), base(), base({ path: 'last.csv', about: 'released' })],
    ['own.csv base.csv', 'own.csv last.csv'],
  ],
  ['in one artifact', [rows(IN), base(IN)], ['own.csv base.csv']],
  ['in two artifacts', [rows(IN), base({ ...IN, artifact: 'other' })], []],
  ['in two runs', [rows(IN), base({ ...IN, workflow: 'b.yml' })], []],
  ['in an artifact and in the commit', [rows(IN), base()], []],
  ['on other data', [rows(), base({ dataset: 'load' })], []],
  ['of the candidate twice', [rows(), rows({ path: 'more.csv' })], []],
  ['without a name', [rows(), base({ rows: { groups: [], values: {} } })], []],
  ['of no rows', [rows(), { path: 'base.json', about: 'base', dataset: 'holdout' }], []],
])('rows are paired %s', (_, named, pairs) => {
  expect(pairsAmong(named).map((pair) => pair.map(({ path }) => path).join(' '))).toEqual(pairs)
})

describe('two runs of one evaluation', () => {
  const held = (run: number, onlyOne: number) => ({
    ...{ file: 'own.csv', sha: 'a', format: 'rows' },
    reading: {
      ...{ measurements: [], records: [], problems: [] },
      pairs: [
        {
          against: { path: 'base.csv', sha: 'b' },
          figures: [
            { kind: 'rate', pointer: '/accuracy', both: 9, onlyOne, onlyOther: onlyOne, neither: 1 } as const,
          ],
        },
      ],
    },
    producer: { run, artifact: run, commit: 'c', digest: 'd', workflow: 'a.yml', blob: 'e' },
  })
  const chosen = (...all: readonly ReturnType<typeof held>[]) =>
    chosenFrom(
      { kind: 'files', held: all, faults: new Map(), others: new Map() },
      { artifact: 'validation', file: 'own.csv' },
      'c',
      { path: 'release.yml', line: 1 },
    )

  test('that differ in the pairs alone contradict each other', () => {
    expect(chosen(held(1, 2), held(2, 2))).toMatchObject({ problems: [] })
    expect(chosen(held(1, 2), held(2, 1))).toMatchObject({ problems: [{ code: 'artifact_contradiction' }] })
  })
})
