import type { BranchRule, Classic, Seen } from '../../core/doctor-facts.ts'
import { branchIn, rulesIn } from './branch-rules.ts'
import type { Coordinates, GitHub } from './client.ts'
import { shown } from './environments.ts'

const PAGE = 100
/** So many pages of rules are looked through. */
const MOST_PAGES = 5

/** The rules of rulesets that hold for a branch; unseen where there are more than are looked through, or no right. */
export async function rulesOf(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo, branch }: Coordinates,
): Promise<Seen<readonly BranchRule[]>> {
  const all: BranchRule[] = []
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await shown('Metadata: read', async () => {
      return (await rest.repos.getBranchRules({ owner, repo, branch, per_page: PAGE, page })).data
    })
    if ('unseen' in answer) return answer
    all.push(...rulesIn(answer.seen))
    if (answer.seen.length < PAGE) return { seen: all }
  }
  return { unseen: { more: MOST_PAGES * PAGE } }
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
