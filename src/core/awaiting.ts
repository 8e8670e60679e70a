import { decide } from './decide.ts'
import type { Finding } from './finding.ts'
import type { ModelVerdict, Verdict } from './verdict.ts'

/** The runs and start tickets that only GitHub, or the app, can show: a run as `owner/name#id`, a ticket by path. */
export function awaiting({ models }: Pick<Verdict, 'models'>): readonly string[] {
  const names = models.flatMap(({ registration, findings }) => [
    ...registration.limits.flatMap((limit) => (limit.code === 'awaiting_github' ? [limit.name] : [])),
    ...findings.flatMap((finding) => awaited(finding) ?? []),
  ])
  return [...new Set(names)].toSorted()
}

/** Whether a commit is undecided for nothing else than what only GitHub can show. */
export function onlyAwaiting({ decision, models, problems, proposals }: Verdict): boolean {
  return (
    decision === 'undecided' &&
    problems.length === 0 &&
    proposals.every((proposal) => proposal.problems.length === 0) &&
    models.every((model) => model.decision === 'go' || wouldGo(model))
  )
}

/** Whether all else of a model is in order: it would go if every start that is awaited were found so. */
function wouldGo({ findings, problems }: ModelVerdict): boolean {
  const shown = findings.map((finding) => ({
    ...finding,
    answer: awaited(finding) === undefined ? finding.answer : MET,
  }))
  return decide(shown, problems) === 'go'
}

const MET = { code: 'registered', outcome: 'met', tier: 'ordered', work: '', at: '', amended: false } as const

function awaited({ answer }: Finding): string | undefined {
  if (answer.code !== 'tier_too_low' && answer.code !== 'work_not_seen') return undefined
  return answer.limit.code === 'awaiting_github' ? answer.limit.name : undefined
}
