import { MEMBERS_READ, type SeenAccess, type Writers } from '../../core/access.ts'
import { ownersReview } from '../../core/doctor-around.ts'
import { type Seen, seenOf } from '../../core/doctor-facts.ts'
import type { AskedAccess, ToldAccess } from '../witness.ts'
import type { Coordinates, GitHub } from './client.ts'
import { PAGE, paged } from './environments.ts'
import { branchOf, rulesOf } from './rules.ts'

/** So many pages of people are looked through. */
const MOST_PAGES = 3
/** Of so many teams it is asked who is in them. */
const MOST_TEAMS = 5

/**
 * Who may change the default branch, as far as the app may see it: whether code owners must review, who may push, and who
 * is in teams. Nothing is asked twice that is known already.
 */
export async function accessOf(
  github: Pick<GitHub, 'rest'>,
  at: Coordinates,
  { teams, owning, everybody }: AskedAccess,
): Promise<ToldAccess> {
  const first = teams.slice(0, MOST_TEAMS)
  const [review, writers, members, inTeams] = await Promise.all([
    reviewOf(github, at),
    writersOf(github, at),
    everybody ? membersOf(github, at) : undefined,
    teamsOf(github, at, first),
  ])
  const inOwning = seenOf(review) === true ? owning.slice(0, MOST_TEAMS - first.length) : []
  return {
    review,
    writers: isEverybody(writers, members) ? { seen: { ...writers.seen, everybody: true } } : writers,
    teams: { ...inTeams, ...(await teamsOf(github, at, inOwning)) },
  }
}

async function teamsOf(
  github: Pick<GitHub, 'rest'>,
  at: Coordinates,
  teams: readonly string[],
): Promise<ToldAccess['teams']> {
  const found = await Promise.all(teams.map(async (team) => [team, await teamOf(github, at, team)] as const))
  return Object.fromEntries(
    found.flatMap(([team, members]) => (members === undefined ? [] : [[team, members] as const])),
  )
}

async function reviewOf(github: Pick<GitHub, 'rest'>, at: Coordinates): Promise<SeenAccess['review']> {
  const rules = await rulesOf(github, at)
  const byRules = ownersReview({ rules, classic: { seen: { on: false, checks: [] } } })
  if (seenOf(byRules) === true) return byRules
  const branch = await branchOf(github, at)
  return ownersReview({ rules, classic: 'unseen' in branch ? branch : { seen: branch.seen.classic } })
}

/** docs.github.com, "List repository collaborators": everybody who may, by whatever gives it to them. */
async function writersOf(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: Coordinates,
): Promise<Seen<Writers>> {
  const answer = await paged('Metadata: read', MOST_PAGES, async (page) => {
    const asked = { owner, repo, permission: 'push', per_page: PAGE, page } as const
    return (await rest.repos.listCollaborators(asked)).data
  })
  if ('unseen' in answer) return answer
  const { found, more } = answer.seen
  // Whoever owns the repository, or the organisation that does, is an admin: a list without any is not whole.
  if (!more && !found.some(({ permissions }) => permissions?.admin === true)) return { unseen: MEMBERS_READ }
  const accounts = found.flatMap(({ login, permissions }) =>
    permissions?.push === false ? [] : [login.toLowerCase()],
  )
  return { seen: { count: accounts.length, accounts, ...(more && { more }) } }
}

/** Members of the organisation; undefined where there is none, the app may not see them, or there are too many. */
async function membersOf(
  { rest }: Pick<GitHub, 'rest'>,
  { owner: org }: Coordinates,
): Promise<readonly string[] | undefined> {
  return await loginsOf(async (page) => (await rest.orgs.listMembers({ org, per_page: PAGE, page })).data)
}

async function teamOf(
  { rest }: Pick<GitHub, 'rest'>,
  { owner: org }: Coordinates,
  team: string,
): Promise<readonly string[] | undefined> {
  const [of, team_slug = ''] = team.split('/')
  // Only teams of the organisation that owns a repository may do anything in it.
  if (of !== org.toLowerCase()) return undefined
  return await loginsOf(
    async (page) => (await rest.teams.listMembersInOrg({ org, team_slug, per_page: PAGE, page })).data,
  )
}

async function loginsOf(
  ask: (page: number) => Promise<readonly { readonly login: string }[]>,
): Promise<readonly string[] | undefined> {
  const answer = seenOf(await paged('Members: read', MOST_PAGES, ask))
  return answer === undefined || answer.more
    ? undefined
    : answer.found.map(({ login }) => login.toLowerCase())
}

/** In an organisation of one, that everybody may write says nothing. */
function isEverybody(
  writers: Seen<Writers>,
  members: readonly string[] | undefined,
): writers is { readonly seen: Writers } {
  if ('unseen' in writers || members === undefined || members.length < 2) return false
  const accounts = new Set(writers.seen.accounts)
  return members.every((member) => accounts.has(member))
}
