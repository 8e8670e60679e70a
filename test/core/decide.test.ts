import { describe, expect, test } from 'vitest'
import { type Decision, decide } from '../../src/core/decide.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { Problem } from '../../src/core/problem.ts'
import { aFinding, isMet, isRegistered, isUndecided, isUnmet } from '../support/build.ts'

const problem: Problem = { path: 'metrics.json', line: 3, code: 'empty_file' }
const met = aFinding({ answer: isMet() })
const unmet = aFinding({ answer: isUnmet() })
const undecided = aFinding({ answer: isUndecided() })
const advisory = (finding: Finding): Finding => ({ ...finding, blocking: false })
const unregistered: Finding = {
  ...isRegistered(),
  answer: { code: 'criteria_absent', outcome: 'unmet', path: '.gonogo/criteria/credit-risk.yml' },
}

const ROWS: readonly (readonly [string, readonly Finding[], readonly Problem[], Decision])[] = [
  ['registered and met', [isRegistered(), met], [], 'go'],
  ['several met', [isRegistered(), met, met], [], 'go'],
  ['an advisory miss beside it', [isRegistered(), met, advisory(unmet)], [], 'go'],
  ['an advisory doubt beside it', [isRegistered(), met, advisory(undecided)], [], 'go'],
  ['one unmet', [isRegistered(), met, unmet], [], 'no-go'],
  ['unmet beats undecided', [isRegistered(), undecided, unmet], [], 'no-go'],
  ['unmet beats a problem', [isRegistered(), unmet], [problem], 'no-go'],
  ['not registered', [unregistered, met], [], 'no-go'],
  ['one undecided', [isRegistered(), met, undecided], [], 'undecided'],
  ['a problem', [isRegistered(), met], [problem], 'undecided'],
  ['nothing at all', [], [], 'undecided'],
  ['nothing but registration', [isRegistered()], [], 'undecided'],
  ['nothing blocking', [isRegistered(), advisory(met)], [], 'undecided'],
  ['registration itself advisory', [advisory(isRegistered()), met], [], 'undecided'],
  ['met, and nothing about registration', [met], [], 'undecided'],
]

describe('go must be proved', () => {
  test.each(ROWS)('%s', (_, findings, problems, expected) => {
    const decision = decide(findings, problems)

    expect(decision).toBe(expected)
  })

  test.each(ROWS)('the order of findings does not matter: %s', (_, findings, problems, expected) => {
    expect(decide(findings.toReversed(), problems)).toBe(expected)
  })
})
