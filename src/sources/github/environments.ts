import type { Seen } from '../../core/doctor-facts.ts'
import type { ProtectedEnvironment } from '../../core/observed.ts'
import type { Coordinates, GitHub } from './client.ts'
import { shown } from './gate.ts'

const PAGE = 100

/** How each environment of a repository is guarded; unseen where there are more than one page of them, or no right. */
export async function protectedEnvironments(
  { rest }: GitHub,
  { owner, repo }: Pick<Coordinates, 'owner' | 'repo'>,
): Promise<Seen<readonly ProtectedEnvironment[]>> {
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
        branches: policy == null ? 'any' : policy.protected_branches ? 'protected' : 'listed',
      }
    }),
  }
}
