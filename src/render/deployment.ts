import type { DeploymentDecision, Refusal } from '../core/deployment.ts'
import { bytes, clampBytes } from './clean.ts'
import { code, mentionSafe } from './markdown.ts'
import { counted } from './numbers.ts'
import { bare, markdown } from './sentence.ts'
import { passedShort, passedWords, refusalWords } from './words-deployments.ts'

/** GitHub takes so many characters; bytes are never fewer. */
export const COMMENT_BYTES = 1024
/** GitHub takes so many characters. */
export const DESCRIPTION_CHARACTERS = 140

/** What is told to a job that waits. */
export type RuleAnswer = {
  readonly run: number
  readonly environment: string
  readonly state: 'approved' | 'rejected'
  readonly comment: string
  /** The same where GitHub does not take the comment. */
  readonly short: string
}

/** What a decision is about, and where more of it can be read. */
export type Decided = {
  readonly run: number
  readonly environment: string
  readonly commit: string
  readonly decision: DeploymentDecision
  /** The row of the ledger that holds the decision. */
  readonly row: { readonly seq: number }
  /** Of the check run on the commit, where there is one. */
  readonly url?: string
}

const HEADS = {
  approved: '✅ **Approved**',
  observed: '⚠️ **Approved, since the floor only observes**; it would have been rejected',
  rejected: '❌ **Rejected**',
} as const

/** Nothing but what GitHub's addresses are made of, so that it can't leave the link. */
const ADDRESS = /^https?:\/\/[\w.:-]{1,100}\/[\w./?=&%-]{1,250}$/

/** A decision as GitHub takes it. What has no room is counted, never cut in silence. */
export function renderAnswer({ run, environment, decision, ...about }: Decided): RuleAnswer {
  const { kind, passed } = decision
  const refusals = kind === 'approved' ? [] : decision.refusals
  const head = `${HEADS[kind]} for ${shownEnvironment(environment)}, commit ${code(about.commit.slice(0, 10))}.`
  const foot = footer(about)
  const lines = [
    ...refusals.map((refusal) => {
      const { says, next, short } = refusalWords(refusal)
      return [`${markdown(says)} → ${markdown(next)}`, markdown(says), markdown(short)]
    }),
    ...passed.map((one) => [markdown(passedWords(one)), markdown(passedShort(one))]),
  ]
  const state = kind === 'rejected' ? 'rejected' : 'approved'
  return { run, environment, state, comment: packed(head, lines, foot), short: foot }
}

/** The answer where gonogo failed, or GitHub did not answer: `correlation` finds the reason in the log. */
export function renderCouldNotDecide(
  waiting: Pick<RuleAnswer, 'run' | 'environment'> & { readonly correlation: string },
): RuleAnswer {
  const { correlation, ...about } = waiting
  const short = `Could not decide; gonogo failed, or GitHub did not answer. Id: ${code(correlation)}.`
  const comment = `❌ **Rejected** for ${shownEnvironment(about.environment)}: could not decide. This says nothing about the model: gonogo itself failed, or GitHub did not answer. Re-run the job; if that fails again, give whoever runs gonogo this id: ${code(correlation)}.`
  return { ...about, state: 'rejected', comment, short }
}

/** The description of a deployment status, plain text: why a deployment has no go. */
export function renderFailure(refusals: readonly Refusal[]): string {
  const [first] = refusals
  const more = refusals.length - 1
  const tail = more > 0 ? `; ${counted(more, 'more reason')}` : ''
  const said = first === undefined ? '' : mentionSafe(bare(refusalWords(first).short))
  const room = DESCRIPTION_CHARACTERS - bytes(NO_GO) - bytes(tail)
  return `${NO_GO}${clampBytes(said, room)}${tail}`
}

const NO_GO = 'not to be deployed: '
const SHOWN_ENVIRONMENT_BYTES = 60
/** Of a line for one model; three of them fit. */
const MOST_LINE_BYTES = 420

function shownEnvironment(name: string): string {
  return code(clampBytes(name, SHOWN_ENVIRONMENT_BYTES))
}

function footer({ url, row }: Pick<Decided, 'url' | 'row'>): string {
  const verdict = url !== undefined && ADDRESS.test(url) ? `[go/no-go](${url}) of the commit; ` : ''
  return `${verdict}row ${row.seq} of the ledger.`
}

/** As many lines as fit, each as long as there is room; the first ones first. */
function packed(head: string, lines: readonly (readonly string[])[], foot: string): string {
  const noteFor = (left: number) => `\n- … and ${counted(left, 'more', 'more')}, which have no room here`
  let shown = head
  let kept = 0
  for (const forms of lines) {
    const left = lines.length - kept - 1
    // What comes after it gets a short line, or the sentence that counts it.
    const reserved = bytes(foot) + 2 + (left > 0 ? bytes(noteFor(left)) : 0)
    const room = COMMENT_BYTES - bytes(shown) - reserved
    const fair = left > 0 ? Math.min(room, MOST_LINE_BYTES) : room
    const form = forms.find((one) => bytes(one) + 3 <= fair)
    if (form === undefined) break
    shown += `\n- ${form}`
    kept += 1
  }
  const note = kept < lines.length ? noteFor(lines.length - kept) : ''
  return `${shown}${note}\n\n${foot}`
}
