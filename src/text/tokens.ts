import { numberIn, type Stated } from './stated.ts'

/** A word, a number with its percent, or another sign of a sentence; `depth` is that of the brackets around it. */
export type Token = { readonly text: string; readonly line: number; readonly depth: number } & (
  | { readonly kind: 'word' | 'mark' }
  | ({ readonly kind: 'number' } & Pick<Stated, 'value' | 'rounding' | 'percent'>)
)
export type NumberToken = Extract<Token, { kind: 'number' }>

/** So many tokens are looked at together. */
const MOST_TOKENS = 1000
const TOKEN =
  /(?<number>(?<![\p{L}\p{N}_.,/@-])[-+]?(?:\d{1,12}(?:[.,]\d{1,12})?|\.\d{1,12})(?![\p{L}\p{N}_/@]|[-.,:]\p{N}|-\p{L})(?:\s?%|\s(?:percent|pct|per\scent)(?![\p{L}\p{N}]))?)|(?<word>[\p{L}\p{N}](?:(?:[\p{L}\p{N}_'’@/.+-]|(?<=\p{N})[,:](?=\p{N}))*[\p{L}\p{N}])?)|(?<mark>[^\s])/giu

/** The sentences of a text that begins at a line, each in words, numbers and marks. */
export function sentencesOf(text: string, first: number): readonly (readonly Token[])[] {
  let line = first
  return text.split(/(?<=[.!?;])(?=\s)/).flatMap((sentence) => {
    const parts: Token[][] = []
    let tokens: Token[] = []
    let [depth, from] = [0, 0]
    for (const { groups = {}, index } of sentence.matchAll(TOKEN)) {
      line += linesIn(sentence.slice(from, index))
      from = index
      const { number, word, mark = '' } = groups
      if (mark === ')' || mark === ']') depth = Math.max(0, depth - 1)
      const at = { line, depth }
      if (number !== undefined) tokens.push(numbered(number, at))
      else tokens.push({ kind: word === undefined ? 'mark' : 'word', text: word ?? mark, ...at })
      if (mark === '(' || mark === '[') depth += 1
      // What is longer is no sentence, and is looked at in parts.
      if (tokens.length >= MOST_TOKENS) {
        parts.push(tokens)
        tokens = []
      }
    }
    line += linesIn(sentence.slice(from))
    return [...parts, tokens]
  })
}

function numbered(text: string, at: { readonly line: number; readonly depth: number }): Token {
  const number = numberIn(text.replace(/\s\p{L}.*$/su, '%'))
  return number === undefined ? { kind: 'word', text, ...at } : { kind: 'number', text, ...number, ...at }
}

function linesIn(text: string): number {
  return text.split('\n').length - 1
}

/** The tokens as a text, parted by spaces. */
export function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(' ')
}

/** Whether there is a token, and it is one of these words or signs, in any case. */
export function isIn(words: ReadonlySet<string>, token: Token | undefined): boolean {
  return token !== undefined && words.has(token.text.toLowerCase())
}

export function isOpening(token: Token | undefined): boolean {
  return token?.text === '(' || token?.text === '['
}

export function isClosing(token: Token | undefined): boolean {
  return token?.text === ')' || token?.text === ']'
}

/** A number with a fraction or a percent sign; a whole one counts things, or is a year. */
export function isShare(token: Token): boolean {
  return token.kind === 'number' && (token.rounding < 0.5 || token.percent)
}
