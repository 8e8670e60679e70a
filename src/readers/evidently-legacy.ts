import type { Collector } from './collect.ts'
import { type About, type Keys, measureDrift, measureShare } from './evidently-drift.ts'
import { type Fields, fieldsAt, fractionOf, isFields, isNumber } from './narrow.ts'
import { nameOf } from './suite.ts'
import { timeText } from './times.ts'

/** The sections of a profile (0.1), each under its own name. */
export const SECTIONS: readonly string[] = [
  ...['data_drift', 'cat_target_drift', 'num_target_drift', 'data_quality', 'regression_performance'],
  ...['classification_performance', 'probabilistic_classification_performance'],
]

/** One section of a profile: `data.metrics` holds columns beside counts, or results on the current and the reference data. */
export function readSection(section: string, fields: Fields, tool: string, found: Collector): void {
  const keys = [section, 'data', 'metrics']
  const metrics = fieldsAt(fieldsAt(fields, 'data'), 'metrics')
  const about = { labels: { report: section }, tool, ...timeWritten(fields.datetime) }
  measureShare(metrics, keys, about, found)
  columns(metrics, keys, about, found)
  sides(metrics, keys, about, found)
}

/** One entry `{ metric, result }` of a report (0.2 to 0.5). */
export function readResult(
  metric: string,
  result: Fields,
  keys: Keys,
  { labels, ...run }: About,
  found: Collector,
): void {
  const about = { labels: { ...labels, report: nameOf(metric) }, ...run }
  measureShare(result, keys, about, found)
  if ('drift_score' in result)
    columns({ [String(result.column_name ?? '')]: result }, keys, about, found, true)
  columns(fieldsAt(result, 'drift_by_columns'), [...keys, 'drift_by_columns'], about, found)
  sides(result, keys, about, found)
}

/** Columns by name; what has no drift value is none. `itself`: the entry stands at the keys, and not under its name. */
function columns(by: Fields, keys: Keys, about: About, found: Collector, itself = false): void {
  for (const [name, entry] of Object.entries(by)) {
    if (found.full() || !isFields(entry)) continue
    const key = ['drift_score', 'p_value'].find((one) => Object.hasOwn(entry, one))
    if (key === undefined) continue
    const { stattest_name: method, stattest_threshold: limit, threshold, drift_detected: detected } = entry
    const place = [...(itself ? keys : [...keys, name]), key]
    const [column, by] = [name === '' ? {} : { column: name }, typeof method === 'string' ? { method } : {}]
    measureDrift(
      { ...column, ...by, threshold: limit ?? threshold, detected, value: entry[key], keys: place },
      about,
      found,
    )
  }
}

/** Numbers on the current data and on those that they are compared with, told apart by the label `data`. */
function sides(result: Fields, keys: Keys, about: About, found: Collector): void {
  for (const data of ['current', 'reference']) {
    for (const [metric, value] of Object.entries(fieldsAt(result, data))) {
      if (!isNumber(value)) continue
      const labels = { ...about.labels, data }
      found.measure([...keys, data, metric], {
        ...about,
        metric: nameOf(metric),
        value,
        unit: fractionOf(metric, value),
        labels,
      })
    }
  }
}

/** `2026-02-03 09:15:00.25` as ISO 8601; anything else as it is written. */
export function timeWritten(value: unknown): { readonly at?: string } {
  const at = timeText(value)?.replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T')
  return at === undefined ? {} : { at }
}
