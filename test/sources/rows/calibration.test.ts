import { describe, expect, test } from 'vitest'
import type { Measurement } from '../../../src/core/measurement.ts'
import type { RowsPlan } from '../../../src/sources/rows/plan.ts'
import { readRows } from '../../../src/sources/rows/read.ts'
import { chance, inTheLarge, recalibration } from '../../../src/statistics/calibration.ts'
import { tBounds } from '../../../src/statistics/standard-error.ts'
import { CALIBRATIONS } from '../../statistics/calibration-reference.ts'
import { random } from '../../statistics/independent.ts'

const PLAN: RowsPlan = {
  ...{ dataset: 'holdout', label: 'y', score: 'p', groups: [], values: {}, confidence: 0.95 },
}
type Scored = {
  readonly y: number
  readonly p: number
  readonly sex?: string
  readonly team?: string
  readonly c?: string
}

async function read(rows: readonly Scored[], plan: Partial<RowsPlan> = {}) {
  const text = [
    Object.keys(rows[0] ?? {}).join(','),
    ...rows.map((row) => Object.values(row).join(',')),
  ].join('\n')
  const { reading } = await readRows(
    new TextEncoder().encode(`${text}\n`),
    { ...PLAN, ...plan },
    { path: 'rows.csv', sha: 'e'.repeat(40) },
  )
  expect(reading.problems).toEqual([])
  return (metric: string, labels: Readonly<Record<string, string>> = {}): Measurement | undefined => {
    const found = reading.measurements.filter(
      (one) =>
        one.metric === metric &&
        Object.entries(labels).every(([label, value]) => one.labels[label] === value) &&
        (one.within ?? []).every((label) => Object.hasOwn(labels, label)),
    )
    expect(found.length).toBeLessThan(2)
    return found[0]
  }
}

const METRICS = [
  ...['calibration_slope', 'calibration_in_the_large', 'expected_calibration_error', 'brier_score'],
] as const

const logit = (p: number) => Math.log(p / (1 - p))
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

/** Scores with so many digits that hardly two are the same, of people who come several times. */
function made(count: number, seed = 5): readonly Required<Scored>[] {
  const next = random(seed)
  return Array.from({ length: count }, (_, index) => {
    const p = 0.02 + 0.96 * next()
    const y = next() < chance(0.3 + 0.7 * logit(p)) ? 1 : 0
    const team = ['A', 'B', 'C'][Math.floor(3 * next())] ?? 'A'
    return { y, p, sex: next() < 0.4 ? 'F' : 'M', team, c: `c${Math.floor(index / 5)}` }
  })
}

/** What rows come to by every single one of them. */
function plainly(rows: readonly Scored[]) {
  const points = rows.map(({ y, p }) => ({
    x: logit(p),
    samples: 1,
    positives: y,
    ofPositives: y * logit(p),
  }))
  const [slope, large] = [recalibration(points), inTheLarge(points)]
  if (slope.kind === 'none' || large.kind === 'none') throw new Error('nothing fits')
  const n = rows.length
  const squares = rows.map(({ y, p }) => (y - p) ** 2)
  const brier = sum(squares) / n
  const binOf = (p: number) => Math.min(9, Math.floor(p * 10))
  const gaps = Array.from({ length: 10 }, (_, bin) =>
    sum(rows.filter(({ p }) => binOf(p) === bin).map(({ y, p }) => y - p)),
  )
  const error = sum(gaps.map(Math.abs)) / n
  const residuals = {
    slope: rows.map(
      ({ y, p }) => (y - chance(slope.intercept + slope.slope.value * logit(p))) * (logit(p) - slope.centre),
    ),
    large: rows.map(({ y, p }) => y - chance(large.estimate.value + logit(p))),
    error: rows.map(({ y, p }) => Math.sign(gaps[binOf(p)] ?? 0) * (y - p) - error),
    brier: squares.map((one) => one - brier),
  }
  const over = { slope: slope.information, large: large.information, error: n, brier: n }
  /** The sandwich over clusters, by every row. */
  const clustered = (name: keyof typeof residuals) => {
    const groups = [...Map.groupBy(rows.keys(), (index) => rows[index]?.c).values()]
    const totals = groups.map((own) => sum(own.map((index) => residuals[name][index] ?? Number.NaN)))
    const k = groups.length
    return Math.sqrt((k / (k - 1)) * sum(totals.map((one) => one ** 2))) / over[name]
  }
  const spread = sum(squares.map((one) => (one - brier) ** 2)) / (n - 1)
  return {
    slope: slope.slope,
    large: large.estimate,
    brier,
    error,
    clustered,
    brierError: Math.sqrt(spread / n),
  }
}

describe('the calibration of scores', () => {
  test.each(CALIBRATIONS)('as SciPy and scikit-learn have it: $name', async (reference) => {
    const rows = reference.points.flatMap(([p, samples, positives]) =>
      Array.from({ length: samples }, (_, index) => ({ y: index < positives ? 1 : 0, p })),
    )
    const found = await read(rows)

    expect(found('calibration_slope')?.value).toBeCloseTo(reference.slope, 6)
    expect(found('calibration_slope')?.stderr).toBeCloseTo(reference.stderr, 6)
    expect(found('calibration_in_the_large')?.value).toBeCloseTo(reference.large, 6)
    expect(found('calibration_in_the_large')?.stderr).toBeCloseTo(reference.largeStderr, 6)
    expect(found('brier_score')?.value).toBeCloseTo(reference.brier, 9)
    expect(found('brier_score')?.stderr).toBeCloseTo(reference.brierStderr, 9)
  })

  const rows = made(3000)
  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['all rows', {}],
    ['a group', { sex: 'F' }],
    ['an intersection', { sex: 'M', team: 'B' }],
  ])('of %s is what every row by itself comes to', async (_, labels) => {
    const own = rows.filter((row) =>
      Object.entries(labels).every(([label, value]) => row[label as 'sex'] === value),
    ) // a column of theirs
    const expected = plainly(own)
    const found = await read(rows, { groups: ['sex', 'team'] })

    expect(found('calibration_slope', labels)).toMatchObject({
      ...{ value: expect.closeTo(expected.slope.value, 6), stderr: expect.closeTo(expected.slope.stderr, 6) },
      ...{ samples: own.length, unit: 'value', labels: { dataset: 'holdout', positive: '1', ...labels } },
    })
    expect(found('calibration_in_the_large', labels)).toMatchObject({
      ...{ value: expect.closeTo(expected.large.value, 6), stderr: expect.closeTo(expected.large.stderr, 6) },
      samples: own.length,
    })
    expect(found('brier_score', labels)).toMatchObject({
      ...{ value: expect.closeTo(expected.brier, 9), stderr: expect.closeTo(expected.brierError, 9) },
      ...{ samples: own.length, unit: 'fraction' },
    })
    const stderr = Math.sqrt((expected.brier - expected.error ** 2) / (own.length - 1))
    const bounds = tBounds({ value: expected.error, stderr }, own.length - 1, 0.95)
    expect(found('expected_calibration_error', labels)).toMatchObject({
      ...{ value: expect.closeTo(expected.error, 9), samples: own.length },
      interval: {
        low: 0,
        high: expect.closeTo('high' in bounds ? bounds.high : 0, 8),
        level: 0.95,
        sides: 1,
      },
    })
    expect(found('expected_calibration_error', labels)).not.toHaveProperty('stderr')
  })

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['all rows', {}],
    ['a group', { sex: 'F' }],
    ['an intersection', { sex: 'M', team: 'B' }],
  ])('of %s that belong together errs by its clusters', async (_, labels) => {
    const own = rows.filter((row) =>
      Object.entries(labels).every(([label, value]) => row[label as 'sex'] === value),
    ) // a column of theirs
    const { clustered, error } = plainly(own)
    const clusters = new Set(own.map(({ c }) => c)).size
    const found = await read(rows, { groups: ['sex', 'team'], cluster: 'c' })
    const errs = (name: 'slope' | 'large' | 'brier') => ({
      clusters,
      stderr: expect.closeTo(clustered(name), 6),
    })

    expect(found('calibration_slope', labels)).toMatchObject(errs('slope'))
    expect(found('calibration_in_the_large', labels)).toMatchObject(errs('large'))
    expect(found('brier_score', labels)).toMatchObject(errs('brier'))
    const bounds = tBounds({ value: error, stderr: clustered('error') }, clusters - 1, 0.95)
    expect(found('expected_calibration_error', labels)).toMatchObject({
      ...{ clusters, interval: { high: expect.closeTo('high' in bounds ? bounds.high : 0, 6) } },
    })
  })

  test('of a hundred rows ten times each is no surer than of a hundred', async () => {
    const once = made(100).map((row, index) => ({ ...row, c: `c${index}` }))
    const tenTimes = once.flatMap((row) => Array.from({ length: 10 }, () => row))
    const [one, ten] = [await read(once, { cluster: 'c' }), await read(tenTimes, { cluster: 'c' })]

    for (const metric of METRICS) {
      expect(ten(metric)?.clusters).toBe(100)
      expect(ten(metric)?.stderr ?? 0).toBeCloseTo(one(metric)?.stderr ?? 0, 8)
      expect(ten(metric)?.interval?.high ?? 0).toBeCloseTo(one(metric)?.interval?.high ?? 0, 8)
    }
  })

  test('of clusters that are alike shows nothing, and so does one cluster', async () => {
    const same = (clusters: number) =>
      Array.from({ length: clusters }, (_, k) =>
        [0.2, 0.2, 0.7, 0.7].map((p, index) => ({ y: index % 2, p, c: `c${k}` })),
      ).flat()
    const [alike, alone] = [await read(same(20), { cluster: 'c' }), await read(same(1), { cluster: 'c' })]

    for (const metric of METRICS) {
      expect(alike(metric)?.stderr ?? 0).toBe(0)
      expect(alike(metric)).not.toHaveProperty('interval')
      expect(alone(metric)).not.toHaveProperty('stderr')
      expect(alone(metric)).not.toHaveProperty('interval')
    }
  })
})

describe('scores of which no slope can be told', () => {
  const some = [
    { y: 0, p: 0.3 },
    { y: 1, p: 0.4 },
    { y: 0, p: 0.6 },
    { y: 1, p: 0.7 },
  ]
  test.each<readonly [string, readonly Scored[], readonly string[]]>([
    ['some that are all right', some, METRICS],
    ['a score of exactly 1', [...some, { y: 1, p: 1 }], METRICS.slice(2)],
    ['a score of exactly 0', [...some, { y: 0, p: 0 }], METRICS.slice(2)],
    ['a score of minus 0', [...some, { y: 0, p: -0 }], METRICS.slice(2)],
    [
      'classes apart',
      [
        { y: 0, p: 0.1 },
        { y: 0, p: 0.2 },
        { y: 1, p: 0.8 },
        { y: 1, p: 0.9 },
      ],
      METRICS.slice(1),
    ],
    ['one score', some.map(({ y }) => ({ y, p: 0.4 })), METRICS.slice(1)],
    ['one class', some.map(({ p }) => ({ y: 1, p })), METRICS.slice(2)],
  ])('%s', async (_, rows, measured) => {
    const found = await read(rows)

    expect(METRICS.filter((metric) => found(metric) !== undefined)).toEqual(measured)
    for (const metric of measured) expect(Number.isFinite(found(metric)?.value)).toBe(true)
  })

  test('of one class alone nothing is shown, whatever it comes to', async () => {
    const rare = Array.from({ length: 400 }, (_, index) => ({ y: 0, p: 0.001 + index / 1e6 }))
    const found = await read([...rare, { y: 1, p: 0.001 }])
    const alone = await read(rare, { positive: '0' })

    expect(found('brier_score')).toHaveProperty('stderr')
    expect(found('expected_calibration_error')).toHaveProperty('interval')
    expect(alone('brier_score')).not.toHaveProperty('stderr')
    expect(alone('expected_calibration_error')).not.toHaveProperty('interval')
  })

  test('bins are ten of the same width, the last with 1 in it', async () => {
    const found = await read([
      { y: 0, p: 0.05 },
      { y: 1, p: 0.15 },
      { y: 1, p: 0.95 },
      { y: 1, p: 1 },
      { y: 0, p: 0 },
    ])

    expect(found('expected_calibration_error')?.value).toBeCloseTo((0.05 + 0.85 + 0.05) / 5, 9)
  })
})
