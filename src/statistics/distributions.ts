import cdfOfBeta from '@stdlib/stats-base-dists-beta-cdf'
import quantileOfBeta from '@stdlib/stats-base-dists-beta-quantile'
import cdfOfNormal from '@stdlib/stats-base-dists-normal-cdf'
import quantileOfNormal from '@stdlib/stats-base-dists-normal-quantile'
import quantileOfT from '@stdlib/stats-base-dists-t-quantile'

/** The value below which a beta distribution has this probability; the parameters are above 0. */
export function betaQuantile(probability: number, alpha: number, beta: number): number {
  return quantileOfBeta(probability, alpha, beta)
}

/** The value below which a standard normal distribution has this probability. */
export function normalQuantile(probability: number): number {
  return quantileOfNormal(probability, 0, 1)
}

/** The probability that a standard normal variable is at most `z`. */
export function normalCdf(z: number): number {
  return cdfOfNormal(z, 0, 1)
}

/** The value below which Student's t has this probability. */
export function tQuantile(probability: number, degreesOfFreedom: number): number {
  return quantileOfT(probability, degreesOfFreedom)
}

/**
 * The probability of at least `successes` in `samples` independent trials of this rate, by the incomplete beta
 * function (Abramowitz and Stegun 1964, 26.5.24), which is exact.
 */
export function binomialAtLeast(successes: number, samples: number, rate: number): number {
  if (successes <= 0) return 1
  return successes > samples ? 0 : cdfOfBeta(rate, successes, samples - successes + 1)
}
