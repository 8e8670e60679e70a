import { actionsControls } from './actions.ts'
import { shown, shownStatus } from './deployments-shown.ts'
import {
  type Deployment,
  type DeploymentsControls,
  type JobSeed,
  jobKey,
  type Status,
} from './deployments-state.ts'
import { commitOf, tipOf } from './git.ts'
import { type Answer, json, Refusal } from './http.ts'
import { paged } from './paging.ts'
import { mustHave } from './permissions.ts'
import { openPulls } from './pulls.ts'
import { runOf } from './runs.ts'
import { ACTIONS } from './seed.ts'
import { fields, type Route, repoPath, text, type Visit, type World } from './world.ts'

const DEPLOYMENTS = '/repos/:owner/:repo/deployments'

/** Deployments, what is said of them, and the answers of the app's protection rule. */
export const deploymentRoutes: readonly Route[] = [
  {
    method: 'POST',
    pathname: '/repos/:owner/:repo/actions/runs/:id(\\d+)/deployment_protection_rule',
    handle: review,
  },
  { method: 'POST', pathname: DEPLOYMENTS, handle: create },
  { method: 'GET', pathname: DEPLOYMENTS, handle: list },
  { method: 'GET', pathname: `${DEPLOYMENTS}/:id(\\d+)`, handle: show },
  { method: 'POST', pathname: `${DEPLOYMENTS}/:id(\\d+)/statuses`, handle: say },
  { method: 'GET', pathname: `${DEPLOYMENTS}/:id(\\d+)/statuses`, handle: said },
]

const WORKFLOW = '.github/workflows/deploy.yml'
/** A rule may report so often before it decides. */
const MOST_REPORTS = 10

/** What a test, or the demo, makes happen at environments. */
export function deploymentsControls(world: World): DeploymentsControls {
  const { made, jobs } = world.deployments
  return {
    request: (seed) => request(world, seed),
    answerOf: (run, environment) => jobs.get(jobKey(run, environment))?.answer,
    last: (environment) =>
      [...made.values()].findLast((one) => one.environment.toLowerCase() === environment.toLowerCase()),
  }
}

async function request(world: World, seed: JobSeed): Promise<number> {
  const { environment, sha, ref = 'main', event = 'push', rule = 'own' } = seed
  const repo = seed.repo ?? world.setting.repos[0]?.name ?? ''
  const actor = seed.actor ?? world.setting.people[0]?.login ?? ''
  const head = seed.head ?? sha
  const { id: run } = await actionsControls(world).run({
    ...{ repo, workflow: WORKFLOW, sha: head, branch: ref, event, actor, conclusion: null },
  })
  const about = { repo, sha, ref, environment, task: 'deploy', description: null }
  const deployment = make(world, { ...about, creator: actor, via: 'actions' })
  await tell(world, deployment, actor)
  if (rule === 'none') {
    note(world, deployment.id, { ...BY_ACTIONS, state: 'in_progress', description: '' })
    return run
  }
  const job = { run, environment, deployment: deployment.id, rule, reports: [] }
  world.deployments.jobs.set(jobKey(run, environment), job)
  // The rule of another app is none of this one's.
  if (rule === 'own') await ask(world, { run, repo, event, actor }, deployment)
  return run
}

/** As GitHub sends it: no id of the run but in the address, and pull requests without half of what they have. */
async function ask(
  world: World,
  { run, repo, event, actor }: { run: number; repo: string; event: string; actor: string },
  deployment: Deployment,
): Promise<void> {
  const pulls = (await openPulls(world, repo)).filter(({ head }) => head.sha === deployment.sha)
  await world.emit({
    name: 'deployment_protection_rule',
    repo,
    sender: actor,
    fields: {
      action: 'requested',
      environment: deployment.environment,
      event,
      deployment_callback_url: `${world.url}${repoPath(world, repo)}/actions/runs/${run}/deployment_protection_rule`,
      deployment: await shown(world, deployment),
      pull_requests: pulls.map(({ id, number, url, head, base, state, title }) => ({
        ...{ id, number, url, head, base, state, title },
      })),
    },
  })
}

async function review(world: World, visit: Visit): Promise<Answer> {
  const { call, caller, repo, named } = visit
  // A user's token may not, nor that of a workflow: the rule is the app's.
  if (caller.kind !== 'installation')
    throw new Refusal(403, 'Resource not accessible by personal access token')
  mustHave(world, visit, 'deployments', 'write')
  const run = runOf(world, repo, named.id ?? '')
  const { environment_name, state, comment = '' } = fields(call.body)
  const place = jobKey(run.id, text(environment_name) ?? '')
  const job = world.deployments.jobs.get(place)
  if (job === undefined) throw new Refusal(422, 'No job of this run waits for this environment')
  if (job.rule === 'other') throw new Refusal(403, 'Resource not accessible by integration')
  if (job.answer !== undefined) throw new Refusal(422, 'The deployment protection rule was reviewed already')
  const told = String(comment)
  if (state !== 'approved' && state !== 'rejected') {
    if (job.reports.length >= MOST_REPORTS) throw new Refusal(422, 'Too many status reports')
    world.deployments.jobs.set(place, { ...job, reports: [...job.reports, told] })
    return NOTHING
  }
  world.deployments.jobs.set(place, { ...job, answer: { state, comment: told } })
  const isIn = state === 'approved'
  note(world, job.deployment, { ...BY_ACTIONS, state: isIn ? 'in_progress' : 'failure', description: '' })
  if (!isIn) await actionsControls(world).finish(run.id, { conclusion: 'failure' })
  return NOTHING
}

const NOTHING: Answer = { status: 204, headers: {}, body: undefined }
const BY_ACTIONS = { creator: ACTIONS.login, via: 'actions', logUrl: '' } as const

async function create(world: World, visit: Visit): Promise<Answer> {
  const { call, caller, repo } = visit
  mustHave(world, visit, 'deployments', 'write')
  const body = fields(call.body)
  const ref = text(body.ref) ?? ''
  const sha = (await tipOf(world, repo, ref)) ?? ((await commitOf(world, repo, ref)) ? ref : undefined)
  if (sha === undefined) throw new Refusal(422, `No ref found for: ${ref}`)
  const deployment = make(world, {
    ...{ repo, sha, ref, creator: caller.login, via: viaOf(visit) },
    task: text(body.task) ?? 'deploy',
    environment: text(body.environment) ?? 'production',
    description: text(body.description) ?? null,
  })
  await tell(world, deployment, caller.login)
  return json(201, await shown(world, deployment))
}

async function list(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'deployments', 'read')
  const { call, repo } = visit
  const query = new URL(call.path, world.url).searchParams
  const found = [...world.deployments.made.values()]
    .filter((one) => one.repo === repo)
    .filter(({ environment }) => (query.get('environment') ?? environment) === environment)
    .filter(({ sha }) => (query.get('sha') ?? sha) === sha)
    .toReversed()
  return paged(world.url, call.path, found, (page) => Promise.all(page.map((one) => shown(world, one))))
}

async function show(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'deployments', 'read')
  return json(200, await shown(world, found(world, visit)))
}

async function say(world: World, visit: Visit): Promise<Answer> {
  const { call, caller, repo } = visit
  mustHave(world, visit, 'deployments', 'write')
  const body = fields(call.body)
  const deployment = found(world, visit)
  const status = note(world, deployment.id, {
    ...{ creator: caller.login, via: viaOf(visit) },
    state: text(body.state) ?? '',
    description: text(body.description) ?? '',
    logUrl: text(body.log_url) ?? text(body.target_url) ?? '',
  })
  const deployment_status = await shownStatus(world, deployment, status)
  const told = { action: 'created', deployment_status, deployment: await shown(world, deployment) }
  await world.emit({ name: 'deployment_status', repo, sender: caller.login, fields: told })
  return json(201, deployment_status)
}

async function said(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'deployments', 'read')
  const deployment = found(world, visit)
  return paged(world.url, visit.call.path, deployment.statuses, (page) =>
    Promise.all(page.map((one) => shownStatus(world, deployment, one))),
  )
}

function found(world: World, { repo, named }: Visit): Deployment {
  const deployment = world.deployments.made.get(Number(named.id))
  if (deployment === undefined || deployment.repo !== repo) throw new Refusal(404, 'Not Found')
  return deployment
}

function make(world: World, given: Omit<Deployment, 'id' | 'createdAt' | 'statuses'>): Deployment {
  const { made, next } = world.deployments
  const deployment = { ...given, id: next.deployment++, createdAt: world.clock.now(), statuses: [] }
  made.set(deployment.id, deployment)
  return deployment
}

function note(world: World, id: number, given: Omit<Status, 'id' | 'createdAt'>): Status {
  const { made, next } = world.deployments
  const status = { ...given, id: next.status++, createdAt: world.clock.now() }
  const deployment = made.get(id)
  if (deployment) made.set(id, { ...deployment, statuses: [status, ...deployment.statuses] })
  return status
}

async function tell(world: World, deployment: Deployment, sender: string): Promise<void> {
  const told = { action: 'created', deployment: await shown(world, deployment), workflow: null }
  await world.emit({ name: 'deployment', repo: deployment.repo, sender, fields: told })
}

const viaOf = ({ caller }: Visit): Deployment['via'] =>
  caller.kind === 'installation' ? 'app' : caller.kind === 'workflow' ? 'actions' : null
