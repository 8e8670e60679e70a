import { isElsewhere, isOfElse, isRemark, isTimed } from './card-clause.ts'
import { firstOf, labelOf, nearOf, phraseAfter, withoutLast } from './card-label.ts'
import {
  ANOTHER,
  APPROXIMATELY,
  BOUNDING,
  CONNECTING,
  JOINING,
  LABELLING,
  OF_WHAT,
  RUN_AT,
  STANDING,
} from './card-words.ts'
import type { Named } from './named-metrics.ts'
import { isClosing, isIn, isOpening, isShare, type NumberToken, type Token } from './tokens.ts'

/** A number further from a metric than this many words is one of something else. */
const MOST_BETWEEN = 14
const MOST_BEFORE_BRACKETS = 6

/** A number of a sentence, and what may name it: what comes after the number before. */
export type Reading = {
  readonly tokens: readonly Token[]
  readonly metrics: readonly Named[]
  readonly at: number
  readonly token: NumberToken
  readonly from: number
}

/**
 * The metric that a number is said to be of, what a line calls it or a sentence says close to it, and whether it only
 * counts with a known part.
 */
export type Claim = {
  readonly name: string
  readonly label?: string
  readonly near?: string
  readonly compared?: true
}

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
    ofNext(reading, last) ??
    ofPart(reading, last?.name ?? above)
  )
}

/** `accuracy of 0.94`, `Accuracy (nn): 0.94`, `Accuracy (0.94)`. */
function besideName(reading: Reading): Claim | undefined {
  const { tokens, metrics, at, token, from } = reading
  const metric = metrics.findLast((one) => one.from >= from && one.to <= at)
  if (metric === undefined) return undefined
  const between = withoutLast(tokens.slice(metric.to, at), APPROXIMATELY)
  if (between.length > MOST_BETWEEN || isCut(between) || isPlace(tokens, metric)) return undefined
  if (isBoundToo(reading, metric)) return undefined
  // `accuracy threshold: 0.85`
  const words = between.filter((one) => one.kind === 'word' && !isIn(CONNECTING, one))
  if (isIn(RUN_AT, words.at(-1)) && !between.some(({ kind }) => kind === 'number')) return undefined
  const link = linkOf(reading, metric, between)
  if (link === undefined || isElsewhere(reading, metric.from)) return undefined
  // A whole number in a sentence counts something, and bits are no share.
  if (!isShare(token) && !isTimed(tokens, at) && (link === 'words' || metric.name === 'precision'))
    return undefined
  const isQualified =
    [...tokens.keys()]
      .slice(Math.max(0, metric.from - 1), at)
      .some(
        (index) =>
          (index < metric.from || index >= metric.to) &&
          ANOTHER.test(tokens[index]?.text ?? '') &&
          !isRemark(tokens, index, at),
      ) || metrics.some((one) => one.to <= metric.from && isPlace(tokens, one))
  return {
    name: metric.name,
    ...(link === 'label'
      ? { label: labelOf(reading) }
      : nearOf([...tokens.slice(firstOf(tokens, metric), at), ...phraseAfter(tokens, at)])),
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
  if (isBracketed) {
    const isAlone = isOpening(end) && isClosing(tokens[at + 1])
    return isAlone && between.length <= MOST_BEFORE_BRACKETS && between.every(({ text }) => text !== ',')
      ? 'label'
      : undefined
  }
  // `>= 0.9` is a bound.
  if (/^[<>≥≤!]$/.test(between.at(-2)?.text ?? '')) return undefined
  if (end === undefined || isClosing(end) || LABELLING.has(end.text)) return 'label'
  const isAt = end.text.toLowerCase() === 'at' && isIn(STANDING, between.at(-2))
  return isAt || isIn(CONNECTING, end) ? 'words' : undefined
}

/** `Recall at 5 is 0.8`. */
function isCut(between: readonly Token[]): boolean {
  return between.some(({ text }, index) => /^(?:at|@)$/i.test(text) && between[index + 1]?.kind === 'number')
}

/** `at a specificity of 90%` */
function isPlace(tokens: readonly Token[], { from }: Named): boolean {
  const before = tokens
    .slice(Math.max(0, from - 3), from)
    .filter(({ text }) => !/^(?:an?|the|fixed|given)$/i.test(text))
  return /^(?:at|@)$/i.test(before.at(-1)?.text ?? '')
}

/** `recall of at least 0.60, precision 0.50`: what bounds the first bounds the second. */
function isBoundToo({ tokens, at, from }: Reading, metric: Named): boolean {
  const others = [...tokens.slice(from, metric.from), ...tokens.slice(metric.to, at)]
  const isPlain = others.every((one) => [JOINING, CONNECTING, LABELLING].some((words) => isIn(words, one)))
  return from > 0 && isPlain && isIn(BOUNDING, tokens[from - 2])
}

/** `0.81 AUC`, `94% test accuracy`. */
function beforeName(reading: Reading): Claim | undefined {
  const { tokens, metrics, at, token } = reading
  // `scores 0.97 on accuracy`
  const next = /^(?:on|in)$/i.test(tokens[at + 1]?.text ?? '') ? at + 2 : at + 1
  const metric = metrics.find((one) => one.from === next)
  if (metric === undefined || !isShare(token) || isIn(BOUNDING, tokens[at - 1])) return undefined
  // `a threshold of 0.7 precision falls`
  if (tokens.slice(Math.max(0, at - 2), at).some((one) => isIn(RUN_AT, one))) return undefined
  const [after, second] = tokens.slice(metric.to)
  // `0.5 recall + 0.5 precision`
  if ([after, tokens[at - 1]].some((one) => /^[+*×]$/.test(one?.text ?? ''))) return undefined
  const isOfNext = second?.kind === 'number' && (isIn(LABELLING, after) || isIn(CONNECTING, after))
  if (isOfNext || isElsewhere(reading, at)) return undefined
  const named = tokens.slice(metric.from, metric.to)
  return { name: metric.name, ...nearOf([...named, ...phraseAfter(tokens, metric.to - 1)]) }
}

/** `accuracies of 0.97, 0.92 and 0.95`: each of one of the parts that the sentence names; `0.97 for nb and 0.92 for nn`. */
function inList({ tokens, at, token, from }: Reading, last: Claim | undefined): Claim | undefined {
  const joined = tokens.slice(from, at)
  const isPhrase = isIn(JOINING, joined.at(-1)) && (isIn(OF_WHAT, joined[0]) || isOpening(joined[0]))
  const isJoined = joined.length > 0 && (isPhrase || joined.every((one) => isIn(JOINING, one)))
  if (last === undefined || !isShare(token) || !isJoined || joined.length > MOST_BETWEEN) return undefined
  if (isOfElse(tokens, at)) return undefined
  const near = isPhrase ? nearOf(phraseAfter(tokens, at)) : {}
  return { name: last.name, ...near, ...(last.compared && { compared: true }) }
}

/** `accuracy for nb is 0.91, and for nn 0.99`. */
function ofNext({ tokens, at, token, from }: Reading, last: Claim | undefined): Claim | undefined {
  const said = tokens.slice(from, at)
  const start = said.findIndex((one) => !isIn(JOINING, one))
  if (last === undefined || !isShare(token) || start < 1 || !isIn(OF_WHAT, said[start])) return undefined
  return said.length > MOST_BETWEEN || isOfElse(tokens, at)
    ? undefined
    : { name: last.name, ...nearOf(said.slice(start)), compared: true }
}

/** `nn: 0.92`, under or after the name of a metric. */
function ofPart(reading: Reading, name: string | undefined): Claim | undefined {
  const { tokens, metrics, at, token, from } = reading
  // Nothing but a number under the name of a metric.
  if (name !== undefined && tokens.length === 1 && isShare(token)) return { name }
  if (at - 1 <= from || !isIn(LABELLING, tokens[at - 1]) || isElsewhere(reading, from)) return undefined
  if (tokens.slice(from, at).some((one) => isIn(RUN_AT, one))) return undefined
  // `Accuracy by language (nn: 0.92)`: the brackets are of the metric before them.
  const metric = metrics.findLast((one) => one.from >= from && one.to <= at)
  if (metric !== undefined && (tokens[metric.from]?.depth ?? 0) >= token.depth) return undefined
  const of = metric?.name ?? name
  if (of === undefined || (metric !== undefined && !isShare(token))) return undefined
  return { name: of, label: labelOf(reading), compared: true }
}
