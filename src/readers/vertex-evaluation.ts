import type { Reading } from '../core/evidence.ts'
import { metricOf } from '../core/metrics.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { identityOf, namesOf } from './names.ts'
import { type Fields, fieldsAt, fractionOf, isFields, isNotFinite, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { isoOf, timeText } from './times.ts'

const format = 'vertex-evaluation'
type Keys = readonly (string | number)[]
type Labels = Readonly<Record<string, string>>

/**
 * Metrics of a Vertex AI model evaluation, bare or within the evaluation or one slice of it. Counts are int64, which
 * its JSON writes as text; a threshold that is missing there is 0.
 */
export const vertexEvaluation: Reader = {
  format,
  labels: ['threshold', 'slice', 'slice_value'],
  recognises: (content) => metricsOf(content) !== undefined,
  read,
}

type Found = { readonly metrics: Fields; readonly keys: Keys; readonly file: Fields }

function metricsOf(content: Content): Found | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { value } = content
  if (typeof value.metricsSchemaUri === 'string' && isFields(value.metrics))
    return { metrics: value.metrics, keys: ['metrics'], file: value }
  const has = (name: string): boolean => Object.hasOwn(value, name)
  const classification = has('auPrc') && (has('auRoc') || Array.isArray(value.confidenceMetrics))
  const regression = has('rootMeanSquaredError') && has('meanAbsoluteError') && has('rSquared')
  return classification || regression ? { metrics: value, keys: [], file: {} } : undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const file = metricsOf(input.content)
  if (!file) return found.reading()
  const { dimension, value } = fieldsAt(file.file, 'slice')
  const identity = identityOf({
    tool: 'vertex-ai',
    at: isoOf(file.file.createTime) ?? timeText(file.file.createTime),
  })
  const slice = namesOf({ slice: dimension, slice_value: value })
  measureAll(file.metrics, file.keys, slice, identity, found)
  const { confidenceMetrics: rows } = file.metrics
  for (const [index, row] of (Array.isArray(rows) ? rows : []).entries()) {
    if (found.full()) break
    const keys = [...file.keys, 'confidenceMetrics', index]
    if (!isFields(row)) {
      found.malformed(keys, 'metrics at a threshold')
      continue
    }
    const { confidenceThreshold: threshold = 0, ...metrics } = row
    if (isNumber(threshold))
      measureAll(metrics, keys, { ...slice, threshold: String(threshold) }, identity, found)
    else found.malformed([...keys, 'confidenceThreshold'], 'a number')
  }
  return found.reading()
}

function measureAll(
  metrics: Fields,
  keys: Keys,
  labels: Labels,
  identity: ReturnType<typeof identityOf>,
  found: Collector,
): void {
  for (const [name, value] of Object.entries(metrics)) {
    const at = [...keys, name]
    if (typeof value === 'string' && isNotFinite(value))
      found.fault(at, { code: 'not_finite', at: pointer(at), found: value })
    if (!isNumber(value)) continue
    const metric = spelled(name)
    const counts = countsFor(metric, metrics)
    // Written with the seven digits of a float.
    if (counts && counts.samples > 0 && Math.abs(counts.successes / counts.samples - value) > 1e-6) {
      const other = `${counts.successes}/${counts.samples} by its counts`
      found.fault(at, { code: 'contradiction', at: pointer(at), one: String(value), other })
    } else {
      found.measure(at, { metric, value, unit: fractionOf(metric, value), ...counts, labels, ...identity })
    }
  }
}

/** `falsePositiveRate` as the table of metrics has it. */
function spelled(name: string): string {
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return metricOf(name)?.name ?? metricOf(snake)?.name ?? name
}

/** The counts that a rate at a threshold is the ratio of, where all of them are there. */
function countsFor(
  metric: string,
  row: Fields,
): { readonly samples: number; readonly successes: number } | undefined {
  const tp = countAt(row, 'truePositiveCount')
  const fp = countAt(row, 'falsePositiveCount')
  const fn = countAt(row, 'falseNegativeCount')
  const tn = countAt(row, 'trueNegativeCount')
  if (metric === 'precision') return ratio(tp, fp)
  if (metric === 'recall') return ratio(tp, fn)
  return metric === 'false_positive_rate' ? ratio(fp, tn) : undefined
}

function ratio(
  hits: number | undefined,
  others: number | undefined,
): { readonly samples: number; readonly successes: number } | undefined {
  return hits === undefined || others === undefined ? undefined : { samples: hits + others, successes: hits }
}

function countAt(row: Fields, key: string): number | undefined {
  const written = row[key]
  const count = typeof written === 'string' && /^\d{1,15}$/.test(written) ? Number(written) : written
  return isNumber(count) && Number.isSafeInteger(count) && count >= 0 ? count : undefined
}
