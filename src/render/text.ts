import { onlyAwaiting } from '../core/awaiting.ts'
import { outcomeOf } from '../core/finding.ts'
import { type ModelVerdict, mergedWithoutGo, type Proposal, type Verdict } from '../core/verdict.ts'
import { awaitedSentences } from './awaited-lines.ts'
import { bullet, type Terminal, wrapped } from './columns.ts'
import {
  belowSentences,
  coverageInShort,
  coverageSentences,
  floorUsed,
  standingSentences,
} from './coverage-lines.ts'
import { amendmentSentences, begunSentences, deviationSentences } from './deviation-lines.ts'
import { nextSteps } from './model-blocks.ts'
import { wanting, worstFindings, worstModels } from './order.ts'
import { problemSentences } from './problem-line.ts'
import { backgroundSentences, registrationSentences, unprovedSentences } from './registration-lines.ts'
import { bare, joined, names, plain, quoted, type Sentence, sentence } from './sentence.ts'
import { awaitedHeadline, headline, lastLine } from './tally.ts'
import { inShort, openRows, rows, shortRows } from './text-rows.ts'
import { named } from './why.ts'
import { noteSentence } from './words-criteria.ts'
import { deviationSentence } from './words-difference.ts'
import { shortened } from './words-limits.ts'
import { holdsUntil, MERGED_WITHOUT_GO, retiredSentence } from './words-tip.ts'
import { waiverSentences } from './words-waivers.ts'
import { unreadSentences } from './words-weights.ts'

export { renderExplanation } from './explanation.ts'

const STYLES = { go: 'green', 'no-go': 'red', undecided: 'yellow', nothing: 'dim' } as const

/** Whether all of a verdict is shown, or each criterion that is met in a line and no digests. */
export type Shown = { readonly full?: boolean | undefined }

/**
 * The verdict for a terminal: what is open first, and what it came to again at the end, where a terminal stops. Colours
 * come only through `terminal.colour`.
 */
export function renderText(verdict: Verdict, terminal: Terminal, { full = false }: Shown = {}): string {
  const { colour } = terminal
  const { models, problems, proposals, retired = [], decision } = verdict
  const isAwaited = onlyAwaiting(verdict)
  const isAlone = models.length === 1
  const awaited = isAwaited ? awaitedSentences(verdict, full ? Number.POSITIVE_INFINITY : NAMED) : []
  const beside = { problems: isAlone ? problems : [], awaited: isAlone ? awaited : [] }
  const inColour = (line: string) => colour(STYLES[decision], line)
  const parts = [
    wrapped(isAwaited ? awaitedHeadline(verdict) : headline(verdict), '', terminal).map(inColour),
    section('Merged without a go', mergedSentences(verdict), terminal),
    ...worstModels(models).map((model) => modelLines(model, isAlone, { ...beside, full }, terminal)),
    section('Awaited', isAlone ? [] : awaited, terminal),
    section('Problems', isAlone ? [] : problemSentences(problems), terminal),
    section(
      'Proposed criteria, without effect on this verdict',
      proposals.flatMap(proposalSentences),
      terminal,
    ),
    section('Retired models, which are not judged', retired.map(retiredSentence), terminal),
    wrapped(plain(foot(verdict)), '', terminal).map((line) => colour('dim', line)),
    models.length + problems.length + proposals.length === 0
      ? []
      : wrapped(lastLine(verdict), '', terminal).map(inColour),
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** How many of what is awaited alike are named where not all is shown. */
const NAMED = 3

/** What keeps a model from a go beside its criteria, one text or none. */
export function renderProblems(problems: ModelVerdict['problems'], terminal: Terminal): readonly string[] {
  const lines = section('Problems', problemSentences(problems), terminal)
  return lines.length === 0 ? [] : [`${lines.join('\n')}\n`]
}

function modelLines(
  model: ModelVerdict,
  alone: boolean,
  { problems, awaited, full }: Beside,
  terminal: Terminal,
): readonly string[] {
  const { colour } = terminal
  const { evidence, coverage, standing } = model
  const head = alone
    ? []
    : [`${colour('bold', bare(named(model)))}  ${colour(STYLES[model.decision], model.decision)}`, '']
  const open = wanting(model)
  const others = worstFindings(model.findings).filter((finding) => !open.includes(finding))
  const steps = nextSteps(model, 'above').map(({ step }) => step)
  const allMet = others.every((finding) => outcomeOf(finding) === 'met')
  const settled = (full ? rows : shortRows)(others, evidence, terminal)
  const criteria = (full ? rows : openRows)(open, evidence, terminal)
  const faults = section('Problems', problemSentences([...model.problems, ...problems]), terminal)
  // Why nothing was judged stands above all that was not.
  const isUnread = open.some(({ answer }) => answer.code === 'manifest_unread')
  const parts = [
    ...(isUnread ? [faults, criteria] : [criteria, faults]),
    section('What to do next', steps, terminal),
    section('Awaited', awaited, terminal),
    section('Waivers', waiverSentences(model.waivers), terminal),
    section(
      'Changes of the criteria since registration',
      deviationSentences(model.deviations, 'done'),
      terminal,
    ),
    settled.length === 0 ? [] : [colour('bold', allMet ? 'Met' : 'Met, waived or advice'), ...settled],
    section('Weights that were not looked into', unreadSentences(model), terminal),
    section('Numbers that no evidence has', unprovedSentences(model), terminal),
    section('Registration', registrationSentences(model).slice(0, full ? undefined : 1), terminal),
    section('History of the criteria', full ? amendmentSentences(model) : [], terminal),
    section(
      'Risk and controls',
      [...standingSentences(standing), ...(full ? coverageSentences : coverageInShort)(coverage)],
      terminal,
    ),
    full
      ? section('What was judged', backgroundSentences(model), terminal)
      : wrapped(plain(MORE), '', terminal).map((line) => colour('dim', line)),
  ].filter((lines) => lines.length > 0)
  return [...head, ...parts.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))]
}

/** What stands among the parts of a model that is alone, and whether all is shown. */
type Beside = {
  readonly problems: Verdict['problems']
  readonly awaited: readonly Sentence[]
  readonly full: boolean
}

const MORE = sentence`${quoted('--full')} shows each of them in full, the history of the criteria, and what was judged by blobs and digests; ${quoted('gonogo explain MODEL/CRITERION')} one criterion`

function section(heading: string, sentences: readonly Sentence[], terminal: Terminal): readonly string[] {
  if (sentences.length === 0) return []
  const entries = sentences.flatMap((one) => bullet(inShort(one), terminal))
  return [terminal.colour('bold', heading), ...entries]
}

function mergedSentences(verdict: Verdict): readonly Sentence[] {
  return mergedWithoutGo(verdict) ? [MERGED_WITHOUT_GO.says(verdict), MERGED_WITHOUT_GO.next(verdict)] : []
}

function proposalSentences(proposal: Proposal): readonly Sentence[] {
  const {
    path,
    change,
    deviations,
    problems,
    standing,
    coverage,
    below,
    notes = [],
    approvedBy = [],
  } = proposal
  const what: Sentence = deviations.length === 0 ? [] : sentence`; it ${deviationSentence(deviations)}`
  const approved: Sentence = approvedBy.length === 0 ? [] : sentence`, approved by ${names(approvedBy)}`
  return [
    sentence`${quoted(path)} is ${[change]}${approved}${what}`,
    ...begunSentences(proposal),
    ...deviationSentences(deviations, 'proposed'),
    ...problemSentences(problems),
    ...belowSentences(below),
    ...standingSentences(standing),
    ...coverageSentences(coverage),
    ...notes.map(noteSentence),
  ]
}

function foot({ engine, now, until, commit, repository, base, branch, tip, floor }: Verdict): Sentence {
  const parts = joined([
    sentence`gonogo ${quoted(engine)} at ${quoted(now)}`,
    sentence`commit ${shortened(commit)} of ${quoted(repository)}`,
    sentence`compared with ${shortened(base)}`,
    sentence`${quoted(branch)} at ${shortened(tip)}`,
    ...(until === undefined ? [] : [holdsUntil(until)]),
  ])
  return sentence`${parts}${floorUsed(floor)}`
}
