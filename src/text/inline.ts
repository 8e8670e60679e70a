/** Comments, tags and images go, links leave their text. Bounded: an unclosed bracket must not be searched to the end. */
export function bare(prose: string): string {
  return withoutNotes(withoutComments(prose))
    .replaceAll(/<\/?[a-zA-Z][^<>\n]{0,300}>/g, ' ')
    .replaceAll(/!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)/g, ' ')
    .replaceAll(/\[([^[\]\n]{0,300})\](?:\([^)\n]{0,500}\)|\[[^\]\n]{0,300}\])/g, '$1')
}

/** A text without the numbers and signs of its notes: `0.80<sup>1</sup>` is 0.80. */
export function withoutNotes(html: string): string {
  return html.replaceAll(/<sup(?:\s[^<>\n]{0,100})?>[^<\n]{0,20}<\/sup>/gi, '')
}

/** A text without its comments; what is left keeps its lines. */
export function withoutComments(prose: string): string {
  let rest = ''
  let from = 0
  for (;;) {
    const start = prose.indexOf('<!--', from)
    const end = start === -1 ? -1 : prose.indexOf('-->', start + 4)
    if (end === -1) return rest + prose.slice(from)
    rest += `${prose.slice(from, start)} ${prose.slice(start, end).replaceAll(/[^\n]+/g, '')}`
    from = end + 3
  }
}

/** An underscore within a word is a part of it, as in `f1_score`. */
const EMPHASIS =
  /[*`]{1,3}(?=\S)|(?<=\S)[*`]{1,3}|(?<![\p{L}\p{N}_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![\p{L}\p{N}_])/gu

/** What somebody took back. */
const STRUCK = /~~[^~\n]{1,300}~~/g

/** Signs of no width, which would part a word or a number for nobody to see. */
const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g

/** A text without the marks that only set it bold, slanted or as code. */
export function withoutEmphasis(text: string): string {
  return text.replaceAll(UNSEEN, '').replaceAll(STRUCK, ' ').replaceAll(EMPHASIS, '')
}

/** Signs with which people mark a cell, and which are no word and no number; and those of footnotes, not of `R²`. */
const SIGNS = /\p{Extended_Pictographic}|\u{fe0f}|\u{20e3}|[†‡⁴⁵⁶⁷⁸⁹⁰]|(?<=[\d%)])[¹²³]/gu

/** A cell of a table without the marks that only set it, and the signs beside its words. */
export function shownCell(cell: string): string {
  const math = /^\$([^$]*)\$$/.exec(cell.trim())?.[1]
  const text = math === undefined ? cell : math.replaceAll(/\\pm\b/g, '±').replaceAll('\\%', '%')
  return withoutEmphasis(text).replaceAll(SIGNS, ' ').replaceAll(/\s+/g, ' ').trim()
}
