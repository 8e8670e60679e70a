/** Letters of writings that have no spaces between words. */
export const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/gu
/** A writing without spaces has as many words as it has this many letters. */
export const LETTERS_OF_A_WORD = 2

/** How many words a text has; signs alone are none. */
export function wordsIn(text: string): number {
  const spaced = text
    .replaceAll(UNSPACED, ' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length
  return spaced + Math.floor((text.match(UNSPACED)?.length ?? 0) / LETTERS_OF_A_WORD)
}

/** Fewer different words than this make no sentence, however often they are written. */
const LEAST_DIFFERENT = 5
/** A text of nothing but shorter words than this is made of letters, not of words. */
const LETTERS_OF_SPEECH = 3

/**
 * As how many words a text of so many counts: as its different ones where these are too few for a sentence, and as too
 * few for one where none of them is longer than two letters.
 */
export function sayingWords(words: number, text: string): number {
  const spaced = new Set(plainWords(text.replaceAll(UNSPACED, ' ')).split(' ').filter(Boolean))
  const letters = new Set(text.match(UNSPACED))
  const different = spaced.size + Math.floor(letters.size / LETTERS_OF_A_WORD)
  const isLong = (word: string): boolean => (word.match(/\p{L}/gu)?.length ?? 0) >= LETTERS_OF_SPEECH
  const speaks = letters.size >= LETTERS_OF_SPEECH || [...spaced].some(isLong)
  if (!speaks) return Math.min(words, different, LEAST_DIFFERENT - 1)
  return different < LEAST_DIFFERENT ? Math.min(words, different) : words
}

/** Words that say nothing by themselves, whatever a heading has of them. */
const SMALL = new Set([
  ...['a', 'an', 'the', 'of', 'for', 'and', 'or', 'to', 'in', 'on', 'at', 'by', 'with', 'as', 'is'],
  ...['are', 'be', 'was', 'were', 'it', 'its', 'this', 'that', 'these', 'those', 'our', 'we', 'here'],
])

/** As how many words a text counts under its heading: where most of it is words of the heading, those count for none. */
export function wordsBeyond(heading: string, words: number, text: string): number {
  const titled = new Set(plainWords(heading).split(' '))
  const speaking = plainWords(text)
    .split(' ')
    .filter((word) => word !== '' && !SMALL.has(word))
  const others = speaking.filter((word) => !titled.has(word)).length
  return others * 2 < speaking.length ? Math.min(words, others) : words
}

/** What two texts are compared by: their words, however they are written and set. */
export function plainWords(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(' ')
}

/** A text and where it begins: a place that lies in another begins where that does. */
export type Said = { readonly text: string; readonly begins: number }

/** Where the same text begins first, and where this one does. */
export type Twin = { readonly first: number; readonly own: number }

/**
 * Of each text that stands in more than one place where else it stands, whatever its numbers are; a text without words
 * has no twin.
 */
export function twinsOf(texts: readonly Said[]): readonly (Twin | undefined)[] {
  const plain = texts.map(({ text }) => plainWords(text).replaceAll(/\p{N}+/gu, '0'))
  const places = new Map<string, Set<number>>()
  for (const [index, text] of plain.entries()) {
    const before = places.get(text) ?? new Set()
    places.set(text, before.add(texts[index]?.begins ?? 0))
  }
  return texts.map(({ begins: own }, index) => {
    const text = plain[index] ?? ''
    const [first = own, another] = places.get(text) ?? []
    return text === '' || another === undefined ? undefined : { first, own }
  })
}
