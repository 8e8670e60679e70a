import type { Block } from '../core/passage.ts'
import { beyondAt, pairedIn, wordsBeyond } from './card-beyond.ts'
import { type Claim, claimOf } from './card-sentence.ts'
import { JOINING, RUN_AT } from './card-words.ts'
import { type IsMetric, metricsIn, onlyMetricOf } from './named-metrics.ts'
import { MOST_STATED, type Stated } from './stated.ts'
import { isIn, isShare, sentencesOf, type Token, textOf } from './tokens.ts'

const MOST_SAID = 400

/**
 * What the paragraphs and lists of a text state in words: `Accuracy (nn): 0.99`, `an accuracy of 94%`, `0.81 AUC`, a
 * list of parts under a metric. What is said of another model, of a goal or of a change states nothing, nor does a
 * number that no metric stands beside.
 */
export function statedInLines(blocks: readonly Block[], isMetric: IsMetric): readonly Stated[] {
  const stated: Stated[] = []
  for (const { text, line, lead } of blocks) {
    for (const tokens of sentencesOf(text, line)) {
      if (stated.length > MOST_STATED) return stated
      if (tokens.some(({ kind }) => kind === 'number')) stated.push(...statedBy(tokens, lead, isMetric))
    }
  }
  return stated
}

function statedBy(tokens: readonly Token[], lead: string, isMetric: IsMetric): readonly Stated[] {
  const said = textOf(tokens).slice(0, MOST_SAID)
  if (/^(?:for|in|by) (?:comparison|contrast)\b/i.test(said)) return []
  const metrics = metricsIn(tokens, isMetric)
  const above = onlyMetricOf(lead, isMetric)
  const paired = pairedIn(tokens, metrics, (token) => isIn(JOINING, token))
  // `We filter by these scores:`
  const around = lead.trimEnd().endsWith(':') ? wordsBeyond(lead, isMetric) : []
  const found: Stated[] = []
  let last: Claim | undefined
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'number') continue
    // A remark in brackets does not part what is around it.
    const from =
      tokens.slice(0, at).findLastIndex((one, index) => one.depth <= token.depth && isOwn(tokens, index)) + 1
    const own = paired.get(at)
    const claim = own
      ? { name: own.name }
      : paired.has(at)
        ? undefined
        : claimOf({ tokens, metrics, at, token, from }, last, above)
    if (claim !== undefined) {
      const { value, rounding, percent, line } = token
      const beyond = [...new Set([...beyondAt(tokens, metrics, at), ...around])]
      found.push({ ...claim, value, rounding, percent, line, said, ...(beyond.length > 0 && { beyond }) })
    }
    last = claim ?? last
  }
  return found
}

/** A number that parts what is before it from what is behind it: none at which the model is run. */
function isOwn(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  const before = tokens.slice(Math.max(0, at - 2), at)
  return token !== undefined && isShare(token) && !before.some((one) => isIn(RUN_AT, one))
}
