import { z } from 'zod'
import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { type Collector, collect } from './collect.ts'
import { identityOf, namesOf } from './names.ts'
import { type Fields, fieldsAt, fractionOf, isFields, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'sagemaker-model-card'
type Keys = readonly (string | number)[]

const Group = z.object({ name: z.string(), metric_data: z.array(z.unknown()) })
const Metric = z.object({ name: z.string().min(1), type: z.string(), value: z.unknown() })

/** How Clarify packs label and facet into the name of a group. */
const FACET = /^(.{1,100}?) - label (.{1,100}) and facet (.{1,100}?) ?= ?(.{1,100})$/

/**
 * The content of a SageMaker model card, or the evaluation that is imported into one: `metric_groups` of metrics. Only
 * those of type `number` are read; graphs, matrices and texts are none. Nothing counts samples.
 */
export const sagemakerModelCard: Reader = {
  format,
  labels: ['evaluation', 'dataset', 'group', 'label', 'the facet by its name'],
  recognises: (content) => evaluationsIn(content).length > 0,
  read,
}

type Evaluation = { readonly keys: Keys; readonly fields: Fields }

function evaluationsIn(content: Content): readonly Evaluation[] {
  if (content.kind !== 'data' || !isFields(content.value)) return []
  const { metric_groups: groups, evaluation_details: details } = content.value
  if (Array.isArray(groups) && groups.some(isGroup)) return [{ keys: [], fields: content.value }]
  if (!Array.isArray(details)) return []
  return details.flatMap((fields, index) =>
    isFields(fields) && Array.isArray(fields.metric_groups)
      ? [{ keys: ['evaluation_details', index], fields }]
      : [],
  )
}

function isGroup(group: unknown): boolean {
  return isFields(group) && Array.isArray(group.metric_data)
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const file = input.content.kind === 'data' && isFields(input.content.value) ? input.content.value : {}
  const { model_name: model } = fieldsAt(file, 'model_overview')
  for (const { keys, fields } of evaluationsIn(input.content)) {
    const { metric_groups: groups, datasets, name } = fields
    const [dataset, second] = Array.isArray(datasets) ? datasets : []
    const labels = { evaluation: name, dataset: second === undefined ? dataset : undefined }
    for (const [index, group] of (Array.isArray(groups) ? groups : []).entries())
      readGroup(group, [...keys, 'metric_groups', index], { labels, model }, found)
  }
  return found.reading()
}

type About = { readonly labels: Fields; readonly model: unknown }

function readGroup(value: unknown, keys: Keys, { labels, model }: About, found: Collector): void {
  const group = Group.safeParse(value)
  if (!group.success) {
    found.malformed(keys, 'a group with name and metric_data')
    return
  }
  const named = namesOf({ ...facetOf(group.data.name), ...labels })
  for (const [index, entry] of group.data.metric_data.entries()) {
    const at = [...keys, 'metric_data', index]
    const metric = Metric.safeParse(entry)
    if (!metric.success) found.malformed(at, 'a metric with name, type and value')
    else if (metric.data.type !== 'number') continue
    else if (!isNumber(metric.data.value)) found.malformed([...at, 'value'], 'a number')
    else {
      const { name, value: number } = metric.data
      found.measure([...at, 'value'], {
        metric: name,
        value: number,
        unit: fractionOf(name, number),
        labels: named,
        ...identityOf({ model, tool: 'sagemaker' }),
      })
    }
  }
}

function facetOf(name: string): Fields {
  const [, group, label, facet, value] = FACET.exec(name) ?? []
  return facet === undefined ? { group: name } : { [facet]: value, group, label }
}
