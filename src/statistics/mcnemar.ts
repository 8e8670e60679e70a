import { type NoBounds, none } from './bounds.ts'
import { binomialAtLeast } from './distributions.ts'
import { type Pairs, pairsFault } from './pairs.ts'

/** How rare what was seen would be if nothing differed: `greater` and `less` one-sided, `either` two-sided. */
export type Significance = {
  readonly kind: 'significance'
  readonly greater: number
  readonly less: number
  readonly either: number
}

/**
 * Whether one of two models on the same samples is right more often: of those on which they differ, each is right as
 * often as a coin. McNemar (1947), Psychometrika 12:153-157, exact by the binomial distribution. Where they never
 * differ, nothing is shown either way: 1.
 */
export function mcnemar(pairs: Pairs): Significance | NoBounds {
  const fault = pairsFault(pairs)
  if (fault !== undefined) return fault
  const { onlyOne, onlyOther } = pairs
  if (!Number.isSafeInteger(onlyOne) || !Number.isSafeInteger(onlyOther)) return none('not_valid')
  const greater = binomialAtLeast(onlyOne, onlyOne + onlyOther, 0.5)
  const less = binomialAtLeast(onlyOther, onlyOne + onlyOther, 0.5)
  return { kind: 'significance', greater, less, either: Math.min(1, 2 * Math.min(greater, less)) }
}
