import type { Criterion } from '../checks/index.ts'
import { CONTROL_TABLE, CONTROLS, type Control, PREREGISTRATION, requiredBecause } from '../core/controls.ts'
import type { Covered } from '../core/coverage.ts'
import { metricOf } from '../core/metrics.ts'
import { controlsOf } from '../core/records/kinds.ts'
import type { Criteria } from './criteria.ts'
import type { Effective } from './effective.ts'

/**
 * Design chapter 3: for each control that the model must answer, which blocking criteria of `asked` or of the
 * floor ask for it, whether it is said not to apply, or that it is missing. Advisory criteria cover nothing.
 */
export function coverage(
  model: Pick<Effective, 'risk' | 'approaches' | 'traits' | 'required' | 'criteria'>,
  asked: Pick<Criteria, 'criteria' | 'not_applicable'>,
): readonly Covered[] {
  const all = [
    ...asked.criteria.map((criterion) => ({ criterion, by: { criterion: criterion.id } })),
    ...model.criteria.map((criterion) => ({
      criterion,
      by: { criterion: criterion.id, floor: true as const },
    })),
  ].toSorted((one, other) => (one.criterion.id < other.criterion.id ? -1 : 1))
  const required = CONTROLS.flatMap((control): readonly Covered[] => {
    const built = requiredBecause(control, model)
    const because = [...(built ?? []), ...(model.required.includes(control) ? (['floor'] as const) : [])]
    if (because.length === 0) return []
    const own = all.filter(({ criterion }) => criterion.control === control)
    const by = own
      .filter(({ criterion }) => criterion.blocking !== false && answersFor(control, criterion))
      .map((one) => one.by)
    if (by.length > 0) return [{ control, because, state: 'asked', by }]
    const excuse = asked.not_applicable?.find((one) => one.control === control)
    const advisory = own.flatMap((one) => (one.criterion.blocking === false ? [one.by.criterion] : []))
    if (excuse === undefined) return [{ control, because, state: 'missing', advisory }]
    return [{ control, because, state: 'excused', reason: excuse.because }]
  })
  return [{ control: PREREGISTRATION, because: ['every release'], state: 'built-in' }, ...required]
}

/** What was measured is shown by a number or a suite; a document that says so is no result. A record is of its controls. */
function answersFor(control: Control, criterion: Criterion): boolean {
  const { check } = criterion
  if (check === 'record') return controlsOf(criterion.record).includes(control)
  if (control === 'fairness' && check === 'metric') return mayCompareGroups(criterion)
  return (
    CONTROL_TABLE[control].measured !== true ||
    check === 'metric' ||
    check === 'disparity' ||
    check === 'suite'
  )
}

/** A share of everything, such as the accuracy, is no gap between groups, and is none of a group either. */
function mayCompareGroups({ metric, where, for_each }: Extract<Criterion, { check: 'metric' }>): boolean {
  const named = for_each !== undefined || Object.keys(where ?? {}).length > 0
  return named || metricOf(metric)?.proportion !== true
}
