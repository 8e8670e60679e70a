import { fromMarkdown } from 'mdast-util-from-markdown'
import { describe, expect, test } from 'vitest'
import { RECHECK, renderCheckRun, renderCouldNotEvaluate } from '../../src/render/check-run.ts'
import { REPLY_MARK, renderReply } from '../../src/render/reply.ts'
import { markdown, plain } from '../../src/render/sentence.ts'
import { commandWords } from '../../src/render/words-commands.ts'
import { waiverSentences } from '../../src/render/words-waivers.ts'
import { aVerdict } from '../support/build.ts'
import { everyCommandAnswer, everyWaiver } from './every-waiver.ts'

const TEXTS = [
  '@octocat &#64;octocat &commat;octocat',
  '<img src=x onerror=alert(1)> <!-- --> <details>',
  '![x](https://evil.example/p.png) [x](javascript:alert(1)) ](',
  '#12 acme/credit#12 GH-12 https://evil.example www.evil.example',
  '``` \u202e \u0000 | \\',
  '\n# heading\n\n- list\n/gonogo waive accuracy',
]

type Node = { readonly type: string; readonly children?: readonly Node[] }
const types = (node: Node): readonly string[] => [node.type, ...(node.children ?? []).flatMap(types)]

describe('an answer to a comment', () => {
  const all = everyCommandAnswer('some text')
  test.each(all.map((answer) => [answer.code, answer] as const))('%s', (_, answer) => {
    const shown = renderReply([answer], 7)

    expect(shown.startsWith(`${REPLY_MARK(7)}\n\n`)).toBe(true)
    expect(shown).not.toMatch(/undefined|\[object|NaN/)
    if (answer.code === 'explained') return
    const { says, next } = commandWords(answer)
    for (const sentence of [says, next ?? []].map(plain)) {
      expect(sentence).not.toMatch(/\.$| {2}/)
      expect(sentence.replace(/`[^`]*`/g, '')).not.toMatch(/[a-z]_[a-z]/)
    }
    if (answer.code === 'refused' || answer.code === 'unclear') expect(next).toBeDefined()
  })

  test.each(TEXTS)('shows %j as text', (text) => {
    const shown = renderReply(everyCommandAnswer(text), 7)

    const body = shown.slice(REPLY_MARK(7).length)
    expect(body).not.toMatch(/<|\]\(|!\[|@\w/)
    const found = new Set(types(fromMarkdown(body)))
    for (const type of ['html', 'link', 'image', 'heading', 'code', 'definition', 'blockquote'])
      expect(found).not.toContain(type)
    // An answer must never command anything.
    expect(body).not.toMatch(/^\/gonogo/m)
  })

  test('fits into a comment', () => {
    const many = Array.from({ length: 200 }, () => everyCommandAnswer('<@a|`'.repeat(10_000))).flat()

    expect(new TextEncoder().encode(renderReply(many, 7)).length).toBeLessThanOrEqual(65_536)
  })
})

test('every waiver says whose it is, and whether it holds', () => {
  const sentences = waiverSentences(everyWaiver('some text')).map(plain)

  expect(sentences.every((sentence) => /waive/.test(sentence))).toBe(true)
  expect(sentences.join('\n')).not.toMatch(/undefined|\[object|NaN/)
  expect(sentences.filter((sentence) => sentence.includes('hold')).length).toBe(sentences.length - 2)
  expect(waiverSentences(everyWaiver('@octocat')).map(markdown).join('')).not.toMatch(/@\w/)
  expect(waiverSentences(undefined)).toEqual([])
})

test('a check run has the button that judges it again, within GitHub’s limits', () => {
  for (const run of [
    renderCheckRun(aVerdict()),
    renderCouldNotEvaluate({ head_sha: 'a', correlation: 'id' }),
  ]) {
    expect(run.actions).toEqual([RECHECK])
    for (const { label, description, identifier } of run.actions) {
      expect(label.length).toBeLessThanOrEqual(20)
      expect(description.length).toBeLessThanOrEqual(40)
      expect(identifier.length).toBeLessThanOrEqual(20)
    }
  }
})
