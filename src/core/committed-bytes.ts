/** Why nobody read what lies in a commit: it is a folder of scripts, leads elsewhere, or is more than is read. */
export type Unread = 'folder' | 'link' | 'submodule' | 'too_large' | 'too_many'

/** What lies at a path of a commit, where a pipeline or a manifest says which bytes these are. */
export type CommittedBytes = {
  /** The commit of the training, or of the release where the training's has no such file. */
  readonly of: 'training' | 'release'
  readonly commit: string
  readonly path: string
  /** Of the manifest's datasets those that are called by this path. */
  readonly datasets?: readonly string[]
} & (
  | {
      /** `md5:…` and `sha256:…` of the bytes as they lie; of a Git LFS pointer the sha256 that it bears. */
      readonly digests: readonly string[]
      /** The same of a text with other ends of lines, which checkouts and DVC before version 3 change. */
      readonly alike?: readonly string[]
    }
  | { readonly why: Unread }
  /** A folder without any scripts. */
  | { readonly folder: 'data' }
)
