import { isConfidence } from './bounds.ts'
import { tQuantile } from './distributions.ts'
import { quantileRanks, type Ranks } from './order-statistics.ts'

/** The standard errors of the shares of samples that are below a quantile, and that are at most it, and over how many clusters. */
export type SharesBelow = {
  readonly clusters: number
  readonly below: number
  readonly atMost: number
}

/**
 * Which values of a sorted sample bound a quantile where clusters were drawn: those at the shares q ± t · se, with one
 * degree of freedom less than there are clusters. Woodruff (1952), JASA 47:635-646, with the error of a ratio over
 * clusters as in Francisco and Fuller (1991), Annals of Statistics 19:454-469. Of values that tie at the quantile the
 * greater of the two errors counts, and no bound is closer than independent samples would have it.
 */
export function clusteredQuantileRanks(
  samples: number,
  quantile: number,
  { clusters, below, atMost }: SharesBelow,
  confidence: number,
): Ranks {
  const stderr = Math.max(below, atMost)
  // Written so that NaN shows nothing, as an error of 0 does.
  if (!(clusters >= 2 && stderr > 0 && isConfidence(confidence))) return { low: undefined, high: undefined }
  const reach = tQuantile(confidence, clusters - 1) * stderr
  const plain = quantileRanks(samples, quantile, confidence)
  const [low, high] = [
    Math.floor((quantile - reach) * samples + 1e-9),
    Math.ceil((quantile + reach) * samples - 1e-9),
  ]
  return {
    low: plain.low === undefined || low < 1 ? undefined : Math.min(low, plain.low),
    high: plain.high === undefined || high > samples ? undefined : Math.max(high, plain.high),
  }
}
