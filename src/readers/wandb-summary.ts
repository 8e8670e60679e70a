import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { identityOf, namesOf } from './names.ts'
import { type Fields, fractionOf, isFields, isNotFinite, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { isoFrom, timeText } from './times.ts'

const format = 'wandb-summary'
type Keys = readonly string[]

/** What W&B writes itself, at least two of which stand in every summary. */
const OWN = ['_timestamp', '_step', '_runtime', '_wandb']

/**
 * `wandb-summary.json`: the last value of each metric, or what `define_metric` asked for instead, such as the best
 * one. A slash in a name ends its section, as in W&B. There are neither samples nor errors.
 */
export const wandbSummary: Reader = {
  format,
  labels: ['section', 'summary', 'step'],
  recognises: (content) => summaryOf(content) !== undefined,
  read,
}

function summaryOf(content: Content): Fields | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { value } = content
  return OWN.filter((key) => Object.hasOwn(value, key)).length >= 2 ? value : undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const summary = summaryOf(input.content) ?? {}
  const { _step: step, _timestamp: seconds } = summary
  const at = isNumber(seconds) ? (isoFrom(seconds * 1000) ?? timeText(seconds)) : timeText(seconds)
  const about: About = { step, identity: identityOf({ tool: 'wandb', at }) }
  for (const [key, value] of Object.entries(summary)) {
    // Its own keys, and what it samples of the machine.
    if (key.startsWith('_') || key.startsWith('system/') || key.startsWith('system.')) continue
    if (!isFields(value)) readValue(value, [key], 'last', about, found)
    // Pictures, tables and histograms say what they are.
    else if (!Object.hasOwn(value, '_type')) readNested(value, [key], about, found)
  }
  return found.reading()
}

type About = { readonly step: unknown; readonly identity: ReturnType<typeof identityOf> }

/** One level more is what was asked for of a metric, `{"max": 0.9}`; deeper ones are not metrics. */
function readNested(nested: Fields, keys: Keys, about: About, found: Collector): void {
  for (const [kind, value] of Object.entries(nested)) {
    if (!kind.startsWith('_')) readValue(value, [...keys, kind], kind, about, found)
  }
}

function readValue(value: unknown, keys: Keys, summary: string, about: About, found: Collector): void {
  const [key = ''] = keys
  if (typeof value === 'string' && isNotFinite(value))
    found.fault(keys, { code: 'not_finite', at: pointer(keys), found: value })
  if (!isNumber(value)) return
  const slash = key.lastIndexOf('/')
  const metric = key.slice(slash + 1) || key
  found.measure(keys, {
    metric,
    value,
    unit: fractionOf(metric, value),
    labels: namesOf({ section: slash > 0 ? key.slice(0, slash) : undefined, summary, step: about.step }),
    ...about.identity,
  })
}
