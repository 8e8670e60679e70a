import type { Paired } from '../core/paired.ts'
import type { Method, Shown } from '../core/shown.ts'
import type { Estimated } from '../statistics/bounds.ts'
import { gapBounds, grown, type Rate } from '../statistics/gap.ts'
import { newcombePaired } from '../statistics/newcombe-paired.ts'
import { pairedOverClusters, scaled } from '../statistics/paired.ts'
import { normalBounds } from '../statistics/standard-error.ts'
import { rounded } from './showing.ts'

/** What a difference is known by: two samples that are taken as independent, or the same samples one by one. */
export type Known =
  | { readonly kind: 'independent'; readonly rates: readonly [Rate, Rate] }
  | { readonly kind: 'paired'; readonly figures: Paired }

/**
 * What the samples show of a difference, in the unit of the bound of which `whole` is 1; with `times` as many samples
 * at the same rates. Two models on the same samples go together, which only their pairs tell: where they do, the
 * independent interval is too wide, and where they go apart, too narrow.
 */
export function differenceShown(
  known: Known,
  whole: number,
  confidence: number,
  times = 1,
): Shown | undefined {
  const bounds = boundsOf(known, confidence, times)
  if (bounds.kind === 'none') return undefined
  const ends = rounded({ low: bounds.low * whole, high: bounds.high * whole })
  return { ...ends, confidence, method: methodOf(known) }
}

function boundsOf(known: Known, confidence: number, times: number): Estimated {
  if (known.kind === 'independent') {
    const [one, other] = known.rates
    return gapBounds('difference', [grown(one, times), grown(other, times)], confidence)
  }
  const { figures } = known
  if (figures.kind === 'area') {
    const { difference: value, stderr } = figures
    return normalBounds({ value, stderr: stderr / Math.sqrt(times) }, confidence)
  }
  const { clustered } = figures
  if (clustered === undefined) return newcombePaired(scaled(figures, times), confidence)
  const { clusters, stderr } = clustered
  const over = { clusters: clusters * times, stderr: stderr / Math.sqrt(times) }
  return pairedOverClusters(scaled(figures, times), over, confidence)
}

/** How the difference of two samples is bounded. */
export function methodOfTwo(rates: readonly Rate[]): Method {
  if (rates.every(({ kind }) => kind === 'counts')) return 'newcombe'
  return rates.some((rate) => rate.kind === 'estimate' && rate.freedom === undefined) ? 'normal' : 't'
}

function methodOf(known: Known): Method {
  if (known.kind === 'independent') return methodOfTwo(known.rates)
  if (known.figures.kind === 'area') return 'delong_paired'
  return known.figures.clustered === undefined ? 'newcombe_paired' : 'clusters_paired'
}
