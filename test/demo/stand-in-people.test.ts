import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StandIn, startStandIn } from '../../src/demo/stand-in.ts'
import { asInstallation, refusal } from './app-client.ts'

const AT = { owner: 'acme', repo: 'models' }
const ORG = { org: 'acme' }
const people = [
  { login: 'ada', admin: true },
  { login: 'grace' },
  { login: 'hal', role: 'read' },
  { login: 'lin', role: 'none' },
] as const

let all: StandIn
let few: StandIn
beforeAll(async () => {
  all = await startStandIn({ people })
  few = await startStandIn({ people, app: { permissions: { contents: 'read' } } })
})
afterAll(() => Promise.all([all.close(), few.close()]))

const logins = (found: { readonly data: readonly { readonly login: string }[] }) =>
  found.data.map(({ login }) => login)

test('those who may write are told by what they may do, or more', async () => {
  const { rest } = await asInstallation(all)
  const { data } = await rest.repos.listCollaborators(AT)

  expect(data.map(({ login, role_name, permissions }) => [login, role_name, permissions?.push])).toEqual([
    ['ada', 'admin', true],
    ['grace', 'write', true],
    ['hal', 'read', false],
  ])
  expect(logins(await rest.repos.listCollaborators({ ...AT, permission: 'push' }))).toEqual(['ada', 'grace'])
  expect(logins(await rest.repos.listCollaborators({ ...AT, permission: 'admin' }))).toEqual(['ada'])
  expect(logins(await rest.repos.listCollaborators({ ...AT, per_page: 2, page: 2 }))).toEqual(['hal'])
})

test('teams are told with those who are in them, and not with those who are asked to be', async () => {
  all.team('data', 'grace', 'active')
  all.team('data', 'hal', 'pending')
  const { rest } = await asInstallation(all)

  expect(logins(await rest.teams.listMembersInOrg({ ...ORG, team_slug: 'data' }))).toEqual(['grace'])
  expect(await refusal(rest.teams.listMembersInOrg({ ...ORG, team_slug: 'gone' }))).toMatch(/^404/)
  expect(logins(await rest.orgs.listMembers(ORG))).toEqual(['ada', 'grace', 'hal', 'lin'])
  expect(all.violations).toEqual([])
})

test('nobody is told without the right to be', async () => {
  few.team('data', 'grace', 'active')
  const { rest } = await asInstallation(few)
  const may = '403 Resource not accessible by integration'

  expect(await refusal(rest.repos.listCollaborators(AT))).toBe(may)
  expect(await refusal(rest.orgs.listMembers(ORG))).toBe(may)
  expect(await refusal(rest.teams.listMembersInOrg({ ...ORG, team_slug: 'data' }))).toBe(may)
  expect(await refusal(few.as('hal').rest.repos.listCollaborators(AT))).toBe(
    '403 Must have push access to view repository collaborators.',
  )
  expect(await refusal(few.as('grace').rest.repos.listCollaborators(AT))).toBe('not refused')
})
