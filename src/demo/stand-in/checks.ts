import { appOf } from './accounts.ts'
import { commitOf } from './git.ts'
import { type Answer, json, Refusal } from './http.ts'
import { page } from './paging.ts'
import { minimalPulls } from './pulls.ts'
import { ACTIONS } from './seed.ts'
import { CheckRun, CheckRuns } from './shapes.ts'
import { type Caller, fields, type Route, repoPath, succeeded, type Visit, type World } from './world.ts'

/** Check runs as GitHub keeps them: each belongs to the app that made it, and annotations are only ever added. */
export const checkRoutes: readonly Route[] = [
  { method: 'POST', pathname: '/repos/:owner/:repo/check-runs', handle: create },
  { method: 'PATCH', pathname: '/repos/:owner/:repo/check-runs/:id(\\d+)', handle: update },
  { method: 'GET', pathname: '/repos/:owner/:repo/check-runs/:id(\\d+)', handle: show },
  { method: 'GET', pathname: '/repos/:owner/:repo/check-runs/:id(\\d+)/annotations', handle: annotations },
  { method: 'POST', pathname: '/repos/:owner/:repo/check-runs/:id(\\d+)/rerequest', handle: rerequest },
  { method: 'GET', pathname: '/repos/:owner/:repo/commits/:ref(.+)/check-runs', handle: list },
]

/** All check runs of a commit, the newest created first. */
export async function runsOf(world: World, repo: string, ref: string): Promise<readonly CheckRun[]> {
  const found = await world.emulate.look(
    CheckRuns,
    `${repoPath(world, repo)}/commits/${ref}/check-runs?filter=all`,
  )
  return [...(found?.check_runs ?? [])].sort((one, other) => other.id - one.id)
}

export const maker = (world: World, run: CheckRun): number => world.checkRuns.get(run.id)?.appId ?? 0

async function create(world: World, { call, caller, repo, forward }: Visit): Promise<Answer> {
  const appId = appIdOf(world, caller)
  const body = fields(call.body)
  if ((await commitOf(world, repo, String(body.head_sha))) === undefined) {
    throw new Refusal(422, `No commit found for SHA: ${body.head_sha}`)
  }
  const answer = await forward({ body: concluded(body) })
  if (!succeeded(answer)) return answer
  const run = CheckRun.parse(answer.body)
  world.checkRuns.set(run.id, { appId, annotations: annotationsIn(body), buttons: buttonsIn(body) ?? [] })
  return told(world, repo, caller, answer, run, 'created')
}

async function update(world: World, { call, caller, repo, named, forward }: Visit): Promise<Answer> {
  const known = world.checkRuns.get(Number(named.id))
  const appId = appIdOf(world, caller)
  if (known !== undefined && known.appId !== appId) {
    throw new Refusal(
      403,
      `Invalid app_id \`${appId}\` - check run can only be modified by the GitHub App that created it.`,
    )
  }
  const body = fields(call.body)
  const answer = await forward({ body: concluded(body) })
  if (!succeeded(answer) || known === undefined) return answer
  const run = CheckRun.parse(answer.body)
  world.checkRuns.set(run.id, {
    appId,
    annotations: [...known.annotations, ...annotationsIn(body)],
    buttons: buttonsIn(body) ?? known.buttons,
  })
  return told(world, repo, caller, answer, run, run.status === 'completed' ? 'completed' : undefined)
}

async function show(world: World, { repo, forward }: Visit): Promise<Answer> {
  const answer = await forward()
  return succeeded(answer)
    ? { ...answer, body: await mended(world, repo, CheckRun.parse(answer.body)) }
    : answer
}

async function annotations(world: World, { call, named, forward }: Visit): Promise<Answer> {
  const answer = await forward()
  if (!succeeded(answer)) return answer
  return json(200, page(call.path, world.checkRuns.get(Number(named.id))?.annotations ?? []))
}

/** A person asks for a check once more: the app hears of it, and nothing else changes. */
async function rerequest(world: World, { caller, repo, named }: Visit): Promise<Answer> {
  const run = await world.emulate.look(CheckRun, `${repoPath(world, repo)}/check-runs/${named.id}`)
  if (run === undefined) throw new Refusal(404, 'Not Found')
  return { ...(await told(world, repo, caller, json(201, {}), run, 'rerequested')), body: {} }
}

/** Somebody presses a button of a check run, which GitHub shows to whoever may see it; the run's app hears of it. */
export async function pressButton(
  world: World,
  login: string,
  id: number,
  identifier: string,
): Promise<void> {
  const [repo = ''] = world.setting.repos.map(({ name }) => name)
  const run = await world.emulate.read(CheckRun, `${repoPath(world, repo)}/check-runs/${id}`)
  if (!world.checkRuns.get(id)?.buttons.includes(identifier))
    throw new Error(`the check run has no button ${identifier}`)
  const check_run = await mended(world, repo, run)
  const fields = { action: 'requested_action', check_run, requested_action: { identifier } }
  await world.emit({ name: 'check_run', repo, sender: login, fields })
}

async function list(world: World, { call, repo, named, forward }: Visit): Promise<Answer> {
  const query = new URL(call.path, world.url).searchParams
  const pathname = new URL(call.path, world.url).pathname
  const status = query.get('status')
  const answer = await forward({ path: `${pathname}?filter=all` })
  if (!succeeded(answer)) return answer
  const wanted = (await runsOf(world, repo, named.ref ?? ''))
    .filter((run) => (query.get('check_name') ?? run.name) === run.name)
    .filter((run) => Number(query.get('app_id') ?? maker(world, run)) === maker(world, run))
    .filter((run) => (status ?? run.status) === run.status)
  const runs = query.get('filter') === 'all' ? wanted : newestOfEach(world, wanted)
  const check_runs = await Promise.all(page(call.path, runs).map((run) => mended(world, repo, run)))
  return { ...answer, body: { total_count: runs.length, check_runs } }
}

function newestOfEach(world: World, runs: readonly CheckRun[]): readonly CheckRun[] {
  const names = runs.map((run) => `${maker(world, run)} ${run.name}`)
  return runs.filter((_, index) => names.indexOf(names[index] ?? '') === index)
}

async function told(
  world: World,
  repo: string,
  caller: Caller,
  answer: Answer,
  run: CheckRun,
  action: string | undefined,
): Promise<Answer> {
  const check_run = await mended(world, repo, run)
  if (action !== undefined) {
    await world.emit({ name: 'check_run', repo, sender: caller.login, fields: { action, check_run } })
  }
  return { ...answer, body: check_run }
}

async function mended(world: World, repo: string, run: CheckRun): Promise<CheckRun> {
  return {
    ...run,
    app: await appOf(world, maker(world, run) === world.setting.app.id ? world.setting.app : ACTIONS),
    output: {
      ...run.output,
      annotations_count: world.checkRuns.get(run.id)?.annotations.length ?? 0,
      annotations_url: `${run.url}/annotations`,
    },
    pull_requests: await minimalPulls(world, repo, run.head_sha),
  }
}

function appIdOf(world: World, caller: Caller): number {
  if (caller.kind === 'installation') return world.setting.app.id
  if (caller.kind === 'workflow') return ACTIONS.id
  throw new Refusal(403, 'You must authenticate via a GitHub App.')
}

/** Whoever gives a conclusion completes the run. */
const concluded = (body: Readonly<Record<string, unknown>>): unknown =>
  body.conclusion === undefined ? body : { ...body, status: 'completed' }

function buttonsIn({ actions }: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  return Array.isArray(actions) ? actions.map((button) => String(fields(button).identifier)) : undefined
}

function annotationsIn(body: Readonly<Record<string, unknown>>): readonly unknown[] {
  const given = fields(body.output).annotations
  return Array.isArray(given)
    ? given.map((annotation) => ({
        title: null,
        raw_details: null,
        start_column: null,
        end_column: null,
        blob_href: '',
        ...annotation,
      }))
    : []
}
