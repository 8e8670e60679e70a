import { bounds, type Estimated, none } from './bounds.ts'
import { newcombePaired } from './newcombe-paired.ts'
import { type Pairs, pairsFault, sizeOf } from './pairs.ts'
import { tBounds } from './standard-error.ts'

/** Samples that belong together: how many such clusters there are, and the standard error of the difference over them. */
export type Clustered = { readonly clusters: number; readonly stderr: number }

/**
 * The difference `one − other` of two proportions on the same clustered samples: what t bounds over the clusters and
 * Newcombe's paired ones leave together, the latter of as many samples as are worth the clustered ones. That is their
 * number by the variance of the difference as it would be without clusters over that which it has (Kish 1965, Survey
 * Sampling, 8.2; of score bounds Franco et al. 2019, J. Surv. Stat. Methodol. 7:334-364). Where models differ on a few
 * samples alone, t bounds claim what a few more would refute. Where they nowhere differ, each cluster is one sample.
 */
export function pairedOverClusters(
  pairs: Pairs,
  { clusters, stderr }: Clustered,
  confidence: number,
): Estimated {
  const fault = pairsFault(pairs)
  if (fault !== undefined) return fault
  if (!(Number.isFinite(stderr) && stderr >= 0 && clusters > 0)) return none('not_valid')
  if (clusters < 2) return none('one_sample')
  const samples = sizeOf(pairs)
  const difference = (pairs.onlyOne - pairs.onlyOther) / samples
  const variance = (pairs.onlyOne + pairs.onlyOther) / samples - difference ** 2
  const worth = stderr > 0 && variance > 0 ? Math.min(samples, variance / stderr ** 2) : clusters
  const score = newcombePaired(scaled(pairs, worth / samples), confidence)
  if (score.kind === 'none' || stderr === 0) return score
  const t = tBounds({ value: difference, stderr }, clusters - 1, confidence)
  if (t.kind === 'none') return t
  return bounds(Math.min(score.low, t.low), Math.max(score.high, t.high), [-1, 1])
}

/** As many times as many of each, at the same rates. */
export function scaled({ both, onlyOne, onlyOther, neither }: Pairs, times: number): Pairs {
  return {
    ...{ both: both * times, onlyOne: onlyOne * times },
    ...{ onlyOther: onlyOther * times, neither: neither * times },
  }
}
