/**
 * What samples show of a number. Each bound alone holds with the confidence that was asked for, so both together
 * are the two-sided interval at 2 × confidence − 1: 0.975 gives the customary 95% interval.
 */
export type Bounds = { readonly kind: 'bounds'; readonly low: number; readonly high: number }

/** Why nothing can be shown of it. */
export type NoBoundsWhy =
  /** A number that is none, is negative where it counts, or lies outside of what is possible. */
  | 'not_valid'
  | 'no_samples'
  /** From one sample, seed or cluster no spread can be told. */
  | 'one_sample'
  /** A standard error of 0 says that nothing varied, not that nothing can. */
  | 'no_spread'
  /** Positives or negatives are missing altogether. */
  | 'one_class'
  /** Even the smallest or greatest sample is no bound at this confidence. */
  | 'too_few'

export type NoBounds = { readonly kind: 'none'; readonly why: NoBoundsWhy }

export type Estimated = Bounds | NoBounds

/** Successes among independent samples. */
export type Counts = { readonly successes: number; readonly samples: number }

export function none(why: NoBoundsWhy): NoBounds {
  return { kind: 'none', why }
}

/** Bounds that are numbers, in the right order and no further than what is possible; else none. */
export function bounds(
  low: number,
  high: number,
  [least, most]: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
): Estimated {
  const [inner, outer] = [Math.max(low, least), Math.min(high, most)]
  return inner <= outer ? { kind: 'bounds', low: inner, high: outer } : none('not_valid')
}

/** A confidence for one bound: less than a half is no confidence, and certainty is never had. */
export function isConfidence(confidence: number): boolean {
  return confidence >= 0.5 && confidence < 1
}

/** Why these are no counts from which something can be shown. */
export function faultOf({ successes, samples }: Counts): NoBounds | undefined {
  if (!(Number.isFinite(samples) && successes >= 0 && successes <= samples)) return none('not_valid')
  return samples === 0 ? none('no_samples') : undefined
}
