import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { meanOf, metricName, runFrom } from './llm-results.ts'
import { type Fields, isFields, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'ragas'

const METRICS: ReadonlySet<string> = new Set([
  'faithfulness',
  'answer_relevancy',
  'answer_relevance',
  'response_relevancy',
  'answer_correctness',
  'answer_similarity',
  'semantic_similarity',
  'factual_correctness',
  'context_precision',
  'context_recall',
  'context_relevancy',
  'context_entity_recall',
  'noise_sensitivity',
])

type File = {
  readonly value: Fields
  readonly key: 'scores' | 'summary'
  readonly means: Fields
  readonly rows?: readonly unknown[]
}

/**
 * Scores of Ragas, which has no file of its own, in the two shapes that people give them: `scores` beside `targets` and
 * `passed`, and `summary` beside `detailed_results`. The mean is taken as it is written; rows give its samples and its
 * standard error, and must come to the same. Without rows there are no samples. The file's own targets are not the gate's.
 */
export const ragas: Reader = {
  format,
  labels: [],
  recognises: (content) => fileOf(content) !== undefined,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const file = fileOf(input.content)
  if (!file) return found.reading()
  const at = file.value.timestamp
  for (const [name, value] of Object.entries(file.means)) {
    const keys = [file.key, name]
    if (!isNumber(value)) found.malformed(keys, 'a number')
    else {
      found.measure(keys, {
        metric: metricName(name),
        value,
        unit: value >= 0 && value <= 1 ? 'fraction' : 'unknown',
        ...rowsOf(file.rows, name, value, found),
        labels: {},
        ...runFrom({ tool: format, at }),
      })
      heldTo(file.value, name, value, found)
    }
  }
  if (Object.keys(file.means).length === 0 || file.rows?.length === 0)
    found.fault([], { code: 'nothing_evaluated', at: file.rows ? '/detailed_results' : '/scores' })
  return found.reading()
}

function fileOf(content: Content): File | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { value } = content
  const { scores, targets, summary, detailed_results: rows } = value
  const named = (means: Fields): boolean => Object.keys(means).some((name) => METRICS.has(metricName(name)))
  if (isFields(scores) && isFields(targets) && Object.hasOwn(value, 'passed') && named(scores))
    return { value, key: 'scores', means: scores }
  if (isFields(summary) && Array.isArray(rows) && named(summary))
    return { value, key: 'summary', means: summary, rows }
  return undefined
}

/** What the rows show of a mean; it is rounded as far as it is written. */
function rowsOf(rows: readonly unknown[] | undefined, name: string, value: number, found: Collector) {
  const scored = (rows ?? []).map((row) => (isFields(row) ? row[name] : undefined))
  // Not of each row, but of the other means.
  if (scored.every((score) => score === undefined)) return {}
  const scores = scored.filter(isNumber)
  const mean = meanOf(scores)
  const keys = ['summary', name]
  const digits = String(value).split('.')[1]?.length ?? 0
  if (!mean || Math.abs(mean.value - value) > 0.5 * 10 ** -Math.max(digits, 2) + 1e-9) {
    const other = mean ? `${mean.value} over ${mean.samples} rows` : 'no row with a number'
    found.fault(keys, { code: 'contradiction', at: pointer(keys), one: String(value), other })
    return {}
  }
  const { samples, stderr } = mean
  const left = scored.length - samples
  return {
    samples,
    ...(stderr === undefined ? {} : { stderr }),
    ...(left > 0 ? { unevaluated: left } : {}),
  }
}

/** Where the file says that a score reached its target, and the two numbers say otherwise. */
function heldTo(file: Fields, name: string, value: number, found: Collector): void {
  const { targets, passed } = file
  const target = isFields(targets) ? targets[name] : undefined
  const said = isFields(passed) ? passed[name] : passed
  if (said === true && isNumber(target) && value < target) {
    const keys = isFields(passed) ? ['passed', name] : ['passed']
    found.fault(keys, {
      code: 'contradiction',
      at: pointer(keys),
      one: 'passed',
      other: `${value} for ${target}`,
    })
  }
}
