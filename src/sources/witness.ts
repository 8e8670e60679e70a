import type { SeenAccess } from '../core/access.ts'
import type { Baseline } from '../core/baseline-answer.ts'
import type { Seen } from '../core/doctor-facts.ts'
import type { ProtectedEnvironment } from '../core/observed.ts'
import type { Received } from '../core/registration.ts'
import type { Waiver } from '../core/waiver.ts'
import type { Rewrite, SeenRun, SeenTicket, TipAt } from '../facts.ts'
import type { ApprovalWitness } from './approvals.ts'
import type { ArtifactWitness, Call } from './artifact-witness.ts'
import type { Repository } from './repository.ts'

/** An Actions run as GitHub tells of it. */
export type ToldRun = {
  /** `created_at`, ISO 8601. */
  readonly began: string
  readonly commit: string
  /** Path of the workflow's file, without a ref. */
  readonly workflow: string
  readonly fork: boolean
  readonly success: boolean
  /** The event, where it may have taken the workflow's file from elsewhere than its commit. */
  readonly foreign?: string
  /** Workflows of the same repository that it called. */
  readonly calls?: readonly Call[]
  /** It was run again. */
  readonly again?: boolean
  /** GitHub's id of its repository; absent in what was kept before it was told. */
  readonly repositoryId?: number
}

/** A file of the release that a run may have produced. */
export type Asked = { readonly name: string; readonly sha256: string }

/** The release that is judged, which is not its own baseline. */
export type ReleasedBefore = { readonly commit: string; readonly identity?: string }

/** What a start ticket says whose signature is right. */
export type ToldTicket = Pick<SeenTicket, 'began' | 'nonce' | 'repository' | 'model' | 'tip' | 'criteria'>

/**
 * The attestations that GitHub keeps for a content; `left`: that are there and were not read. `hidden` where the app may
 * not look.
 */
export type ToldAttestations =
  | { readonly kind: 'told'; readonly bundles: readonly unknown[]; readonly left: number }
  | { readonly kind: 'hidden' }

/** Who is asked about: the members of teams, and whether everybody in the organisation may write. */
export type AskedAccess = {
  readonly teams: readonly string[]
  /** Teams that matter only where code owners must review changes. */
  readonly owning: readonly string[]
  readonly everybody: boolean
}
export type ToldAccess = Pick<SeenAccess, 'review' | 'writers' | 'teams'>

/** A repository under the same installation, of which a run trained. */
export type Sibling = {
  readonly repository: Repository
  /** The tip of its default branch at present. */
  readonly tip: () => Promise<Seen<string>>
} & Pick<Witness, 'environments' | 'access'>

/**
 * What no clone can show: GitHub's and the app's own clocks, and what runs produced. What the world gets wrong
 * is thrown.
 */
export type Witness = {
  /**
   * Undefined for a run that is not there or that the app may not see. What its artifact and the weights are is asked
   * to know whether an earlier answer still holds.
   */
  readonly run: (
    repository: string,
    id: number,
    artifact: string,
    weights: readonly Asked[],
  ) => Promise<ToldRun | undefined>
  /** Which commit was the tip of the judged repository's default branch at a moment; `now` is the tip at present. */
  readonly tipAt: (moment: string, now: string) => Promise<TipAt>
  /** Whether a run's workflow was the file that its own repository's default branch had then. */
  readonly workflow: (repository: string, run: ToldRun, now: string) => Promise<SeenRun['file']>
  /** Whether the artifact of a run lists these weights. */
  readonly produced: (
    repository: string,
    id: number,
    artifact: string,
    weights: readonly Asked[],
  ) => Promise<SeenRun['produced']>
  /** What a ticket says, if this app signed it. */
  readonly ticket: (text: string) => Promise<ToldTicket | undefined>
  /**
   * A commit of the default branch that released other weights of the model, or another service, by the same run,
   * `owner/name#id`, or the ticket of the same nonce.
   */
  readonly reused: (model: string, clock: string, parts: readonly string[]) => Promise<string | undefined>
  /** The forced push of the default branch that brought in or threw out a commit; `now` is the tip at present. */
  readonly rewritten: (commit: string, now: string) => Promise<Rewrite | undefined>
  /** The last release of a model on the default branch that was a go, before the judged one and of another identity. */
  readonly released: (model: string, judged: ReleasedBefore) => Promise<Baseline | 'none'>
  /** What runs of the judged repository left behind. */
  readonly artifacts: ArtifactWitness
  /** What GitHub keeps that attests a content, by its digest as `sha256:…`. */
  readonly attestations: (repository: string, digest: string) => Promise<ToldAttestations>
  /** Who approved what. */
  readonly approvals: ApprovalWitness
  /** Every waiver of a model in the judged repository, for whichever release. */
  readonly waivers: (model: string) => Promise<readonly Waiver[]>
  /** Those environments of the judged repository that are named, and there, and how each is guarded. */
  readonly environments: (entered: readonly string[]) => Promise<Seen<readonly ProtectedEnvironment[]>>
  /** Who may change the judged repository's default branch, today. */
  readonly access: (asked: AskedAccess) => Promise<ToldAccess>
  /** Another repository by its name; undefined where the app may not look into it. */
  readonly sibling: (repository: string) => Promise<Sibling | undefined>
  /** How many other weights of the judged repository were measured on each exam before these, by the exam's key. */
  readonly attempts: (
    parts: readonly string[],
    exams: readonly string[],
  ) => Promise<Readonly<Record<string, number>>>
  /** How a blob first reached a path on the default branch; undefined where the app gave no receipt for it. */
  readonly received: (path: string, blob: string) => Promise<Received | undefined>
}
