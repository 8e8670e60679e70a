import { describe, expect, test } from 'vitest'
import { holm } from '../../src/statistics/holm.ts'
import { koopman } from '../../src/statistics/koopman.ts'
import { mcnemar } from '../../src/statistics/mcnemar.ts'
import { newcombe } from '../../src/statistics/newcombe.ts'
import { newcombePaired } from '../../src/statistics/newcombe-paired.ts'
import { bisect, coverage, random, shown } from './independent.ts'
import { MCNEMAR } from './scipy.ts'

const counts = (successes: number, samples: number) => ({ successes, samples })

/** Newcombe (1998), Statistics in Medicine 17:873-890, Table II, method 10 at 95%. */
const NEWCOMBE_TABLE_2 = [
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
  [0, 10, 0, 10, -0.2775, 0.2775],
  [10, 10, 0, 20, 0.6791, 1],
  [10, 10, 0, 10, 0.6075, 1],
] as const

describe('a difference of two proportions', () => {
  test.each(NEWCOMBE_TABLE_2)('%i of %i and %i of %i as published', (x, m, y, n, low, high) => {
    const difference = shown(newcombe(counts(x, m), counts(y, n), 0.975))

    expect(difference.low).toBeCloseTo(low, 4)
    expect(difference.high).toBeCloseTo(high, 4)
  })

  test('the other way round is the same with the other sign', () => {
    for (let x = 0; x <= 12; x += 1)
      for (let y = 0; y <= 7; y += 1) {
        const there = shown(newcombe(counts(x, 12), counts(y, 7), 0.95))
        const back = shown(newcombe(counts(y, 7), counts(x, 12), 0.95))

        expect(there.low).toBeCloseTo(-back.high, 12)
        expect(there.high).toBeCloseTo(-back.low, 12)
        expect(there.low).toBeLessThanOrEqual(x / 12 - y / 7)
      }
  })

  test('holds about as often as it says', () => {
    const next = random(7)
    const draw = (rate: number, samples: number) =>
      counts(Array.from({ length: samples }, next).filter((one) => one < rate).length, samples)

    const held = coverage(3000, 0.1, () => newcombe(draw(0.85, 60), draw(0.75, 90), 0.95))

    expect(held.low).toBeCloseTo(0.95, 1)
    expect(held.high).toBeCloseTo(0.95, 1)
    expect(Math.min(held.low, held.high)).toBeGreaterThan(0.935)
  })

  test('nothing on one side shows nothing', () => {
    expect(newcombe(counts(0, 0), counts(1, 2), 0.95)).toEqual({ kind: 'none', why: 'no_samples' })
    expect(newcombe(counts(1, 2), counts(Number.NaN, 2), 0.95)).toEqual({ kind: 'none', why: 'not_valid' })
  })
})

describe('a difference on the same samples', () => {
  test('without correlation it is the independent one', () => {
    // Margins 0.6 and 0.5 of 100, crossed as chance would: φ is 0.
    const paired = shown(newcombePaired({ both: 30, onlyOne: 30, onlyOther: 20, neither: 20 }, 0.95))
    const independent = shown(newcombe(counts(60, 100), counts(50, 100), 0.95))

    expect(paired.low).toBeCloseTo(independent.low, 12)
    expect(paired.high).toBeCloseTo(independent.high, 12)
  })

  test('two models that agree almost everywhere are told apart with fewer samples', () => {
    const pairs = { both: 700, onlyOne: 40, onlyOther: 10, neither: 250 }
    const paired = shown(newcombePaired(pairs, 0.95))
    const independent = shown(newcombe(counts(740, 1000), counts(710, 1000), 0.95))

    expect(paired.low).toBeGreaterThan(0)
    expect(independent.low).toBeLessThan(0)
  })

  test('the edges: all alike is no difference at most so large, all apart is 1', () => {
    const alike = shown(newcombePaired({ both: 54, onlyOne: 0, onlyOther: 0, neither: 0 }, 0.975))
    const apart = shown(newcombePaired({ both: 0, onlyOne: 30, onlyOther: 0, neither: 0 }, 0.975))

    expect(alike.low).toBeCloseTo(-alike.high, 12)
    expect(alike.high).toBeGreaterThan(0)
    expect(apart.high).toBe(1)
    expect(apart.low).toBeGreaterThan(0.8)
  })

  test('holds about as often as it says', () => {
    const next = random(11)
    const held = coverage(3000, 0.05, () => {
      const pairs = { both: 0, onlyOne: 0, onlyOther: 0, neither: 0 }
      for (let sample = 0; sample < 150; sample += 1) {
        const chance = next()
        if (chance < 0.7) pairs.both += 1
        else if (chance < 0.8) pairs.onlyOne += 1
        else if (chance < 0.85) pairs.onlyOther += 1
        else pairs.neither += 1
      }
      return newcombePaired(pairs, 0.95)
    })

    expect(Math.min(held.low, held.high)).toBeGreaterThan(0.935)
    expect(Math.max(held.low, held.high)).toBeLessThan(0.975)
  })

  test('nothing, and what is no count, show nothing', () => {
    const empty = { both: 0, onlyOne: 0, onlyOther: 0, neither: 0 }

    expect(newcombePaired(empty, 0.95)).toEqual({ kind: 'none', why: 'no_samples' })
    expect(newcombePaired({ ...empty, both: -1 }, 0.95)).toEqual({ kind: 'none', why: 'not_valid' })
    expect(newcombePaired({ ...empty, both: Number.NaN }, 0.95)).toEqual({ kind: 'none', why: 'not_valid' })
  })
})

/** Koopman's statistic by a search for the likeliest rates under a ratio, instead of the root of their equation. */
function scoreOf(x: number, m: number, y: number, n: number, ratio: number): number {
  const log = (count: number, rate: number) => (count === 0 ? 0 : count * Math.log(rate))
  const likelihood = (q: number) =>
    log(x, ratio * q) + log(m - x, 1 - ratio * q) + log(y, q) + log(n - y, 1 - q)
  let [low, high] = [0, Math.min(1, 1 / ratio)]
  for (let step = 0; step < 200; step += 1) {
    const [one, two] = [low + (high - low) * 0.382, low + (high - low) * 0.618]
    if (likelihood(one) < likelihood(two)) low = one
    else high = two
  }
  const q = (low + high) / 2
  const p = ratio * q
  return (x - m * p) ** 2 / (m * p * (1 - p)) + (y - n * q) ** 2 / (n * q * (1 - q))
}

describe('a ratio of two proportions', () => {
  test('36 of 40 and 16 of 80, as published by Koopman (1984), Biometrics 40:513-517', () => {
    const ratio = shown(koopman(counts(36, 40), counts(16, 80), 0.975))

    expect(ratio.low).toBeCloseTo(2.94, 2)
    expect(ratio.high).toBeCloseTo(7.15, 2)
  })

  test('the bounds are where an independently maximised score is z²', () => {
    const limit = 1.6448536269514722 ** 2
    for (const [x, m, y, n] of [
      [36, 40, 16, 80],
      [3, 10, 7, 10],
      [1, 30, 1, 20],
      [9, 10, 19, 20],
      [400, 500, 350, 500],
    ] as const) {
      const { low, high } = shown(koopman(counts(x, m), counts(y, n), 0.95))
      const middle = (x * n) / (m * y)
      const at = (log: number) => scoreOf(x, m, y, n, Math.exp(log)) - limit

      expect(low).toBeCloseTo(Math.exp(bisect(Math.log(middle) - 8, Math.log(middle), at)), 5)
      expect(high).toBeCloseTo(Math.exp(bisect(Math.log(middle), Math.log(middle) + 8, at)), 5)
    }
  })

  test('the edges', () => {
    expect(shown(koopman(counts(0, 10), counts(3, 10), 0.95)).low).toBe(0)
    expect(shown(koopman(counts(3, 10), counts(0, 10), 0.95)).high).toBe(Number.POSITIVE_INFINITY)
    const full = shown(koopman(counts(10, 10), counts(10, 10), 0.95))
    expect(full.low * full.high).toBeCloseTo(1, 9)
    expect(koopman(counts(0, 10), counts(0, 10), 0.95)).toEqual({ kind: 'none', why: 'no_spread' })
    expect(koopman(counts(1, 0), counts(0, 10), 0.95)).toEqual({ kind: 'none', why: 'not_valid' })
    expect(koopman(counts(0, 0), counts(1, 10), 0.95)).toEqual({ kind: 'none', why: 'no_samples' })
  })

  test('the other way round is the reciprocal', () => {
    const there = shown(koopman(counts(30, 100), counts(40, 90), 0.95))
    const back = shown(koopman(counts(40, 90), counts(30, 100), 0.95))

    expect(there.low).toBeCloseTo(1 / back.high, 9)
    expect(there.high).toBeCloseTo(1 / back.low, 9)
  })
})

describe('McNemar', () => {
  test('as SciPy has its binomial test', () => {
    for (const [onlyOne, onlyOther, greater, less, either] of MCNEMAR) {
      const found = mcnemar({ both: 5, onlyOne, onlyOther, neither: 5 })
      if (found.kind === 'none') throw new Error(found.why)

      expect(found.greater).toBeCloseTo(greater, 9)
      expect(found.less).toBeCloseTo(less, 9)
      expect(found.either).toBeCloseTo(either, 9)
    }
  })

  test('where the two never differ nothing is shown', () => {
    expect(mcnemar({ both: 9, onlyOne: 0, onlyOther: 0, neither: 1 })).toEqual({
      kind: 'significance',
      greater: 1,
      less: 1,
      either: 1,
    })
    expect(mcnemar({ both: 0, onlyOne: 0, onlyOther: 0, neither: 0 })).toEqual({
      kind: 'none',
      why: 'no_samples',
    })
    expect(mcnemar({ both: 1, onlyOne: 0.5, onlyOther: 0, neither: 0 })).toEqual({
      kind: 'none',
      why: 'not_valid',
    })
  })
})

describe('Holm', () => {
  test.each([
    // Holm (1979), by hand: 0.01 × 4, 0.02 × 3, 0.03 × 2, 0.04 × 1, none below one before it.
    [
      [0.01, 0.02, 0.03, 0.04],
      [0.04, 0.06, 0.06, 0.06],
    ],
    [
      [0.04, 0.005, 0.5],
      [0.08, 0.015, 0.5],
    ],
    [
      [0.9, 0.8],
      [1, 1],
    ],
    [
      [Number.NaN, 0.01],
      [1, 0.02],
    ],
    [[], []],
  ])('%j becomes %j', (values, adjusted) => {
    const found = holm(values)

    expect(found).toHaveLength(adjusted.length)
    for (const [index, value] of adjusted.entries()) expect(found[index]).toBeCloseTo(value, 12)
  })

  test('of six groups without a difference one is called different at most as often as it says', () => {
    const next = random(5)
    let wrong = 0
    for (let time = 0; time < 4000; time += 1)
      if (holm(Array.from({ length: 6 }, next)).some((value) => value < 0.05)) wrong += 1

    expect(wrong / 4000).toBeLessThan(0.06)
    expect(wrong / 4000).toBeGreaterThan(0.035)
  })
})
