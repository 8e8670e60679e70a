import { describe, expect, test } from 'vitest'
import { statedIn } from '../../src/text/card-tables.ts'
import { outsideFences, tablesOf } from '../../src/text/tables.ts'

const tablesIn = (text: string) => tablesOf(outsideFences(text))
const METRICS = ['accuracy', 'f1', 'roc_auc']
const all = (...lines: readonly string[]) =>
  statedIn(tablesOf(outsideFences(lines.join('\n'))), (name) => METRICS.includes(name))
/** What is stated of this model for sure. */
const stated = (...lines: readonly string[]) =>
  all(...lines)
    .filter(({ compared }) => compared === undefined)
    .map(({ name, value, line }) => [name, value, line])

describe('a row for each metric', () => {
  test('of two columns, whatever the second is called', () => {
    expect(stated('| Metric | v2.4 |', '|---|---|', '| Accuracy | 0.93 |', '| Model size | 3 |')).toEqual([
      ['accuracy', 0.93, 3],
    ])
  })

  test('with the column of values among others', () => {
    expect(stated('Measure | Previous | Result', '--- | :-: | ---:', '**F1** | 0.8 | `0.91`')).toEqual([
      ['f1', 0.91, 3],
    ])
  })

  test('of which column the values are must be clear', () => {
    expect(stated('| Metric | A | B |', '|---|---|---|', '| F1 | 0.9 | 0.8 |')).toEqual([])
    expect(stated('| Metric | ours | theirs |', '|---|---|---|', '| F1 | 0.9 | 0.8 |')).toEqual([
      ['f1', 0.9, 3],
    ])
    expect(stated('| Metric | Value | Value |', '|---|---|---|', '| F1 | 0.9 | 0.8 |')).toEqual([])
  })
})

describe('a table of what is not measured of this model', () => {
  test.each<readonly [string, readonly string[]]>([
    ['a goal', ['| Metric | Target |', '|-|-|', '| F1 | 0.9 |']],
    ['another model', ['| Metric | Baseline |', '|-|-|', '| F1 | 0.9 |']],
    ['epochs', ['| Epoch | F1 |', '|-|-|', '| 1 | 0.9 |']],
    ['a training that goes on', ['| Training Loss | Step | F1 |', '|-|-|-|', '| 0.4 | 500 | 0.9 |']],
    ['models', ['| Model | Metric | Value |', '|-|-|-|', '| theirs | F1 | 0.9 |']],
  ])('%s', (_, lines) => {
    expect(stated(...lines)).toEqual([])
  })

  test.each<readonly [string, readonly string[]]>([
    ['a goal', ['| Metric | Target | Result |', '|-|-|-|', '| F1 | 0.8 | 0.9 |']],
    ['a goal behind it', ['| metric | our result | goal |', '|-|-|-|', '| F1 | 0.9 | 0.8 |']],
    ['another model', ['| metric | our model | baseline |', '|-|-|-|', '| F1 | 0.9 | 0.8 |']],
    ['the old one', ['| metric | old | new |', '|-|-|-|', '| F1 | 0.8 | 0.9 |']],
    ['its version by name', ['| metric | version 2.0 |', '|-|-|', '| F1 | 0.9 |']],
    ['plain words', ['| metric | value |', '|-|-|', '| final F1 (hold-out)[^1] | 0.9 |']],
    [
      'a goal, by the year of the test',
      ['| Metric | Target | Test set 2026 |', '|-|-|-|', '| F1 | 0.8 | 0.9 |'],
    ],
    ['another split', ['| Metric | Validation | Test |', '|-|-|-|', '| F1 | 0.8 | 0.9 |']],
    [
      'a bound and an outcome',
      ['| Test | Metric | Threshold | Result | Outcome |', '|-|-|-|-|-|', '| T1 | F1 | 0.8 | 0.9 | pass |'],
    ],
  ])('with a column of its own beside %s', (_, lines) => {
    expect(stated(...lines)).toEqual([['f1', 0.9, 3]])
  })
})

describe('the part of the data', () => {
  const partsOf = (...lines: readonly string[]) =>
    statedIn(tablesOf(outsideFences(lines.join('\n'))), (name) => METRICS.includes(name)).map(
      ({ value, of }) => [value, of],
    )

  test.each<readonly [string, readonly string[], readonly unknown[]]>([
    [
      'in the first column',
      ['| Group | F1 |', '|-|-|', '| F | 0.9 |', '| All | 0.8 |'],
      [
        [0.9, 'F'],
        [0.8, undefined],
      ],
    ],
    ['in another column', ['| Metric | Slice | Value |', '|-|-|-|', '| F1 | F | 0.9 |'], [[0.9, 'F']]],
    ['that nobody names', ['| Metric | Value |', '|-|-|', '| F1 | 0.9 |'], [[0.9, undefined]]],
    [
      'that is left open',
      ['| Group | F1 |', '|-|-|', '| | 0.9 |', '| F | 0.8 |'],
      [
        [0.9, undefined],
        [0.8, 'F'],
      ],
    ],
  ])('%s', (_, lines, expected) => {
    expect(partsOf(...lines)).toEqual(expected)
  })
})

describe('what may be a part of the data', () => {
  test.each<readonly [string, readonly string[], readonly unknown[]]>([
    [
      'in rows by another name than group',
      ['| Language | F1 |', '|-|-|', '| nn | 0.9 |', '| all | 0.8 |'],
      [
        { value: 0.9, beside: [{ column: 'Language', cell: 'nn' }], compared: true },
        { value: 0.8, beside: [{ column: 'Language', cell: '' }], compared: true },
      ],
    ],
    [
      'in one row',
      ['| Language | F1 |', '|-|-|', '| nn | 0.9 |'],
      [{ value: 0.9, beside: [{ column: 'Language', cell: 'nn' }] }],
    ],
    [
      'after the numbers',
      ['| F1 | Language |', '|-|-|', '| 0.9 | nn |', '| 0.8 | nb |'],
      [
        { value: 0.9, beside: [{ column: 'Language', cell: 'nn' }], compared: true },
        { value: 0.8, beside: [{ column: 'Language', cell: 'nb' }], compared: true },
      ],
    ],
    [
      'beside the metric and its value',
      ['| Metric | Language | Value |', '|-|-|-|', '| F1 | nn | 0.9 |'],
      [{ value: 0.9, beside: [{ column: 'Language', cell: 'nn' }] }],
    ],
    [
      'before them',
      ['| Language | Metric | Value |', '|-|-|-|', '| nn | F1 | 0.9 |'],
      [{ value: 0.9, beside: [{ column: 'Language', cell: 'nn' }] }],
    ],
    [
      'before them, more than once',
      ['| Language | Metric | Value |', '|-|-|-|', '| nn | F1 | 0.9 |', '| nb | F1 | 0.8 |'],
      [
        { value: 0.9, beside: [{ column: 'Language', cell: 'nn' }], compared: true },
        { value: 0.8, beside: [{ column: 'Language', cell: 'nb' }], compared: true },
      ],
    ],
    [
      'a column each',
      ['| Language | nn | nb |', '|-|-|-|', '| F1 | 0.9 | 0.8 |'],
      [
        { value: 0.9, beside: [{ column: 'Language', cell: 'nn' }], compared: true },
        { value: 0.8, beside: [{ column: 'Language', cell: 'nb' }], compared: true },
      ],
    ],
  ])('%s', (_, lines, expected) => {
    expect(all(...lines)).toMatchObject(expected)
    expect(all(...lines).map(({ compared }) => compared)).toEqual(
      expected.map((one) => (one instanceof Object && 'compared' in one ? true : undefined)),
    )
  })
})

describe('a column for each metric', () => {
  const head = ['| Group | Accuracy | ROC-AUC |', '|---|---|---|']

  test('with a row for each part of the data', () => {
    expect(stated(...head, '| F | 0.93 | 0.97 |', '| M | 0.92 | |')).toEqual([
      ['accuracy', 0.93, 3],
      ['roc_auc', 0.97, 3],
      ['accuracy', 0.92, 4],
    ])
  })

  test('with one row', () => {
    expect(stated('| Model | F1 |', '|---|---|', '| ours | 0.9 |')).toEqual([['f1', 0.9, 3]])
  })

  test('a row for each model compares them', () => {
    expect(stated('| Model | F1 |', '|---|---|', '| ours | 0.9 |', '| theirs | 0.8 |')).toEqual([])
  })
})

describe('a name', () => {
  test.each([
    'f1',
    'F1',
    '_f1_',
    '**F1**',
    '`f1`',
    'Test F1',
    'eval_f1',
    'F1 (%)',
    'F1 ↑',
    'F1 (higher is better)',
  ])('%s is that of f1', (name) => {
    expect(statedIn(tablesIn(`|metric|value|\n|-|-|\n|${name}|0.9|`), (one) => one === 'f1')).toHaveLength(1)
  })

  test.each(['attack_success_rate', '_attack_success_rate_', '`attack_success_rate`'])(
    'within %s an underscore is a part of it',
    (name) => {
      const [found] = statedIn(
        tablesIn(`|metric|value|\n|-|-|\n|${name}|0.1|`),
        (one) => one === 'attack_success_rate',
      )
      expect(found).toMatchObject({ value: 0.1 })
    },
  )
})

describe('a cell', () => {
  test.each([
    ['0.93', 0.93, 0.005, false],
    ['93%', 93, 0.5, true],
    ['93.1 %', 93.1, 0.05, true],
    ['-0.5', -0.5, 0.05, false],
    ['0.930 ± 0.01', 0.93, 0.0005, false],
    ['0.93 [0.91, 0.95]', 0.93, 0.005, false],
    ['0.93 (n = 1,000)', 0.93, 0.005, false],
    ['.93', 0.93, 0.005, false],
    ['≈0.93', 0.93, 0.005, false],
    ['0,93', 0.93, 0.005, false],
    ['0,930', 0.93, 0.0005, false],
    ['93,1 %', 93.1, 0.05, true],
    ['1', 1, 0.005, false],
    ['0', 0, 0.005, false],
    ['0%', 0, 0.5, true],
    ['93', 93, 0.5, false],
  ])('%s', (cell, value, rounding, percent) => {
    const [found] = statedIn(tablesIn(`|metric|value|\n|-|-|\n|f1|${cell}|`), (name) => name === 'f1')
    expect(found).toMatchObject({ name: 'f1', value, percent, line: 3 })
    expect(found?.rounding).toBeCloseTo(rounding, 12)
  })

  test.each(['', 'n/a', '> 0.9', 'v0.93', '0.93 of 1', '1,000', '12,500', '1.000,5', '.', '1e3'])(
    '%j is no number',
    (cell) => {
      expect(stated('|metric|value|', '|-|-|', `|f1|${cell}|`)).toEqual([])
    },
  )
})

test('what stands in code, or is no table, states nothing', () => {
  expect(stated('```', '|metric|value|', '|-|-|', '|f1|0.9|', '```')).toEqual([])
  expect(stated('| metric | value |', '| f1 | 0.9 |')).toEqual([])
  expect(stated('| metric | value |', '|-|-|', '', '| f1 | 0.9 |')).toEqual([])
})

test('two tables, and a name that is another metric', () => {
  const tables = ['|metric|value|', '|-|-|', '|f1 (macro)|0.5|', '', '|metric|value|', '|-|-|', '|f1|0.9|']

  expect(all(...tables)).toMatchObject([
    { name: 'f1', value: 0.5, label: 'f1 (macro)', beyond: ['macro'] },
    { name: 'f1', value: 0.9, line: 7 },
  ])
})

test('a hostile text is bounded', () => {
  const rows = Array.from({ length: 20_000 }, () => '|f1|0.9|').join('\n')
  expect(stated('|metric|value|', '|-|-|', rows)).toHaveLength(2001)
  expect(stated(`|${'-|'.repeat(90_000)}`, `|${'-|'.repeat(90_000)}`)).toEqual([])
  expect(stated('|metric|value|', '|-|-|', `|f1|${'9'.repeat(100_000)}|`)).toEqual([])
})
