import type { Criterion } from '../checks/index.ts'
import { forApproval } from './counter-approvals.ts'
import { forAttestation } from './counter-attestations.ts'
import { forDisparity } from './counter-gaps.ts'
import { forIntegrity } from './counter-integrity.ts'
import { forLineage } from './counter-lineage.ts'
import { forMetric } from './counter-measurements.ts'
import { forDocument } from './counter-records.ts'
import { forScan } from './counter-scans.ts'
import { forSuite } from './counter-suites.ts'
import { ofTrust } from './counter-trust.ts'
import { forRecord } from './counter-written.ts'
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
      return ofTrust(forDocument(criterion))
    case 'record':
      return ofTrust(forRecord(criterion))
    case 'approval':
      return forApproval(criterion)
    case 'integrity':
      return ofTrust(forIntegrity(criterion, criteria))
    case 'suite':
      return forSuite(criterion, criteria)
    case 'lineage':
      return forLineage(criterion, criteria)
    case 'attestation':
      return forAttestation(criterion)
    case 'scan':
      return forScan(criterion, criteria)
    default:
      return undefined
  }
}
