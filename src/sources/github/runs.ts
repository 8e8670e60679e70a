import type { Call } from '../artifact-witness.ts'
import type { ToldRun } from '../witness.ts'
import { type GitHub, statusOf } from './client.ts'

/** A repository by its names. */
export type Place = { readonly owner: string; readonly repo: string }

/** A run with the repository that it is of, as GitHub spells it now. */
export type FoundRun = { readonly run: ToldRun; readonly repository: string }

/** `owner/name` in two; undefined for what is no such name. */
export function placeOf(repository: string): Place | undefined {
  const [owner = '', repo = '', ...rest] = repository.split('/')
  return owner === '' || repo === '' || rest.length > 0 ? undefined : { owner, repo }
}

/**
 * A run as GitHub tells of it; undefined for one that is not there or that the app may not see. It began when it was
 * created: `run_started_at` moves with each re-run. docs.github.com, "Get a workflow run".
 */
export async function findRun(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: Place,
  id: number,
): Promise<FoundRun | undefined> {
  try {
    const { data } = await rest.actions.getWorkflowRun({ owner, repo, run_id: id })
    const { repository } = data
    // Where a repository was given away, GitHub leads on to its new owner.
    if (repository.owner.login.toLowerCase() !== owner.toLowerCase() || data.id !== id) return undefined
    return { repository: repository.full_name, run: toldBy({ ...data, repository }) }
  } catch (error) {
    if (mayNotSee(error)) return undefined
    throw error
  }
}

/** A run as GitHub writes it, in answers and in deliveries alike. */
export type WrittenRun = {
  readonly created_at: string
  readonly head_sha: string
  readonly path: string
  readonly status: string | null
  readonly conclusion: string | null
  readonly event: string
  readonly run_attempt?: number
  /** GitHub describes it as always there; of a fork that is deleted it is null. */
  readonly head_repository: { readonly id: number } | null
  readonly repository: {
    readonly id: number
    readonly name: string
    readonly owner: { readonly login: string }
  }
  readonly referenced_workflows?: readonly Referenced[] | null
}

/** What a run tells of itself. */
export function toldBy(run: WrittenRun): ToldRun {
  const { repository } = run
  return {
    began: run.created_at,
    commit: run.head_sha,
    repositoryId: repository.id,
    workflow: workflowOf(run.path),
    fork: run.head_repository?.id !== repository.id,
    success: run.status === 'completed' && run.conclusion === 'success',
    ...((run.run_attempt ?? 1) > 1 && { again: true }),
    ...foreignOf(run.event),
    ...callsOf({ owner: repository.owner.login, repo: repository.name }, run.referenced_workflows),
  }
}

/**
 * The file of a workflow, from which GitHub in some runs adds `@` and a ref. A name that ends like a file only after
 * an `@` stays whole, so that it never passes for the file before it.
 */
export function workflowOf(path: string): string {
  return /^(.*\.ya?ml)(?:@.*)?$/s.exec(path)?.[1] ?? path
}

/** Events whose runs take the workflow's file from the commit that GitHub gives as `head_sha`. */
const OF_COMMIT = ['push', 'workflow_dispatch', 'merge_group', 'schedule', 'repository_dispatch', 'release']

/**
 * The event of a run whose workflow's file need not be that of its `head_sha`: for a pull request it is that of a
 * merge with the base, which may be any branch and may be another one by now. docs.github.com, "Events that trigger
 * workflows".
 */
export function foreignOf(event: string): { readonly foreign?: string } {
  return OF_COMMIT.includes(event) ? {} : { foreign: event }
}

type Referenced = { readonly path: string; readonly sha: string }

/** The workflows of its own repository that a run called; those of others are for who merged the call to judge. */
export function callsOf(
  { owner, repo }: Place,
  referenced: readonly Referenced[] | null | undefined,
): { readonly calls?: readonly Call[] } {
  const own = `${owner}/${repo}/`.toLowerCase()
  const calls = (referenced ?? []).flatMap(({ path, sha }) =>
    path.toLowerCase().startsWith(own) ? [{ workflow: workflowOf(path.slice(own.length)), commit: sha }] : [],
  )
  return calls.length === 0 ? {} : { calls }
}

/** Not there, or not for this app; a rate limit, which has the same status, is neither. */
export function mayNotSee(error: unknown): boolean {
  const status = statusOf(error)
  if (status === 404) return true
  return status === 403 && error instanceof Error && /not accessible by integration/i.test(error.message)
}
