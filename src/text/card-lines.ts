import type { Block } from './blocks.ts'
import {
  ANOTHER,
  APPROXIMATELY,
  BETWEEN,
  BOUNDING,
  CONNECTING,
  JOINING,
  LABELLING,
  NOT_OF_THE_MODEL,
  NOT_THE_NUMBER,
} from './card-words.ts'
import { type IsMetric, metricsIn, type Named, onlyMetricOf } from './named-metrics.ts'
import { MOST_LETTERS, type Stated } from './stated.ts'
import { sentencesOf, type Token, textOf } from './tokens.ts'

/** So many numbers of one document are kept. */
const MOST = 500
/** What leads to a number is a label where it is no longer than this. */
const MOST_OF_LABEL = 16
/** A number further from a metric than this many words is one of something else. */
const MOST_BETWEEN = 14
const MOST_SAID = 400

type NumberToken = Extract<Token, { kind: 'number' }>
/**
 * What the paragraphs and lists of a text state in words: `Accuracy (nn): 0.99`, `an accuracy of 94%`, `0.81 AUC`, a
 * list of parts under a metric. What is said of another model, of a goal or of a change states nothing, nor does a
 * number that no metric stands beside.
 */
export function statedInLines(blocks: readonly Block[], isMetric: IsMetric): readonly Stated[] {
  const stated: Stated[] = []
  for (const { text, line, lead } of blocks) {
    for (const tokens of sentencesOf(text, line)) {
      if (stated.length >= MOST) return stated
      if (tokens.some(({ kind }) => kind === 'number')) stated.push(...statedBy(tokens, lead, isMetric))
    }
  }
  return stated.slice(0, MOST)
}

type Claim = { readonly name: string; readonly label?: string; readonly compared?: true }

function statedBy(tokens: readonly Token[], lead: string, isMetric: IsMetric): readonly Stated[] {
  const metrics = metricsIn(tokens, isMetric)
  const above = onlyMetricOf(lead, isMetric)
  const said = textOf(tokens).slice(0, MOST_SAID)
  const found: Stated[] = []
  let last: Claim | undefined
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'number') continue
    const from = tokens.slice(0, at).findLastIndex((one) => one.depth <= token.depth && isShare(one)) + 1
    const reading = { tokens, metrics, at, token, from }
    const claim =
      besideName(reading) ??
      beforeName(reading) ??
      inList(reading, last) ??
      ofPart(reading, last?.name ?? above)
    if (claim !== undefined) {
      const { value, rounding, percent, line } = token
      found.push({ ...claim, value, rounding, percent, line, said })
    }
    last = claim ?? last
  }
  return found
}

/** A number of a sentence, and what may name it: what comes after the number before. */
type Reading = {
  readonly tokens: readonly Token[]
  readonly metrics: readonly Named[]
  readonly at: number
  readonly token: NumberToken
  readonly from: number
}

/** `accuracy of 0.94`, `Accuracy (nn): 0.94`, `Accuracy (0.94)`. */
function besideName(reading: Reading): Claim | undefined {
  const { tokens, metrics, at, token, from } = reading
  const metric = metrics.findLast((one) => one.from >= from && one.to <= at)
  if (metric === undefined) return undefined
  const between = withoutLast(tokens.slice(metric.to, at), APPROXIMATELY)
  if (between.length > MOST_BETWEEN) return undefined
  const end = between.at(-1)
  const isBracketed = token.depth > (tokens[metric.from]?.depth ?? 0)
  if (isBracketed && !(between.length === 1 && isClosing(tokens[at + 1]))) return undefined
  const isLabel = end === undefined || isBracketed || /[)\]]/.test(end.text) || LABELLING.has(end.text)
  if (/^[<>≥≤!]$/.test(between.at(-2)?.text ?? '')) return undefined
  const isCut = between.some(
    ({ text }, index) => /^(?:at|@)$/i.test(text) && between[index + 1]?.kind === 'number',
  )
  if (isCut) return undefined
  if (!isLabel && !CONNECTING.has(end.text.toLowerCase())) return undefined
  if (isElsewhere(reading, metric.from)) return undefined
  const isWhole = !isShare(token)
  // A whole number in a sentence counts something, and bits are no share.
  if (isWhole && (!isLabel || metric.name === 'precision')) return undefined
  const qualified = [tokens[metric.from - 1], ...between].some(
    (one) => one !== undefined && ANOTHER.test(one.text),
  )
  return {
    name: metric.name,
    ...(isLabel && { label: labelOf(reading) }),
    ...(qualified && { compared: true as const }),
  }
}

/** `0.81 AUC`, `94% test accuracy`. */
function beforeName(reading: Reading): Claim | undefined {
  const { tokens, metrics, at, token } = reading
  const metric = metrics.find((one) => one.from === at + 1)
  if (metric === undefined || !isShare(token)) return undefined
  const [before, after] = [tokens[at - 1], tokens[metric.to]]
  if (before !== undefined && BOUNDING.has(before.text.toLowerCase())) return undefined
  const isLeading =
    after !== undefined && (LABELLING.has(after.text) || CONNECTING.has(after.text.toLowerCase()))
  if (isLeading && tokens[metric.to + 1]?.kind === 'number') return undefined
  return isElsewhere(reading, at) ? undefined : { name: metric.name }
}

/** `accuracies of 0.97, 0.92 and 0.95`: each of one of the parts that the sentence names. */
function inList({ tokens, at, token, from }: Reading, last: Claim | undefined): Claim | undefined {
  if (last === undefined || !isShare(token)) return undefined
  const joined = tokens.slice(from, at)
  const isJoined = joined.length > 0 && joined.every(({ text }) => JOINING.has(text.toLowerCase()))
  return isJoined && !isOfElse(tokens[at + 1])
    ? { name: last.name, ...(last.compared && { compared: true }) }
    : undefined
}

/** `nn: 0.92`, under or after the name of a metric. */
function ofPart(reading: Reading, name: string | undefined): Claim | undefined {
  const { tokens, metrics, at, from } = reading
  const end = tokens[at - 1]
  if (name === undefined || end === undefined || at - 1 <= from || !LABELLING.has(end.text)) return undefined
  if (metrics.some((one) => one.from >= from && one.to <= at) || isElsewhere(reading, from)) return undefined
  return { name, label: labelOf(reading), compared: true }
}

/** Whether the clause around a number and what names it speaks of something else than the model's number. */
function isElsewhere({ tokens, metrics, at }: Reading, first: number): boolean {
  if (isOfElse(tokens[at + 1])) return true
  const isEdge = (index: number) => BETWEEN.has(tokens[index]?.text.toLowerCase() ?? ',')
  let [start, end] = [Math.min(first, at), at + 1]
  while (start > 0 && !isEdge(start - 1)) start -= 1
  while (end < tokens.length && !isEdge(end) && tokens[end]?.kind !== 'number') end += 1
  return tokens.slice(start, end).some(({ text }, index) => {
    const own = start + index
    if (own !== at && isRemark(tokens, own, at)) return false
    const isName = metrics.some((one) => one.from <= own && own < one.to)
    return isName ? isLost(tokens, own) : NOT_OF_THE_MODEL.has(text.toLowerCase())
  })
}

/** Whether a word stands in brackets with a number of its own, such as a target or an interval. */
function isRemark(tokens: readonly Token[], index: number, at: number): boolean {
  const depth = tokens[index]?.depth ?? 0
  if (depth <= (tokens[at]?.depth ?? 0)) return false
  const start = tokens.slice(0, index).findLastIndex((one) => one.depth < depth)
  const length = tokens.slice(index).findIndex((one) => one.depth < depth)
  return tokens
    .slice(start + 1, length === -1 ? undefined : index + length)
    .some(({ kind }) => kind === 'number')
}

/** `a loss of accuracy` is no loss. */
function isLost(tokens: readonly Token[], at: number): boolean {
  const [first, second] = [tokens[at - 2], tokens[at - 1]].map((token) => token?.text.toLowerCase())
  return first === 'loss' && (second === 'of' || second === 'in')
}

function isOfElse(token: Token | undefined): boolean {
  return token !== undefined && (NOT_THE_NUMBER.has(token.text.toLowerCase()) || /^[±–—]$/.test(token.text))
}

/** What stands before a number that names it, with a remark behind it. */
function labelOf({ tokens, at, from }: Reading): string {
  const number = tokens.slice(0, at).findLastIndex(isShare)
  const before = tokens.slice(Math.max(from, number + 1), at).slice(-MOST_OF_LABEL)
  const open = tokens[at + 1]
  const end =
    open !== undefined && /[([]/.test(open.text)
      ? tokens.findIndex((one, index) => index > at && isClosing(one))
      : -1
  const remark = end === -1 ? [] : tokens.slice(at + 2, end)
  const said = withoutLast(before, LABELLING)
  const label = remark.some(({ kind }) => kind === 'number') ? textOf(said) : textOf([...said, ...remark])
  return label
    .replaceAll(/ (?=[)\]:,])/g, '')
    .replaceAll(/(?<=[([]) /g, '')
    .slice(0, MOST_LETTERS)
}

function withoutLast(tokens: readonly Token[], words: ReadonlySet<string>): readonly Token[] {
  const end = tokens.findLastIndex(({ text }) => !words.has(text.toLowerCase()))
  return tokens.slice(0, end + 1)
}

function isClosing(token: Token | undefined): boolean {
  return token !== undefined && /[)\]]/.test(token.text)
}

/** A number with a fraction or a percent sign; a whole one counts things, or is a year. */
function isShare(token: Token): boolean {
  return token.kind === 'number' && (token.rounding < 0.5 || token.percent)
}
