/** How much of a text from a file is ever shown. */
export const SHOWN_CHARACTERS = 200

/** A terminal's escape sequence, with the control character that starts it. */
const ESCAPE_SEQUENCE = /\p{Cc}(?:\[[0-?]*[ -/]*[@-~]|\][^\p{Cc}]*(?:\p{Cc}\\?)?)/gu
/** Control, formatting (bidi and zero-width included), unassigned, private and line-separating characters. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu

/** Text from a file as one bounded line without anything invisible; `…` says that it was cut. */
export function clean(text: string, limit: number = SHOWN_CHARACTERS): string {
  // Attacker-controlled and of any size: cut before any expression runs over it.
  const window = text.slice(0, limit * 4)
  const seen = window
    .toWellFormed()
    .replace(/\s+/gu, ' ')
    .replace(ESCAPE_SEQUENCE, '')
    .replace(UNSEEN, '')
    .replace(/ {2,}/g, ' ')
    .trim()
  const characters = Array.from(seen)
  if (characters.length <= limit && window.length === text.length) return seen
  return `${characters.slice(0, limit - 1).join('')}…`
}

/** The size that GitHub counts: bytes of UTF-8. */
export function bytes(text: string): number {
  return new TextEncoder().encode(text).length
}

/** The start of a text in at most `limit` bytes, whole characters only; `…` says that it was cut. */
export function clampBytes(text: string, limit: number): string {
  // A UTF-16 unit is at least one byte, so what lies past `limit` units never fits.
  const window = text.slice(0, limit + 1)
  if (window.length === text.length && bytes(text) <= limit) return text
  let size = bytes('…')
  let kept = ''
  for (const character of window) {
    size += bytes(character)
    if (size > limit) break
    kept += character
  }
  return `${kept}…`
}

/** The start of a text in at most `limit` UTF-16 units, whole characters only; `…` says that it was cut. */
export function clampLength(text: string, limit: number): string {
  if (text.length <= limit) return text
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
