import { quantileRanks } from '../../statistics/order-statistics.ts'
import type { Numbers, Quantile } from './measure.ts'

const QUANTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const

/** Takes numbers one by one, from the lowest to the highest, and keeps only those at the ranks that are asked for. */
export type NumberSum = { readonly take: (value: number) => void; readonly result: () => Numbers }

/**
 * Mean, variance and quantiles of `samples` sorted numbers. A quantile is the least value that so many are at most
 * (definition 1 of Hyndman and Fan 1996, The American Statistician 50:361-365), bounded by two others of the sample.
 */
export function sumNumbers(samples: number, confidence: number): NumberSum {
  const asked = Object.entries(QUANTILES).map(([name, quantile]) => ({
    ...{ name, rank: Math.max(1, Math.ceil(quantile * samples - 1e-9)) },
    ...quantileRanks(samples, quantile, confidence),
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
