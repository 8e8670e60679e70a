import type { Criterion } from '../checks/index.ts'
import type { Control } from '../core/controls.ts'
import type { IntegrityPart } from '../core/integrity-answer.ts'
import type { LineageAsked } from '../core/lineage-answer.ts'
import type { Trait } from '../core/profile.ts'
import { controlsOf } from '../core/records/kinds.ts'
import { ATTESTED_BY, ATTESTED_WITH, LINEAGE_BY, SHOWN_BY, SHOWN_IN_PART } from '../core/shown-controls.ts'
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
      return unfitNumbers(control, criterion, traits) ?? inPart(control, check)
    case 'record': {
      const { record } = criterion
      return controlsOf(record).includes(control) ? undefined : { why: 'record', record }
    }
    case 'attestation': {
      const { predicate } = criterion
      if (!ATTESTED_BY[predicate].includes(control)) return { why: 'predicate', predicate }
      return unasked(control, criterion) ?? otherBase(control, check, traits)
    }
    case 'lineage': {
      const { of: parts } = criterion
      if (!parts.some((part) => LINEAGE_BY[part].includes(control))) return { why: 'parts', parts }
      return partsLeft('base-model-provenance', KNOWN_BY, control, criterion)
    }
    case 'scan':
      return shownBy(SHOWN_BY.scan, control, check) ?? otherBase(control, check, traits)
    case 'integrity':
      return (
        shownBy(SHOWN_BY[check], control, check) ??
        partsLeft('reproducibility', REPEATED_BY, control, criterion)
      )
    case 'document':
    case 'approval':
      return inPart(control, check) ?? shownBy(SHOWN_BY[check], control, check)
  }
}

function shownBy(controls: readonly Control[], control: Control, check: string): Unfitness | undefined {
  return controls.includes(control) ? undefined : { why: 'check', check }
}

function inPart(control: Control, check: string): Unfitness | undefined {
  return SHOWN_IN_PART[check]?.includes(control) ? { why: 'in_part', check } : undefined
}

/** What is asked of an attestation must make it one of the control: any trusted job may have signed it. */
function unasked(
  control: Control,
  criterion: Extract<Criterion, { check: 'attestation' }>,
): Unfitness | undefined {
  const { predicate } = criterion
  const rule = ATTESTED_WITH[predicate]
  if (rule?.control !== control) return undefined
  const { keys } = rule
  const isAsked = Object.entries(criterion).some(([key, value]) => keys.includes(key) && value !== undefined)
  return isAsked ? undefined : { why: 'unasked', of: `predicate: ${predicate}`, keys }
}

/** A training is repeated by what it ran with, what it ran on and what ran; one of them alone repeats nothing. */
const REPEATED_BY: readonly IntegrityPart[] = ['parameters', 'environment', 'code']

/** Where a base is from is known by which one it is, who published it and what it may be used for. */
const KNOWN_BY: readonly LineageAsked[] = ['pinned', 'publisher', 'licence']

/** Of a control that several parts make up, those that a criterion leaves out. */
function partsLeft<P extends string>(
  whole: Control,
  parts: readonly P[],
  control: Control,
  { check, of }: { readonly check: 'integrity' | 'lineage'; readonly of: readonly P[] },
): Unfitness | undefined {
  const left = parts.filter((part) => !of.includes(part))
  return control === whole && left.length > 0
    ? { why: 'unasked', of: `check: ${check}`, keys: left }
    : undefined
}

function otherBase(control: Control, check: string, traits: readonly Trait[]): Unfitness | undefined {
  return traits.includes('fine-tuned') && OF_BASE.includes(control)
    ? { why: 'base_not_measured', check }
    : undefined
}
