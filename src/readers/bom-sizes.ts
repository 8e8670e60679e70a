import type { BomPart } from '../core/bom.ts'

/** A release has fewer models, data and files by far; the licences of models and data are held against each other. */
const [MOST_PARTS, MOST_LICENSED] = [5_000, 500]
/** So many references to nothing, or claims against it, show enough. */
const MOST_NAMED = 50
const LONGEST_NAME = 200
/** Comparing every entry of a list with every other takes so long: as much as for one list of 5,000. */
const [MOST_ENTRIES, MOST_COMPARED] = [5_000, 25_000_000]

/** The first few texts, each once and cut. */
export function shortened(all: readonly string[]): readonly string[] {
  return [...new Set(all.map((one) => one.slice(0, LONGEST_NAME)))].slice(0, MOST_NAMED)
}

/** How many parts a bill may have, where it has more. */
export function isTooMuch(parts: readonly BomPart[]): number | undefined {
  if (parts.length > MOST_PARTS) return MOST_PARTS
  return parts.filter(({ kind }) => kind !== 'file').length > MOST_LICENSED ? MOST_LICENSED : undefined
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
