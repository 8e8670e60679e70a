/** Keys from the root as a JSON pointer (RFC 6901); the root itself is the empty text. */
export function pointer(keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Keys that name the machinery of an object in JavaScript; nobody's metric is called so. */
export const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** Faults of one kind past this many say nothing new; any single one already blocks a go. */
export const MAX_PROBLEMS = 200
