import Big from 'big.js'
import { spread } from '../checks/attempts.ts'
import { boundOf } from '../checks/common.ts'
import type { Criterion } from '../checks/index.ts'
import type { Bound } from '../core/answer.ts'
import type { Evidence } from '../core/evidence.ts'
import { metricOf } from '../core/metrics.ts'
import type { Note } from '../core/note.ts'
import type { Fault } from '../core/problem.ts'
import { passes, samplesToShow, successesNeeded } from '../statistics/planning.ts'
import type { Criteria } from './criteria.ts'
import { baselinePower } from './power-baseline.ts'
import { gapPower } from './power-gaps.ts'
import { isPercent } from './span.ts'

type Metric = Extract<Criterion, { check: 'metric' }>

/** What a criterion with `confidence` takes, or why no evidence of the least size can show it. */
export type Power =
  | { readonly kind: 'note'; readonly note: Note }
  | { readonly kind: 'fault'; readonly fault: Extract<Fault, { code: 'cannot_be_shown' }> }

/** Measured on as few samples as are asked for or pinned; of gaps also on what evidence there is already. */
export function powerOf(
  whole: Criterion,
  criteria: Criteria,
  evidence: readonly Evidence[] = [],
): readonly Power[] {
  const criterion = spread(whole, criteria.attempts)
  if (criterion.check === 'disparity') return gapPower(criterion, criteria, evidence)
  if (criterion.check !== 'metric') return []
  const of = criterion.baseline === undefined ? ratePower(criterion, criteria) : undefined
  const note = baselinePower(criterion, criteria)
  return [...(of ? [of] : []), ...(note ? [{ kind: 'note', note } as const] : [])]
}

/** Of a proportion with `confidence` against one end. */
function ratePower(criterion: Metric, { datasets }: Criteria): Power | undefined {
  if (criterion.confidence === undefined) return undefined
  const { id, metric, confidence } = criterion
  const known = metricOf(metric)
  const bound = boundOf(criterion)
  // A mean is no proportion, and how far its members lie apart nobody knows beforehand.
  if (known?.proportion !== true || criterion.combine === 'mean') return undefined
  if (bound.kind !== 'at_least' && bound.kind !== 'at_most') return undefined
  const asked = rateAsked(criterion, bound)
  const needed = samplesToShow(asked, confidence)
  if (needed === undefined) return fault({ code: 'cannot_be_shown', criterion: id, confidence })
  const rows = known.denominator === 'samples' ? datasets?.[nameOf(criterion) ?? '']?.rows : undefined
  const samples = criterion.min_samples ?? rows
  if (samples === undefined) return undefined
  const successes = successesNeeded(samples, asked, confidence)
  if (successes === undefined)
    return fault({ code: 'cannot_be_shown', criterion: id, confidence, samples, needed })
  const truth = truthFor(asked, successes, samples)
  const said = {
    criterion: id,
    metric: known.name,
    samples,
    confidence,
    passes: passes(successes, samples, truth),
  }
  const note: Extract<Note, { code: 'power' }> =
    bound.kind === 'at_least'
      ? { code: 'power', ...said, kind: 'at_least', count: successes, truth }
      : {
          ...{ code: 'power', ...said, kind: 'at_most' },
          ...{ count: samples - successes, truth: new Big(1).minus(truth).toNumber() },
        }
  return { kind: 'note', note }
}

/** The least rate that must be shown, as a fraction: at most 2% successes is at least 98% of the rest. */
export function rateAsked(criterion: Metric, bound: Extract<Bound, { value: number }>): number {
  const rate = new Big(bound.value).times(isPercent(criterion) ? '0.01' : 1)
  return (bound.kind === 'at_most' ? new Big(1).minus(rate) : rate).toNumber()
}

/** The first round rate beyond what is asked at which a model passes more often than not. */
function truthFor(asked: number, successes: number, samples: number): number {
  // A digit finer than the room that is left: 92% beside 90%, 98.8% beside 98%.
  const step = new Big(`1e${new Big(1).minus(asked).e - 1}`)
  const first = new Big(asked).div(step).round(0, Big.roundDown).plus(1).times(step)
  let truth = first
  while (truth.lt(1) && passes(successes, samples, truth.toNumber()) < 0.5) truth = truth.plus(step)
  return Math.min(1, truth.toNumber())
}

function nameOf({ dataset, where }: Metric): string | undefined {
  return dataset ?? (where?.dataset === undefined ? undefined : String(where.dataset))
}

function fault(found: Extract<Fault, { code: 'cannot_be_shown' }>): Power {
  return { kind: 'fault', fault: found }
}
