import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { comparisonLabels, shortName } from './groups.ts'
import { type Fields, fieldsAt, isFields, isNotFiniteText, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'sagemaker-clarify'
type Keys = readonly (string | number)[]
type Labels = Readonly<Record<string, string>>

const STAGES = [
  ['pre_training_bias_metrics', 'pre_training'],
  ['post_training_bias_metrics', 'post_training'],
] as const

/**
 * The bias metrics of SageMaker Clarify's `analysis.json`, by its own short names (DPPL, DI, AD ...): each compares
 * one value of a facet with the others. A metric that could not be computed is null and says why; it is none. There
 * are no counts. The metrics of a model with one answer for everybody, which look fair, are a problem.
 */
export const clarify: Reader = {
  format,
  labels: ['the facet', 'scope', 'across', 'stage', 'label', 'favourable'],
  recognises: (content) => analysisOf(content) !== undefined,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const analysis = analysisOf(input.content)
  for (const [key, stage] of STAGES)
    if (analysis !== undefined && key in analysis) readStage(fieldsAt(analysis, key), stage, [key], found)
  return found.reading()
}

function analysisOf(content: Content): Fields | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { value } = content
  return STAGES.some(([key]) => isFields(fieldsAt(value, key).facets)) ? value : undefined
}

function readStage(fields: Fields, stage: string, keys: Keys, found: Collector): void {
  const [label, favourable] = [shortName(fields.label), shortName(fields.label_value_or_threshold)]
  const labels = {
    stage,
    ...(label === undefined ? {} : { label }),
    ...(favourable === undefined ? {} : { favourable }),
  }
  for (const [facet, values] of Object.entries(fieldsAt(fields, 'facets'))) {
    const at = [...keys, 'facets', facet]
    const across = shortName(facet)
    if (across === undefined || !Array.isArray(values)) found.malformed(at, 'a list of the values of a facet')
    else
      for (const [index, value] of values.entries()) readFacet(value, across, labels, [...at, index], found)
  }
}

function readFacet(value: unknown, across: string, labels: Labels, keys: Keys, found: Collector): void {
  const list = isFields(value) ? value.metrics : undefined
  if (!isFields(value) || !Array.isArray(list)) {
    found.malformed(keys, 'a value of the facet with its metrics')
    return
  }
  const member = shortName(value.value_or_threshold)
  const own = comparisonLabels(across, { ...labels, ...(member === undefined ? {} : { [across]: member }) })
  const entries = list.map((entry: unknown, index) => ({ entry, at: [...keys, 'metrics', index] }))
  const numbers = new Map(
    list.flatMap((entry: unknown) =>
      isFields(entry) && typeof entry.name === 'string' && isNumber(entry.value)
        ? [[entry.name, entry.value]]
        : [],
    ),
  )
  const degenerate = oneAnswer(numbers)
  if (degenerate !== undefined) {
    const other = 'what a model shows that gives everybody one answer'
    found.fault(keys, { code: 'contradiction', at: pointer(keys), one: degenerate, other })
    return
  }
  for (const { entry, at } of entries) readMetric(entry, own, at, found)
}

function readMetric(entry: unknown, labels: Labels, keys: Keys, found: Collector): void {
  const metric = isFields(entry) ? shortName(entry.name) : undefined
  if (!isFields(entry) || metric === undefined) {
    found.malformed(keys, 'a metric with name and value')
    return
  }
  const { value } = entry
  const at = [...keys, 'value']
  // Not computed, such as without the column that it needs.
  if (value === null || value === undefined) return
  if (isNumber(value)) found.measure(at, { metric, value, unit: 'value', labels, tool: 'SageMaker Clarify' })
  else if (isNotFiniteText(value))
    found.fault(at, { code: 'not_finite', at: pointer(at), found: value.trim() })
  else found.malformed(at, 'a number')
}

/**
 * With one answer for everybody nobody is chosen more often or missed more often, and what is left of the
 * differences is that of the labels: accuracy differs as acceptance does, or as rejection does.
 */
function oneAnswer(numbers: ReadonlyMap<string, number>): string | undefined {
  const [accuracy, acceptance, rejection] = ['AD', 'DAR', 'DRR'].map((name) => numbers.get(name))
  if (numbers.get('DPPL') !== 0 || numbers.get('RD') !== 0 || accuracy === undefined || accuracy === 0)
    return undefined
  const same = [acceptance, rejection].some(
    (other) => other !== undefined && Math.abs(Math.abs(accuracy) - Math.abs(other)) <= 1e-12,
  )
  return same ? 'fair by a DPPL and RD of 0' : undefined
}
