import { awaiting } from '../core/awaiting.ts'
import type { Verdict } from '../core/verdict.ts'
import { quoted, type Sentence, sentence } from './sentence.ts'

/** The first line of a verdict that a clone cannot come to, and nothing is against. */
export const ONLY_AWAITED =
  'undecided only for what GitHub and the app must show: all that this clone shows is in order'

const WORDS: Readonly<Record<string, (name: string) => Sentence>> = {
  approval: (name) => sentence`the approval ${quoted(name)}`,
  observed: (name) => sentence`what GitHub shows of the training run, for ${quoted(name)}`,
  attempts: (name) => sentence`how many models were measured on the exam of ${quoted(name)}`,
  waiver: (name) => sentence`whether ${quoted(name)} was waived`,
  artifact: (name) => sentence`that a run of this commit produced ${quoted(name)}`,
}

/** What only GitHub, or the app, can show of a verdict. */
export function awaitedSentences(verdict: Verdict): readonly Sentence[] {
  return awaiting(verdict).map((one) => {
    const [kind = '', ...name] = one.split(':')
    const words = Object.hasOwn(WORDS, kind) ? WORDS[kind] : undefined
    return words?.(name.join(':')) ?? sentence`when the work began, by ${quoted(one)}`
  })
}
