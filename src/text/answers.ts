import type { Table } from '../core/passage.ts'
import { saysNothing } from './placeholders.ts'
import { outsideFences, tablesOf } from './tables.ts'

/** A question of a table and the answer beside it. */
export type Answered = { readonly question: string; readonly answer: string; readonly line: number }

const QUESTIONS = /^(?:fields?|questions?|topics?|items?)\s?:?$/i
const DESCRIPTIONS = /^descriptions?\s?:?$/i
const ANSWERS = /^(?:responses?|answers?)\s?:?$/i
const MOST_ANSWERS = 1000

/** The rows of tables with a question and its answer, as cards of NVIDIA have them. */
export function answersIn(text: string): readonly Answered[] {
  return tablesOf(outsideFences(text))
    .filter(isOfAnswers)
    .flatMap(({ rows }) =>
      rows.map(({ cells: [question = '', answer = ''], line }) => ({ question, answer, line })),
    )
    .filter(({ question }) => question !== '')
    .slice(0, MOST_ANSWERS)
}

/**
 * A text in which tables of questions and answers are only their answers, each on the line of its row: questions are
 * those of a form. An answer that says nothing is left out.
 */
export function onlyAnswers(text: string): string {
  const tables = tablesOf(outsideFences(text)).filter(isOfAnswers)
  if (tables.length === 0) return text
  const lines = text.split('\n')
  for (const { line, rows } of tables) {
    lines[line - 1] = ''
    lines[line] = ''
    for (const { cells, line: at } of rows) {
      const said = cells.slice(1).filter((cell) => cell !== '' && !saysNothing(cell))
      // No answer may begin a block of its own, such as a heading.
      lines[at - 1] = said.length === 0 ? '' : `| ${said.join(' ')}`
    }
  }
  return lines.join('\n')
}

/** Whether a table is one of questions and answers. */
export function isOfAnswers({ header: [one = '', two = ''] }: Table): boolean {
  return ANSWERS.test(two) || (QUESTIONS.test(one) && DESCRIPTIONS.test(two))
}
