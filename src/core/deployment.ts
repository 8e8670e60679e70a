import { DAY_MS } from './day.ts'
import type { Problem } from './problem.ts'
import type { ModelVerdict, Retired } from './verdict.ts'

/** A model that an environment needs the go of, and who says so; `gone`: criteria that are on the default branch no more. */
export type Needed = { readonly model: string; readonly by: 'criteria' | 'floor' | 'gone' }

/** Where a commit stands that is to be deployed. */
export type Stand =
  | { readonly kind: 'default' | 'listed'; readonly branch: string }
  /** On the default branch it is not, nor on one that fits these patterns of the floor. */
  | { readonly kind: 'nowhere'; readonly branch: string; readonly from: readonly string[] }
  /** More branches fit than are looked at, and it is on none of those. */
  | { readonly kind: 'unsearched'; readonly found: number; readonly limit: number }

/** The Actions run that waits, as GitHub tells of it, whatever the event said. */
export type WaitingRun =
  | { readonly kind: 'seen'; readonly run: number; readonly commit: string; readonly repositoryId: number }
  | { readonly kind: 'unseen'; readonly run: number }

/** What our ledger tells of an identity in an environment; ISO 8601. */
export type Before = {
  readonly model: string
  /** The last deployment of the model that was approved there had the same identity. */
  readonly runs?: string
  /** When a deployment of it was last approved there because it was a go. */
  readonly go?: string
}

/** Everything that the answer to a deployment depends on. */
export type DeploymentFacts = {
  readonly environment: string
  readonly commit: string
  /** ISO 8601. */
  readonly now: string
  readonly repositoryId?: number
  /** Absent where no run waits, as for a deployment that somebody created. */
  readonly run?: WaitingRun
  readonly stand: Stand
  /** Whether criteria of the default branch or the floor name the environment, retired models aside or not. */
  readonly named: boolean
  readonly needed: readonly Needed[]
  /** Those that name the environment and are released no more. */
  readonly retired: readonly Retired[]
  /** What might name the environment and could not be read. */
  readonly unread: readonly Problem[]
  /** The floor only has this repository observed. */
  readonly observed: boolean
  readonly rollbackDays: number
  /** The verdicts on the needed models whose manifest the commit has; absent where they were not asked for. */
  readonly judged?: readonly ModelVerdict[]
  readonly before: readonly Before[]
}

/** Why a deployment may not be. */
export type Refusal =
  | { readonly code: 'run_unseen'; readonly run: number }
  | { readonly code: 'run_differs'; readonly run: number; readonly found: string; readonly wanted: string }
  | { readonly code: 'repository_differs'; readonly run: number }
  | ({ readonly code: 'not_on_branch' } & Omit<Extract<Stand, { kind: 'nowhere' }>, 'kind'>)
  | ({ readonly code: 'branches_unsearched' } & Omit<Extract<Stand, { kind: 'unsearched' }>, 'kind'>)
  | { readonly code: 'unread'; readonly problem: Problem; readonly more: number }
  | { readonly code: 'unnamed'; readonly environment: string }
  /** It is named, and every model that names it is retired, or none is there. */
  | { readonly code: 'none_needed'; readonly environment: string; readonly retired: readonly string[] }
  | { readonly code: 'no_manifest'; readonly model: string; readonly by: Needed['by'] }
  /** `late`: it had a go there, longer ago than it may come back. */
  | {
      readonly code: 'no_go'
      readonly verdict: ModelVerdict
      readonly late?: { readonly go: string; readonly days: number }
    }
  /** Our fault: nothing stood in the way, and nothing was judged. */
  | { readonly code: 'not_judged' }

/** Why a model does not stand in the way. */
export type Passed =
  /** `runs`: since when the same identity runs there by our ledger. */
  | { readonly code: 'go'; readonly verdict: ModelVerdict; readonly runs?: string }
  | { readonly code: 'running'; readonly verdict: ModelVerdict; readonly runs: string }
  | { readonly code: 'rollback'; readonly verdict: ModelVerdict; readonly go: string; readonly days: number }

/** `observed`: it would have been rejected, and the floor only observes. */
export type DeploymentDecision =
  | { readonly kind: 'approved'; readonly passed: readonly Passed[] }
  | ({ readonly kind: 'observed' } & Refused)
  | ({ readonly kind: 'rejected' } & Refused)

type Refused = { readonly refusals: readonly Refusal[]; readonly passed: readonly Passed[] }

/** What a floor that observes does not let through: a run that is not what its event said, and what was never judged. */
const HARD: readonly Refusal['code'][] = ['run_unseen', 'run_differs', 'repository_differs', 'not_judged']

/** An approval must be proved: a needed model, each of them a go, running there or coming back, and nothing beside it. */
export function decideDeployment(facts: DeploymentFacts): DeploymentDecision {
  const models = facts.needed.map((needed) => ofModel(needed, facts))
  const passed = models.filter((one) => 'passed' in one).map((one) => one.passed)
  const refusals = [...obstacles(facts), ...models.flatMap((one) => ('refusal' in one ? one.refusal : []))]
  if (refusals.length === 0 && passed.length > 0) return { kind: 'approved', passed }
  const all: readonly Refusal[] = refusals.length > 0 ? refusals : [{ code: 'not_judged' }]
  const isHard = all.some(({ code }) => HARD.includes(code))
  return { kind: facts.observed && !isHard ? 'observed' : 'rejected', refusals: all, passed }
}

/** What stands in the way whatever the models come to; where there is any of it, they need not be judged. */
export function obstacles(facts: Omit<DeploymentFacts, 'judged' | 'before'>): readonly Refusal[] {
  const { run, stand, unread, needed, named, environment, retired } = facts
  const [problem] = unread
  return [
    ...(run === undefined ? [] : mismatches(run, facts)),
    ...standing(stand),
    ...(problem === undefined ? [] : [{ code: 'unread', problem, more: unread.length - 1 } as const]),
    ...(needed.length > 0 || problem !== undefined
      ? []
      : named
        ? [{ code: 'none_needed', environment, retired: retired.map(({ model }) => model) } as const]
        : [{ code: 'unnamed', environment } as const]),
  ]
}

function mismatches(
  run: WaitingRun,
  { commit, repositoryId }: Pick<DeploymentFacts, 'commit' | 'repositoryId'>,
): readonly Refusal[] {
  if (run.kind === 'unseen') return [{ code: 'run_unseen', run: run.run }]
  if (repositoryId !== undefined && run.repositoryId !== repositoryId)
    return [{ code: 'repository_differs', run: run.run }]
  return run.commit === commit
    ? []
    : [{ code: 'run_differs', run: run.run, found: run.commit, wanted: commit }]
}

function standing(stand: Stand): readonly Refusal[] {
  if (stand.kind === 'nowhere') return [{ code: 'not_on_branch', branch: stand.branch, from: stand.from }]
  if (stand.kind === 'unsearched')
    return [{ code: 'branches_unsearched', found: stand.found, limit: stand.limit }]
  return []
}

type OfModel =
  | { readonly passed: Passed }
  | { readonly refusal: Refusal }
  | { readonly refusal: readonly never[] }

function ofModel({ model, by }: Needed, facts: DeploymentFacts): OfModel {
  const { judged, before, now, rollbackDays: days } = facts
  // Where something else stands in the way nobody asked.
  if (judged === undefined) return { refusal: [] }
  const verdict = judged.find((one) => one.model === model)
  if (verdict === undefined) return { refusal: { code: 'no_manifest', model, by } }
  const { runs, go } = before.find((one) => one.model === model) ?? {}
  if (verdict.decision === 'go') return { passed: { code: 'go', verdict, ...(runs && { runs }) } }
  // What has no identity is nothing that ever was there.
  if (verdict.identity === undefined) return { refusal: { code: 'no_go', verdict } }
  if (runs !== undefined) return { passed: { code: 'running', verdict, runs } }
  if (go === undefined) return { refusal: { code: 'no_go', verdict } }
  const isTimely = Date.parse(now) - Date.parse(go) <= days * DAY_MS
  return isTimely
    ? { passed: { code: 'rollback', verdict, go, days } }
    : { refusal: { code: 'no_go', verdict, late: { go, days } } }
}
