import type { Reading } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import { pointer } from '../text/pointer.ts'
import { type GarakRow, garakRows, probeOf } from './avid-garak.ts'
import { type Collector, collect } from './collect.ts'
import { countOf, nameOf, namesOf, type Run, rateOf, runFrom } from './llm-results.ts'
import { type Fields, fieldsAt, fractionOf, isFields, isNumber, objectsIn } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'avid'
type Keys = readonly (string | number)[]
type About = { readonly run: Run; readonly labels: Fields }

/**
 * Reports for the AI Vulnerability Database, one as JSON or one a line: of Giskard's scan (`to_avid`), and of garak
 * (`garak --report`), whose counts are of outputs, however many of them one prompt has. What `results.value` of Giskard
 * is, its name says: `Fail rate` is a rate and `Failing samples` a count. Giskard writes issues only: what is not
 * there was found to be in order or was not scanned, and nothing says which.
 */
export const avid: Reader = {
  format,
  labels: ['report', 'risk_domain', 'sep', 'dataset', 'sensitive', 'probe', 'detector'],
  recognises: (content) =>
    content.kind === 'data'
      ? isReport(content.value)
      : content.kind === 'lines' && content.head.length > 0 && content.head.every(isReport),
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const { content } = input
  if (content.kind === 'data' && isFields(content.value)) readReport(content.value, [], found)
  if (content.kind !== 'lines') return found.reading()
  const text = content.each((value, line) => {
    if (isReport(value)) readReport(value, [line], found)
    else found.malformed([line], 'an AVID report')
  })
  const { measurements, records, problems } = found.reading()
  return { measurements, records, problems: [...text, ...problems] }
}

function isReport(value: unknown): value is Fields {
  return (
    isFields(value) &&
    Array.isArray(fieldsAt(value, 'affects').artifacts) &&
    isFields(value.problemtype) &&
    (value.data_type === 'AVID' || Object.hasOwn(value, 'reported_date'))
  )
}

function readReport(report: Fields, keys: Keys, found: Collector): void {
  const metrics = Array.isArray(report.metrics) ? report.metrics : []
  for (const [index, metric] of metrics.entries()) {
    if (found.full()) return
    if (!isFields(metric)) found.malformed([...keys, 'metrics', index], 'a metric with results')
    // Reports that people wrote name a test and have no number.
    else if (isFields(metric.results))
      readMetric(
        metric,
        metric.results,
        [...keys, 'metrics', index, 'results'],
        aboutOf(report, metric),
        found,
      )
  }
}

function aboutOf(report: Fields, metric: Fields): About {
  const artifacts = (type: string): readonly unknown[] => {
    const all = objectsIn(fieldsAt(report, 'affects').artifacts)
    return all.filter((artifact) => artifact.type === type).map(({ name }) => name)
  }
  const [model, otherModel] = artifacts('Model')
  const [dataset, otherDataset] = artifacts('Dataset')
  const taxonomy = fieldsAt(fieldsAt(report, 'impact'), 'avid')
  const method = nameOf(fieldsAt(metric, 'detection_method').name)
  const probe = probeOf(report)
  return {
    run: runFrom({
      model: otherModel === undefined ? model : undefined,
      tool: probe === undefined ? (method?.startsWith('Giskard Scanner') ? method : undefined) : 'garak',
      at: report.reported_date,
    }),
    labels: {
      report: fieldsAt(report, 'metadata').report_id,
      risk_domain: listed(taxonomy.risk_domain),
      sep: listed(taxonomy.sep_view),
      dataset: otherDataset === undefined ? dataset : undefined,
      sensitive: fieldsAt(metric, 'features').sensitive,
      probe,
    },
  }
}

/** Codes of a taxonomy, without the words behind them. */
function listed(value: unknown): string | undefined {
  const names = (Array.isArray(value) ? value : []).map((name) => nameOf(String(name).split(':')[0]))
  return names.length > 0 ? names.filter((name) => name !== undefined).join(' ') : undefined
}

function readMetric(
  metric: Fields,
  results: Fields,
  keys: Keys,
  { run, labels: known }: About,
  found: Collector,
): void {
  const rows = garakRows(results)
  const labels = namesOf(known)
  for (const row of rows) measureRow(row, keys, labels, run, found)
  if (rows.length > 0) return
  const name = nameOf(metric.name)?.toLowerCase().replaceAll(/\s+/g, '_')
  const { value } = results
  const counts = name === 'failing_samples'
  if (name === undefined || !isNumber(value) || (counts && countOf(value) === undefined))
    found.malformed(
      [...keys, 'value'],
      counts ? 'a whole number of at least 0' : 'a number, of a metric with a name',
    )
  else
    found.measure([...keys, 'value'], {
      metric: name,
      value,
      unit: counts ? 'count' : fractionOf(name, value),
      labels,
      ...run,
    })
}

function measureRow(
  row: GarakRow,
  keys: Keys,
  labels: Measurement['labels'],
  run: Run,
  found: Collector,
): void {
  const { detector, passed, total, score } = row
  const at = [...keys, ...row.keys]
  if (detector === undefined || passed === undefined || total === undefined || passed > total) {
    found.malformed(at, 'detector, passed and total_evaluated')
    return
  }
  const rate = rateOf(total - passed, total)
  // A percentage of what passed; 0 where nothing was evaluated.
  if (!rate) found.fault(at, { code: 'nothing_evaluated', at: detector })
  else if (isNumber(score) && Math.abs(score - (100 * passed) / total) > 1e-6)
    found.fault(at, {
      code: 'contradiction',
      at: pointer(at),
      one: `a score of ${score}`,
      other: `${passed} of ${total} passed`,
    })
  else found.measure(at, { metric: 'attack_success_rate', ...rate, labels: { ...labels, detector }, ...run })
}
