/** The committed key that a key of a run means. */
export type Finder = (written: string) => string | undefined

/**
 * Finds the committed key that a key of a run means: the very same, or the only one that it ends with or that ends with it,
 * since tools add a section or leave it out. W&B and MLflow part them by a slash too.
 */
export function finder(keys: readonly string[]): Finder {
  const known = new Set(keys)
  const byTail = new Map<string, string[]>()
  for (const key of keys)
    for (const tail of tailsOf(key)) byTail.set(tail, [...(byTail.get(tail) ?? []), key])
  return (written) => {
    const key = dotted(written)
    if (known.has(key)) return key
    const longer = byTail.get(key) ?? []
    if (longer.length > 0) return longer.length === 1 ? longer[0] : undefined
    return tailsOf(key).find((tail) => known.has(tail))
  }
}

/** The keys of a run with the committed ones that they mean; what two of them could mean, neither does. */
export function meantBy(
  written: readonly string[],
  keyFor: Finder,
): readonly (readonly [written: string, key: string])[] {
  const byKey = new Map<string, string[]>()
  for (const one of written) {
    const key = keyFor(one)
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), one])
  }
  return [...byKey].flatMap(([key, all]): readonly (readonly [string, string])[] => {
    const exact = all.find((one) => dotted(one) === key)
    const only = exact ?? (all.length === 1 ? all[0] : undefined)
    return only === undefined ? [] : [[only, key]]
  })
}

function dotted(written: string): string {
  return written.replaceAll('/', '.')
}

/** `a.b.c` ends with `b.c` and with `c`; a number alone is the place in a list. */
function tailsOf(key: string): readonly string[] {
  const parts = key.split('.').slice(-20)
  const tails = parts.slice(1).map((_, index) => parts.slice(index + 1).join('.'))
  return tails.filter((tail) => !/^[\d.]+$/.test(tail))
}
