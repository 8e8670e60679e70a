import type { Answer, Bound } from '../core/answer.ts'
import type { Measurement, Unit } from '../core/measurement.ts'
import type { Shown } from '../core/shown.ts'
import { shownValue } from './numbers.ts'
import { end } from './shown.ts'

/** What is drawn: a value with its interval, and what it is held to, all in one unit. */
export type Drawn = {
  readonly value: number
  readonly shown: Shown
  readonly bound: Bound
  readonly unit?: Unit | undefined
}

/** No longer than this, so that it fits beside a name on a terminal and into a code span. */
export const WIDEST = 60
/** Odd, so that a middle has a column. */
const AXIS = 41
/** Fewer columns show nothing. */
const NARROWEST = 10

/**
 * An interval beside its bound on one line: `0.88 ├──●──┤··| 0.95`. The axis is linear and ends at the outermost of
 * what is drawn, which is written beside it. What falls on one column with the bound is drawn as `╪`: at this scale
 * nobody can tell on which side it lies. Undefined where nothing can be drawn.
 */
export function plot({ value, shown, bound, unit }: Drawn): string | undefined {
  const { low, high } = shown
  const bounds = bound.kind === 'between' ? [bound.low, bound.high] : [bound.value]
  const all = [low, high, value, ...bounds]
  const [least, most] = [Math.min(...all), Math.max(...all)]
  if (!all.every(Number.isFinite) || !(low <= value && value <= high) || !(least < most)) return undefined
  const [left, right] = [
    least === low ? end(shown, 'low', unit) : shownValue(least, unit),
    most === high ? end(shown, 'high', unit) : shownValue(most, unit),
  ]
  const width = Math.min(AXIS, WIDEST - left.length - right.length - 2)
  if (width < NARROWEST) return undefined
  const column = (x: number) => Math.round(((x - least) / (most - least)) * (width - 1))
  const [first, middle, last] = [column(low), column(value), column(high)]
  const marks = bounds.map(column)
  const cells = Array.from({ length: width }, (_, index) => {
    const isInside = index >= first && index <= last
    const own = index === middle ? '●' : index === first ? '├' : index === last ? '┤' : isInside ? '─' : '·'
    if (!marks.includes(index)) return own
    return index === middle || index === first || index === last ? '╪' : isInside ? '┼' : '|'
  })
  return `${left} ${cells.join('')} ${right}`
}

/** What an answer that compares something with a bound is drawn by; of several pairs of groups the worst. */
export function drawnIn(answer: Answer): Drawn | undefined {
  switch (answer.code) {
    case 'within_bound':
    case 'beyond_bound':
    case 'not_shown': {
      const { observed, shown, bound, unit } = answer
      return shown && { value: inUnit(observed, unit), shown, bound, unit: unit ?? observed.unit }
    }
    case 'difference_within':
    case 'difference_beyond':
    case 'difference_not_shown': {
      const { difference: value, shown, bound, unit } = answer
      return shown && { value, shown, bound, unit }
    }
    case 'gap_within':
    case 'gap_beyond':
    case 'gap_not_shown': {
      const [worst] = answer.gaps
      return worst?.shown && { value: worst.value, shown: worst.shown, bound: answer.bound }
    }
    default:
      return undefined
  }
}

/** A value as the bound is written, and with it the interval. */
function inUnit({ value, unit: own }: Measurement, unit: Unit | undefined): number {
  if (unit === 'percent' && own === 'fraction') return value * 100
  return unit === 'fraction' && own === 'percent' ? value / 100 : value
}
