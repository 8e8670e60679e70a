import { createHash } from 'node:crypto'
import type { Leaf, MergeBase, Position, Repository } from '../../src/sources/repository.ts'
import { changedPaths, entryOf, listingOf, type Tree } from '../../src/sources/tree.ts'

/** One commit as a test writes it: every file of its tree, and its parents' ids. */
export type Written = {
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly links?: Readonly<Record<string, string>>
  readonly submodules?: Readonly<Record<string, string>>
  readonly parents?: readonly string[]
}

/** What GitHub or git may fail at; `id` of the commit or blob that was asked for. */
type Operation =
  | 'position'
  | 'changed'
  | 'mergeBase'
  | 'firstParents'
  | 'changesOf'
  | 'entry'
  | 'list'
  | 'blob'

/** A repository in memory: the same answers as a clone, with faults on demand. */
export type Memory = Repository & {
  readonly commit: (written: Written) => string
  /** Points a branch at a commit. */
  readonly move: (branch: string, commit: string) => void
  readonly tip: (branch: string) => string | undefined
  /** The whole tree of a commit. */
  readonly tree: (commit: string) => Tree
  /** A best common ancestor, for a test that merges. */
  readonly common: (one: string, other: string) => string | undefined
  /** From now on this operation throws, for one id or for all. */
  readonly fail: (operation: Operation, id?: string) => void
  /** Every question that was asked, such as `blob 9f86…`. */
  readonly asked: readonly string[]
}

type Commit = { readonly id: string; readonly parents: readonly string[]; readonly tree: Tree }

/** How a repository in memory answers where more than one answer is right, or an answer may lack something. */
type Options = {
  readonly name?: string
  readonly branch?: string
  /** Which of several best common ancestors `mergeBase` gives; git and GitHub may choose differently. */
  readonly choose?: 'newest' | 'oldest'
  /** Whether trees say how large files are; not every source does. */
  readonly sizes?: boolean
}

export function memory({
  name = 'acme/models',
  branch = 'main',
  choose = 'newest',
  sizes = true,
}: Options = {}): Memory {
  const commits = new Map<string, Commit>()
  const blobs = new Map<string, Uint8Array>()
  const branches = new Map<string, string>()
  const faults = new Set<string>()
  const asked: string[] = []

  function commit({ files = {}, links = {}, submodules = {}, parents = [] }: Written): string {
    const entries: readonly (readonly [string, Leaf])[] = [
      ...Object.entries(files).map(([path, content]) => [path, store(content, 'file')] as const),
      ...Object.entries(links).map(([path, target]) => [path, store(target, 'link')] as const),
      ...Object.entries(submodules).map(([path, oid]) => [path, { oid, kind: 'submodule' }] as const),
    ]
    for (const parent of parents) known(parent)
    const id = sha1(
      JSON.stringify([commits.size, parents, entries.map(([path, { kind, oid }]) => [path, kind, oid])]),
    )
    commits.set(id, { id, parents, tree: new Map(entries) })
    return id
  }

  function store(content: string | Uint8Array, kind: 'file' | 'link'): Leaf {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
    blobs.set(oid, bytes)
    return { oid, kind, ...(sizes ? { bytes: bytes.length } : {}) }
  }

  function known(id: string): Commit {
    const found = commits.get(id)
    if (found === undefined) throw new Error(`no commit ${id}`)
    return found
  }

  function tip(): string {
    const found = branches.get(branch)
    if (found === undefined) throw new Error(`no branch ${branch}`)
    return found
  }

  function ancestors(id: string): ReadonlySet<string> {
    const seen = new Set<string>()
    const open = [id]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      open.push(...known(next).parents)
    }
    return seen
  }

  /** The best common ancestors: those that no other common ancestor has among its ancestors. */
  function bases(one: string, other: string): readonly string[] {
    const both = ancestors(one).intersection(ancestors(other))
    const best = [...both].filter((candidate) =>
      [...both].every((younger) => younger === candidate || !ancestors(younger).has(candidate)),
    )
    const ordered = [...commits.keys()].filter((id) => best.includes(id))
    return choose === 'newest' ? ordered.toReversed() : ordered
  }

  function common(one: string, other: string): string | undefined {
    return bases(one, other)[0]
  }

  function changedSince(id: string, since: readonly string[]): readonly string[] {
    const before = since.length === 0 ? [new Map()] : since.map((each) => known(each).tree)
    return [...new Set(before.flatMap((tree) => changedPaths(tree, known(id).tree)))].toSorted()
  }

  function ask(operation: Operation, ...ids: readonly string[]): void {
    asked.push([operation, ...ids].join(' '))
    const broken = [operation, ...ids.map((id) => `${operation} ${id}`)].find((key) => faults.has(key))
    if (broken) throw new Error(`${broken} failed`)
  }

  return {
    name,
    branch,
    commit,
    move: (name, id) => void branches.set(name, known(id).id),
    tip: (name) => branches.get(name),
    common,
    tree: (id) => known(id).tree,
    fail: (operation, id) => void faults.add(id === undefined ? operation : `${operation} ${id}`),
    asked,
    position: async (id): Promise<Position> => {
      ask('position', id)
      const [common, ...others] = bases(tip(), id)
      const base = common === id ? known(id).parents[0] : common
      const changed = changedSince(id, base === undefined ? [] : [base, ...others])
      const related = common !== undefined
      return { tip: tip(), base, related, ...(others.length > 0 && { others }), changed }
    },
    changed: async (id, since) => {
      ask('changed', id)
      return changedSince(id, since)
    },
    mergeBase: async (one, other): Promise<MergeBase> => {
      ask('mergeBase', one, other)
      if (!commits.has(one) || !commits.has(other)) return { kind: 'unknown' }
      const id = common(one, other)
      return id === undefined ? { kind: 'unrelated' } : { kind: 'commit', commit: id }
    },
    firstParents: async function* (from) {
      ask('firstParents', from)
      for (let next: string | undefined = from; next !== undefined; next = known(next).parents[0]) yield next
    },
    changesOf: async (from, until, path) => {
      ask('changesOf', from, until, path)
      const found: string[] = []
      for (let next: string | undefined = from; next !== undefined && next !== until; ) {
        const { tree, parents }: Commit = known(next)
        const before = parents[0] === undefined ? undefined : known(parents[0]).tree.get(path)
        const after = tree.get(path)
        if (after?.oid !== before?.oid || after?.kind !== before?.kind) found.push(next)
        next = parents[0]
      }
      return found
    },
    entry: async (id, path) => {
      ask('entry', id, path)
      return entryOf(known(id).tree, path)
    },
    list: async (id, folder) => {
      ask('list', id, folder)
      return listingOf(known(id).tree, folder)
    },
    blob: async (oid) => {
      ask('blob', oid)
      const bytes = blobs.get(oid)
      if (bytes === undefined) throw new Error(`no blob ${oid}`)
      return bytes
    },
  }
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}
