import type { Counts } from './bounds.ts'
import { binomialAtLeast, normalQuantile } from './distributions.ts'
import { refusesRatio } from './koopman.ts'
import { newcombe } from './newcombe.ts'
import { growing, leastWhere } from './planning.ts'

/** What the gap `one − other` or `one / other` of two groups' rates must be shown to hold; an open end is not there. */
export type GapWanted = {
  readonly how: 'ratio' | 'difference'
  readonly low?: number
  readonly high?: number
  readonly confidence: number
}

/** Which groups are compared with which, by their places. */
export type Pairs = readonly (readonly [one: number, other: number])[]

/** Whether counts of two groups show that their gap lies within the ends: what `gapBounds` shows, without a search. */
export function showsGap(one: Counts, other: Counts, { how, low, high, confidence }: GapWanted): boolean {
  if (how === 'difference') {
    const shown = newcombe(one, other, confidence)
    if (shown.kind === 'none') return false
    return shown.low >= (low ?? -1) && shown.high <= (high ?? 1)
  }
  const [first, second] = [one.successes / one.samples, other.successes / other.samples]
  // 0 / 0 shows nothing.
  if (!(first > 0 || second > 0)) return false
  const above =
    low === undefined || low <= 0 || (first > low * second && refusesRatio(one, other, low, confidence))
  const below = high === undefined || (first < high * second && refusesRatio(one, other, high, confidence))
  return above && below
}

/** Every pair of so many groups, both ways round; or each against the one at `reference`. */
export function pairsAmong(groups: number, reference?: number): Pairs {
  const all = Array.from({ length: groups }, (_, index) => index)
  return reference === undefined
    ? all.flatMap((one) => all.filter((other) => other !== one).map((other) => [one, other] as const))
    : all.filter((one) => one !== reference).map((one) => [one, reference] as const)
}

/** Whether groups of these sizes that all come out at exactly one rate show it, in every pair. */
export function showsNone(sizes: readonly number[], pairs: Pairs, rate: number, wanted: GapWanted): boolean {
  const counts = sizes.map((samples) => ({ successes: rate * samples, samples }))
  return pairs.every(([one, other]) => both(counts, one, other, wanted))
}

/** Whether there are any counts at all of these sizes that show it. */
export function canShow(sizes: readonly number[], pairs: Pairs, wanted: GapWanted): boolean {
  // Rates of 0 and 1 have the narrowest bounds; of a ratio 0 has none.
  if (showsNone(sizes, pairs, 1, wanted)) return true
  if (wanted.how === 'difference' && showsNone(sizes, pairs, 0, wanted)) return true
  // Where no pair is compared the other way round too, one group may be as far ahead as it likes.
  const isOneWay = pairs.every(([one, other]) => !pairs.some(([a, b]) => a === other && b === one))
  if (!isOneWay || (wanted.low !== undefined && wanted.high !== undefined)) return false
  const [first, second] = wanted.low === undefined ? [0, 1] : [1, 0]
  return pairs.every(([one, other]) => {
    const [samples = 0, others = 0] = [sizes[one], sizes[other]]
    return showsGap(
      { successes: first * samples, samples },
      { successes: second * others, samples: others },
      wanted,
    )
  })
}

/**
 * The furthest gap of the first group from the second, seen at this rate, that still shows it; undefined where even no
 * gap does not, and where both ends are asked for, since then there are two.
 */
export function furthestShown(
  [samples, others]: readonly [number, number],
  rate: number,
  wanted: GapWanted,
): number | undefined {
  const { how, low, high } = wanted
  if (low !== undefined && high !== undefined) return undefined
  const other = { successes: rate * others, samples: others }
  const shows = (successes: number) => showsGap({ successes, samples }, other, wanted)
  const even = Math.round(rate * samples)
  const ends = low === undefined ? [even, samples] : [0, even]
  const [from = 0, to = 0] = ends
  if (!showsNone([samples, others], [[0, 1]], rate, wanted)) return undefined
  const found =
    low === undefined
      ? to - leastWhere(0, to - from, (down) => shows(to - down))
      : leastWhere(from, to, shows)
  const first = found / samples
  return how === 'ratio' ? first / rate : first - rate
}

/** How many samples each of so many groups takes so that no gap between them is shown; undefined: none are enough. */
export function eachToShow(rate: number, isOneWay: boolean, wanted: GapWanted): number | undefined {
  const pairs = isOneWay ? ([[0, 1]] as const) : pairsAmong(2)
  return growing(1, (samples) => showsNone([samples, samples], pairs, rate, wanted))
}

/** How many one group takes where the others stay as they are; undefined: they are too small themselves. */
export function oneToShow(
  sizes: readonly number[],
  group: number,
  pairs: Pairs,
  rate: number,
  wanted: GapWanted,
): number | undefined {
  const own = pairs.filter((pair) => pair.includes(group))
  return growing(sizes[group] ?? 1, (samples) => showsNone(sizes.with(group, samples), own, rate, wanted))
}

/** So many draws times pairs are tried at most: a second of nobody's time. */
const MOST_TRIED = 100_000
const MOST_DRAWS = 4096

/**
 * How often groups that truly have one rate show it in every pair, as an intersection-union test asks. The groups are
 * drawn together at the points of a low-discrepancy sequence, the same every time; for two groups within 1 of 100.
 * Roberts (2018): the additive sequence of the powers of the root of x^(d+1) = x + 1.
 */
export function fairPasses(sizes: readonly number[], pairs: Pairs, rate: number, wanted: GapWanted): number {
  const draws = Math.max(64, Math.min(MOST_DRAWS, Math.floor(MOST_TRIED / Math.max(1, pairs.length))))
  const quantiles = new Map([...new Set(sizes)].map((samples) => [samples, quantilesOf(samples, rate)]))
  let root = 1.5
  for (let step = 0; step < 50; step += 1) root = (1 + root) ** (1 / (sizes.length + 1))
  const steps = sizes.map((_, index) => root ** -(index + 1) % 1)
  let passed = 0
  for (let draw = 1; draw <= draws; draw += 1) {
    const counts = sizes.map((samples, index) => {
      const at = (0.5 + draw * (steps[index] ?? 0)) % 1
      return { successes: quantiles.get(samples)?.(at) ?? 0, samples }
    })
    if (pairs.every(([one, other]) => both(counts, one, other, wanted))) passed += 1
  }
  return passed / draws
}

function both(counts: readonly Counts[], one: number, other: number, wanted: GapWanted): boolean {
  const [first, second] = [counts[one], counts[other]]
  return first !== undefined && second !== undefined && showsGap(first, second, wanted)
}

/** Past this variance a binomial distribution is a normal one to a part of a sample that nobody sees. */
const NORMAL_FROM = 2500

/** The quantiles of a binomial distribution, within seven deviations of its middle. */
function quantilesOf(samples: number, rate: number): (at: number) => number {
  const [middle, variance] = [samples * rate, samples * rate * (1 - rate)]
  if (variance > NORMAL_FROM)
    return (at) =>
      Math.round(Math.min(samples, Math.max(0, middle + Math.sqrt(variance) * normalQuantile(at))))
  const reach = 7 * Math.sqrt(variance) + 7
  const least = Math.max(0, Math.floor(middle - reach))
  const most = Math.min(samples, Math.ceil(middle + reach))
  // Of each number how often it, or less, is drawn.
  const upTo = Array.from(
    { length: most - least + 1 },
    (_, index) => 1 - binomialAtLeast(least + index + 1, samples, rate),
  )
  return (at) => least + leastWhere(0, upTo.length - 1, (index) => (upTo[index] ?? 1) >= at)
}
