import { describe, expect, test } from 'vitest'
import {
  chance,
  inTheLarge,
  type Point,
  type Recalibration,
  recalibration,
} from '../../src/statistics/calibration.ts'
import {
  calibrationError,
  calibrationErrorBounds,
  calibrationErrorOf,
} from '../../src/statistics/calibration-error.ts'
import { normalBounds } from '../../src/statistics/standard-error.ts'
import { CALIBRATIONS } from './calibration-reference.ts'
import { coverage, normal, random } from './independent.ts'

const point = (x: number, samples: number, positives: number): Point => ({
  ...{ x, samples, positives },
  ofPositives: x * positives,
})
const logit = (p: number) => Math.log(p / (1 - p))

function fitted(points: readonly Point[]): Recalibration {
  const found = recalibration(points)
  if (found.kind === 'none') throw new Error(found.why)
  return found
}

describe('a logistic recalibration', () => {
  test('Bliss (1935) on beetles as in Dobson (2002), Introduction to Generalized Linear Models, Table 7.4', () => {
    const doses = [1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.861, 1.8839]
    const [beetles, killed] = [
      [59, 60, 62, 56, 63, 59, 62, 60],
      [6, 13, 18, 28, 52, 53, 61, 60],
    ]
    const { intercept, slope } = fitted(doses.map((x, at) => point(x, beetles[at] ?? 0, killed[at] ?? 0)))

    expect([intercept.toFixed(2), slope.value.toFixed(2), slope.stderr.toFixed(2)]).toEqual([
      '-60.72',
      '34.27',
      '2.91',
    ])
  })

  test('the O-rings of Challenger (Dalal et al. 1989, JASA 84:945-957), as Agresti has them in Categorical Data Analysis', () => {
    const fine = [66, 67, 67, 67, 68, 69, 70, 70, 72, 73, 75, 76, 76, 78, 79, 81]
    const distress = [53, 57, 58, 63, 70, 70, 75]
    const { intercept, slope } = fitted([
      ...fine.map((x) => point(x, 1, 0)),
      ...distress.map((x) => point(x, 1, 1)),
    ])

    expect([intercept.toFixed(2), slope.value.toFixed(3), slope.stderr.toFixed(3)]).toEqual([
      '15.04',
      '-0.232',
      '0.108',
    ])
  })

  test.each(CALIBRATIONS)('as SciPy has it: $name', ({ points, ...reference }) => {
    const all = points.map(([p, samples, positives]) => point(logit(p), samples, positives))
    const { intercept, slope } = fitted(all)
    const large = inTheLarge(all)
    if (large.kind === 'none') throw new Error(large.why)

    expect(intercept).toBeCloseTo(reference.intercept, 6)
    expect(slope.value).toBeCloseTo(reference.slope, 6)
    expect(slope.stderr).toBeCloseTo(reference.stderr, 6)
    expect(large.estimate.value).toBeCloseTo(reference.large, 6)
    expect(large.estimate.stderr).toBeCloseTo(reference.largeStderr, 6)
  })

  test('is the same however points are put together, and around its centre slope and intercept are apart', () => {
    const points = [point(-1, 10, 2), point(0.5, 20, 11), point(2, 10, 7)]
    const single = points.flatMap(({ x, samples, positives }) =>
      Array.from({ length: samples }, (_, index) => point(x, 1, index < positives ? 1 : 0)),
    )
    const [one, other] = [fitted(points), fitted(single)]

    expect(other.slope.value).toBeCloseTo(one.slope.value, 10)
    expect(other.slope.stderr).toBeCloseTo(one.slope.stderr, 10)
    const moved = fitted(points.map(({ x, ...rest }) => point(x - one.centre, rest.samples, rest.positives)))
    expect(moved.centre).toBeCloseTo(0, 9)
    expect(1 / Math.sqrt(moved.information)).toBeCloseTo(one.slope.stderr, 10)
  })

  test('of a hundred thousand times as many samples errs a few hundred times less', () => {
    const points = (times: number) => [
      point(-8, 40 * times, times),
      point(0, 40 * times, 20 * times),
      point(30, 40 * times, 39 * times),
    ]
    const [few, many] = [fitted(points(1)), fitted(points(100_000))]

    expect(many.slope.value).toBeCloseTo(few.slope.value, 9)
    expect(few.slope.stderr / many.slope.stderr).toBeCloseTo(Math.sqrt(100_000), 4)
  })

  test.each<readonly [string, readonly Point[], string]>([
    ['nothing', [], 'no_samples'],
    ['no samples', [point(1, 0, 0)], 'no_samples'],
    ['positives alone', [point(-1, 5, 5), point(1, 5, 5)], 'one_class'],
    ['negatives alone', [point(-1, 5, 0), point(1, 5, 0)], 'one_class'],
    ['classes apart', [point(-1, 5, 0), point(1, 5, 5)], 'separated'],
    ['classes apart the other way', [point(-1, 5, 5), point(1, 5, 0)], 'separated'],
    ['classes that only touch', [point(-1, 5, 0), point(0, 5, 2), point(1, 5, 5)], 'separated'],
    ['one logit', [point(0.3, 50, 20)], 'separated'],
    ['an infinite logit', [point(Number.POSITIVE_INFINITY, 5, 5), point(0, 5, 1)], 'not_valid'],
    ['NaN', [point(Number.NaN, 5, 5), point(0, 5, 1)], 'not_valid'],
    ['more positives than samples', [point(0, 5, 6), point(1, 5, 1)], 'not_valid'],
    ['fewer than no positives', [point(0, 5, -1), point(1, 5, 1)], 'not_valid'],
  ])('of %s there is none', (_, points, why) => {
    expect(recalibration(points)).toEqual({ kind: 'none', why })
    // With the slope given, one logit and classes apart do have an intercept.
    expect(inTheLarge(points).kind).toBe(why === 'separated' ? 'fitted' : 'none')
  })

  test('slope and intercept hold as often as they say', () => {
    const next = random(31)
    const drawn = () => {
      const xs = Array.from({ length: 300 }, () => -0.5 + 1.5 * normal(next))
      return xs.map((x) => point(x, 1, next() < chance(0.2 + 0.8 * x) ? 1 : 0))
    }
    const slope = coverage(1000, 0.8, () => normalBounds(fitted(drawn()).slope, 0.95))
    // A model that is right but for 0.4 in log odds.
    const large = coverage(1000, 0.4, () => {
      const points = drawn().map(({ x }) => point(x, 1, next() < chance(0.4 + x) ? 1 : 0))
      const found = inTheLarge(points)
      return found.kind === 'none' ? { kind: 'none', why: 'one_class' } : normalBounds(found.estimate, 0.95)
    })

    for (const held of [slope.low, slope.high, large.low, large.high]) {
      expect(held).toBeGreaterThan(0.93)
      expect(held).toBeLessThan(0.97)
    }
  })
})

describe('the expected calibration error', () => {
  // Ten equal bins by hand: gaps of 0.05, 0.1 and 0.2 in bins of 20, 30 and 50.
  const bins = [
    { samples: 20, positives: 2, scores: 1 },
    { samples: 30, positives: 15, scores: 18 },
    { samples: 50, positives: 45, scores: 35 },
  ]

  test('by hand', () => {
    expect(calibrationError(bins)).toBeCloseTo(0.2 * 0.05 + 0.3 * 0.1 + 0.5 * 0.2, 12)
  })

  test('its error is that of the signed differences, one by one', () => {
    const next = random(37)
    const rows = Array.from({ length: 500 }, () => ({ s: next(), y: next() < 0.4 ? 1 : 0 }))
    const binOf = (s: number) => Math.min(9, Math.floor(10 * s))
    const own = Array.from({ length: 10 }, (_, bin) => rows.filter(({ s }) => binOf(s) === bin))
    const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
    const counted = own.map((all) => ({
      samples: all.length,
      positives: sum(all.map(({ y }) => y)),
      scores: sum(all.map(({ s }) => s)),
    }))
    const signed = rows.map(({ s, y }) => {
      const { positives = 0, scores = 0 } = counted[binOf(s)] ?? {}
      return Math.sign(positives - scores) * (y - s)
    })
    const mean = sum(signed) / 500
    const variance = sum(signed.map((one) => (one - mean) ** 2)) / 499
    const brier = sum(rows.map(({ s, y }) => (y - s) ** 2)) / 500

    const { value, stderr } = calibrationErrorOf(counted, brier)
    expect(value).toBeCloseTo(mean, 12)
    expect(stderr).toBeCloseTo(Math.sqrt(variance / 500), 12)
  })

  test.each([
    ['calibrated, where chance alone makes a gap', 1],
    ['too extreme', 0.5],
  ])('is at most what is shown at least as often as is said: a model that is %s', (_, slope) => {
    const next = random(41)
    const scores = Array.from({ length: 10 }, (_, bin) => (bin + 0.5) / 10)
    const truths = scores.map((s) => chance(slope * logit(s)))
    const truth = scores.reduce((all, s, bin) => all + Math.abs(s - (truths[bin] ?? 0)) / 10, 0)
    const held = coverage(1000, truth, () => {
      let squares = 0
      const drawn = scores.map((s, bin) => {
        const positives = Array.from({ length: 40 }, next).filter((one) => one < (truths[bin] ?? 0)).length
        squares += positives * (1 - s) ** 2 + (40 - positives) * s ** 2
        return { samples: 40, positives, scores: 40 * s }
      })
      return calibrationErrorBounds(calibrationErrorOf(drawn, squares / 400), 399, 0.95)
    })

    expect(held.low).toBe(1)
    expect(held.high).toBeGreaterThan(0.94)
  })

  test('shows nothing without spread, and never more than is possible', () => {
    expect(calibrationErrorBounds({ value: 0.1, stderr: 0 }, 9, 0.95)).toMatchObject({ why: 'no_spread' })
    expect(calibrationErrorBounds({ value: 0.1, stderr: Number.NaN }, 9, 0.95).kind).toBe('none')
    expect(calibrationErrorBounds({ value: 0.1, stderr: 0.1 }, 0, 0.95)).toMatchObject({ why: 'one_sample' })
    expect(calibrationErrorBounds({ value: 0.9, stderr: 0.3 }, 9, 0.95)).toEqual({
      ...{ kind: 'bounds', low: 0, high: 1 },
    })
  })
})
