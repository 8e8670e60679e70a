import type { CommandAnswer } from '../core/command-answer.ts'
import { outcomeOf } from '../core/finding.ts'
import { clampBytes } from './clean.ts'
import { explanationFacts } from './explanation.ts'
import { MARKS } from './order.ts'
import { markdown, quoted, type Sentence, sentence } from './sentence.ts'
import { named } from './why.ts'
import { commandWords } from './words-commands.ts'
import { shortened } from './words-limits.ts'

/** GitHub takes no more, and says so in characters; bytes are never fewer. */
const COMMENT_BYTES = 65_000

/** How the answer to a comment begins, which readers are not shown. */
export const REPLY_MARK = (comment: number): string => `<!-- gonogo answers ${comment} -->`

/** The answer to all commands of one comment, as Markdown in which nothing is marked up or mentioned. */
export function renderReply(answers: readonly CommandAnswer[], comment: number): string {
  const parts = answers.map((answer) =>
    answer.code === 'explained' ? explained(answer) : said(commandWords(answer)),
  )
  return clampBytes([REPLY_MARK(comment), ...parts].join('\n\n'), COMMENT_BYTES)
}

function said({ says, next }: { readonly says: Sentence; readonly next?: Sentence }): string {
  const advice = next === undefined ? '' : `  \nWhat to do next: ${markdown(next)}.`
  return `${capital(markdown(says))}.${advice}`
}

function explained({ model, finding, commit }: Extract<CommandAnswer, { code: 'explained' }>): string {
  const outcome = outcomeOf(finding)
  const head = sentence`${quoted(finding.criterion)} of ${named(model)} at commit ${shortened(commit)}: ${[outcome]}`
  const facts = explanationFacts(model, finding).map(([name, fact]) => `- ${name}: ${markdown(fact)}`)
  return [`${MARKS[outcome]} ${markdown(head)}`, '', ...facts].join('\n')
}

function capital(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase())
}
