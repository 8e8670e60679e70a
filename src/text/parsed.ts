import type { Problem } from '../core/problem.ts'

export type Position = { readonly line: number; readonly column: number }

/** A structured text as plain data, every fault found in it, and where each value stands. */
export type Parsed = {
  /** Undefined where the text could not be read at all. Objects have no `__proto__` of the author's. */
  readonly value: unknown
  readonly problems: readonly Problem[]
  /** Position of the value (`key: false`) or of its key, by keys and indexes from the root. */
  readonly at: (keys: readonly (string | number)[], which?: 'value' | 'key') => Position | undefined
}

/** Nesting past this is nobody's metrics file. */
export const MAX_DEPTH = 100
