import { expect, test } from 'vitest'
import { comparable } from '../../src/checks/bound.ts'
import { aMeasurement } from '../support/build.ts'

test.each([
  ['percent', 1.5, 0.9, 'unit_unclear'],
  ['percent', 95, 90, 'value'],
  ['fraction', 0.5, 5, 'unit_unclear'],
  ['fraction', 0.5, 0.9, 'value'],
  ['unknown', 1.5, 0.9, 'value'],
  ['ms', 200, 1, 'value'],
] as const)('a metric that may exceed 1, in %s: %d against %d', (unit, value, bound, kind) => {
  const measurement = aMeasurement({ metric: 'word_error_rate', unit, value })

  expect(comparable(measurement, { kind: 'at_most', value: bound }, undefined).kind).toBe(kind)
})
