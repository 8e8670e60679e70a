import { bounds, type Estimated, isConfidence, none } from './bounds.ts'
import { normalQuantile, tQuantile } from './distributions.ts'

/** An estimate and its standard error, both in the same unit. */
export type Estimate = { readonly value: number; readonly stderr: number }

/** Equal numbers may come to a mean that is none of them, and to an error of the last digit. */
const ROUNDING = 1e-12

/**
 * value ± z · standard error: the limit theorem's bounds (Wald 1943), right for many samples only.
 * A standard error of 0 shows nothing.
 */
export function normalBounds(estimate: Estimate, confidence: number): Estimated {
  return around(estimate, confidence, () => normalQuantile(confidence))
}

/** value ± t · standard error with so many degrees of freedom. "Student" (1908), Biometrika 6:1-25. */
export function tBounds(estimate: Estimate, degreesOfFreedom: number, confidence: number): Estimated {
  if (Number.isNaN(degreesOfFreedom)) return none('not_valid')
  if (degreesOfFreedom <= 0) return none('one_sample')
  return around(estimate, confidence, () => tQuantile(confidence, degreesOfFreedom))
}

function around({ value, stderr }: Estimate, confidence: number, factor: () => number): Estimated {
  if (!(isConfidence(confidence) && Number.isFinite(value) && Number.isFinite(stderr) && stderr >= 0))
    return none('not_valid')
  if (stderr <= ROUNDING * Math.abs(value)) return none('no_spread')
  const spread = factor() * stderr
  return bounds(value - spread, value + spread)
}
