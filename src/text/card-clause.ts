import { BETWEEN, NOT_OF_THE_MODEL, NOT_THE_NUMBER } from './card-words.ts'
import type { Named } from './named-metrics.ts'
import { isIn, type Token } from './tokens.ts'

/** A number by its place in a sentence of which the metrics are known. */
type Place = { readonly tokens: readonly Token[]; readonly metrics: readonly Named[]; readonly at: number }

/**
 * Whether the clause around a number, from the `first` token that names it, speaks of something else than the model's
 * number: another model, a goal, a change. A remark in brackets with a number of its own, such as a target, does not
 * count.
 */
export function isElsewhere({ tokens, metrics, at }: Place, first: number): boolean {
  if (isOfElse(tokens[at + 1])) return true
  const { start, end } = clauseAround(tokens, first, at)
  return tokens.slice(start, end).some((token, index) => {
    const own = start + index
    if (own !== at && isRemark(tokens, own, at)) return false
    const isName = metrics.some((one) => one.from <= own && own < one.to)
    return isName ? isLost(tokens, own) : isIn(NOT_OF_THE_MODEL, token)
  })
}

/** Whether what stands behind a number makes it one of something else. */
export function isOfElse(token: Token | undefined): boolean {
  return isIn(NOT_THE_NUMBER, token) || /^[±–—]$/.test(token?.text ?? '')
}

function clauseAround(tokens: readonly Token[], first: number, at: number) {
  const isEdge = (index: number) => tokens[index] === undefined || isIn(BETWEEN, tokens[index])
  let [start, end] = [Math.min(first, at), at + 1]
  while (!isEdge(start - 1)) start -= 1
  while (!isEdge(end) && tokens[end]?.kind !== 'number') end += 1
  return { start, end }
}

function isRemark(tokens: readonly Token[], index: number, at: number): boolean {
  const depth = tokens[index]?.depth ?? 0
  if (depth <= (tokens[at]?.depth ?? 0)) return false
  const start = tokens.slice(0, index).findLastIndex((one) => one.depth < depth)
  const length = tokens.slice(index).findIndex((one) => one.depth < depth)
  const remark = tokens.slice(start + 1, length === -1 ? undefined : index + length)
  return remark.some(({ kind }) => kind === 'number')
}

/** `a loss of accuracy` is no loss. */
function isLost(tokens: readonly Token[], at: number): boolean {
  const [first, second] = tokens.slice(Math.max(0, at - 2), at).map(({ text }) => text.toLowerCase())
  return first === 'loss' && (second === 'of' || second === 'in')
}
