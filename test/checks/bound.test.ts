import Big from 'big.js'
import { describe, expect, test } from 'vitest'
import { comparable, holds } from '../../src/checks/bound.ts'
import type { Bound } from '../../src/core/answer.ts'
import type { Unit } from '../../src/core/measurement.ts'
import { aMeasurement } from '../support/build.ts'

const atLeast = (value: number): Bound => ({ kind: 'at_least', value })
const atMost = (value: number): Bound => ({ kind: 'at_most', value })
const between = (low: number, high: number): Bound => ({ kind: 'between', low, high })
const equals = (value: number): Bound => ({ kind: 'equals', value })

describe('a bound is inclusive and exact in decimals', () => {
  test.each<readonly [string, Big, Bound, boolean]>([
    ['above', new Big(0.91), atLeast(0.9), true],
    ['on the bound', new Big(0.9), atLeast(0.9), true],
    ['just below', new Big(0.8999999999999999), atLeast(0.9), false],
    ['0.895 - 0.9 is -0.005', new Big(0.895).minus(0.9), atLeast(-0.005), true],
    ['0.895 - 0.9 is -0.005, from above', new Big(0.895).minus(0.9), atMost(-0.005), true],
    ['0.1 + 0.2 is 0.3', new Big(0.1).plus(0.2), equals(0.3), true],
    ['the sum of binary fractions is not', new Big(0.1 + 0.2), equals(0.3), false],
    ['the sum of binary fractions is more', new Big(0.1 + 0.2), atMost(0.3), false],
    ['1e-17 is more than 0', new Big(1e-17), atMost(0), false],
    ['1e-17 is not 0', new Big(1e-17), equals(0), false],
    ['-1e-17 is less than 0', new Big(-1e-17), atLeast(0), false],
    ['-0 is 0', new Big(-0), equals(0), true],
    ['1 - 1e-16 is less than 1', new Big('0.9999999999999999'), atLeast(1), false],
    ['at most, on it', new Big(250), atMost(250), true],
    ['at most, above', new Big(250.01), atMost(250), false],
    ['between, on the lower', new Big(0.9), between(0.9, 1.1), true],
    ['between, on the upper', new Big(1.1), between(0.9, 1.1), true],
    ['between, inside', new Big(1), between(0.9, 1.1), true],
    ['between, below', new Big(0.89), between(0.9, 1.1), false],
    ['between, above', new Big(1.11), between(0.9, 1.1), false],
    ['between equal bounds', new Big(1), between(1, 1), true],
    ['equals', new Big(1.0), equals(1), true],
    ['equals not, above', new Big(2), equals(1), false],
    ['equals not, below', new Big(0), equals(1), false],
    ['the greatest number', new Big(Number.MAX_VALUE), atMost(Number.MAX_VALUE), true],
    ['the least number', new Big(Number.MIN_VALUE), atMost(0), false],
  ])('%s', (_, value, bound, expected) => {
    expect(holds(value, bound)).toBe(expected)
  })
})

describe('units', () => {
  test.each<readonly [string, string, number, Unit, Bound, Unit | undefined, string]>([
    // name, metric, value, its unit, bound, unit of the criterion
    ['fractions', 'accuracy', 0.93, 'fraction', atLeast(0.9), undefined, '0.93'],
    ['unknown, both below 1', 'accuracy', 0.93, 'unknown', atLeast(0.9), undefined, '0.93'],
    ['unknown, both above 1', 'accuracy', 93, 'unknown', atLeast(90), undefined, '93'],
    ['percent, both above 1', 'accuracy', 93, 'percent', atLeast(90), undefined, '93'],
    ['unknown value looks like percent', 'accuracy', 93, 'unknown', atLeast(0.9), undefined, 'unit_unclear'],
    ['a bound of exactly 1', 'accuracy', 93, 'unknown', atLeast(1), undefined, 'unit_unclear'],
    ['a value of exactly 1', 'accuracy', 1, 'unknown', atLeast(0.9), undefined, '1'],
    [
      'a value of 1 under a bound in percent',
      'accuracy',
      1,
      'unknown',
      atLeast(90),
      undefined,
      'unit_unclear',
    ],
    ['bound looks like percent', 'accuracy', 0.93, 'unknown', atLeast(90), undefined, 'unit_unclear'],
    [
      'fraction under a bound in percent',
      'accuracy',
      0.93,
      'fraction',
      atLeast(90),
      undefined,
      'unit_unclear',
    ],
    ['fraction under at_most in percent', 'asr', 0.93, 'fraction', atMost(2), undefined, 'unit_unclear'],
    ['percent below 1 under a fraction', 'asr', 0.5, 'percent', atMost(0.9), undefined, 'unit_unclear'],
    ['percent under a fraction', 'accuracy', 93, 'percent', atLeast(0.9), undefined, 'unit_unclear'],
    [
      'the upper of two bounds tells',
      'accuracy',
      0.93,
      'unknown',
      between(0.5, 95),
      undefined,
      'unit_unclear',
    ],
    ['both of two bounds below 1', 'accuracy', 93, 'unknown', between(0.5, 1), undefined, 'unit_unclear'],
    ['a metric without range', 'perplexity', 12, 'unknown', atMost(0.9), undefined, '12'],
    [
      'percent that may exceed 1, under a fraction',
      'wer',
      12,
      'percent',
      atMost(0.9),
      undefined,
      'unit_unclear',
    ],
    ['percent that may exceed 1, under 1', 'wer', 12, 'percent', atMost(1), undefined, 'unit_unclear'],
    ['percent that may exceed 1, under percent', 'wer', 12, 'percent', atMost(20), undefined, '12'],
    [
      'a fraction that may exceed 1, under percent',
      'wer',
      0.12,
      'fraction',
      atMost(20),
      undefined,
      'unit_unclear',
    ],
    ['a fraction that may exceed 1, under 1', 'wer', 0.12, 'fraction', atMost(1), undefined, '0.12'],
    ['a fraction that does exceed 1', 'wer', 1.2, 'fraction', atMost(1), undefined, '1.2'],
    ['a metric that nobody knows', 'my_metric', 93, 'unknown', atLeast(0.9), undefined, '93'],
    ['below its range', 'accuracy', -0.1, 'unknown', atMost(0.5), undefined, 'out_of_range 0..1'],
    ['a fraction above 1', 'accuracy', 1.2, 'fraction', atLeast(0.9), undefined, 'out_of_range 0..1'],
    ['above 100 on any scale', 'accuracy', 150, 'unknown', atLeast(90), undefined, 'out_of_range 0..1'],
    ['150 percent', 'accuracy', 150, 'percent', atLeast(90), undefined, 'out_of_range 0..1'],
    ['100 percent', 'accuracy', 100, 'percent', atLeast(90), undefined, '100'],
    ['a correlation below 0', 'mcc', -0.5, 'unknown', atLeast(-0.9), undefined, '-0.5'],
    ['a correlation below -1', 'mcc', -1.5, 'unknown', atMost(0), undefined, 'out_of_range -1..1'],
    ['r2 far below 0', 'r2', -40, 'unknown', atMost(0.5), undefined, '-40'],
    ['r2 above 1', 'r2', 1.5, 'unknown', atLeast(0.5), undefined, 'unit_unclear'],

    ['fraction to percent', 'accuracy', 0.931, 'fraction', atLeast(93), 'percent', '93.1'],
    ['percent to fraction', 'accuracy', 93.1, 'percent', atLeast(0.9), 'fraction', '0.931'],
    ['percent to fraction, tiny', 'asr', 1e-30, 'percent', atMost(0), 'fraction', '1e-32'],
    [
      'percent to fraction, all digits',
      'asr',
      0.0012345678901234567,
      'percent',
      atMost(1),
      'fraction',
      '0.000012345678901234567',
    ],
    ['unknown is taken to be percent', 'accuracy', 93.1, 'unknown', atLeast(90), 'percent', '93.1'],
    ['unknown is taken to be a fraction', 'accuracy', 0.931, 'unknown', atLeast(0.9), 'fraction', '0.931'],
    ['unknown 93 as a fraction', 'accuracy', 93, 'unknown', atLeast(0.9), 'fraction', 'out_of_range 0..1'],
    ['unknown 150 as percent', 'accuracy', 150, 'unknown', atLeast(90), 'percent', 'out_of_range 0..100'],
    ['-1 as percent', 'accuracy', -1, 'unknown', atMost(90), 'percent', 'out_of_range 0..100'],
    ['fraction 1.2 as percent', 'accuracy', 1.2, 'fraction', atLeast(90), 'percent', 'out_of_range 0..100'],
    ['r2 far below 0 as a fraction', 'r2', -40, 'fraction', atMost(0), 'fraction', '-40'],
    ['r2 above 1 as a fraction', 'r2', 1.1, 'fraction', atLeast(0), 'fraction', 'out_of_range -Infinity..1'],
    ['the same unit', 'latency', 200, 'ms', atMost(250), 'ms', '200'],
    ['unknown is taken to be ms', 'latency', 200, 'unknown', atMost(250), 'ms', '200'],
    ['ms for a fraction', 'latency', 200, 'ms', atMost(250), 'fraction', 'unit_differs fraction'],
    ['a fraction for ms', 'latency', 0.2, 'fraction', atMost(250), 'ms', 'unit_differs ms'],
    ['percent for a count', 'errors', 3, 'percent', atMost(5), 'count', 'unit_differs count'],
    ['a value for percent', 'accuracy', 93, 'value', atLeast(90), 'percent', 'unit_differs percent'],
    ['a count above its range', 'accuracy', 930, 'count', atLeast(900), 'count', '930'],
  ])('%s', (_, metric, value, unit, bound, wanted, expected) => {
    const observed = aMeasurement({ metric, value, unit })

    const compared = comparable(observed, bound, wanted)

    expect(shown(compared)).toBe(expected)
  })
})

function shown(compared: ReturnType<typeof comparable>): string {
  switch (compared.kind) {
    case 'value':
      return String(compared.value)
    case 'not_a_number':
    case 'unit_unclear':
      return compared.kind
    case 'unit_differs':
      return `${compared.kind} ${compared.wanted}`
    case 'out_of_range':
      return `${compared.kind} ${compared.low}..${compared.high}`
  }
}
