import { rightOf } from '../checks/approval.ts'
import type { Criterion } from '../checks/index.ts'
import type { Right } from '../core/approval.ts'

/** Whose approvals of a release criteria ask for; those of the floor do for whichever model. */
export function approvalsAsked(criteria: readonly Criterion[]): readonly Right[] {
  return criteria.flatMap((criterion) => (criterion.check === 'approval' ? [rightOf(criterion)] : []))
}
