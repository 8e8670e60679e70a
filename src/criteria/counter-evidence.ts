import type { Criterion } from '../checks/index.ts'
import { forApproval } from './counter-approvals.ts'
import { forDisparity } from './counter-gaps.ts'
import { forIntegrity } from './counter-integrity.ts'
import { forMetric } from './counter-measurements.ts'
import { forDocument, forRecord } from './counter-records.ts'
import { forSuite } from './counter-suites.ts'
import type { Criteria } from './criteria.ts'
import type { Made } from './made.ts'

/** What is made to try a criterion of a check that is built; nothing for the others. */
export function madeFor(criterion: Criterion, criteria: Criteria): Made | undefined {
  switch (criterion.check) {
    case 'metric':
      return forMetric(criterion, criteria)
    case 'disparity':
      return forDisparity(criterion, criteria)
    case 'document':
      return forDocument(criterion)
    case 'record':
      return forRecord(criterion)
    case 'approval':
      return forApproval(criterion)
    case 'integrity':
      return forIntegrity(criterion, criteria)
    case 'suite':
      return forSuite(criterion, criteria)
    default:
      return undefined
  }
}
