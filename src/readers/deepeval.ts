import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { type Case, casesOf, type Entry, passedOf } from './deepeval-cases.ts'
import { countOf, meanOf, metricName, namesOf, type Run, rateOf, runFrom } from './llm-results.ts'
import { type Fields, fieldsAt, fractionOf, isFields, isNumber, objectsIn } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'deepeval'
type Keys = readonly (string | number)[]

/**
 * Test runs of DeepEval, bare or under `testRunData`, counted from the test cases: of each metric the mean score and the
 * `pass_rate` against its threshold, and with `group: yes` the `pass_rate` of whole cases. What has an error, no score or
 * no outcome was not evaluated. Turns of one conversation are one cluster. It has no time and no commit.
 */
export const deepeval: Reader = {
  format,
  labels: ['metric', 'threshold', 'judge', 'dataset', 'group'],
  recognises: (content) => runIn(content) !== undefined,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const test = runIn(input.content)
  if (!test) return found.reading()
  const { fields, keys } = test
  const cases = casesOf(fields, keys, found)
  const run = runFrom({ model: fieldsAt(fields, 'hyperparameters').model, tool: format })
  const single = Array.isArray(fields.testCases) && (cases.length === 0 || fields.testCases.length > 0)
  const at = [...keys, single ? 'testCases' : 'conversationalTestCases']
  if (cases.length === 0) found.fault(at, { code: 'nothing_evaluated', at: pointer(at) })
  const metrics = Map.groupBy(
    cases.flatMap(({ entries }) => entries),
    ({ name }) => name,
  )
  for (const [name, entries] of metrics) measure(name, entries, at, fields, run, found)
  if (cases.length > 0) measureCases(cases, at, fields, run, found)
  contradictions(fields, keys, cases, metrics, found)
  return found.reading()
}

function runIn(content: Content): { readonly fields: Fields; readonly keys: Keys } | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const inner = content.value.testRunData
  const [fields, keys] = isFields(inner) ? [inner, ['testRunData']] : [content.value, []]
  const { testCases, metricsScores, metricScores } = fields
  const known =
    Array.isArray(metricsScores) ||
    Array.isArray(metricScores) ||
    (Array.isArray(testCases) &&
      testCases.some(
        (one) => isFields(one) && (Array.isArray(one.metricsData) || Array.isArray(one.metricsMetadata)),
      ))
  return Array.isArray(testCases) && known ? { fields, keys } : undefined
}

function measure(
  name: string,
  entries: readonly Entry[],
  keys: Keys,
  file: Fields,
  run: Run,
  found: Collector,
): void {
  const evaluated = entries.flatMap(({ result, cluster }) => (result ? [{ ...result, cluster }] : []))
  const one = (values: readonly unknown[]): unknown => (new Set(values).size === 1 ? values[0] : undefined)
  const labels = namesOf({
    metric: name,
    threshold: one(entries.map(({ threshold }) => threshold)),
    judge: one(entries.map(({ judge }) => judge)),
    dataset: file.datasetAlias,
  })
  const left = entries.length - evaluated.length
  const mean = meanOf(evaluated.map(({ score }) => score))
  const rate = rateOf(evaluated.filter(({ success }) => success).length, evaluated.length, left)
  if (!mean || !rate) {
    found.fault(keys, { code: 'nothing_evaluated', at: name })
    return
  }
  const clusters = new Set(evaluated.map(({ cluster }) => cluster)).size
  const { stderr, ...plain } = mean
  const clustered = clusters < evaluated.length ? { clusters } : {}
  const metric = metricName(name)
  found.measure(keys, {
    metric,
    ...plain,
    ...(stderr === undefined || clusters < evaluated.length ? {} : { stderr }),
    ...clustered,
    ...(left > 0 ? { unevaluated: left } : {}),
    unit: evaluated.every(({ score }) => score >= 0 && score <= 1)
      ? 'fraction'
      : fractionOf(metric, mean.value),
    labels,
    ...run,
  })
  found.measure(keys, { metric: 'pass_rate', ...rate, ...clustered, labels, ...run })
}

function measureCases(cases: readonly Case[], keys: Keys, file: Fields, run: Run, found: Collector): void {
  const outcomes = cases.map(passedOf).filter((passed) => passed !== undefined)
  const rate = rateOf(outcomes.filter(Boolean).length, outcomes.length, cases.length - outcomes.length)
  const labels = namesOf({ dataset: file.datasetAlias, group: 'yes' })
  if (rate) found.measure(keys, { metric: 'pass_rate', ...rate, labels, ...run })
}

/** What DeepEval added up, against the test cases. */
function contradictions(
  file: Fields,
  keys: Keys,
  cases: readonly Case[],
  metrics: ReadonlyMap<string, readonly Entry[]>,
  found: Collector,
): void {
  const differ = (at: Keys, one: string, other: string): void =>
    found.fault(at, {
      code: 'contradiction',
      at: pointer(at),
      one: one.slice(0, 80),
      other: other.slice(0, 80),
    })
  for (const [key, success] of [
    ['testPassed', true],
    ['testFailed', false],
  ] as const) {
    const counted = cases.filter((one) => one.success === success).length
    if (isNumber(file[key]) && file[key] !== counted)
      differ([...keys, key], String(file[key]), `${counted} of the test cases`)
  }
  const stated = objectsIn(file.metricsScores)
  for (const [index, { metric, passes, fails, errors = 0 }] of stated.entries()) {
    const entries = metrics.get(String(metric)) ?? []
    const results = entries.flatMap(({ result }) => (result ? [result] : []))
    const passed = results.filter(({ success }) => success).length
    const counted = [passed, results.length - passed, entries.length - results.length]
    if ([passes, fails, errors].some((count, at) => countOf(count) !== counted[at]))
      differ(
        [...keys, 'metricsScores', index],
        `${passes} passes, ${fails} fails, ${errors} errors`,
        `${counted[0]} passes, ${counted[1]} fails, ${counted[2]} errors of the test cases`,
      )
  }
}
