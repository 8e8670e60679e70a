import type { Verdict } from '../core/verdict.ts'
import { type Noted, notedOf } from './annotations.ts'
import { clean } from './clean.ts'
import { code, escaped } from './markdown.ts'
import { counted } from './numbers.ts'
import { DECISION_MARKS } from './order.ts'
import { markdown } from './sentence.ts'
import { title } from './title.ts'

/** The lines of each file that a pull request's difference shows, as the head has them. */
export type ShownLines = ReadonlyMap<string, ReadonlySet<number>>

export type ReviewComment = { readonly path: string; readonly line: number; readonly body: string }

/** The standing review of a commit that is no go; comments stand on lines that its difference shows, and on no others. */
export type Review = { readonly body: string; readonly comments: readonly ReviewComment[] }

/** A person reads no more, and GitHub takes a review as a whole or not at all. */
const MOST_COMMENTS = 20
const MOST_LISTED = 20

/** What a review says of a commit that is no go. */
export function renderReview(verdict: Verdict, lines: ShownLines): Review {
  const failing = notedOf(verdict).filter(({ annotation_level }) => annotation_level === 'failure')
  const inline = failing.filter(({ path, line }) => lines.get(path)?.has(line))
  const listed = failing.slice(0, MOST_LISTED)
  const left = failing.length - listed.length
  return {
    body: [
      headline(verdict),
      listed.map((one) => `- ${said(one)}`).join('\n'),
      ...(left > 0 ? [`And ${counted(left, 'more', 'more')}, in the check run.`] : []),
      `This review is of ${code(verdict.commit.slice(0, 7))} and changes with the next push. The check run says everything; it blocks, this review does not.`,
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
    comments: inline
      .slice(0, MOST_COMMENTS)
      .map((one) => ({ path: one.path, line: one.line, body: said(one) })),
  }
}

/** What the standing review says once a later commit, or a later look at the same one, is no no-go. */
export function renderReviewEnded(verdict: Verdict): string {
  return `${headline(verdict)}\n\nWhat this review said before no longer holds. It now goes by ${code(verdict.commit.slice(0, 7))}; the check run says everything.`
}

/** What an older review says when another one stands. */
export function renderReviewReplaced(address: string): string {
  return `Replaced by [a newer review](${encodeURI(clean(address, 500)).replace(/[()]/g, encodeURIComponent)}).`
}

function headline(verdict: Verdict): string {
  const shown = verdict.decision === 'nothing' ? 'undecided' : verdict.decision
  return `${DECISION_MARKS[shown]} **gonogo**: ${escaped(title(verdict), 400)}`
}

function said({ title: what, words: { says, next } }: Noted): string {
  const todo = next === undefined ? '' : ` Next: ${markdown(next)}.`
  return `**${escaped(what, 255)}**: ${markdown(says)}.${todo}`
}
