import type { Seen } from '../../core/doctor-facts.ts'
import type { ProtectedEnvironment } from '../../core/observed.ts'
import { type Coordinates, type GitHub, statusOf } from './client.ts'

export const PAGE = 100

/** An environment as the list of all of them shows it: that it has a policy of branches, and not yet which. */
export type ListedEnvironment = Omit<ProtectedEnvironment, 'branches'> & {
  readonly policy: ProtectedEnvironment['branches']['from']
}

/** Each environment of a repository; unseen where there are more than one page of them, or no right. */
export async function listedEnvironments(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: Pick<Coordinates, 'owner' | 'repo'>,
): Promise<Seen<readonly ListedEnvironment[]>> {
  const answer = await shown('Actions: read', async () => {
    const { data } = await rest.repos.getAllEnvironments({ owner, repo, per_page: PAGE })
    return { total: data.total_count ?? 0, found: data.environments ?? [] }
  })
  if ('unseen' in answer) return answer
  const { total, found } = answer.seen
  if (total > found.length) return { unseen: { more: found.length } }
  return {
    seen: found.map(({ name, protection_rules = [], deployment_branch_policy: policy }) => {
      const rules = protection_rules.flatMap((rule) => ('reviewers' in rule ? [rule] : []))
      return {
        name,
        reviewers: rules.reduce((sum, { reviewers = [] }) => sum + reviewers.length, 0),
        othersReview: rules.some(({ prevent_self_review }) => prevent_self_review === true),
        policy: policy == null ? 'any' : policy.protected_branches ? 'protected' : 'listed',
      }
    }),
  }
}

/** An answer, or the permission that it takes; a rate limit, which has the same status, is neither. */
export async function shown<T>(needs: string, ask: () => Promise<T>): Promise<Seen<T>> {
  try {
    return { seen: await ask() }
  } catch (error) {
    const status = statusOf(error)
    const message = error instanceof Error ? error.message : ''
    const refused =
      status === 403 && /not accessible by|must have (?:admin|push)|upgrade to github/i.test(message)
    if (status === 404 || refused) return { unseen: { needs } }
    throw error
  }
}

/** What so many pages of `PAGE` have, each asked for alone; `more` where there may be further ones. */
export async function paged<T>(
  needs: string,
  mostPages: number,
  ask: (page: number) => Promise<readonly T[]>,
): Promise<Seen<{ readonly found: readonly T[]; readonly more?: true }>> {
  const found: T[] = []
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await shown(needs, () => ask(page))
    if ('unseen' in answer) return answer
    found.push(...answer.seen)
    if (answer.seen.length < PAGE) return { seen: { found } }
  }
  return { seen: { found, more: true } }
}
