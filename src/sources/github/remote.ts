import { remember } from '../remember.ts'
import type { Lfs, MergeBase, Position, Repository } from '../repository.ts'
import { isWeights } from '../scope.ts'
import { changedPaths, type Tree } from '../tree.ts'
import { type Coordinates, type GitHub, GitHubAnswerError, isNotFound, statusOf } from './client.ts'
import { type Comparison, createCompare, pathsOf } from './compare.ts'
import type { Rider } from './floor.ts'
import { createKnown, entryFrom, type Node, type Nodes } from './known.ts'
import { createLine } from './line.ts'
import { createLoader } from './loader.ts'
import { isBlob, NOTHING_KEPT, type Objects } from './objects.ts'
import { type Plan, planOf, type Standing } from './plan.ts'
import type { Question } from './questions.ts'
import { treeOf } from './tree.ts'

const NOTHING: Plan = { needed: [], likely: [], releases: false }

/** GraphQL cuts a text off past this. */
const MOST_TEXT_BYTES = 512_000
/** What is no longer may be a Git LFS pointer. */
const MOST_POINTER_BYTES = 1024
/** Past this a blob is used once and not kept. */
const MOST_KEPT_BYTES = 1_000_000

/** What is asked along with the first query: of the floor, and of a release of what runs there may be. */
export type Along = {
  readonly rider?: Rider
  readonly runs?: (commit: string, tip: string) => Promise<readonly Question[]>
  /** Without it no file in Git LFS is fetched. */
  readonly lfs?: Lfs
}

/**
 * A repository on GitHub, for one evaluation. Throws Octokit's errors where GitHub does not answer, and
 * GitHubAnswerError where it answers what can't be judged on. What rides along is asked with its first query.
 */
export function openRemote(
  github: GitHub,
  at: Coordinates,
  objects: Objects = NOTHING_KEPT,
  { rider, runs = async () => [], lfs }: Along = {},
): Repository {
  const { rest } = github
  const { owner, repo, branch } = at
  const known = createKnown()
  const loader = createLoader(github, at, known, objects, rider)
  const compare = createCompare(github, at, objects)
  const trees = new Map<string, Promise<Tree>>()
  const blobs = new Map<string, Promise<Uint8Array>>()
  const listings = new Map<string, Promise<void>>()
  const binaries = new Set<string>()

  /**
   * A short name may be a tag's too, which any writer can make, so the tip is believed where the branch itself
   * is asked in the same query as the rest. Where all the rest is kept, the newest tip that is known is enough:
   * the verdict is then the one that would have been given a moment ago.
   */
  async function position(commit: string): Promise<Position> {
    const seen = await compare(branch, commit)
    const stands = seen && (await standing(seen, commit))
    const { needed, likely, releases } = stands ? planOf(stands) : NOTHING
    const missing = await loader.missing(needed)
    if (seen && stands && missing.length === 0 && (await objects.tip(branch)) === seen.tip) {
      loader.rely(seen.tip)
      // What else is kept is known without asking; what is not is asked for when it is needed.
      await loader.missing(likely)
      return placed(stands)
    }
    const more = stands && releases ? await runs(commit, stands.tip) : []
    const tip = await loader.query([...missing, ...(await loader.missing([...likely, ...more]))])
    if (seen && stands && seen.tip === tip) return placed(stands)
    const again = await compare(tip, commit)
    if (again !== undefined) return placed(await standing(again, commit))
    // There is no shared history, or the commit is gone: ask for it.
    await rest.repos.getCommit({ owner, repo, ref: commit })
    return placed({ commit, tip, base: undefined, related: false, others: [], files: undefined })
  }

  type Stands = Standing & { readonly related: boolean; readonly others: readonly string[] }

  async function standing({ tip, common, own, files }: Comparison, commit: string): Promise<Stands> {
    const about = { commit, tip, related: true }
    if (common.sha !== commit) {
      learnFiles(commit, common.sha, files)
      return { ...about, base: common.sha, others: await otherBases(common.sha, own), files }
    }
    const [base] = common.parents
    if (base === undefined) return { ...about, base, others: [], files: undefined }
    const step = await compare(base, commit)
    if (step?.common.sha !== base) throw new GitHubAnswerError('a commit does not descend from its parent')
    learnFiles(commit, base, step.files)
    return { ...about, base, others: [], files: step.files }
  }

  function learnFiles(commit: string, like: string, files: Comparison['files']): void {
    if (files === undefined) return
    known.learnSame(commit, like, pathsOf(files))
    for (const { oid, path, removed, lines } of files) {
      if (removed) continue
      if (lines === 0) binaries.add(oid)
      if (!loader.named.has(oid)) loader.named.set(oid, { path })
    }
  }

  async function placed({ commit, tip, base, related, others, files }: Stands): Promise<Position> {
    const first = files === undefined ? await wholesOf(base, commit) : pathsOf(files)
    const more = others.length === 0 ? [] : await changed(commit, others)
    const all = [...new Set([...first, ...more])].toSorted()
    return { tip, base, related, ...(others.length > 0 && { others }), changed: all }
  }

  async function changed(commit: string, since: readonly string[]): Promise<readonly string[]> {
    if (since.length === 0) return await wholesOf(undefined, commit)
    const each = await Promise.all(since.map((base) => changedSince(base, commit)))
    return [...new Set(each.flat())].toSorted()
  }

  async function changedSince(base: string, commit: string): Promise<readonly string[]> {
    const found = await compare(base, commit)
    return found?.common.sha === base && found.files ? pathsOf(found.files) : await wholesOf(base, commit)
  }

  async function wholesOf(base: string | undefined, commit: string): Promise<readonly string[]> {
    const [before, after] = await Promise.all([base === undefined ? new Map() : whole(base), whole(commit)])
    return changedPaths(before, after)
  }

  /** GitHub names one merge base; the others are among the commits in which what is beside the branch begins. */
  async function otherBases(base: string, own: Comparison['own']): Promise<readonly string[]> {
    const beside = new Set(own.map(({ sha }) => sha))
    const parents = new Set(own.flatMap((commit) => commit.parents))
    const others: string[] = []
    for (const begin of parents.difference(beside)) {
      if (begin !== base && (await compare(base, begin))?.common.sha !== begin) others.push(begin)
    }
    return others
  }

  async function mergeBase(one: string, other: string): Promise<MergeBase> {
    const found = await compare(one, other)
    if (found !== undefined) {
      learnFiles(other, found.common.sha, found.files)
      return { kind: 'commit', commit: found.common.sha }
    }
    const there = await Promise.all([one, other].map(exists))
    return { kind: there.every(Boolean) ? 'unrelated' : 'unknown' }
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

  async function nodeAt(commit: string, path: string): Promise<Node | undefined> {
    const before = known.node(commit, path)
    if (before !== undefined) return before.found
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    const above = known.node(commit, folder)?.found
    if (above?.kind === 'folder' && above.oid !== undefined) {
      await remember(listings, above.oid, () => loader.ask({ ask: 'list', commit, folder }))
      const listed = known.node(commit, path)
      if (listed !== undefined) return listed.found
    }
    await loader.ask({ ask: 'entry', commit, path })
    return known.node(commit, path)?.found
  }

  async function nodesIn(commit: string, folder: string): Promise<Nodes> {
    const before = known.folder(commit, folder)
    if (before !== undefined) return before.found ?? new Map()
    await loader.ask({ ask: 'list', commit, folder })
    return known.folder(commit, folder)?.found ?? new Map()
  }

  function whole(commit: string): Promise<Tree> {
    return remember(trees, commit, async () => {
      const { data } = await rest.git.getTree({ owner, repo, tree_sha: commit, recursive: 'true' })
      if (data.truncated) throw new GitHubAnswerError('the tree is too large for GitHub to list whole')
      const tree = treeOf(data.tree)
      for (const [path, { oid, bytes }] of tree)
        loader.named.set(oid, { path, ...(bytes === undefined ? {} : { bytes }) })
      known.learnWhole(commit, tree)
      return tree
    })
  }

  async function blob(oid: string): Promise<Uint8Array> {
    const before = loader.contents.get(oid)
    if (before !== undefined) return before
    // Two that ask at once share the answer; after that a large one is let go.
    return await remember(blobs, oid, () => fetched(oid)).finally(() => blobs.delete(oid))
  }

  async function fetched(oid: string): Promise<Uint8Array> {
    const { path = '', bytes = 0 } = loader.named.get(oid) ?? {}
    // Of what is binary GraphQL has nothing, and of long texts half.
    const isShort = bytes <= (isWeights(path) ? MOST_POINTER_BYTES : MOST_TEXT_BYTES)
    if (binaries.has(oid) || !isShort) await loader.missing([{ ask: 'blob', oid }])
    else await loader.ask({ ask: 'blob', oid })
    const before = loader.contents.get(oid)
    if (before !== undefined) return before
    const { data } = await rest.git.getBlob({ owner, repo, file_sha: oid })
    if (data.encoding !== 'base64')
      throw new GitHubAnswerError('a blob came in an encoding other than base64')
    const content = Buffer.from(data.content, 'base64')
    if (!isBlob(oid, content)) throw new GitHubAnswerError('a blob came with other bytes than its id says')
    if (content.length <= MOST_KEPT_BYTES) {
      loader.contents.set(oid, content)
      await objects.put([{ id: oid, kind: 'blob', content }])
    }
    return content
  }

  return {
    name: `${owner}/${repo}`,
    branch,
    position,
    changed,
    mergeBase,
    ...createLine(loader, nodeAt),
    entry: async (commit, path) => {
      const node = await nodeAt(commit, path)
      return node && entryFrom(node)
    },
    list: async (commit, folder) =>
      new Map([...(await nodesIn(commit, folder))].map(([name, node]) => [name, entryFrom(node)])),
    blob,
    ...(lfs && { lfs }),
  }
}
