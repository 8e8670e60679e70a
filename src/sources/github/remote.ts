import type { MergeBase, Position, Repository, Tree } from '../repository.ts'
import type { Coordinates, GitHub } from './client.ts'
import { GitHubAnswerError, treeOf } from './tree.ts'

const PAGE = 100
/** No release is so far from the default branch. */
const MOST_COMMITS = 5000

type Listed = { readonly sha: string; readonly parents: readonly { readonly sha: string }[] }

/** A repository on GitHub. Throws Octokit's RequestError where GitHub does not answer. */
export function openRemote({ rest }: GitHub, { owner, repo, branch }: Coordinates): Repository {
  const trees = new Map<string, Promise<Tree>>()
  const blobs = new Map<string, Promise<Uint8Array>>()

  async function compare(one: string, other: string, per_page = 1, page = 1) {
    // The files of a comparison stop at 300 and are not used: trees are compared instead.
    const basehead = `${one}...${other}`
    const { data } = await rest.repos.compareCommitsWithBasehead({ owner, repo, basehead, per_page, page })
    const { commits = [], total_commits: ahead = 0 } = data
    return { common: data.merge_base_commit, commits, ahead }
  }

  async function position(commit: string): Promise<Position> {
    // A short name may be a tag's too, which any writer can make: only this ref is the default branch.
    const tip = (await rest.git.getRef({ owner, repo, ref: `heads/${branch}` })).data.object.sha
    try {
      const { common, commits, ahead } = await compare(tip, commit, PAGE)
      if (common.sha === commit) return { tip, base: common.parents[0]?.sha, related: true }
      const own = [...commits]
      for (let page = 2; own.length < ahead; page += 1) {
        const next = await compare(tip, commit, PAGE, page)
        if (next.commits.length === 0 || own.length > MOST_COMMITS)
          throw new GitHubAnswerError('the commits beside the default branch cannot all be listed')
        own.push(...next.commits)
      }
      const others = await otherBases(common.sha, own)
      return { tip, base: common.sha, related: true, ...(others.length > 0 && { others }) }
    } catch (error) {
      if (!isNotFound(error)) throw error
      // 404 says that there is no shared history, but also that the commit is gone: ask for it.
      await rest.repos.getCommit({ owner, repo, ref: commit })
      return { tip, base: undefined, related: false }
    }
  }

  /** GitHub names one merge base; the others are among the commits in which what is beside the branch begins. */
  async function otherBases(base: string, own: readonly Listed[]): Promise<readonly string[]> {
    const beside = new Set(own.map(({ sha }) => sha))
    const parents = new Set(own.flatMap((commit) => commit.parents.map(({ sha }) => sha)))
    const others: string[] = []
    for (const begin of parents.difference(beside)) {
      if (begin !== base && (await compare(base, begin)).common.sha !== begin) others.push(begin)
    }
    return others
  }

  async function mergeBase(one: string, other: string): Promise<MergeBase> {
    try {
      return { kind: 'commit', commit: (await compare(one, other)).common.sha }
    } catch (error) {
      if (!isNotFound(error)) throw error
      const known = await Promise.all([one, other].map(exists))
      return { kind: known.every(Boolean) ? 'unrelated' : 'unknown' }
    }
  }

  async function exists(commit: string): Promise<boolean> {
    try {
      // A ref may be a branch name too: only the commit of this very id counts.
      return (await rest.repos.getCommit({ owner, repo, ref: commit })).data.sha === commit
    } catch (error) {
      // 422 is GitHub's answer to an id that no commit has.
      if (isNotFound(error) || statusOf(error) === 422) return false
      throw error
    }
  }

  async function* firstParents(from: string): AsyncIterable<string> {
    const parents = new Map<string, string | undefined>()
    let next: string | undefined = from
    for (let page = 1; next !== undefined; page += 1) {
      const { data } = await rest.repos.listCommits({ owner, repo, sha: from, per_page: PAGE, page })
      for (const commit of data) parents.set(commit.sha, commit.parents[0]?.sha)
      while (next !== undefined && parents.has(next)) {
        yield next
        next = parents.get(next)
      }
      if (data.length < PAGE && next !== undefined)
        throw new GitHubAnswerError('the history of the default branch ended before its first commit')
    }
  }

  function tree(commit: string): Promise<Tree> {
    return remember(trees, commit, async () => {
      const { data } = await rest.git.getTree({ owner, repo, tree_sha: commit, recursive: 'true' })
      if (data.truncated) throw new GitHubAnswerError('the tree is too large for GitHub to list whole')
      return treeOf(data.tree)
    })
  }

  function blob(oid: string): Promise<Uint8Array> {
    return remember(blobs, oid, async () => {
      const { data } = await rest.git.getBlob({ owner, repo, file_sha: oid })
      if (data.encoding !== 'base64')
        throw new GitHubAnswerError('a blob came in an encoding other than base64')
      return Buffer.from(data.content, 'base64')
    })
  }

  return { name: `${owner}/${repo}`, branch, position, mergeBase, firstParents, tree, blob }
}

/** Objects never change under their id; a failed answer is not kept. */
async function remember<T>(known: Map<string, Promise<T>>, id: string, ask: () => Promise<T>): Promise<T> {
  const answer = known.get(id) ?? ask()
  known.set(id, answer)
  try {
    return await answer
  } catch (error) {
    known.delete(id)
    throw error
  }
}

function statusOf(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : undefined
}

function isNotFound(error: unknown): boolean {
  return statusOf(error) === 404
}
