import { expect, test } from 'vitest'
import type { Verdict } from '../../src/core/verdict.ts'
import { renderCheckRun } from '../../src/render/check-run.ts'
import { title } from '../../src/render/title.ts'
import {
  aFinding,
  aModel,
  aProposal,
  aVerdict,
  isRegistered,
  isUndecided,
  isUnmet,
} from '../support/build.ts'
import { everyAnswer } from './every.ts'

const uncovered = { path: 'models/x/w.onnx', code: 'uncovered' } as const
const late = aFinding({
  criterion: 'preregistration',
  control: 'preregistration',
  answer: everyAnswer('a').criteria_in_this_change,
})
const unknown = { ...late, answer: everyAnswer('a').work_not_found }
const unmet = aFinding({ answer: isUnmet() })
const parity = aFinding({ criterion: 'parity', answer: isUndecided() })
const faulty = aProposal({ problems: [{ path: 'a', code: 'unknown_file' }] })

const CASES: readonly (readonly [string, Partial<Verdict>])[] = [
  ['go: credit-risk 2.4.0 meets the one criterion', {}],
  [
    'go: credit-risk 2.4.0 meets all 3 criteria',
    { models: [aModel({ findings: [isRegistered(), aFinding(), aFinding(), aFinding()] })] },
  ],
  ['go: credit-risk 2.4.0 meets the one criterion; criteria: 1 problem in 1 file', { proposals: [faulty] }],
  [
    'no-go: credit-risk 2.4.0 misses 1 of 2 criteria: accuracy',
    { decision: 'no-go', models: [aModel({ decision: 'no-go', findings: [isRegistered(), unmet, parity] })] },
  ],
  [
    'no-go: the criteria of credit-risk 2.4.0 did not come before the work',
    { decision: 'no-go', models: [aModel({ decision: 'no-go', findings: [late] })] },
  ],
  [
    'undecided: it is not shown that the criteria of credit-risk 2.4.0 came before the work',
    { decision: 'undecided', models: [aModel({ decision: 'undecided', findings: [unknown, aFinding()] })] },
  ],
  [
    'undecided: 1 of 2 criteria of credit-risk 2.4.0 cannot be judged yet: parity',
    {
      decision: 'undecided',
      models: [aModel({ decision: 'undecided', findings: [isRegistered(), aFinding(), parity] })],
    },
  ],
  [
    'undecided: credit-risk 2.4.0 has 1 problem in its files',
    { decision: 'undecided', models: [aModel({ decision: 'undecided', problems: [uncovered] })] },
  ],
  [
    'undecided: 1 problem in this commit beside credit-risk 2.4.0',
    { decision: 'undecided', problems: [uncovered] },
  ],
  [
    'undecided: credit-risk 2.4.0 was asked nothing that could prove a go',
    { decision: 'undecided', models: [aModel({ decision: 'undecided', findings: [isRegistered()] })] },
  ],
  ['undecided: 1 problem', { decision: 'undecided', models: [], problems: [uncovered] }],
  [
    'no-go: 3 models: c (no-go), b (undecided), a (go)',
    {
      decision: 'no-go',
      models: [
        aModel({ model: 'a' }),
        aModel({ model: 'b', decision: 'undecided' }),
        aModel({ model: 'c', decision: 'no-go' }),
      ],
    },
  ],
  [
    'go: all 2 models meet their criteria: a, b',
    { models: [aModel({ model: 'a' }), aModel({ model: 'b' })] },
  ],
  ['nothing to judge: this commit releases no model', { decision: 'nothing', models: [] }],
  ['undecided: 1 problem', { decision: 'nothing', models: [], problems: [uncovered] }],
  ['criteria: 1 file in order', { decision: 'nothing', models: [], proposals: [aProposal()] }],
  ['criteria: 1 problem in 2 files', { decision: 'nothing', models: [], proposals: [aProposal(), faulty] }],
]

test.each(CASES)('%s', (expected, given) => {
  const run = renderCheckRun(aVerdict(given))

  expect(run.title).toBe(expected)
  expect(run.conclusion === 'success').toBe(/^go: [^;]*$|in order$/.test(expected))
  expect(run.conclusion === 'neutral').toBe(expected.startsWith('nothing'))
})

test('at most 255 characters, whatever is in the names', () => {
  const findings = Array.from({ length: 9 }, (_, index) =>
    aFinding({ criterion: `${index}${'é@octocat'.repeat(99)}`, answer: isUnmet() }),
  )
  const shown = title(
    aVerdict({
      decision: 'no-go',
      models: [aModel({ decision: 'no-go', model: '😀'.repeat(999), findings })],
    }),
  )

  expect(shown.length).toBeLessThanOrEqual(255)
  expect(shown).toMatch(/^no-go: .*…$/)
  expect(shown).not.toMatch(/@\w/)
})
