import { describe, expect, test } from 'vitest'
import { newcombePaired } from '../../src/statistics/newcombe-paired.ts'
import { pairedOverClusters, scaled } from '../../src/statistics/paired.ts'
import type { Pairs } from '../../src/statistics/pairs.ts'
import { placementDifference } from '../../src/statistics/sorted-area.ts'
import { tBounds } from '../../src/statistics/standard-error.ts'
import { delongPaired, type Scores } from './delong.ts'
import { random, shown } from './independent.ts'

const PAIRS: Pairs = { both: 700, onlyOne: 40, onlyOther: 10, neither: 250 }

describe('a difference on the same clustered samples', () => {
  test('is at least as wide as t over the clusters', () => {
    const stderr = 0.02
    const both = shown(pairedOverClusters(PAIRS, { clusters: 50, stderr }, 0.95))
    const t = shown(tBounds({ value: 0.03, stderr }, 49, 0.95))

    expect(both.low).toBeLessThanOrEqual(t.low)
    expect(both.high).toBeGreaterThanOrEqual(t.high)
  })

  test('is that of t where few clusters leave it wide', () => {
    const stderr = 0.02
    const both = shown(pairedOverClusters(PAIRS, { clusters: 3, stderr }, 0.95))
    const t = shown(tBounds({ value: 0.03, stderr }, 2, 0.95))

    expect(both).toEqual(t)
  })

  test('takes clusters that differ less than chance has it for no more samples than there are', () => {
    const both = shown(pairedOverClusters(PAIRS, { clusters: 500, stderr: 0.001 }, 0.95))

    expect(both).toEqual(shown(newcombePaired(PAIRS, 0.95)))
  })

  test('where a single sample tells them apart, t would claim what ten more clusters may refute', () => {
    const pairs: Pairs = { both: 900, onlyOne: 1, onlyOther: 0, neither: 99 }
    // One of 100 clusters of ten samples has a difference of a tenth.
    const stderr = Math.sqrt(((100 / 99) * (0.99 ** 2 + 99 * 0.01 ** 2)) / 1000 ** 2)
    const both = shown(pairedOverClusters(pairs, { clusters: 100, stderr }, 0.95))
    const t = shown(tBounds({ value: 0.001, stderr }, 99, 0.95))

    expect(t.low).toBeGreaterThan(-0.001)
    // By the rule of three 0 of 1,000 may be 0.003.
    expect(both.low).toBeLessThan(-0.002)
  })

  test('where they nowhere differ, each cluster is one sample', () => {
    const alike: Pairs = { both: 900, onlyOne: 0, onlyOther: 0, neither: 100 }

    expect(pairedOverClusters(alike, { clusters: 100, stderr: 0 }, 0.95)).toEqual(
      newcombePaired(scaled(alike, 0.1), 0.95),
    )
  })

  test('clusters that are no more alike than others are worth all their samples', () => {
    const stderr = Math.sqrt((0.05 - 0.03 ** 2) / 1000)
    const { low } = shown(pairedOverClusters(PAIRS, { clusters: 999, stderr }, 0.95))

    expect(low).toBeCloseTo(Math.min(shown(newcombePaired(PAIRS, 0.95)).low, 0.03 - 1.6464 * stderr), 4)
  })

  test.each([
    ['of one cluster', PAIRS, { clusters: 1, stderr: 0.1 }, 'one_sample'],
    ['without a number', PAIRS, { clusters: 10, stderr: Number.NaN }, 'not_valid'],
    ['of no pair', scaled(PAIRS, 0), { clusters: 10, stderr: 0.1 }, 'no_samples'],
  ] as const)('%s nothing is shown', (_, pairs, clustered, why) => {
    expect(pairedOverClusters(pairs, clustered, 0.95)).toEqual({ kind: 'none', why })
  })
})

/** The probability of each fourfold table of so many samples, with what it would be called. */
function missed(samples: number, [one, other]: readonly [number, number], bound: number): number {
  const log: number[] = [0]
  for (let i = 1; i <= samples; i += 1) log[i] = (log[i - 1] ?? 0) + Math.log(i)
  const at = (i: number) => log[i] ?? 0
  const both = 0.85
  const rates = [both, one, other, 1 - both - one - other]
  let wrong = 0
  for (let b = 0; b <= samples; b += 1)
    for (let c = 0; b + c <= samples; c += 1)
      for (let d = 0; b + c + d <= samples; d += 1) {
        const counts = [d, b, c, samples - b - c - d]
        const chance = counts.reduce(
          (all, n, index) => all - at(n) + n * Math.log(rates[index] ?? 0),
          at(samples),
        )
        if (chance < -25) continue
        const [x = 0, y = 0, z = 0, w = 0] = counts
        const found = newcombePaired({ both: x, onlyOne: y, onlyOther: z, neither: w }, 0.95)
        if (found.kind === 'bounds' && found.low >= bound) wrong += Math.exp(chance)
      }
  return wrong
}

test.each([
  [[0.01, 0.06], -0.05],
  [[0.02, 0.04], -0.02],
  [[0.04, 0.04], 0],
] as const)(
  'a true loss of exactly the bound passes about as rarely as asked, and a larger one more rarely: %j',
  (rates, bound) => {
    const [one, other] = rates

    expect(missed(60, [one, other], bound)).toBeLessThan(0.07)
    expect(missed(60, [one, other + 0.03], bound)).toBeLessThan(0.03)
  },
)

describe('a difference of areas from how far placements are apart', () => {
  /** As the rows are counted: twice the placement by each score, one less the other. */
  function placements(own: readonly number[], others: readonly number[], up: boolean): readonly number[] {
    return own.map((score) =>
      others.reduce((all, other) => all + (other === score ? 1 : other < score === up ? 2 : 0), 0),
    )
  }
  const summed = (one: readonly number[], other: readonly number[]) => {
    const off = one.map((place, index) => BigInt(place - (other[index] ?? 0)))
    return {
      n: off.length,
      sum: off.reduce((all, each) => all + each, 0n),
      squares: off.reduce((all, each) => all + each * each, 0n),
    }
  }

  test('is that of DeLong, ties included', () => {
    const next = random(7)
    for (let round = 0; round < 20; round += 1) {
      const draw = (n: number, up: number) => Array.from({ length: n }, () => Math.floor(next() * 8) + up)
      const one: Scores = { positives: draw(30, 2), negatives: draw(40, 0) }
      const other: Scores = { positives: draw(30, 1), negatives: draw(40, 0) }
      const expected = delongPaired(one, other, 0.95)
      const found = placementDifference(
        summed(
          placements(one.positives, one.negatives, true),
          placements(other.positives, other.negatives, true),
        ),
        summed(
          placements(one.negatives, one.positives, false),
          placements(other.negatives, other.positives, false),
        ),
      )
      if (!('area' in expected)) throw new Error('no area')

      expect(found?.difference).toBeCloseTo(expected.area, 12)
      expect(found?.stderr).toBeCloseTo(expected.stderr, 12)
    }
  })

  test('of one class, or of one row of a class, there is none', () => {
    const some = { n: 3, sum: 1n, squares: 1n }

    expect(placementDifference(some, undefined)).toBeUndefined()
    expect(placementDifference(undefined, some)).toBeUndefined()
    expect(placementDifference(some, { ...some, n: 1 })).toBeUndefined()
    expect(placementDifference({ ...some, n: 1 }, some)).toBeUndefined()
  })
})
