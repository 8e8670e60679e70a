import type { Reading } from '../core/evidence.ts'
import { metricOf } from '../core/metrics.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { identityOf, namesOf } from './names.ts'
import { fractionOf, isNotFinite, numberOf } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { isoOf, timeText } from './times.ts'

const format = 'amlb-results'
const LABELS = ['task', 'framework', 'version', 'fold', 'constraint'] as const
const NEEDED = ['task', 'framework', 'fold', 'result', 'info']

/** What describes a run and is no metric of it; columns after these are. */
const RUN: ReadonlySet<string> = new Set([
  ...NEEDED,
  ...['id', 'type', 'constraint', 'metric', 'mode', 'version', 'params', 'app_version', 'tag', 'utc'],
  ...['duration', 'training_duration', 'predict_duration', 'models_count', 'models', 'seed'],
])

/**
 * Results of the AutoML benchmark, a row for each fold of a task. A fold without a result failed, and why, in `info`,
 * is not read. Newer files name the metric of `result`, negated where less is better: `neg_logloss`.
 */
export const amlbResults: Reader = {
  format,
  labels: LABELS,
  recognises: (content) => content.kind === 'table' && NEEDED.every((name) => content.header.includes(name)),
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  if (input.content.kind !== 'table') return found.reading()
  const { header, rows } = input.content
  const columns = header.filter((name) => name !== '' && !RUN.has(name))
  const seen = new Map<string, number>()
  for (const [index, row] of rows.entries()) {
    if (found.full()) break
    const cellOf = (name: string): string => row.cells[header.indexOf(name)]?.trim() ?? ''
    const key = JSON.stringify([...LABELS, 'seed'].map(cellOf))
    const first = seen.get(key)
    if (first === undefined) readFold(cellOf, index + 1, columns, found)
    else {
      const keys = [index + 1, 'fold']
      const other = `row ${first} of the same fold`
      found.fault(keys, { code: 'contradiction', at: pointer(keys), one: `row ${index + 1}`, other })
    }
    seen.set(key, first ?? index + 1)
  }
  return found.reading()
}

function readFold(
  cellOf: (name: string) => string,
  row: number,
  columns: readonly string[],
  found: Collector,
): void {
  const labels = namesOf(Object.fromEntries(LABELS.map((name) => [name, cellOf(name)])))
  if (cellOf('result') === '') {
    const fold = `no result of fold ${labels.fold ?? '?'} of ${labels.task ?? '?'} by ${labels.framework ?? '?'}`
    found.fault([row, 'result'], { code: 'not_finished', found: fold })
    return
  }
  const identity = identityOf({ tool: 'amlb', at: isoOf(cellOf('utc'), 'utc') ?? timeText(cellOf('utc')) })
  const measure = (column: string, metric: string): void => {
    const cell = cellOf(column)
    const value = numberOf(cell)
    if (value !== undefined)
      found.measure([row, column], { metric, value, unit: fractionOf(metric, value), labels, ...identity })
    else if (isNotFinite(cell))
      found.fault([row, column], { code: 'not_finite', at: pointer([row, column]), found: cell })
    else if (cell !== '') found.malformed([row, column], 'a plain number')
  }
  for (const column of columns) measure(column, column)
  // The same number stands under its own name in most files, and is not told twice.
  if (columns.some((column) => numberOf(cellOf(column)) === numberOf(cellOf('result')))) return
  const named = cellOf('metric')
  measure('result', metricOf(named) ? named : 'result')
}
