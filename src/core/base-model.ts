import { isMovableSnapshot } from './snapshot.ts'

/** How weights came from a base: an adapter works only together with it, the others have it in them. */
export const RELATIONS = ['adapter', 'finetune', 'merge', 'quantized'] as const
export type Relation = (typeof RELATIONS)[number]

/** A model that the released one was made from, as the manifest declares it. */
export type Base = {
  /** `publisher/name` as the hub has it, or what else it is called. */
  readonly name: string
  /** sha256 of its weights, in order; empty where the manifest gives none. */
  readonly digests: readonly string[]
  readonly licence?: string
  readonly relation?: Relation
} & Pin

type Called = { readonly provider: string; readonly snapshot: string }

/** By what a base is one and no other. */
type Pin =
  /** Commit of the hub. */
  | { readonly revision: string }
  /** Of a model behind an API, which has no commits: what its provider calls the version. Nothing shows its bytes. */
  | Called

/** What pins a base, as the manifest has it. */
export function versionOf(base: Base): string {
  return 'revision' in base ? base.revision : base.snapshot
}

/** Whether a base is pinned by its provider, and that name may be another model tomorrow. */
export function isMovableBase({ name, provider, snapshot }: Called & { readonly name: string }): boolean {
  const own = name.slice(name.lastIndexOf('/') + 1)
  return isMovableSnapshot(snapshot, name, own, `${provider}/${own}`, `${provider}:${own}`)
}

/**
 * What a base adds to a release, one text each. Only an adapter's: other weights have their base in them, and are
 * identified by themselves.
 */
export function basePartsOf(bases: readonly Base[]): readonly string[] {
  return bases
    .filter(({ relation }) => relation === 'adapter')
    .map((base) => {
      const pin = 'revision' in base ? base.revision : { provider: base.provider, snapshot: base.snapshot }
      return `base:${JSON.stringify([base.name, pin, ...base.digests.toSorted()])}`
    })
    .toSorted()
}
