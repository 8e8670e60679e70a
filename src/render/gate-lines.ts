import { counted } from './numbers.ts'
import { markdown, quoted, type Sentence, sentence } from './sentence.ts'

/** The gaps that the last look at a repository's rules found, and on which day. */
export type GateSeen = {
  readonly repository: string
  readonly at: string
  readonly gaps: readonly Sentence[]
}

/** Says in two lines that the gate has gaps. It is about the repository's rules, and decides nothing of a commit. */
export function gateLines({ repository, at, gaps }: GateSeen): readonly string[] {
  const [first = [], ...others] = gaps
  const more: Sentence = others.length === 0 ? [] : [`; and ${counted(others.length, 'more gap')}`]
  return [
    `⚠️ **The gate has gaps**, seen on ${at}: ${markdown(sentence`${first}${more}`)}.`,
    `Whoever administrates the repository: run ${markdown([quoted(`gonogo doctor ${repository}`)])}.`,
  ]
}
