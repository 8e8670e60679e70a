import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { type Collector, collect } from './collect.ts'
import { isRatio, logLines } from './log-lines.ts'
import { fieldsAt, isFields, isNumber, numberOf } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'textattack'
const TOOL = 'TextAttack'
const RESULTS = 'Attack Results'
type Keys = readonly (string | number)[]

/** A row of the summary and where it stands. */
type Row = { readonly value: number; readonly keys: Keys }

const COUNTS = [
  'Number of successful attacks',
  'Number of failed attacks',
  'Number of skipped attacks',
] as const

/**
 * The summary of TextAttack as its log prints it or as JSON (keys end with a colon, rates are percent), or its CSV
 * with a row for each attack. What the model got wrong anyway was skipped: it is in the accuracies, and in no
 * success rate. Texts of the attacks are not read.
 */
export const textattack: Reader = { format, labels: ['attack'], recognises, read }

function recognises(content: Content): boolean {
  switch (content.kind) {
    case 'text':
      return /Number of successful attacks:/.test(content.text)
    case 'table':
      return ['original_text', 'perturbed_text', 'result_type'].every((name) => content.header.includes(name))
    case 'data':
      return isFields(content.value) && `${COUNTS[0]}:` in fieldsAt(content.value, RESULTS)
    default:
      return false
  }
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const { content } = input
  if (content.kind === 'table') fromRows(content, found)
  else if (content.kind === 'text') summary(fromText(content.text, found), found)
  else if (content.kind === 'data' && isFields(content.value)) {
    const rows = new Map<string, Row>()
    for (const [key, value] of Object.entries(fieldsAt(content.value, RESULTS))) {
      // Older versions leave the numbers as text.
      const number = typeof value === 'string' ? numberOf(value) : value
      if (isNumber(number)) rows.set(key.replace(/:$/, ''), { value: number, keys: [RESULTS, key] })
    }
    summary(rows, found)
  }
  return found.reading()
}

function fromText(text: string, found: Collector): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>()
  for (const { line, text: shown } of logLines(text)) {
    const [, name = '', value] =
      /^([A-Z][A-Za-z .]{5,40}): (\d[\d.]{0,20})%?$/.exec(shown.replaceAll(/[|\s]+/g, ' ').trim()) ?? []
    const number = numberOf(value ?? '')
    if (number === undefined) continue
    const before = rows.get(name)
    if (before === undefined) rows.set(name, { value: number, keys: [line] })
    else if (before.value !== number && isOurs(name)) {
      const [one, other] = [String(before.value), `${number} on line ${line}`]
      found.fault(before.keys, { code: 'contradiction', at: name, one, other })
    }
  }
  return rows
}

function isOurs(name: string): boolean {
  return / attacks$|accuracy|success rate/i.test(name)
}

function summary(rows: ReadonlyMap<string, Row>, found: Collector): void {
  const counts = COUNTS.map((name) => {
    const value = rows.get(name)?.value
    return value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined
  })
  const [successful, failed, skipped] = counts
  if (successful === undefined || failed === undefined || skipped === undefined) {
    const missing = COUNTS[counts.indexOf(undefined)] ?? COUNTS[0]
    found.malformed(rows.get(missing)?.keys ?? [], `the ${missing.toLowerCase()}`)
    return
  }
  const tried = successful + failed
  const queries = rows.get('Avg num queries')
  for (const [name, metric, attack, successes, samples] of [
    ['Original accuracy', 'accuracy', 'clean', tried, tried + skipped],
    ['Accuracy under attack', 'robust_accuracy', TOOL, failed, tried + skipped],
    ['Attack success rate', 'attack_success_rate', TOOL, successful, tried],
  ] as const) {
    const row = rows.get(name)
    if (row === undefined) continue
    const { value, keys } = row
    if (samples === 0) found.fault(keys, { code: 'nothing_evaluated', at: name })
    else if (!isRatio(value, successes, samples)) {
      found.fault(keys, {
        code: 'contradiction',
        at: name,
        one: `${value}%`,
        other: `${successes}/${samples}`,
      })
    } else {
      const unevaluated = metric === 'attack_success_rate' && skipped > 0 ? { unevaluated: skipped } : {}
      const labels = { attack: attack.toLowerCase() }
      found.measure(keys, {
        metric,
        value,
        unit: 'percent',
        labels,
        samples,
        successes,
        ...unevaluated,
        tool: TOOL,
      })
    }
  }
  if (queries && tried > 0) {
    const labels = { attack: TOOL.toLowerCase() }
    const { value, keys } = queries
    found.measure(keys, {
      metric: 'average_queries',
      value,
      unit: 'value',
      labels,
      samples: tried,
      tool: TOOL,
    })
  }
}

function fromRows({ header, rows }: Extract<Content, { kind: 'table' }>, found: Collector): void {
  const at = header.indexOf('result_type')
  const counts = { Successful: 0, Failed: 0, Skipped: 0 }
  for (const [index, { cells }] of rows.entries()) {
    const type = cells[at] ?? ''
    if (type === 'Successful' || type === 'Failed' || type === 'Skipped') counts[type] += 1
    else found.malformed([index + 1, 'result_type'], 'Successful, Failed or Skipped')
  }
  const tried = counts.Successful + counts.Failed
  if (tried === 0) {
    found.fault([], { code: 'nothing_evaluated', at: 'result_type' })
    return
  }
  for (const [metric, attack, successes, samples] of [
    ['accuracy', 'clean', tried, tried + counts.Skipped],
    ['robust_accuracy', TOOL, counts.Failed, tried + counts.Skipped],
    ['attack_success_rate', TOOL, counts.Successful, tried],
  ] as const) {
    const skipped =
      metric === 'attack_success_rate' && counts.Skipped > 0 ? { unevaluated: counts.Skipped } : {}
    const labels = { attack: attack.toLowerCase() }
    const value = successes / samples
    found.measure([], { metric, value, unit: 'fraction', labels, samples, successes, ...skipped, tool: TOOL })
  }
}
