import type { ReleaseDecision, ReleasedCommit } from '../core/release.ts'
import { isWithoutGo, outcomeOf } from '../core/release.ts'
import type { Done } from '../core/release-flag.ts'
import { clampLength, clean } from './clean.ts'
import { mentionSafe } from './markdown.ts'
import { nextSteps } from './model-blocks.ts'
import { counted } from './numbers.ts'
import { MARKS } from './order.ts'
import { markdown, plain, quoted, type Sentence, sentence } from './sentence.ts'
import { shortened } from './words-limits.ts'
import { DONE_WORDS, noteWords, releaseWords } from './words-releases.ts'

/** The context of the commit status that tells of a release; as anybody who writes may set it, nobody believes it. */
export const RELEASED = 'gonogo/release'

/** GitHub takes no longer notes. */
export const NOTES_CHARACTERS = 125_000
/** GitHub takes no longer description of a status. */
const MOST_CHARACTERS = 140
const MOST_REASONS = 20
const MOST_STEPS = 5
/** Nobody has more of them one in another by accident. */
const MOST_NESTED = 50

const BEGIN = '<!-- gonogo notice: written by gonogo, which replaces whatever stands from here -->'
const END = '<!-- end of gonogo notice -->'
const WHOLE = new RegExp(`${BEGIN}[\\s\\S]*?${END}(?:\\r?\\n){0,2}`, 'g')
const LONE = new RegExp(`(?:${BEGIN}|${END})(?:\\r?\\n)?`, 'g')

/** A decision on a release, with what its notice needs besides. */
export type Noticed = {
  readonly decision: ReleaseDecision
  readonly commit?: ReleasedCommit
  /** How it stands; absent where the decision keeps nothing back. */
  readonly done?: Done
}

/**
 * The notes of a release with the app's notice at their top, or without any where there is nothing to say. The
 * author's text is never cut: a notice that does not fit beside it is short, or left out.
 */
export function withNotice(
  body: string,
  noticed: Noticed,
): { readonly body: string; readonly notice: 'full' | 'short' | 'none' } {
  const own = withoutNotice(body)
  const { decision } = noticed
  if (!isWithoutGo(decision) && decision.notes.length === 0) return { body: own, notice: 'none' }
  for (const notice of ['full', 'short'] as const) {
    const text = `${BEGIN}\n${notice === 'full' ? full(noticed) : short(noticed)}\n${END}`
    const all = own === '' ? text : `${text}\n\n${own}`
    if (all.length <= NOTES_CHARACTERS) return { body: all, notice }
  }
  return { body: own, notice: 'none' }
}

/** The author's own text: what stands between the app's marks is not his, whoever wrote it. */
export function withoutNotice(body: string): string {
  let text = body
  // What is left when one is taken out may be one again.
  for (let left = MOST_NESTED; left > 0; left -= 1) {
    const whole = text.replace(WHOLE, '')
    const without = whole === text ? text.replace(LONE, '') : whole
    if (without === text) return text
    text = without
  }
  return text
}

/** Whether two texts are the same notes: whoever edits them on GitHub's pages gives each line another end. */
export function isSameText(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => text.replaceAll('\r\n', '\n').trimEnd())
  return first === second
}

const HEADS = {
  go: 'Go, and this is to be known',
  nothing: 'This is to be known',
  'no-go': 'No-go: this release failed its criteria',
  undecided: 'Undecided: this release has no go',
} as const

const mark = (outcome: 'no-go' | 'undecided'): string => (outcome === 'no-go' ? MARKS.unmet : MARKS.undecided)

function full({ decision, commit, done }: Noticed): string {
  const { reasons, notes } = decision
  const shown = reasons.slice(0, MOST_REASONS)
  const left = reasons.length - shown.length
  const lines = [
    head(decision),
    '>',
    ...shown.flatMap((reason) => {
      const { says, next } = releaseWords(reason)
      const steps = reason.code === 'model_not_go' ? nextSteps(reason.model).slice(0, MOST_STEPS) : []
      return [
        `> - ${mark(outcomeOf(reason))} ${markdown(says)}`,
        ...steps.map(({ step }) => `>   - ${markdown(step)}`),
        `>   - what to do next: ${markdown(next)}`,
      ]
    }),
    ...(left > 0 ? [`> - and ${counted(left, 'more reason')}`] : []),
    ...notes.map((note) => `> - ⚠️ ${markdown(noteWords(note))}`),
    '>',
    `> ${markdown(foot(commit))}${done === undefined ? '' : `; ${DONE_WORDS[done]}`}.`,
  ]
  return lines.join('\n')
}

function short({ decision, done }: Noticed): string {
  const why = counted(decision.reasons.length, 'reason')
  const what = done === undefined ? '' : ` ${DONE_WORDS[done]}.`
  return `${head(decision)}\n>\n> Here is no room for the ${why}: make these notes shorter, or see the commit status \`${RELEASED}\`.${what}`
}

const head = ({ decision }: ReleaseDecision): string => `> **${HEADS[decision]}.**`

function foot(commit: ReleasedCommit | undefined): Sentence {
  if (commit?.sha === undefined) return sentence`gonogo looked at this release`
  const named: Sentence =
    commit.by === 'tag'
      ? sentence`the tag ${quoted(commit.name)}`
      : sentence`the target ${quoted(commit.name)}`
  return sentence`gonogo judged commit ${shortened(commit.sha)}, to which ${named} led`
}

/** The commit status that says what a release came to; success says no more than the decision. */
export function renderReleaseStatus(
  tag: string,
  { decision, reasons }: ReleaseDecision,
  models: readonly string[],
  flagged: boolean,
): { readonly state: 'success' | 'failure'; readonly description: string } {
  const name = clampLength(mentionSafe(clean(tag, 40)), 40)
  if (decision === 'nothing')
    return { state: 'success', description: `${name}: nothing to judge: it releases no model` }
  if (decision === 'go')
    return { state: 'success', description: said(`${name}: go: `, clean(models.join(', ')), '') }
  const [first] = reasons
  const more = reasons.length > 1 ? `; ${reasons.length - 1} more` : ''
  const end = `${more}${flagged ? '' : '; gonogo may not flag it'}`
  const why = first === undefined ? '' : plain(releaseWords(first).says).replaceAll('`', '')
  return { state: 'failure', description: said(`${name}: ${decision}: `, why, end) }
}

function said(start: string, middle: string, end: string): string {
  const room = MOST_CHARACTERS - start.length - end.length
  return `${start}${clampLength(mentionSafe(middle), room)}${end}`
}
