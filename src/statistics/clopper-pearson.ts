import { bounds, type Counts, type Estimated, faultOf, isConfidence, none } from './bounds.ts'
import { betaQuantile } from './distributions.ts'

/**
 * The exact bounds of a proportion: the rates at which so many successes or more (or so few or fewer) would be as
 * rare as 1 − confidence. Clopper and Pearson (1934), Biometrika 26:404-413, by quantiles of the beta distribution:
 * low = B(1 − c; k, n − k + 1), high = B(c; k + 1, n − k). Never less sure than asked.
 * Counts need not be whole: between them the bounds are continuous and monotone.
 */
export function clopperPearson(counts: Counts, confidence: number): Estimated {
  const fault = isConfidence(confidence) ? faultOf(counts) : none('not_valid')
  if (fault !== undefined) return fault
  const { successes, samples } = counts
  const failures = samples - successes
  const low = successes === 0 ? 0 : betaQuantile(1 - confidence, successes, failures + 1)
  const high = failures === 0 ? 1 : betaQuantile(confidence, successes + 1, failures)
  return bounds(low, high)
}
