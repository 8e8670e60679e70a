import type { TestOutcome } from '../core/record.ts'
import type { SuiteAnswer, SuiteAsked, Unpassed } from '../core/suite-answer.ts'
import { count, counted, shownNumber } from './numbers.ts'
import { joined, listed, names, quoted, type Sentence, sentence } from './sentence.ts'
import type { AnswerWords } from './words-table.ts'

type Ran = Extract<SuiteAnswer, { readonly unpassed: unknown }>

/** More names than this make no sentence; the facts and the JSON have more of them. */
const NAMED = 10

/** The words for suites of tests. */
export const SUITE_WORDS: AnswerWords<SuiteAnswer> = {
  suite_passed: (ran) => ({ says: sentence`${ranInWords(ran)}${unpassedInWords(ran)}` }),
  suite_failed: (ran) => ({
    says: sentence`${ranInWords(ran)}, and ${[wanted(ran)]} must${unpassedInWords(ran)}`,
    next: sentence`correct what the failed tests show and run the whole suite again; which tests must pass was registered before training`,
  }),
  suite_open: (ran) => ({
    says: sentence`${ranInWords(ran)}, and ${[wanted(ran)]} must${unpassedInWords(ran)}; whatever was not tried, broke off or came out both ways is no pass`,
    next: sentence`run these tests to their end, so that each of them passes the first time, and commit the result`,
  }),
  tests_missing: ({ missing, nearest }) => ({
    says: sentence`${[counted(missing.length, 'test')]} that the criteria name did not run: ${names(missing, NAMED)}${nearest.length > 0 ? sentence`; the nearest that ran are ${names(nearest)}` : []}`,
    next: sentence`run the whole suite with ${names(missing, NAMED)} in it and commit the result`,
  }),
  no_suite: ({ asked, nearest }) => ({
    says: sentence`the evidence has no suite of tests${askedInWords(asked)}${nearest.length > 0 ? sentence`; there are ${names(nearest)}` : []}`,
    next:
      asked.dataset === undefined
        ? sentence`add the results of the tests to the evidence, as their tool writes them`
        : sentence`add the results of the tests to the evidence, as their tool writes them; where the file names no dataset, ${quoted('dataset:')} in the manifest does`,
  }),
  several_suites: ({ suites, named }) => ({
    says: sentence`${[counted(suites.length, 'suite')]} of tests fit, and exactly one must: ${listed(suites.map(suiteInWords))}`,
    next: sentence`name evidence in the manifest that has exactly one of them; for the next training, choose in the criteria with ${quoted(named ? 'suite: …' : 'where: { file: … }')}`,
  }),
  no_tests: ({ suite, path }) => ({
    says: sentence`the suite${suite === undefined ? [] : sentence` ${quoted(suite)}`} in ${quoted(path)} has no test, so nothing was shown`,
    next: sentence`find out why no test was collected, run the suite again and commit the result`,
  }),
}

/** What ran, for a cell: `9 of 10 passed`; where that was enough, with what did not, which nothing else says. */
export function ranInCell(ran: Ran): Sentence {
  const share = `${count(ran.passed)} of ${count(ran.tests)} passed`
  return ran.outcome === 'met' ? sentence`${[share]}${unpassedInWords(ran)}` : [share]
}

/** What is required, for a cell: `all pass`, or `≥ 0.9 pass`. */
export function passingInCell({ share }: Ran): Sentence {
  return [share === undefined ? 'all pass' : `≥ ${shownNumber(share)} pass`]
}

function ranInWords({ passed, tests, suite }: Ran): Sentence {
  const of: Sentence = suite === undefined ? [] : sentence` of ${quoted(suite)}`
  return sentence`${[count(passed)]} of ${[counted(tests, 'test')]}${of} passed`
}

function wanted({ share, unpassed }: Ran): string {
  if (share === undefined) return 'all of them'
  const besides = unpassed.some(({ required }) => required) ? ', with every one that the criteria name,' : ''
  return `a share of at least ${shownNumber(share)}${besides}`
}

const OUTCOMES: { readonly [O in Exclude<TestOutcome, 'passed'>]: string } = {
  failed: 'failed',
  error: 'broke off with an error',
  skipped: 'was skipped',
  expected_failure: 'failed as expected',
  unexpected_pass: 'passed unexpectedly',
  flaky: 'passed only when run again',
}

/** Every test that did not pass, as far as there is room. */
function unpassedInWords({ unpassed, more }: Ran): Sentence {
  if (unpassed.length === 0) return []
  const shown = unpassed.slice(0, NAMED).map(unpassedTest)
  const left = unpassed.length - shown.length + more
  return sentence`: ${joined(shown)}${[left > 0 ? ` and ${counted(left, 'more', 'more')}` : '']}`
}

function unpassedTest({ test, outcome, required }: Unpassed): Sentence {
  return sentence`${quoted(test)} ${[OUTCOMES[outcome]]}${[required ? ' (required)' : '']}`
}

function suiteInWords({ suite, path }: { readonly suite?: string; readonly path: string }): Sentence {
  return suite === undefined
    ? sentence`one without a name in ${quoted(path)}`
    : sentence`${quoted(suite)} in ${quoted(path)}`
}

function askedInWords({ suite, dataset, file, format }: SuiteAsked): Sentence {
  const parts = [
    ...(suite === undefined ? [] : [sentence`named ${quoted(suite)}`]),
    ...(dataset === undefined ? [] : [sentence`on ${quoted(dataset)}`]),
    ...(file === undefined ? [] : [sentence`from ${quoted(file)}`]),
    ...(format === undefined ? [] : [sentence`of format ${quoted(format)}`]),
  ]
  return parts.length === 0 ? [] : sentence` ${joined(parts, ' ')}`
}
