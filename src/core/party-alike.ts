import { plainly } from './base-named.ts'
import { COMMON_IN_NAMES, withoutDots } from './party-words.ts'

/**
 * Whether two names can be of one party or service: all words of one that say something are words of the other, or they
 * are one when written without spaces.
 */
export function isAlike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => plainly(withoutDots(text)).split(' '))
  if (a === undefined || b === undefined) return false
  if (isBeginning(a, b) || isBeginning(b, a)) return true
  const [mine, theirs] = [a.filter(isOwn), b.filter(isOwn)]
  const isWithin = (words: readonly string[], all: readonly string[]) =>
    words.length > 0 && words.every((word) => all.includes(word))
  return isWithin(mine, b) || isWithin(theirs, a)
}

/** Whether a name without its spaces is the first words of another: `openai` of `Open AI Ireland`, and of `OpenAI`. */
function isBeginning(part: readonly string[], whole: readonly string[]): boolean {
  const name = part.join('')
  const begins = whole.map((_, index) => whole.slice(0, index + 1).join(''))
  const rest = whole.join('').startsWith(name) ? whole.join('').slice(name.length) : undefined
  return begins.includes(name) || (rest !== undefined && name.length > 3 && COMMON_IN_NAMES.has(rest))
}

/** A number says which version it is, and not of what. */
function isOwn(word: string): boolean {
  return !COMMON_IN_NAMES.has(word) && !/^[a-z]?\d+$/.test(word)
}
