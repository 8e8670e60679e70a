import type { Stand } from '../core/deployment.ts'
import { fitsBranch } from '../criteria/deploy.ts'
import { isAncestor } from './registered-at.ts'
import type { Repository } from './repository.ts'

/** A branch of the repository itself, and its tip. */
export type Branch = { readonly name: string; readonly tip: string }

/** Each may cost a comparison. */
const MOST_BRANCHES = 20

/**
 * Where a commit stands: that it merely resolves proves nothing, since commits of forks do too. `branches` gives those
 * whose name begins as told; `ref` is where the event says that it is, which only says where to look first.
 */
export async function standOf(
  repository: Repository,
  { commit, tip, ref }: { readonly commit: string; readonly tip: string; readonly ref: string },
  from: readonly string[],
  branches: (beginning: string) => Promise<readonly Branch[]>,
): Promise<Stand> {
  const { branch } = repository
  if (commit === tip || (await isAncestor(repository, commit, tip))) return { kind: 'default', branch }
  const found = await fitting(from, branches)
  const hinted = [...found.filter(({ name }) => name === ref), ...found.filter(({ name }) => name !== ref)]
  for (const one of hinted.slice(0, MOST_BRANCHES))
    if (one.tip === commit || (await isAncestor(repository, commit, one.tip)))
      return { kind: 'listed', branch: one.name }
  return found.length > MOST_BRANCHES
    ? { kind: 'unsearched', found: found.length, limit: MOST_BRANCHES }
    : { kind: 'nowhere', branch, from }
}

async function fitting(
  from: readonly string[],
  branches: (beginning: string) => Promise<readonly Branch[]>,
): Promise<readonly Branch[]> {
  const each = await Promise.all(
    from.map(async (pattern) => {
      const listed = await branches(pattern.split('*')[0] ?? '')
      return listed.filter(({ name }) => fitsBranch(pattern, name))
    }),
  )
  return [...new Map(each.flat().map((branch) => [branch.name, branch])).values()]
}
