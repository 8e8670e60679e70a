import { expect, test } from 'vitest'
import {
  boundInWords,
  count,
  counted,
  margin,
  shownBound,
  shownNumber,
  shownValue,
} from '../../src/render/numbers.ts'

test.each([
  [0.1, '0.1'],
  [0.30000000000000004, '0.30000000000000004'],
  [1e-7, '0.0000001'],
  [-1.25e-9, '-0.00000000125'],
  [1e-30, '1e-30'],
  [1e21, '1e+21'],
  [-0, '0'],
  [Number.NEGATIVE_INFINITY, '-∞'],
])('%d is shown as %s, exactly', (value, expected) => {
  expect(shownNumber(value)).toBe(expected)
  if (Number.isFinite(value)) expect(Number(shownNumber(value))).toBe(value + 0)
})

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1234567.25, '1,234,567.25'],
  [-1000, '-1,000'],
])('%d things are %s', (value, expected) => {
  expect(count(value)).toBe(expected)
})

test('one and many', () => {
  expect([0, 1, 2].map((number) => counted(number, 'row'))).toEqual(['0 rows', '1 row', '2 rows'])
  expect(counted(1000, 'criterion', 'criteria')).toBe('1,000 criteria')
})

test('a percent sign stands only where the unit is percent', () => {
  expect(shownValue(93.5, 'percent')).toBe('93.5%')
  expect(shownValue(0.935, 'fraction')).toBe('0.935')
  expect(shownValue(93.5, 'unknown')).toBe('93.5')
  expect(shownValue(1234, 'ms')).toBe('1234 ms')
  expect(shownValue(1234, 'count')).toBe('1,234')
})

test.each([
  [{ kind: 'at_least', value: 0.9 }, '≥ 0.9', 'at least 0.9', -0.4],
  [{ kind: 'at_most', value: 0.02 }, '≤ 0.02', 'at most 0.02', -0.48],
  [{ kind: 'between', low: 0.9, high: 1.1 }, '0.9 to 1.1', 'between 0.9 and 1.1', -0.4],
  [{ kind: 'equals', value: 1 }, '= 1', 'exactly 1', -0.5],
] as const)('bound %o', (bound, shown, words, far) => {
  expect(shownBound(bound)).toBe(shown)
  expect(boundInWords(bound)).toBe(words)
  expect(margin(0.5, bound)).toBeCloseTo(far)
})
