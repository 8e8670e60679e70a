import type { Entry, Leaf, Listing } from './repository.ts'

/** A whole tree: all that is no folder, by path, with its mode as git writes it where the source knows it. */
export type Tree = ReadonlyMap<string, Leaf & { readonly mode?: string }>

/** Paths that differ between two trees, in order. */
export function changedPaths(before: Tree, after: Tree): readonly string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])]
  return paths
    .filter((path) => {
      const [one, other] = [before.get(path), after.get(path)]
      return one?.oid !== other?.oid || one?.kind !== other?.kind || one?.mode !== other?.mode
    })
    .toSorted()
}

/** What stands at a path of a tree. */
export function entryOf(tree: Tree, path: string): Entry | undefined {
  const leaf = tree.get(path)
  if (leaf !== undefined) return leafOf(leaf)
  return tree.keys().some((other) => other.startsWith(`${path}/`)) ? { kind: 'folder' } : undefined
}

/** What lies directly in a folder of a tree. */
export function listingOf(tree: Tree, folder: string): Listing {
  const within = folder === '' ? '' : `${folder}/`
  const listing = new Map<string, Entry>()
  for (const [path, leaf] of tree) {
    if (!path.startsWith(within)) continue
    const [name = '', ...rest] = path.slice(within.length).split('/')
    listing.set(name, rest.length === 0 ? leafOf(leaf) : { kind: 'folder' })
  }
  return listing
}

function leafOf({ oid, kind, bytes }: Leaf): Leaf {
  return { oid, kind, ...(bytes === undefined ? {} : { bytes }) }
}
