import { describe, expect, test } from 'vitest'
import { judgeGaps, type Pair } from '../../src/checks/gaps.ts'
import { gapBounds, pValue } from '../../src/statistics/gap.ts'
import { aMeasurement } from '../support/build.ts'
import { coverage, normal, random, shown } from './independent.ts'

const SAMPLES = 400

/** Pairs of all groups with these true rates, each measured on so many of its own. */
function pairsOf(rates: readonly number[], next: () => number, samples = SAMPLES): readonly Pair[] {
  const groups = rates.map((rate, index) => {
    let successes = 0
    for (let sample = 0; sample < samples; sample += 1) if (next() < rate) successes += 1
    const labels = { group: String(index) }
    return aMeasurement({ metric: 'selection_rate', value: successes / samples, successes, samples, labels })
  })
  return groups.flatMap((one, i) =>
    groups.flatMap((other, j): readonly Pair[] =>
      i === j
        ? []
        : [
            {
              ...{ metric: 'selection_rate', across: ['group'], one: String(i), other: String(j) },
              ...{ measured: [one, other], inverted: false },
            },
          ],
    ),
  )
}

const RATIO = { how: 'ratio', bound: { kind: 'at_least', value: 0.8 }, confidence: 0.95 } as const

function shares(rates: readonly number[], times: number, seed: number, samples = SAMPLES) {
  const next = random(seed)
  const came = Array.from({ length: times }, () => judgeGaps(pairsOf(rates, next, samples), RATIO).outcome)
  const share = (outcome: string) => came.filter((one) => one === outcome).length / times
  return { met: share('met'), unmet: share('unmet') }
}

describe('a disparity over six groups', () => {
  // One group exactly on the bound: a go is wrong, and may come no more often than 5% of the time.
  test('with one of them on the bound is a go no more often than stated', () => {
    const { met } = shares([0.5, 0.4, 0.5, 0.45, 0.45, 0.45], 1500, 7, 2000)

    expect(met).toBeLessThanOrEqual(0.05 + 0.012)
  })

  test('that are equal is a go most of the time, where there are samples enough, and never unmet by chance', () => {
    expect(shares([0.5, 0.5, 0.5, 0.5, 0.5, 0.5], 400, 11, 1500).met).toBeGreaterThan(0.9)
  })

  test('on the bound is called unmet no more often than stated, though there are thirty claims', () => {
    const { unmet } = shares([0.5, 0.4, 0.4, 0.4, 0.4, 0.4], 1500, 13)

    expect(unmet).toBeLessThanOrEqual(0.05 + 0.012)
  })

  test('far beyond it is called unmet', () => {
    expect(shares([0.5, 0.2, 0.5, 0.5, 0.5, 0.5], 200, 17).unmet).toBeGreaterThan(0.95)
  })
})

describe('rates with standard errors', () => {
  test.each(['ratio', 'difference'] as const)('hold a true %s as often as stated', (how) => {
    const next = random(19)
    const [first, second] = [0.6, 0.75]
    const truth = how === 'ratio' ? first / second : first - second
    const held = coverage(20_000, truth, () =>
      gapBounds(
        how,
        [
          { kind: 'estimate', value: first + 0.01 * normal(next), stderr: 0.01 },
          { kind: 'estimate', value: second + 0.02 * normal(next), stderr: 0.02 },
        ],
        0.95,
      ),
    )

    expect(held.low).toBeCloseTo(0.95, 2)
    expect(held.high).toBeCloseTo(0.95, 2)
  })

  test.each<readonly [string, Parameters<typeof gapBounds>[1]]>([
    [
      'no error',
      [
        { kind: 'value', value: 0.5 },
        { kind: 'estimate', value: 0.5, stderr: 0.1 },
      ],
    ],
    [
      'errors of 0',
      [
        { kind: 'estimate', value: 0.5, stderr: 0 },
        { kind: 'estimate', value: 0.5, stderr: 0 },
      ],
    ],
    [
      'a rate of 0',
      [
        { kind: 'estimate', value: 0, stderr: 0.1 },
        { kind: 'estimate', value: 0.5, stderr: 0.1 },
      ],
    ],
    [
      'NaN',
      [
        { kind: 'estimate', value: Number.NaN, stderr: 0.1 },
        { kind: 'estimate', value: 0.5, stderr: 0.1 },
      ],
    ],
  ])('show nothing of a ratio: %s', (_, rates) => {
    expect(gapBounds('ratio', rates, 0.95).kind).toBe('none')
  })

  test('one with counts and one with an error are compared by their errors', () => {
    const counts = { kind: 'counts', successes: 500, samples: 1000 } as const
    const estimate = { kind: 'estimate', value: 0.5, stderr: Math.sqrt(0.25 / 1000) } as const

    const mixed = shown(gapBounds('difference', [counts, estimate], 0.95))
    const both = shown(gapBounds('difference', [estimate, estimate], 0.95))
    expect(mixed.low).toBeCloseTo(both.low, 12)
  })
})

test('a p-value is 1 minus the greatest confidence that still leaves a bound out', () => {
  expect(pValue((confidence) => confidence < 0.99)).toBeCloseTo(0.01, 9)
  expect(pValue(() => false)).toBe(1)
  expect(pValue(() => true)).toBeLessThan(1e-11)
})
