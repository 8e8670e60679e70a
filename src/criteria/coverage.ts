import { CONTROLS, PREREGISTRATION, requiredBecause } from '../core/controls.ts'
import type { Covered } from '../core/coverage.ts'
import type { Criteria } from './criteria.ts'
import type { Effective } from './effective.ts'
import { unfitFor } from './unfit.ts'

/**
 * Design chapter 3: for each control that the model must answer, which blocking criteria of `asked` or of the
 * floor ask for it, whether it is said not to apply, or that it is missing. Advisory criteria cover nothing, nor do
 * those that say nothing of it.
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
    const own = all
      .filter(({ criterion }) => criterion.control === control)
      .map((one) => ({ ...one, unfit: unfitFor(control, one.criterion, model.traits) }))
    const by = own
      .filter(({ criterion, unfit }) => criterion.blocking !== false && unfit === undefined)
      .map((one) => one.by)
    if (by.length > 0) return [{ control, because, state: 'asked', by }]
    const excuse = asked.not_applicable?.find((one) => one.control === control)
    const advisory = own.flatMap((one) => (one.unfit === undefined ? [one.by.criterion] : []))
    const unfit = own.flatMap((one) => (one.unfit === undefined ? [] : [{ ...one.by, ...one.unfit }]))
    if (excuse === undefined)
      return [{ control, because, state: 'missing', advisory, ...(unfit.length > 0 && { unfit }) }]
    return [{ control, because, state: 'excused', reason: excuse.because }]
  })
  return [{ control: PREREGISTRATION, because: ['every release'], state: 'built-in' }, ...required]
}
