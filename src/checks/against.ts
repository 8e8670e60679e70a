import type { Bound, MeasurementAnswer } from '../core/answer.ts'
import type { Measurement, Unit } from '../core/measurement.ts'
import type { Shown } from '../core/shown.ts'
import { normalQuantile } from '../statistics/distributions.ts'
import { samplesByError, samplesToDecide } from '../statistics/planning.ts'
import { comparable, distance, holds, type Scale } from './bound.ts'
import { countsOf, intervalOf } from './interval.ts'
import { endsOf, showing } from './showing.ts'

type Asked = {
  readonly bound: Bound
  readonly unit?: Unit | undefined
  readonly confidence?: number | undefined
}

/** One measurement against one bound. Without `confidence` the value decides; with it what the samples show. */
export function against(asked: Asked, observed: Measurement): MeasurementAnswer {
  const { bound, unit, confidence } = asked
  const compared = comparable(observed, bound, unit)
  switch (compared.kind) {
    case 'value':
      return confidence === undefined
        ? byValue(compared, asked, observed)
        : bySamples(compared, asked, observed, confidence)
    case 'not_a_number':
      return { code: 'not_a_number', outcome: 'undecided', observed }
    case 'unit_unclear':
      return { code: 'unit_unclear', outcome: 'undecided', observed, bound }
    case 'unit_differs':
      return { code: 'unit_differs', outcome: 'undecided', observed, wanted: compared.wanted }
    case 'out_of_range':
      return { code: 'out_of_range', outcome: 'undecided', observed, low: compared.low, high: compared.high }
  }
}

type Value = Extract<ReturnType<typeof comparable>, { kind: 'value' }>

function byValue({ value, scale }: Value, { bound, unit }: Asked, observed: Measurement): MeasurementAnswer {
  const formed = intervalOf(observed, scale)
  const beside = formed.kind === 'formed' && { shown: formed.shown }
  const found = { observed, bound, ...(unit && { unit }), ...beside }
  return holds(value, bound)
    ? { code: 'within_bound', outcome: 'met', ...found }
    : { code: 'beyond_bound', outcome: 'unmet', ...found, off: distance(value, bound) }
}

function bySamples(
  { value, scale }: Value,
  { bound, unit }: Asked,
  observed: Measurement,
  confidence: number,
): MeasurementAnswer {
  const formed = intervalOf(observed, scale, confidence)
  const asked = { observed, bound, ...(unit && { unit }), confidence }
  if (formed.kind === 'none')
    return { code: 'nothing_shown', outcome: 'undecided', ...asked, why: formed.why }
  const found = { ...asked, shown: formed.shown }
  switch (showing(formed.shown, bound)) {
    case 'met':
      return { code: 'within_bound', outcome: 'met', ...found }
    case 'unmet':
      return { code: 'beyond_bound', outcome: 'unmet', ...found, off: distance(value, bound) }
    case 'neither': {
      const needed = neededOf(value.toNumber(), scale, found)
      const rest = {
        holds: holds(value, bound),
        off: distance(value, bound),
        ...(needed !== undefined && { needed }),
      }
      return { code: 'not_shown', outcome: 'undecided', ...found, ...rest }
    }
  }
}

type Found = {
  readonly observed: Measurement
  readonly bound: Bound
  readonly confidence: number
  readonly shown: Shown
}

/** How many samples would decide at this value: of two ends the later one; of a missed one, that one alone. */
function neededOf(value: number, scale: Scale, found: Found): number | undefined {
  const { low: least, high: most } = endsOf(found.bound)
  const missed = value < least ? [least] : value > most ? [most] : [least, most].filter(Number.isFinite)
  const each = missed.map((end) => neededFor(end, end === most, value, scale, found))
  return each.includes(undefined) ? undefined : Math.max(...each.flatMap((one) => one ?? []))
}

function neededFor(
  end: number,
  upper: boolean,
  value: number,
  { whole = 1 }: Scale,
  { observed, shown, confidence }: Found,
): number | undefined {
  const { samples, clusters } = observed
  if (samples === undefined) return undefined
  if (shown.method === 'clopper_pearson_clusters' && clusters !== undefined) {
    const successes = upper ? clusters - (value / whole) * clusters : (value / whole) * clusters
    const rate = upper ? 1 - end / whole : end / whole
    const needed = samplesToDecide({ successes, samples: clusters }, rate, confidence)
    return needed === undefined ? undefined : Math.ceil((needed * samples) / clusters)
  }
  if (shown.method !== 'clopper_pearson') {
    const half = value < end ? shown.high - value : value - shown.low
    return samplesByError({ value, stderr: half / normalQuantile(confidence), samples }, end, confidence)
  }
  const counts = countsOf(observed)
  if (counts === undefined || counts === 'differ') return undefined
  const successes = (counts.least + counts.most) / 2
  const rate = end / whole
  return upper
    ? samplesToDecide({ successes: samples - successes, samples }, 1 - rate, confidence)
    : samplesToDecide({ successes, samples }, rate, confidence)
}
