import { type Estimated, isConfidence, none } from './bounds.ts'
import { binomialAtLeast } from './distributions.ts'

/** 1-based ranks in the sorted sample; `undefined` where even its smallest or greatest value is no bound. */
export type Ranks = { readonly low: number | undefined; readonly high: number | undefined }

/**
 * Which values of a sorted sample bound a quantile, whatever the distribution: with B ~ binomial(n, q) the r-th
 * smallest is at most the quantile with probability P(B ≥ r), and the s-th at least it with P(B ≤ s − 1). The greatest
 * r and smallest s that reach the confidence. Thompson (1936), Annals of Mathematical Statistics 7:122-128;
 * David and Nagaraja (2003), Order Statistics, 7.1.
 */
export function quantileRanks(samples: number, quantile: number, confidence: number): Ranks {
  const atLeast = (rank: number) => binomialAtLeast(rank, samples, quantile)
  // P(B ≥ r) falls with r: the last that still reaches it, and the first whose rest does.
  const low = lastWhere(samples, (rank) => atLeast(rank) >= confidence)
  const before = lastWhere(samples, (rank) => 1 - atLeast(rank) < confidence)
  return {
    low: low === 0 ? undefined : low,
    high: before >= samples ? undefined : before + 1,
  }
}

/** The bounds of a quantile, such as the latency that 95% stay below, from the values themselves. */
export function quantileBounds(values: readonly number[], quantile: number, confidence: number): Estimated {
  const valid = quantile > 0 && quantile < 1 && isConfidence(confidence) && values.every(Number.isFinite)
  if (!valid) return none('not_valid')
  if (values.length === 0) return none('no_samples')
  const sorted = values.toSorted((a, b) => a - b)
  const ranks = quantileRanks(sorted.length, quantile, confidence)
  if (ranks.low === undefined && ranks.high === undefined) return none('too_few')
  return {
    kind: 'bounds',
    low: valueAt(sorted, ranks.low) ?? Number.NEGATIVE_INFINITY,
    high: valueAt(sorted, ranks.high) ?? Number.POSITIVE_INFINITY,
  }
}

function valueAt(sorted: readonly number[], rank: number | undefined): number | undefined {
  return rank === undefined ? undefined : sorted[rank - 1]
}

/** The greatest of 1 … n up to which something holds, which holds no more after it; 0 where it never does. */
function lastWhere(n: number, holds: (rank: number) => boolean): number {
  let [below, above] = [0, n + 1]
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    if (holds(middle)) below = middle
    else above = middle
  }
  return below
}
