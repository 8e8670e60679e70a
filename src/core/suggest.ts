import { distance } from 'fastest-levenshtein'

/** Fewer letters begin too many words to mean one of them. */
const BEGINNING = 3

/** The known word that a misspelt one most likely means, or the only one that it begins; undefined if none is near. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  return nearest(word, known, 1).find((candidate) => near(word, candidate)) ?? begun(word, known)
}

function begun(word: string, known: readonly string[]): string | undefined {
  if (word.length < BEGINNING) return undefined
  const short = word.slice(0, 100).toLowerCase()
  const [only, ...others] = new Set(known.filter((candidate) => candidate.toLowerCase().startsWith(short)))
  return others.length === 0 ? only : undefined
}

/** Up to `count` known words by distance to `word`, ties in alphabetical order. */
export function nearest(word: string, known: readonly string[], count: number): readonly string[] {
  // Words of files are hostile: the distance is quadratic in their length.
  const short = word.slice(0, 100).toLowerCase()
  return [...new Set(known)]
    .map((candidate) => ({ candidate, far: distance(short, candidate.slice(0, 100).toLowerCase()) }))
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, count)
    .map(({ candidate }) => candidate)
}

function near(word: string, candidate: string): boolean {
  const short = word.slice(0, 100).toLowerCase()
  const far = distance(short, candidate.toLowerCase())
  return (
    far <= Math.max(1, Math.floor(candidate.length / 3)) ||
    letters(short) === letters(candidate.toLowerCase())
  )
}

/** The letters in order of the alphabet: the same for a word with two of them swapped. */
function letters(word: string): string {
  return [...word].toSorted().join('')
}
