import type { Reading } from '../core/evidence.ts'
import type { Fault, Problem } from '../core/problem.ts'
import type { EvidenceRecord } from '../core/record.ts'
import { MAX_PROBLEMS } from '../text/pointer.ts'
import { rootOf } from '../text/xml.ts'
import { type Counts, type JunitSuite, junitSuites } from './junit-suites.ts'
import type { Input, Reader } from './reader.ts'
import { once, timeOf } from './suite.ts'

const format = 'junit'

/**
 * JUnit XML, as pytest and most other test runners write it: each `testsuite` that has cases is a suite, its tests
 * named `classname::name`. What was skipped, broke off, failed as expected, or passed only when run again is no pass.
 * pytest writes nothing where a test passes that was expected to fail and is not strict: such a one passed.
 */
export const junit: Reader = {
  format,
  labels: [],
  recognises: (content) =>
    content.kind === 'xml' && ['testsuites', 'testsuite'].includes(rootOf(content.text) ?? ''),
  read,
}

function read({ path, sha, content }: Input): Reading {
  if (content.kind !== 'xml') return { measurements: [], records: [], problems: [] }
  const { suites, whole, faults } = junitSuites(content.text)
  const problem = (fault: Fault, line: number): Problem => ({ path, line, ...fault })
  // A suite of suites is no suite of its own: its tests are theirs.
  const own = suites.filter(({ cases, nested }) => cases.length > 0 || nested === 0)
  const records = own.map(
    ({ name, line, at, cases }): EvidenceRecord => ({
      kind: 'suite',
      ...(name !== undefined && { suite: name }),
      tests: once(cases),
      ...timeOf(at),
      source: { path, sha, format, pointer: '', line },
    }),
  )
  const nothing: readonly Problem[] =
    suites.length === 0 && faults.length === 0
      ? [problem({ code: 'nothing_evaluated', at: 'testsuites' }, 1)]
      : []
  const problems = [
    ...faults.map(({ fault, line }) => problem(fault, line)),
    ...suites.flatMap((suite) => miscounted(suite).map((fault) => problem(fault, suite.line))),
    ...(whole === undefined
      ? []
      : miscounted(whole, 'testsuites').map((fault) => problem(fault, whole.line))),
    ...nothing,
  ]
  return { measurements: [], records, problems: problems.slice(0, MAX_PROBLEMS) }
}

type Counted = Pick<JunitSuite, 'own' | 'all' | 'repeated' | 'declared'>

/** Counts that a suite, or the root of all, gives and its cases do not come to, alone or with those of the suites in it. */
function miscounted(suite: Counted, element = 'testsuite'): readonly Fault[] {
  return (['tests', 'failures', 'errors', 'skipped'] as const).flatMap((key): readonly Fault[] => {
    const written = suite.declared[key]
    if (written === undefined) return []
    const at = `${element}/${key}`
    if (!/^\d{1,9}$/.test(written)) return [{ code: 'malformed', format, at, wanted: 'a whole number' }]
    const declared = Number(written)
    if (agrees(key, declared, suite.own, suite) || agrees(key, declared, suite.all, suite)) return []
    return [{ code: 'contradiction', at, one: `${declared} ${key}`, other: `${suite.own[key]} of its cases` }]
  })
}

/** pytest counts one case that fails and breaks off twice in `tests`, or writes two of its name and counts one. */
function agrees(key: keyof Counts, declared: number, counts: Counts, { repeated }: Counted): boolean {
  if (key !== 'tests') return declared === counts[key]
  return declared >= counts.tests - repeated && declared <= counts.tests + counts.errors
}
