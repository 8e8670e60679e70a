/** The committed key that a key of a run means. */
export type Finder = (written: string) => string | undefined

/**
 * Finds the committed key that a key of a run means: the very same, however it is spelt, or the only one that it ends with
 * or that ends with it, since tools add a section or leave it out.
 */
export function finder(keys: readonly string[]): Finder {
  const known = new Set(keys)
  const bySpelling = Map.groupBy(keys, plainKey)
  const byTail = new Map<string, string[]>()
  for (const key of keys)
    for (const tail of tailsOf(plainKey(key))) byTail.set(tail, [...(byTail.get(tail) ?? []), key])
  return (written) => {
    if (known.has(written)) return written
    const key = plainKey(written)
    const spelt = bySpelling.get(key) ?? byTail.get(key) ?? []
    if (spelt.length > 0) return spelt.length === 1 ? spelt[0] : undefined
    const shorter = bySpelling.get(tailsOf(key).find((tail) => bySpelling.has(tail)) ?? '') ?? []
    return shorter.length === 1 ? shorter[0] : undefined
  }
}

/** A committed key with those of a run that mean it. `surely`: they are the very key, or there is only one. */
export type Meant = { readonly key: string; readonly written: readonly string[]; readonly surely: boolean }

/** The committed keys that the keys of a run mean: where one is the very key, no other could be it too. */
export function meantBy(written: readonly string[], keyFor: Finder): readonly Meant[] {
  const byKey = new Map<string, string[]>()
  for (const one of written) {
    const key = keyFor(one)
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), one])
  }
  return [...byKey].map(([key, all]): Meant => {
    const exact = all.filter((one) => plainKey(one) === plainKey(key))
    return exact.length > 0
      ? { key, written: exact, surely: true }
      : { key, written: all, surely: all.length === 1 }
  })
}

/** Tools spell a key as their language does, `learningRate` and `learning-rate`; W&B and MLflow part them by a slash too. */
export function plainKey(key: string): string {
  return key
    .replaceAll('/', '.')
    .replaceAll(/[-_ ]+/g, '')
    .toLowerCase()
}

/** `a.b.c` ends with `b.c` and with `c`; a number alone is the place in a list. */
function tailsOf(key: string): readonly string[] {
  const parts = key.split('.').slice(-20)
  const tails = parts.slice(1).map((_, index) => parts.slice(index + 1).join('.'))
  return tails.filter((tail) => !/^[\d.]+$/.test(tail))
}
