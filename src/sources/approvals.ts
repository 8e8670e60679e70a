import type { Approvals, Approvers, Consent, Right, Subject } from '../core/approval.ts'
import { rightFor } from '../core/approval.ts'
import { approvalsAsked } from '../criteria/approvals-asked.ts'
import { type CriteriaVersion, exemptionsOf, type Needed, retirementOf } from '../criteria/consent.ts'
import type { Floor } from '../criteria/floor.ts'
import { criteriaAsked, type ModelFacts } from '../facts.ts'
import { canonicalJson } from '../text/canonical.ts'
import type { Loosening } from './amendments.ts'

/** What is to be approved, and by whom. */
export type AskedApproval = { readonly subject: Subject; readonly rights: readonly Right[] }

/** The commit that is judged, and where the default branch is. */
export type JudgedCommit = { readonly commit: string; readonly tip: string }

/** What GitHub's reviews show, and the app's ledger keeps of them. What the world gets wrong is thrown. */
export type ApprovalWitness = {
  /** Reviews of what the judged commit holds, one answer for each question, in order. */
  readonly of: (judged: JudgedCommit, asked: readonly AskedApproval[]) => Promise<readonly Approvals[]>
  /** What was seen of the reviews of something that is on the default branch already. */
  readonly held: (asked: readonly AskedApproval[]) => Promise<readonly Approvals[]>
}

/** Who approves changes of criteria, and what shows that they did; nothing where no witness is. */
export type Approving = { readonly witness?: ApprovalWitness; readonly approvers?: Approvers }

const AWAITING: Approvals = { kind: 'awaiting' }

/** What the approvals of a release are of; undefined where criteria ask for none, or nothing identifies it. */
export function releaseAsked(model: ModelFacts, floor: Floor | undefined): AskedApproval | undefined {
  const rights = approvalsAsked(criteriaAsked(model, floor))
  if (rights.length === 0 || model.identity === undefined) return undefined
  const pieces = model.evidence.map(({ path, sha = '' }) => `${path} ${sha}`)
  const evidence = [...pieces, ...claimsOf(model)].toSorted()
  return { subject: { kind: 'release', model: model.model, identity: model.identity, evidence }, rights }
}

/** What only the manifest says of evidence and data: the same bytes about another model or dataset are other evidence. */
function claimsOf({ manifest: { value } }: ModelFacts): readonly string[] {
  const { evidence = [], datasets = [], known_as = [] } = value ?? {}
  return [
    ...evidence.filter((entry) => typeof entry !== 'string').map((entry) => ({ evidence: entry })),
    ...datasets.map((dataset) => ({ dataset })),
    ...known_as.map((name) => ({ name })),
  ].map(canonicalJson)
}

/** Asks about everything that a verdict needs approvals of, at once. */
export async function gatherApprovals(
  { witness }: Approving,
  judged: JudgedCommit,
  asked: readonly AskedApproval[],
): Promise<readonly Approvals[]> {
  if (asked.length === 0) return []
  return witness === undefined ? asked.map(() => AWAITING) : await witness.of(judged, asked)
}

/** The question that a needed approval is. */
export function askedFor({ what, subject }: Needed, approvers: Approvers | undefined): AskedApproval {
  return { subject, rights: [rightFor({ what }, approvers)] }
}

type Held = Pick<ModelFacts, 'consents' | 'retirement'>

/**
 * What is in the criteria that hold and had to be approved when it was brought: every exemption, and what was
 * loosened before the registered version. That today's criteria retire the model is told apart.
 */
export async function gatherHeld(
  { witness, approvers }: Approving,
  { criteria: { path, registered, today } }: Pick<ModelFacts, 'criteria'>,
  loosened: readonly Loosening[],
): Promise<Held> {
  const versions: readonly CriteriaVersion[] = [registered, today].flatMap((file) => file ?? [])
  const exemptions = versions.flatMap(({ criteria }) => (criteria ? exemptionsOf(path, criteria) : []))
  const retired = today?.criteria?.retired ? [retirementOf(path, today.sha)] : []
  const all: readonly (Needed & Pick<Consent, 'commit'>)[] = [...once(exemptions), ...loosened, ...retired]
  if (all.length === 0) return {}
  const asked = all.map((needed) => askedFor(needed, approvers))
  const found = witness === undefined ? all.map(() => AWAITING) : await witness.held(asked)
  const consents = all.map(({ what, names, commit }, index): Consent => {
    const approvals = found[index] ?? AWAITING
    return { what, names, stands: true, ...(commit !== undefined && { commit }), approvals }
  })
  const retirement = consents.find(({ what }) => what === 'retire')
  const others = consents.filter(({ what }) => what !== 'retire')
  return { ...(others.length > 0 && { consents: others }), ...(retirement && { retirement }) }
}

function once(needed: readonly Needed[]): readonly Needed[] {
  return [...new Map(needed.map((one) => [JSON.stringify(one.subject), one])).values()]
}
