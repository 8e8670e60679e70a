import { type Estimated, none } from './bounds.ts'
import { meanOf, varianceOf } from './mean.ts'
import { type Estimate, tBounds } from './standard-error.ts'

/**
 * The mean over independent repetitions, such as trainings with other seeds: mean ± t √(s²/n) with n − 1 degrees of
 * freedom. "Student" (1908), Biometrika 6:1-25. It speaks of the procedure, not of one of the trained models.
 */
export function seeds(values: readonly number[], confidence: number): Estimated {
  if (!values.every(Number.isFinite)) return none('not_valid')
  if (values.length === 0) return none('no_samples')
  if (values.length === 1) return none('one_sample')
  return tBounds(seedEstimate(values), values.length - 1, confidence)
}

/** The mean over repetitions, and its standard error; NaN of fewer than two. */
export function seedEstimate(values: readonly number[]): Estimate {
  return { value: meanOf(values), stderr: Math.sqrt(varianceOf(values) / values.length) }
}
