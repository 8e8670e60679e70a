/** Digests that identify a content; md5 and sha1 do not, and what others have is no hash. */
const LENGTHS = { sha256: 64, sha384: 96, sha512: 128 } as const

/** Digests of no bytes at all (FIPS 180-4), which no model has. */
const EMPTY: readonly string[] = [
  'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'sha384:38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b',
  'sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
]

/**
 * What of an in-toto DigestSet identifies a content, as `sha256:…`; what is unknown is ignored, as the
 * specification asks. An empty content identifies nothing, and is told.
 */
export function contentDigests(set: Readonly<Record<string, string>>): {
  readonly digests: readonly string[]
  readonly empty: boolean
} {
  const all = Object.entries(LENGTHS).flatMap(([algorithm, length]) => {
    const written = Object.hasOwn(set, algorithm) ? set[algorithm]?.toLowerCase() : undefined
    const whole = written !== undefined && written.length === length && /^[0-9a-f]+$/.test(written)
    return whole ? [`${algorithm}:${written}`] : []
  })
  const digests = all.filter((one) => !EMPTY.includes(one))
  return { digests: digests.length === all.length ? digests : [], empty: digests.length < all.length }
}
