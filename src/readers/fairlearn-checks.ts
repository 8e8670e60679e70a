import { metricOf } from '../core/metrics.ts'
import type { Fault } from '../core/problem.ts'
import { pointer } from '../text/pointer.ts'
import { type Frame, isCount, type Keys } from './fairlearn-frames.ts'
import { spelled } from './groups.ts'
import { isFields, isNumber } from './narrow.ts'

type Found = { readonly keys: Keys; readonly fault: Fault }
type Compared = { readonly metric: string; readonly value: number; readonly keys: Keys }

/** What people round to two decimals. */
const ROUNDED = 0.0101
const COMPARING = /^(difference|ratio)s?(?:_(?:overall|between_groups|to_overall))?$/

/** What a frame says of differences and ratios between its groups; each is a metric of its own. */
export function comparisonsOf(frame: Frame): readonly Compared[] {
  return Object.entries(frame.fields).flatMap(([key, value]): readonly Compared[] => {
    const keys = [...frame.keys, key]
    const [, how] = COMPARING.exec(key) ?? []
    if (how !== undefined && isFields(value))
      return Object.entries(value).flatMap(([metric, inner]) =>
        isNumber(inner) && !isCount(metric)
          ? [{ metric: `${spelled(metric)}_${how}`, value: inner, keys: [...keys, metric] }]
          : [],
      )
    if (!isNumber(value) || key === 'overall') return []
    const named = how === undefined ? key : `${spelled(String(frame.fields.metric ?? 'unnamed'))}_${how}`
    return [{ metric: spelled(named), value, keys }]
  })
}

/** What in a dump contradicts something else in it. */
export function frameFaults(frames: readonly Frame[]): readonly Found[] {
  return [...frames.flatMap((frame) => [...outside(frame), ...wrongComparisons(frame)]), ...sizes(frames)]
}

/** The least and the greatest of the groups, where all of them have a number. */
type Spread = { low: number; high: number; groups: number; whole: boolean }

function spreadsOf(frame: Frame): ReadonlyMap<string, Spread> {
  const spreads = new Map<string, Spread>()
  if (frame.cells === 'unclear') return spreads
  for (const { metric, value } of frame.cells) {
    const name = spelled(metric)
    const spread = spreads.get(name) ?? { low: Infinity, high: -Infinity, groups: 0, whole: true }
    spread.groups += 1
    if (!isNumber(value)) spread.whole = false
    else {
      spread.low = Math.min(spread.low, value)
      spread.high = Math.max(spread.high, value)
    }
    spreads.set(name, spread)
  }
  return spreads
}

/** A rate of all lies between those of its groups, however many there are in each. */
function outside(frame: Frame): readonly Found[] {
  const { overall } = frame.fields
  if (!isFields(overall)) return []
  const spreads = spreadsOf(frame)
  return Object.entries(overall).flatMap(([metric, value]) => {
    const spread = spreads.get(spelled(metric))
    if (!isNumber(value) || !spread?.whole || !metricOf(spelled(metric))?.proportion) return []
    const { low, high } = spread
    if (value >= low - ROUNDED && value <= high + ROUNDED) return []
    const keys = [...frame.keys, 'overall', metric]
    const [one, other] = [String(value), `between ${low} and ${high} by its groups`]
    return [{ keys, fault: { code: 'contradiction', at: pointer(keys), one, other } }]
  })
}

/** Between groups, or to the whole: Fairlearn knows both, and the dump does not say which. */
function wrongComparisons(frame: Frame): readonly Found[] {
  const spreads = spreadsOf(frame)
  const { overall } = frame.fields
  const wholes = new Map(
    isFields(overall) ? Object.entries(overall).map(([key, value]) => [spelled(key), value]) : [],
  )
  return comparisonsOf(frame).flatMap(({ metric, value, keys }) => {
    const [, name = '', how] = /^(.+)_(difference|ratio)$/.exec(metric) ?? []
    const spread = spreads.get(name)
    if (!spread?.whole || spread.groups < 2) return []
    const whole = isFields(overall) ? wholes.get(name) : overall
    const possible = how === 'ratio' ? ratios(spread, whole) : differences(spread, whole)
    if (possible.length === 0 || possible.some((one) => Math.abs(one - value) <= ROUNDED)) return []
    const other = `${Number((possible[0] ?? 0).toFixed(10))} by its groups`
    return [{ keys, fault: { code: 'contradiction', at: pointer(keys), one: String(value), other } }]
  })
}

function differences({ low, high }: Spread, whole: unknown): readonly number[] {
  return isNumber(whole) ? [high - low, Math.max(high - whole, whole - low)] : [high - low]
}

function ratios({ low, high }: Spread, whole: unknown): readonly number[] {
  // 0 of 0 is no ratio.
  if (!(high > 0)) return []
  return isNumber(whole) && whole > 0 ? [low / high, Math.min(low / whole, whole / high)] : [low / high]
}

/** All attributes split the same samples. */
function sizes(frames: readonly Frame[]): readonly Found[] {
  const sums = frames.flatMap((frame) => {
    const counts =
      frame.cells === 'unclear'
        ? []
        : frame.cells.filter(({ metric, value }) => isCount(metric) && isNumber(value))
    const sum = counts.reduce((total, { value }) => total + Number(value), 0)
    const { overall } = frame.fields
    const whole = isFields(overall)
      ? Object.entries(overall).find(([key, value]) => isCount(key) && isNumber(value))?.[1]
      : undefined
    return counts.length === 0 ? [] : [{ frame, sum, whole }]
  })
  // What most of them say, or the first: one of them is wrong in any case.
  const often = new Map<number, number>()
  for (const { sum } of sums) often.set(sum, (often.get(sum) ?? 0) + 1)
  const [usual] = [...often].toSorted(([, one], [, other]) => other - one)[0] ?? []
  return sums.flatMap(({ frame, sum, whole }) => {
    const wanted = isNumber(whole) ? whole : usual
    if (wanted === undefined || wanted === sum) return []
    const at = frame.attributes.join(' & ').slice(0, 100) || 'the groups'
    const [one, other] = [`${sum} samples`, `${wanted} in all`]
    return [{ keys: frame.keys, fault: { code: 'contradiction', at, one, other } }]
  })
}
