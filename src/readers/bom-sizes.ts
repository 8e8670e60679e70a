/** A release has fewer models, data and files by far. */
export const MOST_PARTS = 5_000
/** So many references to nothing, or claims against it, show enough. */
const MOST_NAMED = 50
const LONGEST_NAME = 200
/** Comparing every entry of a list with every other takes so long: as much as for one list of 7,000. */
const [MOST_ENTRIES, MOST_COMPARED] = [7_000, 49_000_000]

/** The first few texts, each once and cut. */
export function shortened(all: readonly string[]): readonly string[] {
  return [...new Set(all.map((one) => one.slice(0, LONGEST_NAME)))].slice(0, MOST_NAMED)
}

/** How many entries the lists of a file may have, where they have more: a schema that wants no entry twice compares them all. */
export function isTooLong(value: unknown): number | undefined {
  let compared = 0
  const rest: unknown[] = [value]
  while (rest.length > 0) {
    const one = rest.pop()
    if (typeof one !== 'object' || one === null) continue
    const inner: readonly unknown[] = Object.values(one)
    if (Array.isArray(one)) compared += inner.length ** 2
    if (compared > MOST_COMPARED) return MOST_ENTRIES
    for (const each of inner) rest.push(each)
  }
  return undefined
}
