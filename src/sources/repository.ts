import type { Fault } from '../core/problem.ts'
import type { Pointer } from '../text/lfs.ts'

export type { Pointer }

export type LfsFault = Extract<Fault, { code: `lfs_${string}` | 'too_large' }>

/** The content that a pointer stands for, or why there is none. Throws what says nothing of it, as an outage. */
export type Lfs = (pointer: Pointer) => Promise<LfsContent>
export type LfsContent = { readonly content: Uint8Array } | { readonly fault: LfsFault }

/** As many bytes from the beginning as there are, at most so many; undefined where there is no such content. */
export type LfsHead = (pointer: Pointer, bytes: number) => Promise<Uint8Array | undefined>

/** What is not a folder; `bytes` where the source knows the size. */
export type Leaf = {
  readonly oid: string
  readonly kind: 'file' | 'link' | 'submodule'
  readonly bytes?: number
}

/** What stands at a path of a commit's tree. */
export type Entry = Leaf | { readonly kind: 'folder' }

/** What lies directly in a folder, by name. */
export type Listing = ReadonlyMap<string, Entry>

export type Position = {
  /** Tip of the default branch. */
  readonly tip: string
  /** What the commit is compared with; undefined for a root commit or one without shared history. */
  readonly base: string | undefined
  readonly related: boolean
  /** Further merge bases, where histories cross: a merge may bring in what differs from any one of them. */
  readonly others?: readonly string[]
  /** Paths of what is no folder and differs from any of these, in content, kind or mode; sorted. */
  readonly changed: readonly string[]
}

export type MergeBase =
  | { readonly kind: 'commit'; readonly commit: string }
  | { readonly kind: 'unrelated' }
  /** One of the two commits is not there. */
  | { readonly kind: 'unknown' }

/**
 * What gathering may ask of a repository: a clone and GitHub answer alike, which one contract suite checks.
 * Commits, trees and blobs never change, so an answer may be kept. What the world gets wrong is thrown, and
 * half an answer is an error. Links are never followed: behind one there is nothing.
 */
export type Repository = {
  readonly name: string
  /** Name of the default branch. */
  readonly branch: string
  /** Where a commit stands: against its merge base with the default branch, or its first parent if it is on it. */
  readonly position: (commit: string) => Promise<Position>
  /** Paths of what is no folder and differs between a commit and any of these; all that it has, where there are none. */
  readonly changed: (commit: string, since: readonly string[]) => Promise<readonly string[]>
  readonly mergeBase: (one: string, other: string) => Promise<MergeBase>
  /** The first-parent line from a commit, newest first, the commit included. */
  readonly firstParents: (from: string) => AsyncIterable<string>
  /**
   * The commits of the first-parent line from a commit, itself included, back to another one, itself left out, at
   * which something else stands at a path than at their first parent; newest first. Those that change nothing but
   * a file's mode may be among them.
   */
  readonly changesOf: (from: string, until: string, path: string) => Promise<readonly string[]>
  /** What stands at a path, from the root and without a slash at its end; undefined where nothing does. */
  readonly entry: (commit: string, path: string) => Promise<Entry | undefined>
  /** What lies in a folder, '' for the root; nothing where there is no such folder. */
  readonly list: (commit: string, folder: string) => Promise<Listing>
  readonly blob: (oid: string) => Promise<Uint8Array>
  /** The content that a Git LFS pointer stands for; absent where nothing can be fetched. */
  readonly lfs?: Lfs
  /** The first bytes of such a content, not held to the pointer; absent where only whole ones can be fetched. */
  readonly lfsHead?: LfsHead
}
