import { COVERAGE, RETIREMENT } from '../core/controls.ts'
import { type Approved, type Covered, missingOf, unapproved } from '../core/coverage.ts'
import type { Finding } from '../core/finding.ts'
import type { Criteria } from './criteria.ts'
import type { Floor } from './floor.ts'

/** Who approves what the criteria do; nobody is named without a floor, and then any other writer may. */
export function approversOf(floor: Floor | undefined, what: 'loosen' | 'not_applicable'): readonly string[] {
  return floor?.approvals?.[what] ?? []
}

/** The finding that keeps a release from go while a required control is not asked for, if one is not. */
export function uncovered(coverage: readonly Covered[], floor: Floor | undefined): readonly Finding[] {
  const [missing, waiting] = [missingOf(coverage), unapproved(coverage)]
  if (missing.length === 0 && waiting.length === 0) return []
  const approvers = approversOf(floor, 'not_applicable')
  const answer = { code: 'not_covered', outcome: 'undecided', missing, waiting, approvers } as const
  return [{ criterion: COVERAGE, control: COVERAGE, blocking: true, version: 'both', answer }]
}

/** The finding that keeps a model from go that any version of its criteria retires. */
export function retired(
  versions: readonly (Criteria | undefined)[],
  path: string,
  approved: Approved,
  floor: Floor | undefined,
): readonly Finding[] {
  if (!versions.some((criteria) => criteria?.retired)) return []
  const approvers = approversOf(floor, 'loosen')
  return [
    {
      ...{ criterion: RETIREMENT, control: RETIREMENT, blocking: true, version: 'both' },
      answer:
        approved === true
          ? { code: 'model_retired', outcome: 'unmet', path }
          : { code: 'retirement_awaits', outcome: 'undecided', path, approvers },
    },
  ]
}
