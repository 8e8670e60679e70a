import { type Answer, json, Refusal } from './http.ts'
import { mustHave } from './permissions.ts'
import { fields, key, type Route, succeeded, text, type Visit, type World } from './world.ts'

/** Who is in the organisation's teams, and who may do what in a repository. */
export const teamRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/orgs/:org/teams/:slug/memberships/:login', handle: membership },
  {
    method: 'GET',
    pathname: '/repos/:owner/:repo/collaborators/:login/permission',
    handle: permission,
  },
]

async function membership(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'members', 'read')
  const { org = '', slug = '', login = '' } = visit.named
  const state = world.teams.get(key(slug, login))
  if (org !== world.setting.owner || state === undefined) throw new Refusal(404, 'Not Found')
  const url = `${world.url}/organizations/1/team/1/memberships/${login}`
  return json(200, { url, role: 'member', state })
}

/** GitHub tells the older words, and of the newer ones those that they are built on; emulate tells its own. */
const LEGACY: Readonly<Record<string, string>> = {
  push: 'write',
  maintain: 'write',
  pull: 'read',
  triage: 'read',
}

async function permission(_: World, { forward }: Visit): Promise<Answer> {
  const answer = await forward()
  if (!succeeded(answer)) return answer
  const body = fields(answer.body)
  const given = text(body.permission) ?? 'none'
  const user = { ...fields(body.user), role_name: body.role_name }
  return { ...answer, body: { ...body, user, permission: LEGACY[given] ?? given } }
}
