import type { Reading } from '../core/evidence.ts'
import { metricOf } from '../core/metrics.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { documentRecord } from './document-record.ts'
import { groupLabels, OVERALL, shortName, spelled } from './groups.ts'
import { type Fields, fieldsAt, fractionOf, isFields, isNotFiniteText, isNumber, numberOf } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { writtenIn } from './written-section.ts'

const format = 'model-card-toolkit'
type Keys = readonly (string | number)[]
type Labels = Readonly<Record<string, string>>

/**
 * The JSON of a model card of Model Card Toolkit: numbers, or numbers as text. Without a slice a metric is of all.
 * Its confidence intervals name no level, so that none is given; one that is around nothing, or beyond what the
 * metric can be, is a problem.
 */
export const modelCardToolkit: Reader = {
  format,
  labels: ['scope', 'slice', 'the attribute of the slice', 'threshold'],
  recognises: (content) => metricsOf(content) !== undefined,
  read,
}

function metricsOf(
  content: Content,
): { readonly list: readonly unknown[]; readonly model?: string } | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { performance_metrics: list } = fieldsAt(content.value, 'quantitative_analysis')
  const { name } = fieldsAt(content.value, 'model_details')
  const model = shortName(name)
  return Array.isArray(list) ? { list, ...(model === undefined ? {} : { model }) } : undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const { list, model } = metricsOf(input.content) ?? { list: [] }
  const seen = new Map<string, number>()
  for (const [index, entry] of list.entries()) {
    const keys = ['quantitative_analysis', 'performance_metrics', index]
    if (isFields(entry)) readMetric(entry, keys, model, seen, found)
    else found.malformed(keys, 'a metric with type and value')
  }
  const { content } = input
  if (content.kind === 'data' && isFields(content.value)) readWritten(content.value, found)
  return found.reading()
}

function readWritten(card: Fields, found: Collector): void {
  found.record((source, placeOf) => documentRecord(writtenIn(card, placeOf), source, found))
}

function readMetric(
  entry: Fields,
  keys: Keys,
  model: string | undefined,
  seen: Map<string, number>,
  found: Collector,
): void {
  const type = shortName(entry.type)
  const at = [...keys, 'value']
  if (type === undefined) {
    found.malformed([...keys, 'type'], 'the name of a metric')
    return
  }
  if (isNotFiniteText(entry.value)) {
    found.fault(at, { code: 'not_finite', at: pointer(at), found: entry.value.trim() })
    return
  }
  const value = numberAt(entry.value)
  if (value === undefined) {
    found.malformed(at, 'a number')
    return
  }
  const metric = spelled(type)
  const threshold = shortName(entry.threshold)
  const labels = { ...sliceLabels(entry.slice), ...(threshold === undefined ? {} : { threshold }) }
  const key = JSON.stringify([metric, labels])
  const before = seen.get(key)
  if (before !== undefined) {
    const [one, other] = [String(before), `${value} in another entry`]
    found.fault(keys, { code: 'contradiction', at: pointer(keys), one, other })
    return
  }
  seen.set(key, value)
  const unit = fractionOf(metric, value)
  if (intervalHolds(entry, metric, value, keys, found))
    found.measure(at, { metric, value, unit, labels, ...(model === undefined ? {} : { model }) })
}

/** A number, also where the schema makes it text. */
function numberAt(value: unknown): number | undefined {
  const number = typeof value === 'string' ? numberOf(value) : value
  return isNumber(number) ? number : undefined
}

function intervalHolds(entry: Fields, metric: string, value: number, keys: Keys, found: Collector): boolean {
  const interval = entry.confidence_interval
  if (interval === undefined || interval === null) return true
  const at = [...keys, 'confidence_interval']
  const [low, high] = isFields(interval) ? [interval.lower_bound, interval.upper_bound].map(numberAt) : []
  if (low === undefined || high === undefined) {
    found.malformed(at, 'a lower_bound and an upper_bound')
    return false
  }
  const where = pointer(at)
  if (!(low <= value && value <= high)) {
    found.fault(at, { code: 'contradiction', at: where, one: `${low} to ${high}`, other: `around ${value}` })
    return false
  }
  const [least, most] = metricOf(metric)?.range ?? [-Infinity, Infinity]
  // Of a value that is percent the range is another.
  if (value > most || (low >= least && high <= most)) return true
  const other = `an interval of what is at least ${least} and at most ${most}`
  found.fault(at, { code: 'contradiction', at: where, one: `${low} to ${high}`, other })
  return false
}

/** TensorFlow Model Analysis writes `sex:F`, and `sex_X_race:F_X_A` of both; a person any name. */
function sliceLabels(value: unknown): Labels {
  const slice = shortName(value)
  if (slice === undefined || /^overall$/i.test(slice)) return OVERALL
  const [, names = '', values] = /^([A-Za-z][A-Za-z0-9_ ]{0,60}):\s?([^:]{1,60})$/.exec(slice) ?? []
  if (values === undefined) return { slice, scope: 'group' }
  const [attributes, members] = [names.split('_X_'), values.split('_X_')]
  if (attributes.length !== members.length) return { slice, scope: 'group' }
  return {
    slice,
    ...groupLabels(attributes.map((name, index) => [name.trim(), members[index]?.trim() ?? ''])),
  }
}
