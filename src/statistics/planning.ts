import type { Counts } from './bounds.ts'
import { binomialAtLeast, normalQuantile } from './distributions.ts'

/** Past it nobody evaluates. */
export const MOST_SAMPLES = 1e9

/**
 * The fewest successes of so many samples whose exact lower bound reaches the rate; `undefined` where not even all do.
 * Failures below a rate are successes above the rest of it.
 */
export function successesNeeded(samples: number, rate: number, confidence: number): number | undefined {
  const reached = (successes: number) => shows({ successes, samples }, rate, confidence)
  if (!reached(samples)) return undefined
  return leastWhere(0, samples, reached)
}

/** How often a model whose true rate is this one gets so many successes or more. */
export function passes(needed: number, samples: number, truth: number): number {
  return binomialAtLeast(needed, samples, truth)
}

/** The fewest samples with which a rate can be shown at all, by nothing but successes; `undefined`: none are enough. */
export function samplesToShow(rate: number, confidence: number): number | undefined {
  if (!(rate > 0)) return 1
  // All of n right bound a rate by (1 − c)^(1/n); rounding may be off by one.
  const near = Math.max(1, Math.floor(Math.log(1 - confidence) / Math.log(rate)) - 1)
  return near > MOST_SAMPLES
    ? undefined
    : growing(near, (samples) => shows({ successes: samples, samples }, rate, confidence))
}

/** How many samples would decide whether a rate is reached, if it stayed as it was seen; `undefined`: none would. */
export function samplesToDecide(
  { successes, samples }: Counts,
  rate: number,
  confidence: number,
): number | undefined {
  const seen = successes / samples
  if (!(samples > 0) || seen === rate) return undefined
  const decides = seen > rate ? shows : misses
  return growing(samples, (all) => decides({ successes: seen * all, samples: all }, rate, confidence))
}

/** The same for an estimate whose standard error shrinks with the root of the samples. */
export function samplesByError(
  estimate: { readonly value: number; readonly stderr: number; readonly samples: number },
  bound: number,
  confidence: number,
): number | undefined {
  const { value, stderr, samples } = estimate
  const needed = samples * ((normalQuantile(confidence) * stderr) / (value - bound)) ** 2
  return needed <= MOST_SAMPLES ? Math.max(samples, Math.ceil(needed)) : undefined
}

/**
 * How many samples in all would decide, each at the rates that were seen: `decides` is asked with how many times as
 * many there are; `undefined`: none would.
 */
export function samplesWhere(samples: number, decides: (times: number) => boolean): number | undefined {
  if (!(samples > 0 && Number.isFinite(samples))) return undefined
  return growing(Math.ceil(samples), (all) => decides(all / samples))
}

/**
 * Whether the exact lower bound of so many successes reaches a rate, which is whether so many or more would be rarer
 * than 1 − confidence at that rate: the same as `clopperPearson`, without the inverse, which costs a hundred times more.
 */
function shows({ successes, samples }: Counts, rate: number, confidence: number): boolean {
  return rate <= 0 || (rate < 1 && binomialAtLeast(successes, samples, rate) <= 1 - confidence)
}

/** Whether the exact upper bound stays below a rate: the rest shows the rest of it. */
function misses({ successes, samples }: Counts, rate: number, confidence: number): boolean {
  return shows({ successes: samples - successes, samples }, 1 - rate, confidence)
}

/** The least whole number from `from` on that holds, of what holds from somewhere on up to `to`. */
export function leastWhere(from: number, to: number, holds: (n: number) => boolean): number {
  let [below, above] = [from - 1, to]
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    if (holds(middle)) above = middle
    else below = middle
  }
  return above
}

/** The same where no end is known: doubled until it holds, up to more samples than anybody has. */
export function growing(from: number, holds: (n: number) => boolean): number | undefined {
  let [below, above] = [from - 1, from]
  while (!holds(above)) {
    if (above > MOST_SAMPLES) return undefined
    ;[below, above] = [above, above * 2]
  }
  return leastWhere(below + 1, above, holds)
}
