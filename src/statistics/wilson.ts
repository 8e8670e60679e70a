import { bounds, type Counts, type Estimated, faultOf, isConfidence, none } from './bounds.ts'
import { normalQuantile } from './distributions.ts'

/**
 * The score bounds of a proportion, without correction for continuity. Wilson (1927), JASA 22:209-212:
 * (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n). Near the confidence asked for on average, sometimes below it,
 * so it serves comparisons; a single proportion is decided by `clopperPearson`.
 */
export function wilson(counts: Counts, confidence: number): Estimated {
  const fault = isConfidence(confidence) ? faultOf(counts) : none('not_valid')
  if (fault !== undefined) return fault
  const { successes, samples } = counts
  const z = normalQuantile(confidence)
  const rate = successes / samples
  const spread = z * Math.sqrt((rate * (1 - rate)) / samples + (z / (2 * samples)) ** 2)
  const [centre, whole] = [rate + z ** 2 / (2 * samples), 1 + z ** 2 / samples]
  // Rounding would leave a bound beside 0 of n, and n of n, where it is exactly there.
  const low = successes === 0 ? 0 : (centre - spread) / whole
  const high = successes === samples ? 1 : (centre + spread) / whole
  return bounds(low, high, [0, 1])
}
