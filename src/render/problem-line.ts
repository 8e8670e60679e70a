import type { Problem } from '../core/problem.ts'
import { written } from './facts.ts'
import { markdown, quoted, type Sentence, sentence } from './sentence.ts'
import { problemWords } from './words-problems.ts'

/** A problem with its place. */
export function problemFact(problem: Problem): Sentence {
  const { says } = problemWords(problem)
  return problem.path === '' ? says : sentence`${quoted(written(problem))}: ${says}`
}

/** A problem with its place and what to do about it. */
export function problemSentence(problem: Problem): Sentence {
  return sentence`${problemFact(problem)} → ${problemWords(problem).next}`
}

/** A problem as an entry of a Markdown list. */
export function problemLine(problem: Problem): string {
  return `- ${markdown(problemSentence(problem))}`
}
