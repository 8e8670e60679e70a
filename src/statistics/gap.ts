import { bounds, type Counts, type Estimated, isConfidence, none } from './bounds.ts'
import { normalQuantile } from './distributions.ts'
import { koopman } from './koopman.ts'
import { newcombe } from './newcombe.ts'
import { type Estimate, normalBounds } from './standard-error.ts'

/** A rate by its own counts, or by its standard error. */
export type Rate =
  | ({ readonly kind: 'counts' } & Counts)
  | ({ readonly kind: 'estimate' } & Estimate)
  | { readonly kind: 'value'; readonly value: number }

export function rateValue(rate: Rate): number {
  return rate.kind === 'counts' ? rate.successes / rate.samples : rate.value
}

/**
 * The bounds of `one − other` or `one / other` of two groups' rates, which are independent: Newcombe's hybrid score
 * difference and Koopman's ratio from counts, else the limit theorem from the standard errors (of a ratio by its
 * logarithm, Katz et al. 1978, Biometrics 34:469-474).
 */
export function gapBounds(
  how: 'ratio' | 'difference',
  [one, other]: readonly [Rate, Rate],
  confidence: number,
): Estimated {
  if (!isConfidence(confidence)) return none('not_valid')
  if (one.kind === 'counts' && other.kind === 'counts')
    return how === 'ratio' ? koopman(one, other, confidence) : newcombe(one, other, confidence)
  const [first, second] = [estimateOf(one), estimateOf(other)]
  if (first === undefined || second === undefined) return none('not_valid')
  // An error of 0 says that nothing varied, not that nothing can; of counts it is a rate of 0 or 1.
  if (!(first.stderr > 0 && second.stderr > 0)) return none('no_spread')
  if (how === 'difference') {
    const stderr = Math.hypot(first.stderr, second.stderr)
    return normalBounds({ value: first.value - second.value, stderr }, confidence)
  }
  if (!(first.value > 0 && second.value > 0)) return none('no_spread')
  const spread = Math.hypot(first.stderr / first.value, second.stderr / second.value)
  if (!(spread > 0)) return none('no_spread')
  const [middle, reach] = [first.value / second.value, Math.exp(normalQuantile(confidence) * spread)]
  return bounds(middle / reach, middle * reach)
}

/** The same rate of `times` as many samples. */
export function grown(rate: Rate, times: number): Rate {
  switch (rate.kind) {
    case 'counts':
      return { ...rate, successes: rate.successes * times, samples: rate.samples * times }
    case 'estimate':
      return { ...rate, stderr: rate.stderr / Math.sqrt(times) }
    case 'value':
      return rate
  }
}

function estimateOf(rate: Rate): Estimate | undefined {
  switch (rate.kind) {
    case 'estimate':
      return rate
    case 'value':
      return undefined
    case 'counts': {
      const value = rateValue(rate)
      return { value, stderr: Math.sqrt((value * (1 - value)) / rate.samples) }
    }
  }
}

const HALVINGS = 40

/**
 * The p-value of the claim that a gap is beyond a bound, by the bounds themselves: 1 minus the greatest confidence at
 * which they still leave it out; at least 0.5 where they never do.
 */
export function pValue(isLeftOut: (confidence: number) => boolean): number {
  if (!isLeftOut(0.5)) return 1
  let [yes, no] = [0.5, 1 - 1e-12]
  if (isLeftOut(no)) return 1 - no
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (yes + no) / 2
    if (isLeftOut(middle)) yes = middle
    else no = middle
  }
  return 1 - yes
}
