import type { Tree } from '../tree.ts'
import { GitHubAnswerError } from './client.ts'

type TreeItem = {
  readonly path: string
  readonly mode: string
  readonly type: string
  readonly sha: string
  readonly size?: number
}

/** All of a tree that is no folder, as REST lists it. Throws GitHubAnswerError rather than leave one out. */
export function treeOf(items: readonly Partial<TreeItem>[]): Tree {
  const entries = items.flatMap(entryOf)
  const tree = new Map(entries)
  // Names that are no UTF-8 can become the same text, and one would hide the other.
  if (tree.size < entries.length) throw new GitHubAnswerError('two files of a tree have the same name')
  return tree
}

type Item = Tree extends ReadonlyMap<infer Path, infer Value> ? readonly [Path, Value] : never

function entryOf(item: Partial<TreeItem>): readonly Item[] {
  const { path, mode, type, sha, size } = item
  if (type === 'tree') return []
  if (path === undefined || mode === undefined || sha === undefined)
    throw new GitHubAnswerError('a tree entry came without path, mode or id')
  const kind = mode === '120000' ? 'link' : mode === '160000' ? 'submodule' : 'file'
  return [[path, { oid: sha, kind, mode, ...(size === undefined ? {} : { bytes: size }) }]]
}
