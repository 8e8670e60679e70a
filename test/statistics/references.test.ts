import { describe, expect, test } from 'vitest'
import { normalQuantile } from '../../src/statistics/distributions.ts'
import { gapBounds } from '../../src/statistics/gap.ts'
import { hanleyMcNeil, hanleyMcNeilError } from '../../src/statistics/hanley-mcneil.ts'
import { holm } from '../../src/statistics/holm.ts'
import { newcombe } from '../../src/statistics/newcombe.ts'
import { newcombePaired } from '../../src/statistics/newcombe-paired.ts'
import { seeds } from '../../src/statistics/seeds.ts'
import { delongPaired } from './delong.ts'
import { bisect, coverage, normal, random, shown } from './independent.ts'
import { MEANS, RISKS, WELCH } from './scipy-gaps.ts'

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
const mean = (numbers: readonly number[]) => sum(numbers) / numbers.length

/** Where the score of a proportion is z, by search: the bounds of Wilson without their formula. */
function wilsonByRoots(successes: number, samples: number, confidence: number): readonly [number, number] {
  const [rate, z] = [successes / samples, normalQuantile(confidence)]
  const excess = (p: number) => (rate - p) ** 2 - (z ** 2 * p * (1 - p)) / samples
  return [successes === 0 ? 0 : bisect(0, rate, excess), successes === samples ? 1 : bisect(rate, 1, excess)]
}

describe('gaps by standard errors', () => {
  test('a ratio is that of Katz, as SciPy has it, where samples are many', () => {
    for (const [x, m, y, n, confidence, low, high] of RISKS) {
      const rate = (successes: number, samples: number) => {
        const value = successes / samples
        return { kind: 'estimate', value, stderr: Math.sqrt((value * (1 - value)) / samples) } as const
      }
      const found = shown(gapBounds('ratio', [rate(x, m), rate(y, n)], confidence))

      expect(found.low / low).toBeCloseTo(1, 7)
      expect(found.high / high).toBeCloseTo(1, 7)
    }
  })

  test('a difference of few samples is that of Welch, as SciPy has it', () => {
    for (const [value, stderr, samples, other, error, many, confidence, low, high] of WELCH) {
      const found = shown(
        gapBounds(
          'difference',
          [
            { kind: 'estimate', value, stderr, freedom: samples - 1 },
            { kind: 'estimate', value: other, stderr: error, freedom: many - 1 },
          ],
          confidence,
        ),
      )

      expect(found.low).toBeCloseTo(low, 6)
      expect(found.high).toBeCloseTo(high, 6)
    }
  })

  test.each(['ratio', 'difference'] as const)(
    'of two groups of four clusters each a %s holds as often as stated',
    (how) => {
      const next = random(83)
      const drawn = (value: number) => {
        const clusters = Array.from({ length: 4 }, () => value + 0.1 * normal(next))
        const variance = sum(clusters.map((one) => (one - mean(clusters)) ** 2)) / 3
        return { value: mean(clusters), stderr: Math.sqrt(variance / 4) }
      }
      const held = (freedom: { readonly freedom?: number }) =>
        coverage(4000, how === 'ratio' ? 0.75 : -0.5, () =>
          gapBounds(
            how,
            [
              { kind: 'estimate', ...drawn(1.5), ...freedom },
              { kind: 'estimate', ...drawn(2), ...freedom },
            ],
            0.95,
          ),
        )
      const [byT, byNormal] = [held({ freedom: 3 }), held({})]

      expect(Math.min(byT.low, byT.high)).toBeGreaterThan(0.94)
      // As though four clusters were many.
      expect(Math.max(byNormal.low, byNormal.high)).toBeLessThan(0.94)
    },
  )

  test.each(['ratio', 'difference'] as const)('of one cluster a %s shows nothing', (how) => {
    const [one, other] = [0, 9].map(
      (freedom) => ({ kind: 'estimate', value: 1, stderr: 0.1, freedom }) as const,
    )
    if (one === undefined || other === undefined) throw new Error('two rates')

    expect(gapBounds(how, [one, other], 0.95)).toEqual({ kind: 'none', why: 'one_sample' })
    expect(gapBounds(how, [other, one], 0.95)).toEqual({ kind: 'none', why: 'one_sample' })
  })
})

test('means of few repetitions are as SciPy has them', () => {
  for (const [values, confidence, low, high] of MEANS) {
    const found = shown(seeds(values, confidence))

    expect(found.low).toBeCloseTo(low, 6)
    expect(found.high).toBeCloseTo(high, 6)
  }
})

describe('differences of proportions', () => {
  test('of independent samples are what bounds found by search come to, on a grid with its edges', () => {
    for (const [m, n] of [
      [1, 1],
      [5, 9],
      [40, 12],
    ] as const)
      for (let x = 0; x <= m; x += 1)
        for (let y = 0; y <= n; y += 1) {
          const { low, high } = shown(
            newcombe({ successes: x, samples: m }, { successes: y, samples: n }, 0.95),
          )
          const [p, q] = [x / m, y / n]
          const [[l1, u1], [l2, u2]] = [wilsonByRoots(x, m, 0.95), wilsonByRoots(y, n, 0.95)]

          expect(low).toBeCloseTo(Math.max(-1, p - q - Math.sqrt((p - l1) ** 2 + (u2 - q) ** 2)), 6)
          expect(high).toBeCloseTo(Math.min(1, p - q + Math.sqrt((u1 - p) ** 2 + (q - l2) ** 2)), 6)
        }
  })

  // Newcombe (1998), Statistics in Medicine 17:2635-2650, Table II, method 10 at 95%.
  test.each([
    [36, 12, 2, 0, 0.0569, 0.3404],
    [54, 0, 0, 0, -0.0664, 0.0664],
    [0, 30, 0, 0, 0.8395, 1],
  ])('on the same samples as published: %i, %i, %i, %i', (both, onlyOne, onlyOther, neither, low, high) => {
    const found = shown(newcombePaired({ both, onlyOne, onlyOther, neither }, 0.975))

    expect([found.low.toFixed(4), found.high.toFixed(4)]).toEqual([low.toFixed(4), high.toFixed(4)])
  })

  test('on the same samples are what bounds found by search come to, on a grid with its edges', () => {
    const counts = [0, 1, 7, 30]
    for (const a of counts)
      for (const b of counts)
        for (const c of counts)
          for (const d of counts) {
            const n = a + b + c + d
            if (n === 0) continue
            const { low, high } = shown(
              newcombePaired({ both: a, onlyOne: b, onlyOther: c, neither: d }, 0.95),
            )
            const [p, q] = [(a + b) / n, (a + c) / n]
            const [[l1, u1], [l2, u2]] = [wilsonByRoots(a + b, n, 0.95), wilsonByRoots(a + c, n, 0.95)]
            // φ as the paper writes it: C = ad − bc, less n/2 of a positive one, but not below 0.
            const product = a * d - b * c
            const numerator = product > n / 2 ? product - n / 2 : product >= 0 ? 0 : product
            const margins = (a + b) * (c + d) * (a + c) * (b + d)
            const phi = margins === 0 ? 0 : numerator / Math.sqrt(margins)
            const off = (one: number, other: number) =>
              Math.sqrt(Math.max(0, one ** 2 - 2 * phi * one * other + other ** 2))

            expect(low).toBeCloseTo(Math.max(-1, p - q - off(p - l1, u2 - q)), 6)
            expect(high).toBeCloseTo(Math.min(1, p - q + off(u1 - p, q - l2)), 6)
          }
  })
})

test('Holm is the least level at which the step-down procedure refuses, on a grid with its edges', () => {
  const next = random(89)
  for (let time = 0; time < 200; time += 1) {
    const values = Array.from({ length: 1 + Math.floor(6 * next()) }, () =>
      next() < 0.2 ? Math.round(next()) : next() ** 3,
    )
    /** Which claims the procedure of Holm's section 3 makes at a level: the smallest first, until one is not. */
    const refused = (level: number) => {
      const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
      const stop = order.findIndex((index, rank) => (values[index] ?? 0) > level / (values.length - rank))
      return new Set(stop === -1 ? order : order.slice(0, stop))
    }
    for (const [index, adjusted] of holm(values).entries()) {
      if (adjusted < 1) expect(refused(adjusted + 1e-9).has(index)).toBe(true)
      if (adjusted > 0) expect(refused(adjusted - 1e-9).has(index)).toBe(false)
    }
  }
})

describe('areas under the ROC curve', () => {
  test('the error of Hanley and McNeil is the variance of exponential scores, on a grid with its edges', () => {
    for (const area of [0.001, 0.3, 0.5, 0.75, 0.893, 0.999])
      for (const [positives, negatives] of [
        [1, 1],
        [1, 50],
        [51, 58],
        [2000, 10],
      ] as const) {
        // Scores of exponential distributions whose rates stand as A to 1 − A: chances that two beat one.
        const odds = area / (1 - area)
        const twoPositives = odds / (odds + 2)
        const twoNegatives = (2 * odds ** 2) / ((1 + odds) * (1 + 2 * odds))
        const variance =
          (area * (1 - area) +
            (positives - 1) * (twoPositives - area ** 2) +
            (negatives - 1) * (twoNegatives - area ** 2)) /
          (positives * negatives)
        const stderr = hanleyMcNeilError({ value: area, positives, negatives })
        const { low, high } = shown(hanleyMcNeil({ value: area, positives, negatives }, 0.975))

        expect(stderr).toBeCloseTo(Math.sqrt(variance), 6)
        expect(low).toBeCloseTo(Math.max(0, area - 1.959963984540054 * stderr), 6)
        expect(high).toBeCloseTo(Math.min(1, area + 1.959963984540054 * stderr), 6)
      }
  })

  test('the difference of two on the same samples is what every pair comes to, with ties', () => {
    const next = random(97)
    for (const [m, n, digits] of [
      [2, 2, 3],
      [2, 9, 0],
      [30, 25, 0],
      [40, 60, 6],
    ] as const) {
      const drawn = (count: number, shift: number) =>
        Array.from({ length: count }, () => {
          const shared = normal(next)
          const score = () => Number((shared + shift + 0.7 * normal(next)).toFixed(digits))
          return [score(), score()] as const
        })
      const [xs, ys] = [drawn(m, 1), drawn(n, 0)]
      const wins = (x: number, y: number) => (x > y ? 1 : x === y ? 0.5 : 0)
      const off = (x: readonly [number, number], y: readonly [number, number]) =>
        wins(x[0], y[0]) - wins(x[1], y[1])
      const above = xs.map((x) => mean(ys.map((y) => off(x, y))))
      const below = ys.map((y) => mean(xs.map((x) => off(x, y))))
      const spread = (all: readonly number[]) =>
        sum(all.map((one) => (one - mean(all)) ** 2)) / (all.length - 1) / all.length
      const scores = (model: 0 | 1) => ({
        positives: xs.map((x) => x[model]),
        negatives: ys.map((y) => y[model]),
      })
      const found = delongPaired(scores(0), scores(1), 0.95)
      if (!('area' in found)) throw new Error(found.why)

      expect(found.area).toBeCloseTo(mean(above), 10)
      expect(found.stderr).toBeCloseTo(Math.sqrt(spread(above) + spread(below)), 10)
    }
  })

  test('the difference of two models holds about as often as it says', () => {
    const next = random(101)
    // Both models see the same, with another noise: their areas are one.
    const held = coverage(800, 0, () => {
      const drawn = (count: number, shift: number) =>
        Array.from({ length: count }, () => {
          const shared = normal(next) + shift
          return [shared + 0.5 * normal(next), shared + 0.5 * normal(next)] as const
        })
      const [xs, ys] = [drawn(60, 1), drawn(80, 0)]
      const found = delongPaired(
        { positives: xs.map(([one]) => one), negatives: ys.map(([one]) => one) },
        { positives: xs.map(([, one]) => one), negatives: ys.map(([, one]) => one) },
        0.95,
      )
      return found.kind === 'none' ? found : { kind: 'bounds', low: found.low, high: found.high }
    })

    expect(Math.min(held.low, held.high)).toBeGreaterThan(0.93)
    expect(Math.max(held.low, held.high)).toBeLessThan(0.975)
  })
})
