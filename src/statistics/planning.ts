import type { Counts } from './bounds.ts'
import { clopperPearson } from './clopper-pearson.ts'
import { binomialAtLeast, normalQuantile } from './distributions.ts'

/** Past it nobody evaluates. */
const MOST_SAMPLES = 1e9

/**
 * The fewest successes of so many samples whose exact lower bound reaches the rate; `undefined` where not even all do.
 * Failures below a rate are successes above the rest of it.
 */
export function successesNeeded(samples: number, rate: number, confidence: number): number | undefined {
  const reached = (successes: number) => lowerBound({ successes, samples }, confidence) >= rate
  if (!reached(samples)) return undefined
  return leastWhere(0, samples, reached)
}

/** How often a model whose true rate is this one gets so many successes or more. */
export function passes(needed: number, samples: number, truth: number): number {
  return binomialAtLeast(needed, samples, truth)
}

/** The fewest samples with which a rate can be shown at all, by nothing but successes; `undefined`: none are enough. */
export function samplesToShow(rate: number, confidence: number): number | undefined {
  return growing(1, (samples) => lowerBound({ successes: samples, samples }, confidence) >= rate)
}

/** How many samples would decide whether a rate is reached, if it stayed as it was seen; `undefined`: none would. */
export function samplesToDecide(
  { successes, samples }: Counts,
  rate: number,
  confidence: number,
): number | undefined {
  const seen = successes / samples
  if (!(samples > 0) || seen === rate) return undefined
  return growing(samples, (all) => {
    const shown = clopperPearson({ successes: seen * all, samples: all }, confidence)
    return shown.kind === 'bounds' && (seen > rate ? shown.low >= rate : shown.high < rate)
  })
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

function lowerBound(counts: Counts, confidence: number): number {
  const shown = clopperPearson(counts, confidence)
  return shown.kind === 'bounds' ? shown.low : Number.NEGATIVE_INFINITY
}

/** The least whole number from `from` on that holds, of what holds from somewhere on up to `to`. */
function leastWhere(from: number, to: number, holds: (n: number) => boolean): number {
  let [below, above] = [from - 1, to]
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    if (holds(middle)) above = middle
    else below = middle
  }
  return above
}

/** The same where no end is known: doubled until it holds, up to more samples than anybody has. */
function growing(from: number, holds: (n: number) => boolean): number | undefined {
  let [below, above] = [from - 1, from]
  while (!holds(above)) {
    if (above > MOST_SAMPLES) return undefined
    ;[below, above] = [above, above * 2]
  }
  return leastWhere(below + 1, above, holds)
}
