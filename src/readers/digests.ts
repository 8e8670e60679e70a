import { ALGORITHMS, isDigest } from '../core/digests.ts'

/**
 * What a file gives as digests, by algorithm: `sha256:…` for what can be one, and the first of those that can't, such as
 * an address, a text or the same digit over and over.
 */
export function digestsIn(given: Readonly<Record<string, unknown>>): {
  readonly digests: readonly string[]
  readonly placeholder?: string
} {
  const written = ALGORITHMS.flatMap((algorithm) => {
    const value = Object.hasOwn(given, algorithm) ? given[algorithm] : undefined
    return value === undefined || value === null ? [] : [{ algorithm, value }]
  })
  const real = written.filter(({ algorithm, value }) => isDigest(algorithm, value))
  const [other] = written.filter((one) => !real.includes(one))
  return {
    digests: real.map(({ algorithm, value }) => `${algorithm}:${String(value).toLowerCase()}`),
    ...(other !== undefined && { placeholder: String(other.value).slice(0, 100) }),
  }
}
