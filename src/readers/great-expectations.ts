import type { Reading } from '../core/evidence.ts'
import type { TestOutcome, TestResult } from '../core/record.ts'
import type { Content } from '../text/content.ts'
import { type Collector, collect, type PlaceOf } from './collect.ts'
import { measureExpectation } from './great-expectations-counts.ts'
import { assetOf, columnOf, textOf, timeIn, typeOf } from './great-expectations-run.ts'
import { contradictions, ofCheckpoint } from './great-expectations-whole.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { MAX_TESTS, nameOf, qualified } from './suite.ts'

const format = 'great-expectations'
type Keys = readonly (string | number)[]
/** One validation of a suite, and where it stands. */
type Validation = { readonly fields: Fields; readonly results: readonly unknown[]; readonly keys: Keys }

/**
 * Validation results of Great Expectations 0.x and 1.x, alone or as a checkpoint keeps them. Each expectation is a test
 * `type::column`; one that raised an exception was not tried. The elements that it counted are measurements of their own.
 */
export const greatExpectations: Reader = {
  format,
  labels: ['suite', 'dataset', 'expectation', 'column'],
  recognises: (content) => validationsOf(content).length > 0,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const validations = validationsOf(input.content)
  const tests = validations.reduce((sum, { results }) => sum + results.length, 0)
  if (tests > MAX_TESTS) found.fault([], { code: 'too_many', limit: MAX_TESTS })
  else {
    const passed = validations.map((validation) => readValidation(validation, found))
    if (input.content.kind === 'data' && isFields(input.content.value))
      ofCheckpoint(input.content.value, passed, found)
  }
  return found.reading()
}

function validationsOf(content: Content): readonly Validation[] {
  if (content.kind !== 'data' || !isFields(content.value)) return []
  const alone = validationIn(content.value, [])
  if (alone.length > 0) return alone
  return Object.entries(fieldsAt(content.value, 'run_results')).flatMap(([id, run]) => {
    if (!isFields(run)) return []
    const direct = validationIn(run, ['run_results', id])
    const inside = fieldsAt(run, 'validation_result')
    return direct.length > 0 ? direct : validationIn(inside, ['run_results', id, 'validation_result'])
  })
}

/** By the shape of its first result; of none, by the statistics, which no other tool names so. */
function validationIn(fields: Fields, keys: Keys): readonly Validation[] {
  const { results } = fields
  if (!Array.isArray(results)) return []
  const [first] = results
  const is = isFields(first)
    ? typeOf(first) !== undefined && 'success' in first
    : results.length === 0 && 'evaluated_expectations' in fieldsAt(fields, 'statistics')
  return is ? [{ fields, results, keys }] : []
}

/** Whether all of its expectations passed, and it says so. */
function readValidation({ fields, results, keys }: Validation, found: Collector): boolean {
  const meta = fieldsAt(fields, 'meta')
  const version = meta['great_expectations.__version__'] ?? meta.great_expectations_version
  const tool = typeof version === 'string' ? `great-expectations ${nameOf(version)}` : 'great-expectations'
  const suite = textOf(fields.suite_name) ?? textOf(meta.expectation_suite_name)
  const dataset = assetOf(meta)
  const at = timeIn(meta)
  const labels = { ...(suite !== undefined && { suite }), ...(dataset !== undefined && { dataset }) }
  const tests = results.map((result, index): readonly [string, TestOutcome] => {
    const here = [...keys, 'results', index]
    if (!isFields(result) || typeof result.success !== 'boolean')
      found.malformed([...here, 'success'], 'true or false')
    if (!isFields(result)) return [`expectation ${index}`, 'error']
    const type = typeOf(result)
    if (type === undefined) found.malformed([...here, 'expectation_config'], 'an expectation with its type')
    const column = columnOf(fieldsAt(fieldsAt(result, 'expectation_config'), 'kwargs'))
    const own = {
      ...labels,
      ...(type !== undefined && { expectation: nameOf(type) }),
      ...(column && { column }),
    }
    measureExpectation(fieldsAt(result, 'result'), [...here, 'result'], { labels: own, tool, ...at }, found)
    return [
      type === undefined ? `expectation ${index}` : qualified(column ? type : '', column ?? type),
      outcomeOf(result),
    ]
  })
  const listed = (placeOf: PlaceOf): readonly TestResult[] =>
    tests.map(([name, outcome], index) => ({ name, outcome, ...placeOf([...keys, 'results', index]) }))
  found.record(
    (source, placeOf) => ({ kind: 'suite', ...labels, tests: listed(placeOf), tool, ...at, source }),
    keys,
  )
  const outcomes = tests.map(([, outcome]) => outcome)
  contradictions(fields, outcomes, keys, found)
  return fields.success !== false && outcomes.every((outcome) => outcome === 'passed')
}

function outcomeOf({ success, exception_info }: Fields): TestOutcome {
  if (raised(exception_info) || typeof success !== 'boolean') return 'error'
  return success ? 'passed' : 'failed'
}

/** 1.x keeps an exception for each metric that was computed, 0.x one for all. */
function raised(info: unknown): boolean {
  if (!isFields(info)) return false
  return (
    info.raised_exception === true ||
    Object.values(info).some((one) => isFields(one) && one.raised_exception === true)
  )
}
