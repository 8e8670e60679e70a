import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { median, type Row } from './table.ts'

const run = promisify(execFile)
const PROCESS = fileURLToPath(new URL('./rows-process.ts', import.meta.url))
const ROWS = 10_000_000
const ROUNDS = 3

/** Written for the same work as a person would write it. */
const PANDAS = `
import sys, time, json
import pandas
from sklearn.metrics import roc_auc_score
start = time.perf_counter()
rows = pandas.read_csv(sys.argv[1])
counts = rows.groupby(['team', 'y', 'yhat']).size()
whole = roc_auc_score(rows.y, rows.p)
teams = [roc_auc_score(team.y, team.p) for _, team in rows.groupby('team')]
print(json.dumps({ 'ms': (time.perf_counter() - start) * 1000, 'area': whole }))
`

type Took = {
  readonly ms: number
  readonly megabytes: number
  readonly shown: number
  readonly area?: number
}

/** Ten million predictions in eight groups, in processes of their own, beside pandas with scikit-learn. */
export async function rows(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-bench-rows-'))
  try {
    const [parquet, csv] = [join(folder, 'rows.parquet'), join(folder, 'rows.csv')]
    await made(parquet, csv)
    const rates = await counted(parquet, 'without')
    const areas = await counted(parquet, 'with')
    const calibrated = await counted(parquet, 'calibrated')
    const { text, ratio, same } = await besidePandas(csv)
    const most = Math.max(...[rates, areas, calibrated, text].map(({ megabytes }) => megabytes))
    return [
      {
        what: '10 million predictions, 8 groups, Parquet: rates',
        measured: `${rates.ms.toFixed(0)} ms, ${rates.shown} intervals`,
        ...{ reach: '500 ms', ok: rates.ms <= 500 },
      },
      {
        what: 'the same with areas under the ROC curve',
        measured: `${areas.ms.toFixed(0)} ms, ${areas.shown} intervals`,
        ...{ reach: '3,000 ms', ok: areas.ms <= 3000 },
      },
      {
        what: 'and with calibration, where criteria ask for it',
        measured: `${calibrated.ms.toFixed(0)} ms, ${calibrated.shown} intervals`,
        reach: 'none is set',
      },
      {
        what: 'the same from CSV, beside pandas and scikit-learn',
        measured: `${text.ms.toFixed(0)} ms, ${ratio === undefined ? 'no pandas here' : `${ratio.toFixed(1)} times faster`}`,
        reach: '3 times, and the same area',
        ...(ratio !== undefined && { ok: ratio >= 3 && same }),
      },
      {
        what: 'the most memory of these',
        measured: `${most.toFixed(0)} MB`,
        reach: '1,024 MB',
        ok: most <= 1024,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function made(parquet: string, csv: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  // By a hash of the row's number, so that each run has the same rows.
  await connection.run(
    `CREATE VIEW made AS SELECT y, CAST(p >= 0.5 AS INTEGER) AS yhat, p, 'team ' || team AS team FROM (
       SELECT y, team, 1 / (1 + exp(-(1.2 * y - 0.9 + 3 * (u - 0.5)))) AS p FROM (
         SELECT CAST(hash(i) % 10 < 3 AS INTEGER) AS y, i % 8 AS team, (hash(i + 1e9) % 1000000007) / 1000000007 AS u
         FROM range(${ROWS}) AS numbers(i)))`,
  )
  await connection.run(`COPY (SELECT * FROM made) TO '${parquet}' (FORMAT parquet)`)
  await connection.run(`COPY (SELECT * FROM made) TO '${csv}' (FORMAT csv, HEADER)`)
  instance.closeSync()
}

async function counted(file: string, areas: 'with' | 'without' | 'calibrated'): Promise<Took> {
  const all: Took[] = []
  for (let round = 0; round < ROUNDS; round += 1) all.push(await once(file, areas))
  return middle(all)
}

async function once(file: string, areas: 'with' | 'without' | 'calibrated'): Promise<Took> {
  return JSON.parse((await run(process.execPath, [PROCESS, file, areas])).stdout)
}

function middle(all: readonly Took[]): Took {
  const [first] = all
  if (first === undefined) throw new Error('nothing was counted')
  return {
    ...first,
    ms: median(all.map(({ ms }) => ms)),
    megabytes: Math.max(...all.map(({ megabytes }) => megabytes)),
  }
}

/**
 * CSV by turns with pandas, where there is one, so that what else the machine does slows both; of the rounds the median
 * ratio. `PYTHON` names another interpreter than `python3`.
 */
async function besidePandas(
  csv: string,
): Promise<{ readonly text: Took; readonly ratio?: number; readonly same: boolean }> {
  const python = process.env.PYTHON ?? 'python3'
  const there = await run(python, ['-c', 'import pandas, sklearn']).then(
    () => true,
    () => false,
  )
  if (!there) return { text: await counted(csv, 'with'), same: true }
  const own: Took[] = []
  const others: { readonly ms: number; readonly area: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    own.push(await once(csv, 'with'))
    others.push(JSON.parse((await run(python, ['-c', PANDAS, csv])).stdout))
  }
  const ratios = own.map(({ ms }, round) => (others[round]?.ms ?? Number.NaN) / ms)
  const [first] = others
  const same = own.every(({ area = Number.NaN }) => Math.abs(area - (first?.area ?? Number.NaN)) < 1e-9)
  return { text: middle(own), ratio: median(ratios), same }
}
