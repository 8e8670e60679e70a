import type { Reading } from '../core/evidence.ts'
import { metricOf } from '../core/metrics.ts'
import type { Content } from '../text/content.ts'
import { type Collector, collect } from './collect.ts'
import { type TaskRow, taskRows } from './lm-eval-rows.ts'
import { evaluatedOn, otherModel, type Run, runOf } from './lm-eval-run.ts'
import { type Fields, fieldsAt, fractionOf, isFields, isNumber, overSamples } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'lm-eval'

/**
 * Results of lm-evaluation-harness, all generations: 0.2/0.3 (also by gpt-neox), the bigscience fork and its
 * aggregates, 0.4 and 0.4.9. `git_hash` is the commit of the directory that it ran in, not of the model, and is
 * not read.
 */
export const lmEval: Reader = {
  format,
  labels: [
    'task',
    'filter',
    'task_version',
    'shots',
    'dataset',
    'dataset_config',
    'split',
    'prompt',
    'timestamp',
    'group',
    'model_revision',
  ],
  shapes: [['results', 'config', 'versions', 'configs', 'n-samples']],
  recognises: (content) => fileOf(content) !== undefined,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const file = fileOf(input.content)
  if (!file) return found.reading()
  const run = runOf(file)
  const rows = taskRows(file)
  for (const row of rows) measureRow(row, run, found)
  limits(file, rows, found)
  const adapter = evaluatedOn(file)
  if (adapter !== undefined) found.record((source) => ({ kind: 'adapter', type: 'peft', ...adapter, source }))
  const other = otherModel(file)
  if (other !== undefined) {
    const [one, loaded] = other.map((name) => name.slice(0, 200))
    found.fault(['model_name'], {
      ...{ code: 'contradiction', at: '/model_name', one: one ?? '' },
      other: `${loaded} by its arguments`,
    })
  }
  return found.reading()
}

function fileOf(content: Content): Fields | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { results, versions, configs, 'n-samples': samples } = content.value
  const listed =
    Array.isArray(results) &&
    results.length > 0 &&
    results.every((row) => isFields(row) && typeof row.task_name === 'string')
  const mapped = isFields(results) && Object.values(results).every(isFields)
  return (listed || mapped) && [versions, configs, samples].some(isFields) ? content.value : undefined
}

function measureRow(row: TaskRow, run: Run, found: Collector): void {
  const filtered = Object.keys(row.fields).some((key) => key.includes(','))
  for (const [key, value] of Object.entries(row.fields)) {
    const { metric, filter } = nameOf(key)
    // From 0.4 on every metric names its filter; `alias` and counts stand beside them.
    if (metric.endsWith('_stderr') || (filtered && filter === undefined)) continue
    if (!isNumber(value)) {
      const wrong = filter !== undefined && typeof value === 'string' && value !== 'N/A'
      if (wrong) found.malformed([...row.keys, key], 'a number')
      continue
    }
    const stderr = row.fields[filter === undefined ? `${metric}_stderr` : `${metric}_stderr,${filter}`]
    if (isNumber(stderr) && stderr < 0) {
      found.malformed([...row.keys, key], 'a standard error of at least 0')
      continue
    }
    const labels = {
      ...row.labels,
      ...(filter === undefined ? {} : { filter }),
      ...(run.revision === undefined ? {} : { model_revision: run.revision }),
    }
    found.measure([...row.keys, key], {
      metric,
      value,
      unit: fractionOf(metric, value),
      ...samplesOf(row, metric, value, stderr),
      ...(isNumber(stderr) ? { stderr } : {}),
      labels,
      tool: run.tool,
      ...(run.model === undefined ? {} : { model: run.model }),
      ...(run.at === undefined ? {} : { at: run.at }),
    })
  }
}

/** `<metric>,<filter>` from 0.4 on, `<metric>` before. */
function nameOf(key: string): { readonly metric: string; readonly filter?: string } {
  const comma = key.indexOf(',')
  return comma === -1 ? { metric: key } : { metric: key.slice(0, comma), filter: key.slice(comma + 1) }
}

function samplesOf(
  row: TaskRow,
  metric: string,
  value: number,
  stderr: unknown,
): { readonly samples?: number; readonly recovered?: true } {
  // The standard error of a group is pooled over its tasks: no count follows from it.
  if (row.group) return {}
  if (row.effective !== undefined)
    return overSamples(metric) && Number.isSafeInteger(row.effective) ? { samples: row.effective } : {}
  if (!metricOf(metric)?.proportion || !isNumber(stderr) || stderr <= 0 || value <= 0 || value >= 1) return {}
  // The harness takes the standard error of a mean of 0 and 1 with n - 1 (`lm_eval.api.metrics.mean_stderr`).
  const samples = (value * (1 - value)) / stderr ** 2 + 1
  return nearInteger(samples) && nearInteger(value * samples)
    ? { samples: Math.round(samples), recovered: true }
    : {}
}

function nearInteger(value: number): boolean {
  return Math.round(value) >= 1 && Math.abs(value - Math.round(value)) <= 1e-3
}

function limits(file: Fields, rows: readonly TaskRow[], found: Collector): void {
  const short = rows.filter(
    ({ original, effective }) => original !== undefined && effective !== undefined && effective < original,
  )
  for (const { labels, original, effective } of short) {
    const keys = ['n-samples', labels.task ?? '']
    found.fault(keys, { code: 'limited_run', done: String(effective), all: String(original) })
  }
  const { limit } = fieldsAt(file, 'config')
  if (short.length > 0 || limit === undefined || limit === null) return
  // A limit at or above the size of every task cut nothing off.
  const whole = rows.length > 0 && rows.every(({ group, original }) => group || original !== undefined)
  if (!whole)
    found.fault(['config', 'limit'], {
      code: 'limited_run',
      done: `limit ${String(limit).slice(0, 40)}`,
      all: 'all',
    })
}
