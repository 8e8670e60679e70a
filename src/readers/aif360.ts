import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Counted, comparisonOf, rateOf, snake } from './aif360-rates.ts'
import { type Collector, collect } from './collect.ts'
import { comparisonLabels, groupLabels, OVERALL } from './groups.ts'
import { type Fields, isFields, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'aif360'
const TOOL = 'AIF360'
type Keys = readonly (string | number)[]
type Labels = Readonly<Record<string, string>>

/** The value stands at the end of an English sentence, of which nothing else is read but whom it is about. */
const VALUE = /: (-?(?:\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?|inf|nan))$/i
const WHOM = /^[A-Za-z ]{1,60} (?:on|of) (privileged|unprivileged) [a-z -]{1,40}: /

/**
 * What `MetricJSONExplainer` of AIF360 writes: one explanation, or a list of them. The value is computed from the
 * counts beside it and held against the one in the sentence: for predictions some versions write the counts of the
 * true labels. The file names no attribute: its groups are `group: privileged` and `group: unprivileged`.
 */
export const aif360: Reader = {
  format,
  labels: ['group', 'scope', 'across', 'reference'],
  recognises: (content) => entriesOf(content).length > 0,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const rates = new Map<string, Counted>()
  for (const { fields, keys } of entriesOf(input.content)) readEntry(fields, keys, rates, found)
  return found.reading()
}

function entriesOf(content: Content): readonly { readonly fields: Fields; readonly keys: Keys }[] {
  if (content.kind !== 'data') return []
  const list: readonly unknown[] = Array.isArray(content.value) ? content.value : [content.value]
  const entries = list.flatMap((fields, index) =>
    isFields(fields) &&
    ['metric', 'message', 'description', 'ideal'].every((key) => typeof fields[key] === 'string')
      ? [{ fields, keys: Array.isArray(content.value) ? [index] : [] }]
      : [],
  )
  return entries.length === list.length ? entries : []
}

function readEntry(fields: Fields, keys: Keys, rates: Map<string, Counted>, found: Collector): void {
  const name = snake(String(fields.metric))
  const message = String(fields.message).slice(-2000)
  const [, written = ''] = VALUE.exec(message) ?? []
  const stated = /^-?\d/.test(written) ? Number(written) : undefined
  if (written !== '' && stated === undefined) {
    found.fault([...keys, 'message'], {
      code: 'not_finite',
      at: pointer([...keys, 'message']),
      found: written,
    })
    return
  }
  const comparison = comparisonOf(name, fields)
  const rate = rateOf(name, fields, '')
  if (comparison !== undefined) {
    if (comparison === 'malformed') found.malformed(keys, 'the counts of both groups')
    else if (comparison === 'nothing')
      found.fault(keys, { code: 'nothing_evaluated', at: pointer(keys) || name })
    else if (agrees(comparison.value, stated, keys, found)) {
      for (const { group, rate: own } of comparison.groups)
        once(own, groupLabels([['group', group]]), keys, rates, found)
      const labels = comparisonLabels('group', { reference: 'privileged' })
      found.measure(keys, {
        metric: name,
        value: Number(comparison.value.toFixed(12)),
        unit: 'value',
        labels,
        tool: TOOL,
      })
    }
  } else if (rate !== undefined) {
    const labels = whom(message)
    if (rate === 'malformed') found.malformed(keys, 'the counts of the rate')
    else if (rate.samples === 0) found.fault(keys, { code: 'nothing_evaluated', at: pointer(keys) || name })
    else if (agrees(rate.successes / rate.samples, stated, keys, found))
      once(rate, labels, keys, rates, found)
  } else uncounted(name, fields, stated, keys, found)
}

/** Counts of their own, and what is in the sentence only. */
function uncounted(
  name: string,
  fields: Fields,
  stated: number | undefined,
  keys: Keys,
  found: Collector,
): void {
  const [count, second] = Object.keys(fields).filter((key) => key.startsWith('num'))
  const labels = whom(String(fields.message))
  // Counts of which nobody here knows what they make.
  if (second !== undefined) found.malformed(keys, 'a metric that is known by its counts')
  else if (count !== undefined) {
    const value = fields[count]
    if (isNumber(value))
      found.measure([...keys, count], { metric: name, value, unit: 'count', labels, tool: TOOL })
    else found.malformed([...keys, count], 'a number')
  } else if (stated !== undefined) {
    found.measure([...keys, 'message'], { metric: name, value: stated, unit: 'value', labels, tool: TOOL })
  } else found.malformed([...keys, 'message'], 'a sentence that ends in the value')
}

function agrees(value: number, stated: number | undefined, keys: Keys, found: Collector): boolean {
  if (stated === undefined) {
    found.malformed([...keys, 'message'], 'a sentence that ends in the value')
    return false
  }
  if (Math.abs(value - stated) <= 1e-6 * Math.max(1, Math.abs(value))) return true
  const other = `${Number(value.toFixed(10))} by the counts beside it`
  found.fault(keys, { code: 'contradiction', at: pointer([...keys, 'message']), one: String(stated), other })
  return false
}

/** Several explanations give the same rate of a group. */
function once(
  rate: Counted,
  labels: Labels,
  keys: Keys,
  rates: Map<string, Counted>,
  found: Collector,
): void {
  const { metric, successes, samples } = rate
  const key = JSON.stringify([metric, labels.group])
  const before = rates.get(key)
  if (before === undefined) {
    rates.set(key, rate)
    const value = successes / samples
    found.measure(keys, { metric, value, unit: 'fraction', labels, samples, successes, tool: TOOL })
  } else if (before.successes !== successes || before.samples !== samples) {
    const [one, other] = [`${before.successes}/${before.samples}`, `${successes}/${samples}`]
    found.fault(keys, { code: 'contradiction', at: `${metric} ${labels.group ?? ''}`.trim(), one, other })
  }
}

function whom(message: string): Labels {
  const [, group] = WHOM.exec(message) ?? []
  return group === undefined ? OVERALL : groupLabels([['group', group]])
}
