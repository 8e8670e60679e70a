import { plainWords } from '../text/words.ts'

/** Names in plain words, and how many words the longest has. */
export type Names = { readonly all: ReadonlySet<string>; readonly longest: number }

/** A name of more words than this is called by no text. */
const MOST_WORDS = 20

export function namesOf(plain: Iterable<string>): Names {
  const all = new Set(plain)
  all.delete('')
  let longest = 0
  for (const name of all) longest = Math.max(longest, name.split(' ').length)
  return { all, longest: Math.min(longest, MOST_WORDS) }
}

/** Which names stand in a text; one within a longer one that stands there does not count. */
export function namesIn(text: string, { all, longest }: Names): ReadonlySet<string> {
  const words = plainWords(text).split(' ')
  const found = new Set<string>()
  for (let start = 0; start < words.length; start += 1) {
    for (let length = Math.min(longest, words.length - start); length > 0; length -= 1) {
      const name = words.slice(start, start + length).join(' ')
      if (!all.has(name)) continue
      found.add(name)
      start += length - 1
      break
    }
  }
  return found
}
