import { BETWEEN, PLAIN } from './card-words.ts'
import { type IsMetric, metricsIn, type Named } from './named-metrics.ts'
import { MOST_LETTERS } from './stated.ts'
import { isIn, isShare, sentencesOf, type Token } from './tokens.ts'
import { plainWords } from './words.ts'

const MOST_BEYOND = 12
const MOST_OF_LEAD = 400
/** The data that a model was made and chosen with. */
export const OF_TRAINING =
  /\b(?:train(?:ing)?|validation|dev(?:elopment)?)[ -](?:sets?|data|metrics?|splits?|samples?)\b/i

/**
 * The words around a number that say more than that it is one of the model: from the start of its sentence to the end of
 * its clause, without the names of metrics, numbers, and words that say nothing of what it is of.
 */
export function beyondAt(tokens: readonly Token[], metrics: readonly Named[], at: number): readonly string[] {
  const isEdge = (token: Token) =>
    token.kind === 'number' || (isIn(BETWEEN, token) && !/^[()[\]]$/.test(token.text))
  const after = tokens.slice(at + 1).findIndex(isEdge)
  const end = after === -1 ? tokens.length : at + 1 + after
  const named = new Set(
    metrics.flatMap((one) => [...Array(one.to - one.from).keys()].map((index) => one.from + index)),
  )
  const words = tokens.flatMap((token, index) =>
    index >= end ||
    named.has(index) ||
    token.kind !== 'word' ||
    isIn(PLAIN, token) ||
    /^\d+$/.test(token.text)
      ? []
      : [token.text.toLowerCase()],
  )
  // `In 2024 the accuracy was 0.89.`
  const [first, second] = tokens
  const year =
    /^(?:in|during|for|since)$/i.test(first?.text ?? '') && /^(?:19|20)\d\d$/.test(second?.text ?? '')
  return [...new Set([...(year && at !== 1 && second ? [second.text] : []), ...words])].slice(0, MOST_BEYOND)
}

/** The words of a sentence that say more than that its numbers are of the model, names of metrics apart. */
export function wordsBeyond(text: string, isMetric: IsMetric): readonly string[] {
  const [tokens = []] = sentencesOf(text.slice(0, MOST_OF_LEAD), 1)
  const words = beyondAt(tokens, metricsIn(tokens, isMetric), tokens.length)
  return OF_TRAINING.test(text) ? [...words, 'training'] : words
}

/** The words of a text that say more than that a number is one of the model. */
export function wordsBeyondPlain(text: string): readonly string[] {
  return plainWords(text.slice(0, MOST_LETTERS))
    .split(' ')
    .filter((word) => /\p{L}/u.test(word) && !PLAIN.has(word))
}

/**
 * Numbers that stand for several metrics in their order, by their place: `Sensitivity and specificity are 81.2% and
 * 79.4%`. Where there are not as many numbers as metrics, none is of any.
 */
export function pairedIn(
  tokens: readonly Token[],
  metrics: readonly Named[],
  isJoining: (token: Token) => boolean,
): ReadonlyMap<number, Named | undefined> {
  const pairs = new Map<number, Named | undefined>()
  for (let start = 0; start < metrics.length; start += 1) {
    const group = [metrics[start]].flatMap((one) => one ?? [])
    for (let next = metrics[start + group.length]; next !== undefined; next = metrics[start + group.length]) {
      const between = tokens.slice(group.at(-1)?.to, next.from)
      if (between.length === 0 || !between.every(isJoining)) break
      group.push(next)
    }
    if (group.length > 1) {
      const numbers = numbersAfter(
        tokens,
        group.at(-1)?.to ?? 0,
        metrics[start + group.length]?.from,
        isJoining,
      )
      for (const [index, at] of numbers.entries())
        pairs.set(at, numbers.length === group.length ? group[index] : undefined)
    }
    start += group.length - 1
  }
  return pairs
}

/** The places of the numbers that follow, joined by nothing but commas and alike. */
function numbersAfter(
  tokens: readonly Token[],
  from: number,
  to: number | undefined,
  isJoining: (token: Token) => boolean,
): readonly number[] {
  const numbers: number[] = []
  for (let at = from; at < (to ?? tokens.length); at += 1) {
    const token = tokens[at]
    if (token === undefined) break
    if (isShare(token)) numbers.push(at)
    else if (numbers.length > 0 && !isJoining(token)) break
  }
  return numbers
}
