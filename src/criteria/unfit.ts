import type { Criterion } from '../checks/index.ts'
import type { Control } from '../core/controls.ts'
import type { Trait } from '../core/profile.ts'
import { controlsOf } from '../core/records/kinds.ts'
import { ATTESTED_BY, LINEAGE_BY, SHOWN_BY } from '../core/shown-controls.ts'
import type { Unfitness } from '../core/unfit.ts'
import { unfitNumbers } from './unfit-numbers.ts'

/** Controls of a base, of which a scan or a signature of other weights shows nothing. */
const OF_BASE: readonly Control[] = ['base-model-vulnerabilities', 'base-model-provenance']

/**
 * Why a criterion says nothing of the control that it names, for a model with these traits; undefined where it answers
 * it. Judged by what the criterion says alone: what is not said is taken to be meant.
 */
export function unfitFor(
  control: Control,
  criterion: Criterion,
  traits: readonly Trait[],
): Unfitness | undefined {
  const { check } = criterion
  switch (check) {
    case 'metric':
    case 'disparity':
    case 'suite':
      return unfitNumbers(control, criterion, traits)
    case 'record': {
      const { record } = criterion
      return controlsOf(record).includes(control) ? undefined : { why: 'record', record }
    }
    case 'attestation': {
      const { predicate } = criterion
      if (!ATTESTED_BY[predicate].includes(control)) return { why: 'predicate', predicate }
      return predicate === 'provenance' ? undefined : otherBase(control, check, traits)
    }
    case 'lineage': {
      const { of: parts } = criterion
      return parts.some((part) => LINEAGE_BY[part].includes(control)) ? undefined : { why: 'parts', parts }
    }
    case 'scan':
      return shownBy(SHOWN_BY.scan, control, check) ?? otherBase(control, check, traits)
    case 'document':
    case 'approval':
    case 'integrity':
      return shownBy(SHOWN_BY[check], control, check)
  }
}

function shownBy(controls: readonly Control[], control: Control, check: string): Unfitness | undefined {
  return controls.includes(control) ? undefined : { why: 'check', check }
}

function otherBase(control: Control, check: string, traits: readonly Trait[]): Unfitness | undefined {
  return traits.includes('fine-tuned') && OF_BASE.includes(control)
    ? { why: 'base_not_measured', check }
    : undefined
}
