import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { deltaLabel, dpRows, EPSILON_KEY, TARGET_KEY } from './dp-sgd-rows.ts'
import { type LogLine, logLines } from './log-lines.ts'
import { isFields, isNotFinite, isNumber, numberOf } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'dp-sgd'
type Labels = Readonly<Record<string, string>>

const NUMBER = '(\\d[\\d.e+-]{0,24}|inf|nan)'
/** What Opacus' and TensorFlow Privacy's examples and accountants print, epsilon and delta on one line. */
const DELTA_FIRST = new RegExp(`^For delta ?= ?${NUMBER}, the current epsilon is: ${NUMBER}$`)
const EPSILON_FIRST = new RegExp(
  `(?:differential privacy with eps|\\(ε|\\(epsilon) ?= ?${NUMBER}(?:, (?:δ|delta)| and delta) ?= ?${NUMBER}`,
)
/** The statement of TensorFlow Privacy, which says delta once for the lines under it. */
const STATEMENT = new RegExp(`^(Example|User)-level DP .{0,80}at delta = ${NUMBER}`)
const STATED = new RegExp(
  `^Epsilon (with each example occurring once per epoch|assuming Poisson sampling \\(\\*\\)): ${NUMBER}$`,
)

/**
 * The privacy budget of a training with differential privacy: logs and statements of TensorFlow Privacy and Opacus,
 * and JSON or YAML with epsilon and what belongs to it. Of a log the last epsilon for each delta is the training's.
 * An epsilon without its delta bounds nothing and is a problem, as one that is infinite is.
 */
export const dpSgd: Reader = {
  format,
  labels: ['delta', 'level', 'sampling', 'config', 'path'],
  recognises,
  read,
}

function recognises(content: Content): boolean {
  if (content.kind === 'data') return dpRows(content.value).length > 0
  return (
    content.kind === 'text' &&
    /^For delta ?= ?\d|differential privacy with eps ?= ?\d|\((?:ε|epsilon) ?= ?\d|-level DP .{0,80}at delta = \d/m.test(
      content.text,
    )
  )
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const { content } = input
  if (content.kind === 'text') measureText(content.text, found)
  else if (content.kind === 'data') for (const row of dpRows(content.value)) measureRow(row, found)
  return found.reading()
}

type Spent = {
  readonly epsilon: string
  readonly delta: string
  readonly line: number
  readonly labels: Labels
  readonly disputed?: boolean
}

function measureText(text: string, found: Collector): void {
  const spent = new Map<string, Spent>()
  let stated: { readonly level: string; readonly delta: string } | undefined
  for (const { line, text: shown } of logLines(text)) {
    const [, level, delta] = STATEMENT.exec(shown) ?? []
    if (level !== undefined && delta !== undefined) stated = { level: level.toLowerCase(), delta }
    for (const one of spentOn({ line, text: shown }, stated)) {
      const key = JSON.stringify([one.labels, one.delta])
      const before = spent.get(key)
      // A budget never shrinks: a smaller one is of another training.
      const shrunk = before !== undefined && Number(one.epsilon) < Number(before.epsilon)
      if (shrunk) {
        const other = `${one.epsilon} on line ${line}`
        found.fault([before.line], { code: 'contradiction', at: 'epsilon', one: before.epsilon, other })
      }
      spent.set(key, { ...one, disputed: shrunk || before?.disputed === true })
    }
  }
  for (const { epsilon, delta, line, labels, disputed } of spent.values())
    if (!disputed) measureEpsilon('epsilon', epsilon, delta, [line], labels, found)
}

function spentOn(
  { line, text }: LogLine,
  stated: { readonly level: string; readonly delta: string } | undefined,
): readonly Spent[] {
  const [, delta, epsilon] = DELTA_FIRST.exec(text) ?? []
  if (delta !== undefined && epsilon !== undefined) return [{ epsilon, delta, line, labels: {} }]
  const [, eps, beside] = EPSILON_FIRST.exec(text) ?? []
  // The sentence may end there.
  if (eps !== undefined && beside !== undefined)
    return [{ epsilon: eps, delta: beside.replace(/\.$/, ''), line, labels: {} }]
  const [, how, value] = STATED.exec(text.replaceAll(/\s+/g, ' ')) ?? []
  if (how === undefined || value === undefined || stated === undefined) return []
  const sampling = how.startsWith('with') ? 'once per epoch' : 'poisson'
  return [{ epsilon: value, delta: stated.delta, line, labels: { level: stated.level, sampling } }]
}

function measureRow(
  { fields, keys, delta, label }: ReturnType<typeof dpRows>[number],
  found: Collector,
): void {
  for (const [key, value] of Object.entries(fields)) {
    const at = [...keys, key]
    if (EPSILON_KEY.test(key)) {
      const metric = TARGET_KEY.test(key) ? 'epsilon_target' : 'epsilon'
      measureEpsilon(metric, value, delta, at, label, found)
    } else if (isNumber(value) && value !== delta) {
      found.measure(at, { metric: key, value, unit: 'unknown', labels: label })
    } else if (isFields(value)) {
      // What a script wrote beside its budget.
      inner(Object.entries(value), at, label, found)
    }
  }
}

function inner(
  entries: readonly (readonly [string, unknown])[],
  keys: readonly (string | number)[],
  labels: Labels,
  found: Collector,
): void {
  const path = keys.join('.').slice(0, 100)
  for (const [key, value] of entries)
    if (isNumber(value))
      found.measure([...keys, key], { metric: key, value, unit: 'unknown', labels: { ...labels, path } })
}

function measureEpsilon(
  metric: string,
  written: unknown,
  delta: unknown,
  keys: readonly (string | number)[],
  labels: Labels,
  found: Collector,
): void {
  const value = typeof written === 'string' ? numberOf(written) : written
  const [one] = keys
  const at = keys.length === 1 && isNumber(one) ? `line ${one}` : pointer(keys)
  if (typeof written === 'string' && isNotFinite(written)) {
    found.fault(keys, { code: 'not_finite', at, found: written.trim() })
    return
  }
  if (!isNumber(value) || value < 0) {
    if (written !== null) found.malformed(keys, 'an epsilon of at least 0')
    return
  }
  const beside = typeof delta === 'string' ? numberOf(delta) : delta
  if (!isNumber(beside) || beside < 0 || beside >= 1) {
    found.malformed(keys, 'a delta below 1 beside it: an epsilon alone bounds nothing')
    return
  }
  const own = { ...labels, delta: deltaLabel(beside) }
  found.measure(keys, { metric, value, unit: 'value', labels: own })
}
