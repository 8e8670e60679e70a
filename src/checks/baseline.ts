import type { Apart, Baseline, BaselineAnswer } from '../core/baseline-answer.ts'
import type { Bound } from '../core/bound.ts'
import type { Control } from '../core/controls.ts'
import type { Data } from '../core/exam.ts'
import { compare } from '../core/exam.ts'
import type { Measurement, Unit } from '../core/measurement.ts'
import type { Asked, MeasurementAnswer } from '../core/measurement-answer.ts'
import type { Paired } from '../core/paired.ts'
import { CUSTOMARY } from '../core/shown.ts'
import type { Rate } from '../statistics/gap.ts'
import { mcnemar } from '../statistics/mcnemar.ts'
import { samplesWhere } from '../statistics/planning.ts'
import { comparable, distance, holds } from './bound.ts'
import type { Context } from './context.ts'
import { differenceShown, type Known } from './difference-shown.ts'
import { fileOf } from './evidence-named.ts'
import { rateOf } from './interval.ts'
import { mistimed } from './measured-at.ts'
import { pairedOf } from './paired.ts'
import { fitting } from './select.ts'
import { showing } from './showing.ts'
import { distrusted } from './trusted.ts'
import { leavingAttacked } from './under-attack.ts'

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
  asked: Asked & { readonly control: Control },
  observed: Measurement,
  baseline: Baseline,
  context: Context,
): BaselineAnswer | MeasurementAnswer {
  const { name, evidence } = baseline
  const about = { observed, baseline: name }
  const found = leavingAttacked(
    asked,
    fitting(
      asked,
      evidence.flatMap((file) => file.measurements),
    ),
  )
  const [other] = found
  if (other === undefined || found.length > 1)
    return { code: 'baseline_lacks', outcome: 'undecided', ...about, found: found.length }
  // What was released was judged when it was; of the base this is the only look that anybody takes.
  const weak =
    name.kind === 'base'
      ? (distrusted(other, fileOf(other, evidence), context.trust) ?? mistimed(other, context, 'earlier'))
      : undefined
  if (weak !== undefined) return weak
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
  const bare = {
    ...{ ...about, against: other, difference: value.toNumber(), bound },
    ...(unit && { unit }),
    ...(confidence !== undefined && { confidence }),
  }
  const whole = one.scale.whole ?? 1
  const rates = [rateOf(observed, one.scale.own / whole), rateOf(other, two.scale.own / whole)] as const
  const known = knownBy(rates, whole, pairedOf(observed, other, baseline, context))
  const shown = differenceShown(known, whole, confidence ?? CUSTOMARY)
  const apart = apartIn(known)
  const compared = { ...bare, ...(apart && { apart }) }
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
  if (shows === 'unmet')
    return { code: 'difference_beyond', outcome: 'unmet', ...said, off: distance(value, bound) }
  const isHeld = holds(value, bound)
  const needed = samplesWhere(observed.samples ?? Number.NaN, (times) => {
    const then = differenceShown(known, whole, confidence, times)
    return then !== undefined && showing(then, bound) === (isHeld ? 'met' : 'unmet')
  })
  return {
    ...{ code: 'difference_not_shown', outcome: 'undecided', ...said, holds: isHeld },
    ...(needed !== undefined && { needed }),
  }
}

/** Pairs tell more than two samples, in either direction, wherever they show anything at all. */
function knownBy(rates: readonly [Rate, Rate], whole: number, figures: Paired | undefined): Known {
  const paired: Known | undefined = figures && { kind: 'paired', figures }
  return paired !== undefined && differenceShown(paired, whole, CUSTOMARY) !== undefined
    ? paired
    : { kind: 'independent', rates }
}

/** What is known of the samples on which the two differ, beside what decides. */
function apartIn(known: Known): Apart | undefined {
  if (known.kind !== 'paired' || known.figures.kind !== 'rate') return undefined
  const { onlyOne, onlyOther, clustered } = known.figures
  const rare = clustered === undefined ? mcnemar(known.figures) : undefined
  // The last digits may differ from machine to machine.
  return {
    ...{ onlyOne, onlyOther },
    ...(rare?.kind === 'significance' && { p: Number(rare.either.toPrecision(4)) }),
  }
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
