import { type Estimated, none } from './bounds.ts'
import { normalBounds } from './standard-error.ts'

/** An area under the ROC curve that a tool reports, with how many positives and negatives are behind it. */
export type Area = { readonly value: number; readonly positives: number; readonly negatives: number }

/**
 * The standard error of an area under the ROC curve by its value and counts alone, where scores are not there.
 * Hanley and McNeil (1982), Radiology 143:29-36, formula 2, with Q₁ = A/(2 − A) and Q₂ = 2A²/(1 + A).
 */
export function hanleyMcNeilError({ value, positives, negatives }: Area): number {
  const first = value / (2 - value) - value ** 2
  const second = (2 * value ** 2) / (1 + value) - value ** 2
  const sum = value * (1 - value) + (positives - 1) * first + (negatives - 1) * second
  return Math.sqrt(Math.max(0, sum) / (positives * negatives))
}

/** Normal bounds with that error, within 0 and 1. An area of exactly 0 or 1 has no error by it, and shows nothing. */
export function hanleyMcNeil(area: Area, confidence: number): Estimated {
  const { value, positives, negatives } = area
  const valid = [value, positives, negatives].every((number) => Number.isFinite(number) && number >= 0)
  if (!valid || value > 1) return none('not_valid')
  if (positives === 0 || negatives === 0)
    return none(positives + negatives === 0 ? 'no_samples' : 'one_class')
  if (value === 0 || value === 1) return none('no_spread')
  return within(normalBounds({ value, stderr: hanleyMcNeilError(area) }, confidence))
}

function within(estimated: Estimated): Estimated {
  if (estimated.kind === 'none') return estimated
  return { kind: 'bounds', low: Math.max(0, estimated.low), high: Math.min(1, estimated.high) }
}
