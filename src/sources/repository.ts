/** One entry of a commit's tree; `bytes` where the source knows the size. */
export type Entry = {
  readonly oid: string
  readonly kind: 'file' | 'link' | 'submodule'
  readonly bytes?: number
}

/** Every file of a commit by path. */
export type Tree = ReadonlyMap<string, Entry>

export type Position = {
  /** Tip of the default branch. */
  readonly tip: string
  /** What the commit is compared with; undefined for a root commit or one without shared history. */
  readonly base: string | undefined
  readonly related: boolean
  /** Further merge bases, where histories cross: a merge may bring in what differs from any one of them. */
  readonly others?: readonly string[]
}

export type MergeBase =
  | { readonly kind: 'commit'; readonly commit: string }
  | { readonly kind: 'unrelated' }
  /** One of the two commits is not there. */
  | { readonly kind: 'unknown' }

/**
 * What gathering may ask of a repository: a clone and GitHub answer alike, which one contract suite checks.
 * Commits, trees and blobs never change, so an answer may be kept. What the world gets wrong is thrown.
 */
export type Repository = {
  readonly name: string
  /** Name of the default branch. */
  readonly branch: string
  /** Where a commit stands: against its merge base with the default branch, or its first parent if it is on it. */
  readonly position: (commit: string) => Promise<Position>
  readonly mergeBase: (one: string, other: string) => Promise<MergeBase>
  /** The first-parent line from a commit, newest first, the commit included. */
  readonly firstParents: (from: string) => AsyncIterable<string>
  /**
   * The commits of the first-parent line from a commit that changed a path, newest first, at most so many.
   * Absent where the history of one path can't be asked for cheaply.
   */
  readonly changesOf?: (from: string, path: string, most: number) => Promise<readonly string[]>
  /** Throws rather than give half a tree. */
  readonly tree: (commit: string) => Promise<Tree>
  readonly blob: (oid: string) => Promise<Uint8Array>
}
