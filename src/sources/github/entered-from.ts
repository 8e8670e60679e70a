import type { Seen } from '../../core/doctor-facts.ts'
import { type EnteredFrom, fitsAny, type RefPattern } from '../../core/entered-from.ts'
import type { ProtectedEnvironment } from '../../core/observed.ts'
import { remember } from '../remember.ts'
import type { Coordinates, GitHub } from './client.ts'
import { type ListedEnvironment, listedEnvironments, PAGE, paged, shown } from './environments.ts'

/** So many pages of an environment's patterns are looked through. */
const MOST_PAGES = 3
/** Of so many environments of a workflow it is asked who enters them. */
const MOST_ENTERED = 10

type Place = Pick<Coordinates, 'owner' | 'repo'>
type Entered = Seen<readonly ProtectedEnvironment[]>

/**
 * How the environments that a workflow enters are guarded, of those that are there. Nothing is asked twice: the list, then
 * one request for the patterns of each that lists them, and one for all that ask for protected branches.
 */
export function openEnvironments(
  github: Pick<GitHub, 'rest'>,
): (at: Place, entered: readonly string[]) => Promise<Entered> {
  const lists = new Map<string, Promise<Seen<readonly ListedEnvironment[]>>>()
  const patterns = new Map<string, Promise<Seen<readonly RefPattern[]>>>()
  const protections = new Map<string, Promise<Seen<boolean>>>()
  return async (at, entered) => {
    const name = `${at.owner}/${at.repo}`
    const list = await remember(lists, name, () => listedEnvironments(github, at))
    if ('unseen' in list) return list
    const names = new Set(entered.map((one) => one.toLowerCase()))
    const found = list.seen.filter((one) => names.has(one.name.toLowerCase()))
    const from = async ({ name: environment, policy }: ListedEnvironment): Promise<EnteredFrom> => {
      if (policy === 'any') return { from: 'any' }
      if (policy === 'protected')
        return {
          from: 'protected',
          some: await remember(protections, name, () => someProtected(github, at)),
        }
      const asked = () => patternsOf(github, at, environment)
      return { from: 'listed', patterns: await remember(patterns, `${name} ${environment}`, asked) }
    }
    const seen = await Promise.all(
      found.map(async (one, index): Promise<ProtectedEnvironment> => {
        const { policy: _, ...guard } = one
        const left: EnteredFrom = { from: 'listed', patterns: { unseen: { more: MOST_ENTERED } } }
        return { ...guard, branches: index < MOST_ENTERED ? await from(one) : left }
      }),
    )
    return { seen }
  }
}

/** docs.github.com, "List deployment branch policies". */
async function patternsOf(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: Place,
  environment_name: string,
): Promise<Seen<readonly RefPattern[]>> {
  const answer = await paged('Actions: read', MOST_PAGES, async (page) => {
    const asked = { owner, repo, environment_name, per_page: PAGE, page }
    return (await rest.repos.listDeploymentBranchPolicies(asked)).data.branch_policies
  })
  if ('unseen' in answer) return answer
  const { found, more } = answer.seen
  // A policy without a name is one that may let in whoever comes.
  const patterns = found.map(
    ({ name = '*', type }): RefPattern => ({ name, of: type === 'tag' ? 'tag' : 'branch' }),
  )
  return more && !patterns.some(({ name }) => fitsAny(name))
    ? { unseen: { more: patterns.length } }
    : { seen: patterns }
}

/** docs.github.com, "List branches": those that classic protection or a ruleset protects. */
async function someProtected({ rest }: Pick<GitHub, 'rest'>, { owner, repo }: Place): Promise<Seen<boolean>> {
  return await shown('Contents: read', async () => {
    const { data } = await rest.repos.listBranches({ owner, repo, protected: true, per_page: 1 })
    return data.some((branch) => branch.protected)
  })
}
