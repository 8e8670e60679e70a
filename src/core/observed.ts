import {
  type AccessFault,
  type Around,
  type Claimed,
  compareAccess,
  couldBeSeen,
  type RecordedAccess,
  type SeenAccess,
} from './access.ts'
import { type Seen, seenOf } from './doctor-facts.ts'
import { type AnyBranch, type EnteredFrom, openTo } from './entered-from.ts'

/** What in a workflow's file lets somebody else start it, lets it write, or changes what it runs without a commit. */
export type WorkflowFault =
  /** An event that people without write access cause, as a pull request from a fork. */
  | { readonly what: 'open_to_anyone'; readonly event: string; readonly line?: number }
  /** The token of its jobs may write, or nothing says that it may not; `job` where only one job's may. */
  | {
      readonly what: 'token_writes'
      readonly found: string
      readonly job?: string
      readonly line?: number
    }
  /** An action, workflow or image that is not pinned to a whole commit id or digest. */
  | { readonly what: 'not_pinned'; readonly uses: string; readonly line?: number }
  /** A checkout of what the run's commit does not hold; `runs` is the first action that a later step takes from there. */
  | {
      readonly what: 'other_code'
      readonly found: string
      readonly runs?: string
      readonly line?: number
    }

/** The workflow that trained, as its file in the commit of the run has it. */
export type WorkflowSeen = {
  readonly path: string
  /** Git blob id. */
  readonly sha: string
  /** `unreadable`: GitHub ran it, but it is not understood here. */
  readonly kind: 'read' | 'unreadable'
  readonly faults: readonly WorkflowFault[]
  /** Environments that its jobs enter, by name; an expression stands as it is written. */
  readonly environments: readonly string[]
  /** Its jobs that enter none, and need no job that does: what they do nobody let in. */
  readonly outside: readonly string[]
  /**
   * Workflows of other repositories that it calls, as they are written: nobody reads them. `letIn`: what calls it needs a
   * job that enters an environment.
   */
  readonly unread: readonly { readonly uses: string; readonly letIn: boolean }[]
}

/** How GitHub guards an environment. */
export type ProtectedEnvironment = {
  readonly name: string
  /** People and teams, one of whom must let each job in. */
  readonly reviewers: number
  /** Who started the run may not let it in. */
  readonly othersReview: boolean
  readonly branches: EnteredFrom
}

/** What was seen of where and how the training ran, and of who can change what it is made from. */
export type Observed = {
  /** Absent where no run was seen to have trained, as where the manifest names a commit: then only what needs none was. */
  readonly run?: number
  /** The sibling of the judged repository that it ran in: its are the workflow and the environments. */
  readonly sibling?: string
  readonly workflow?: WorkflowSeen
  /** Those that the workflow's jobs enter and that are there. */
  readonly environments: Seen<readonly ProtectedEnvironment[]>
  /** Files of the judged repository that the training is made from: the workflow, and data that the manifest places in it. */
  readonly paths: readonly string[]
  /**
   * Those of them that no code owner owns: all, where there is no CODEOWNERS; absent in facts of before that was told.
   * The workflow of a sibling is among them as `owner/name:path`.
   */
  readonly unowned?: readonly string[]
  /** Who may write; absent where nobody asked for it, and in facts of before that was told. */
  readonly access?: SeenAccess
  /** The same of the sibling that the training ran in. */
  readonly starting?: SeenAccess
}

/** The kinds of record that are held to what was seen. */
export const OBSERVED_RECORDS = ['environment-isolation', 'access-control'] as const
export type ObservedRecord = (typeof OBSERVED_RECORDS)[number]

/**
 * Why nothing speaks for such a record but itself: only GitHub can show the run, none was seen, its workflow is not there or not understood, or the
 * app may not see the environments that it enters.
 */
export type NotObserved =
  | 'awaited'
  | 'no_run'
  | 'no_workflow'
  | 'not_understood'
  | 'environments_unseen'
  /** Nor from which branches jobs enter them. */
  | 'branches_unseen'
  /** A workflow of another repository that it calls was not read. */
  | 'called_unread'
  /** What it names can't be held to what was seen. */
  | 'claimed'

/** What of a run that was seen nobody saw. */
export type UnseenPart = Exclude<NotObserved, 'awaited' | 'no_run' | 'not_understood' | 'claimed'>

/** What was seen and speaks against such a record. */
export type ObservedFault =
  | WorkflowFault
  /** Nobody has to let a job in. */
  | { readonly what: 'no_reviewers' | 'no_such_environment'; readonly environment: string }
  /** Jobs that enter no environment, and need none that does: they run from any branch. */
  | { readonly what: 'outside_environment'; readonly jobs: readonly string[] }
  /** It may come from any branch. */
  | { readonly what: 'any_branch'; readonly environment: string; readonly open: AnyBranch }
  | { readonly what: 'nobody_owns'; readonly paths: readonly string[] }
  | AccessFault

/** What was seen of a repository without any run of it. */
export type SeenPart = 'writers' | 'review' | 'owners'

/** What a record of access was held to where no run was seen. */
export function seenParts({ paths, access }: Observed): readonly SeenPart[] {
  return [
    ...(access !== undefined && 'seen' in access.writers ? (['writers'] as const) : []),
    ...(access !== undefined && 'seen' in access.review ? (['review'] as const) : []),
    ...(paths.length > 0 ? (['owners'] as const) : []),
  ]
}

/**
 * What of a record's claims of who may do what others than it names may do, and what of them is only claimed. Nothing of
 * a record that names nobody, or where nobody looked.
 */
export function accessSeen(
  recorded: RecordedAccess | undefined,
  { run, sibling, workflow, environments, paths, access, starting }: Observed,
): { readonly faults: readonly AccessFault[]; readonly claimed: readonly Claimed[] } {
  const data = paths.some((path) => sibling !== undefined || path !== workflow?.path)
  if (recorded !== undefined && run === undefined)
    return compareAccess(recorded, access, { data, letIn: 'no_run' })
  const starts = sibling === undefined ? access : starting
  if (recorded === undefined || starts === undefined || workflow === undefined)
    return { faults: [], claimed: [] }
  return compareAccess(recorded, access, { data, letIn: letInBy(workflow, environments), starting: starts })
}

/** An environment lets in the jobs that enter it and those that wait for them, and no others. */
function letInBy(
  { environments: entered, outside, unread }: WorkflowSeen,
  environments: Observed['environments'],
): Around['letIn'] {
  if (outside.length > 0) return { seen: false }
  if (entered.length > 0 && 'unseen' in environments) return environments
  if (!entered.every((name) => isLetIn(environments, name))) return { seen: false }
  const hidden = unread.find(({ letIn }) => !letIn)
  return hidden === undefined ? { seen: entered.length > 0 } : { unread: hidden.uses }
}

function isLetIn(environments: Observed['environments'], name: string): boolean {
  return (named(seenOf(environments) ?? [], name)?.reviewers ?? 0) > 0
}

/**
 * What speaks against a claim that training is isolated (what runs there is fixed, its token can change nothing, and
 * it comes from branches that are guarded), or that access is controlled (only some may start it, somebody lets it in,
 * and what it is made from has owners). Where nothing could be seen nothing speaks against it; nor does, unless it is
 * asked, that no environment lets jobs in where the repository has none, as private ones on some plans can't.
 */
export function against(
  record: ObservedRecord,
  observed: Observed,
  asked: boolean,
): readonly ObservedFault[] {
  const { workflow, environments, unowned } = observed
  const faults = workflow?.faults ?? []
  const entered = workflow?.environments ?? []
  const seen = seenOf(environments)
  const hasNone = seen?.length === 0 && entered.length === 0
  const guarded = seen === undefined ? [] : entered.map((name) => ({ name, found: named(seen, name) }))
  const missing = guarded.flatMap(({ name, found }): readonly ObservedFault[] =>
    found === undefined ? [{ what: 'no_such_environment', environment: name }] : [],
  )
  const found = guarded.flatMap((one) => one.found ?? [])
  if (record === 'environment-isolation')
    return [
      ...faults,
      ...(workflow !== undefined && workflow.outside.length > 0 && (asked || !hasNone)
        ? [{ what: 'outside_environment', jobs: workflow.outside } as const]
        : []),
      ...missing,
      ...found.flatMap(({ name, branches }): readonly ObservedFault[] => {
        const open = seenOf(openTo(branches))
        return open === undefined ? [] : [{ what: 'any_branch', environment: name, open }]
      }),
    ]
  return [
    ...faults.filter(({ what }) => what === 'open_to_anyone'),
    ...missing,
    ...found.flatMap(({ name, reviewers }): readonly ObservedFault[] =>
      reviewers === 0 ? [{ what: 'no_reviewers', environment: name }] : [],
    ),
    ...(unowned !== undefined && unowned.length > 0
      ? [{ what: 'nobody_owns', paths: unowned } as const]
      : []),
  ]
}

/** Why what was seen is not enough to stand beside what somebody wrote; undefined where it is. */
export function notObserved(
  record: ObservedRecord,
  observed: Observed | 'awaited' | undefined,
  claimed: readonly Claimed[] = [],
): NotObserved | undefined {
  if (observed === undefined) return 'no_run'
  if (observed === 'awaited') return 'awaited'
  const { run, workflow, environments } = observed
  if (run === undefined) return 'no_run'
  if (workflow === undefined) return 'no_workflow'
  if (workflow.kind === 'unreadable') return 'not_understood'
  if (workflow.environments.length > 0 && 'unseen' in environments) return 'environments_unseen'
  const all = seenOf(environments) ?? []
  if (record === 'environment-isolation' && workflow.unread.length > 0) return 'called_unread'
  if (record === 'environment-isolation' && all.some(({ branches }) => 'unseen' in openTo(branches)))
    return 'branches_unseen'
  return claimed.some(couldBeSeen) ? 'claimed' : undefined
}

/** Whether a kind of record is held to what is seen. */
export function isObservedRecord(record: string): record is ObservedRecord {
  return OBSERVED_RECORDS.some((kind) => kind === record)
}

/** GitHub's names of environments know no case. */
function named(
  environments: readonly ProtectedEnvironment[],
  name: string,
): ProtectedEnvironment | undefined {
  return environments.find((one) => one.name.toLowerCase() === name.toLowerCase())
}
