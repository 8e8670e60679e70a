import { isElsewhere, isOfElse } from './card-clause.ts'
import { ANOTHER, APPROXIMATELY, BOUNDING, CONNECTING, JOINING, LABELLING } from './card-words.ts'
import type { Named } from './named-metrics.ts'
import { MOST_LETTERS } from './stated.ts'
import { isClosing, isIn, isOpening, isShare, type NumberToken, type Token, textOf } from './tokens.ts'

/** What leads to a number is a label where it is no longer than this. */
const MOST_OF_LABEL = 16
/** A number further from a metric than this many words is one of something else. */
const MOST_BETWEEN = 14

/** A number of a sentence, and what may name it: what comes after the number before. */
export type Reading = {
  readonly tokens: readonly Token[]
  readonly metrics: readonly Named[]
  readonly at: number
  readonly token: NumberToken
  readonly from: number
}

/** The metric that a number is said to be of, what the line calls it, and whether it only counts with a known part. */
export type Claim = { readonly name: string; readonly label?: string; readonly compared?: true }

/** What a number claims; `last` is what the one before it claims, `above` the metric that its sentence stands under. */
export function claimOf(
  reading: Reading,
  last: Claim | undefined,
  above: string | undefined,
): Claim | undefined {
  return (
    besideName(reading) ??
    beforeName(reading) ??
    inList(reading, last) ??
    ofPart(reading, last?.name ?? above)
  )
}

/** `accuracy of 0.94`, `Accuracy (nn): 0.94`, `Accuracy (0.94)`. */
function besideName(reading: Reading): Claim | undefined {
  const { tokens, metrics, at, token, from } = reading
  const metric = metrics.findLast((one) => one.from >= from && one.to <= at)
  if (metric === undefined) return undefined
  const between = withoutLast(tokens.slice(metric.to, at), APPROXIMATELY)
  if (between.length > MOST_BETWEEN || isCut(between)) return undefined
  const link = linkOf(reading, metric, between)
  if (link === undefined || isElsewhere(reading, metric.from)) return undefined
  // A whole number in a sentence counts something, and bits are no share.
  if (!isShare(token) && (link === 'words' || metric.name === 'precision')) return undefined
  const isQualified = [tokens[metric.from - 1], ...between].some((one) => ANOTHER.test(one?.text ?? ''))
  return {
    name: metric.name,
    ...(link === 'label' && { label: labelOf(reading) }),
    ...(isQualified && { compared: true as const }),
  }
}

/** How a name leads to a number, if it does. */
function linkOf(
  { tokens, at, token }: Reading,
  metric: Named,
  between: readonly Token[],
): 'label' | 'words' | undefined {
  const end = between.at(-1)
  const isBracketed = token.depth > (tokens[metric.from]?.depth ?? 0)
  if (isBracketed) return between.length === 1 && isClosing(tokens[at + 1]) ? 'label' : undefined
  // `>= 0.9` is a bound.
  if (/^[<>≥≤!]$/.test(between.at(-2)?.text ?? '')) return undefined
  if (end === undefined || isClosing(end) || LABELLING.has(end.text)) return 'label'
  return isIn(CONNECTING, end) ? 'words' : undefined
}

/** `Recall at 5 is 0.8`. */
function isCut(between: readonly Token[]): boolean {
  return between.some(({ text }, index) => /^(?:at|@)$/i.test(text) && between[index + 1]?.kind === 'number')
}

/** `0.81 AUC`, `94% test accuracy`. */
function beforeName(reading: Reading): Claim | undefined {
  const { tokens, metrics, at, token } = reading
  const metric = metrics.find((one) => one.from === at + 1)
  if (metric === undefined || !isShare(token) || isIn(BOUNDING, tokens[at - 1])) return undefined
  const [after, next] = tokens.slice(metric.to)
  const isOfNext = next?.kind === 'number' && (isIn(LABELLING, after) || isIn(CONNECTING, after))
  return isOfNext || isElsewhere(reading, at) ? undefined : { name: metric.name }
}

/** `accuracies of 0.97, 0.92 and 0.95`: each of one of the parts that the sentence names. */
function inList({ tokens, at, token, from }: Reading, last: Claim | undefined): Claim | undefined {
  const joined = tokens.slice(from, at)
  const isJoined = joined.length > 0 && joined.every((one) => isIn(JOINING, one))
  if (last === undefined || !isShare(token) || !isJoined || isOfElse(tokens[at + 1])) return undefined
  return { name: last.name, ...(last.compared && { compared: true }) }
}

/** `nn: 0.92`, under or after the name of a metric. */
function ofPart(reading: Reading, name: string | undefined): Claim | undefined {
  const { tokens, metrics, at, from } = reading
  if (name === undefined || at - 1 <= from || !isIn(LABELLING, tokens[at - 1])) return undefined
  if (metrics.some((one) => one.from >= from && one.to <= at) || isElsewhere(reading, from)) return undefined
  return { name, label: labelOf(reading), compared: true }
}

/** What stands before a number that names it, with a remark behind it. */
function labelOf({ tokens, at, from }: Reading): string {
  const number = tokens.slice(0, at).findLastIndex(isShare)
  const before = tokens.slice(Math.max(from, number + 1), at).slice(-MOST_OF_LABEL)
  const remark = remarkAfter(tokens, at)
  const said = withoutLast(before, LABELLING)
  return textOf(remark.some(({ kind }) => kind === 'number') ? said : [...said, ...remark])
    .replaceAll(/ (?=[)\]:,])/g, '')
    .replaceAll(/(?<=[([]) /g, '')
    .slice(0, MOST_LETTERS)
}

/** What stands in the brackets that open behind a number. */
function remarkAfter(tokens: readonly Token[], at: number): readonly Token[] {
  if (!isOpening(tokens[at + 1])) return []
  const end = tokens.findIndex((one, index) => index > at && isClosing(one))
  return end === -1 ? [] : tokens.slice(at + 2, end)
}

function withoutLast(tokens: readonly Token[], words: ReadonlySet<string>): readonly Token[] {
  return tokens.slice(0, tokens.findLastIndex((one) => !isIn(words, one)) + 1)
}
