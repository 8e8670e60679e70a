import type { Fault } from '../core/problem.ts'
import { pointer } from '../text/pointer.ts'
import { epochsOf, type Log, reductionKey } from './inspect-ai-log.ts'
import { fieldsAt, isFields, isNumber } from './narrow.ts'

/** One scorer's results over the samples, as the log names them. */
export type Score = {
  readonly name: string
  readonly scorer: string
  readonly reducer?: string | null | undefined
  readonly scored_samples?: number | null | undefined
  readonly unscored_samples?: number | null | undefined
}

/** Over how many samples a scorer's numbers are, and what has none. */
export type Counts = {
  readonly samples?: number
  readonly clusters?: number
  readonly successes?: number
  readonly unevaluated?: number
  /** The mean of what the scorer made of each sample. */
  readonly mean?: number
}

/**
 * Samples that the scorer gave a score, not those that the data set lists. With epochs and the mean over them each
 * sample is a cluster of its runs; any other reducer makes one answer of them.
 */
export function countsOf(score: Score, log: Log): Counts | { readonly fault: Fault } {
  const epochs = epochsOf(log.header)
  const values = reducedOf(score, log)
  const { total_samples: total, completed_samples: completed } = fieldsAt(log.header, 'results')
  if (!isNumber(completed)) return {}
  const scored = score.scored_samples ?? values?.length ?? completed / epochs
  const at = pointer([...log.keys, 'results'])
  if (values !== undefined && values.length !== scored)
    return contradiction(at, `${scored} samples of ${score.name}`, `${values.length} reductions`)
  if (scored > completed)
    return contradiction(at, `${scored} samples of ${score.name}`, `${completed} completed`)
  if (isNumber(total) && completed > total)
    return contradiction(at, `${completed} completed samples`, `${total} in all`)
  if (!Number.isSafeInteger(scored)) return {}

  const runs = Math.min(completed, scored * epochs)
  const pooled = epochs > 1 && (score.reducer ?? firstReducer(log) ?? 'mean') === 'mean'
  const truths = values?.every((value) => value === 0 || value === 1) === true && !pooled
  return {
    ...(pooled ? { samples: runs, clusters: scored } : { samples: scored }),
    ...(truths && values ? { successes: values.filter((value) => value === 1).length } : {}),
    ...(isNumber(total) && total > runs ? { unevaluated: total - runs } : {}),
    ...(values && values.length > 0
      ? { mean: values.reduce((sum, value) => sum + value, 0) / values.length }
      : {}),
  }
}

/** The numbers that the scorer made of each sample; undefined where the log has none, or something else. */
function reducedOf({ name, scorer, reducer }: Score, log: Log): readonly number[] | undefined {
  const [only, second] = log.reductions.get(reductionKey(scorer, reducer)) ?? []
  if (only === undefined || second !== undefined) return undefined
  const values: number[] = []
  for (const sample of only) {
    const value = isFields(sample) ? sample.value : undefined
    const member = isFields(value) ? value[name] : value
    // Not a number in Python, and absent here: this sample has no score.
    if (member === undefined || member === null) continue
    if (!isNumber(member)) return undefined
    values.push(member)
  }
  return values
}

function firstReducer({ header }: Log): string | undefined {
  const { epochs_reducer: reducers } = fieldsAt(fieldsAt(header, 'eval'), 'config')
  const [first] = Array.isArray(reducers) ? reducers : [reducers]
  return typeof first === 'string' ? first : undefined
}

function contradiction(at: string, one: string, other: string): { readonly fault: Fault } {
  return { fault: { code: 'contradiction', at, one: one.slice(0, 200), other } }
}
