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
 * The area and standard error of DeLong et al. (1988), Biometrics 44:837-845, in one pass over sorted scores, however
 * many: where a score is reached, all below it are counted, which is its placement. Means and variances of placements
 * as in West (1979), Communications of the ACM 22:532-535, so that nothing is lost of small differences.
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

/** Of the rows of one class: how many there are, and twice what each placement is off by, added up and squared. */
export type Placements = { readonly n: number; readonly sum: bigint; readonly squares: bigint }

/**
 * The difference of two areas on the same samples and its standard error by DeLong et al. (1988), from how far the
 * placements of each sample are apart: whole numbers, so that nothing is lost of however small differences. Undefined
 * where a class has less than two rows.
 */
export function placementDifference(
  positives: Placements | undefined,
  negatives: Placements | undefined,
):
  | {
      readonly difference: number
      readonly stderr: number
      readonly positives: number
      readonly negatives: number
    }
  | undefined {
  if (positives === undefined || negatives === undefined) return undefined
  const [p, n] = [positives.n, negatives.n]
  if (!(p > 1 && n > 1)) return undefined
  const ofPositives = varianceIn(positives) / (2 * n) ** 2
  const ofNegatives = varianceIn(negatives) / (2 * p) ** 2
  return {
    difference: Number(positives.sum) / (2 * p * n),
    stderr: Math.sqrt(ofPositives / p + ofNegatives / n),
    ...{ positives: p, negatives: n },
  }
}

function varianceIn({ n, sum, squares }: Placements): number {
  const count = BigInt(n)
  return Number(count * squares - sum * sum) / n / (n - 1)
}
