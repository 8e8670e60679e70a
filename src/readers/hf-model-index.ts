import { z } from 'zod'
import type { Reading } from '../core/evidence.ts'
import type { Problem } from '../core/problem.ts'
import { cardOf } from './card.ts'
import { type Collector, collect } from './collect.ts'
import { hasModelIndex } from './front-matter.ts'
import { readDocument } from './markdown-document.ts'
import { isFields, isNumber, labelsOf } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'hf-model-index'

const Model = z.object({ name: z.string(), results: z.array(z.unknown()) })

// https://github.com/huggingface/hub-docs/blob/main/modelcard.md: `verified` is a claim of the card, and is not read.
const Result = z.object({
  task: z.object({ type: z.string() }),
  dataset: z.object({
    name: z.string(),
    type: z.unknown().optional(),
    config: z.unknown().optional(),
    split: z.unknown().optional(),
    revision: z.unknown().optional(),
  }),
  metrics: z.array(z.unknown()),
})
const Metric = z.object({ type: z.string().min(1), name: z.unknown().optional() })

/** A Markdown model card with `model-index` in its front matter: its results, and the card as a document. */
export const hfModelIndex: Reader = {
  format,
  labels: ['task', 'dataset', 'dataset_type', 'config', 'split', 'revision', 'name'],
  shapes: [['model-index']],
  recognises: (content) => content.kind === 'markdown' && hasModelIndex(content.front),
  read,
}

/** Whether a problem is that a card's index has no results. */
export function hasNoResults(problem: Problem): boolean {
  return problem.code === 'no_measurements' && problem.format === format
}

function read(input: Input): Reading {
  const found = collect(input, format)
  if (input.content.kind !== 'markdown') return found.reading()
  const index = isFields(input.content.front) ? input.content.front['model-index'] : undefined
  if (Array.isArray(index))
    for (const [at, model] of index.entries()) readModel(model, ['model-index', at], found)
  else found.malformed(['model-index'], 'a list of models')

  readDocument(input.content.text, found)
  const card = cardOf(input.content.front)
  if (card) found.record(card)
  return found.reading()
}

function readModel(value: unknown, keys: readonly (string | number)[], found: Collector): void {
  const model = Model.safeParse(value)
  if (!model.success) {
    found.malformed(keys, 'a model with name and results')
    return
  }
  const { name, results } = model.data
  // The value is in the prose of such a card, if anywhere.
  if (results.length === 0) found.fault([...keys, 'results'], { code: 'no_measurements', format })
  for (const [at, result] of results.entries()) readResult(result, name, [...keys, 'results', at], found)
}

function readResult(
  value: unknown,
  model: string,
  keys: readonly (string | number)[],
  found: Collector,
): void {
  const result = Result.safeParse(value)
  if (!result.success) {
    // The hub's own library silently drops the whole index for one result like this.
    for (const key of new Set(result.error.issues.map((issue) => String(issue.path[0]))))
      found.malformed([...keys, key], WANTED[key] ?? 'a result')
    return
  }
  const { task, dataset, metrics } = result.data
  const { name, type, config, split, revision } = dataset
  const labels = labelsOf({ task: task.type, dataset: name, dataset_type: type, config, split, revision })
  for (const [at, entry] of metrics.entries()) {
    const metricKeys = [...keys, 'metrics', at]
    const metric = Metric.safeParse(entry)
    const number = isFields(entry) ? entry.value : undefined
    if (!metric.success) found.malformed(metricKeys, 'a metric with type and value')
    else if (!isNumber(number)) found.malformed([...metricKeys, 'value'], 'a number')
    else {
      const named = { ...labels, ...labelsOf({ name: metric.data.name }) }
      found.measure([...metricKeys, 'value'], {
        metric: metric.data.type,
        value: number,
        unit: 'unknown',
        labels: named,
        model,
      })
    }
  }
}

const WANTED: Readonly<Record<string, string>> = {
  task: 'a task with type',
  dataset: 'a dataset with name',
  metrics: 'a list of metrics',
}
