import { rightOf } from '../checks/approval.ts'
import type { Right } from '../core/approval.ts'
import type { Criteria } from './criteria.ts'
import type { Floor } from './floor.ts'

/** Whose approvals of a release a version of the criteria, or the floor, asks for; of the floor for whichever model. */
export function approvalsAsked(asking: Pick<Criteria | Floor, 'criteria'> | undefined): readonly Right[] {
  return (asking?.criteria ?? []).flatMap((criterion) =>
    criterion.check === 'approval' ? [rightOf(criterion)] : [],
  )
}
