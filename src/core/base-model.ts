/** How weights came from a base: an adapter works only together with it, the others have it in them. */
export const RELATIONS = ['adapter', 'finetune', 'merge', 'quantized'] as const
export type Relation = (typeof RELATIONS)[number]

/** A model that the released one was made from, as the manifest declares it. */
export type Base = {
  /** `publisher/name` as the hub has it, or what else it is called. */
  readonly name: string
  /** Commit of the hub. */
  readonly revision: string
  /** sha256 of its weights, in order; empty where the manifest gives none. */
  readonly digests: readonly string[]
  readonly licence?: string
  readonly relation?: Relation
}

/**
 * What a base adds to a release, one text each. Only an adapter's: other weights have their base in them, and are
 * identified by themselves.
 */
export function basePartsOf(bases: readonly Base[]): readonly string[] {
  return bases
    .filter(({ relation }) => relation === 'adapter')
    .map(({ name, revision, digests }) => `base:${JSON.stringify([name, revision, ...digests.toSorted()])}`)
    .toSorted()
}
