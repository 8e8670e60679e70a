import { describe, expect, test } from 'vitest'
import { sumClusteredArea } from '../../src/statistics/clustered-area.ts'
import { clusteredQuantileRanks } from '../../src/statistics/clustered-quantiles.ts'
import { clusterBounds, clusterEstimate, clusterEstimateOf } from '../../src/statistics/clusters.ts'
import { normalCdf, tQuantile } from '../../src/statistics/distributions.ts'
import { quantileRanks } from '../../src/statistics/order-statistics.ts'
import { normalBounds, tBounds } from '../../src/statistics/standard-error.ts'
import { delong } from './delong.ts'
import { coverage, normal, random } from './independent.ts'

type Scored = { readonly score: number; readonly positive: boolean; readonly cluster: number }

function areaOf(rows: readonly Scored[]) {
  const sum = sumClusteredArea(1 + Math.max(0, ...rows.map(({ cluster }) => cluster)))
  for (const { score, positive, cluster } of rows.toSorted((a, b) => a.score - b.score))
    sum.take(score, positive, cluster)
  return sum.result()
}

function errorOf(rows: readonly Scored[]): number {
  const found = areaOf(rows)
  if (!('area' in found)) throw new Error(found.why)
  return found.stderr
}

/** Obuchowski's estimator from every pair of a positive and a negative, with the formulas as the paper writes them. */
function obuchowski(rows: readonly Scored[]) {
  const [xs, ys] = [rows.filter(({ positive }) => positive), rows.filter(({ positive }) => !positive)]
  const wins = (x: Scored, y: Scored) => (x.score > y.score ? 1 : x.score === y.score ? 0.5 : 0)
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  const [m, n] = [xs.length, ys.length]
  const v10 = xs.map((x) => ({ cluster: x.cluster, value: sum(ys.map((y) => wins(x, y))) / n }))
  const v01 = ys.map((y) => ({ cluster: y.cluster, value: sum(xs.map((x) => wins(x, y))) / m }))
  const area = sum(v10.map(({ value }) => value)) / m
  const clusters = [...new Set(rows.map(({ cluster }) => cluster))]
  const off = (all: typeof v10, cluster: number) =>
    sum(all.filter((one) => one.cluster === cluster).map(({ value }) => value - area))
  const [i10, i01, i] = [
    new Set(v10.map((v) => v.cluster)).size,
    new Set(v01.map((v) => v.cluster)).size,
    clusters.length,
  ]
  const s10 = (i10 / ((i10 - 1) * m)) * sum(clusters.map((k) => off(v10, k) ** 2))
  const s01 = (i01 / ((i01 - 1) * n)) * sum(clusters.map((k) => off(v01, k) ** 2))
  const s11 = (i / (i - 1)) * sum(clusters.map((k) => off(v10, k) * off(v01, k)))
  return { area, stderr: Math.sqrt(Math.max(0, s10 / m + s01 / n + (2 * s11) / (m * n))) }
}

/** Prompts with several generations that are alike: a prompt moves all of its scores, and those of both classes. */
function prompts(next: () => number, count: number, each: number, digits = 6): readonly Scored[] {
  return Array.from({ length: count }, (_, cluster) => {
    const [mood, both] = [normal(next), next() < 0.5]
    const alone = next() < 0.5
    return Array.from({ length: each }, (_, index): Scored => {
      const positive = both ? index % 2 === 0 : alone
      const score = Number(((positive ? 1 : 0) + 0.9 * mood + 0.5 * normal(next)).toFixed(digits))
      return { score, positive, cluster }
    })
  }).flat()
}

// Hanley and McNeil (1982), Radiology 143:29-36, Table I: ratings 1 to 5 of 58 normal and 51 abnormal images.
const IMAGES: readonly Scored[] = [
  ...[33, 6, 6, 11, 2].flatMap((count, rating) =>
    Array.from({ length: count }, () => ({ rating, positive: false })),
  ),
  ...[3, 2, 2, 11, 33].flatMap((count, rating) =>
    Array.from({ length: count }, () => ({ rating, positive: true })),
  ),
].map(({ rating, positive }, cluster) => ({ score: rating, positive, cluster }))

describe('an area under the ROC curve over clusters', () => {
  // Stata Base Reference Manual, [R] roctab, "Nonparametric ROC analysis": 0.8932, 0.0307.
  test('of one image each it is that of DeLong, as published for 109 images', () => {
    const found = areaOf(IMAGES)
    const scores = (wanted: boolean) =>
      IMAGES.flatMap(({ score, positive }) => (positive === wanted ? [score] : []))
    const plain = delong({ positives: scores(true), negatives: scores(false) }, 0.975)

    expect(found).toMatchObject({ clusters: 109, withPositives: 51, withNegatives: 58 })
    for (const one of [found, plain]) {
      if (!('area' in one)) throw new Error(one.why)
      expect([one.area.toFixed(4), one.stderr.toFixed(4)]).toEqual(['0.8932', '0.0307'])
    }
  })

  test('is what every pair comes to, with ties, unequal clusters and clusters of one class', () => {
    const next = random(43)
    for (const [count, each, digits] of [
      [4, 1, 6],
      [4, 3, 0],
      [12, 5, 1],
      [30, 10, 6],
      [40, 2, 0],
    ] as const)
      for (let time = 0; time < 5; time += 1) {
        const rows = prompts(next, count, each, digits).filter((_, index) => index % 7 !== 3)
        const found = areaOf(rows)
        if (!('area' in found)) continue
        const { area, stderr } = obuchowski(rows)

        expect(found.area).toBeCloseTo(area, 12)
        if (Math.min(found.withPositives, found.withNegatives) < 2) expect(found.stderr).toBeNaN()
        else expect(found.stderr).toBeCloseTo(stderr, 10)
      }
  })

  test('the same rows ten times are no more samples', () => {
    const once = prompts(random(47), 40, 1)
    const tenTimes = once.flatMap((row) => Array.from({ length: 10 }, () => row))

    expect(errorOf(tenTimes)).toBeCloseTo(errorOf(once), 12)
  })

  test('one after another, each for itself', () => {
    const next = random(53)
    const [one, other] = [prompts(next, 20, 4), prompts(next, 20, 4)]
    const sum = sumClusteredArea(20)
    const taken = (rows: readonly Scored[]) => {
      for (const { score, positive, cluster } of rows.toSorted((a, b) => a.score - b.score))
        sum.take(score, positive, cluster)
      return sum.result()
    }

    expect([taken(one), taken(other)]).toEqual([areaOf(one), areaOf(other)])
  })

  test('holds about as often as it says, and what takes generations for samples does not', () => {
    const next = random(59)
    // The score of a positive exceeds that of another prompt's negative by a normal number around 1 of this variance.
    const truth = normalCdf(1 / Math.sqrt(2 * (0.9 ** 2 + 0.5 ** 2)))
    const held = coverage(600, truth, () => {
      const found = areaOf(prompts(next, 100, 10))
      if (!('area' in found)) return { kind: 'none', why: 'one_class' }
      const freedom = Math.min(found.withPositives, found.withNegatives) - 1
      return tBounds({ value: found.area, stderr: found.stderr }, freedom, 0.95)
    })
    const plain = coverage(600, truth, () => {
      const rows = prompts(next, 100, 10)
      const scores = (wanted: boolean) =>
        rows.flatMap(({ score, positive }) => (positive === wanted ? [score] : []))
      const found = delong({ positives: scores(true), negatives: scores(false) }, 0.95)
      return 'area' in found ? normalBounds({ value: found.area, stderr: found.stderr }, 0.95) : found
    })

    expect(Math.min(held.low, held.high)).toBeGreaterThan(0.925)
    expect(plain.low + plain.high - 1).toBeLessThan(0.75)
  })

  const row = (score: number, positive: boolean, cluster: number): Scored => ({ score, positive, cluster })
  test.each<readonly [string, readonly Scored[], string]>([
    ['nothing', [], 'no_samples'],
    ['positives alone', [row(1, true, 0), row(2, true, 1)], 'one_class'],
    ['NaN', [row(Number.NaN, true, 0), row(2, false, 1)], 'not_valid'],
  ])('of %s there is none', (_, rows, why) => {
    expect(areaOf(rows)).toEqual({ kind: 'none', why })
  })

  test('no error where one cluster alone has positives, and an error of 0 where none differs', () => {
    const alone = [row(1, true, 0), row(2, true, 0), row(0, false, 0), row(3, false, 1), row(1, false, 2)]
    const apart = [0, 1, 2, 3].flatMap((k) => [row(0.1 + k / 100, false, k), row(0.7 + k / 70, true, k)])

    expect(errorOf(alone)).toBeNaN()
    expect(areaOf(apart)).toMatchObject({ area: 1, stderr: 0 })
  })

  test('scores in another order, and clusters beyond those that were told, are faults', () => {
    const sum = sumClusteredArea(2)
    sum.take(0.3, true, 0)
    sum.take(0.2, false, 1)

    expect(sum.result()).toEqual({ kind: 'none', why: 'not_valid' })
    expect(() => sum.take(0.3, true, 2)).toThrow()
    expect(() => sum.take(0.3, true, Number.NaN)).toThrow()
  })
})

/** F₁ of clusters as the ratio of what they add up to: twice the hits over positives and those called so. */
const f1Of = (clusters: readonly { readonly tp: number; readonly fp: number; readonly fn: number }[]) =>
  clusters.map(({ tp, fp, fn }) => ({ sum: 2 * tp, samples: 2 * tp + fp + fn }))

describe('F₁ over clusters', () => {
  const made = (next: () => number, count: number) =>
    Array.from({ length: count }, () => {
      const skill = next() < 0.7 ? 0.9 : 0.3
      const counted = { tp: 0, fp: 0, fn: 0, tn: 0 }
      for (let index = 0; index < 10; index += 1) {
        const [positive, right] = [next() < 0.4, next() < skill]
        counted[positive ? (right ? 'tp' : 'fn') : right ? 'tn' : 'fp'] += 1
      }
      return counted
    })

  test('its error is that of what each cluster adds to it, by small steps', () => {
    const clusters = made(random(61), 50)
    const sum = (of: (one: (typeof clusters)[number]) => number) =>
      clusters.reduce((all, one) => all + of(one), 0)
    const [tp, fp, fn] = [sum((one) => one.tp), sum((one) => one.fp), sum((one) => one.fn)]
    const f1 = (a: number, b: number, c: number) => (2 * a) / (2 * a + b + c)
    const step = 1e-5
    const slopes = [
      (f1(tp + step, fp, fn) - f1(tp - step, fp, fn)) / 2 / step,
      (f1(tp, fp + step, fn) - f1(tp, fp - step, fn)) / 2 / step,
      (f1(tp, fp, fn + step) - f1(tp, fp, fn - step)) / 2 / step,
    ] as const
    const each = clusters.map((one) => slopes[0] * one.tp + slopes[1] * one.fp + slopes[2] * one.fn)
    const squares = each.reduce((all, one) => all + one ** 2, 0)

    const { value, stderr } = clusterEstimate(f1Of(clusters))
    expect(value).toBeCloseTo(f1(tp, fp, fn), 12)
    expect(stderr).toBeCloseTo(Math.sqrt((50 / 49) * squares), 8)
  })

  test('holds about as often as it says', () => {
    const next = random(67)
    // Of a prompt: hits 0.4 × 0.72, misses 0.4 × 0.28, false alarms 0.6 × 0.28.
    const truth = (2 * 0.288) / (2 * 0.288 + 0.112 + 0.168)
    const held = coverage(1500, truth, () => clusterBounds(f1Of(made(next, 80)), 0.95))

    expect(Math.min(held.low, held.high)).toBeGreaterThan(0.925)
    expect(Math.max(held.low, held.high)).toBeLessThan(0.975)
  })
})

describe('clusters that agree', () => {
  test('have an error of exactly 0 by their sums, however many there are and whatever they agree on', () => {
    for (const [sum, samples] of [
      [1, 3],
      [7, 11],
      [999, 1001],
    ] as const)
      for (const clusters of [2, 3, 97, 12_345]) {
        const { stderr } = clusterEstimateOf({
          ...{ clusters, sum: sum * clusters, samples: samples * clusters },
          ...{ sumSquares: sum ** 2 * clusters, products: sum * samples * clusters },
          sampleSquares: samples ** 2 * clusters,
        })
        expect(stderr).toBe(0)
      }
  })

  test('of numbers that are not whole too', () => {
    const next = random(73)
    for (let time = 0; time < 200; time += 1) {
      const [value, clusters] = [next(), 2 + Math.floor(50 * next())]
      const { stderr } = clusterEstimateOf({
        ...{ clusters, sum: clusters * 3 * value, samples: 3 * clusters },
        ...{ sumSquares: clusters * (3 * value) ** 2, products: clusters * 9 * value },
        sampleSquares: 9 * clusters,
      })
      expect(stderr).toBe(0)
    }
  })

  test('but for one answer of many millions do not agree', () => {
    const [clusters, each] = [4_000_000, 1000]
    const { stderr } = clusterEstimateOf({
      ...{ clusters, sum: clusters * each - 1, samples: clusters * each },
      ...{ sumSquares: (clusters - 1) * each ** 2 + (each - 1) ** 2, products: clusters * each ** 2 - each },
      sampleSquares: clusters * each ** 2,
    })
    // One residual of 1 among them.
    expect(stderr * clusters * each).toBeCloseTo(1, 6)
  })
})

describe('quantiles over clusters', () => {
  test('are the values at the shares that Woodruff names', () => {
    const stderr = 0.02
    const reach = tQuantile(0.975, 39) * stderr
    const { low, high } = clusteredQuantileRanks(
      400,
      0.9,
      { clusters: 40, below: stderr, atMost: 0.01 },
      0.975,
    )

    expect(low).toBe(Math.floor(400 * (0.9 - reach)))
    expect(high).toBe(Math.ceil(400 * (0.9 + reach)))
  })

  test.each([
    ['below it', { below: 0.03, atMost: 0.005 }],
    ['at most it', { below: 0.005, atMost: 0.03 }],
  ])('of values that tie the share that varies more counts: %s', (_, shares) => {
    const found = clusteredQuantileRanks(400, 0.9, { clusters: 40, ...shares }, 0.975)

    expect(found.low).toBe(Math.floor(400 * (0.9 - tQuantile(0.975, 39) * 0.03)))
  })

  test('are never closer than those of independent samples', () => {
    for (const quantile of [0.5, 0.9, 0.95, 0.99])
      for (const samples of [10, 100, 1000]) {
        const plain = quantileRanks(samples, quantile, 0.95)
        const found = clusteredQuantileRanks(
          samples,
          quantile,
          { clusters: samples / 2, below: 1e-4, atMost: 1e-4 },
          0.95,
        )
        if (plain.low === undefined) expect(found.low).toBeUndefined()
        else expect(found.low).toBeLessThanOrEqual(plain.low)
        if (plain.high === undefined) expect(found.high).toBeUndefined()
        else expect(found.high ?? samples).toBeGreaterThanOrEqual(plain.high)
      }
  })

  test.each([
    ['no spread', { clusters: 40, below: 0, atMost: 0 }],
    ['one cluster', { clusters: 1, below: Number.NaN, atMost: Number.NaN }],
    ['a number that is none', { clusters: 40, below: Number.NaN, atMost: 0.1 }],
    ['an error as wide as everything', { clusters: 3, below: 0.4, atMost: 0.4 }],
  ])('%s shows nothing', (_, shares) => {
    expect(clusteredQuantileRanks(1000, 0.5, shares, 0.975)).toEqual({ low: undefined, high: undefined })
  })

  test.each([
    ['a median of normal numbers', 0.5, 6, 0],
    // Whole numbers around 0 with a variance of 13: Φ(4.5/√13) < 0.9 < Φ(5.5/√13).
    ['a p90 of numbers that tie', 0.9, 0, 5],
  ])('hold about as often as they say: %s', (_, quantile, digits, truth) => {
    const next = random(71)
    const drawn = () =>
      Array.from({ length: 80 }, () => {
        const mood = normal(next)
        return Array.from({ length: 8 }, () => Number((3 * mood + 2 * normal(next)).toFixed(digits)))
      })
    const bounds = (clusters: readonly (readonly number[])[], clustered: boolean) => {
      const sorted = clusters.flat().sort((a, b) => a - b)
      const value = sorted[Math.ceil(quantile * sorted.length) - 1] ?? Number.NaN
      const share = (of: (one: number) => boolean) =>
        clusterEstimate(clusters.map((own) => ({ sum: own.filter(of).length, samples: own.length }))).stderr
      const shares = {
        clusters: 80,
        below: share((one) => one < value),
        atMost: share((one) => one <= value),
      }
      const { low, high } = clustered
        ? clusteredQuantileRanks(sorted.length, quantile, shares, 0.95)
        : quantileRanks(sorted.length, quantile, 0.95)
      const at = (rank: number | undefined, none: number) =>
        rank === undefined ? none : (sorted[rank - 1] ?? none)
      return { kind: 'bounds' as const, low: at(low, -Infinity), high: at(high, Infinity) }
    }
    const held = coverage(600, truth, () => bounds(drawn(), true))
    const plain = coverage(600, truth, () => bounds(drawn(), false))

    expect(Math.min(held.low, held.high)).toBeGreaterThan(0.925)
    expect(plain.low + plain.high - 1).toBeLessThan(digits === 0 ? 0.95 : 0.75)
  })
})
