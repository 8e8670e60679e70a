import { awaiting } from '../core/awaiting.ts'
import type { Verdict } from '../core/verdict.ts'
import { names, type Sentence, sentence } from './sentence.ts'

const WORDS: Readonly<Record<string, (names: Sentence, many: number) => Sentence>> = {
  approval: (names, many) => sentence`${[many === 1 ? 'the approval' : 'the approvals']} ${names}`,
  observed: (names) => sentence`what GitHub shows of the training run, for ${names}`,
  attempts: (names) => sentence`how many models were measured on the exam of ${names}`,
  waiver: (names, many) => sentence`whether ${names} ${[many === 1 ? 'was' : 'were']} waived`,
  artifact: (names) => sentence`that a run of this commit produced ${names}`,
}

/** What only GitHub, or the app, can show of a verdict; alike things together, with the first few of each named. */
export function awaitedSentences(verdict: Verdict, named: number): readonly Sentence[] {
  const all = awaiting(verdict).map((one) => {
    const [kind = '', ...name] = one.split(':')
    return Object.hasOwn(WORDS, kind) ? { kind, name: name.join(':') } : { kind: '', name: one }
  })
  return [...Map.groupBy(all, ({ kind }) => kind)].map(([kind, ones]) => {
    const shown = names(
      ones.map(({ name }) => name),
      named,
    )
    return WORDS[kind]?.(shown, ones.length) ?? sentence`when the work began, by ${shown}`
  })
}
