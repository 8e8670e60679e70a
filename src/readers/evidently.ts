import type { Reading } from '../core/evidence.ts'
import type { TestOutcome } from '../core/record.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import type { About } from './evidently-drift.ts'
import { readResult, readSection, SECTIONS, timeWritten } from './evidently-legacy.ts'
import { readValue } from './evidently-values.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { MAX_TESTS, nameOf, qualified } from './suite.ts'

const format = 'evidently'

/**
 * Reports and test suites of Evidently in their four shapes: profiles (0.1), `{ metric, result }` (0.2 to 0.5),
 * `{ metric_id, value }` (0.6), and `{ metric_name, config, value }` (0.7). A drift value is a `drift_p_value` or a
 * `drift_distance`, and where the file does not say by which method it came, a `drift_score` that is neither.
 */
export const evidently: Reader = {
  format,
  labels: ['column', 'method', 'drift_threshold', 'measure', 'report', 'data', 'class', 'part', 'parameters'],
  recognises: (content) => shapeOf(content) !== undefined,
  read,
}

type Shape = 'profile' | 'report'

function shapeOf(content: Content): Shape | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const file = content.value
  if (SECTIONS.some((name) => isFields(fieldsAt(fieldsAt(file, name), 'data').metrics))) return 'profile'
  const [metrics, tests] = [entriesOf(file.metrics), entriesOf(file.tests)]
  const isReport = metrics.some(
    (one) =>
      (typeof one.metric === 'string' && isFields(one.result)) ||
      ((typeof one.metric_name === 'string' || typeof one.metric_id === 'string') && 'value' in one),
  )
  const isSuite = 'by_status' in fieldsAt(file, 'summary') && tests.every((one) => 'status' in one)
  return isReport || isSuite ? 'report' : undefined
}

/** Entries of a list, or of a map of them by id. */
function entriesOf(value: unknown): readonly Fields[] {
  const list = Array.isArray(value) ? value : isFields(value) ? Object.values(value) : []
  return list.filter(isFields)
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const { content } = input
  if (content.kind !== 'data' || !isFields(content.value)) return found.reading()
  const file = content.value
  const tool = typeof file.version === 'string' ? `evidently ${nameOf(file.version)}` : 'evidently'
  if (shapeOf(content) === 'profile') {
    for (const name of SECTIONS)
      if (isFields(file[name])) readSection(name, fieldsAt(file, name), tool, found)
    return found.reading()
  }
  const about: About = { labels: {}, tool, ...timeWritten(file.timestamp) }
  const metrics = Array.isArray(file.metrics) ? file.metrics : []
  for (const [index, entry] of metrics.entries()) {
    if (found.full()) break
    const keys = ['metrics', index]
    // A metric that has no result is written as an empty map.
    if (!isFields(entry)) found.malformed(keys, 'a metric')
    else if (typeof entry.metric === 'string')
      readResult(entry.metric, fieldsAt(entry, 'result'), [...keys, 'result'], about, found)
    else if (Object.keys(entry).length > 0) readValue(entry, keys, about, found)
  }
  readTests(file, about, found)
  return found.reading()
}

/** A warning is a test that failed and was not critical: the tool counts it as passed, and here it is none. */
const STATUS: ReadonlyMap<unknown, TestOutcome> = new Map([
  ['SUCCESS', 'passed'],
  ['FAIL', 'failed'],
  ['WARNING', 'failed'],
  ['ERROR', 'error'],
  ['SKIPPED', 'skipped'],
])

/** The tests, where there are any, or a summary says that there should be. */
function readTests(file: Fields, { tool = format, at }: About, found: Collector): void {
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(file.tests)
    ? [...file.tests.entries()]
    : Object.entries(isFields(file.tests) ? file.tests : {})
  if (entries.length > MAX_TESTS) {
    found.fault(['tests'], { code: 'too_many', limit: MAX_TESTS })
    return
  }
  const summary = fieldsAt(file, 'summary')
  if (entries.length === 0 && !('by_status' in summary)) return
  const tests = entries.map(([key, entry]) => {
    const fields = isFields(entry) ? entry : {}
    const outcome = STATUS.get(fields.status)
    if (outcome === undefined)
      found.malformed(['tests', key, 'status'], 'SUCCESS, FAIL, WARNING, ERROR or SKIPPED')
    return { key, name: testName(fields, key), outcome: outcome ?? ('error' as const) }
  })
  found.record((source, placeOf) => ({
    kind: 'suite',
    tests: tests.map(({ key, ...test }) => ({ ...test, ...placeOf(['tests', key]) })),
    tool,
    ...(at !== undefined && { at }),
    source,
  }))
  contradictions(
    summary,
    entries.map(([, entry]) => (isFields(entry) ? entry.status : undefined)),
    found,
  )
}

function testName({ name, parameters }: Fields, key: string | number): string {
  const column = isFields(parameters) ? parameters.column_name : undefined
  const called = typeof name === 'string' && name.trim() !== '' ? name : `test ${key}`
  return typeof column === 'string' ? qualified(called, column) : nameOf(called)
}

function contradictions(summary: Fields, statuses: readonly unknown[], found: Collector): void {
  const claims: (readonly [readonly string[], unknown, unknown])[] = [
    [['total_tests'], summary.total_tests, statuses.length],
    ...Object.entries(fieldsAt(summary, 'by_status')).map(
      ([status, said]) =>
        [['by_status', status], said, statuses.filter((one) => one === status).length] as const,
    ),
  ]
  const count = (...of: readonly string[]) => statuses.filter((one) => of.includes(String(one))).length
  const isAny = (said: unknown, ...counted: readonly number[]) => counted.some((one) => one === said)
  // Versions differ in what they count a warning, and a test that broke off, as.
  for (const [key, all, less] of [
    ['success_tests', count('SUCCESS', 'WARNING'), count('SUCCESS')],
    ['failed_tests', count('FAIL', 'ERROR'), count('FAIL')],
  ] as const)
    if (!isAny(summary[key], all, less)) claims.push([[key], summary[key], all])
  const passed = statuses.every((status) => status === 'SUCCESS' || status === 'WARNING')
  if (summary.all_passed === true && !passed) claims.push([['all_passed'], 'all', 'not all'])
  if (summary.all_passed === false && statuses.every((status) => status === 'SUCCESS'))
    claims.push([['all_passed'], 'not all', 'all'])
  for (const [path, said, counted] of claims) {
    const keys = ['summary', ...path]
    if (said === undefined || said === counted) continue
    const [one, other] = [nameOf(String(said)), `${counted} by its tests`]
    found.fault(keys, { code: 'contradiction', at: pointer(keys), one, other })
  }
}
