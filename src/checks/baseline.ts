import type { Baseline, BaselineAnswer } from '../core/baseline-answer.ts'
import type { Bound } from '../core/bound.ts'
import type { Data } from '../core/exam.ts'
import { compare } from '../core/exam.ts'
import type { Measurement, Unit } from '../core/measurement.ts'
import type { Asked, MeasurementAnswer } from '../core/measurement-answer.ts'
import { CUSTOMARY, type Shown } from '../core/shown.ts'
import { gapBounds, type Rate } from '../statistics/gap.ts'
import { comparable, distance, holds } from './bound.ts'
import type { Context } from './context.ts'
import { countsOf, freedomOf } from './interval.ts'
import { fitting } from './select.ts'
import { showing } from './showing.ts'

export type Difference = {
  readonly bound: Bound
  readonly unit?: Unit | undefined
  readonly confidence?: number | undefined
}

/** What `baseline:` names here: `none` where nothing was released with a go before. */
export function baselineOf(asked: 'released' | 'base', context: Context): Baseline | 'none' | 'awaited' {
  if (asked === 'released') return context.released ?? 'awaited'
  return { name: { kind: 'base' }, evidence: context.base ?? [], data: context.exams.given }
}

/** The candidate's value less the baseline's, on the same data, against the bound; with a confidence by its interval. */
export function againstBaseline(
  difference: Difference,
  asked: Asked,
  observed: Measurement,
  baseline: Baseline,
  context: Context,
): BaselineAnswer | MeasurementAnswer {
  const { name, evidence } = baseline
  const about = { observed, baseline: name }
  const found = fitting(
    asked,
    evidence.flatMap((file) => file.measurements),
  )
  const [other] = found
  if (other === undefined || found.length > 1)
    return { code: 'baseline_lacks', outcome: 'undecided', ...about, found: found.length }
  const differs = otherData(observed, baseline, context)
  if (differs !== undefined)
    return { code: 'baseline_other_data', outcome: 'undecided', ...about, ...differs }
  const { bound, unit, confidence } = difference
  // A difference has a range of its own: each value is read as if it alone were asked for, in the unit of the bound.
  const absolute: Bound = { kind: 'at_least', value: scaleOf(observed, unit) }
  const [one, two] = [comparable(observed, absolute, unit), comparable(other, absolute, unit)]
  if (one.kind === 'not_a_number') return { code: 'not_a_number', outcome: 'undecided', observed }
  if (one.kind === 'unit_differs')
    return { code: 'unit_differs', outcome: 'undecided', observed, wanted: one.wanted }
  if (one.kind !== 'value' || two.kind !== 'value')
    return { code: 'unit_unclear', outcome: 'undecided', observed, bound }
  const value = one.value.minus(two.value)
  const compared = {
    ...{ ...about, against: other, difference: value.toNumber(), bound },
    ...(unit && { unit }),
    ...(confidence !== undefined && { confidence }),
  }
  const whole = one.scale.whole ?? 1
  const rates = [rateOf(observed, one.scale.own, whole), rateOf(other, two.scale.own, whole)] as const
  const shown = shownOf(rates, whole, confidence ?? CUSTOMARY)
  if (confidence === undefined)
    return holds(value, bound)
      ? { code: 'difference_within', outcome: 'met', ...compared, ...(shown && { shown }) }
      : {
          ...{ code: 'difference_beyond', outcome: 'unmet', ...compared, ...(shown && { shown }) },
          off: distance(value, bound),
        }
  if (shown === undefined) {
    const isClustered = [observed, other].some(
      ({ clusters, samples = 0 }) => clusters !== undefined && clusters < samples,
    )
    return {
      ...{ code: 'difference_nothing_shown', outcome: 'undecided', ...compared },
      why: isClustered
        ? 'clustered'
        : rates.some((rate) => rate.kind === 'estimate')
          ? 'no_spread'
          : 'nothing_known',
    }
  }
  const said = { ...compared, shown }
  const shows = showing(shown, bound)
  if (shows === 'met') return { code: 'difference_within', outcome: 'met', ...said }
  return shows === 'unmet'
    ? { code: 'difference_beyond', outcome: 'unmet', ...said, off: distance(value, bound) }
    : { code: 'difference_not_shown', outcome: 'undecided', ...said, holds: holds(value, bound) }
}

/** A bound on the scale that a value is written in, so that it is taken as it stands. */
function scaleOf(observed: Measurement, unit: Unit | undefined): number {
  const isPercent =
    unit === 'percent' || (unit === undefined && (observed.unit === 'percent' || observed.value > 1))
  return isPercent ? 100 : 1
}

/** Two values can only be compared where they were measured on the very same data. */
function otherData(
  { labels }: Measurement,
  { name, data }: Baseline,
  { exams }: Context,
): { readonly dataset?: string; readonly own?: string; readonly other?: string } | undefined {
  const dataset = Object.hasOwn(labels, 'dataset') ? labels.dataset : undefined
  if (dataset === undefined) return {}
  const digestIn = (all: readonly Data[]) => all.find((one) => one.name === dataset)?.digest
  // Both lie in one manifest, which has one dataset of that name.
  if (name.kind === 'base') return undefined
  const [own, other] = [exams.pinned.get(dataset)?.digest ?? digestIn(exams.given), digestIn(data)]
  const isSame = own !== undefined && other !== undefined && compare(own, other) === 'same'
  return isSame
    ? undefined
    : { dataset, ...(own !== undefined && { own }), ...(other !== undefined && { other }) }
}

/** A rate by its own counts; else in the unit of the bound by its standard error. */
function rateOf(observed: Measurement, own: number, whole: number): Rate {
  const { samples, clusters, stderr, value } = observed
  const counts = countsOf(observed)
  const isClustered = clusters !== undefined && samples !== undefined && clusters < samples
  if (samples !== undefined && counts !== undefined && counts !== 'differ' && !isClustered)
    return { kind: 'counts', successes: (counts.least + counts.most) / 2, samples }
  const scale = own / whole
  return stderr === undefined
    ? { kind: 'value', value: value * scale }
    : { kind: 'estimate', value: value * scale, stderr: stderr * scale, ...freedomOf(observed) }
}

/**
 * The samples of both are taken as independent. On the same rows they are not, which without the rows themselves is not
 * known: where the two go together, as those of one lineage do, the true interval is narrower.
 */
function shownOf(rates: readonly [Rate, Rate], whole: number, confidence: number): Shown | undefined {
  const bounds = gapBounds('difference', rates, confidence)
  if (bounds.kind === 'none') return undefined
  const isNormal = rates.some((rate) => rate.kind === 'estimate' && rate.freedom === undefined)
  const method = rates.every(({ kind }) => kind === 'counts') ? 'newcombe' : isNormal ? 'normal' : 't'
  const [low, high] = [bounds.low * whole, bounds.high * whole]
  return { low: Math.floor(low * 1e10) / 1e10, high: Math.ceil(high * 1e10) / 1e10, confidence, method }
}
