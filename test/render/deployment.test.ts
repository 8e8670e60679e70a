import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DeploymentDecision, Passed, Refusal } from '../../src/core/deployment.ts'
import { bytes } from '../../src/render/clean.ts'
import {
  COMMENT_BYTES,
  DESCRIPTION_CHARACTERS,
  renderAnswer,
  renderCouldNotDecide,
  renderFailure,
} from '../../src/render/deployment.ts'
import { markdown, plain, type Sentence } from '../../src/render/sentence.ts'
import { passedShort, passedWords, refusalWords } from '../../src/render/words-deployments.ts'
import { aFinding, aModel, anId, isUndecided, isUnmet } from '../support/build.ts'

const noGo = (text = 'accuracy', model = 'credit-risk') =>
  aModel({
    model,
    decision: 'no-go',
    findings: [
      aFinding({ criterion: text, answer: isUnmet() }),
      aFinding({ criterion: 'robustness', answer: isUndecided() }),
    ],
  })

type All = { readonly [C in Refusal['code']]: Extract<Refusal, { code: C }> }
const every = (text: string): All => ({
  run_unseen: { code: 'run_unseen', run: 12 },
  run_differs: { code: 'run_differs', run: 12, found: anId('b'), wanted: anId('a') },
  repository_differs: { code: 'repository_differs', run: 12 },
  not_on_branch: { code: 'not_on_branch', branch: text, from: [text, 'release/*'] },
  branches_unsearched: { code: 'branches_unsearched', found: 30, limit: 20 },
  unread: { code: 'unread', problem: { path: text, line: 3, code: 'unknown_key', key: text }, more: 2 },
  unnamed: { code: 'unnamed', environment: text },
  none_needed: { code: 'none_needed', environment: text, retired: ['a'] },
  no_manifest: { code: 'no_manifest', model: 'credit-risk', by: 'gone' },
  no_go: { code: 'no_go', verdict: noGo(text), late: { go: '2026-01-01T00:00:00Z', days: 30 } },
  not_judged: { code: 'not_judged' },
})
const passes = (text: string): readonly Passed[] => [
  { code: 'go', verdict: aModel({ version: text }) },
  { code: 'go', verdict: aModel(), runs: '2026-01-01T00:00:00Z' },
  { code: 'running', verdict: noGo(text), runs: '2026-01-01T00:00:00Z' },
  { code: 'rollback', verdict: noGo(text), go: '2026-01-01T00:00:00Z', days: 180 },
]

const URL = 'https://github.com/acme/models/runs/123'
const answer = (decision: DeploymentDecision, environment = 'production', url = URL) =>
  renderAnswer({ run: 12, environment, commit: anId('a'), decision, row: { seq: 41 }, url })
const rejected = (refusals: readonly Refusal[], passed: readonly Passed[] = []): DeploymentDecision => ({
  kind: 'rejected',
  refusals,
  passed,
})

function expectSentence(parts: Sentence): void {
  for (const shown of [plain(parts), markdown(parts)]) {
    expect(shown).toMatch(/^[a-z0-9`]/)
    expect(shown).not.toMatch(/\.$|[\n\r]| {2}|undefined|\[object|NaN/)
  }
  expect(plain(parts).replace(/`[^`]*`/g, '')).not.toMatch(/[a-z]_[a-z]/)
}

describe('words', () => {
  test.each(Object.values(every('some text')).map((one) => [one.code, one] as const))('%s', (_, refusal) => {
    const { says, next, short } = refusalWords(refusal)

    for (const one of [says, next, short]) expectSentence(one)
    expect(bytes(markdown(short))).toBeLessThan(200)
  })

  test.each(passes('1.0').map((one) => [one.code, one] as const))('%s', (_, passed) => {
    expectSentence(passedWords(passed))
    expectSentence(passedShort(passed))
  })
})

describe('the answer to a job', () => {
  test('names the failing criteria, what to do next, and where to read more', () => {
    expect(answer(rejected([every('accuracy').no_go]))).toEqual({
      run: 12,
      environment: 'production',
      state: 'rejected',
      short: `[go/no-go](${URL}) of the commit; row 41 of the ledger.`,
      comment: [
        '❌ **Rejected** for `production`, commit `aaaaaaaaaa`.',
        '- `credit-risk` `2.4.0` is no-go: `accuracy` is 0.871 and must be at least 0.9 (n = 1,000, dataset `holdout`); 1 more is not met (`robustness`); its go here is of `2026-01-01`, and it may come back for 30 days → improve the model and evaluate it again; the bound was registered before training',
        '',
        `[go/no-go](${URL}) of the commit; row 41 of the ledger.`,
      ].join('\n'),
    })
  })

  test('of an approval says what runs, what comes back, and until when', () => {
    const { state, comment } = answer({ kind: 'approved', passed: passes('1.0').slice(2) })

    expect(state).toBe('approved')
    expect(comment).toContain('✅ **Approved**')
    expect(comment).toContain('runs here unchanged since `2026-01-01`, so that it blocks nothing')
    expect(comment).toContain(
      'a rollback to what had a go here on `2026-01-01`, which may come back for 180 days',
    )
  })

  test('that is only observed approves, and says what it would have been', () => {
    const { state, comment } = answer({ kind: 'observed', refusals: [every('x').unnamed], passed: [] })

    expect(state).toBe('approved')
    expect(comment).toContain('only observes**; it would have been rejected')
  })

  test('counts what has no room', () => {
    const refusals = Array.from({ length: 40 }, (_, index) => ({
      code: 'no_go' as const,
      verdict: noGo('accuracy', `model-${index}`),
    }))
    const { comment } = answer(rejected(refusals))
    const lines = comment.split('\n').filter((line) => line.startsWith('- `model'))

    expect(lines.length).toBeGreaterThan(1)
    expect(comment).toContain(`- … and ${40 - lines.length} more, which have no room here`)
    expect(comment).toContain('row 41 of the ledger')
    expect(bytes(comment)).toBeLessThanOrEqual(COMMENT_BYTES)
  })

  test('says something of each reason alone, however long its texts are', () => {
    for (const text of ['😀'.repeat(400), '@'.repeat(1000), '`'.repeat(300), '](x)<img>'.repeat(90)])
      for (const refusal of Object.values(every(text))) {
        const { comment } = answer(rejected([refusal]), text)
        expect(comment).toMatch(/\n- [^…]/)
        expect(bytes(comment)).toBeLessThanOrEqual(COMMENT_BYTES)
      }
  })

  test('has room for a reason beside the longest name and address', () => {
    const address = `https://${'g'.repeat(100)}/${'x'.repeat(250)}`
    for (const name of ['＠', '@', '😀', '`', ']('].map((one) => one.repeat(255 / one.length)))
      for (const refusal of Object.values(every(name))) {
        const { comment } = answer(rejected([refusal, refusal]), name, address)
        expect(comment).toContain(`](${address})`)
        expect(comment).toMatch(/\n- [^…]/)
        expect(bytes(comment)).toBeLessThanOrEqual(COMMENT_BYTES)
      }
  })

  const hostile = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 1000 }),
    fc
      .array(
        fc.constantFrom(
          '@octocat ',
          '](',
          '![x](',
          '<b>',
          '`',
          '```',
          '\\',
          '😀',
          '\u202e',
          '#1 ',
          '|',
          '＠',
        ),
        {
          maxLength: 200,
        },
      )
      .map((pieces) => pieces.join('')),
  )

  test('never has more bytes than GitHub takes characters, nor markup of anybody else', () => {
    const decisions = fc.record({
      kind: fc.constantFrom('observed' as const, 'rejected' as const),
      refusals: fc.array(
        hostile.chain((text) => fc.constantFrom(...Object.values(every(text)))),
        { minLength: 1, maxLength: 12 },
      ),
      passed: fc.array(
        hostile.chain((text) => fc.constantFrom(...passes(text))),
        { maxLength: 12 },
      ),
    })
    fc.assert(
      fc.property(
        decisions,
        hostile,
        fc.oneof(hostile, fc.constant(`${URL}/${'x'.repeat(240)}`)),
        (decision, environment, url) => {
          const { comment, short } = answer(decision, environment, url)
          for (const text of [comment, short]) {
            expect(bytes(text)).toBeLessThanOrEqual(COMMENT_BYTES)
            expect(text.length).toBeLessThanOrEqual(COMMENT_BYTES)
            expect(text.isWellFormed()).toBe(true)
            expect(text).not.toMatch(/[@＠](?!\u200b)|<[a-z]|!\[|\u202e/i)
          }
          const shown = comment.split('\n').filter((line) => line.startsWith('- ')).length
          const all = decision.refusals.length + decision.passed.length
          expect(shown === all || comment.includes('more, which have no room here')).toBe(true)
        },
      ),
      { seed: 20260301, numRuns: 300 },
    )
  })

  test('links no address that GitHub would not give', () => {
    for (const url of [
      'javascript:x//https://github.com/acme',
      'javascript:alert(1)',
      'https://x/) [y](https://evil',
      'https://a@b/c',
      `${URL} "x`,
    ])
      expect(answer(rejected([every('x').unnamed]), 'production', url).short).toBe('row 41 of the ledger.')
  })

  test('that could not be decided rejects, with an id', () => {
    const { state, comment } = renderCouldNotDecide({
      run: 12,
      environment: '@x'.repeat(120),
      correlation: 'c-1',
    })

    expect(state).toBe('rejected')
    expect(comment).toContain('`c-1`')
    expect(bytes(comment)).toBeLessThanOrEqual(COMMENT_BYTES)
  })
})

test('the description of a status is short, plain, and counts the other reasons', () => {
  const all = Object.values(every('@octocat'))

  expect(renderFailure([every('x').no_go])).toBe('not to be deployed: credit-risk is no-go')
  expect(renderFailure(all)).toMatch(/^not to be deployed: .*; 10 more reasons$/)
  for (const refusal of all)
    expect(renderFailure([refusal, ...all]).length).toBeLessThanOrEqual(DESCRIPTION_CHARACTERS)
})
