import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Measurement } from '../../../src/core/measurement.ts'
import { ROWS_LIMITS } from '../../../src/sources/rows/engine.ts'
import type { RowsPlan } from '../../../src/sources/rows/plan.ts'
import { readRows } from '../../../src/sources/rows/read.ts'
import { sumClusteredArea } from '../../../src/statistics/clustered-area.ts'
import { clusteredQuantileRanks } from '../../../src/statistics/clustered-quantiles.ts'
import { clusterEstimate } from '../../../src/statistics/clusters.ts'
import { quantileBounds } from '../../../src/statistics/order-statistics.ts'
import { delong } from '../../statistics/delong.ts'

const PLACE = { path: 'models/a/rows.csv', sha: 'e'.repeat(40) }
const PLAN: RowsPlan = {
  ...{ dataset: 'holdout', label: 'y', prediction: 'yhat', groups: [], values: {}, confidence: 0.975 },
}
const bytes = (text: string) => new TextEncoder().encode(text)

async function read(content: string | Uint8Array, plan: Partial<RowsPlan> = {}) {
  const { reading } = await readRows(
    typeof content === 'string' ? bytes(content) : content,
    { ...PLAN, ...plan },
    PLACE,
  )
  return reading
}

/** One measurement by its metric and some of its labels. */
function one(measurements: readonly Measurement[], metric: string, labels: Record<string, string> = {}) {
  const found = measurements.filter(
    (measurement) =>
      measurement.metric === metric &&
      Object.entries(labels).every(([label, value]) => measurement.labels[label] === value) &&
      (measurement.within ?? []).every((label) => Object.hasOwn(labels, label)),
  )
  expect(found).toHaveLength(1)
  return found[0] as Measurement // one line above
}

/** So many made rows: truth, answer, score, sex, race, customer and milliseconds; the same each time. */
function madeRows(count: number) {
  let seed = 7
  const next = () => {
    seed = (seed * 16807) % 2147483647
    return seed / 2147483647
  }
  return Array.from({ length: count }, (_, index) => {
    const y = next() < 0.4 ? 1 : 0
    // Two decimals, so that scores tie.
    const p = Math.round(100 * Math.min(1, Math.max(0, 0.3 * y + 0.7 * next()))) / 100
    return {
      ...{
        y,
        yhat: p >= 0.5 ? 1 : 0,
        p,
        sex: next() < 0.5 ? 'F' : 'M',
        race: 'ABC'[Math.floor(3 * next())] ?? 'A',
      },
      ...{ customer: `c${Math.floor(index / 4)}`, ms: Math.round(1000 * next() ** 2) / 10 },
    }
  })
}
type Made = ReturnType<typeof madeRows>[number]

const csv = (rows: readonly object[], end = '\n') =>
  [Object.keys(rows[0] ?? {}).join(','), ...rows.map((row) => Object.values(row).join(','))].join(end) + end
const jsonl = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n')

const FULL: Partial<RowsPlan> = {
  ...{ score: 'p', groups: ['sex', 'race'], cluster: 'customer', values: { latency: 'ms' } },
}

let folder = ''
let parquet: Uint8Array = new Uint8Array()
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-rows-test-'))
  parquet = await parquetOf(
    `SELECT * FROM (VALUES ${madeRows(400)
      .map(
        ({ y, yhat, p, sex, race, customer, ms }) =>
          `(${y}, ${yhat}.0, ${p}, '${sex}', '${race}', '${customer}', ${ms})`,
      )
      .join(', ')}) AS t(y, yhat, p, sex, race, customer, ms)`,
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function parquetOf(query: string): Promise<Uint8Array> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const file = join(folder, 'made.parquet')
  await connection.run(`COPY (${query}) TO '${file}' (FORMAT parquet)`)
  instance.closeSync()
  return readFileSync(file)
}

describe('the same rows say the same', () => {
  const shown = (measurements: readonly Measurement[]) =>
    measurements.map(({ metric, value, samples, successes, stderr, clusters, interval, labels }) => ({
      ...{ metric, value, samples, successes, stderr, clusters, interval, labels },
    }))
  const made = madeRows(400)
  test.each<readonly [string, () => string | Uint8Array]>([
    ['CSV with CRLF', () => csv(made, '\r\n')],
    ['CSV, packed', () => gzipSync(csv(made))],
    ['CSV in another order', () => csv(made.toReversed())],
    ['JSON lines', () => jsonl(made)],
    ['JSON lines, packed', () => gzipSync(jsonl(made))],
    ['Parquet with answers as decimals', () => parquet],
  ])('%s', async (_, content) => {
    const [plain, other] = [await read(csv(made), FULL), await read(content(), FULL)]

    expect(other.problems).toEqual([])
    expect(shown(other.measurements)).toEqual(shown(plain.measurements))
    expect(plain.measurements.length).toBeGreaterThan(200)
  })
})

describe('what rows come to', () => {
  const made = madeRows(400)
  const women = made.filter(({ sex }) => sex === 'F')
  const share = (rows: readonly Made[], of: (row: Made) => boolean) => rows.filter(of).length / rows.length

  test.each<readonly [string, (rows: readonly Made[]) => number]>([
    ['accuracy', (rows) => share(rows, ({ y, yhat }) => y === yhat)],
    ['selection_rate', (rows) => share(rows, ({ yhat }) => yhat === 1)],
    [
      'recall',
      (rows) =>
        share(
          rows.filter(({ y }) => y === 1),
          ({ yhat }) => yhat === 1,
        ),
    ],
    [
      'precision',
      (rows) =>
        share(
          rows.filter(({ yhat }) => yhat === 1),
          ({ y }) => y === 1,
        ),
    ],
    [
      'false_positive_rate',
      (rows) =>
        share(
          rows.filter(({ y }) => y === 0),
          ({ yhat }) => yhat === 1,
        ),
    ],
    [
      'false_negative_rate',
      (rows) =>
        share(
          rows.filter(({ y }) => y === 1),
          ({ yhat }) => yhat === 0,
        ),
    ],
    [
      'true_negative_rate',
      (rows) =>
        share(
          rows.filter(({ y }) => y === 0),
          ({ yhat }) => yhat === 0,
        ),
    ],
  ])('%s of all, of a group and of an intersection', async (metric, rate) => {
    const { measurements } = await read(csv(made), FULL)
    const both = women.filter(({ race }) => race === 'B')

    expect(one(measurements, metric).value).toBe(rate(made))
    expect(one(measurements, metric, { sex: 'F' }).value).toBe(rate(women))
    expect(one(measurements, metric, { sex: 'F', race: 'B' }).value).toBe(rate(both))
  })

  test('F1 is what precision and recall make of it', async () => {
    const { measurements } = await read(csv(made), FULL)
    const [precision, recall] = ['precision', 'recall'].map((name) => one(measurements, name).value)

    expect(one(measurements, 'f1').value).toBeCloseTo(
      (2 * (precision ?? 0) * (recall ?? 0)) / ((precision ?? 0) + (recall ?? 0)),
      12,
    )
  })

  test('the confusion matrix adds up to the rows', async () => {
    const { measurements } = await read(csv(made), { groups: ['sex'] })
    const cells = measurements.filter(({ metric, within }) => metric === 'confusion' && within === undefined)

    expect(cells.map(({ labels }) => labels.outcome).toSorted()).toEqual([
      'false_negative',
      'false_positive',
      'true_negative',
      'true_positive',
    ])
    expect(cells.reduce((all, { value }) => all + value, 0)).toBe(400)
  })

  test('the area under the ROC curve, and its error as DeLong has it', async () => {
    const { measurements } = await read(csv(made), { score: 'p', groups: ['sex'] })
    const of = (rows: readonly Made[], wanted: number) =>
      rows.flatMap(({ y, p }) => (y === wanted ? [p] : []))
    const whole = (rows: readonly Made[]) => {
      const shown = delong({ positives: of(rows, 1), negatives: of(rows, 0) }, 0.975)
      return 'area' in shown
        ? { value: expect.closeTo(shown.area, 12), stderr: expect.closeTo(shown.stderr, 12) }
        : {}
    }

    expect(one(measurements, 'roc_auc')).toMatchObject({ ...whole(made), samples: 400 })
    expect(one(measurements, 'roc_auc', { sex: 'F' })).toMatchObject({
      ...whole(women),
      samples: women.length,
    })
  })

  test('a mean and its error, and quantiles between values of the sample', async () => {
    const { measurements } = await read(csv(made), { values: { latency: 'ms' }, confidence: 0.99 })
    const numbers = made.map(({ ms }) => ms).toSorted((a, b) => a - b)
    const mean = numbers.reduce((all, value) => all + value, 0) / 400
    const variance = numbers.reduce((all, value) => all + (value - mean) ** 2, 0) / 399
    const bounds = quantileBounds(numbers, 0.95, 0.99)

    expect(one(measurements, 'latency', { aggregate: 'mean' })).toMatchObject({
      ...{ value: expect.closeTo(mean, 9), samples: 400, unit: 'unknown' },
      stderr: expect.closeTo(Math.sqrt(variance / 400), 9),
    })
    expect(one(measurements, 'latency', { aggregate: 'p95' })).toMatchObject({
      value: numbers[379],
      interval: {
        low: 'low' in bounds && bounds.low,
        high: 'high' in bounds && bounds.high,
        level: 0.98,
        sides: 2,
      },
    })
  })

  test('of rows that belong together, each rate errs by its clusters', async () => {
    const { measurements } = await read(csv(made), FULL)
    const byCustomer = (
      rows: readonly Made[],
      of: (row: Made) => number,
      where: (row: Made) => boolean = () => true,
    ) =>
      [...Map.groupBy(rows.filter(where), ({ customer }) => customer).values()].map((own) => ({
        sum: own.reduce((all, row) => all + of(row), 0),
        samples: own.length,
      }))
    const error = (clusters: ReturnType<typeof byCustomer>) => ({
      clusters: clusters.length,
      stderr: expect.closeTo(clusterEstimate(clusters).stderr, 10),
    })
    const hit = ({ y, yhat }: Made) => (y === yhat ? 1 : 0)
    const positive = ({ y }: Made) => y === 1

    expect(one(measurements, 'accuracy')).toMatchObject(error(byCustomer(made, hit)))
    expect(one(measurements, 'accuracy', { sex: 'F' })).toMatchObject(error(byCustomer(women, hit)))
    expect(one(measurements, 'recall')).toMatchObject(error(byCustomer(made, hit, positive)))
    expect(one(measurements, 'false_positive_rate')).toMatchObject(
      error(
        byCustomer(
          made,
          ({ yhat }) => yhat,
          ({ y }) => y === 0,
        ),
      ),
    )
    expect(one(measurements, 'precision')).toMatchObject(
      error(
        byCustomer(
          made,
          ({ y }) => y,
          ({ yhat }) => yhat === 1,
        ),
      ),
    )
    expect(one(measurements, 'latency', { aggregate: 'mean' })).toMatchObject(
      error(byCustomer(made, ({ ms }) => ms)),
    )
    expect(one(measurements, 'f1')).toMatchObject({
      ...error(
        [...Map.groupBy(made, ({ customer }) => customer).values()].flatMap((own) => {
          const sum = own.reduce((all, { y, yhat }) => all + 2 * y * yhat, 0)
          const samples = own.reduce((all, { y, yhat }) => all + y + yhat, 0)
          return samples > 0 ? [{ sum, samples }] : []
        }),
      ),
      samples: 400,
    })
  })

  test('of rows that belong together, areas and quantiles err by their clusters', async () => {
    const { measurements } = await read(csv(made), FULL)
    const clusterOf = ({ customer }: Made) => Number(customer.slice(1))
    const areaOf = (rows: readonly Made[]) => {
      const sum = sumClusteredArea(100)
      for (const row of rows.toSorted((a, b) => a.p - b.p)) sum.take(row.p, row.y === 1, clusterOf(row))
      const found = sum.result()
      if (!('area' in found)) throw new Error(found.why)
      return {
        ...{ value: expect.closeTo(found.area, 12), stderr: expect.closeTo(found.stderr, 10) },
        ...{ clusters: Math.min(found.withPositives, found.withNegatives), samples: rows.length },
      }
    }
    const quantileOf = (rows: readonly Made[], quantile: number) => {
      const sorted = rows.map(({ ms }) => ms).toSorted((a, b) => a - b)
      const value = sorted[Math.ceil(quantile * rows.length) - 1] ?? Number.NaN
      const clusters = [...Map.groupBy(rows, clusterOf).values()]
      const share = (of: (ms: number) => boolean) =>
        clusterEstimate(
          clusters.map((own) => ({ sum: own.filter(({ ms }) => of(ms)).length, samples: own.length })),
        ).stderr
      const shares = {
        ...{ clusters: clusters.length, below: share((ms) => ms < value) },
        atMost: share((ms) => ms <= value),
      }
      const { low = 0, high = 0 } = clusteredQuantileRanks(rows.length, quantile, shares, 0.975)
      return {
        ...{ value, clusters: clusters.length },
        interval: { low: sorted[low - 1], high: sorted[high - 1], level: 0.95, sides: 2 },
      }
    }
    const both = women.filter(({ race }) => race === 'B')

    for (const [rows, labels] of [
      [made, {}],
      [women, { sex: 'F' }],
      [both, { sex: 'F', race: 'B' }],
    ] as const) {
      expect(one(measurements, 'roc_auc', labels)).toMatchObject(areaOf(rows))
      expect(one(measurements, 'latency', { ...labels, aggregate: 'p50' })).toMatchObject(
        quantileOf(rows, 0.5),
      )
      expect(one(measurements, 'latency', { ...labels, aggregate: 'p90' })).toMatchObject(
        quantileOf(rows, 0.9),
      )
    }
  })

  test('ten generations of a prompt are one sample in everything that is said of them', async () => {
    const once = made.map((row, index) => ({ ...row, customer: `c${index}` }))
    const tenTimes = once.flatMap((row) => Array.from({ length: 10 }, () => row))
    const plan = { ...FULL, groups: [] }
    const [single, repeated] = [await read(csv(once), plan), await read(csv(tenTimes), plan)]
    const errors = ({ measurements }: typeof single) =>
      measurements.filter(({ stderr, interval }) => stderr !== undefined || interval !== undefined)

    expect(errors(repeated).length).toBe(errors(single).length)
    for (const [index, { metric, labels, stderr, clusters, interval }] of errors(repeated).entries()) {
      const before = errors(single)[index] as Measurement // one line above
      expect([metric, labels, clusters]).toEqual([before.metric, before.labels, before.clusters])
      if (stderr !== undefined) expect(stderr).toBeCloseTo(before.stderr ?? Number.NaN, 9)
      if (interval === undefined || before.interval === undefined) continue
      // The ranks of ten times as many rows end between the same values, or beside them.
      const width = before.interval.high - before.interval.low
      expect(interval.high - interval.low).toBeGreaterThan(width * 0.9)
    }
  })

  test('by a pinned threshold the score answers', async () => {
    const { measurements } = await read(csv(made), {
      score: 'p',
      threshold: 0.3,
      prediction: undefined as never,
    })

    expect(one(measurements, 'selection_rate')).toMatchObject({
      successes: made.filter(({ p }) => p >= 0.3).length,
      labels: { dataset: 'holdout', threshold: '0.3', positive: '1' },
    })
  })

  test('where they were read', async () => {
    const { measurements } = await read(csv(made), { groups: ['sex'] })

    expect(one(measurements, 'accuracy', { sex: 'F' })).toMatchObject({
      tool: 'gonogo rows',
      within: ['sex'],
      source: { ...PLACE, format: 'rows', pointer: '/accuracy/sex=F' },
    })
  })
})

describe('files that anybody may have made', () => {
  const y = 'y,yhat\n1,1\n0,0\n'
  test.each<readonly [string, string | Uint8Array, Partial<RowsPlan>, object]>([
    ['nothing', '', {}, { code: 'empty_file' }],
    ['a header alone', 'y,yhat\n', {}, { flaw: 'no_rows' }],
    ['no such column', y, { groups: ['sex'] }, { flaw: 'no_column', named: 'sex', found: ['y', 'yhat'] }],
    ['a column by another case', 'Y,yhat\n1,1\n', {}, { flaw: 'no_column', named: 'y' }],
    ['a column twice', 'y,yhat,y\n1,1,0\n', {}, { flaw: 'column_twice', named: 'y' }],
    [
      'a column by nearly that name',
      'y,y_hat\n1,1\n',
      {},
      { flaw: 'no_column', named: 'yhat', suggestion: 'y_hat' },
    ],
    ['a line that is too short', `${y}1\n`, {}, { flaw: 'ragged', line: 4, fields: { found: 1, wanted: 2 } }],
    [
      'a line that is too long',
      `${y}1,1,1\n1,1\n`,
      {},
      { flaw: 'ragged', line: 4, fields: { found: 3, wanted: 2 } },
    ],
    [
      'a line that is too long, packed',
      gzipSync(`${y}1,1,1\n1,1\n`),
      {},
      { flaw: 'ragged', line: 4, fields: { found: 3, wanted: 2 } },
    ],
    [
      'a line that is too long after a field with line ends and commas in it',
      '\uFEFF"a,y",yhat\r\n"1\n,""x"" ",1\r\n\r\n1,1,1\r\n',
      {},
      { flaw: 'ragged', line: 5, fields: { found: 3, wanted: 2 } },
    ],
    ['a quote that is never closed', `${y}1,"1\n0,0\n`, {}, { flaw: 'open_quote', line: 4 }],
    ['text after a field in quotes', `${y}1,"1"0\n`, {}, { flaw: 'after_quote', line: 4 }],
    [
      'lines that end now so, now so',
      `${y}1,1\r\n0,0\n`,
      {},
      { flaw: 'mixed_ends', line: 4, found: ['LF (as on Linux)', 'CR LF (as on Windows)'] },
    ],
    [
      'lines of Windows with one of Linux among them',
      'y,yhat\r\n1,1\r\n0,0\n1,1\r\n',
      {},
      { flaw: 'mixed_ends', line: 3, found: ['CR LF (as on Windows)', 'LF (as on Linux)'] },
    ],
    [
      'a line that ends with CR among others',
      'y,yhat\n1,1\n0,0\r1,1\n',
      {},
      { flaw: 'mixed_ends', line: 3, found: ['LF (as on Linux)', 'CR'] },
    ],
    [
      'bytes that are no UTF-8',
      Uint8Array.from([...bytes(`${y}1,`), 0xff, ...bytes('\n1,1\n')]),
      {},
      { flaw: 'not_utf8', line: 4 },
    ],
    ['a line without an end', `${y}1,${'1'.repeat(2_100_000)}\n`, {}, { flaw: 'long_line', line: 4 }],
    [
      'a key twice in a line of JSON',
      '{"y":1,"yhat":1}\n{"y":1,"y":0,"yhat":1}\n',
      {},
      { flaw: 'not_an_object', line: 2 },
    ],
    ['a line that is no JSON', '{"y":1,"yhat":1}\n{"y":\n', {}, { flaw: 'not_an_object', line: 2 }],
    [
      'a line that is no JSON, packed',
      gzipSync('{"y":1,"yhat":1}\n\n{"y":\n'),
      {},
      { flaw: 'not_an_object', line: 3 },
    ],
    ['a package that breaks off', gzipSync(y.repeat(5000)).subarray(0, -9), {}, { flaw: 'unreadable' }],
    ['a key that no line has', '{"y":1}\n{"y":0}\n', {}, { flaw: 'missing', named: 'yhat', rows: 2 }],
    [
      'a score that is NaN',
      'y,p\n1,NaN\n0,0.5\n',
      { score: 'p', prediction: undefined as never },
      { flaw: 'no_probability', rows: 1 },
    ],
    [
      'a score of 1.1',
      'y,p\n1,1.1\n0,0.5\n',
      { score: 'p', prediction: undefined as never },
      { flaw: 'no_probability', rows: 1 },
    ],
    [
      'an infinite latency',
      'ms\ninf\n2\n',
      { values: { latency: 'ms' }, label: undefined as never, prediction: undefined as never },
      { flaw: 'not_a_number', rows: 1 },
    ],
    ['a Parquet that is cut off', bytes('PAR1\u0015\u0004PAR1'), {}, { flaw: 'unreadable' }],
    ['an archive that is cut off', gzipSync(csv(madeRows(400))).subarray(0, 500), {}, { flaw: 'unreadable' }],
    ['what is no text', new Uint8Array([0xff, 0xfe, 0, 1, 2, 3, 10, 255, 10]), {}, {}],
    [
      'a pointer of Git LFS',
      `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`,
      {},
      { code: 'lfs_pointer' },
    ],
  ])('%s', async (_, content, plan, problem) => {
    const { measurements, problems } = await read(content, plan)

    expect(measurements).toEqual([])
    expect(problems).toMatchObject([
      { path: PLACE.path, ...('code' in problem ? {} : { code: 'bad_rows' }), ...problem },
    ])
  })

  test('other columns may be there twice', async () => {
    const { problems } = await read('y,score,yhat,score\r\n1,2,1,3\r\n0,2,0,3\r\n')

    expect(problems).toEqual([])
  })

  test('names and values that look like SQL are names and values', async () => {
    const name = `y"' FROM read_text('/etc/passwd'); --`
    const value = `'); DROP VIEW rows; --`
    const { measurements, problems } = await read(
      jsonl([
        { [name]: value, yhat: value },
        { [name]: '$positive', yhat: value },
      ]),
      { label: name, positive: value, groups: [name] },
    )

    expect(problems).toEqual([])
    expect(one(measurements, 'accuracy')).toMatchObject({ successes: 1, samples: 2 })
  })

  test('every cut of a Parquet is refused or read whole', async () => {
    for (let at = 4; at < parquet.byteLength; at += Math.ceil(parquet.byteLength / 12)) {
      const { measurements, problems } = await read(parquet.subarray(0, at), FULL)

      expect([measurements.length, problems.length]).toEqual([0, 1])
    }
  })
})

describe('limits', () => {
  const made = madeRows(400)
  const limited = async (limits: Partial<typeof ROWS_LIMITS>) =>
    (await readRows(bytes(csv(made)), { ...PLAN, ...FULL }, PLACE, { ...ROWS_LIMITS, ...limits })).reading

  test('of time', async () => {
    expect((await limited({ seconds: 0 })).problems).toMatchObject([{ code: 'bad_rows', flaw: 'too_slow' }])
  })

  test('of memory', async () => {
    expect((await limited({ memory: '1MB', spilled: '0KB' })).problems).toMatchObject([
      { code: 'bad_rows', flaw: 'too_much' },
    ])
  })

  test('nothing is left behind', async () => {
    // A folder of its own, as other tests count rows at the same time.
    const own = mkdtempSync(join(tmpdir(), 'gonogo-rows-test-'))
    vi.stubEnv('TMPDIR', own)
    try {
      await read(csv(made), FULL)
      await read('y,yhat\n1\n')
      expect(tmpdir()).toBe(own)
      expect(readdirSync(own)).toEqual([])
    } finally {
      vi.unstubAllEnvs()
      rmSync(own, { recursive: true, force: true })
    }
  })
})

const COMPAS = new URL('../../../../shared/samples/predictions/compas_for_aequitas.csv', import.meta.url)
  .pathname

// ProPublica (2016), "How We Analyzed the COMPAS Recidivism Algorithm": their table of all defendants.
test.skipIf(!existsSync(COMPAS))('COMPAS comes to what ProPublica published', async () => {
  const { measurements } = await read(readFileSync(COMPAS), {
    ...{ label: 'label_value', prediction: 'score', groups: ['race'] },
  })
  const rate = (metric: string, race: string) =>
    `${(100 * one(measurements, metric, { race }).value).toFixed(2)}%`

  expect(one(measurements, 'rows').value).toBe(7214)
  expect(['African-American', 'Caucasian'].map((race) => rate('false_positive_rate', race))).toEqual([
    '44.85%',
    '23.45%',
  ])
  expect(['African-American', 'Caucasian'].map((race) => rate('false_negative_rate', race))).toEqual([
    '27.99%',
    '47.72%',
  ])
})
