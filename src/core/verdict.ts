import { type Base, basePartsOf } from './base-model.ts'
import type { BoundBy } from './binding.ts'
import type { Covered } from './coverage.ts'
import type { Decision } from './decide.ts'
import type { Amendment, Deviation } from './deviation.ts'
import type { Evidence } from './evidence.ts'
import type { Chosen, Data, Exam, Role } from './exam.ts'
import type { Finding } from './finding.ts'
import type { Note } from './note.ts'
import type { Problem } from './problem.ts'
import type { Risk } from './profile.ts'
import type { Registration } from './registration.ts'
import type { Below, FloorUsed, Standing } from './standing.ts'
import type { JudgedWaiver } from './waiver.ts'
import type { WeightFormat } from './weight-format.ts'

/** One entry of the manifest's weights, and whether its digest was seen or only declared. */
export type Weights = {
  /** Path, address, or hub name as the manifest writes it. */
  readonly name: string
  /** What identifies it: `sha256:…`, `sums:<blob>`, `revision:<commit>`. */
  readonly digest: string
  /** `seen`: compared with the bytes or the LFS pointer in the commit; `declared`: nobody but the manifest says so. */
  readonly trust: 'seen' | 'declared'
  /** What the bytes are; absent where they are not in the commit, so that nobody could look. */
  readonly format?: WeightFormat
}

/** A further digest of weights that lie in the commit, for what knows them by no other: `md5:…`. */
export type WeightSum = {
  /** As the manifest writes it, and as it lies in the repository. */
  readonly name: string
  readonly path: string
  readonly digest: string
}

/** A model that somebody else runs; `snapshot` is its provider's name for what does not change. */
export type Service = {
  readonly provider: string
  readonly model: string
  readonly snapshot: string
  readonly region?: string | undefined
}

/** What a release consists of, one text each; a digest stands without the name of its algorithm. */
export function partsOf(released: {
  readonly weights: readonly Weights[]
  readonly service?: Service
  readonly bases?: readonly Base[]
}): readonly string[] {
  const { weights, service, bases = [] } = released
  const bought = service && [service.provider, service.model, service.snapshot, service.region ?? null]
  return [
    ...weights.map(({ digest }) => digest.replace(/^sha256:/, '')),
    ...(bought ? [`service:${JSON.stringify(bought)}`] : []),
    ...basePartsOf(bases),
  ]
}

/** One file beside the weights that decides behaviour, by git blob id. */
export type Component = { readonly path: string; readonly sha: string }

/** What holds a file to the model that it is said to be about. */
export type FileBinding = {
  /** The weakest of what is in it; absent where all of it is about another model. */
  readonly by?: BoundBy
  /** The first few names, revisions, commits or digests that agree, as the file has them. */
  readonly found?: readonly string[]
  /** The first few that are another model's. */
  readonly other?: readonly string[]
}

/** A piece of evidence without what was read from it. */
export type EvidenceShown = Pick<
  Evidence,
  'path' | 'sha' | 'lfs' | 'format' | 'trust' | 'about' | 'producer' | 'awaited' | 'kept' | 'attested'
> & { readonly binding?: FileBinding }

export type ModelVerdict = {
  readonly model: string
  readonly version?: string
  readonly decision: Decision
  /** sha256 over weights, components and registered criteria; absent if one of them could not be read. */
  readonly identity?: string
  /** The risk that holds. */
  readonly risk?: Risk
  /** The risk and the traits, and who says so; absent where nobody does. */
  readonly standing?: Standing
  /** What answers each control that is required; absent where no criteria were registered that could be read. */
  readonly coverage?: readonly Covered[]
  readonly registration: Registration
  /** How today's criteria differ from the registered ones. */
  readonly deviations: readonly Deviation[]
  /** What happened to the criteria file on the default branch, oldest first; absent where that is not known. */
  readonly amendments?: readonly Amendment[]
  /** The commit of the default branch before which none was searched for, where there are more. */
  readonly since?: string
  readonly weights: readonly Weights[]
  /** A bought model instead of weights, as the manifest declares it. */
  readonly service?: Service
  /** The models that it was made from, as the manifest declares them; absent where it names none. */
  readonly bases?: readonly Base[]
  readonly components: readonly Component[]
  /** Every piece of evidence that was read, by blob id or digest. */
  readonly evidence: readonly EvidenceShown[]
  /** The exams that the criteria pin, and how far the release is shown to have taken them. */
  readonly exams: readonly Exam[]
  /** What the manifest alone decided about the exams. */
  readonly chosen: readonly Chosen[]
  /** Components that are loaded as weights are, by their names. */
  readonly loaded?: readonly Weights[]
  /** What documents say in sentences that no evidence has, and which may be about something else. */
  readonly unproved?: readonly UnprovedNumber[]
  /** The data that the manifest names, by what they were to the model; declared. */
  readonly datasets: readonly (Data & { readonly role: Role })[]
  readonly knownAs: readonly string[]
  readonly findings: readonly Finding[]
  /** Every waiver of the release, held or not; absent where nobody could look, as in a clone. */
  readonly waivers?: readonly JudgedWaiver[]
  readonly problems: readonly Problem[]
  readonly manifest: { readonly path: string; readonly sha: string }
}

/** A file under `.gonogo/` that the judged commit changes. It has no effect on the verdict. */
export type Proposal = {
  readonly path: string
  readonly change: 'added' | 'changed' | 'removed'
  readonly model?: string
  /** What the change does to each criterion. */
  readonly deviations: readonly Deviation[]
  /** The release of the model that the default branch, or else the commit, has: its work had begun, so the change is a deviation. */
  readonly begun?: { readonly version?: string; readonly commit?: string }
  readonly problems: readonly Problem[]
  /** Who approved what needs an approval in it. */
  readonly approvedBy?: readonly string[]
  /** Of criteria that could be read: risk and traits, what answers each control, and what the floor has higher. */
  readonly standing?: Standing
  readonly coverage?: readonly Covered[]
  readonly below?: readonly Below[]
  /** What the engine found out about the criteria; absent where they can't be understood. */
  readonly notes?: readonly Note[]
}

/** A model that is gated no more, since its retirement was approved. */
export type Retired = { readonly model: string; readonly by: readonly string[] }

/** What a commit came to. `nothing`: it releases no model. */
export type Verdict = {
  readonly decision: Decision | 'nothing'
  readonly repository: string
  readonly branch: string
  readonly commit: string
  readonly base: string
  readonly tip: string
  readonly now: string
  /** The first moment after `now` at which an answer that is met will no longer be; absent if none expires. */
  readonly until?: string
  readonly engine: string
  /** A push made the commit the tip of the default branch: whatever in it is no go was merged without one. */
  readonly pushed?: true
  readonly models: readonly ModelVerdict[]
  readonly problems: readonly Problem[]
  readonly proposals: readonly Proposal[]
  /** Models of the commit that are released no more, and so not judged. */
  readonly retired?: readonly Retired[]
  /** The organisation's floor that was used; none without it. */
  readonly floor?: FloorUsed
  /** The floor has this repository observed: the verdict is the true one, and blocks nothing. */
  readonly observed?: true
}

/** Whether something reached the default branch that is no go. */
export function mergedWithoutGo({ pushed, decision }: Verdict): boolean {
  return pushed === true && (decision === 'no-go' || decision === 'undecided')
}

export type Conclusion = 'success' | 'failure' | 'action_required' | 'neutral'

/** Whether a proposal has something in it that its author, or whoever must approve it, has to see to. */
export function isOpen({ problems }: Pick<Proposal, 'problems'>): boolean {
  return problems.length > 0
}

/**
 * What a verdict comes to. `neutral` passes a required check, so it is only for a commit that was understood
 * and releases nothing; a proposal that is open needs somebody's action, whatever is released beside it.
 */
export function meant(verdict: Verdict): Conclusion {
  const open = verdict.proposals.some(isOpen)
  switch (verdict.decision) {
    case 'no-go':
      return 'failure'
    case 'undecided':
      return 'action_required'
    case 'go':
      return open ? 'action_required' : 'success'
    case 'nothing':
      if (open || verdict.problems.length > 0) return 'action_required'
      return verdict.proposals.length > 0 ? 'success' : 'neutral'
  }
}

/** What GitHub is told: what the verdict comes to, and where the floor only observes, nothing that blocks. */
export function conclude(verdict: Verdict): Conclusion {
  return verdict.observed ? 'neutral' : meant(verdict)
}

/** A number of a sentence in a document, as it is written there. */
export type UnprovedNumber = {
  readonly path: string
  readonly line?: number
  readonly metric: string
  readonly stated: string
}
