import { APP_EVENTS } from '../../core/gate.ts'
import { ownerOf } from './accounts.ts'
import { type Answer, json, Refusal } from './http.ts'
import { openPulls } from './pulls.ts'
import { Repository } from './shapes.ts'
import { type Route, repoPath, type Visit, type World } from './world.ts'

/** Where the app is installed, and on what: emulate's answers lack much of what GitHub's have. */
export const installationRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/app/installations', handle: list },
  { method: 'GET', pathname: '/installation/repositories', handle: repositories },
  { method: 'GET', pathname: '/repos/:owner/:repo/installation', handle: ofRepository },
]

const SINCE = '2026-01-01T00:00:00Z'

async function list(world: World, { caller }: Visit): Promise<Answer> {
  if (caller.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded')
  return json(200, [await shownInstallation(world)])
}

async function ofRepository(world: World, { caller, repo }: Visit): Promise<Answer> {
  if (caller.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded')
  if (!world.setting.repos.some(({ name, installed }) => name === repo && installed))
    throw new Refusal(404, 'Not Found')
  return json(200, await shownInstallation(world))
}

async function shownInstallation(world: World): Promise<unknown> {
  const { setting, url } = world
  const { id, slug, installationId, permissions, events } = setting.app
  const account = await ownerOf(world)
  const all = setting.repos.every(({ installed }) => installed)
  return {
    id: installationId,
    // GitHub describes it as a user and an enterprise in one.
    account: { ...account, name: setting.owner, slug: setting.owner, created_at: SINCE, updated_at: SINCE },
    repository_selection: all ? 'all' : 'selected',
    access_tokens_url: `${url}/app/installations/${installationId}/access_tokens`,
    repositories_url: `${url}/installation/repositories`,
    html_url: `${url}/organizations/${setting.owner}/settings/installations/${installationId}`,
    app_id: id,
    app_slug: slug,
    target_id: account.id,
    target_type: 'Organization',
    permissions,
    events: events.includes('*') ? Object.keys(APP_EVENTS) : events,
    created_at: SINCE,
    updated_at: SINCE,
    single_file_name: null,
    suspended_by: null,
    suspended_at: null,
  }
}

async function repositories(world: World, { call, caller }: Visit): Promise<Answer> {
  if (caller.kind !== 'installation') throw new Refusal(403, 'You must authenticate with an installation')
  const query = new URL(call.path, world.url).searchParams
  const size = Math.min(100, Number(query.get('per_page') ?? 30))
  const first = (Number(query.get('page') ?? 1) - 1) * size
  const installed = world.setting.repos.filter((repo) => repo.installed)
  const shown = installed.slice(first, first + size)
  return json(200, {
    total_count: installed.length,
    repository_selection: installed.length === world.setting.repos.length ? 'all' : 'selected',
    repositories: await Promise.all(shown.map(({ name }) => shownOf(world, name))),
  })
}

/** Emulate counts no pull requests among the issues, and knows of no push. */
async function shownOf(world: World, name: string): Promise<unknown> {
  const [repository, pulls] = await Promise.all([
    world.emulate.read(Repository, repoPath(world, name)),
    openPulls(world, name),
  ])
  return {
    ...repository,
    owner: await ownerOf(world),
    archived: world.setting.repos.some((repo) => repo.name === name && repo.archived),
    open_issues_count: pulls.length,
    pushed_at: world.pushes.get(name) ?? SINCE,
  }
}
