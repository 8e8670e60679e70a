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

/** Controls that are no result, and of which numbers and tests may say something all the same. */
const NUMBERED: readonly Control[] = [
  ...(['data-integrity', 'poisoning-prevention', 'base-model-vulnerabilities'] as const),
  ...(['inherited-data', 'base-model-evaluation', 'inherited-behaviour'] as const),
]
const SCANNED: readonly Control[] = ['supply-chain', 'open-source-provenance', 'base-model-vulnerabilities']
const ATTESTED: readonly Control[] = [
  ...(['secure-development', 'open-source-provenance', 'supply-chain', 'data-integrity'] as const),
  ...(['environment-isolation', 'access-control', 'reproducibility', 'base-model-provenance'] as const),
]
const INHERITED: readonly Control[] = [
  ...(['open-source-provenance', 'base-model-provenance', 'base-model-card'] as const),
  ...(['base-model-evaluation', 'inherited-behaviour', 'inherited-data'] as const),
]

/**
 * Whether a criterion can say anything of its control. What was measured is shown by a number or a suite, and a number
 * says nothing of who decided; a record, a scan, an attestation and a lineage are of their own controls.
 */
function answersFor(control: Control, criterion: Criterion): boolean {
  const isMeasured = CONTROL_TABLE[control].measured === true
  switch (criterion.check) {
    case 'record':
      return controlsOf(criterion.record).includes(control)
    case 'metric':
      return control === 'fairness' ? mayCompareGroups(criterion) : isMeasured || NUMBERED.includes(control)
    case 'disparity':
    case 'suite':
      return isMeasured || NUMBERED.includes(control)
    case 'scan':
      return SCANNED.includes(control)
    case 'attestation':
      return ATTESTED.includes(control)
    case 'lineage':
      return INHERITED.includes(control)
    default:
      return !isMeasured
  }
}

/** A share of everything, such as the accuracy, is no gap between groups, and is none of a group either. */
function mayCompareGroups({ metric, where, for_each }: Extract<Criterion, { check: 'metric' }>): boolean {
  const named = for_each !== undefined || Object.keys(where ?? {}).length > 0
  return named || metricOf(metric)?.proportion !== true
}
