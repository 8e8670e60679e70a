import type { Measurement } from '../core/measurement.ts'
import { metricOf } from '../core/metrics.ts'
import { CUSTOMARY, type NothingShown, type Shown } from '../core/shown.ts'
import type { Estimated } from '../statistics/bounds.ts'
import { clopperPearson } from '../statistics/clopper-pearson.ts'
import type { Rate } from '../statistics/gap.ts'
import { hanleyMcNeil } from '../statistics/hanley-mcneil.ts'
import { normalBounds, tBounds } from '../statistics/standard-error.ts'
import type { Scale } from './bound.ts'
import { rounded } from './showing.ts'

/** Bounds of a value, or why none can be formed. */
export type Formed =
  | { readonly kind: 'formed'; readonly shown: Shown }
  | { readonly kind: 'none'; readonly why: NothingShown }

/**
 * What the samples show of a value, from the best source that there is: exact from its own counts where it is a
 * proportion, else the tool's interval, else its standard error, else of an area the number of positives and negatives,
 * else that no cluster differs. Without a confidence the customary 95% interval, or the tool's at whatever level it is.
 */
export function intervalOf(observed: Measurement, scale: Scale, confidence?: number): Formed {
  const sources = [byCounts, byTool, byError, byClasses, byClusters].map((source) =>
    source(observed, scale, confidence),
  )
  const reasons = sources.filter((formed) => formed?.kind === 'none')
  return sources.find((formed) => formed?.kind === 'formed') ?? reasons[0] ?? none('nothing_known')
}

type Source = (observed: Measurement, scale: Scale, confidence: number | undefined) => Formed | undefined

const byCounts: Source = (observed, { whole }, confidence = CUSTOMARY) => {
  const { samples, clusters } = observed
  const counts = countsOf(observed)
  if (samples === undefined || whole === undefined || counts === undefined) return undefined
  if (clusters !== undefined && clusters < samples) return none('clustered')
  if (counts === 'differ') return none('counts_differ')
  const least = clopperPearson({ successes: counts.least, samples }, confidence)
  const most = clopperPearson({ successes: counts.most, samples }, confidence)
  if (least.kind === 'none' || most.kind === 'none') return none('no_samples')
  return formed(least.low * whole, most.high * whole, confidence, 'clopper_pearson')
}

const byTool: Source = ({ value, interval }, { own }, confidence) => {
  if (interval === undefined) return undefined
  const { low, high, level, sides } = interval
  // Written so that NaN is never around anything.
  if (!(low <= value && value <= high && level > 0 && level < 1)) return none('interval_off')
  const each = sides === 2 ? (1 + level) / 2 : level
  // Levels are decimals: (1 + 0.9) / 2 is 0.95.
  if (confidence !== undefined && each < confidence - 1e-12) return none('level_too_low')
  return formed(low * own, high * own, each, 'reported')
}

const byError: Source = (observed, { own, whole }, confidence = CUSTOMARY) => {
  const { value, stderr } = observed
  if (stderr === undefined) return undefined
  const { freedom } = freedomOf(observed)
  const estimate = { value: value * own, stderr: stderr * own }
  const bounds: Estimated =
    freedom === undefined ? normalBounds(estimate, confidence) : tBounds(estimate, freedom, confidence)
  if (bounds.kind === 'none')
    return none(bounds.why === 'no_spread' || bounds.why === 'one_sample' ? bounds.why : 'nothing_known')
  const [least, most] = (whole !== undefined && metricOf(observed.metric)?.range) || [-Infinity, Infinity]
  return formed(
    Math.max(bounds.low, least * (whole ?? 1)),
    Math.min(bounds.high, most * (whole ?? 1)),
    confidence,
    freedom === undefined ? 'normal' : 't',
  )
}

const byClasses: Source = (observed, { own, whole }, confidence = CUSTOMARY) => {
  const { metric, value, samples, clusters, positives } = observed
  if (metricOf(metric)?.name !== 'roc_auc' || samples === undefined || positives === undefined)
    return undefined
  if (whole === undefined) return undefined
  if (clusters !== undefined && clusters < samples) return none('clustered')
  const area = { value: (value * own) / whole, positives, negatives: samples - positives }
  const bounds = hanleyMcNeil(area, confidence)
  if (bounds.kind === 'none') return none(bounds.why === 'no_spread' ? 'no_spread' : 'nothing_known')
  return formed(bounds.low * whole, bounds.high * whole, confidence, 'hanley_mcneil')
}

/**
 * Of clusters that have no success at all, or nothing else: a cluster has some at least as often as its outputs are
 * one on average, so that the exact bound of a proportion of clusters is one of the outputs too, however alike those
 * of a cluster are. It takes clusters whose size does not hang together with how they fare.
 */
const byClusters: Source = (observed, { whole }, confidence = CUSTOMARY) => {
  const { samples, clusters } = observed
  const counts = countsOf(observed)
  if (samples === undefined || clusters === undefined || !(clusters < samples)) return undefined
  if (whole === undefined || counts === undefined || counts === 'differ') return undefined
  const { least, most } = counts
  if (most !== 0 && least !== samples) return undefined
  const bounds = clopperPearson({ successes: most === 0 ? 0 : clusters, samples: clusters }, confidence)
  if (bounds.kind === 'none') return none('no_samples')
  return formed(bounds.low * whole, bounds.high * whole, confidence, 'clopper_pearson_clusters')
}

/** Degrees of freedom of a standard error: of what was drawn by itself, one less. */
function freedomOf({ samples, clusters }: Measurement): { readonly freedom?: number } {
  const independent = clusters ?? samples
  return independent === undefined ? {} : { freedom: independent - 1 }
}

/** A rate by its own counts, where it is a proportion of independent samples; else scaled, by its standard error. */
export function rateOf(observed: Measurement, scale: number): Rate {
  const { samples, clusters, stderr, value } = observed
  const counts = countsOf(observed)
  const isClustered = clusters !== undefined && samples !== undefined && clusters < samples
  if (samples !== undefined && counts !== undefined && counts !== 'differ' && !isClustered)
    return { kind: 'counts', successes: (counts.least + counts.most) / 2, samples }
  return stderr === undefined
    ? { kind: 'value', value: value * scale }
    : { kind: 'estimate', value: value * scale, stderr: stderr * scale, ...freedomOf(observed) }
}

/** The successes that a proportion stands for; where it was rounded, the fewest and the most that look the same. */
export function countsOf(
  observed: Measurement,
): { readonly least: number; readonly most: number } | 'differ' | undefined {
  const { metric, value, unit, samples, successes } = observed
  const known = metricOf(metric)
  if (samples === undefined) return undefined
  // A metric that nobody knows is a proportion where it says of what.
  if (known === undefined ? successes === undefined : !known.proportion) return undefined
  if (unit !== 'fraction' && unit !== 'percent' && unit !== 'unknown') return undefined
  const percent = unit === 'percent' || value > (known?.range?.[1] ?? 1)
  const rate = percent ? value / 100 : value
  const half = halfDigit(value) / (percent ? 100 : 1) + 1e-12
  const least = Math.max(0, Math.ceil((rate - half) * samples))
  const most = Math.min(samples, Math.floor((rate + half) * samples))
  if (successes !== undefined)
    return successes >= least && successes <= most ? { least: successes, most: successes } : 'differ'
  // One that fits exactly is meant, though others may be printed alike.
  const exact = Math.round(rate * samples)
  if (Math.abs(exact - rate * samples) <= 1e-9 * Math.max(1, samples)) return { least: exact, most: exact }
  return least <= most ? { least, most } : 'differ'
}

/** Half of the last digit that a number was printed with. */
function halfDigit(value: number): number {
  const [, part = '', power = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  return 0.5 * 10 ** (Number(power) - part.length)
}

function formed(low: number, high: number, confidence: number, method: Shown['method']): Formed {
  return { kind: 'formed', shown: { ...rounded({ low, high }), confidence, method } }
}

function none(why: NothingShown): Formed {
  return { kind: 'none', why }
}
