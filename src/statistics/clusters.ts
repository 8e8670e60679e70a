import { type Estimated, none } from './bounds.ts'
import { type Estimate, tBounds } from './standard-error.ts'

/** What one cluster adds up to: of a rate its successes, of a mean the sum of its values; and over how many samples. */
export type Cluster = { readonly sum: number; readonly samples: number }

/**
 * A mean or rate over clusters that may have any size, and its standard error as if clusters were drawn, not samples:
 * r = Σy/Σm, se² = k/(k − 1) · Σ(y − r m)² / (Σm)². Cochran (1977), Sampling Techniques, 6.11; the same as the
 * sandwich of Liang and Zeger (1986), Biometrika 73:13-22, for an intercept, with its usual correction for few clusters.
 */
export function clusterEstimate(clusters: readonly Cluster[]): Estimate {
  const samples = clusters.reduce((all, cluster) => all + cluster.samples, 0)
  const value = clusters.reduce((all, cluster) => all + cluster.sum, 0) / samples
  const squares = clusters.reduce((all, cluster) => all + (cluster.sum - value * cluster.samples) ** 2, 0)
  const { length } = clusters
  return { value, stderr: Math.sqrt(((length / (length - 1)) * squares) / samples ** 2) }
}

/** What all clusters together add up to: squares and products of what each of them adds up to. */
export type ClusterSums = {
  readonly clusters: number
  readonly sum: number
  readonly samples: number
  readonly sumSquares: number
  readonly products: number
  readonly sampleSquares: number
}

/** Rounding leaves so much of a sum of squares that comes to nothing. */
const ROUNDING = 1e-12

/**
 * The same estimate from sums over the clusters: Σ(y − r m)² = Σy² − 2r Σym + r² Σm². Of counts it is exact, so that
 * clusters which agree have an error of exactly 0.
 */
export function clusterEstimateOf(all: ClusterSums): Estimate {
  const { clusters, sum, samples } = all
  return {
    value: sum / samples,
    stderr: Math.sqrt(((clusters / (clusters - 1)) * squaresOf(all)) / samples ** 2),
  }
}

function squaresOf({ sum, samples, sumSquares, products, sampleSquares }: ClusterSums): number {
  if ([sum, samples, sumSquares, products, sampleSquares].every(Number.isSafeInteger)) {
    const [y, m] = [BigInt(sum), BigInt(samples)]
    const scaled = BigInt(sumSquares) * m * m - 2n * y * m * BigInt(products) + y * y * BigInt(sampleSquares)
    return Number(scaled) / samples ** 2
  }
  const value = sum / samples
  const squares = sumSquares - 2 * value * products + value ** 2 * sampleSquares
  return squares <= ROUNDING * sumSquares ? 0 : squares
}

/** t bounds with one degree of freedom less than there are clusters. Where all clusters agree, nothing is shown. */
export function clusterBounds(clusters: readonly Cluster[], confidence: number): Estimated {
  const valid = clusters.every(
    ({ sum, samples }) => Number.isFinite(sum) && samples >= 0 && samples < Infinity,
  )
  if (!valid) return none('not_valid')
  const filled = clusters.filter(({ samples }) => samples > 0)
  if (filled.length === 0) return none('no_samples')
  if (filled.length === 1) return none('one_sample')
  return tBounds(clusterEstimate(filled), filled.length - 1, confidence)
}
