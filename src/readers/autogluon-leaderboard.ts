import type { Reading } from '../core/evidence.ts'
import { metricOf } from '../core/metrics.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { identityOf, namesOf } from './names.ts'
import { fractionOf, isNotFinite, numberOf } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'autogluon-leaderboard'

/** Of which data a score is. */
const SCORES: Readonly<Record<string, string>> = { score_test: 'test', score_val: 'validation' }
const TIMES = ['pred_time_test', 'pred_time_val', 'fit_time']

/**
 * AutoGluon's leaderboard: each model that was tried, with its score on the data that chose among them, and on test
 * data where it was given some. Errors are negated there so that higher is better: what may be one stays a `score`.
 */
export const autogluonLeaderboard: Reader = {
  format,
  labels: ['model', 'split', 'eval_metric'],
  recognises: (content) =>
    content.kind === 'table' &&
    ['model', 'score_val'].every((name) => content.header.includes(name)) &&
    ['pred_time_val', 'fit_time', 'stack_level'].some((name) => content.header.includes(name)),
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  if (input.content.kind !== 'table') return found.reading()
  const { header, rows } = input.content
  const seen = new Map<string, number>()
  for (const [index, { cells }] of rows.entries()) {
    if (found.full()) break
    const cellOf = (name: string): string => cells[header.indexOf(name)]?.trim() ?? ''
    const model = cellOf('model')
    const first = seen.get(model)
    if (model === '') found.malformed([index + 1, 'model'], 'the name of a model')
    else if (first === undefined) readRow(cellOf, index + 1, found)
    else {
      const keys = [index + 1, 'model']
      const other = `row ${first} of the same model`
      found.fault(keys, { code: 'contradiction', at: pointer(keys), one: `row ${index + 1}`, other })
    }
    seen.set(model, first ?? index + 1)
  }
  return found.reading()
}

function readRow(cellOf: (name: string) => string, row: number, found: Collector): void {
  const measured = cellOf('eval_metric')
  const labels = { model: cellOf('model'), eval_metric: measured }
  const identity = identityOf({ tool: 'autogluon' })
  for (const [column, split] of Object.entries(SCORES)) {
    const value = number(cellOf(column), [row, column], found)
    if (value === undefined) continue
    const metric = isGain(measured) ? measured : 'score'
    const unit = fractionOf(metric, value)
    found.measure([row, column], { metric, value, unit, labels: namesOf({ ...labels, split }), ...identity })
  }
  for (const column of TIMES) {
    const value = number(cellOf(column), [row, column], found)
    if (value !== undefined)
      found.measure([row, column], {
        metric: column,
        value,
        unit: 'value',
        labels: namesOf(labels),
        ...identity,
      })
  }
}

/** Whether more of a metric is better by its nature, so that AutoGluon wrote it as it is. */
function isGain(name: string): boolean {
  const known = metricOf(name)
  return known?.range?.[1] === 1 && !/error|loss|brier|false/.test(known.name)
}

function number(cell: string, keys: readonly [number, string], found: Collector): number | undefined {
  if (cell === '') return undefined
  const value = numberOf(cell)
  if (value !== undefined) return value
  if (isNotFinite(cell)) found.fault(keys, { code: 'not_finite', at: pointer(keys), found: cell })
  else found.malformed(keys, 'a plain number')
  return undefined
}
