/** Digests of bytes that are known by their length in hexadecimal; a directory's of DVC is of its listing. */
const FORMS: readonly (readonly [algorithm: string, form: RegExp])[] = [
  ['sha256', /^[0-9a-f]{64}$/],
  ['sha512', /^[0-9a-f]{128}$/],
  ['sha1', /^[0-9a-f]{40}$/],
  ['md5', /^[0-9a-f]{32}(?:\.dir)?$/],
]

/** The digests of no bytes: a file that gives one has none, or never counted them. */
const OF_NOTHING: ReadonlySet<string> = new Set([
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'd41d8cd98f00b204e9800998ecf8427e',
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

/** Whether `sha256:…`, `md5:…` or `snapshot:…` identifies anything. */
export function isReal(digest: string): boolean {
  const [algorithm = '', value = ''] = [
    digest.slice(0, digest.indexOf(':')),
    digest.slice(digest.indexOf(':') + 1),
  ]
  return ALGORITHMS.includes(algorithm) ? isDigest(algorithm, value) : value.trim() !== ''
}
