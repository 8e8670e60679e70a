import type { Collector } from './collect.ts'
import { identityOf } from './names.ts'
import { isFields, isNumber } from './narrow.ts'

const SCORE = /^(.{1,200}\/v\d{1,4})\/score$/

type Table = { readonly columns: readonly unknown[]; readonly data: readonly unknown[] }

/** A table of pandas, split, with a column of scores; undefined for any other. */
export function scoresOf(value: unknown): Table | undefined {
  if (!isFields(value)) return undefined
  const { columns, data } = value
  if (!Array.isArray(columns) || !Array.isArray(data)) return undefined
  return columns.some((name) => typeof name === 'string' && SCORE.test(name)) ? { columns, data } : undefined
}

/**
 * The mean of each column of scores over the rows that have one, by the name that MLflow gives it in the run. What
 * models wrote and why judges judged so is not read.
 */
export function readScores(value: unknown, found: Collector): void {
  const table = scoresOf(value)
  if (!table) return
  const { columns, data } = table
  if (data.length === 0) found.fault(['data'], { code: 'nothing_evaluated', at: '/data' })
  for (const [column, name] of columns.entries()) {
    const [, metric] = (typeof name === 'string' && SCORE.exec(name)) || []
    if (metric === undefined) continue
    if (columns.indexOf(name) !== column)
      found.fault(['columns', column], { code: 'duplicate_key', key: String(name) })
    else readColumn(`${metric}/mean`, column, data, found)
  }
}

function readColumn(metric: string, column: number, rows: readonly unknown[], found: Collector): void {
  const scores: number[] = []
  let whole = true
  for (const [row, cells] of rows.entries()) {
    const cell = Array.isArray(cells) ? cells[column] : undefined
    if (isNumber(cell)) scores.push(cell)
    else if (cell !== null) {
      found.malformed(['data', row, column], 'a score or null')
      whole = false
    }
  }
  if (!whole || rows.length === 0) return
  const samples = scores.length
  if (samples === 0) {
    found.fault(['columns', column], { code: 'nothing_evaluated', at: `/columns/${column}` })
    return
  }
  const value = scores.reduce((sum, score) => sum + score, 0) / samples
  const squares = scores.reduce((sum, score) => sum + (score - value) ** 2, 0)
  const left = rows.length - samples
  // Computed from all rows: no one place in the file has it.
  found.measure([], {
    metric,
    value,
    unit: 'value',
    samples,
    ...(samples > 1 ? { stderr: Math.sqrt(squares / (samples - 1) / samples) } : {}),
    ...(left > 0 ? { unevaluated: left } : {}),
    labels: {},
    ...identityOf({ tool: 'mlflow' }),
  })
}
