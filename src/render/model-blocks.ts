import { isAbsent, isAwaited } from '../core/awaiting.ts'
import { type Finding, outcomeOf } from '../core/finding.ts'
import type { ModelVerdict } from '../core/verdict.ts'
import {
  bullets,
  COVERAGE_HEAD,
  coverageRows,
  coverageSentences,
  standingSentences,
} from './coverage-lines.ts'
import { criterionRow } from './criterion-row.ts'
import { amendmentLines, deviationLines } from './deviation-lines.ts'
import { tableHead, tableRow } from './markdown.ts'
import { counted } from './numbers.ts'
import { askedOf, DECISION_MARKS, MARKS, notCovered, wanting, worstFindings } from './order.ts'
import type { Block } from './pack.ts'
import { drawnIn, plot } from './plot.ts'
import { countOf, problemLines } from './problem-line.ts'
import { RANKS } from './ranks.ts'
import { backgroundLines, registrationLines, unprovedSentences } from './registration-lines.ts'
import { listed, markdown, plain, quoted, type Sentence, sentence } from './sentence.ts'
import { named, why } from './why.ts'
import { answerWords, findingWords } from './words-answers.ts'
import { unknownAmong } from './words-exams.ts'
import { problemWords } from './words-problems.ts'
import { waiverSentences } from './words-waivers.ts'
import { unreadSentences } from './words-weights.ts'

const HEADER = [
  '',
  'criterion',
  'control',
  'observed',
  'required',
  'samples',
  'dataset',
  'trust',
  'read from',
]

/** One model's part of the summary: its criteria, what to do next, and what the verdict rests on. */
export function modelBlocks(model: ModelVerdict, alone: boolean): readonly Block[] {
  const level = alone ? '###' : '####'
  const of: Sentence = alone ? [] : sentence` (${quoted(model.model)})`
  const heading = (text: string) => `${level} ${text}${markdown(of)}`
  const block = (head: string, rank: number, lines: readonly string[]): readonly Block[] =>
    lines.length === 0 ? [] : [{ head, rank, lines }]
  const title = `### ${DECISION_MARKS[model.decision]} ${markdown(sentence`${named(model)}: ${[model.decision]}`)}`
  return [
    ...(alone ? [] : block('', RANKS.verdict, [`${title}\n\n${markdown(why(model))}`])),
    ...block(
      `${heading('Criteria')}\n\n${tableHead(HEADER)}`,
      RANKS.criteria,
      worstFindings(model.findings).map((finding) => row(finding, model.evidence)),
    ),
    ...block(`${heading('What to do next')}\n`, RANKS.next, nextLines(model)),
    ...block(`${heading('Waivers')}\n`, RANKS.problems, bullets(waiverSentences(model.waivers))),
    ...block(`${heading('Problems')}\n`, RANKS.problems, problemLines(model.problems)),
    ...block(
      `${heading('Weights that were not looked into')}\n`,
      RANKS.registration,
      bullets(unreadSentences(model)),
    ),
    ...block(
      `${heading('Numbers that no evidence has')}\n`,
      RANKS.registration,
      bullets(unprovedSentences(model)),
    ),
    ...block(`${heading('Registration')}\n`, RANKS.registration, registrationLines(model)),
    ...block(
      `${heading('Changes of the criteria since registration')}\n`,
      RANKS.registration,
      deviationLines(model),
    ),
    ...block(`${heading('History of the criteria')}\n`, RANKS.registration, amendmentLines(model)),
    ...block(`${heading('Risk and controls')}\n`, RANKS.registration, [
      ...bullets([...standingSentences(model.standing), ...coverageSentences(model.coverage)]),
    ]),
    // A short list is said in one line already.
    ...(model.risk === 'low' && notCovered(model) === undefined
      ? []
      : block(COVERAGE_HEAD, RANKS.background, coverageRows(model.coverage))),
    ...block(`${heading('What was judged')}\n`, RANKS.background, backgroundLines(model)),
  ]
}

function row(finding: Finding, evidence: ModelVerdict['evidence']): string {
  const { criterion, control, observed, required, samples, dataset, trust, read } = criterionRow(
    finding,
    evidence,
  )
  const cells = [criterion, control, observed, required, samples, dataset, trust, read]
  return tableRow([MARKS[outcomeOf(finding)], ...cells.map((cell) => markdown(cell) || '–')])
}

/** One honest action for each blocking finding that is not met, and for what else keeps the model from go. */
export function nextSteps(
  model: ModelVerdict,
  problemsAre: 'above' | 'below' = 'below',
): readonly { readonly finding?: Finding; readonly because?: Sentence; readonly step: Sentence }[] {
  // What several findings want alike is said once.
  const wanted = wanting(model)
  const alike = Map.groupBy(wanted, (finding) => {
    const { says, next = [] } = findingWords(finding)
    const { answer } = finding
    // Data of a training that nobody names are one question, whichever exam may be among them.
    if (answer.code === 'training_data_unknown')
      return JSON.stringify([answer.code, answer.unknown, plain(next)])
    // How often an exam was taken is one question, whatever was measured on it.
    const isOne = answer.code === 'attempts_awaited'
    return JSON.stringify([isOne ? answer.code : plain(says), plain(next)])
  })
  const open = [...alike.values()].flatMap((findings) => {
    const [finding] = findings
    if (finding === undefined) return []
    return [
      {
        finding,
        because: becauseOf(finding, findings),
        step: sentence`${listed(findings.map(asked), 20)}: ${findingWords(finding).next ?? []}`,
      },
    ]
  })
  if (model.decision === 'go') return open
  const many = countOf(model.problems)
  const isUnread = model.evidence.some(({ format }) => format === undefined)
  const isFirst = isUnread && wanted.some(({ answer }) => isAbsent(answer))
  const settle: Sentence = [
    `settle the ${many === 1 ? 'problem' : counted(many, 'problem')} listed ${problemsAre}`,
    ...(isFirst ? [' first: evidence that could not be read may bring what is missing'] : []),
  ]
  // What is only awaited is nothing to settle in a file.
  const steps = model.problems.every(isAwaited) ? awaitedSteps(model.problems) : [{ step: settle }]
  const isAsked = askedOf(model).length > 0 || notCovered(model) !== undefined
  return [
    ...(isFirst ? steps : []),
    ...open,
    ...(isFirst ? [] : steps),
    ...(isAsked
      ? []
      : [{ step: sentence`add a blocking criterion to the criteria, before the next training` }]),
  ]
}

function awaitedSteps(problems: ModelVerdict['problems']): readonly { readonly step: Sentence }[] {
  const steps = problems.map((problem) => problemWords(problem).next)
  return [...new Map(steps.map((step) => [plain(step), { step }])).values()]
}

/** What all of the findings say. */
function becauseOf({ answer }: Finding, findings: readonly Finding[]): Sentence {
  const exams = findings.flatMap(({ answer: one }) =>
    one.code === 'training_data_unknown' ? [one.dataset] : [],
  )
  const each = [...new Set(exams)]
  return answer.code === 'training_data_unknown' && each.length > 1
    ? unknownAmong(each, answer.unknown)
    : answerWords(answer).says
}

function asked({ criterion, version }: Finding): Sentence {
  return sentence`${quoted(criterion)}${version === 'floor' ? [' (from the floor)'] : []}`
}

function nextLines(model: ModelVerdict): readonly string[] {
  const lines = nextSteps(model).map(({ finding, because: reason = [], step }) => {
    if (finding === undefined) return [`- ${markdown(step)}`]
    const { answer } = finding
    const because = markdown(sentence`Because ${reason}`)
    return [`- ${MARKS[answer.outcome]} ${markdown(step)}`, because, ...plotted(answer)]
  })
  const isPlotted = lines.some((parts) => parts.length > 2)
  return [...lines.map((parts) => parts.join('  \n  ')), ...(isPlotted ? [LEGEND] : [])]
}

const LEGEND = `\n${markdown(sentence`In a plot ${quoted('├──●──┤')} is what was measured, with what the samples show of it, and ${quoted('|')} the bound; what is beside it on one column is ${quoted('╪')}.`)}`

/** The interval beside its bound, where there is one. */
function plotted(answer: Finding['answer']): readonly string[] {
  const drawn = drawnIn(answer)
  const line = drawn && plot(drawn)
  return line === undefined ? [] : [markdown([quoted(line)])]
}
