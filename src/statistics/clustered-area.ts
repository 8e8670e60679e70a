import { type NoBounds, none } from './bounds.ts'

/** An area under the ROC curve over clusters; its error is NaN where fewer than two of them have positives, or negatives. */
export type ClusteredArea = {
  readonly area: number
  readonly stderr: number
  /** With any sample, with a positive, with a negative. */
  readonly clusters: number
  readonly withPositives: number
  readonly withNegatives: number
}

/** Takes scores one by one, from the lowest to the highest, of clusters by their numbers. */
export type ClusteredAreaSum = {
  readonly take: (score: number, positive: boolean, cluster: number) => void
  /** What was taken since the last result. */
  readonly result: () => ClusteredArea | NoBounds
}

/**
 * The area under the ROC curve where clusters were drawn, not samples: the placements of DeLong added up in each cluster,
 * and the covariance of those of its positives and negatives. Obuchowski (1997), Biometrics 53:567-578. Of each of
 * `most` clusters, numbered from 0, four numbers are kept, and of each score none.
 */
export function sumClusteredArea(most: number): ClusteredAreaSum {
  // Placements are counted twice, so that ties, which count one half, are whole numbers too.
  const [ofPositives, ofNegatives] = [new Float64Array(most), new Float64Array(most)]
  const [positives, negatives] = [new Uint32Array(most), new Uint32Array(most)]
  const touched: number[] = []
  let [allPositives, allNegatives] = [0, 0]
  // Of the score that is being taken: ties are placed when all of them are there.
  let current = Number.NaN
  const [own, others]: [number[], number[]] = [[], []]
  let valid = true

  const close = (): void => {
    for (const cluster of own) add(ofPositives, cluster, 2 * allNegatives + others.length)
    for (const cluster of others) add(ofNegatives, cluster, 2 * allPositives + own.length)
    allPositives += own.length
    allNegatives += others.length
    own.length = 0
    others.length = 0
  }

  const estimate = (): ClusteredArea => {
    const [withPositives, withNegatives] = [
      touched.filter((cluster) => at(positives, cluster) > 0).length,
      touched.filter((cluster) => at(negatives, cluster) > 0).length,
    ]
    const wins = touched.reduce((sum, cluster) => sum + at(ofPositives, cluster), 0)
    const area = wins / (2 * allPositives * allNegatives)
    let [squares, otherSquares, products] = [0, 0, 0]
    for (const cluster of touched) {
      const [m, n] = [at(positives, cluster), at(negatives, cluster)]
      // Of a negative the share of positives above it, which is what is left of those below.
      const off = at(ofPositives, cluster) / (2 * allNegatives) - m * area
      const otherOff = n - at(ofNegatives, cluster) / (2 * allPositives) - n * area
      squares += off ** 2
      otherSquares += otherOff ** 2
      products += off * otherOff
    }
    const few = (clusters: number) => clusters / (clusters - 1)
    const variance =
      (few(withPositives) * squares) / allPositives ** 2 +
      (few(withNegatives) * otherSquares) / allNegatives ** 2 +
      (2 * few(touched.length) * products) / (allPositives * allNegatives)
    const least = Math.min(withPositives, withNegatives)
    const stderr = least < 2 ? Number.NaN : Math.sqrt(Math.max(0, variance))
    return { area, stderr, clusters: touched.length, withPositives, withNegatives }
  }

  return {
    take: (score, positive, cluster) => {
      if (score !== current) {
        // Written so that NaN is in no order.
        if (!(score > current) && !Number.isNaN(current)) valid = false
        if (Number.isNaN(score)) valid = false
        close()
        current = score
      }
      if (at(positives, cluster) + at(negatives, cluster) === 0) touched.push(cluster)
      if (positive) {
        add(positives, cluster, 1)
        own.push(cluster)
      } else {
        add(negatives, cluster, 1)
        others.push(cluster)
      }
    },
    result: () => {
      close()
      const found = !valid
        ? none('not_valid')
        : touched.length === 0
          ? none('no_samples')
          : allPositives === 0 || allNegatives === 0
            ? none('one_class')
            : estimate()
      for (const numbers of [ofPositives, ofNegatives, positives, negatives])
        for (const cluster of touched) numbers[cluster] = 0
      touched.length = 0
      ;[allPositives, allNegatives, current, valid] = [0, 0, Number.NaN, true]
      return found
    },
  }
}

function at(numbers: Float64Array | Uint32Array, cluster: number): number {
  const number = numbers[cluster]
  if (number === undefined) throw new Error('a cluster without its number')
  return number
}

function add(numbers: Float64Array | Uint32Array, cluster: number, more: number): void {
  numbers[cluster] = at(numbers, cluster) + more
}
