import type { Approvals, Approvers, Consent } from './core/approval.ts'
import type { AtTraining } from './core/at-training.ts'
import type { Baseline } from './core/baseline-answer.ts'
import type { CommittedBytes } from './core/committed-bytes.ts'
import type { Amendment } from './core/deviation.ts'
import type { Evidence } from './core/evidence.ts'
import type { Observed } from './core/observed.ts'
import type { Problem } from './core/problem.ts'
import type { Provenance } from './core/provenance.ts'
import type { Received } from './core/registration.ts'
import type { Component, WeightSum, Weights } from './core/verdict.ts'
import type { Waiver } from './core/waiver.ts'
import type { Criteria, ParsedCriteria } from './criteria/criteria.ts'
import type { Floor, FloorFacts } from './criteria/floor.ts'
import type { Manifest } from './criteria/manifest.ts'
import type { ProposedFile } from './criteria/proposed.ts'

/** A criteria file as it stood in one commit. */
export type CriteriaFile = ParsedCriteria & {
  readonly path: string
  readonly commit: string
  readonly sha: string
}

/** What is known of the start of the work, and of the commit R that holds the registered criteria. */
export type Start =
  | { readonly kind: 'not_named' }
  | { readonly kind: 'not_found' | 'unrelated'; readonly work: Work }
  | { readonly kind: 'too_long'; readonly work: Work; readonly limit: number }
  /** A server's clock fixes R, so where the named commit stands was not asked. */
  | { readonly kind: 'by_clock'; readonly work: Work }
  /** `at` is R; `saw` is the criteria blob in the work's own tree. */
  | { readonly kind: 'placed'; readonly work: Work; readonly at: string; readonly saw?: string }

export type Work = { readonly kind: 'training' | 'evaluation'; readonly commit: string }

/** Which commit was the default branch's tip at a moment, by clocks that nobody in the repository can set. */
export type TipAt =
  | {
      readonly kind: 'known'
      readonly commit: string
      /** ISO 8601: since when it had been the tip. */
      readonly since: string
      /** The app's receipts, GitHub's activity feed, or the start ticket itself. */
      readonly source: 'receipt' | 'activity' | 'ticket'
    }
  /** What happened before gonogo watched the repository does not count. */
  | { readonly kind: 'before_watch'; readonly watched: string }
  /** No receipt and no activity covers the moment. */
  | { readonly kind: 'gap' }

/** Whether the run's artifact lists the digest of every weights file that the manifest names. */
export type Produced =
  | { readonly kind: 'listed'; readonly artifact: string; readonly digest: string }
  | { readonly kind: 'lacking'; readonly artifact: string; readonly missing: readonly string[] }
  | { readonly kind: 'no_artifact' | 'expired' | 'unreadable'; readonly artifact: string }
  /** The release has no weights with a sha256, as a bought model has not. */
  | { readonly kind: 'no_digests' }

type NamedRun = {
  readonly clock: 'run'
  readonly work: Work['kind']
  readonly run: number
  readonly repository: string
}
type NamedTicket = { readonly clock: 'ticket'; readonly work: Work['kind']; readonly path: string }

/** An Actions run that the manifest names as the work, as GitHub tells of it. */
export type SeenRun = NamedRun & {
  readonly kind: 'seen'
  /** `created_at`, which a re-run does not move; ISO 8601. */
  readonly began: string
  readonly commit: string
  /** GitHub's id of its repository, which no renaming changes; absent where it was not told. */
  readonly repositoryId?: number
  /** Workflows of its own repository that it called. */
  readonly calls?: readonly { readonly workflow: string; readonly commit: string }[]
  /**
   * Path of the workflow's file, and what that file is: the one that its default branch had then, or another;
   * `unseen` where nobody saw what that branch had, `foreign` where an event as `pull_request` may have taken it from
   * elsewhere than the run's commit, `calls` where it called another one that its default branch had not.
   */
  readonly workflow: string
  readonly file: 'trusted' | 'edited' | 'unlisted' | 'absent' | 'unseen' | 'foreign' | 'calls'
  readonly fork: boolean
  readonly success: boolean
  /** It was run again: when the last attempt began, `began` does not tell. */
  readonly again?: boolean
  readonly tip: TipAt
  readonly produced: Produced
  /** Found when it is judged, from the evidence; never gathered. */
  readonly provenance?: Provenance
  /** A commit of the default branch that released other weights of this model as the work of this run. */
  readonly reused?: string
}

/** What a start ticket says, its signature checked. */
export type SeenTicket = NamedTicket & {
  readonly kind: 'seen'
  readonly began: string
  readonly repository: string
  readonly model: string
  /** Tip of the default branch when it was issued, and the criteria's blob there. */
  readonly tip: string
  readonly criteria: string
  readonly nonce: string
  readonly reused?: string
}

/** How a server's clock knows when the work began, where the manifest names a run or a ticket. */
export type Begun =
  | SeenRun
  | SeenTicket
  /** `awaiting`: only GitHub, or the app, can show it. */
  | (NamedRun & { readonly kind: 'awaiting' | 'not_found' | 'elsewhere' })
  | (NamedTicket & { readonly kind: 'awaiting' | 'forged' | 'not_there' })

/** The run that was seen to be the training. */
export function trainingRun(begun: Begun | undefined): SeenRun | undefined {
  return begun?.kind === 'seen' && begun.clock === 'run' && begun.work === 'training' ? begun : undefined
}

/** All that is asked of a model, by its criteria as they were registered, as they are today, and by the floor. */
export function criteriaAsked(
  { criteria: { registered, today } }: Pick<ModelFacts, 'criteria'>,
  floor: Floor | undefined,
): Criteria['criteria'] {
  return [registered?.criteria, today?.criteria, floor].flatMap((file) => file?.criteria ?? [])
}

/** What fixes R: the default branch's tip when the work began, as a run's clock or a ticket tells it. */
export function tipOf(begun: Extract<Begun, { kind: 'seen' }>): TipAt {
  if (begun.clock === 'run') return begun.tip
  return { kind: 'known', commit: begun.tip, since: begun.began, source: 'ticket' }
}

/** A forced push of the default branch that brought in a commit which had not been on it, or threw it out. */
export type Rewrite = { readonly before: string; readonly after: string; readonly at: string }

/** Everything that the verdict on one model depends on. */
export type ModelFacts = {
  readonly model: string
  readonly manifest: { readonly path: string; readonly sha: string; readonly value?: Manifest }
  readonly start: Start
  readonly begun?: Begun
  /** The forced push through which R, or what came before it, was brought in or thrown out. */
  readonly rewritten?: Rewrite
  /** Of the registered criteria. */
  readonly received?: Received
  /** Of the criteria: as registered, on the default branch today, and the blob in the judged commit. */
  readonly criteria: {
    readonly path: string
    readonly registered?: CriteriaFile
    readonly today?: CriteriaFile
    readonly proposed?: string
    /** What is there in their place, by a name that no criteria have. */
    readonly misnamed?: string
  }
  /** Evidence with results that stood in a commit from which the work began, by path; the commit. */
  readonly early?: Readonly<Record<string, string>>
  /** Changes of the criteria file on the default branch, the newest ones, oldest first; absent where not known. */
  readonly amendments?: readonly Amendment[]
  /** The commit of the default branch before which none was searched for, where there are more. */
  readonly since?: string
  readonly weights: readonly Weights[]
  readonly components: readonly Component[]
  /** Components that are weights by their names: held to the same formats, and scanned with them. */
  readonly loaded?: readonly Weights[]
  /** Reviews of the release, where criteria ask for an approval; absent where it has no identity to approve. */
  readonly approvals?: Approvals
  /** What is in the criteria that hold, and counts only if it was approved when it was brought. */
  readonly consents?: readonly Consent[]
  /** Every waiver of the model, for this release or another; absent where nobody could look, as in a clone. */
  readonly waivers?: readonly Waiver[]
  /** That the criteria of today retire the model. */
  readonly retirement?: Consent
  /** The last release that was a go, where criteria compare with it; absent where only the app's ledger knows. */
  readonly released?: Baseline | 'none'
  /**
   * How many other weights of the repository, under whichever name, were measured on each of its exams before these,
   * by `examKey`; absent where only the app's ledger knows.
   */
  readonly attempts?: Readonly<Record<string, number>>
  /** What was seen of the training run, where criteria ask for a record that is held to it; absent in a clone. */
  readonly observed?: Observed
  /** What the commit of the training had at paths of the evidence, where criteria ask; facts of an earlier version have none. */
  readonly atTraining?: AtTraining
  /** What lies in commits at paths that a pipeline or the manifest gives digests of, where criteria ask; facts of an earlier version have none. */
  readonly committed?: readonly CommittedBytes[]
  /** Digests of weights that lie in the commit by the algorithm of a pipeline's lock, where one is among the evidence. */
  readonly sums?: readonly WeightSum[]
  /** One for each evidence file that the manifest names, found or not. */
  readonly evidence: readonly Evidence[]
  /** What GitHub keeps that attests weights or evidence, by digest, where it was asked. */
  readonly attestations?: readonly Evidence[]
  /** sha256 over weights, components and registered criteria; absent if one of them is. */
  readonly identity?: string
  /** Faults of the manifest and of the files that it names other than as evidence. */
  readonly problems: readonly Problem[]
}

/** A proposal with the approvals that it needs. */
export type ProposalFacts = ProposedFile & { readonly consents?: readonly Consent[] }

/** Everything that a verdict depends on, clock and engine included, as JSON; never a file's content. */
export type Facts = {
  readonly gonogo: 1
  readonly engine: string
  /** ISO 8601. */
  readonly now: string
  /** `owner/name`, or a name for a clone without a remote. */
  readonly repository: string
  /** The default branch and its tip when the facts were gathered. */
  readonly branch: string
  readonly tip: string
  /** The judged commit, and what it is compared with: its merge base with the default branch. */
  readonly commit: string
  readonly base: string
  /** The commit is on the default branch, where a push made it the tip; `base` is the tip before. */
  readonly pushed?: true
  readonly models: readonly ModelFacts[]
  readonly problems: readonly Problem[]
  readonly proposals: readonly ProposalFacts[]
  /** Who approves changes of criteria; another writer where absent. */
  readonly approvers?: Approvers
  /** The organisation's floor; what was recorded before there were floors has none. */
  readonly floor?: FloorFacts
  /** GitHub's id of the repository, which no renaming changes. */
  readonly repositoryId?: number
  /** Custom properties of the repository that only the organisation can set. */
  readonly properties?: Readonly<Record<string, string | readonly string[]>>
}
