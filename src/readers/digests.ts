/** Digests of bytes that are known by their length in hexadecimal; a directory's of DVC is of its listing. */
const FORMS: readonly (readonly [algorithm: string, form: RegExp])[] = [
  ['sha256', /^[0-9a-f]{64}$/],
  ['sha512', /^[0-9a-f]{128}$/],
  ['sha1', /^[0-9a-f]{40}$/],
  ['md5', /^[0-9a-f]{32}(?:\.dir)?$/],
]

/** What the digest of nothing is: a file that gives it has no bytes, or never counted them. */
const OF_NOTHING: ReadonlySet<string> = new Set([
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'd41d8cd98f00b204e9800998ecf8427e',
])

/**
 * What a file gives as digests, by algorithm: `sha256:…` for what can be one, and the first of those that can't, such as
 * an address, a text or the same digit over and over.
 */
export function digestsIn(given: Readonly<Record<string, unknown>>): {
  readonly digests: readonly string[]
  readonly placeholder?: string
} {
  const written = FORMS.flatMap(([algorithm, form]) => {
    const value = Object.hasOwn(given, algorithm) ? given[algorithm] : undefined
    return value === undefined || value === null ? [] : [{ algorithm, form, value }]
  })
  const real = written.filter(({ form, value }) => isReal(value, form))
  const [other] = written.filter((one) => !real.includes(one))
  return {
    digests: real.map(({ algorithm, value }) => `${algorithm}:${String(value).toLowerCase()}`),
    ...(other !== undefined && { placeholder: String(other.value).slice(0, 100) }),
  }
}

function isReal(value: unknown, form: RegExp): boolean {
  if (typeof value !== 'string' || value.length > 200) return false
  const digits = value.toLowerCase()
  return form.test(digits) && !OF_NOTHING.has(digits) && !/^(.)\1*(?:\.dir)?$/.test(digits)
}
