import { type Estimated, none } from './bounds.ts'
import { type Estimate, tBounds } from './standard-error.ts'

/** Samples whose scores lie in one bin: how many, how many of them are positive, and what their scores add up to. */
export type Bin = { readonly samples: number; readonly positives: number; readonly scores: number }

/**
 * The expected calibration error: how far, on average over samples, a bin's share of positives is from its mean score.
 * Naeini, Cooper and Hauskrecht (2015), AAAI 29:2901-2907.
 */
export function calibrationError(bins: readonly Bin[]): number {
  const samples = bins.reduce((all, bin) => all + bin.samples, 0)
  const off = bins.reduce((all, { positives, scores }) => all + Math.abs(positives - scores), 0)
  return off / samples
}

/**
 * Its standard error from the mean squared error of the scores: of each sample the difference of truth and score counts
 * with the sign of its bin, which its square does not have: se² = (Brier − error²)/(n − 1).
 */
export function calibrationErrorOf(bins: readonly Bin[], brier: number): Estimate {
  const samples = bins.reduce((all, bin) => all + bin.samples, 0)
  const value = calibrationError(bins)
  return { value, stderr: Math.sqrt(Math.max(0, brier - value ** 2) / (samples - 1)) }
}

/**
 * What an expected calibration error is shown to be at most. Chance alone makes a bin's gap greater and never, on
 * average, smaller (|·| is convex), so that the upper bound holds at least as often as it says, and a lower one, or a
 * difference of two, would not: there is none but 0.
 */
export function calibrationErrorBounds(
  estimate: Estimate,
  degreesOfFreedom: number,
  confidence: number,
): Estimated {
  const bounds = tBounds(estimate, degreesOfFreedom, confidence)
  if (bounds.kind === 'none') return bounds
  return bounds.high >= 0 ? { kind: 'bounds', low: 0, high: Math.min(1, bounds.high) } : none('not_valid')
}
