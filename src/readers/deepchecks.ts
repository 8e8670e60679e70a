import type { Reading } from '../core/evidence.ts'
import type { TestOutcome } from '../core/record.ts'
import type { Content } from '../text/content.ts'
import { type Collector, collect } from './collect.ts'
import { type Fields, fieldsAt, fractionOf, isFields, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { MAX_TESTS, nameOf, qualified } from './suite.ts'

const format = 'deepchecks'
type Keys = readonly (string | number)[]
type Test = { readonly name: string; readonly outcome: TestOutcome; readonly keys: Keys }

/**
 * `SuiteResult.to_json` of Deepchecks, by its source: each condition of a check is a test `check::condition`. A check
 * without a condition only shows something, and one that broke off has no value: it was not tried.
 */
export const deepchecks: Reader = {
  format,
  labels: ['suite', 'check', 'column', 'method', 'measure', 'path'],
  recognises: (content) => resultsOf(content) !== undefined,
  read,
}

function resultsOf(content: Content): readonly unknown[] | undefined {
  if (content.kind !== 'data' || !isFields(content.value) || typeof content.value.name !== 'string')
    return undefined
  const { results } = content.value
  return Array.isArray(results) && results.some(isResult) ? results : undefined
}

function isResult(entry: unknown): boolean {
  return isFields(entry) && typeof fieldsAt(entry, 'check').name === 'string' && 'header' in entry
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const { content } = input
  const results = resultsOf(content) ?? []
  const suite = content.kind === 'data' && isFields(content.value) ? nameOf(String(content.value.name)) : ''
  const named = suite === '' ? {} : { suite }
  const tests: Test[] = []
  for (const [index, entry] of results.entries()) {
    const keys = ['results', index]
    if (!isFields(entry) || !isResult(entry)) found.malformed(keys, 'a check with its name and header')
    if (!isFields(entry) || tests.length > MAX_TESTS) continue
    const check = checkOf(entry, index)
    tests.push(...conditionsOf(entry, check, keys, found))
    values(fieldsAt({ value: entry.value }, 'value'), [], {
      named: { ...named, check },
      keys: [...keys, 'value'],
      found,
    })
    if (isNumber(entry.value))
      found.measure([...keys, 'value'], measured(check, entry.value, { ...named, check }))
  }
  if (tests.length > MAX_TESTS) found.fault(['results'], { code: 'too_many', limit: MAX_TESTS })
  else
    found.record((source, placeOf) => {
      const placed = tests.map(({ keys, ...test }) => ({ ...test, ...placeOf(keys) }))
      return { kind: 'suite', ...named, tests: placed, tool: format, source }
    })
  return found.reading()
}

/** The header tells two runs of one check apart, such as on two datasets. */
function checkOf(entry: Fields, index: number): string {
  const texts = [entry.header, fieldsAt(entry, 'check').name]
  const name = texts.find((one) => typeof one === 'string' && one.trim() !== '')
  return typeof name === 'string' ? nameOf(name) : `check ${index}`
}

/** A warning is a condition that was not met, of which the suite makes less. */
const STATUS: ReadonlyMap<unknown, TestOutcome> = new Map([
  ['PASS', 'passed'],
  ['FAIL', 'failed'],
  ['WARN', 'failed'],
  ['ERROR', 'error'],
])

function conditionsOf(entry: Fields, check: string, keys: Keys, found: Collector): readonly Test[] {
  const { conditions_results: conditions } = entry
  // A failure has no conditions, so that a name which asks for one of its check still finds that it was not tried.
  if (entry.type === 'CheckFailure' || conditions === undefined)
    return [{ name: qualified(check, 'did not run'), outcome: 'error', keys }]
  if (!Array.isArray(conditions)) {
    found.malformed([...keys, 'conditions_results'], 'a list of conditions')
    return [{ name: qualified(check, 'did not run'), outcome: 'error', keys }]
  }
  return conditions.map((condition, index) => {
    const at = [...keys, 'conditions_results', index]
    const fields = isFields(condition) ? condition : {}
    const outcome = STATUS.get(fields.Status)
    if (outcome === undefined) found.malformed([...at, 'Status'], 'PASS, FAIL, WARN or ERROR')
    const called = typeof fields.Condition === 'string' ? fields.Condition : `condition ${index}`
    return { name: qualified(check, called), outcome: outcome ?? ('error' as const), keys: at }
  })
}

type Within = {
  readonly named: Readonly<Record<string, string>>
  readonly keys: Keys
  readonly found: Collector
}

/** Numbers by name, a few levels deep; tables are written as text and arrays are plots, and neither is read. */
function values(fields: Fields, path: readonly string[], within: Within): void {
  const { named, keys, found } = within
  for (const [key, value] of Object.entries(fields)) {
    if (found.full()) return
    const at = [...path, key]
    if (isFields(value) && path.length < 5) values(value, at, within)
    if (!isNumber(value)) continue
    const column = path.at(-1)
    if (key === 'Drift score') {
      const method = typeof fields.Method === 'string' ? { method: nameOf(fields.Method) } : {}
      const labels = { ...named, ...(column !== undefined && { column: nameOf(column) }), ...method }
      found.measure([...keys, ...at], drift(value, labels))
    } else {
      const where = path.length === 0 ? {} : { path: nameOf(path.join('.')) }
      found.measure([...keys, ...at], measured(nameOf(key), value, { ...named, ...where }))
    }
  }
}

function measured(metric: string, value: number, labels: Readonly<Record<string, string>>) {
  return { metric, value, unit: fractionOf(metric, value), labels, tool: format }
}

/** All that Deepchecks measures drift by are distances or statistics that grow with it. */
const DISTANCES = /^(?:psi$|cramer|earth mover|kolmogorov|wasserstein)/i

function drift(value: number, labels: Readonly<Record<string, string>>) {
  return DISTANCES.test(labels.method ?? '')
    ? ({ metric: 'drift_distance', value, unit: 'value', labels, tool: format } as const)
    : ({
        metric: 'drift_score',
        value,
        unit: 'unknown',
        labels: { ...labels, measure: 'unknown' },
        tool: format,
      } as const)
}
