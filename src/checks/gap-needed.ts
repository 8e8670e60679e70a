import type { Bound } from '../core/bound.ts'
import type { Gap } from '../core/gap-answer.ts'
import { gapBounds, grown, type Rate } from '../statistics/gap.ts'
import { samplesWhere } from '../statistics/planning.ts'
import { showing } from './showing.ts'

type Needing = {
  readonly how: 'ratio' | 'difference'
  readonly rates: readonly [Rate, Rate]
  readonly measured: Gap['measured']
  readonly bound: Bound
  readonly confidence: number
}

/**
 * How many more samples of each group would show that a gap holds its bound, if both rates stayed as they were seen:
 * of the smaller group alone, or of both where that takes fewer. Undefined where none would, or nobody knows how many
 * there are.
 */
export function moreSamples({ how, rates, measured, bound, confidence }: Needing): Gap['more'] {
  const [one, other] = rates
  const [first = Number.NaN, second = Number.NaN] = measured.map(({ samples }) => samples)
  const shows = (grownBy: readonly [number, number]): boolean => {
    const estimated = gapBounds(how, [grown(one, grownBy[0]), grown(other, grownBy[1])], confidence)
    return estimated.kind === 'bounds' && showing(estimated, bound) === 'met'
  }
  const isFirst = first <= second
  const smaller = Math.min(first, second)
  const alone = samplesWhere(smaller, (times) => shows(isFirst ? [times, 1] : [1, times]))
  const together = samplesWhere(smaller, (times) => shows([times, times]))
  const both =
    together === undefined
      ? undefined
      : { one: added(first, together / smaller), other: added(second, together / smaller) }
  const more = alone === undefined ? undefined : alone - smaller
  if (more === undefined || (both !== undefined && both.one + both.other < more)) return both
  return isFirst ? { one: more, other: 0 } : { one: 0, other: more }
}

function added(samples: number, times: number): number {
  // A quotient of whole numbers may come to a little more than the whole number that it is.
  return Math.ceil(samples * times - 1e-6) - samples
}
