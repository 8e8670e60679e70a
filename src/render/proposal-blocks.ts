import { isOpen, type Proposal } from '../core/verdict.ts'
import {
  belowSentences,
  bullets,
  COVERAGE_HEAD,
  coverageRows,
  coverageSentences,
  standingSentences,
} from './coverage-lines.ts'
import { begunSentences, deviationSentences } from './deviation-lines.ts'
import type { Block } from './pack.ts'
import { problemLines } from './problem-line.ts'
import { RANKS } from './ranks.ts'
import { markdown, names, quoted, type Sentence, sentence } from './sentence.ts'
import { noteSentence } from './words-criteria.ts'
import { deviationSentence } from './words-difference.ts'
import { CHANGED_CRITERIA } from './words-tip.ts'

/** The proposals of a commit: a line for each and its problems, then what each covers. */
export function proposalBlocks(proposals: readonly Proposal[], pushed: boolean): readonly Block[] {
  if (proposals.length === 0) return []
  const rank = proposals.some(isOpen) ? RANKS.problems : RANKS.registration
  const lines = proposals.flatMap((proposal) => [
    proposalLine(proposal),
    ...bullets([...begunSentences(proposal), ...deviationSentences(proposal.deviations, 'proposed')]).map(
      (line) => `  ${line}`,
    ),
    ...problemLines(proposal.problems).map((line) => `  ${line}`),
    ...bullets((proposal.notes ?? []).map(noteSentence)).map((line) => `  ${line}`),
    ...bullets(belowSentences(proposal.below)).map((line) => `  ${line}`),
  ])
  const words = CHANGED_CRITERIA[pushed ? 'pushed' : 'proposed']
  const head = `### ${words.head}\n\n${words.says}\n`
  return [{ head, rank, lines }, ...proposals.flatMap((proposal) => controlBlocks(proposal, rank))]
}

function proposalLine(proposal: Proposal): string {
  const { path, change, model, deviations, problems, approvedBy = [] } = proposal
  const of: Sentence = model === undefined ? [] : sentence` for ${quoted(model)}`
  const state = problems.length === 0 ? ', in order' : ''
  const approved: Sentence = approvedBy.length === 0 ? [] : sentence`, approved by ${names(approvedBy)}`
  const what = deviations.length === 0 ? [] : sentence`; it ${deviationSentence(deviations)}`
  return `- ${markdown(sentence`${quoted(path)} is ${[change]}${of}${[state]}${approved}${what}`)}`
}

/** What a model must answer, and which of the proposed criteria ask for it. */
function controlBlocks({ model = '', standing, coverage }: Proposal, rank: number): readonly Block[] {
  if (standing === undefined && coverage === undefined) return []
  const head = `### ${markdown(sentence`Controls of ${quoted(model)}`)}\n`
  return [
    { head, rank, lines: bullets([...standingSentences(standing), ...coverageSentences(coverage)]) },
    ...(coverage === undefined || coverage.length === 0
      ? []
      : [{ head: COVERAGE_HEAD, rank, lines: coverageRows(coverage) }]),
  ]
}
