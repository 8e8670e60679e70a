/** Digests of bytes that are known by their length in hexadecimal; a directory's of DVC is of its listing. */
const FORMS: readonly (readonly [algorithm: string, form: RegExp])[] = [
  ['sha256', /^[0-9a-f]{64}$/],
  ['sha512', /^[0-9a-f]{128}$/],
  ['sha384', /^[0-9a-f]{96}$/],
  ['sha1', /^[0-9a-f]{40}$/],
  ['md5', /^[0-9a-f]{32}(?:\.dir)?$/],
]

/** The digests of no bytes: a file that gives one has none, or never counted them. */
const OF_NOTHING: ReadonlySet<string> = new Set([
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  '38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b',
  'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
])

/** Algorithms of which a digest can be told from a placeholder. */
export const ALGORITHMS: readonly string[] = FORMS.map(([algorithm]) => algorithm)

/** Whether a text can be the digest of some bytes: not an address, a word, the same digit over and over, or of nothing. */
export function isDigest(algorithm: string, value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 200) return false
  const digits = value.toLowerCase()
  const form = FORMS.find(([name]) => name === algorithm)?.[1]
  return form?.test(digits) === true && !OF_NOTHING.has(digits) && !/^(.)\1*(?:\.dir)?$/.test(digits)
}

const OF_PACKAGES: readonly string[] = ['sha256', 'sha384', 'sha512']

/**
 * Whether a lock says by it what the bytes of a package are: a strong digest that is no placeholder, such as one of nothing,
 * or of the same few digits over and over.
 */
export function isPackageDigest(algorithm: string, value: unknown): value is string {
  return (
    OF_PACKAGES.includes(algorithm) &&
    isDigest(algorithm, value) &&
    !/^(.{1,64})\1+$/.test(value.toLowerCase())
  )
}

/** Whether `sha256:…`, `md5:…` or `snapshot:…` identifies anything. */
export function isReal(digest: string): boolean {
  const [algorithm = '', value = ''] = [
    digest.slice(0, digest.indexOf(':')),
    digest.slice(digest.indexOf(':') + 1),
  ]
  return ALGORITHMS.includes(algorithm) ? isDigest(algorithm, value) : value.trim() !== ''
}
