import { acceptable } from './accepted.ts'
import type { Answer } from './answer.ts'
import { decide } from './decide.ts'
import type { Finding } from './finding.ts'
import { isAttestations } from './paths.ts'
import type { Problem } from './problem.ts'
import type { ModelVerdict, Verdict } from './verdict.ts'

/**
 * The runs, start tickets, files of artifacts, attestations, approvals, waivers and observations that only GitHub, or the
 * app, can show: a run as `owner/name#id`, a ticket by path, a file or attestations as evidence calls them, an approval
 * by its criterion or the criteria's path, a waiver by the criterion that there may be one of.
 */
export function awaiting({ models, proposals }: Pick<Verdict, 'models' | 'proposals'>): readonly string[] {
  const ofModels = models.flatMap((model) => {
    const { registration, findings, evidence, problems } = model
    return [
      ...evidence.flatMap((file) => (file.awaited === undefined ? [] : [file.path])),
      ...registration.limits.flatMap((limit) => (limit.code === 'awaiting_github' ? [limit.name] : [])),
      ...findings.flatMap((finding) => awaited(finding) ?? []),
      ...problems.flatMap(awaitedApproval),
      ...awaitedWaivers(model),
    ]
  })
  const ofProposals = proposals.flatMap(({ problems }) => problems.flatMap(awaitedApproval))
  return [...new Set([...ofModels, ...ofProposals])].toSorted()
}

/** Whether a commit is undecided for nothing else than what only GitHub can show. */
export function onlyAwaiting(verdict: Verdict): boolean {
  const { decision, models, problems, proposals } = verdict
  const isOpen = decision === 'undecided' || proposals.some((proposal) => proposal.problems.length > 0)
  return (
    decision !== 'no-go' &&
    isOpen &&
    problems.length === 0 &&
    proposals.every((proposal) => !proposal.problems.some(isElse)) &&
    models.every((model) => model.decision === 'go' || wouldGo(model))
  )
}

/**
 * Whether all else of a model is in order: it would go if every start that is awaited were found so, and evidence
 * that could not be looked into had what is found nowhere else.
 */
function wouldGo({ findings, problems, evidence }: ModelVerdict): boolean {
  const shown = findings.map((finding) => ({
    ...finding,
    answer: awaited(finding) !== undefined || mayBeThere(finding.answer, evidence) ? MET : finding.answer,
  }))
  return decide(shown, problems.filter(isElse)) === 'go'
}

/** Whether an answer may be another one with what could not be looked into. */
function mayBeThere(answer: Answer, evidence: ModelVerdict['evidence']): boolean {
  const unread = evidence.filter((file) => file.awaited === 'unread')
  const attestations = unread.some(({ path }) => isAttestations(path))
  return (
    (unread.some(({ path }) => !isAttestations(path)) && isAbsent(answer)) ||
    (attestations && UNATTESTED.has(answer.code)) ||
    (attestations &&
      (answer.code === 'trust_too_low' || answer.code === 'source_too_weak') &&
      answer.wanted === 'signed')
  )
}

/** The same of attestations that GitHub may keep. */
const UNATTESTED: ReadonlySet<string> = new Set(['attestation_missing', 'attestation_claimed'])

/** Whether an answer says that the evidence for it is not there. */
export function isAbsent({ code }: Answer): boolean {
  return ABSENT.has(code)
}

const ABSENT: ReadonlySet<string> = new Set([
  ...['no_measurement', 'members_missing', 'no_document', 'no_record', 'report_unread'],
])

/** Whether a problem is only that something is not seen yet that GitHub, or the app, can show. */
export function isAwaited(problem: Problem): boolean {
  return problem.code === 'artifact_awaited' || awaitedApproval(problem).length > 0
}

const isElse = (problem: Problem): boolean => !isAwaited(problem)

function awaitedApproval(problem: Problem): readonly string[] {
  return problem.code === 'unapproved' && problem.answer.code === 'approval_awaited'
    ? [`approval:${problem.path}`]
    : []
}

/** Whoever could not look does not know what was accepted; it makes no go of what is not met. */
function awaitedWaivers({ findings, identity, waivers, evidence }: ModelVerdict): readonly string[] {
  if (waivers !== undefined || identity === undefined) return []
  return findings
    .filter(({ blocking, answer }) => blocking && acceptable(answer).kind === 'acceptable')
    .filter(({ answer }) => !mayBeThere(answer, evidence))
    .map(({ criterion }) => `waiver:${criterion}`)
}

const MET = { code: 'registered', outcome: 'met', tier: 'ordered', work: '', at: '', amended: false } as const

function awaited({ answer, criterion }: Finding): string | undefined {
  if (answer.code === 'approval_awaited') return `approval:${criterion}`
  if (answer.code === 'record_not_observed' && answer.why === 'awaited') return `observed:${criterion}`
  if (answer.code === 'attempts_awaited') return `attempts:${criterion}`
  if (answer.code !== 'tier_too_low' && answer.code !== 'work_not_seen') return undefined
  return answer.limit.code === 'awaiting_github' ? answer.limit.name : undefined
}
