import { type Bounds, bounds, type Estimated, type NoBounds, none } from '../../src/statistics/bounds.ts'
import { meanOf, varianceOf } from '../../src/statistics/mean.ts'
import { normalBounds } from '../../src/statistics/standard-error.ts'

/** The scores that a model gave to positives and to negatives. */
export type Scores = { readonly positives: readonly number[]; readonly negatives: readonly number[] }

/** An area under the ROC curve, or a difference of two, with its standard error and bounds. */
export type AreaShown = { readonly area: number; readonly stderr: number } & (Bounds | NoBounds)

/**
 * The area under the ROC curve, and its bounds without assuming a shape: the variance of the placements of each
 * positive among the negatives and the other way round. DeLong, DeLong and Clarke-Pearson (1988), Biometrics
 * 44:837-845; placements by midranks as in Sun and Xu (2014), IEEE Signal Processing Letters 21:1389-1393, so that
 * n scores cost n log n. Ties count one half.
 */
export function delong(scores: Scores, confidence: number): AreaShown | NoBounds {
  const fault = faultOf(scores)
  if (fault !== undefined) return fault
  const { area, positives, negatives } = placementsOf(scores)
  return shown(area, errorOf(positives, negatives), confidence, [0, 1])
}

/** The difference `one − other` of the areas of two models on the same samples, in the same order. */
export function delongPaired(one: Scores, other: Scores, confidence: number): AreaShown | NoBounds {
  const fault = faultOf(one) ?? faultOf(other)
  if (fault !== undefined) return fault
  const alike =
    one.positives.length === other.positives.length && one.negatives.length === other.negatives.length
  if (!alike) return none('not_valid')
  const [first, second] = [placementsOf(one), placementsOf(other)]
  // The variance of a difference is that of the differences of placements, which holds the covariance.
  const positives = first.positives.map((place, index) => place - (second.positives[index] ?? Number.NaN))
  const negatives = first.negatives.map((place, index) => place - (second.negatives[index] ?? Number.NaN))
  return shown(first.area - second.area, errorOf(positives, negatives), confidence, [-1, 1])
}

function shown(
  area: number,
  stderr: number,
  confidence: number,
  range: readonly [number, number],
): AreaShown {
  const estimated: Estimated = normalBounds({ value: area, stderr }, confidence)
  return {
    area,
    stderr,
    ...(estimated.kind === 'none' ? estimated : bounds(estimated.low, estimated.high, range)),
  }
}

function faultOf({ positives, negatives }: Scores): NoBounds | undefined {
  if (![...positives, ...negatives].every(Number.isFinite)) return none('not_valid')
  const least = Math.min(positives.length, negatives.length)
  if (positives.length + negatives.length === 0) return none('no_samples')
  if (least === 0) return none('one_class')
  return least === 1 ? none('one_sample') : undefined
}

type Placements = {
  readonly area: number
  readonly positives: readonly number[]
  readonly negatives: readonly number[]
}

/** The share of negatives below each positive, and of positives above each negative. */
function placementsOf({ positives, negatives }: Scores): Placements {
  const all = midranks([...positives, ...negatives])
  const [own, others] = [midranks(positives), midranks(negatives)]
  const above = own.map((rank, index) => ((all[index] ?? Number.NaN) - rank) / negatives.length)
  const below = others.map(
    (rank, index) => 1 - ((all[positives.length + index] ?? Number.NaN) - rank) / positives.length,
  )
  return { area: meanOf(above), positives: above, negatives: below }
}

/** The rank of each number among all, ties sharing the mean of theirs. */
function midranks(numbers: readonly number[]): readonly number[] {
  const order = numbers.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value)
  const ranks = new Array<number>(numbers.length).fill(0)
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end < order.length && order[end]?.value === order[start]?.value) end += 1
    for (const { index } of order.slice(start, end)) ranks[index] = (start + 1 + end) / 2
    start = end
  }
  return ranks
}

function errorOf(positives: readonly number[], negatives: readonly number[]): number {
  return Math.sqrt(varianceOf(positives) / positives.length + varianceOf(negatives) / negatives.length)
}
