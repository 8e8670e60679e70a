import { plainly } from './base-named.ts'
import { COMMON_IN_NAMES, withoutDots } from './party-words.ts'

/** Whether two names have a word in common that says something, or are one when written without spaces. */
export function isAlike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => plainly(withoutDots(text)).split(' '))
  if (a === undefined || b === undefined) return false
  const [whole, part] = [a.join(''), b.join('')]
  return (
    whole === part ||
    (part.length > 3 && whole.includes(part)) ||
    a.some((word) => isOwn(word) && b.includes(word))
  )
}

/** A number says which version it is, and not of what. */
function isOwn(word: string): boolean {
  return !COMMON_IN_NAMES.has(word) && !/^[a-z]?\d+$/.test(word)
}
