import type { Fault } from '../core/problem.ts'
import type { TestOutcome, TestResult } from '../core/record.ts'
import { walkXml, type XmlElement } from '../text/xml.ts'
import { MAX_TESTS, nameOf, qualified } from './suite.ts'

type Counted = 'tests' | 'failures' | 'errors' | 'skipped'
export type Counts = { readonly [C in Counted]: number }

/** One `testsuite` as it was read: its own cases, and what it says of how many there are. */
export type JunitSuite = {
  /** With the suites that it is in. */
  readonly name?: string
  readonly line: number
  readonly at?: string
  readonly cases: readonly TestResult[]
  /** Cases that repeat the name of an earlier one, as a failure that breaks off in its teardown too does. */
  readonly repeated: number
  readonly nested: number
  readonly own: Counts
  /** With those of the suites in it. */
  readonly all: Counts
  readonly declared: { readonly [C in Counted]?: string }
}

export type JunitFault = { readonly fault: Fault; readonly line: number }
/** What the root says of all suites, beside what they come to. */
type JunitWhole = Pick<JunitSuite, 'line' | 'own' | 'all' | 'repeated' | 'declared'>
export type JunitFile = {
  readonly suites: readonly JunitSuite[]
  readonly whole?: JunitWhole
  readonly faults: readonly JunitFault[]
}

const NONE: Counts = { tests: 0, failures: 0, errors: 0, skipped: 0 }

/** What a case may hold that says nothing of how it ended. */
const SILENT: readonly string[] = ['properties', 'system-out', 'system-err']
const RERUNS: readonly string[] = ['rerunFailure', 'rerunError']
const FLAKY: readonly string[] = ['flakyFailure', 'flakyError']

type Open = {
  readonly element: XmlElement
  readonly names: readonly string[]
  readonly cases: TestResult[]
  nested: number
  own: Counts
  all: Counts
}
type Case = { readonly element: XmlElement; readonly marks: XmlElement[] }

/** The suites of a file by its elements, from the inside out, and what is not as the format has it. */
export function junitSuites(text: string): JunitFile {
  const path: string[] = []
  const open: Open[] = []
  const suites: JunitSuite[] = []
  const faults: JunitFault[] = []
  let current: Case | undefined
  let root: XmlElement | undefined
  let tests = 0
  const malformed = ({ line }: XmlElement, at: string, wanted: string): void => {
    faults.push({ fault: { code: 'malformed', format: 'junit', at: nameOf(at), wanted }, line })
  }

  const fault = walkXml(text, {
    open: (element) => {
      const parent = path.at(-1)
      path.push(element.name)
      if (parent === undefined && element.name === 'testsuites') root = element
      const suite = open.at(-1)
      if (parent === 'testcase' && current !== undefined) current.marks.push(element)
      else if (element.name === 'testsuite' && (parent === undefined || /^testsuites?$/.test(parent)))
        open.push(opened(element, suite))
      else if (element.name === 'testcase' && parent === 'testsuite') {
        tests += 1
        if (!element.attributes.get('name')?.trim()) malformed(element, 'testcase', 'a testcase with a name')
        else if (tests <= MAX_TESTS) current = { element, marks: [] }
      } else if (
        /^testsuites?$|^testcase$|^failure$|^error$|^skipped$/.test(element.name) &&
        parent !== undefined
      )
        malformed(element, element.name, 'testcases in a testsuite')
    },
    close: () => {
      const name = path.pop()
      if (name === 'testcase' && current !== undefined) {
        const suite = open.at(-1)
        for (const unknown of current.marks.filter(({ name: mark }) => !isKnown(mark)))
          malformed(unknown, unknown.name, 'failure, error or skipped in a testcase')
        if (suite) count(suite, current)
        current = undefined
      } else if (name === 'testsuite') {
        const suite = open.pop()
        if (suite) suites.push(closed(suite))
        const outer = open.at(-1)
        if (suite && outer) {
          outer.nested += 1
          outer.all = sum(outer.all, suite.all)
        }
      }
    },
  })
  if (tests > MAX_TESTS) faults.push({ fault: { code: 'too_many', limit: MAX_TESTS }, line: 1 })
  const all = suites.reduce((total, { own }) => sum(total, own), NONE)
  const repeated = suites.reduce((total, one) => total + one.repeated, 0)
  const whole = root && { line: root.line, own: all, all, repeated, declared: declaredBy(root) }
  return { suites, ...(whole && { whole }), faults: fault === undefined ? faults : [fault] }
}

function declaredBy({ attributes }: XmlElement): JunitSuite['declared'] {
  return Object.fromEntries(
    Object.keys(NONE).flatMap((key) => {
      const value = attributes.get(key)
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

function isKnown(mark: string): boolean {
  return [...SILENT, ...RERUNS, ...FLAKY, 'failure', 'error', 'skipped'].includes(mark)
}

function opened(element: XmlElement, outer: Open | undefined): Open {
  const name = element.attributes.get('name')?.trim() ?? ''
  const names = [...(outer?.names ?? []), ...(name === '' ? [] : [name])]
  return { element, names, cases: [], nested: 0, own: NONE, all: NONE }
}

function closed({ element, names, cases, nested, own, all }: Open): JunitSuite {
  const { attributes, line } = element
  const declared = declaredBy(element)
  const at = attributes.get('timestamp')
  const repeated = cases.length - new Set(cases.map(({ name }) => name)).size
  return {
    ...(names.length > 0 && { name: nameOf(names.join('/')) }),
    ...(at !== undefined && { at }),
    ...{ line, cases, repeated, nested, own, all, declared },
  }
}

function count(suite: Open, { element, marks }: Case): void {
  const { attributes, line } = element
  const has = (name: string): number => Number(marks.some((mark) => mark.name === name))
  const more = { tests: 1, failures: has('failure'), errors: has('error'), skipped: has('skipped') }
  suite.own = sum(suite.own, more)
  suite.all = sum(suite.all, more)
  const name = qualified(attributes.get('classname') ?? '', attributes.get('name') ?? '')
  suite.cases.push({ name, outcome: outcomeOf(element, marks), pointer: '', line })
}

function sum(one: Counts, other: Counts): Counts {
  return {
    tests: one.tests + other.tests,
    failures: one.failures + other.failures,
    errors: one.errors + other.errors,
    skipped: one.skipped + other.skipped,
  }
}

/** An expected failure as pytest and unittest-xml-reporting write it; GoogleTest says in attributes what did not run. */
function outcomeOf({ attributes }: XmlElement, marks: readonly XmlElement[]): TestOutcome {
  const of = (...names: readonly string[]) => marks.find(({ name }) => names.includes(name))
  const [failure, error, skipped] = [of('failure'), of('error'), of('skipped')]
  if (failure) return 'failed'
  if (error)
    return /unexpected.?success/i.test(error.attributes.get('type') ?? '') ? 'unexpected_pass' : 'error'
  if (skipped) {
    if (/xfail/i.test(skipped.attributes.get('type') ?? '')) return 'expected_failure'
    return /passes unexpectedly/i.test(skipped.attributes.get('message') ?? '')
      ? 'unexpected_pass'
      : 'skipped'
  }
  if (of(...FLAKY, ...RERUNS)) return 'flaky'
  if (marks.some(({ name }) => !isKnown(name))) return 'error'
  const said = [attributes.get('status'), attributes.get('result')].flatMap((one) => one?.toLowerCase() ?? [])
  if (said.some((one) => ['notrun', 'skipped', 'suppressed', 'disabled', 'ignored'].includes(one)))
    return 'skipped'
  return said.every((one) => RAN.includes(one)) ? 'passed' : 'error'
}

/** What the attributes `status` and `result` say of a case that ran to its end. */
const RAN: readonly string[] = ['run', 'completed', 'passed', 'success', 'ok']
