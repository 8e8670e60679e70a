import Big from 'big.js'
import type { Context } from '../checks/context.ts'
import type { Criterion } from '../checks/index.ts'
import type { Counter } from '../core/note.ts'
import type { EvidenceRecord, TestOutcome, TestResult } from '../core/record.ts'
import { fitsWildcard } from '../text/wildcard.ts'
import { contextsOf } from './counter-contexts.ts'
import type { Criteria } from './criteria.ts'
import { type Made, SOURCE } from './made.ts'

type Suite = Extract<EvidenceRecord, { kind: 'suite' }>

/** Enough tests that one of them is no great share. */
const MANY = 200

/** Each way in which a test can be no pass. */
const UNPASSED: readonly (readonly [outcome: Exclude<TestOutcome, 'passed'>, kind: Counter])[] = [
  ['failed', 'test_failed'],
  ['error', 'test_broken'],
  ['skipped', 'test_skipped'],
  ['expected_failure', 'test_known_to_fail'],
  ['unexpected_pass', 'test_unexpected'],
  ['flaky', 'test_flaky'],
]

/** A suite that passed, and whatever is no such suite. */
export function forSuite(criterion: Extract<Criterion, { check: 'suite' }>, criteria: Criteria): Made {
  const { suite, dataset, tests: patterns = [], at_least: share, where = {} } = criterion
  const named = patterns.map((pattern) => test(pattern.replaceAll('*', 'x')))
  const others = Array.from({ length: MANY }, (_, index) => test(`another ${index}`))
  const all = [...others, ...named]
  const source = {
    ...SOURCE,
    ...(where.file !== undefined && { path: where.file }),
    ...(where.format !== undefined && { format: where.format }),
  }
  const good: Suite = {
    kind: 'suite',
    ...(suite !== undefined && { suite }),
    ...(dataset !== undefined && { dataset }),
    tests: all,
    source,
  }
  const file = (records: readonly Suite[]) => ({ path: source.path, measurements: [], records })
  const of = contextsOf(criteria, [file([good])], dataset)
  const context = (records: readonly Suite[]) => of.context([file(records)])
  const counter = (kind: Counter, made: Context) => ({ kind, context: made })
  const changed = (kind: Counter, change: Partial<Suite>) => counter(kind, context([{ ...good, ...change }]))
  /** One more that did not pass than may be. */
  const spare = all.length - Number(new Big(share ?? 1).times(all.length).round(0, Big.roundUp)) + 1
  const spoilt = (outcome: TestOutcome) => ({
    tests: all.map((one, index) => (index < spare ? { ...one, outcome } : one)),
  })
  const last = patterns.at(-1)
  return {
    criterion,
    good: context([good]),
    counter: [
      counter('missing', context([])),
      changed('empty', { tests: [] }),
      counter('ambiguous', context([good, { ...good, source: { ...source, pointer: '/2' } }])),
      ...UNPASSED.flatMap(([outcome, kind]) => [
        changed(kind, spoilt(outcome)),
        ...(last === undefined ? [] : [changed(kind, spoiltLast(all, outcome))]),
      ]),
      ...(last === undefined
        ? []
        : [changed('test_missing', { tests: all.filter(({ name }) => !fitsWildcard(last, name)) })]),
      ...(suite === undefined ? [] : [changed('other_suite', { suite: `${suite}2` })]),
      ...(dataset === undefined ? [] : [changed('other_dataset', { dataset: 'another' })]),
      ...of.ofExams,
      ...of.ofTrust,
    ],
  }
}

function test(name: string): TestResult {
  return { name, outcome: 'passed', pointer: '' }
}

/** The last of those that are named: one is enough. */
function spoiltLast(all: readonly TestResult[], outcome: TestOutcome): Pick<Suite, 'tests'> {
  return { tests: all.map((one, index) => (index === all.length - 1 ? { ...one, outcome } : one)) }
}
