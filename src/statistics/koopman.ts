import { bounds, type Counts, type Estimated, faultOf, isConfidence, none } from './bounds.ts'
import { normalQuantile } from './distributions.ts'

/** Halvings after which a double does not change any more, on a scale of powers of two. */
const HALVINGS = 200
/** Ratios beyond it are told as no bound at all. */
const LARGEST = 2 ** 60

/**
 * The ratio `one / other` of two proportions from independent samples: all ratios θ that the score test does not
 * refuse. Koopman (1984), Biometrics 40:513-517. Where the upper bound is unbounded (no success in `other`) it is
 * infinite; 0 / 0 shows nothing.
 */
export function koopman(one: Counts, other: Counts, confidence: number): Estimated {
  const fault = isConfidence(confidence) ? (faultOf(one) ?? faultOf(other)) : none('not_valid')
  if (fault !== undefined) return fault
  if (one.successes === 0 && other.successes === 0) return none('no_spread')
  const limit = normalQuantile(confidence) ** 2
  const refused = (ratio: number) => score(one, other, ratio) > limit
  const middle = one.successes * other.samples === 0 ? 0 : ratioOf(one, other)
  const low = one.successes === 0 ? 0 : edge(refused, 1 / LARGEST, Math.min(middle, LARGEST))
  const high = other.successes === 0 ? Number.POSITIVE_INFINITY : edge(refused, LARGEST, middle)
  return bounds(low, high)
}

/**
 * Whether the score test refuses a ratio, which is whether it lies beyond a bound of `koopman`: the same without the
 * search for it, which costs some hundred times more. For counts that are counts.
 */
export function refusesRatio(one: Counts, other: Counts, ratio: number, confidence: number): boolean {
  return score(one, other, ratio) > normalQuantile(confidence) ** 2
}

function ratioOf(one: Counts, other: Counts): number {
  return (one.successes * other.samples) / (one.samples * other.successes)
}

/** Koopman's statistic: Pearson's over both samples, with the rates most likely under p₁ = θ p₂. */
function score(one: Counts, other: Counts, ratio: number): number {
  const [x, m, y, n] = [one.successes, one.samples, other.successes, other.samples]
  // The most likely p₁ is the smaller root of (m + n) p² − (θ(m + y) + x + n) p + θ(x + y) = 0.
  const half = (ratio * (m + y) + x + n) / 2
  const root = Math.sqrt(Math.max(0, half ** 2 - (m + n) * ratio * (x + y)))
  const p = (ratio * (x + y)) / (half + root)
  const q = p / ratio
  return term(x, m, p) + term(y, n, q)
}

function term(successes: number, samples: number, rate: number): number {
  const expected = samples * rate
  const difference = successes - expected
  return difference === 0 ? 0 : difference ** 2 / (expected * (1 - rate))
}

/** Where refusal begins between a ratio that is refused and one that is not, halved on the scale of the logarithm. */
function edge(refused: (ratio: number) => boolean, outside: number, inside: number): number {
  if (!refused(outside)) return outside
  let [out, into] = [Math.log(outside), inside === 0 ? -Math.log(LARGEST) : Math.log(inside)]
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (out + into) / 2
    if (refused(Math.exp(middle))) out = middle
    else into = middle
  }
  return Math.exp(out)
}
