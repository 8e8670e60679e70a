/** What the stand-in keeps of releases. Emulate's have no digests, no latest one and no rules. */
export type ReleasesState = {
  readonly all: Map<number, Release>
  /** By repository: the one that somebody made the latest. */
  readonly latest: Map<string, number>
  readonly next: { release: number; asset: number }
}

export type Release = {
  readonly id: number
  readonly repo: string
  readonly tag: string
  readonly target: string
  readonly name: string | null
  readonly body: string | null
  readonly draft: boolean
  readonly prerelease: boolean
  readonly immutable: boolean
  readonly createdAt: string
  readonly publishedAt: string | null
  readonly updatedAt: string
  readonly author: string
  readonly assets: readonly ReleaseAsset[]
}

export type ReleaseAsset = {
  readonly id: number
  readonly name: string
  readonly size: number
  /** Null as of files from before GitHub told digests. */
  readonly digest: string | null
  readonly uploader: string
  readonly at: string
}

/** A release as a person makes it on GitHub's pages: drafted, with files, and then published. */
export type ReleaseSeed = {
  readonly tag: string
  /** What the tag is to point to where it is not there yet: a branch or a commit; the default branch when not given. */
  readonly target?: string
  readonly name?: string
  readonly notes?: string
  readonly prerelease?: boolean
  /** Files by name. */
  readonly assets?: Readonly<Record<string, Uint8Array>>
  /** The repository has immutable releases: once it is published nothing but title and notes changes. */
  readonly immutable?: boolean
  /** The first one of `people` when not given. */
  readonly by?: string
  readonly repo?: string
}

/** What a test makes happen with releases, beside what the API offers. */
export type ReleasesControls = {
  /** Saves a draft and gives its id; the delivery is `created`. */
  readonly draft: (seed: ReleaseSeed) => Promise<number>
  /** Drafts a release and publishes it: `created`, `published`, and `released` or `prereleased`. */
  readonly publish: (seed: ReleaseSeed) => Promise<number>
  /** Attaches a file, in the place of one of the same name. Nobody hears of it. */
  readonly attach: (id: number, name: string, bytes: Uint8Array, how?: { readonly digest?: null }) => void
  /** Takes a file away. Nobody hears of it. */
  readonly detach: (id: number, name: string) => void
}

export const noReleases = (): ReleasesState => ({
  all: new Map(),
  latest: new Map(),
  next: { release: 310_000_001, asset: 410_000_001 },
})
