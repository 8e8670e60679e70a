import { userOf } from './accounts.ts'
import { commitOf, tipOf } from './git.ts'
import { type Answer, json, Refusal } from './http.ts'
import { paged } from './paging.ts'
import { mustHave } from './permissions.ts'
import {
  type CommitStatus,
  fields,
  key,
  type Route,
  repoPath,
  text,
  type Visit,
  type World,
} from './world.ts'

/** Commit statuses, which emulate does not have. */
export const statusRoutes: readonly Route[] = [
  { method: 'POST', pathname: '/repos/:owner/:repo/statuses/:sha', handle: create },
  { method: 'GET', pathname: '/repos/:owner/:repo/commits/:ref(.+)/statuses', handle: list },
]

async function create(world: World, visit: Visit): Promise<Answer> {
  const { call, caller, repo, named } = visit
  const sha = named.sha ?? ''
  mustHave(world, visit, 'statuses', 'write')
  if ((await commitOf(world, repo, sha)) === undefined)
    throw new Refusal(422, `No commit found for SHA: ${sha}`)
  const body = fields(call.body)
  const now = world.clock.now()
  const known = world.statuses.get(key(repo, sha)) ?? []
  const id = [...world.statuses.values()].flat().length + 1
  const status: CommitStatus = {
    id,
    node_id: Buffer.from(`Status${id}`).toString('base64url'),
    url: `${world.url}${repoPath(world, repo)}/statuses/${sha}`,
    avatar_url: `${world.url}/avatars/u/${caller.login}`,
    state: text(body.state) ?? 'pending',
    description: text(body.description) ?? null,
    target_url: text(body.target_url) ?? null,
    context: text(body.context) ?? 'default',
    created_at: now,
    updated_at: now,
    creator: await userOf(world, caller.login),
  }
  world.statuses.set(key(repo, sha), [status, ...known])
  await world.emit({
    name: 'status',
    repo,
    sender: caller.login,
    fields: { ...status, sha, name: `${world.setting.owner}/${repo}` },
  })
  return json(201, status)
}

async function list(world: World, visit: Visit): Promise<Answer> {
  const { call, repo, named } = visit
  mustHave(world, visit, 'statuses', 'read')
  const sha = (await tipOf(world, repo, named.ref ?? '')) ?? named.ref ?? ''
  if ((await commitOf(world, repo, sha)) === undefined) throw new Refusal(404, 'Not Found')
  return paged(world.url, call.path, world.statuses.get(key(repo, sha)) ?? [], async (shown) => shown)
}
