import { describe, expect, test } from 'vitest'
import { clusterBounds, clusterEstimate } from '../../src/statistics/clusters.ts'
import { binomialAtLeast, normalCdf, normalQuantile, tQuantile } from '../../src/statistics/distributions.ts'
import { hanleyMcNeil, hanleyMcNeilError } from '../../src/statistics/hanley-mcneil.ts'
import { quantileBounds, quantileRanks } from '../../src/statistics/order-statistics.ts'
import { seeds } from '../../src/statistics/seeds.ts'
import { normalBounds, tBounds } from '../../src/statistics/standard-error.ts'
import { delong, delongPaired, type Scores } from './delong.ts'
import { binomialAtMost, coverage, normal, random, shown } from './independent.ts'
import { NORMAL_QUANTILES, T_QUANTILES } from './scipy.ts'

const NAN = Number.NaN

describe('distributions', () => {
  test('as SciPy has them', () => {
    for (const [p, v, t] of T_QUANTILES) expect(tQuantile(p, v)).toBeCloseTo(t, 8)
    for (const [p, z] of NORMAL_QUANTILES) {
      expect(normalQuantile(p)).toBeCloseTo(z, 9)
      expect(normalCdf(z)).toBeCloseTo(p, 12)
    }
  })

  test('a binomial tail is the sum of its terms', () => {
    for (const n of [1, 5, 40])
      for (let k = 0; k <= n + 1; k += 1)
        for (const rate of [0, 0.02, 0.5, 0.9, 1])
          expect(binomialAtLeast(k, n, rate)).toBeCloseTo(
            1 - (k === 0 ? 0 : binomialAtMost(k - 1, n, rate)),
            9,
          )
  })
})

describe('a standard error', () => {
  test('normal and t bounds', () => {
    const normalOnes = shown(normalBounds({ value: 0.9, stderr: 0.01 }, 0.95))
    const few = shown(tBounds({ value: 0.9, stderr: 0.01 }, 4, 0.95))

    expect(normalOnes.low).toBeCloseTo(0.9 - 1.6448536 * 0.01, 8)
    // t of 0.95 with 4 degrees of freedom: "Student" (1908), any table: 2.132.
    expect(few.high).toBeCloseTo(0.9 + 2.132 * 0.01, 5)
  })

  test.each([
    [{ value: 0.9, stderr: 0 }, 'no_spread'],
    [{ value: 0.9, stderr: -0.1 }, 'not_valid'],
    [{ value: NAN, stderr: 0.1 }, 'not_valid'],
    [{ value: 0.9, stderr: NAN }, 'not_valid'],
    [{ value: 0.9, stderr: Number.POSITIVE_INFINITY }, 'not_valid'],
  ] as const)('%j shows nothing: %s', (estimate, why) => {
    expect(normalBounds(estimate, 0.95)).toEqual({ kind: 'none', why })
    expect(tBounds(estimate, 5, 0.95)).toEqual({ kind: 'none', why })
  })

  test('no degree of freedom shows nothing', () => {
    expect(tBounds({ value: 1, stderr: 1 }, 0, 0.95)).toEqual({ kind: 'none', why: 'one_sample' })
    expect(tBounds({ value: 1, stderr: 1 }, NAN, 0.95)).toEqual({ kind: 'none', why: 'not_valid' })
  })
})

describe('seeds', () => {
  test('"Student" (1908), Biometrika 6:1-25: hours of sleep gained, 0.70 to 2.46 at 95%', () => {
    const gained = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]
    const { low, high } = shown(seeds(gained, 0.975))

    expect(low).toBeCloseTo(0.7, 2)
    expect(high).toBeCloseTo(2.46, 2)
  })

  test.each([
    [[], 'no_samples'],
    [[0.9], 'one_sample'],
    [[0.9, 0.9, 0.9], 'no_spread'],
    [[0.1, 0.1, 0.1, 0.1, 0.1, 0.1], 'no_spread'],
    [[0.9, NAN], 'not_valid'],
  ] as const)('%j shows nothing: %s', (values, why) => {
    expect(seeds(values, 0.95)).toEqual({ kind: 'none', why })
  })
})

describe('clusters', () => {
  test('clusters of one are plain samples', () => {
    const values = [0.3, 1.7, 2.2, 0.4, 5, 2.9]
    const alone = shown(
      clusterBounds(
        values.map((sum) => ({ sum, samples: 1 })),
        0.95,
      ),
    )
    const plain = shown(seeds(values, 0.95))

    expect(alone.low).toBeCloseTo(plain.low, 12)
    expect(alone.high).toBeCloseTo(plain.high, 12)
  })

  test('the same answer given ten times is one sample, not ten', () => {
    const once = [1, 0, 1, 1, 0, 1, 1].map((sum) => ({ sum, samples: 1 }))
    const tenTimes = once.map(({ sum }) => ({ sum: sum * 10, samples: 10 }))

    expect(clusterEstimate(tenTimes).stderr).toBeCloseTo(clusterEstimate(once).stderr, 12)
  })

  test('the error of clusters of unequal size is the sandwich with its correction', () => {
    const clusters = [[1, 1, 0, 1], [0, 0], [1, 1, 1, 1, 1, 0], [1], [0, 1, 0]]
    // Row by row: the bread is 1 / N, the meat the squared sums of residuals of each cluster.
    const rows = clusters.flat()
    const mean = rows.reduce((sum, value) => sum + value, 0) / rows.length
    const meat = clusters
      .map((cluster) => cluster.map((value) => value - mean).reduce((sum, residual) => sum + residual, 0))
      .reduce((sum, residual) => sum + residual ** 2, 0)
    const expected = Math.sqrt(((5 / 4) * meat) / rows.length ** 2)

    const { value, stderr } = clusterEstimate(
      clusters.map((cluster) => ({ sum: cluster.reduce((a, b) => a + b, 0), samples: cluster.length })),
    )

    expect(value).toBeCloseTo(mean, 12)
    expect(stderr).toBeCloseTo(expected, 12)
  })

  test('ten generations of a prompt: the bounds hold as often as they say, and plain ones do not', () => {
    const next = random(3)
    const drawn = () =>
      Array.from({ length: 60 }, () => {
        const rate = next() < 0.8 ? 0.95 : 0.2
        return { sum: Array.from({ length: 10 }, next).filter((one) => one < rate).length, samples: 10 }
      })
    const held = coverage(1500, 0.8, () => clusterBounds(drawn(), 0.95))
    const plain = coverage(1500, 0.8, () => {
      const rate = drawn().reduce((sum, cluster) => sum + cluster.sum, 0) / 600
      return normalBounds({ value: rate, stderr: Math.sqrt((rate * (1 - rate)) / 600) }, 0.95)
    })

    expect(Math.min(held.low, held.high)).toBeGreaterThan(0.92)
    expect(plain.low + plain.high - 1).toBeLessThan(0.7)
  })

  test.each([
    [[], 'no_samples'],
    [[{ sum: 0, samples: 0 }], 'no_samples'],
    [[{ sum: 3, samples: 4 }], 'one_sample'],
    [
      [
        { sum: 2, samples: 2 },
        { sum: 5, samples: 5 },
      ],
      'no_spread',
    ],
    [
      [
        { sum: NAN, samples: 2 },
        { sum: 5, samples: 5 },
      ],
      'not_valid',
    ],
    [
      [
        { sum: 1, samples: -2 },
        { sum: 5, samples: 5 },
      ],
      'not_valid',
    ],
  ] as const)('%j shows nothing: %s', (clusters, why) => {
    expect(clusterBounds(clusters, 0.95)).toEqual({ kind: 'none', why })
  })
})

describe('quantiles', () => {
  // Campbell and Gardner (1988), BMJ 296:1454-1456, ranks for the 95% interval of a median.
  test.each([
    [6, 1, 6],
    [10, 2, 9],
    [20, 6, 15],
    [30, 10, 21],
    [50, 18, 33],
    [100, 40, 61],
  ])('of %i values the median lies between the %i. and the %i.', (samples, low, high) => {
    expect(quantileRanks(samples, 0.5, 0.975)).toEqual({ low, high })
  })

  test('the ranks are the closest that summed probabilities allow', () => {
    for (const samples of [1, 4, 29, 60, 200])
      for (const quantile of [0.05, 0.5, 0.95]) {
        const { low, high } = quantileRanks(samples, quantile, 0.95)
        const below = (rank: number) => (rank === 0 ? 0 : binomialAtMost(rank - 1, samples, quantile))
        const ranks = Array.from({ length: samples }, (_, index) => index + 1)

        expect(low).toBe(ranks.findLast((rank) => 1 - below(rank) >= 0.95))
        expect(high).toBe(ranks.find((rank) => below(rank) >= 0.95))
      }
  })

  test('a p95 has an upper bound from 59 values on (Wilks 1941)', () => {
    const values = Array.from({ length: 58 }, (_, index) => index)

    expect(shown(quantileBounds(values, 0.95, 0.95)).high).toBe(Number.POSITIVE_INFINITY)
    expect(shown(quantileBounds([...values, 99], 0.95, 0.95)).high).toBe(99)
  })

  test('hold at least as often as they say, whatever the distribution', () => {
    const next = random(13)
    const held = coverage(2000, -Math.log(0.1), () =>
      quantileBounds(
        Array.from({ length: 90 }, () => -Math.log(1 - next())),
        0.9,
        0.95,
      ),
    )

    expect(Math.min(held.low, held.high)).toBeGreaterThan(0.94)
  })

  test.each([
    [[], 0.5, 'no_samples'],
    [[1], 0.5, 'too_few'],
    [[1, NAN], 0.5, 'not_valid'],
    [[1, 2], 1, 'not_valid'],
  ] as const)('%j at %d shows nothing: %s', (values, quantile, why) => {
    expect(quantileBounds(values, quantile, 0.95)).toEqual({ kind: 'none', why })
  })
})

/** Every pair of a positive and a negative, one by one. */
function pairwise({ positives, negatives }: Scores): { readonly area: number; readonly stderr: number } {
  const wins = (positive: number, negative: number) =>
    positive > negative ? 1 : positive === negative ? 0.5 : 0
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length
  const above = positives.map((positive) => mean(negatives.map((negative) => wins(positive, negative))))
  const below = negatives.map((negative) => mean(positives.map((positive) => wins(positive, negative))))
  const area = mean(above)
  const spread = (places: readonly number[]) =>
    places.reduce((sum, place) => sum + (place - area) ** 2, 0) / (places.length - 1) / places.length
  return { area, stderr: Math.sqrt(spread(above) + spread(below)) }
}

function drawScores(next: () => number, positives: number, negatives: number, digits: number): Scores {
  const score = (shift: number) => Number((normal(next) + shift).toFixed(digits))
  return {
    positives: Array.from({ length: positives }, () => score(1)),
    negatives: Array.from({ length: negatives }, () => score(0)),
  }
}

describe('an area under the ROC curve', () => {
  test('Hanley and McNeil (1982), Radiology 143:29-36: 0.893 of 51 and 58 has an error of 0.032', () => {
    expect(hanleyMcNeilError({ value: 0.893, positives: 51, negatives: 58 })).toBeCloseTo(0.0325, 4)
    const { low, high } = shown(hanleyMcNeil({ value: 0.893, positives: 51, negatives: 58 }, 0.975))
    expect(low).toBeCloseTo(0.893 - 1.95996 * 0.03251158, 5)
    expect(high).toBeCloseTo(0.893 + 1.95996 * 0.03251158, 5)
  })

  test.each([
    [{ value: 1, positives: 5, negatives: 5 }, 'no_spread'],
    [{ value: 0, positives: 5, negatives: 5 }, 'no_spread'],
    [{ value: 0.8, positives: 0, negatives: 5 }, 'one_class'],
    [{ value: 0.8, positives: 0, negatives: 0 }, 'no_samples'],
    [{ value: NAN, positives: 5, negatives: 5 }, 'not_valid'],
    [{ value: 1.2, positives: 5, negatives: 5 }, 'not_valid'],
    [{ value: 0.8, positives: -5, negatives: 5 }, 'not_valid'],
  ] as const)('%j shows nothing: %s', (area, why) => {
    expect(hanleyMcNeil(area, 0.95)).toEqual({ kind: 'none', why })
  })

  test('DeLong is what every pair comes to, with ties and without', () => {
    const next = random(17)
    for (const [positives, negatives, digits] of [
      [2, 2, 3],
      [2, 30, 1],
      [25, 40, 6],
      [60, 50, 0],
    ] as const) {
      const scores = drawScores(next, positives, negatives, digits)
      const { area, stderr } = pairwise(scores)
      const found = delong(scores, 0.975)
      if (!('area' in found)) throw new Error(found.why)

      expect(found.area).toBeCloseTo(area, 12)
      expect(found.stderr).toBeCloseTo(stderr, 12)
    }
  })

  test('both methods nearly agree where scores are normal', () => {
    const scores = drawScores(random(19), 400, 500, 6)
    const found = delong(scores, 0.95)
    if (!('area' in found)) throw new Error(found.why)

    const reported = hanleyMcNeilError({ value: found.area, positives: 400, negatives: 500 })
    expect(reported / found.stderr).toBeCloseTo(1, 0)
    expect(Math.abs(reported / found.stderr - 1)).toBeLessThan(0.1)
  })

  test('holds about as often as it says', () => {
    const next = random(23)
    const truth = normalCdf(1 / Math.SQRT2)
    const held = coverage(1500, truth, () => {
      const found = delong(drawScores(next, 60, 60, 6), 0.95)
      return found.kind === 'none' ? found : { kind: 'bounds', low: found.low, high: found.high }
    })

    expect(Math.min(held.low, held.high)).toBeGreaterThan(0.92)
    expect(Math.max(held.low, held.high)).toBeLessThan(0.98)
  })

  test('a model compared with itself shows nothing, with noise added a little', () => {
    const next = random(29)
    const one = drawScores(next, 200, 200, 6)
    const noisy = {
      positives: one.positives.map((score) => score + 0.3 * normal(next)),
      negatives: one.negatives.map((score) => score + 0.3 * normal(next)),
    }
    const same = delongPaired(one, one, 0.95)
    const paired = delongPaired(one, noisy, 0.95)
    const [alone, other] = [delong(one, 0.95), delong(noisy, 0.95)]
    if (!('area' in paired && 'area' in alone && 'area' in other)) throw new Error('no area')

    expect(same).toEqual({ kind: 'none', why: 'no_spread', area: 0, stderr: 0 })
    expect(paired.area).toBeCloseTo(alone.area - other.area, 12)
    // As if they were independent the error would be several times as large.
    expect(paired.stderr).toBeLessThan(Math.hypot(alone.stderr, other.stderr) / 2)
  })

  test('a perfect model shows no spread, and what is no ranking shows nothing', () => {
    const perfect = delong({ positives: [3, 4], negatives: [1, 2] }, 0.95)
    const nothing = (positives: readonly number[], negatives: readonly number[]) =>
      delong({ positives, negatives }, 0.95)

    expect(perfect).toEqual({ kind: 'none', why: 'no_spread', area: 1, stderr: 0 })
    expect(nothing([], [])).toEqual({ kind: 'none', why: 'no_samples' })
    expect(nothing([1], [])).toEqual({ kind: 'none', why: 'one_class' })
    expect(nothing([1], [2, 3])).toEqual({ kind: 'none', why: 'one_sample' })
    expect(nothing([1, NAN], [2, 3])).toEqual({ kind: 'none', why: 'not_valid' })
    expect(
      delongPaired(
        { positives: [1, 2], negatives: [1, 2] },
        { positives: [1, 2, 3], negatives: [1, 2] },
        0.95,
      ),
    ).toEqual({ kind: 'none', why: 'not_valid' })
  })
})
