import type { Problem } from '../core/problem.ts'
import { written } from './facts.ts'
import { listed, markdown, plain, quoted, type Sentence, sentence } from './sentence.ts'
import { problemWords } from './words-problems.ts'

/** A problem with its place. */
export function problemFact(problem: Problem): Sentence {
  const { says } = problemWords(problem)
  return problem.path === '' ? says : sentence`${quoted(written(problem))}: ${says}`
}

/** Problems with their places and what to do about each; what is wrong in several lines of a file is said once. */
export function problemSentences(problems: readonly Problem[]): readonly Sentence[] {
  return alike(problems).map(
    ([first, ...others]) =>
      sentence`${problemFact(first)}${alsoIn(first, others)} → ${problemWords(first).next}`,
  )
}

/** How many problems there are to settle. */
export function countOf(problems: readonly Problem[]): number {
  return alike(problems).length
}

/** Problems as entries of a Markdown list. */
export function problemLines(problems: readonly Problem[]): readonly string[] {
  return problemSentences(problems).map((one) => `- ${markdown(one)}`)
}

function alsoIn(first: Problem, others: readonly Problem[]): Sentence {
  const lines = new Set(
    others.flatMap(({ line }) => (line === undefined || line === first.line ? [] : [line])),
  )
  const named = listed([...lines].toSorted((a, b) => a - b).map((line) => [String(line)]))
  return lines.size === 0 ? [] : sentence`, and so in ${[lines.size === 1 ? 'line' : 'lines']} ${named}`
}

/** Problems of a file that read alike, together. */
export function alike(problems: readonly Problem[]): readonly (readonly [Problem, ...Problem[]])[] {
  const groups = Map.groupBy(problems, (problem) => {
    const { says, next } = problemWords(problem)
    return JSON.stringify([plain([quoted(problem.path)]), plain(says), plain(next)])
  })
  return [...groups.values()].flatMap(([first, ...others]) => (first ? [[first, ...others] as const] : []))
}
