import type { Entry, Leaf } from '../repository.ts'
import { entryOf, listingOf, type Tree } from '../tree.ts'
import { GitHubAnswerError } from './client.ts'

/** What stands at a path; a folder with the id of its tree, where that is known. */
export type Node = Leaf | { readonly kind: 'folder'; readonly oid?: string }
export type Nodes = ReadonlyMap<string, Node>

/** Something that is known, though it may be that there is nothing. */
type Maybe<T> = { readonly found: T | undefined } | undefined

/** What one evaluation has learned about the trees of commits, and what follows from it. */
export type Known = {
  readonly learn: (commit: string, path: string, node: Node | undefined) => void
  /** What lies in a folder; undefined where there is no such folder. Throws where that contradicts what is known. */
  readonly learnFolder: (commit: string, folder: string, nodes: Nodes | undefined, oid?: string) => void
  readonly learnWhole: (commit: string, tree: Tree) => void
  /** A commit is as another one but for these paths, of which none is left out. */
  readonly learnSame: (commit: string, other: string, but: readonly string[]) => void
  readonly node: (commit: string, path: string) => Maybe<Node>
  readonly folder: (commit: string, folder: string) => Maybe<Nodes>
}

export function createKnown(): Known {
  const nodes = new Map<string, Node | undefined>()
  const folders = new Map<string, Nodes | undefined>()
  const trees = new Map<string, Nodes>()
  const wholes = new Map<string, Tree>()
  const same = new Map<string, { readonly like: string; readonly but: readonly string[] }>()
  const key = (commit: string, path: string): string => `${commit}:${path}`

  function node(commit: string, path: string): Maybe<Node> {
    const whole = wholes.get(commit)
    if (whole !== undefined) return { found: entryOf(whole, path) }
    if (nodes.has(key(commit, path))) return { found: nodes.get(key(commit, path)) }
    const cut = path.lastIndexOf('/')
    const parent = folder(commit, path.slice(0, Math.max(0, cut)))
    if (parent !== undefined) return { found: parent.found?.get(path.slice(cut + 1)) }
    const other = same.get(commit)
    return other && isUntouched(other.but, path) ? node(other.like, path) : undefined
  }

  function folder(commit: string, path: string): Maybe<Nodes> {
    if (folders.has(key(commit, path))) return { found: folders.get(key(commit, path)) }
    const whole = wholes.get(commit)
    if (whole !== undefined) {
      const found = listingOf(whole, path)
      return { found: found.size === 0 && path !== '' ? undefined : found }
    }
    if (path === '') return undefined
    const here = node(commit, path)
    if (here !== undefined && here.found?.kind !== 'folder') return { found: undefined }
    const tree = here?.found?.oid === undefined ? undefined : trees.get(here.found.oid)
    if (tree !== undefined) return { found: tree }
    const other = same.get(commit)
    return other && isUntouched(other.but, path) ? folder(other.like, path) : undefined
  }

  return {
    node,
    folder,
    learn: (commit, path, found) => {
      nodes.set(key(commit, path), found)
    },
    learnFolder: (commit, path, found, oid) => {
      const here = path === '' ? undefined : node(commit, path)
      // A folder that is listed and then not found would hide what it holds.
      if (here !== undefined && (here.found?.kind === 'folder') !== (found !== undefined))
        throw new GitHubAnswerError('two answers about one folder contradict each other')
      folders.set(key(commit, path), found)
      if (oid !== undefined && found !== undefined) trees.set(oid, found)
    },
    learnWhole: (commit, tree) => {
      wholes.set(commit, tree)
    },
    learnSame: (commit, like, but) => {
      if (commit !== like) same.set(commit, { like, but })
    },
  }
}

/** Whether a path, what is below it, and the folders above it are none of these. */
function isUntouched(changed: readonly string[], path: string): boolean {
  return changed.every(
    (other) => other !== path && !other.startsWith(`${path}/`) && !path.startsWith(`${other}/`),
  )
}

/** A node as gathering knows it. */
export function entryFrom(node: Node): Entry {
  return node.kind === 'folder' ? { kind: 'folder' } : node
}
