import { type NoBounds, none } from './bounds.ts'

/** An area under the ROC curve with its standard error, and how many scores are behind it. */
export type SortedArea = {
  readonly area: number
  readonly stderr: number
  readonly positives: number
  readonly negatives: number
}

/** Takes scores one by one, from the lowest to the highest, and keeps none of them. */
export type AreaSum = {
  readonly take: (score: number, positive: boolean) => void
  readonly result: () => SortedArea | NoBounds
}

/**
 * The area and standard error of DeLong (`delong.ts`) in one pass over sorted scores, however many: where a score is
 * reached, all below it are counted, which is its placement. Means and variances of placements as in West (1979),
 * Communications of the ACM 22:532-535, so that nothing is lost of small differences.
 */
export function sumArea(): AreaSum {
  let [positives, negatives] = [0, 0]
  // Those of the score that is being taken: ties count one half.
  let [current, own, others] = [Number.NaN, 0, 0]
  let [above, aboveSquares, below, belowSquares] = [0, 0, 0, 0]
  let valid = true

  const close = (): void => {
    if (own > 0) {
      const off = negatives + others / 2 - above
      const step = (off * own) / (positives + own)
      above += step
      aboveSquares += step * off * positives
    }
    if (others > 0) {
      const off = positives + own / 2 - below
      const step = (off * others) / (negatives + others)
      below += step
      belowSquares += step * off * negatives
    }
    positives += own
    negatives += others
    own = 0
    others = 0
  }

  return {
    take: (score, positive) => {
      if (score !== current) {
        // Written so that NaN is in no order.
        if (!(score > current) && !Number.isNaN(current)) valid = false
        if (Number.isNaN(score)) valid = false
        close()
        current = score
      }
      if (positive) own += 1
      else others += 1
    },
    result: () => {
      close()
      if (!valid) return none('not_valid')
      if (positives + negatives === 0) return none('no_samples')
      if (positives === 0 || negatives === 0) return none('one_class')
      if (positives === 1 || negatives === 1) return none('one_sample')
      const ofPositives = aboveSquares / (positives - 1) / negatives ** 2
      const ofNegatives = belowSquares / (negatives - 1) / positives ** 2
      const stderr = Math.sqrt(ofPositives / positives + ofNegatives / negatives)
      return { area: above / negatives, stderr, positives, negatives }
    },
  }
}
