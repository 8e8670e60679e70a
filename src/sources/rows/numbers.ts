import { clusteredQuantileRanks, type SharesBelow } from '../../statistics/clustered-quantiles.ts'
import { quantileRanks, type Ranks } from '../../statistics/order-statistics.ts'

const QUANTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const

/** Of numbers in a column: how many, their mean, and the values at the ranks that were asked for. */
export type Numbers = {
  readonly samples: number
  readonly mean: number
  readonly variance: number
  readonly quantiles: readonly Quantile[]
}
/** A quantile by its name such as `p95`, and what bounds it: values of the sample itself. */
export type Quantile = {
  readonly name: string
  readonly value: number
  readonly interval?: {
    readonly low: number
    readonly high: number
    readonly level: number
    readonly sides: 2
  }
}

/** Takes numbers one by one, from the lowest to the highest, and keeps only those at the ranks that are asked for. */
export type NumberSum = { readonly take: (value: number) => void; readonly result: () => Numbers }

/**
 * Mean, variance and quantiles of `samples` sorted numbers. A quantile is the least value that so many are at most
 * (definition 1 of Hyndman and Fan 1996, The American Statistician 50:361-365), bounded by two others of the sample.
 */
export function sumNumbers(samples: number, confidence: number): NumberSum {
  return summed(
    samples,
    confidence,
    Object.values(QUANTILES).map((quantile) => quantileRanks(samples, quantile, confidence)),
  )
}

/** The same where rows belong together, by how the shares below each quantile vary between clusters. */
export function sumClusteredNumbers(
  samples: number,
  confidence: number,
  shares: readonly SharesBelow[],
): NumberSum {
  const none: SharesBelow = { clusters: 0, below: 0, atMost: 0 }
  return summed(
    samples,
    confidence,
    Object.values(QUANTILES).map((quantile, index) =>
      clusteredQuantileRanks(samples, quantile, shares[index] ?? none, confidence),
    ),
  )
}

function summed(samples: number, confidence: number, bounds: readonly Ranks[]): NumberSum {
  const asked = Object.entries(QUANTILES).map(([name, quantile], index) => ({
    ...{ name, rank: Math.max(1, Math.ceil(quantile * samples - 1e-9)) },
    ...{ low: bounds[index]?.low, high: bounds[index]?.high },
  }))
  const ranks = new Set(asked.flatMap(({ rank, low, high }) => [rank, low, high]))
  const kept = new Map<number, number>()
  let [taken, mean, squares] = [0, 0, 0]

  const at = (rank: number | undefined): number | undefined =>
    rank === undefined ? undefined : kept.get(rank)
  return {
    take: (value) => {
      taken += 1
      const off = value - mean
      mean += off / taken
      squares += off * (value - mean)
      if (ranks.has(taken)) kept.set(taken, value)
    },
    result: () => ({
      ...{ samples: taken, mean, variance: squares / (taken - 1) },
      quantiles: asked.flatMap(({ name, rank, low, high }): readonly Quantile[] => {
        const [value, least, most] = [at(rank), at(low), at(high)]
        if (value === undefined) return []
        const level = Number((2 * confidence - 1).toPrecision(12))
        return least === undefined || most === undefined
          ? [{ name, value }]
          : [{ name, value, interval: { low: least, high: most, level, sides: 2 } }]
      }),
    }),
  }
}
