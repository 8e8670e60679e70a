import Big from 'big.js'
import { boundOf } from '../checks/common.ts'
import type { Criterion } from '../checks/index.ts'
import { metricOf } from '../core/metrics.ts'
import type { Note } from '../core/note.ts'
import { newcombe } from '../statistics/newcombe.ts'
import { MOST_SAMPLES } from '../statistics/planning.ts'
import { eachToShow, fairPasses, type GapWanted, showsNone } from '../statistics/planning-gaps.ts'
import type { Criteria } from './criteria.ts'
import { rateSupposed } from './rate-supposed.ts'

type Metric = Extract<Criterion, { check: 'metric' }>

/**
 * What a difference to a baseline with `confidence` takes, were candidate and baseline equally good; of a proportion,
 * and as the gate judges it: by two independent samples of one size.
 */
export function baselinePower(criterion: Metric, criteria: Criteria): Note | undefined {
  const { id, metric, confidence, baseline, min_samples: least, unit, first } = criterion
  const known = metricOf(metric)
  const bound = boundOf(criterion)
  if (baseline === undefined || confidence === undefined || known?.proportion !== true) return undefined
  if (bound.kind !== 'at_least' && bound.kind !== 'at_most') return undefined
  const name = criterion.dataset ?? String(criterion.where?.dataset ?? '')
  const rows = known.denominator === 'samples' ? criteria.datasets?.[name]?.rows : undefined
  const samples = least ?? rows
  if (samples === undefined || samples > MOST_SAMPLES / 10) return undefined
  const scale = unit === 'percent' ? 100 : 1
  const end = new Big(bound.value).div(scale).toNumber()
  const wanted: GapWanted = {
    ...{ how: 'difference', confidence },
    ...(bound.kind === 'at_least' ? { low: end } : { high: end }),
  }
  const begun = first === undefined ? Number.NaN : new Big(first).div(scale).toNumber()
  const rate = begun > 0 && begun < 1 ? begun : rateSupposed(known.name, criteria)
  const counts = { successes: rate * samples, samples }
  const shown = newcombe(counts, counts, confidence)
  if (shown.kind === 'none') return undefined
  const sizes = [samples, samples]
  const needed = showsNone(sizes, [[0, 1]], rate, wanted) ? undefined : eachToShow(rate, true, wanted)
  return {
    ...{ code: 'baseline_power', criterion: id, metric: known.name, samples, confidence, bound, rate },
    even: (bound.kind === 'at_least' ? shown.low : shown.high) * scale,
    ...(needed !== undefined && { needed }),
    passes: fairPasses(sizes, [[0, 1]], rate, wanted),
  }
}
