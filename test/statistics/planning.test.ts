import { describe, expect, test } from 'vitest'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import {
  passes,
  samplesByError,
  samplesToDecide,
  samplesToShow,
  successesNeeded,
} from '../../src/statistics/planning.ts'
import { binomialAtMost, shown } from './independent.ts'

const lowest = (successes: number, samples: number, confidence: number) =>
  shown(clopperPearson({ successes, samples }, confidence)).low

describe('power', () => {
  test('of 1,000 samples 916 must be right, which a model of 92% reaches in 70 of 100 cases', () => {
    expect(successesNeeded(1000, 0.9, 0.95)).toBe(916)
    expect(passes(916, 1000, 0.92)).toBeCloseTo(1 - binomialAtMost(915, 1000, 0.92), 9)
    expect(passes(916, 1000, 0.92)).toBeCloseTo(0.704, 3)
  })

  test('one success fewer is not enough', () => {
    for (const samples of [1, 10, 59, 300])
      for (const rate of [0, 0.3, 0.9, 0.98]) {
        const needed = successesNeeded(samples, rate, 0.95)
        if (needed === undefined) expect(lowest(samples, samples, 0.95)).toBeLessThan(rate)
        else {
          expect(lowest(needed, samples, 0.95)).toBeGreaterThanOrEqual(rate)
          if (needed > 0) expect(lowest(needed - 1, samples, 0.95)).toBeLessThan(rate)
        }
      }
  })

  test('at most 2% at 0.95 takes 149 attempts; 100% is never shown, 0% always', () => {
    expect(samplesToShow(0.98, 0.95)).toBe(149)
    expect(samplesToShow(0.9, 0.95)).toBe(29)
    expect(samplesToShow(1, 0.95)).toBeUndefined()
    expect(samplesToShow(0, 0.95)).toBe(1)
  })

  test('so many samples decide at this rate, and one fewer does not', () => {
    for (const [successes, samples, rate] of [
      [905, 1000, 0.9],
      [895, 1000, 0.9],
      [0, 50, 0.02],
      [50, 50, 0.98],
      [36, 40, 0.91],
    ] as const) {
      const needed = samplesToDecide({ successes, samples }, rate, 0.95) ?? Number.NaN
      const seen = successes / samples
      const decided = (all: number) => {
        const { low, high } = shown(clopperPearson({ successes: seen * all, samples: all }, 0.95))
        return seen > rate ? low >= rate : high < rate
      }

      expect(needed).toBeGreaterThan(samples)
      expect(decided(needed)).toBe(true)
      expect(decided(needed - 1)).toBe(false)
    }
    expect(samplesToDecide({ successes: 0, samples: 50 }, 0.02, 0.95)).toBe(149)
  })

  test('at the very bound no number of samples decides', () => {
    expect(samplesToDecide({ successes: 90, samples: 100 }, 0.9, 0.95)).toBeUndefined()
    expect(samplesToDecide({ successes: 0, samples: 0 }, 0.9, 0.95)).toBeUndefined()
    expect(samplesByError({ value: 0.9, stderr: 0.01, samples: 50 }, 0.9, 0.95)).toBeUndefined()
  })

  test('an error that shrinks with the root: half of it takes four times the samples', () => {
    const needed = samplesByError(
      { value: 0.92, stderr: (0.02 / 1.6448536269514722) * 2, samples: 100 },
      0.9,
      0.95,
    )

    expect(needed).toBeGreaterThanOrEqual(400)
    expect(needed).toBeLessThanOrEqual(401)
  })
})
