import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCriteria } from '../../src/criteria/criteria.ts'
import { planOf } from '../../src/sources/rows/plan.ts'
import { readRows } from '../../src/sources/rows/read.ts'
import { parseYaml } from '../../src/text/yaml.ts'
import { gonogo, type LocalRepository, localRepository, write } from './clone.ts'

const SEX = ['F', 'M'] as const
const made = Array.from({ length: 120 }, (_, index) => ({
  y: index % 3 === 0 ? 1 : 0,
  yhat: index % 4 === 0 ? 1 : 0,
  p: index % 4 === 0 ? 0.75 : (index % 10) / 20,
  sex: SEX[index % 2] ?? 'F',
  customer: `c${index % 30}`,
  ms: index,
}))
const csv = `y,yhat,p,sex,customer,ms\n${made.map((row) => `${Object.values(row).join(',')}\n`).join('')}`
const jsonl = made.map((row) => `${JSON.stringify(row)}\n`).join('')
const COLUMNS = [
  '--label',
  'y',
  '--prediction',
  'yhat',
  '--score',
  'p',
  '--groups',
  'sex',
  '--cluster',
  'customer',
]
const ALL = [...COLUMNS, '--values', 'latency=ms']

const CRITERIA = `gonogo: 1
model: credit
risk: low
approach: build
datasets: { holdout: { snapshot: v1, positive: 1, threshold: 0.5, groups: { sex: [F, M] } } }
criteria:
  - { id: a, control: performance, check: metric, metric: accuracy, dataset: holdout, at_least: 0.5 }
`
const MANIFEST = `gonogo: 1
model: credit
version: 1.0.0
weights: [{ path: model.bin, sha256: ${'a'.repeat(64)} }]
training: { commit: ${'b'.repeat(40)} }
evidence:
  - { rows: rows.csv, dataset: holdout, label: y, score: p, cluster: customer }
  - { path: metrics.json, dataset: holdout }
  - { rows: out/rows.jsonl, artifact: validation, workflow: .github/workflows/v.yml, dataset: holdout, label: y, prediction: yhat }
`

let repository: LocalRepository
beforeAll(async () => {
  repository = localRepository()
  write(repository.folder, {
    '.gonogo/criteria/credit.yml': CRITERIA,
    'models/credit/release.yml': MANIFEST,
    'models/credit/rows.csv': csv,
    'models/credit/metrics.json': '{ "accuracy": 0.9 }\n',
    'out/rows.jsonl': jsonl,
    'rows.csv.gz': gzipSync(csv),
    'rows.jsonl.gz': gzipSync(jsonl),
    'ragged.csv': 'y,yhat\n1,1\n0\n',
    'mixed.csv': 'y,yhat\n1,1\n0,0\r\n',
    'few.csv': 'metric,value\naccuracy,0.5\n',
    'named.csv': `case,y,p\n${made.map((_, at) => `A${at}x,1,0.5\n`).join('')}`,
    'empty.csv': '',
  })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const [from, to] = [
    join(repository.folder, 'models/credit/rows.csv'),
    join(repository.folder, 'rows.parquet'),
  ]
  await connection.run(`COPY (SELECT * FROM read_csv('${from}')) TO '${to}' (FORMAT parquet)`)
  instance.closeSync()
})
afterAll(() => repository.remove())

const read = (...args: readonly string[]) => gonogo(repository.folder, ['read', ...args])
const ROWS = 'models/credit/rows.csv'

async function measured(...args: readonly string[]) {
  const { code, out } = await read('--json', ...args)
  const [file] = JSON.parse(out)
  return { code, ...file }
}

describe('gonogo read of rows', () => {
  test('what they come to, in text', async () => {
    const { code, out } = await read(ROWS, ...ALL)

    expect(code).toBe(0)
    expect(out).toContain(`${ROWS}  rows\n`)
    expect(out).toMatch(/selection_rate +0\.25 {2}n = 120 {2}positive: 1/)
    expect(out).toMatch(/selection_rate +0\.5 {2}n = 60 {2}positive: 1, sex: F/)
    expect(out).toMatch(/latency +59\.5 {2}n = 120 {2}aggregate: mean/)
    expect(out).toMatch(/roc_auc/)
  })

  test.each([ROWS, 'rows.csv.gz', 'out/rows.jsonl', 'rows.jsonl.gz', 'rows.parquet'])(
    '%s says the same, of the blob that it is',
    async (file) => {
      const bare = (all: readonly { source: object }[]) => all.map(({ source: _, ...one }) => one)
      const [plain, other] = [await measured(ROWS, ...ALL), await measured(file, ...ALL)]

      expect(other).toMatchObject({ code: 0, file, format: 'rows', problems: [] })
      expect(bare(other.measurements)).toEqual(bare(plain.measurements))
      expect(other.measurements.length).toBeGreaterThan(40)
      expect(other.measurements[0].labels).not.toHaveProperty('dataset')
    },
  )

  test('as the gate sees them: by the manifest, with what the criteria pin', async () => {
    const found = await measured('--manifest', 'models/credit/release.yml', ROWS)
    const { criteria } = parseCriteria(parseYaml(CRITERIA, 'c.yml'), 'c.yml')
    const columns = { label: 'y', score: 'p', cluster: 'customer', groups: [], values: {} }
    const bytes = new TextEncoder().encode(csv)
    const sha = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
    const gate = await readRows(bytes, planOf(columns, 'holdout', criteria), { path: ROWS, sha })

    expect(found.measurements).toEqual(JSON.parse(JSON.stringify(gate.reading.measurements)))
    expect(found.measurements).toContainEqual(
      expect.objectContaining({
        metric: 'selection_rate',
        labels: { dataset: 'holdout', positive: '1', threshold: '0.5', sex: 'F' },
      }),
    )
  })

  test('a file of an artifact, and one that is no rows, as the manifest names them', async () => {
    const both = await read(
      '--json',
      '--manifest',
      'models/credit/release.yml',
      'out/rows.jsonl',
      'models/credit/metrics.json',
    )
    const [rows, metrics] = JSON.parse(both.out)

    expect(rows.problems).toMatchObject([{ code: 'bad_rows' }])
    expect(rows.problems[0].message).toContain('threshold `0.5`')
    expect(metrics.measurements).toMatchObject([{ metric: 'accuracy', labels: { dataset: 'holdout' } }])
  })

  test('--select chooses among them', async () => {
    const { code, out } = await read(ROWS, ...ALL, '--select', 'selection_rate where sex=F')

    expect(code).toBe(0)
    expect(out).toContain('selection_rate  0.5')
  })

  test('--positive, --threshold and --dataset stand for what criteria pin', async () => {
    const found = await measured(
      ROWS,
      '--label',
      'y',
      '--score',
      'p',
      '--positive',
      '1',
      '--threshold',
      '0.5',
      '--dataset',
      'h',
    )

    expect(found.measurements).toContainEqual(
      expect.objectContaining({
        ...{ metric: 'selection_rate', value: 0.25 },
        labels: { dataset: 'h', positive: '1', threshold: '0.5' },
      }),
    )
  })

  test.each([
    ['rows.parquet', []],
    ['rows.csv.gz', []],
    [ROWS, ['--rows']],
    ['out/rows.jsonl', ['--label', 'y']],
  ])('2: %s %j: which columns are there, and how to name them', async (file, options) => {
    const { code, out } = await read(file, ...options)

    expect(code).toBe(2)
    expect(out).toContain(
      'nothing says which column is what; there are `y`, `yhat`, `p`, `sex`, `customer`, `ms`\n    name them, such as with `--label y --prediction yhat',
    )
  })

  test('a table or JSON lines may be rows, which is said beside what is read of them', async () => {
    const hint = 'if each line is one sample, read it as rows with the columns `y`, `yhat`'

    expect((await read(ROWS)).out).toContain(hint)
    expect((await read('out/rows.jsonl')).out).toContain(hint)
    expect((await read(ROWS)).out.split('\n')[1]).toContain(hint)
    expect((await measured('out/rows.jsonl')).columns).toEqual(['y', 'yhat', 'p', 'sex', 'customer', 'ms'])
    expect((await read('few.csv')).out).not.toContain('read it as rows')
    expect((await measured('named.csv')).columns).toEqual(['case', 'y', 'p'])
  })

  test('of what may be rows the first 20 numbers are printed, with --all and --json each', async () => {
    const [some, all, json] = [await read(ROWS), await read(ROWS, '--all'), await measured(ROWS)]
    const numbers = ({ out }: { readonly out: string }) => out.match(/\(\/\d+\/\w+, line \d+\)$/gm)?.length

    expect([numbers(some), numbers(all), json.measurements.length]).toEqual([20, 480, 480])
    expect(some.out).toContain('  and 460 more, which --all shows\n')
    expect(all.out).not.toContain('--all')
    expect(some.out).toContain('480 measurements')
  })

  test.each([
    [
      'ragged.csv',
      'line 3: this line has 1 field, and the header has 2\n    write every line with all columns',
    ],
    ['mixed.csv', 'line 3: this line ends with CR LF (as on Windows), and the lines before it end with LF'],
    ['few.csv', 'the file has no column `y`; it has `metric`, `value`'],
    ['empty.csv', 'the file is empty'],
  ])('2: %s: what is wrong, in which line, and what to do', async (file, expected) => {
    const { code, out } = await read(file, '--label', 'y', '--prediction', 'yhat')

    expect(code).toBe(2)
    expect(out).toContain(expected)
  })

  test.each([
    [['--manifest', 'models/credit/release.yml', '--label', 'y', ROWS], 'either --manifest or --label'],
    [
      ['--manifest', 'models/credit/release.yml', 'few.csv'],
      'does not name few.csv; it names models/credit/rows.csv',
    ],
    [['--manifest', 'none.yml', ROWS], 'none.yml is not a file'],
    [['--manifest', 'few.csv', ROWS], 'few.csv names no evidence'],
    [[ROWS, '--prediction', 'yhat', '--threshold', 'half'], '--threshold: half is no number'],
    [[ROWS, '--prediction', 'yhat', '--groups', 'sex,positive'], "positive is a label of gonogo's own"],
  ])('3: %j', async (args, expected) => {
    const { code, err } = await read(...args)

    expect(code).toBe(3)
    expect(err).toContain(expected)
  })

  test('3: criteria that can not be read pin what is not known', async () => {
    const folder = 'broken'
    write(repository.folder, {
      [`${folder}/.gonogo/criteria/credit.yml`]: 'gonogo: 2\n',
      [`${folder}/models/credit/release.yml`]: MANIFEST,
      [`${folder}/models/credit/rows.csv`]: csv,
    })
    const { code, err } = await read(
      '--manifest',
      `${folder}/models/credit/release.yml`,
      `${folder}/models/credit/rows.csv`,
    )

    expect(code).toBe(3)
    expect(err).toContain('has problems')
  })
})
