import { expect, test } from 'vitest'
import { showing } from '../../src/checks/showing.ts'
import type { Bound } from '../../src/core/bound.ts'

const LEAST: Bound = { kind: 'at_least', value: 0.9 }
const MOST: Bound = { kind: 'at_most', value: 0.1 }
const BETWEEN: Bound = { kind: 'between', low: 0.9, high: 1.1 }
const EQUALS: Bound = { kind: 'equals', value: 1 }

test.each<readonly [Bound, number, number, ReturnType<typeof showing>]>([
  [LEAST, 0.9, 1, 'met'],
  [LEAST, 0.899, 1, 'neither'],
  [LEAST, 0.8, 0.9, 'neither'],
  [LEAST, 0.8, 0.899, 'unmet'],
  [MOST, 0, 0.1, 'met'],
  [MOST, 0, 0.101, 'neither'],
  [MOST, 0.1, 0.2, 'neither'],
  [MOST, 0.101, 0.2, 'unmet'],
  [BETWEEN, 0.9, 1.1, 'met'],
  [BETWEEN, 0.899, 1.1, 'neither'],
  [BETWEEN, 0.9, 1.101, 'neither'],
  [BETWEEN, 0.7, 0.899, 'unmet'],
  [BETWEEN, 1.101, 1.2, 'unmet'],
  [EQUALS, 1, 1, 'met'],
  [EQUALS, 0.9, 1, 'neither'],
  [EQUALS, 1.1, 1.2, 'unmet'],
  [LEAST, Number.NaN, Number.NaN, 'neither'],
])('%j from %d to %d: %s', (bound, low, high, shown) => {
  expect(showing({ low, high }, bound)).toBe(shown)
})
