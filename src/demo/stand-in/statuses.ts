import { userOf } from './accounts.ts'
import { commitOf, tipOf } from './git.ts'
import { type Answer, json, Refusal } from './http.ts'
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

async function create(world: World, { call, caller, repo, named }: Visit): Promise<Answer> {
  const sha = named.sha ?? ''
  if (caller.kind === 'installation') throw new Refusal(403, 'Resource not accessible by integration')
  if (caller.kind !== 'person' && caller.kind !== 'workflow')
    throw new Refusal(401, 'Requires authentication')
  if ((await commitOf(world, repo, sha)) === undefined)
    throw new Refusal(422, `No commit found for SHA: ${sha}`)
  const body = fields(call.body)
  const now = `${new Date().toISOString().slice(0, 19)}Z`
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

async function list(world: World, { repo, named }: Visit): Promise<Answer> {
  const sha = (await tipOf(world, repo, named.ref ?? '')) ?? named.ref ?? ''
  if ((await commitOf(world, repo, sha)) === undefined) throw new Refusal(404, 'Not Found')
  return json(200, world.statuses.get(key(repo, sha)) ?? [])
}
