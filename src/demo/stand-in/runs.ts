import { userOf } from './accounts.ts'
import type { Run } from './actions-state.ts'
import { forkRepository } from './forks.ts'
import { commitOf } from './git.ts'
import { type Answer, json, Refusal } from './http.ts'
import { paged } from './paging.ts'
import { mustHave } from './permissions.ts'
import { minimalPulls } from './pulls.ts'
import { Repository } from './shapes.ts'
import { key, type Route, repoPath, type Visit, type World } from './world.ts'

/** Workflow runs as GitHub shows them; what has the run is made by the test. */
export const runRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/repos/:owner/:repo/actions/runs', handle: list },
  { method: 'GET', pathname: '/repos/:owner/:repo/actions/runs/:id(\\d+)', handle: show },
  { method: 'GET', pathname: '/repos/:owner/:repo/actions/workflows/:workflow', handle: workflow },
]

/** A search finds no more than this. */
const MOST_FOUND = 1000
const NOT_PLAYED = ['created', 'check_suite_id']

/** The run of this id in this repository; that of another one does not exist here. */
export function runOf(world: World, repo: string, id: string): Run {
  const run = world.actions.runs.get(Number(id))
  if (run === undefined || run.repo !== repo) throw new Refusal(404, 'Not Found')
  return run
}

async function show(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'actions', 'read')
  return json(200, await shownRun(world, runOf(world, visit.repo, visit.named.id ?? '')))
}

async function list(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'actions', 'read')
  const query = new URL(visit.call.path, world.url).searchParams
  const unplayed = NOT_PLAYED.find((name) => query.has(name))
  if (unplayed !== undefined) throw new Refusal(422, `The stand-in can't search runs by ${unplayed}.`)
  const is = (name: string, ...values: readonly (string | null)[]): boolean =>
    !query.has(name) || values.includes(query.get(name))
  const found = [...world.actions.runs.values()]
    .filter((run) => run.repo === visit.repo)
    .filter((run) => is('head_sha', run.sha) && is('event', run.event) && is('branch', run.branch))
    .filter((run) => is('actor', run.actor) && is('status', statusOf(run), run.conclusion))
    .sort((one, other) => other.createdAt.localeCompare(one.createdAt) || other.id - one.id)
    .slice(0, MOST_FOUND)
  return paged(world.url, visit.call.path, found, async (shown) => ({
    total_count: found.length,
    workflow_runs: await Promise.all(shown.map((run) => shownRun(world, run))),
  }))
}

async function workflow(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'actions', 'read')
  const { repo, named } = visit
  const file = [...world.actions.workflows].find(
    ([name, id]) => name === key(repo, `.github/workflows/${named.workflow}`) || `${id}` === named.workflow,
  )
  const found = file?.[0].startsWith(key(repo, '')) ? file[0].slice(key(repo, '').length) : undefined
  if (found === undefined) throw new Refusal(404, 'Not Found')
  return json(200, await shownWorkflow(world, repo, found))
}

/** A run as GitHub shows it, with `created_at` of its first attempt and `run_started_at` of its last one. */
export async function shownRun(world: World, run: Run): Promise<Readonly<Record<string, unknown>>> {
  const repository = await world.emulate.read(Repository, repoPath(world, run.repo))
  const head_repository = run.fork === null ? repository : await forkRepository(world, run.repo, run.fork)
  const commit = await commitOf(world, run.repo, run.sha)
  const url = `${repository.url}/actions/runs/${run.id}`
  const suite = `${repository.url}/check-suites/${run.id + 1}`
  return {
    id: run.id,
    name: nameOf(run.file),
    node_id: Buffer.from(`WorkflowRun${run.id}`).toString('base64url'),
    check_suite_id: run.id + 1,
    check_suite_node_id: Buffer.from(`CheckSuite${run.id + 1}`).toString('base64url'),
    head_branch: run.branch,
    head_sha: run.sha,
    path: run.path,
    display_title: commit?.message.split('\n')[0] ?? nameOf(run.file),
    run_number: run.number,
    run_attempt: run.attempt,
    referenced_workflows: run.calls,
    event: run.event,
    status: statusOf(run),
    conclusion: run.conclusion,
    workflow_id: run.workflowId,
    url,
    html_url: `${repository.html_url}/actions/runs/${run.id}`,
    // GitHub leaves out the pull requests of forks.
    pull_requests: run.fork === null ? await minimalPulls(world, run.repo, run.sha) : [],
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    run_started_at: run.startedAt,
    actor: await userOf(world, run.actor),
    triggering_actor: await userOf(world, run.triggeredBy),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: suite,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${repository.url}/actions/workflows/${run.workflowId}`,
    head_commit: commit
      ? {
          id: run.sha,
          tree_id: commit.tree.sha,
          message: commit.message,
          timestamp: commit.committer.date,
          author: { name: commit.author.name, email: commit.author.email },
          committer: { name: commit.committer.name, email: commit.committer.email },
        }
      : null,
    repository,
    head_repository,
  }
}

export async function shownWorkflow(world: World, repo: string, file: string): Promise<unknown> {
  const id = world.actions.workflows.get(key(repo, file)) ?? 0
  const repository = await world.emulate.read(Repository, repoPath(world, repo))
  return {
    id,
    node_id: Buffer.from(`Workflow${id}`).toString('base64url'),
    name: nameOf(file),
    path: file,
    state: 'active',
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    url: `${repository.url}/actions/workflows/${id}`,
    html_url: `${repository.html_url}/blob/${repository.default_branch}/${file}`,
    badge_url: `${repository.html_url}/workflows/${nameOf(file)}/badge.svg`,
  }
}

/** GitHub takes the name that the file gives itself, or else the file's; the stand-in does not read it. */
const nameOf = (file: string): string => file.replace(/^.*\//, '').replace(/\.ya?ml$/, '')
const statusOf = (run: Run): string => (run.conclusion === null ? 'in_progress' : 'completed')
