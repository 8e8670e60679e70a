import { Comparison, GitCommit, GitTree, Ref, type TreeEntry } from './shapes.ts'
import { repoPath, type World } from './world.ts'

/** The commit that a branch points to; undefined when there is no such branch. */
export async function tipOf(world: World, repo: string, branch: string): Promise<string | undefined> {
  return (await world.emulate.look(Ref, `${repoPath(world, repo)}/git/ref/heads/${encodeURI(branch)}`))
    ?.object.sha
}

export const commitOf = (world: World, repo: string, sha: string): Promise<GitCommit | undefined> =>
  world.emulate.look(GitCommit, `${repoPath(world, repo)}/git/commits/${sha}`)

/** How two commits stand to each other; undefined when they have no common history. */
export const comparison = (world: World, repo: string, base: string, head: string) =>
  world.emulate.look(Comparison, `${repoPath(world, repo)}/compare/${base}...${head}`)

/** A change of a tree, as `POST git/trees` takes it; null deletes. */
export type TreeChange = Pick<TreeEntry, 'path' | 'mode' | 'type'> & { readonly sha: string | null }

/** What must change in our tree to merge theirs, file by file; 'conflict' when both changed one differently. */
export async function threeWay(
  world: World,
  repo: string,
  trees: { readonly common: string; readonly ours: string; readonly theirs: string },
): Promise<readonly TreeChange[] | 'conflict'> {
  const [common, ours, theirs] = await Promise.all(
    [trees.common, trees.ours, trees.theirs].map((sha) => filesOf(world, repo, sha)),
  )
  const changes: TreeChange[] = []
  for (const path of new Set([...(common?.keys() ?? []), ...(theirs?.keys() ?? [])])) {
    const [before, mine, other] = [common?.get(path), ours?.get(path), theirs?.get(path)]
    if (same(before, other) || same(mine, other)) continue
    if (!same(before, mine)) return 'conflict'
    const { mode, type } = other ?? mine ?? { mode: '100644', type: 'blob' }
    changes.push({ path, mode, type, sha: other?.sha ?? null })
  }
  return changes
}

async function filesOf(world: World, repo: string, tree: string): Promise<ReadonlyMap<string, TreeEntry>> {
  const found = await world.emulate.read(GitTree, `${repoPath(world, repo)}/git/trees/${tree}?recursive=1`)
  return new Map(found.tree.filter((entry) => entry.type !== 'tree').map((entry) => [entry.path, entry]))
}

const same = (one: TreeEntry | undefined, other: TreeEntry | undefined): boolean =>
  one?.sha === other?.sha && one?.mode === other?.mode
