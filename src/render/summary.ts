import { mergedWithoutGo, type Verdict } from '../core/verdict.ts'
import { floorUsed } from './coverage-lines.ts'
import { type GateSeen, gateLines } from './gate-lines.ts'
import { modelBlocks } from './model-blocks.ts'
import { DECISION_MARKS, worstModels } from './order.ts'
import { type Block, pack } from './pack.ts'
import { problemFact, problemLines } from './problem-line.ts'
import { proposalBlocks } from './proposal-blocks.ts'
import { RANKS } from './ranks.ts'
import { markdown, quoted, type Sentence, sentence } from './sentence.ts'
import { withWaivers } from './title.ts'
import { named, tally, why } from './why.ts'
import { onlyUnapproved } from './words-approvals.ts'
import { shortened } from './words-limits.ts'
import { holdsUntil, MERGED_WITHOUT_GO, retiredSentence } from './words-tip.ts'

/** What GitHub takes, each for summary and text. */
const OUTPUT_BYTES = 65_535

/** The verdict for a person in a hurry, and the details that did not fit. */
export function summary(
  verdict: Verdict,
  row?: Row,
  gate?: GateSeen,
): { readonly summary: string; readonly text?: string } {
  const first = pack(blocks(verdict, row, gate), OUTPUT_BYTES, 'in the details below')
  if (first.rest.length === 0) return { summary: first.shown }
  const second = pack(
    first.rest,
    OUTPUT_BYTES,
    'left out here; run `gonogo check` in a clone to see everything',
  )
  return { summary: first.shown, text: second.shown }
}

type Row = { readonly seq: number; readonly digest: string }

function blocks(verdict: Verdict, row: Row | undefined, gate: GateSeen | undefined): readonly Block[] {
  const { models, problems, proposals, observed, retired = [] } = verdict
  return [
    ...(observed ? [{ head: '', rank: RANKS.verdict, lines: [OBSERVED] }] : []),
    { head: '', rank: RANKS.verdict, lines: [verdictLine(verdict), ...mergedLines(verdict)] },
    ...worstModels(models).flatMap((model) => modelBlocks(model, models.length === 1)),
    ...(problems.length === 0
      ? []
      : [{ head: '### Problems of this commit\n', rank: RANKS.problems, lines: problemLines(problems) }]),
    ...(retired.length === 0
      ? []
      : [
          {
            head: '### Retired models, which are not judged\n',
            rank: RANKS.registration,
            lines: retired.map((one) => `- ${markdown(retiredSentence(one))}`),
          },
        ]),
    ...proposalBlocks(proposals, verdict.pushed === true),
    ...(gate ? [{ head: '', rank: RANKS.problems, lines: gateLines(gate) }] : []),
    { head: '', rank: RANKS.verdict, lines: [footer(verdict, row)] },
  ]
}

const OBSERVED =
  'The floor of the organisation observes this repository: what follows is the true verdict, and it blocks nothing.'

const NAMES = { go: 'Go', 'no-go': 'No-go', undecided: 'Undecided' } as const

function verdictLine(verdict: Verdict): string {
  const { decision, models, problems } = verdict
  if (decision === 'nothing' && problems.length === 0) return nothingLine(verdict)
  const shown = decision === 'nothing' ? 'undecided' : decision
  const [only] = models
  const subject: Sentence = models.length === 1 && only ? sentence` for ${named(only)}` : []
  return `${DECISION_MARKS[shown]} **${NAMES[shown]}${withWaivers(verdict)}**${markdown(subject)}: ${markdown(reason(verdict))}.`
}

function mergedLines(verdict: Verdict): readonly string[] {
  if (!mergedWithoutGo(verdict)) return []
  const { says, next } = MERGED_WITHOUT_GO
  return [
    `\n**Merged without a go**: ${markdown(says(verdict))}.`,
    `\nWhat to do next: ${markdown(next(verdict))}.`,
  ]
}

function nothingLine({ proposals, pushed }: Verdict): string {
  if (proposals.length === 0) return 'This commit releases no model, so there is nothing to judge.'
  const faulty = proposals.some((proposal) => proposal.problems.length > 0)
  const [mark, state] = faulty
    ? [DECISION_MARKS.undecided, onlyUnapproved(proposals) ? 'want an approval' : 'have problems']
    : [DECISION_MARKS.go, 'are in order']
  return `${mark} This commit releases no model; the criteria that it ${pushed ? 'changed' : 'proposes'} ${state}.`
}

function reason(verdict: Verdict): Sentence {
  const { decision, models, problems } = verdict
  const [only, second] = models
  if (second) return tally(verdict)
  if (only?.decision === decision) return why(only)
  const [problem] = problems
  return problem ? problemFact(problem) : ['no model could be judged']
}

function footer(
  { engine, now, until, repository, commit, base, branch, tip, floor }: Verdict,
  row: Row | undefined,
): string {
  const judged = sentence`gonogo ${quoted(engine)} judged commit ${shortened(commit)} of ${quoted(repository)} at ${quoted(now)}`
  const against = sentence`compared with ${shortened(base)}; ${quoted(branch)} was at ${shortened(tip)}`
  const holds: Sentence = until === undefined ? [] : sentence`; ${holdsUntil(until)}`
  const ledger = row ? `\nLedger: \`${row.seq}:${row.digest}\`.` : ''
  return `---\n${markdown(sentence`${judged}, ${against}${holds}${floorUsed(floor)}`)}.${ledger}`
}
