import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { remember } from '../remember.ts'
import type { Leaf, MergeBase, Position, Repository } from '../repository.ts'
import { changedPaths, entryOf, listingOf, type Tree } from '../tree.ts'
import { lfsHeadInClone, lfsInClone } from './lfs.ts'
import { openObjects } from './objects.ts'
import { GitError, git, gitLine, gitMaybe } from './run.ts'

/** A clone that can't be judged, with what to do about it. */
export class CloneError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CloneError'
  }
}

export type Clone = Repository & {
  readonly folder: string
  readonly shallow: boolean
  /** The commit that a branch, a tag or an expression of git leads to. */
  readonly commitOf: (name: string) => Promise<string | undefined>
}

/**
 * A local clone as a repository. The default branch is `base`, else what the remote's HEAD names, else the
 * only likely name that is there. Throws CloneError where there is no repository or no default branch.
 */
export async function openClone(folder: string, base?: string): Promise<Clone> {
  const there = (await stat(folder).catch(() => undefined))?.isDirectory()
  const said = there
    ? await gitMaybe(folder, ['rev-parse', '--is-shallow-repository', '--show-toplevel'])
    : undefined
  if (said === undefined) throw new CloneError(`${folder} is not a git repository; name one with --repo`)
  // Only `folder` is asked from here on: the clone's configuration says where its top is, and may lie.
  const [shallow, ...top] = said.split('\n')
  const object = openObjects(folder)
  /** The commit that a name leads to. */
  const commitOf = async (name: string) => (await object(`${name}^{commit}`))?.oid
  const [ref, url] = await Promise.all([
    defaultRef(folder, commitOf, base),
    gitMaybe(folder, ['config', '--get', 'remote.origin.url']),
  ])
  const trees = new Map<string, Promise<Tree>>()
  const histories = new Map<string, Promise<string>>()

  async function mergeBases(one: string, other: string): Promise<readonly string[] | undefined> {
    for (const commit of [one, other]) {
      // What only leads to a commit, as a branch or a tag does, is none.
      if ((await commitOf(commit)) !== commit) return undefined
    }
    if (one === other) return [one]
    const found = await gitMaybe(folder, ['merge-base', '--all', one, other], [1])
    return found === undefined ? [] : found.split('\n')
  }

  async function mergeBase(one: string, other: string): Promise<MergeBase> {
    const found = await mergeBases(one, other)
    if (found === undefined) return { kind: 'unknown' }
    return found[0] === undefined ? { kind: 'unrelated' } : { kind: 'commit', commit: found[0] }
  }

  async function position(commit: string): Promise<Position> {
    const tip = await commitOf(ref)
    if (tip === undefined) throw new CloneError(`${ref} is gone; fetch it again`)
    const [common, ...others] = (await mergeBases(tip, commit)) ?? []
    const base = common === commit ? await commitOf(`${commit}^1`) : common
    const paths = await changed(commit, base === undefined ? [] : [base, ...others])
    const related = common !== undefined
    return { tip, base, related, ...(others.length > 0 && { others }), changed: paths }
  }

  async function changed(commit: string, since: readonly string[]): Promise<readonly string[]> {
    const [head, before] = await Promise.all([tree(commit), Promise.all(since.map(tree))])

    return [
      ...new Set((since.length === 0 ? [new Map()] : before).flatMap((each) => changedPaths(each, head))),
    ].toSorted()
  }

  async function* firstParents(from: string): AsyncIterable<string> {
    const lines = await remember(histories, from, () => gitLine(folder, ['rev-list', '--first-parent', from]))
    yield* lines.split('\n').filter((line) => line !== '')
  }

  async function changesOf(from: string, until: string, path: string): Promise<readonly string[]> {
    const line = ['--first-parent', from, `^${until}`]
    const lines = await gitLine(folder, ['rev-list', ...line, '--', `:(top,literal)${path}`])
    return lines.split('\n').filter((each) => each !== '')
  }

  const tree = (commit: string) => remember(trees, commit, () => readTree(folder, commit))

  return {
    folder,
    shallow: shallow === 'true',
    name: nameOf(url, top.join('\n')),
    commitOf,
    branch: ref.replace(/^refs\/(heads|remotes\/[^/]+)\//, ''),
    position,
    changed,
    mergeBase,
    firstParents,
    changesOf,
    entry: async (commit, path) => entryOf(await tree(commit), path),
    list: async (commit, within) => listingOf(await tree(commit), within),
    lfs: (pointer) => lfsInClone(folder, pointer),
    lfsHead: (pointer, bytes) => lfsHeadInClone(folder, pointer, bytes),
    blob: async (oid) => {
      const found = await object(oid)
      if (found?.type === 'blob') return found.content
      throw new GitError('cat-file', undefined, `error: the clone lacks the file with the id ${oid}`)
    },
  }
}

async function readTree(folder: string, commit: string): Promise<Tree> {
  const listing = (await git(folder, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit])).toString('utf8')
  const tree = new Map<string, Leaf & { readonly mode: string }>()
  for (const line of listing.split('\0').filter((each) => each !== '')) {
    // BAD: the tree names a file that the clone lacks; reading it will say so.
    const [, mode, oid, bytes, path] = /^(\d{6}) \w+ ([0-9a-f]+) +(\d+|-|BAD)\t(.+)$/s.exec(line) ?? []
    if (mode === undefined || oid === undefined || path === undefined)
      throw new CloneError('git listed a tree in a way that gonogo does not know')
    // Names that are no UTF-8 can become the same text, and one would hide the other.
    if (tree.has(path)) throw new CloneError(`two files of ${commit} have the name ${path}`)
    const kind = mode === '120000' ? 'link' : mode === '160000' ? 'submodule' : 'file'
    tree.set(path, { oid, kind, mode, ...(bytes && /^\d/.test(bytes) ? { bytes: Number(bytes) } : {}) })
  }
  return tree
}

async function defaultRef(
  folder: string,
  commitOf: Clone['commitOf'],
  base: string | undefined,
): Promise<string> {
  const candidates = base === undefined ? [] : [`refs/remotes/origin/${base}`, `refs/heads/${base}`, base]
  const head =
    base === undefined
      ? await gitMaybe(folder, ['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD'])
      : undefined
  const usual =
    base === undefined
      ? ['refs/remotes/origin/main', 'refs/remotes/origin/master', 'refs/heads/main', 'refs/heads/master']
      : []
  for (const ref of [...(head ? [head] : []), ...candidates, ...usual])
    if ((await commitOf(ref)) !== undefined) return ref
  if (!(await gitMaybe(folder, ['rev-list', '--max-count=1', '--all'])))
    throw new CloneError(
      `${folder} has no commit yet; commit the criteria on the default branch, and check again`,
    )
  const wanted = base === undefined ? 'no default branch found' : `${base} is not a branch or commit here`
  throw new CloneError(`${wanted}; name the default branch with --base`)
}

/** owner/name of the remote, without what else its address may hold, such as a password. */
function nameOf(url: string | undefined, top: string): string {
  const match = /[/:]([\w.-]+)\/([\w.-]+?)(\.git)?\/?$/.exec(url ?? '')
  return match ? `${match[1]}/${match[2]}` : basename(top)
}
