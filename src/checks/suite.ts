import Big from 'big.js'
import { z } from 'zod'
import type { Answer } from '../core/answer.ts'
import { kindsIn } from '../core/attacks.ts'
import { CONTROL_TABLE, type Control } from '../core/controls.ts'
import type { Evidence } from '../core/evidence.ts'
import { isTrainingRole } from '../core/exam.ts'
import type { Measurement } from '../core/measurement.ts'
import type { EvidenceRecord, TestOutcome, TestResult } from '../core/record.ts'
import { nearest } from '../core/suggest.ts'
import type { SuiteAsked, Unpassed } from '../core/suite-answer.ts'
import { fitsWildcard } from '../text/wildcard.ts'
import { COMMON } from './common.ts'
import type { Context } from './context.ts'
import { answerExam, answerTaken } from './exam.ts'
import { mistimed } from './measured-at.ts'
import { distrusted } from './trusted.ts'

/** A suite of tests that passed: all of it, unless a share is enough, and whatever is named in any case. */
export const SuiteCheck = z.strictObject({
  ...COMMON,
  check: z.literal('suite'),
  suite: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe('name of the suite, as the evidence has it; needed where there are several'),
  dataset: z.string().min(1).max(200).optional().describe('the data that the tests were run on'),
  where: z
    .strictObject({ file: z.string().min(1).max(500).optional(), format: z.string().max(100).optional() })
    .optional()
    .describe('the file or the format that the suite was read from'),
  tests: z
    .array(z.string().min(1).max(300))
    .min(1)
    .max(200)
    .optional()
    .describe('tests that must have run and passed, by name; * stands for any characters'),
  at_least: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe('the share of all tests that must have passed; without it every one must'),
})
export type SuiteCheck = z.infer<typeof SuiteCheck>

type Suite = Extract<EvidenceRecord, { kind: 'suite' }>

/** Past this many tests that did not pass, a list says nothing new. */
export const LISTED = 50

/** Whether the suite that was asked for ran, passed, and holds every test that was named. */
export function answerSuite(criterion: SuiteCheck, context: Context): Answer {
  const asked = askedOf(criterion)
  // Whatever was tested: no evidence answers for an exam that the release did not take.
  const refused = answerExam(asked.dataset, context.exams)
  if (refused !== undefined) return refused
  const all = suitesIn(context.evidence)
  const fitting = all.filter(({ record }) => fits(record, asked))
  const [only, second] = fitting
  if (only === undefined) {
    const known = all.flatMap(({ record }) => record.suite ?? [])
    return {
      ...{ code: 'no_suite', outcome: 'undecided', asked },
      nearest: nearest(asked.suite ?? '', known, 3),
    }
  }
  if (second !== undefined) return several(fitting.map(({ record }) => record))
  const { record, file } = only
  if (record.tests.length === 0)
    return { code: 'no_tests', outcome: 'undecided', ...nameOf(record), path: record.source.path }
  const observed = shareOf(record)
  const where: Readonly<Record<string, string>> = { ...asked }
  const isOfTraining = testsTraining(criterion, record, context)
  return (
    distrusted(observed, file, context.trust) ??
    mistimed(observed, context, isOfTraining || testsData(criterion.control, record) ? 'earlier' : 'work') ??
    (isOfTraining ? undefined : answerTaken(observed, where, true, context.exams)) ??
    judge(criterion, record, observed)
  )
}

/**
 * Tests of the data that a model was made with are no exam of it: for a control of the training they count on data that
 * the manifest gives a training role and a digest, which is the pinned one where the criteria pin them; not on an exam.
 */
function testsTraining({ control }: SuiteCheck, { dataset }: Suite, { claims, exams }: Context): boolean {
  if (CONTROL_TABLE[control].phase !== 'training' || dataset === undefined) return false
  const pin = exams.pinned.get(dataset)
  if (pin !== undefined && !pin.unasked) return false
  const own = claims?.datasets.filter(({ name }) => name === dataset) ?? []
  const isIt = (digest: string | undefined) => digest !== undefined && digest === (pin?.digest ?? digest)
  return own.length > 0 && own.every(({ role, digest }) => isTrainingRole(role) && isIt(digest))
}

/** Data are tested before a model is made of them, unless what was tried is a trigger, which only a model answers to. */
function testsData(control: Control, { suite = '', tests }: Suite): boolean {
  const isOfData = CONTROL_TABLE[control].phase === 'training' || control === 'inherited-data'
  return isOfData && [suite, ...tests.map(({ name }) => name)].every((name) => kindsIn(name).length === 0)
}

function askedOf({ suite, dataset, where: { file, format } = {} }: SuiteCheck): SuiteAsked {
  return {
    ...(suite !== undefined && { suite }),
    ...(dataset !== undefined && { dataset }),
    ...(file !== undefined && { file }),
    ...(format !== undefined && { format }),
  }
}

type Found = { readonly record: Suite; readonly file: Evidence }

function suitesIn(evidence: readonly Evidence[]): readonly Found[] {
  return evidence.flatMap((file) =>
    file.records.flatMap((record) => (record.kind === 'suite' ? [{ record, file }] : [])),
  )
}

function fits({ suite, dataset, source }: Suite, asked: SuiteAsked): boolean {
  return (
    (asked.suite === undefined || asked.suite === suite) &&
    (asked.dataset === undefined || asked.dataset === dataset) &&
    (asked.file === undefined || asked.file === source.path) &&
    (asked.format === undefined || asked.format === source.format)
  )
}

function several(found: readonly Suite[]): Answer {
  const suites = found
    .map((record) => ({ ...nameOf(record), path: record.source.path }))
    .toSorted((a, b) => (`${a.path} ${a.suite}` < `${b.path} ${b.suite}` ? -1 : 1))
  const named = new Set(suites.map(({ suite }) => suite)).size === suites.length
  return { code: 'several_suites', outcome: 'undecided', suites: suites.slice(0, LISTED), named }
}

function nameOf({ suite }: Suite): { readonly suite?: string } {
  return suite === undefined ? {} : { suite }
}

/** The share of tests that passed, as any other number is measured: with its dataset and the place it was read from. */
function shareOf({ tests, suite, dataset, tool, at, source }: Suite): Measurement {
  const passed = tests.filter(isPassed).length
  return {
    ...{ metric: 'pass_rate', value: passed / tests.length, unit: 'fraction' },
    ...{ samples: tests.length, successes: passed },
    labels: { ...(dataset !== undefined && { dataset }), ...(suite !== undefined && { suite }) },
    ...(tool !== undefined && { tool }),
    ...(at !== undefined && { at }),
    source,
  }
}

function isPassed({ outcome }: TestResult): boolean {
  return outcome === 'passed'
}

/** An expected failure is a failure that somebody knew of. */
const FAILURES: readonly TestOutcome[] = ['failed', 'expected_failure']

function judge(criterion: SuiteCheck, record: Suite, observed: Measurement): Answer {
  const { tests: all } = record
  const { tests: patterns = [], at_least: share } = criterion
  const required = new Set<TestResult>()
  const missing: string[] = []
  for (const pattern of patterns) {
    const named = all.filter(({ name }) => fitsWildcard(pattern, name))
    if (named.length === 0) missing.push(pattern)
    for (const test of named) required.add(test)
  }
  const passed = all.filter(isPassed).length
  const failed = all.filter(({ outcome }) => FAILURES.includes(outcome))
  const enough = (count: number) => new Big(share ?? 1).times(all.length).lte(count)
  const ran = {
    ...{ observed, ...nameOf(record), passed, tests: all.length },
    ...(share !== undefined && { share }),
    ...unpassedIn(all, required),
  }
  // Not even what is open could make up for what failed.
  if (failed.some((test) => required.has(test)) || !enough(all.length - failed.length))
    return { code: 'suite_failed', outcome: 'unmet', ...ran }
  if (missing.length > 0) {
    const names = all.map(({ name }) => name)
    const near = nearest(missing[0] ?? '', names, 3)
    return { code: 'tests_missing', outcome: 'undecided', observed, missing, nearest: near }
  }
  return ![...required].every(isPassed) || !enough(passed)
    ? { code: 'suite_open', outcome: 'undecided', ...ran }
    : { code: 'suite_passed', outcome: 'met', ...ran }
}

function unpassedIn(
  all: readonly TestResult[],
  required: ReadonlySet<TestResult>,
): { readonly unpassed: readonly Unpassed[]; readonly more: number } {
  const unpassed = all
    .flatMap((test): readonly Unpassed[] => {
      const { name, outcome, line } = test
      if (outcome === 'passed') return []
      const place = line === undefined ? {} : { line }
      return [{ test: name, outcome, required: required.has(test), ...place }]
    })
    .toSorted((a, b) => Number(b.required) - Number(a.required) || rank(a) - rank(b))
  return { unpassed: unpassed.slice(0, LISTED), more: Math.max(0, unpassed.length - LISTED) }
}

function rank({ outcome }: Unpassed): number {
  return FAILURES.includes(outcome) ? 0 : 1
}
