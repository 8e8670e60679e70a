import {
  type Approvals,
  type Approvers,
  type Consent,
  judgeApprovals,
  rightFor,
  type Subject,
  sameSubject,
  textOf,
} from '../core/approval.ts'
import { criteriaPath } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import type { Proposal, Retired } from '../core/verdict.ts'
import { exemptionsOf } from '../criteria/consent.ts'
import type { Criteria } from '../criteria/criteria.ts'
import type { Facts, ModelFacts, ProposalFacts } from '../facts.ts'

/** A proposal with its approvals judged: what is not approved is a problem of it. What was pushed stands already. */
export function judgeProposal(
  { consents: needed = [], ...proposal }: ProposalFacts,
  { approvers, pushed, commit }: Pick<Facts, 'approvers' | 'pushed' | 'commit'>,
): Proposal {
  const consents = needed.map((consent): Consent => (pushed ? { ...consent, stands: true, commit } : consent))
  const by = consents.flatMap((consent) => judge(consent, approvers).by)
  return {
    ...proposal,
    problems: [
      ...proposal.problems,
      ...consents.flatMap((consent) => unapproved(consent, proposal.path, approvers)),
    ],
    ...(by.length > 0 && { approvedBy: [...new Set(by)].toSorted() }),
  }
}

/** What the versions that hold have without an approval, as problems of the model. */
export function unapprovedIn(
  { model, consents = [], retirement, criteria: { today } }: ModelFacts,
  versions: readonly Criteria[],
  approvers: Approvers | undefined,
): readonly Problem[] {
  const path = criteriaPath(model)
  const exempt = versions.flatMap((version) => exemptionsOf(path, version))
  const subjects = new Map(exempt.map((needed) => [textOf(needed.subject), needed]))
  const needed = [
    ...[...subjects.values()].map(
      // What nobody was asked about is not approved.
      ({ what, names, subject }): Consent =>
        consents.find((consent) => isOf(consent, subject)) ?? {
          what,
          names,
          stands: true,
          approvals: AWAITING,
        },
    ),
    ...consents.filter(({ what }) => what !== 'not_applicable'),
    ...(today?.criteria?.retired ? [retirement ?? RETIRED] : []),
  ]
  return needed.flatMap((consent) => unapproved(consent, path, approvers))
}

/** Who approved that a model is released no more; undefined where it stays gated. */
export function retirementOf(
  { model, retirement, criteria }: ModelFacts,
  { approvers }: { readonly approvers?: Approvers },
): Retired | undefined {
  if (retirement === undefined || criteria.today?.criteria?.retired !== true) return undefined
  const { answer } = judge(retirement, approvers)
  return answer.code === 'approved' ? { model, by: answer.by } : undefined
}

const AWAITING: Approvals = { kind: 'awaiting' }
const RETIRED: Consent = { what: 'retire', names: [], stands: true, approvals: AWAITING }

function isOf({ approvals, what, names }: Consent, subject: Subject): boolean {
  if (approvals.kind === 'seen') return sameSubject(approvals.subject, subject)
  return what === 'not_applicable' && subject.kind === 'exemption' && names.includes(subject.control)
}

function unapproved(consent: Consent, path: string, approvers: Approvers | undefined): readonly Problem[] {
  const { answer } = judge(consent, approvers)
  if (answer.code === 'approved') return []
  const { approvals: _, ...about } = consent
  return [{ path, code: 'unapproved', ...about, answer }]
}

function judge(consent: Consent, approvers: Approvers | undefined) {
  const answer = judgeApprovals(rightFor(consent, approvers), 1, consent.approvals)
  return { answer, by: answer.code === 'approved' ? answer.by : [] }
}
