import type { Position } from './parsed.ts'

type Key = string | number

/** Offsets of keys and values of one text, kept beside the data so that the data stays plain. */
export type Places = {
  readonly keep: (holder: object, key: Key, keyOffset: number, valueOffset: number) => void
  /** True once `keep` was called for this key of this holder. */
  readonly holds: (holder: object, key: Key) => boolean
  /** Position of an offset; 1-based. */
  readonly position: (offset: number) => Position
  /** `at` of a `Parsed` whose root value starts at `start`. */
  readonly finder: (
    root: unknown,
    start: number,
  ) => (keys: readonly Key[], which?: 'value' | 'key') => Position | undefined
}

/** Places of a text. Lines are found when first asked for, so that a large file that nobody cites costs nothing. */
export function placesOf(text: string): Places {
  const values = new Map<object, Map<Key, number>>()
  const names = new Map<object, Map<Key, number>>()
  let starts: readonly number[] | undefined

  const position = (offset: number): Position => {
    starts ??= lineStarts(text)
    const line = lineOf(starts, offset)
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 }
  }

  return {
    position,
    holds: (holder, key) => values.get(holder)?.has(key) ?? false,
    keep: (holder, key, keyOffset, valueOffset) => {
      into(values, holder).set(key, valueOffset)
      if (keyOffset !== valueOffset) into(names, holder).set(key, keyOffset)
    },
    finder:
      (root, start) =>
      (keys, which = 'value') => {
        let here = root
        let offset: number | undefined = start
        for (const [index, key] of keys.entries()) {
          if (typeof here !== 'object' || here === null) return undefined
          const name = which === 'key' && index === keys.length - 1 ? names.get(here)?.get(key) : undefined
          offset = name ?? values.get(here)?.get(key)
          if (offset === undefined) return undefined
          here = Reflect.get(here, key)
        }
        return position(offset)
      },
  }
}

function into(all: Map<object, Map<Key, number>>, holder: object): Map<Key, number> {
  const found = all.get(holder)
  if (found) return found
  const fresh = new Map<Key, number>()
  all.set(holder, fresh)
  return fresh
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return starts
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low + 1
}
