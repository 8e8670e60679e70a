import type { TestOutcome, TestResult } from '../core/record.ts'
import { timeText } from './times.ts'

/** More tests than this in one file are a log, not a suite. */
export const MAX_TESTS = 20_000

const LONGEST = 300

/** A name as it is kept: longer ones are text, such as a prompt that a test was given, and are cut. */
export function nameOf(text: string): string {
  const name = text.trim()
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1).toWellFormed()}…` : name
}

/** What the parts of a name have in common comes first: `class::test`, `check::condition`. */
export function qualified(whole: string, part: string): string {
  return nameOf(whole.trim() === '' ? part : `${whole.trim()}::${part.trim()}`)
}

/** A time as it is written, also where nobody can read it. */
export function timeOf(value: unknown): { readonly at?: string } {
  const at = timeText(value)
  return at === undefined ? {} : { at }
}

/** From what is worst of one test to what is best. */
const WORST_FIRST: readonly TestOutcome[] = [
  ...(['failed', 'expected_failure', 'error', 'flaky', 'unexpected_pass', 'skipped', 'passed'] as const),
]

/** Tests of one name as one, so that none counts twice: the worst of them; what failed and passed is flaky. */
export function once(tests: readonly TestResult[]): readonly TestResult[] {
  return [...Map.groupBy(tests, ({ name }) => name).values()].flatMap((same) => {
    const outcomes = new Set(same.map(({ outcome }) => outcome))
    const worst = WORST_FIRST.find((outcome) => outcomes.has(outcome)) ?? 'error'
    const first = same.find(({ outcome }) => outcome === worst)
    if (first === undefined) return []
    return [worst === 'failed' && outcomes.has('passed') ? { ...first, outcome: 'flaky' as const } : first]
  })
}
