import { expect, test } from 'vitest'
import type { Verdict } from '../../src/core/verdict.ts'
import { renderCheckRun } from '../../src/render/check-run.ts'
import { renderJson } from '../../src/render/json.ts'
import { renderText } from '../../src/render/text.ts'
import { aFinding, aModel, aProposal, aVerdict, isRegistered, isUnmet } from '../support/build.ts'

const PLAIN = { colour: (_: string, text: string) => text, width: 200 }
const missed = {
  decision: 'no-go',
  models: [aModel({ decision: 'no-go', findings: [isRegistered(), aFinding({ answer: isUnmet() })] })],
} as const
const faulty = {
  decision: 'undecided',
  models: [],
  problems: [{ path: 'w.onnx', code: 'uncovered' }],
} as const

test.each<readonly [string, Partial<Verdict>, string]>([
  ['a no-go', missed, 'no-go, merged without a go: credit-risk 2.4.0 misses'],
  ['an undecided commit', faulty, 'undecided, merged without a go: 1 problem'],
])('%s on the default branch says what it is and what to do', (_, given, title) => {
  const verdict = aVerdict({ ...given, pushed: true, branch: 'main' })
  const run = renderCheckRun(verdict)

  expect(run.title).toContain(title)
  expect(run.summary).toContain('**Merged without a go**: it is on `main` all the same')
  expect(run.summary).toContain('What to do next: revert it on `main`, or merge what is missing')
  expect(renderText(verdict, PLAIN)).toContain('Merged without a go\n  - it is on `main` all the same')
  expect(renderJson(verdict)).toMatchObject({ merged_without_go: true, pushed: true })
})

test.each<readonly [string, Partial<Verdict>]>([
  ['a go on the default branch', { pushed: true }],
  ['a tip that releases nothing', { pushed: true, decision: 'nothing', models: [] }],
  ['a no-go that nobody merged', missed],
])('%s says nothing of it', (_, given) => {
  const verdict = aVerdict(given)
  const shown = `${renderCheckRun(verdict).title}${renderCheckRun(verdict).summary}${renderText(verdict, PLAIN)}`

  expect(shown.toLowerCase()).not.toContain('merged without a go')
  expect(renderJson(verdict).merged_without_go).toBe(given.pushed ? false : undefined)
})

test('criteria that a push changed are proposals no more', () => {
  const changed = { decision: 'nothing', models: [], proposals: [aProposal()] } as const

  expect(renderCheckRun(aVerdict({ ...changed, pushed: true })).summary).toMatch(
    /it changed are in order[\s\S]*### Changed criteria/,
  )
  expect(renderCheckRun(aVerdict(changed)).summary).toMatch(
    /it proposes are in order[\s\S]*### Proposed criteria/,
  )
})

test('how long it holds stands at the end', () => {
  const until = '2026-03-04T00:00:00.000Z'

  expect(renderCheckRun(aVerdict({ until })).summary).toContain(`what it rests on holds until \`${until}\``)
  expect(renderText(aVerdict({ until }), PLAIN)).toContain(`what it rests on holds until \`${until}\``)
  expect(renderJson(aVerdict({ until })).until).toBe(until)
})
