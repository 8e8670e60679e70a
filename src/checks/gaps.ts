import type { Bound } from '../core/answer.ts'
import type { Gap, GapAnswer } from '../core/gap-answer.ts'
import type { Measurement } from '../core/measurement.ts'
import { CUSTOMARY, type Method, type NothingShown } from '../core/shown.ts'
import { gapBounds, pValue, type Rate, rateValue } from '../statistics/gap.ts'
import { holm } from '../statistics/holm.ts'
import { methodOfTwo } from './difference-shown.ts'
import { moreSamples } from './gap-needed.ts'
import { rateOf } from './interval.ts'
import { endsOf, rounded, showing } from './showing.ts'

/** Two groups to be compared; `inverted` where the favourable outcome is the negative one. */
export type Pair = Pick<Gap, 'metric' | 'across' | 'one' | 'other' | 'measured'> & {
  readonly inverted: boolean
}

export type GapAsked = {
  readonly how: 'ratio' | 'difference'
  readonly bound: Bound
  readonly confidence?: number | undefined
}

/** A person looks at no more of them. */
const SHOWN_GAPS = 10

type Compared = {
  readonly gap: Gap
  readonly rates: readonly [Rate, Rate]
  readonly why?: NothingShown
}

/**
 * Every pair must hold the bound, each by its own one-sided bound: the union of their failures is what a go must
 * never hide, so no pair is corrected for the others (Berger 1982, Technometrics 24:295-300). That one *was shown* to
 * exceed the bound is a claim among many, and corrected for their number (Holm).
 */
export function judgeGaps(pairs: readonly Pair[], asked: GapAsked): GapAnswer {
  const { how, bound, confidence } = asked
  const compared = pairs.map((pair) => compare(pair, asked)).toSorted((a, b) => worse(a, b, bound))
  const said = {
    ...{ how, bound, pairs: pairs.length },
    ...(confidence !== undefined && { confidence }),
    gaps: compared.slice(0, SHOWN_GAPS).map(({ gap }) => gap),
  }
  const undefinedOnes = compared.filter(({ gap }) => Number.isNaN(gap.value))
  if (undefinedOnes.length > 0)
    return {
      code: 'gap_undefined',
      outcome: 'undecided',
      ...said,
      gaps: undefinedOnes.slice(0, 3).map(({ gap }) => gap),
    }
  const missed = compared.filter(({ gap }) => !holdsGap(gap.value, bound))
  const off = compared[0] === undefined ? 0 : offBy(compared[0].gap.value, bound)
  if (confidence === undefined)
    return missed.length > 0
      ? { code: 'gap_beyond', outcome: 'unmet', off, ...said }
      : { code: 'gap_within', outcome: 'met', ...said }
  if (areShownBeyond(missed, asked, confidence, pairs.length))
    return { code: 'gap_beyond', outcome: 'unmet', off, ...said }
  const bare = compared.find(({ why }) => why !== undefined)
  if (bare?.why !== undefined)
    return { code: 'gap_nothing_shown', outcome: 'undecided', why: bare.why, ...said, gaps: [bare.gap] }
  const open = compared.filter(({ gap }) => gap.shown === undefined || showing(gap.shown, bound) !== 'met')
  return open.length > 0
    ? {
        ...{ code: 'gap_not_shown', outcome: 'undecided', holds: missed.length === 0, ...said },
        gaps: open.slice(0, SHOWN_GAPS).map((one) => withNeeded(one, asked, confidence)),
      }
    : { code: 'gap_within', outcome: 'met', ...said }
}

/** What misses the bound is not shown to hold it by however many samples. */
function withNeeded({ gap, rates }: Compared, { how, bound }: GapAsked, confidence: number): Gap {
  if (!holdsGap(gap.value, bound)) return gap
  const more = moreSamples({ how, rates, measured: gap.measured, bound, confidence })
  return { ...gap, ...(more && { more }) }
}

function compare(pair: Pair, { how, confidence = CUSTOMARY }: GapAsked): Compared {
  const { inverted, ...about } = pair
  const rates = [favoured(pair.measured[0], inverted), favoured(pair.measured[1], inverted)] as const
  const [one, other] = [rateValue(rates[0]), rateValue(rates[1])]
  // 0 / 0 is NaN.
  const value = how === 'ratio' ? one / other : one - other
  const estimated = gapBounds(how, rates, confidence)
  if (estimated.kind === 'none') {
    const clustered = pair.measured.some(
      ({ clusters, samples = 0 }) => clusters !== undefined && clusters < samples,
    )
    const why: NothingShown = clustered
      ? 'clustered'
      : estimated.why === 'no_spread'
        ? 'no_spread'
        : 'nothing_known'
    return { gap: { ...about, value }, rates, why }
  }
  const isCounted = rates.every(({ kind }) => kind === 'counts')
  const method: Method = how === 'difference' ? methodOfTwo(rates) : isCounted ? 'koopman' : 'log_ratio'
  const { low, high } = rounded(estimated)
  return { gap: { ...about, value, shown: { low, high, confidence, method } }, rates }
}

/** A rate as a fraction; turned where the favourable outcome is the one that it does not count. */
function favoured(observed: Measurement, inverted: boolean): Rate {
  const rate = rateOf(observed, observed.unit === 'percent' ? 0.01 : 1)
  if (!inverted) return rate
  return rate.kind === 'counts'
    ? { ...rate, successes: rate.samples - rate.successes }
    : { ...rate, value: 1 - rate.value }
}

/** Whether one of those that miss the bound was shown to, among all that were compared. */
function areShownBeyond(
  missed: readonly Compared[],
  { how, bound }: GapAsked,
  confidence: number,
  all: number,
): boolean {
  const values = missed.map(({ rates }) =>
    pValue((sure) => {
      const estimated = gapBounds(how, rates, sure)
      return estimated.kind === 'bounds' && showing(estimated, bound) === 'unmet'
    }),
  )
  // Those that hold the bound are claims that nobody would make, and count all the same.
  const adjusted = holm([...values, ...new Array<number>(Math.max(0, all - values.length)).fill(1)])
  return adjusted.slice(0, values.length).some((value) => value <= 1 - confidence)
}

function holdsGap(value: number, bound: Bound): boolean {
  const { low, high } = endsOf(bound)
  return value >= low - 1e-12 && value <= high + 1e-12
}

/** How far a gap is beyond a bound; below 0 inside of it. */
function offBy(value: number, bound: Bound): number {
  const { low, high } = endsOf(bound)
  return Math.max(low - value, value - high)
}

function worse(a: Compared, b: Compared, bound: Bound): number {
  return offBy(b.gap.value, bound) - offBy(a.gap.value, bound) || (a.gap.one < b.gap.one ? -1 : 1)
}
