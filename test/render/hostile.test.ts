import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { expect, test } from 'vitest'
import type { Covered } from '../../src/core/coverage.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import { renderCheckRun } from '../../src/render/check-run.ts'
import { bytes } from '../../src/render/clean.ts'
import { code, escaped, tableRow } from '../../src/render/markdown.ts'
import { aFinding, aModel, aProposal, aRegistration, aVerdict } from '../support/build.ts'
import { aWaiver } from '../support/waivers.ts'
import { everyAnswer, everyFault } from './every.ts'
import { everyWaiver, hostileWaiver } from './every-waiver.ts'

const PIECES = [
  '<img src=x onerror=alert(1)>',
  '<!--',
  '![x](https://evil.example/p.png)',
  '[x](javascript:alert(1))',
  '](',
  '[x]: https://evil.example',
  '@octocat',
  '\\@octocat',
  '&#64;octocat',
  '&commat;octocat',
  '#12',
  'acme/credit#12',
  'GH-12',
  'https://evil.example',
  'www.evil.example',
  '4be1c0d4be1c0d4be1c0d4be1c0d4be1c0d4be1c0d',
  '\u001b[31m',
  '\u001b]8;;https://evil.example\u0007',
  '\u202e',
  '\u2066',
  '|',
  '\\|',
  '\\',
  '`',
  '```',
  '\n',
  '\r\n\r\n# heading',
  '\n- ',
  '| a | b |\n| --- | --- |',
  '$x$',
  '**',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  '…',
  '😀',
]

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 12 })
  .map((parts) => parts.join(''))

/** A verdict with the same text in every field that a file can fill. */
function filledWith(text: string, decision: 'go' | 'no-go' | 'undecided'): Verdict {
  const waivers = everyWaiver(text)
  const findings = Object.values(everyAnswer(text)).map((answer, index) =>
    aFinding({
      ...{ criterion: text, control: text, answer, asked: { path: text, line: 1, sha: text } },
      ...(index % 2 === 0 && { waiver: { ...aWaiver(hostileWaiver(text)), ends: text } }),
    }),
  )
  const problems = Object.values(everyFault(text)).map((fault) => ({ path: text, line: 1, ...fault }))
  const fields = [
    { field: text, effect: 'loosened', before: text, after: text },
    { field: text, effect: 'tightened', after: text },
    { field: text, effect: 'changed', before: text },
  ] as const
  const deviations = [
    { criterion: text, change: 'added', fields },
    { criterion: text, change: 'loosened', renamed: text, fields },
  ] as const
  const amendments = [
    { commit: text, from: text, to: text, at: text, begun: text, changes: deviations },
    { commit: text, changes: [] },
    { commit: text, to: text, unreadable: true, changes: [] },
  ] as const
  const later = [{ what: text, from: text }]
  const level = { risk: 'high', set: 'low', declared: 'high', traits: ['text'], added: [] } as const
  const standing = { ...level, later }
  const because = ['risk: high'] as const
  const coverage: readonly Covered[] = [
    { control: 'fairness', because, state: 'asked', by: [{ criterion: text, floor: true }] },
    { control: 'robustness', because, state: 'missing', advisory: [text] },
    { control: 'extraction', because, state: 'excused', reason: text },
  ]
  const below = [{ what: 'trust', found: text, wanted: text }] as const
  const model = aModel({
    model: text,
    version: text,
    decision,
    identity: text,
    registration: aRegistration({
      path: text,
      at: text,
      registered: text,
      today: text,
      proposed: text,
      work: { kind: 'training', commit: text },
    }),
    deviations,
    amendments,
    weights: [{ name: text, digest: text, trust: 'declared' }],
    loaded: [{ name: text, digest: text, trust: 'seen', format: { kind: 'not_read', why: 'too_large' } }],
    exams: [
      {
        name: text,
        digest: `snapshot:${text}`,
        weak: true,
        given: text,
        state: 'differs',
        training: 'unknown',
        unknown: [text],
      },
    ],
    chosen: [
      { what: 'dataset', dataset: text, digest: text, path: text },
      { what: 'label', dataset: text, value: text, path: text },
    ],
    datasets: [{ name: text, role: 'train', digest: text }],
    unproved: [{ path: text, line: 1, metric: text, stated: text }],
    knownAs: [text],
    findings,
    problems,
    manifest: { path: text, sha: text },
    standing,
    coverage,
    waivers,
  })
  const held = { standing, coverage, below }
  const proposals = [aProposal({ path: text, model: text, deviations, problems, ...held })]
  const floor = { kind: 'read', repository: text, path: text, commit: text, sha: text } as const
  return aVerdict({
    decision,
    models: [model, model],
    problems,
    proposals,
    branch: text,
    repository: text,
    floor,
  })
}

type Node = { readonly type: string; readonly value?: string; readonly children?: readonly Node[] }

function types(node: Node): readonly string[] {
  return [node.type, ...(node.children ?? []).flatMap(types)]
}

/** What headings say beside the names in their code spans. */
function headingsIn(node: Node): readonly string[] {
  const said = (node.children ?? []).flatMap((child) => (child.type === 'text' ? [child.value ?? ''] : []))
  return [...(node.type === 'heading' ? [said.join('')] : []), ...(node.children ?? []).flatMap(headingsIn)]
}

const OWN_HEADING =
  /^(?:❌ +: no-go|(?:Criteria|What to do next|Waivers|Problems|Weights that were not looked into|Numbers that no evidence has|Registration|Changes of the criteria since registration|History of the criteria|Risk and controls|What was judged)(?: \(\))?|Problems of this commit|Retired models, which are not judged|Proposed criteria|Changed criteria|Controls of )$/

const HARMLESS = new Set([
  'root',
  'paragraph',
  'text',
  'inlineCode',
  'strong',
  'heading',
  'list',
  'listItem',
  'thematicBreak',
  'break',
])

test('whatever stands in a file, the check run shows it as text', () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom('go', 'no-go', 'undecided'), (text, decision) => {
      const run = renderCheckRun(filledWith(text, decision))

      expect(run.title.length).toBeLessThanOrEqual(255)
      expect(run.title).not.toMatch(/[\n\r]|@\w/)
      for (const shown of [run.summary, run.text ?? '']) {
        expect(bytes(shown)).toBeLessThanOrEqual(65_535)
        expect(shown).not.toMatch(/<|\]\(|!\[|@\w/)
        expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
        expect(shown.isWellFormed()).toBe(true)
      }
    }),
    { numRuns: 20 },
  )
})

test('a Markdown parser sees nothing but our own structure', () => {
  // Which sections fit depends on how long the text is: none of them is one that nobody here wrote, nor there too often.
  const models = filledWith('a', 'no-go').models.length
  fc.assert(
    fc.property(hostile, (text) => {
      const { summary } = renderCheckRun(filledWith(text, 'no-go'))
      const seen = types(fromMarkdown(summary))
      expect(seen.filter((type) => !HARMLESS.has(type))).toEqual([])
      const headings = headingsIn(fromMarkdown(summary))
      expect(headings.filter((one) => !OWN_HEADING.test(one))).toEqual([])
      for (const same of Map.groupBy(headings, (one) => one).values())
        expect(same.length).toBeLessThanOrEqual(models)
    }),
    { numRuns: 15, examples: [['key\\\n\u{97740}\u{e8a9f}']] },
  )
})

test('a code span holds what is in it, and prose is nothing but text', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(types(fromMarkdown(`a ${code(text)} b`))).toEqual([
        'root',
        'paragraph',
        'text',
        'inlineCode',
        'text',
      ])
      const prose = types(fromMarkdown(`a ${escaped(text)} b`))
      expect(prose.filter((type) => !['root', 'paragraph', 'text'].includes(type))).toEqual([])
      const alone = types(fromMarkdown(escaped(text)))
      expect(alone.filter((type) => !['root', 'paragraph', 'text'].includes(type))).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('a row has as many cells as it was given', () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (texts) => {
      const row = tableRow(texts.map((text) => code(text)))

      expect(row).not.toContain('\n')
      // A cell ends at a pipe that no backslash precedes.
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(texts.length + 1)
    }),
    { numRuns: 500 },
  )
})

test('ten times as much in every field takes about ten times as long', () => {
  const timed = (repeats: number) => {
    const started = performance.now()
    const run = renderCheckRun(filledWith('<@a|`'.repeat(repeats), 'no-go'))
    expect(bytes(run.summary)).toBeLessThanOrEqual(65_535)
    return performance.now() - started
  }
  timed(10_000)

  expect(timed(300_000) / timed(30_000)).toBeLessThan(40)
})
