import { userOf } from './accounts.ts'
import { type Answer, json, Refusal } from './http.ts'
import { paged } from './paging.ts'
import { mustHave } from './permissions.ts'
import type { Settled } from './seed.ts'
import { fields, key, type Route, succeeded, text, type Visit, type World } from './world.ts'

/** Who is in the organisation's teams, and who may do what in a repository. */
export const teamRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/orgs/:org/teams/:slug/memberships/:login', handle: membership },
  { method: 'GET', pathname: '/orgs/:org/teams/:slug/members', handle: teamMembers },
  { method: 'GET', pathname: '/orgs/:org/members', handle: members },
  { method: 'GET', pathname: '/repos/:owner/:repo/collaborators', handle: collaborators },
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

async function teamMembers(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'members', 'read')
  const { org = '', slug = '' } = visit.named
  const active = [...world.teams].flatMap(([at, state]) => {
    const [team, login = ''] = at.split(' ')
    return team === slug && state === 'active' ? [login] : []
  })
  if (org !== world.setting.owner || active.length === 0) throw new Refusal(404, 'Not Found')
  return await users(world, visit, active)
}

/** Everybody here works in the organisation. */
async function members(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'members', 'read')
  if (visit.named.org !== world.setting.owner) throw new Refusal(404, 'Not Found')
  return await users(
    world,
    visit,
    world.setting.people.map(({ login }) => login),
  )
}

async function users(world: World, { call }: Visit, logins: readonly string[]): Promise<Answer> {
  return await paged(world.url, call.path, logins, (some) =>
    Promise.all(some.map((login) => userOf(world, login))),
  )
}

/** What a role lets somebody do, the least first; a filter finds those who may do it or more. */
const RIGHTS: readonly string[] = ['pull', 'triage', 'push', 'maintain', 'admin']

async function collaborators(world: World, visit: Visit): Promise<Answer> {
  const { call, caller } = visit
  mustHave(world, visit, 'metadata', 'read')
  const people = world.setting.people.filter(({ admin, role }) => admin || role !== 'none')
  const own = people.find(({ login }) => login === caller.login)
  if (caller.kind === 'person' && (own === undefined || rightOf(own) === 'pull'))
    throw new Refusal(403, 'Must have push access to view repository collaborators.')
  const wanted = new URL(call.path, world.url).searchParams.get('permission') ?? 'pull'
  const least = RIGHTS.indexOf(wanted)
  const found = people.filter((person) => RIGHTS.indexOf(rightOf(person)) >= least)
  return await paged(world.url, call.path, found, (some) =>
    Promise.all(
      some.map(async (person) => {
        const held = RIGHTS.indexOf(rightOf(person))
        return {
          ...(await userOf(world, person.login)),
          permissions: Object.fromEntries(RIGHTS.map((right, index) => [right, index <= held])),
          role_name: ROLE_NAMES[rightOf(person)],
        }
      }),
    ),
  )
}

const ROLE_NAMES = { pull: 'read', push: 'write', admin: 'admin' } as const

function rightOf({ admin, role }: Settled): keyof typeof ROLE_NAMES {
  return admin ? 'admin' : role === 'write' ? 'push' : 'pull'
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
