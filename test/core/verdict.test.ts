import { expect, test } from 'vitest'
import type { Problem } from '../../src/core/problem.ts'
import { type Conclusion, conclude, type Verdict } from '../../src/core/verdict.ts'
import { aModel, aProposal, aVerdict } from '../support/build.ts'

const problem: Problem = { path: '.gonogo/criteria/credit-risk.yml', line: 1, code: 'unknown_file' }
const faulty = aProposal({ problems: [problem] })
const nothing = { decision: 'nothing', models: [] } as const

test.each<readonly [string, Partial<Verdict>, Conclusion]>([
  ['a go', {}, 'success'],
  ['a go, and criteria in order', { proposals: [aProposal()] }, 'success'],
  ['a go, and faulty criteria', { proposals: [aProposal(), faulty] }, 'action_required'],
  ['a no-go', { decision: 'no-go', models: [aModel({ decision: 'no-go' })] }, 'failure'],
  ['a no-go, and faulty criteria', { decision: 'no-go', proposals: [faulty] }, 'failure'],
  ['undecided', { decision: 'undecided' }, 'action_required'],
  [
    'undecided, and criteria in order',
    { decision: 'undecided', proposals: [aProposal()] },
    'action_required',
  ],
  ['nothing released', nothing, 'neutral'],
  ['nothing released, criteria in order', { ...nothing, proposals: [aProposal()] }, 'success'],
  ['nothing released, faulty criteria', { ...nothing, proposals: [faulty, aProposal()] }, 'action_required'],
  ['nothing released, and a problem', { ...nothing, problems: [problem] }, 'action_required'],
])('%s', (_, given, expected) => {
  const verdict = aVerdict(given)

  const conclusion = conclude(verdict)

  expect(conclusion).toBe(expected)
})
