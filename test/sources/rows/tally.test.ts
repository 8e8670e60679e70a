import { describe, expect, test } from 'vitest'
import type { RowsPlan } from '../../../src/sources/rows/plan.ts'
import { nameOf, planOf, subsetsOf } from '../../../src/sources/rows/plan.ts'
import { type CountRow, tally } from '../../../src/sources/rows/tally.ts'
import { criteriaText, parsedCriteria } from '../../support/facts.ts'

const BINARY: RowsPlan = {
  ...{ dataset: 'holdout', label: 'y', prediction: 'yhat', groups: [], values: {}, confidence: 0.975 },
}

function row(given: Partial<CountRow> = {}): CountRow {
  return {
    ...{ l: '1', p: '1', above: null, n: 10, unscored: 0, loose: 0, groups: [], bad: [] },
    ...given,
  }
}

const FOUR = [
  row({ l: '1', p: '1', n: 40 }),
  row({ l: '1', p: '0', n: 10 }),
  row({ l: '0', p: '1', n: 5 }),
  row({ l: '0', p: '0', n: 45 }),
]

describe('counts by what they mean', () => {
  test.each<readonly [string, Partial<RowsPlan>, readonly CountRow[], object]>([
    ['0 and 1', {}, FOUR, { hit: 85, positives: 50, chosen: 45, found: 40 }],
    [
      'as pandas writes them',
      {},
      FOUR.map((one) => ({ ...one, p: `${one.p}.0` })),
      { hit: 85, positives: 50, chosen: 45, found: 40 },
    ],
    [
      'True and false',
      {},
      FOUR.map((one) => ({
        ...one,
        l: one.l === '1' ? 'True' : 'False',
        p: one.p === '1' ? 'true' : 'false',
      })),
      { hit: 85, positives: 50, chosen: 45, found: 40 },
    ],
    [
      'the positive class is pinned',
      { positive: '0' },
      FOUR,
      { hit: 85, positives: 50, chosen: 55, found: 45 },
    ],
    [
      'one class against all others',
      { positive: 'a' },
      [
        row({ l: 'a', p: 'a', n: 3 }),
        row({ l: 'b', p: 'b', n: 4 }),
        row({ l: 'c', p: 'b', n: 5 }),
        row({ l: 'c', p: 'a' }),
      ],
      { hit: 7, positives: 3, chosen: 13, found: 3 },
    ],
    [
      'by the threshold, whatever else is there',
      { score: 'p', threshold: 0.5, prediction: undefined as never },
      [
        row({ p: null, above: true, n: 7 }),
        row({ l: '0', p: null, above: true, n: 2 }),
        row({ l: '0', p: null, above: false, n: 1 }),
      ],
      { hit: 8, positives: 7, chosen: 9, found: 7 },
    ],
  ])('%s', (_, plan, rows, expected) => {
    expect(tally({ ...BINARY, ...plan }, rows)).toMatchObject({ tallies: [expected] })
  })

  test('of each group, each pair of columns, and all rows', () => {
    const plan = { ...BINARY, groups: ['sex', 'race'] }
    const rows = [
      row({ groups: ['F', 'A'], n: 1 }),
      row({ groups: ['F', 'B'], n: 2 }),
      row({ groups: ['M', 'A'], n: 4, p: '0' }),
      row({ groups: ['M', 'B'], n: 8, l: '0' }),
    ]
    const counted = tally(plan, rows)

    expect(
      'tallies' in counted && counted.tallies.map(({ groups, n, hit }) => [groups.join(), n, hit]),
    ).toEqual([
      ['', 15, 3],
      ['0,0', 3, 3],
      ['0,1', 12, 0],
      ['1,0', 5, 1],
      ['1,1', 10, 2],
      ['0,0,1,0', 1, 1],
      ['0,0,1,1', 2, 2],
      ['0,1,1,0', 4, 0],
      ['0,1,1,1', 8, 0],
    ])
  })
})

describe('rows are counted as a whole or not at all', () => {
  const many = (length: number, of: (index: number) => Partial<CountRow>) =>
    Array.from({ length }, (_, index) => row(of(index)))
  test.each<readonly [string, Partial<RowsPlan>, readonly CountRow[], readonly object[]]>([
    ['no rows', {}, [], [{ flaw: 'no_rows' }]],
    ['a count of none', {}, [row({ n: 0 })], [{ flaw: 'no_rows' }]],
    [
      'a row without truth',
      {},
      [...FOUR, row({ l: null, n: 3 })],
      [{ flaw: 'missing', named: 'y', rows: 3 }],
    ],
    ['truth that is NaN', {}, [...FOUR, row({ l: 'nan', n: 3 })], [{ flaw: 'missing', named: 'y', rows: 3 }]],
    ['an empty answer', {}, [...FOUR, row({ p: '', n: 2 })], [{ flaw: 'missing', named: 'yhat', rows: 2 }]],
    [
      'a row without its group',
      { groups: ['sex'] },
      [row({ groups: ['F'] }), row({ groups: [null], n: 4 })],
      [{ flaw: 'missing', named: 'sex', rows: 4 }],
    ],
    [
      'a row of no cluster',
      { cluster: 'customer' },
      [row({ loose: 1 })],
      [{ flaw: 'missing', named: 'customer', rows: 1 }],
    ],
    [
      'a score outside of 0 to 1',
      { score: 'p' },
      [row({ unscored: 2 })],
      [{ flaw: 'no_probability', named: 'p', rows: 2 }],
    ],
    [
      'a latency that is no number',
      { values: { latency: 'ms' } },
      [row({ bad: [5] })],
      [{ flaw: 'not_a_number', named: 'ms', rows: 5 }],
    ],
    [
      '1,001 classes',
      {},
      many(1001, (index) => ({ l: String(index) })),
      [{ flaw: 'no_classes', named: 'y' }],
    ],
    [
      '101 groups',
      { groups: ['id'] },
      many(101, (index) => ({ groups: [String(index)] })),
      [{ flaw: 'no_classes', named: 'id' }],
    ],
    ['a long value', {}, [...FOUR, row({ p: 'x'.repeat(101) })], [{ flaw: 'no_classes', named: 'yhat' }]],
    ['more than was asked of the engine', {}, many(20_001, () => ({})), [{ flaw: 'no_classes', named: 'y' }]],
    [
      'a score without the truth',
      { score: 'p', label: undefined as never },
      FOUR,
      [{ flaw: 'no_label', named: 'p' }],
    ],
    [
      'a pinned threshold and no score',
      { threshold: 0.18 },
      FOUR,
      [{ flaw: 'no_score', named: 'yhat', found: ['0.18'] }],
    ],
    [
      'a pinned positive value that no row has',
      { positive: 'yes' },
      FOUR,
      [{ flaw: 'no_positive', named: 'y', found: ['1', '0'].toSorted() }],
    ],
    [
      'answers alone, none of them positive',
      { positive: '1', label: undefined as never },
      [row({ l: null, p: 'yes' })],
      [{ flaw: 'no_positive', named: 'yhat', found: ['yes'] }],
    ],
    [
      'a score of classes that nobody says which is positive',
      { score: 'p' },
      [row({ l: 'good', p: 'good' }), row({ l: 'bad', p: 'bad' })],
      [{ flaw: 'no_positive', named: 'y', found: ['bad', 'good'] }],
    ],
    [
      'answers spelt otherwise than the truth',
      { positive: '1' },
      [row({ p: 'no' }), row({ l: '0', p: 'no' })],
      [{ flaw: 'other_class', named: 'yhat', found: ['no'] }],
    ],
    [
      'answers by another threshold',
      { score: 'p', threshold: 0.18 },
      [row({ above: true }), row({ l: '0', p: '0', above: true, n: 3 }), row({ p: '1', above: false, n: 2 })],
      [{ flaw: 'other_threshold', named: 'yhat', rows: 5, found: ['0.18'] }],
    ],
  ])('%s', (_, plan, rows, faults) => {
    expect(tally({ ...BINARY, ...plan }, rows)).toEqual({
      faults: faults.map((fault) => ({ code: 'bad_rows', ...fault })),
    })
  })
})

describe('a plan', () => {
  const digest = `digest: { sha256: ${'a'.repeat(64)} }`
  const metric = 'id: a, control: performance, check: metric, metric: latency, aggregate: p95, at_most: 1'
  const pinned = (rest: string, criterion = `{ ${metric}, confidence: 0.99 }`) =>
    parsedCriteria(`${criteriaText([criterion])}datasets: { holdout: { ${digest}, ${rest} } }\n`).criteria
  const columns = { groups: ['age'], values: {}, prediction: 'yhat' }

  test('takes what the criteria pin: the truth, the positive value, the threshold and every group', () => {
    const criteria = pinned('label: y, positive: 1.0, threshold: 0.18, groups: { sex: [F, M] }')

    expect(planOf(columns, 'holdout', criteria)).toEqual({
      ...{ dataset: 'holdout', prediction: 'yhat', label: 'y', positive: '1', threshold: 0.18 },
      ...{ groups: ['sex', 'age'], values: {}, confidence: 0.99, uncalibrated: true },
    })
  })

  test.each<readonly [string, string, true | undefined]>([
    ['a metric', `{ ${metric.replace('latency', 'brier')} }`, undefined],
    [
      'a gap',
      '{ id: g, control: fairness, check: disparity, metric: calibration_slope, across: [sex], as: difference, at_most: 0.1 }',
      undefined,
    ],
    [
      'a bias that is inherited',
      '{ id: l, control: inherited-behaviour, check: lineage, of: [inherited], across: [sex], metrics: [ece] }',
      undefined,
    ],
    ['nothing', `{ ${metric} }`, true],
  ])('holds scores to the truth only where somebody asks: %s', (_, criterion, without) => {
    expect(planOf(columns, 'holdout', pinned('label: y', criterion)).uncalibrated).toBe(without)
  })

  test('holds scores to the truth where nobody says what is asked', () => {
    expect(planOf(columns, 'holdout', undefined)).not.toHaveProperty('uncalibrated')
  })

  test('takes nothing of another dataset', () => {
    expect(planOf(columns, 'other', pinned('label: y, threshold: 0.18'))).toEqual({
      ...{ dataset: 'other', prediction: 'yhat', groups: ['age'], values: {}, confidence: 0.99 },
      uncalibrated: true,
    })
  })
})

test.each([
  ['1.0', '1'],
  ['-3.000', '-3'],
  ['1.5', '1.5'],
  ['TRUE', 'true'],
  ['Truest', 'Truest'],
  ['1e0', '1e0'],
])('%s is called %s', (raw, name) => {
  expect(nameOf(raw)).toBe(name)
})

test.each<readonly [readonly string[], string]>([
  [[], '[[]]'],
  [['a'], '[[],[0]]'],
  [['a', 'b'], '[[],[0],[1],[0,1]]'],
  [['a', 'b', 'c'], '[[],[0],[1],[2],[0,1],[0,2],[1,2],[0,1,2]]'],
])('what is measured apart of %j', (groups, expected) => {
  expect(JSON.stringify(subsetsOf(groups))).toBe(expected)
})
