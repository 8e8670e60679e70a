import { describe, expect, test } from 'vitest'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { wilson } from '../../src/statistics/wilson.ts'
import { binomialAtMost, bisect, shown } from './independent.ts'
import { PROPORTIONS } from './scipy.ts'

/** Newcombe (1998), Statistics in Medicine 17:857-872, Table I: 95% intervals by methods 5 (exact) and 3 (score). */
const NEWCOMBE_TABLE_1 = [
  [81, 263, 0.2527, 0.3676, 0.2553, 0.3662],
  [15, 148, 0.0578, 0.1617, 0.0624, 0.1605],
  [0, 20, 0, 0.1684, 0, 0.1611],
  [1, 29, 0.0009, 0.1776, 0.0061, 0.1718],
] as const

const CONFIDENCES = [0.5, 0.8, 0.95, 0.975, 0.999] as const
const SIZES = [1, 2, 3, 7, 20, 50, 149] as const

describe('a proportion', () => {
  test.each(NEWCOMBE_TABLE_1)(
    '%i of %i as published',
    (successes, samples, low, high, lowScore, highScore) => {
      const exact = shown(clopperPearson({ successes, samples }, 0.975))
      const score = shown(wilson({ successes, samples }, 0.975))

      expect([exact.low, exact.high].map((bound) => bound.toFixed(4))).toEqual([
        low.toFixed(4),
        high.toFixed(4),
      ])
      expect([score.low, score.high].map((bound) => bound.toFixed(4))).toEqual([
        lowScore.toFixed(4),
        highScore.toFixed(4),
      ])
    },
  )

  test('as SciPy has it, up to a million', () => {
    for (const [successes, samples, confidence, low, high, lowScore, highScore] of PROPORTIONS) {
      const exact = shown(clopperPearson({ successes, samples }, confidence))
      const score = shown(wilson({ successes, samples }, confidence))

      expect(exact.low).toBeCloseTo(low, 9)
      expect(exact.high).toBeCloseTo(high, 9)
      expect(score.low).toBeCloseTo(lowScore, 9)
      expect(score.high).toBeCloseTo(highScore, 9)
    }
  })

  test('exact bounds are where summed binomial probabilities cross, on a grid with its edges', () => {
    for (const samples of SIZES)
      for (let successes = 0; successes <= samples; successes += samples > 50 ? 7 : 1)
        for (const confidence of CONFIDENCES) {
          const { low, high } = shown(clopperPearson({ successes, samples }, confidence))
          const rare = 1 - confidence
          const lowest =
            successes === 0
              ? 0
              : bisect(0, 1, (rate) => 1 - binomialAtMost(successes - 1, samples, rate) - rare)
          const highest =
            successes === samples
              ? 1
              : bisect(0, 1, (rate) => binomialAtMost(successes, samples, rate) - rare)

          expect(Math.abs(low - lowest)).toBeLessThan(1e-6)
          expect(Math.abs(high - highest)).toBeLessThan(1e-6)
        }
  })

  test('score bounds are where the score is z, on a grid with its edges', () => {
    for (const samples of SIZES)
      for (let successes = 0; successes <= samples; successes += 1) {
        const { low, high } = shown(wilson({ successes, samples }, 0.975))
        const rate = successes / samples
        const excess = (p: number) => (rate - p) ** 2 - (1.959963984540054 ** 2 * p * (1 - p)) / samples

        expect(low).toBeCloseTo(successes === 0 ? 0 : bisect(0, rate, excess), 6)
        expect(high).toBeCloseTo(successes === samples ? 1 : bisect(rate, 1, excess), 6)
      }
  })

  test('exact bounds never hold less often than they say, whatever the truth', () => {
    for (const samples of [5, 40])
      for (let truth = 0.01; truth < 1; truth += 0.07) {
        let covered = 0
        for (let successes = 0; successes <= samples; successes += 1) {
          const chance =
            binomialAtMost(successes, samples, truth) -
            (successes === 0 ? 0 : binomialAtMost(successes - 1, samples, truth))
          if (shown(clopperPearson({ successes, samples }, 0.95)).low <= truth) covered += chance
        }
        expect(covered).toBeGreaterThanOrEqual(0.95)
      }
  })

  test('no success in 149 attempts shows a rate below 2%, and in 148 not', () => {
    expect(shown(clopperPearson({ successes: 0, samples: 149 }, 0.95)).high).toBeLessThan(0.02)
    expect(shown(clopperPearson({ successes: 0, samples: 148 }, 0.95)).high).toBeGreaterThan(0.02)
  })

  test.each([
    ['no samples', 0, 0, 0.95, 'no_samples'],
    ['more successes than samples', 3, 2, 0.95, 'not_valid'],
    ['negative successes', -1, 2, 0.95, 'not_valid'],
    ['NaN successes', Number.NaN, 2, 0.95, 'not_valid'],
    ['NaN samples', 1, Number.NaN, 0.95, 'not_valid'],
    ['endless samples', 1, Number.POSITIVE_INFINITY, 0.95, 'not_valid'],
    ['a confidence of 1', 1, 2, 1, 'not_valid'],
    ['a confidence below a half', 1, 2, 0.4, 'not_valid'],
    ['a confidence of NaN', 1, 2, Number.NaN, 'not_valid'],
  ] as const)('%s shows nothing', (_, successes, samples, confidence, why) => {
    for (const method of [clopperPearson, wilson])
      expect(method({ successes, samples }, confidence)).toEqual({ kind: 'none', why })
  })
})
