import { ANOTHER, BETWEEN, JOINING, LABELLING, OF_WHAT } from './card-words.ts'
import type { Named } from './named-metrics.ts'
import { MOST_LETTERS } from './stated.ts'
import { isClosing, isIn, isOpening, isShare, type Token, textOf } from './tokens.ts'

/** What leads to a number is a label where it is no longer than this. */
const MOST_OF_LABEL = 16

/** What stands before a number that names it, with a remark behind it. */
export function labelOf({
  tokens,
  at,
  from,
}: {
  readonly tokens: readonly Token[]
  readonly at: number
  readonly from: number
}): string {
  const number = tokens.slice(0, at).findLastIndex(isShare)
  const before = tokens.slice(Math.max(from, number + 1), at).slice(-MOST_OF_LABEL)
  const remark = remarkAfter(tokens, at)
  const said = withoutLast(before, LABELLING)
  return textOf(remark.some(({ kind }) => kind === 'number') ? said : [...said, ...remark])
    .replaceAll(/ (?=[)\]:,])/g, '')
    .replaceAll(/(?<=[([]) /g, '')
    .slice(0, MOST_LETTERS)
}

/** Where the name of a metric begins, with a word such as `macro` before it. */
export function firstOf(tokens: readonly Token[], { from }: Named): number {
  return ANOTHER.test(tokens[from - 1]?.text ?? '') ? from - 1 : from
}

/** What a sentence says close to a number, where it says anything. */
export function nearOf(tokens: readonly Token[]): { readonly near?: string } {
  const near = textOf(tokens).slice(0, MOST_LETTERS)
  return near === '' ? {} : { near }
}

/** What a number is of, in a phrase or in brackets behind it: `for nn`. */
export function phraseAfter(tokens: readonly Token[], at: number): readonly Token[] {
  if (isOpening(tokens[at + 1])) {
    // Numbers of its parts stand there, each with its own.
    const remark = remarkAfter(tokens, at)
    return remark.some(({ kind }) => kind === 'number') ? [] : remark
  }
  if (!isIn(OF_WHAT, tokens[at + 1])) return []
  const rest = tokens.slice(at + 1)
  const end = rest.findIndex((one) => one.kind !== 'word' || isIn(JOINING, one) || isIn(BETWEEN, one))
  return end === -1 ? rest : rest.slice(0, end)
}

/** What stands in the brackets that open behind a number. */
function remarkAfter(tokens: readonly Token[], at: number): readonly Token[] {
  if (!isOpening(tokens[at + 1])) return []
  const end = tokens.findIndex((one, index) => index > at && isClosing(one))
  return end === -1 ? [] : tokens.slice(at + 2, end)
}

/** Tokens without the last of them that are such words. */
export function withoutLast(tokens: readonly Token[], words: ReadonlySet<string>): readonly Token[] {
  return tokens.slice(0, tokens.findLastIndex((one) => !isIn(words, one)) + 1)
}
