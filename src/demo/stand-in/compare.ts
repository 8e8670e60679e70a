import { z } from 'zod'
import type { Answer } from './http.ts'
import { Comparison } from './shapes.ts'
import { type Route, repoPath, succeeded, type Visit, type World } from './world.ts'

/** emulate takes the common ancestor with the shortest way for the merge base; git and GitHub the newest one. */
export const compareRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/repos/:owner/:repo/compare/:basehead(.+)', handle: compare },
]

const Listed = z.looseObject({ sha: z.string(), parents: z.array(z.looseObject({ sha: z.string() })) })
type Listed = z.infer<typeof Listed>

async function compare(world: World, { call, repo, named, forward }: Visit): Promise<Answer> {
  const answer = await forward()
  if (!succeeded(answer)) return answer
  const body = Comparison.parse(answer.body)
  const [base = '', head = ''] = decodeURIComponent(named.basehead ?? '').split('...')
  const merge_base_commit = await mergeBase(world, repo, base, head)
  if (merge_base_commit === undefined || merge_base_commit.sha === body.merge_base_commit.sha) return answer
  // What differs is told from the merge base, so another one asks for other files.
  const path = `${repoPath(world, repo)}/compare/${merge_base_commit.sha}...${encodeURIComponent(head)}${new URL(call.path, world.url).search}`
  const { files } = await world.emulate.read(Comparison, path)
  return { ...answer, body: { ...body, merge_base_commit, files } }
}

/** The common ancestor that is no ancestor of another one, as the list of commits tells it. */
export async function mergeBase(
  world: World,
  repo: string,
  base: string,
  head: string,
): Promise<Listed | undefined> {
  const [ours, theirs] = await Promise.all([base, head].map((ref) => history(world, repo, ref)))
  const common = (ours ?? []).filter(({ sha }) => theirs?.some((other) => other.sha === sha))
  const parents = new Map(common.map((commit) => [commit.sha, commit.parents.map(({ sha }) => sha)]))
  const older = new Set([...parents.values()].flat())
  return common.find(({ sha }) => !older.has(sha))
}

async function history(world: World, repo: string, ref: string): Promise<readonly Listed[]> {
  const all: Listed[] = []
  for (let page = 1; ; page++) {
    const path = `${repoPath(world, repo)}/commits?sha=${encodeURIComponent(ref)}&per_page=100&page=${page}`
    const commits = (await world.emulate.look(z.array(Listed), path)) ?? []
    all.push(...commits)
    if (commits.length < 100) return all
  }
}
