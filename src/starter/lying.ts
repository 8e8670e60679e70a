import type { Role } from '../core/exam.ts'

/** What identifies data: a digest as a manifest writes it, or a version of a table. */
export type DataDigest = { readonly sha256: string } | { readonly md5: string }

/** Data that something in a folder names. */
export type LyingData = {
  readonly name: string
  readonly role: Role
  readonly digest?: DataDigest
  readonly snapshot?: string
  /** The role is told by a name alone. */
  readonly guessed?: true
}

/** What lies in a folder and belongs in a manifest; paths as the manifest writes them. */
export type Lying = {
  readonly weights: readonly { readonly path: string; readonly sha256: string }[]
  readonly datasets: readonly LyingData[]
  readonly evidence: readonly { readonly path: string; readonly document?: string }[]
  /** Commits that a training ran on, each with what says so. */
  readonly commits: readonly { readonly commit: string; readonly from: string }[]
}
