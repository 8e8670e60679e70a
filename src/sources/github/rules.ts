import type { BranchRule, Classic, Seen } from '../../core/doctor-facts.ts'
import { branchIn, rulesIn } from './branch-rules.ts'
import type { Coordinates, GitHub } from './client.ts'
import { PAGE, paged, shown } from './environments.ts'

/** So many pages of rules are looked through. */
const MOST_PAGES = 5

/** The rules of rulesets that hold for a branch; unseen where there are more than are looked through, or no right. */
export async function rulesOf(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo, branch }: Coordinates,
): Promise<Seen<readonly BranchRule[]>> {
  const answer = await paged('Metadata: read', MOST_PAGES, async (page) => {
    return (await rest.repos.getBranchRules({ owner, repo, branch, per_page: PAGE, page })).data
  })
  if ('unseen' in answer) return answer
  const { found, more } = answer.seen
  return more ? { unseen: { more: found.length } } : { seen: rulesIn(found) }
}

/** Where a branch is, and as much of its classic protection as it shows to whoever may read it. */
export async function branchOf(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo, branch }: Coordinates,
): Promise<Seen<{ readonly tip: string; readonly classic: Classic }>> {
  return await shown('Contents: read', async () =>
    branchIn((await rest.repos.getBranch({ owner, repo, branch })).data),
  )
}
