import { bounds, type Counts, type Estimated, isConfidence, none } from './bounds.ts'
import { normalQuantile, tQuantile } from './distributions.ts'
import { koopman } from './koopman.ts'
import { newcombe } from './newcombe.ts'
import { type Estimate, normalBounds, tBounds } from './standard-error.ts'

/** A rate by its own counts, or by its standard error and the degrees of freedom behind that, where they are known. */
export type Rate =
  | ({ readonly kind: 'counts' } & Counts)
  | ({ readonly kind: 'estimate' } & Freed)
  | { readonly kind: 'value'; readonly value: number }

type Freed = Estimate & { readonly freedom?: number }

export function rateValue(rate: Rate): number {
  return rate.kind === 'counts' ? rate.successes / rate.samples : rate.value
}

/**
 * The bounds of `one − other` or `one / other` of two groups' rates, which are independent: Newcombe's hybrid score
 * difference and Koopman's ratio from counts, else t from the standard errors (of a ratio by its logarithm, Katz et al.
 * 1978, Biometrics 34:469-474) with the degrees of freedom of Welch (1947), Biometrika 34:28-35; normal where one of
 * them is not known.
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
    const freedom = welch([first.stderr, first.freedom], [second.stderr, second.freedom])
    const difference = { value: first.value - second.value, stderr }
    return freedom === undefined
      ? normalBounds(difference, confidence)
      : tBounds(difference, freedom, confidence)
  }
  if (!(first.value > 0 && second.value > 0)) return none('no_spread')
  const [firstOff, secondOff] = [first.stderr / first.value, second.stderr / second.value]
  const spread = Math.hypot(firstOff, secondOff)
  if (!(spread > 0)) return none('no_spread')
  const freedom = welch([firstOff, first.freedom], [secondOff, second.freedom])
  if (freedom !== undefined && !(freedom > 0)) return none('one_sample')
  const factor = freedom === undefined ? normalQuantile(confidence) : tQuantile(confidence, freedom)
  const [middle, reach] = [first.value / second.value, Math.exp(factor * spread)]
  return bounds(middle / reach, middle * reach)
}

type Off = readonly [stderr: number, freedom: number | undefined]

/** Degrees of freedom of the error of a difference; 0 where one of the two has none. */
function welch([one, first]: Off, [other, second]: Off): number | undefined {
  if (first === undefined || second === undefined) return undefined
  if (!(first > 0 && second > 0)) return 0
  // By their shares, which no square takes below the least number.
  const share = 1 / (1 + (other / one) ** 2)
  return 1 / (share ** 2 / first + (1 - share) ** 2 / second)
}

/** The same rate of `times` as many samples. */
export function grown(rate: Rate, times: number): Rate {
  switch (rate.kind) {
    case 'counts':
      return { ...rate, successes: rate.successes * times, samples: rate.samples * times }
    case 'estimate':
      return {
        ...rate,
        stderr: rate.stderr / Math.sqrt(times),
        ...(rate.freedom !== undefined && { freedom: (rate.freedom + 1) * times - 1 }),
      }
    case 'value':
      return rate
  }
}

function estimateOf(rate: Rate): Freed | undefined {
  switch (rate.kind) {
    case 'estimate':
      return rate
    case 'value':
      return undefined
    case 'counts': {
      const value = rateValue(rate)
      const stderr = Math.sqrt((value * (1 - value)) / rate.samples)
      return { value, stderr, freedom: rate.samples - 1 }
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
