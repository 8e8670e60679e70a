import { onlyAwaiting } from '../core/awaiting.ts'
import { type Finding, outcomeOf } from '../core/finding.ts'
import { type ModelVerdict, mergedWithoutGo, type Proposal, type Verdict } from '../core/verdict.ts'
import { awaitedSentences, ONLY_AWAITED } from './awaited-lines.ts'
import { bullet, columns, type Terminal, wrapped } from './columns.ts'
import { belowSentences, coverageSentences, floorUsed, standingSentences } from './coverage-lines.ts'
import { type CriterionRow, criterionRow } from './criterion-row.ts'
import { amendmentSentences, begunSentences, deviationSentences } from './deviation-lines.ts'
import { byItself } from './facts.ts'
import { nextSteps } from './model-blocks.ts'
import { SIGNS, worstFindings, worstModels } from './order.ts'
import { problemSentences } from './problem-line.ts'
import { readable } from './readable.ts'
import { backgroundSentences, registrationSentences } from './registration-lines.ts'
import { bare, joined, names, plain, quoted, type Sentence, sentence } from './sentence.ts'
import { title } from './title.ts'
import { named } from './why.ts'
import { answerWords } from './words-answers.ts'
import { noteSentence } from './words-criteria.ts'
import { deviationSentence } from './words-difference.ts'
import { shortened } from './words-limits.ts'
import { holdsUntil, MERGED_WITHOUT_GO, retiredSentence } from './words-tip.ts'
import { waiverSentences } from './words-waivers.ts'

export { renderExplanation } from './explanation.ts'

const STYLES = { go: 'green', 'no-go': 'red', undecided: 'yellow', nothing: 'dim' } as const
const OUTCOME_STYLES = { met: 'green', unmet: 'red', undecided: 'yellow', waived: 'yellow' } as const

/** The verdict for a terminal; colours come only through `terminal.colour`. */
export function renderText(verdict: Verdict, terminal: Terminal): string {
  const { colour } = terminal
  const { models, problems, proposals, retired = [] } = verdict
  const isAwaited = onlyAwaiting(verdict)
  const parts = [
    [colour(STYLES[verdict.decision], isAwaited ? ONLY_AWAITED : title(verdict))],
    ...worstModels(models).map((model) => modelLines(model, models.length === 1, terminal)),
    section('Awaited', isAwaited ? awaitedSentences(verdict) : [], terminal),
    section('Merged without a go', mergedSentences(verdict), terminal),
    section('Problems', problemSentences(problems), terminal),
    section(
      'Proposed criteria, without effect on this verdict',
      proposals.flatMap(proposalSentences),
      terminal,
    ),
    section('Retired models, which are not judged', retired.map(retiredSentence), terminal),
    [colour('dim', plain(foot(verdict)))],
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** What keeps a model from a go beside its criteria, one text or none. */
export function renderProblems(problems: ModelVerdict['problems'], terminal: Terminal): readonly string[] {
  const lines = section('Problems', problemSentences(problems), terminal)
  return lines.length === 0 ? [] : [`${lines.join('\n')}\n`]
}

function modelLines(model: ModelVerdict, alone: boolean, terminal: Terminal): readonly string[] {
  const { colour } = terminal
  const head = alone
    ? []
    : [`${colour('bold', bare(named(model)))}  ${colour(STYLES[model.decision], model.decision)}`, '']
  const findings = worstFindings(model.findings)
  const steps = nextSteps(model).map(({ step }) => step)
  const parts = [
    rows(findings, model.evidence, terminal),
    section('What to do next', steps, terminal),
    section('Waivers', waiverSentences(model.waivers), terminal),
    section('Problems', problemSentences(model.problems), terminal),
    section('Registration', registrationSentences(model), terminal),
    section(
      'Changes of the criteria since registration',
      deviationSentences(model.deviations, 'done'),
      terminal,
    ),
    section('History of the criteria', amendmentSentences(model), terminal),
    section(
      'Risk and controls',
      [...standingSentences(model.standing), ...coverageSentences(model.coverage)],
      terminal,
    ),
    section('What was judged', backgroundSentences(model), terminal),
  ].filter((lines) => lines.length > 0)
  return [...head, ...parts.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))]
}

/** A row for each criterion, aligned; under it the reason where a number alone does not say it. */
function rows(
  findings: readonly Finding[],
  evidence: ModelVerdict['evidence'],
  terminal: Terminal,
): readonly string[] {
  const shown = findings.map((finding) => ({ finding, row: criterionRow(finding, evidence) }))
  const aligned = columns(
    shown.map(({ row, finding }) => cells(row, finding)),
    REASON,
    terminal,
  )
  return shown.flatMap(({ finding }, index) => {
    const { answer } = finding
    const sign = terminal.colour(OUTCOME_STYLES[outcomeOf(finding)], SIGNS[outcomeOf(finding)])
    const [first = '', ...more] = aligned[index] ?? []
    const lines = [`  ${sign} ${first}`, ...more]
    const said = answer.outcome !== 'met' || !isNumber(finding)
    return said
      ? [...lines, ...wrapped(inShort(answerWords(answer).says), REASON, terminal).map(dim(terminal))]
      : lines
  })
}

/** What stands below a row, or does not fit into it. */
const REASON = '      '

function cells(row: CriterionRow, finding: Finding): readonly string[] {
  const samples: Sentence = row.samples.length === 0 ? [] : sentence`n ${row.samples}`
  const [value = [], required = []] = readable([isNumber(finding) ? row.observed : [], row.required])
  return [row.criterion, row.control, value, required, samples, row.dataset, row.trust, row.read].map(bare)
}

/** Whether the observed cell is a number and not a sentence. */
function isNumber({ answer }: Finding): boolean {
  return 'observed' in byItself(answer)
}

function section(heading: string, sentences: readonly Sentence[], terminal: Terminal): readonly string[] {
  if (sentences.length === 0) return []
  const entries = sentences.flatMap((one) => bullet(inShort(one), terminal))
  return [terminal.colour('bold', heading), ...entries]
}

function inShort(one: Sentence): string {
  return plain(readable([one])[0] ?? one)
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

function dim({ colour }: Terminal): (line: string) => string {
  return (line) => colour('dim', line)
}
