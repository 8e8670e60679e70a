import { bounds, type Estimated } from './bounds.ts'
import { type Pairs, pairsFault, sizeOf } from './pairs.ts'
import { wilson } from './wilson.ts'

/**
 * The difference `one − other` of two proportions on the same samples. Newcombe (1998), Statistics in Medicine
 * 17:2635-2650, method 10: the hybrid score bounds of the independent difference, with the correlation φ of the
 * fourfold table in them. The numerator of a positive φ is corrected for continuity, as the paper does.
 */
export function newcombePaired(pairs: Pairs, confidence: number): Estimated {
  const fault = pairsFault(pairs)
  if (fault !== undefined) return fault
  const samples = sizeOf(pairs)
  const [one, other] = [pairs.both + pairs.onlyOne, pairs.both + pairs.onlyOther]
  const first = wilson({ successes: one, samples }, confidence)
  const second = wilson({ successes: other, samples }, confidence)
  if (first.kind === 'none') return first
  if (second.kind === 'none') return second
  const [p, q, phi] = [one / samples, other / samples, correlation(pairs)]
  const difference = (pairs.onlyOne - pairs.onlyOther) / samples
  return bounds(
    difference - combined(p - first.low, second.high - q, phi),
    difference + combined(first.high - p, q - second.low, phi),
    [-1, 1],
  )
}

function combined(one: number, other: number, phi: number): number {
  // Rounding may leave a square of less than nothing where the two move as one.
  return Math.sqrt(Math.max(0, one ** 2 - 2 * phi * one * other + other ** 2))
}

function correlation(pairs: Pairs): number {
  const { both, onlyOne, onlyOther, neither } = pairs
  const margins = (both + onlyOne) * (onlyOther + neither) * (both + onlyOther) * (onlyOne + neither)
  if (margins === 0) return 0
  const product = both * neither - onlyOne * onlyOther
  const corrected = product > 0 ? Math.max(product - sizeOf(pairs) / 2, 0) : product
  return corrected / Math.sqrt(margins)
}
