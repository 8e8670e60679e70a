import { BETWEEN, BY_NAME, NOT_OF_THE_MODEL, NOT_THE_NUMBER, OR_MORE, OWN, TRAINED_ON } from './card-words.ts'
import type { Named } from './named-metrics.ts'
import { isClosing, isIn, isOpening, type Token } from './tokens.ts'

/** A number by its place in a sentence of which the metrics are known. */
type Place = { readonly tokens: readonly Token[]; readonly metrics: readonly Named[]; readonly at: number }

/**
 * Whether the clause around a number, from the `first` token that names it, speaks of something else than the model's
 * number: another model, a goal, a change. A remark in brackets with a number of its own, such as a target, does not
 * count.
 */
export function isElsewhere({ tokens, metrics, at }: Place, first: number): boolean {
  if (isOfElse(tokens, at)) return true
  const { start, end } = clauseAround(tokens, first, at)
  const clause = tokens.slice(start, end)
  const isByName = clause.some(({ text }, index) => BY_NAME.test(text) && !isNameOf(metrics, start + index))
  if (isByName && !clause.some((one) => isIn(OWN, one))) return true
  return clause.some((token, index) => {
    const own = start + index
    if (own !== at && isRemark(tokens, own, at)) return false
    if (isTrained(tokens, own, metrics)) return true
    return isNameOf(metrics, own) ? isLost(tokens, own) : isIn(NOT_OF_THE_MODEL, token)
  })
}

/** Whether what stands behind a number makes it one of something else. */
export function isOfElse(tokens: readonly Token[], at: number): boolean {
  if (isTimed(tokens, at)) return false
  const [next, second] = tokens.slice(at + 1, at + 3)
  const isBound = next?.text.toLowerCase() === 'or' && isIn(OR_MORE, second)
  const isRange = /^(?:[–—-]|to)$/i.test(next?.text ?? '') && second?.kind === 'number'
  return isBound || isRange || isIn(NOT_THE_NUMBER, next)
}

/** A clause is looked at no further than so many words before its number. */
const MOST_OF_CLAUSE = 60

function clauseAround(tokens: readonly Token[], first: number, at: number) {
  // `Our target was met: …` is over; `Target: …` is not.
  const isEdge = (index: number) =>
    tokens[index] === undefined ||
    isIn(BETWEEN, tokens[index]) ||
    (tokens[index]?.text === ':' && index < first && !isIn(NOT_OF_THE_MODEL, tokens[index - 1]))
  let [start, end] = [Math.min(first, at), at + 1]
  while (at - start < MOST_OF_CLAUSE) {
    // What stands in brackets before it does not part a clause.
    const depth = tokens[start - 1]?.depth
    const open = isClosing(tokens[start - 1])
      ? tokens.findLastIndex((one, index) => index < start - 1 && isOpening(one) && one.depth === depth)
      : -1
    if (open !== -1) start = open
    else if (isEdge(start - 1)) break
    else start -= 1
  }
  // What another model does may follow in the same sentence.
  while (!isEdge(end) && tokens[end]?.kind !== 'number' && tokens[end]?.text !== 'and') end += 1
  return { start, end }
}

/** Whether a token stands in brackets with a number of their own, which the number in question is not in. */
export function isRemark(tokens: readonly Token[], index: number, at: number): boolean {
  const depth = tokens[index]?.depth ?? 0
  if (depth <= (tokens[at]?.depth ?? 0)) return false
  const start = tokens.slice(0, index).findLastIndex((one) => one.depth < depth)
  const length = tokens.slice(index).findIndex((one) => one.depth < depth)
  const remark = tokens.slice(start + 1, length === -1 ? undefined : index + length)
  return remark.some(({ kind }) => kind === 'number')
}

function isNameOf(metrics: readonly Named[], at: number): boolean {
  return metrics.some((one) => one.from <= at && at < one.to)
}

/** `training accuracy`, `on the training set`, `in training`; a trained model may well be this one. */
function isTrained(tokens: readonly Token[], at: number, metrics: readonly Named[]): boolean {
  if (!/^train(?:ing)?$/i.test(tokens[at]?.text ?? '')) return false
  const isBefore = isIn(TRAINED_ON, tokens[at + 1]) || metrics.some((one) => one.from === at + 1)
  return isBefore || /^(?:in|on)$/i.test(tokens[at - 1]?.text ?? '')
}

/** `a loss of accuracy` is no loss. */
function isLost(tokens: readonly Token[], at: number): boolean {
  const [first, second] = tokens.slice(Math.max(0, at - 2), at).map(({ text }) => text.toLowerCase())
  return first === 'loss' && (second === 'of' || second === 'in')
}

const TIMES = /latency|duration|runtime|time|ttft/i
const UNITS = /^(?:ms|s|sec|seconds?|milliseconds?)$/i

/** `The latency is 240 ms`: how long something takes, where what takes it is named. */
export function isTimed(tokens: readonly Token[], at: number): boolean {
  return UNITS.test(tokens[at + 1]?.text ?? '') && tokens.slice(0, at).some(({ text }) => TIMES.test(text))
}
