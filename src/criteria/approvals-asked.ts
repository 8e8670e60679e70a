import { rightOf } from '../checks/approval.ts'
import type { Right } from '../core/approval.ts'
import type { Criteria } from './criteria.ts'

/** Whose approvals of a release a version of the criteria asks for. */
export function approvalsAsked(criteria: Criteria | undefined): readonly Right[] {
  return (criteria?.criteria ?? []).flatMap((criterion) =>
    criterion.check === 'approval' ? [rightOf(criterion)] : [],
  )
}
