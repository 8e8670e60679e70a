import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { shortName } from './groups.ts'
import { logLines } from './log-lines.ts'
import { type Fields, isFields, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'mlperf-accuracy'
type Keys = readonly (string | number)[]

/** What the accuracy scripts print for image classification; https://github.com/mlcommons/inference. */
const PRINTED = /^accuracy=(\d{1,3}(?:\.\d{1,10})?)%, good=(\d{1,15}), total=(\d{1,15})/

/**
 * MLPerf inference, image classification: the line of `accuracy.txt`, or the JSON of the reference application with
 * its scenarios. `mlperf_log_accuracy.json` holds answers in hexadecimal and no accuracy.
 */
export const mlperf: Reader = { format, labels: ['scenario'], recognises, read }

function recognises(content: Content): boolean {
  if (content.kind === 'text') return /^accuracy=\d[\d.]{0,20}%, good=\d+, total=\d/m.test(content.text)
  return content.kind === 'data' && (isLog(content.value) || scenariosOf(content.value).length > 0)
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const { content } = input
  if (content.kind === 'text') printed(content.text, found)
  else if (content.kind === 'data') {
    if (isLog(content.value)) found.fault([], { code: 'no_measurements', format })
    for (const [name, fields] of scenariosOf(content.value)) scenario(name, fields, found)
  }
  return found.reading()
}

function isLog(value: unknown): boolean {
  const [first] = Array.isArray(value) ? value : []
  return isFields(first) && ['seq_id', 'qsl_idx', 'data'].every((key) => key in first)
}

function scenariosOf(value: unknown): readonly (readonly [string, Fields])[] {
  if (!isFields(value)) return []
  return Object.entries(value).flatMap(([name, fields]) =>
    isFields(fields) && 'good_items' in fields && 'total_items' in fields ? [[name, fields] as const] : [],
  )
}

function printed(text: string, found: Collector): void {
  for (const { line, text: shown } of logLines(text)) {
    const [, percent, good, total] = PRINTED.exec(shown) ?? []
    if (percent !== undefined) measure([line], Number(percent), Number(good), Number(total), {}, found)
  }
}

function scenario(name: string, fields: Fields, found: Collector): void {
  const { accuracy, good_items: good, total_items: total } = fields
  const label = shortName(name)
  const labels = label === undefined ? {} : { scenario: label }
  // A run for performance says how many were answered and not how many rightly.
  if (accuracy === undefined)
    found.fault([name], { code: 'nothing_evaluated', at: pointer([name, 'accuracy']) })
  else if (!isNumber(accuracy) || !isNumber(good) || !isNumber(total))
    found.malformed([name], 'accuracy, good_items and total_items as numbers')
  else measure([name, 'accuracy'], accuracy, good, total, labels, found)
}

function measure(
  keys: Keys,
  value: number,
  successes: number,
  samples: number,
  labels: Readonly<Record<string, string>>,
  found: Collector,
): void {
  const at = keys.length === 1 ? 'accuracy' : pointer(keys)
  const fault = { code: 'contradiction', at, one: `${value}%`, other: `${successes}/${samples}` } as const
  if (samples === 0) found.fault(keys, { code: 'nothing_evaluated', at })
  else if (!Number.isSafeInteger(samples) || !Number.isSafeInteger(successes) || successes > samples)
    found.fault(keys, fault)
  // Printed with three decimals.
  else if (Math.abs(value - (100 * successes) / samples) > 0.00051) found.fault(keys, fault)
  else
    found.measure(keys, {
      metric: 'accuracy',
      value,
      unit: 'percent',
      labels,
      samples,
      successes,
      tool: 'MLPerf inference',
    })
}
