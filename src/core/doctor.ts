import { environmentFindings, installationFindings, ownerFindings } from './doctor-around.ts'
import { branchFindings, checkFindings } from './doctor-check.ts'
import type { DoctorFacts } from './doctor-facts.ts'
import type { DoctorFinding } from './doctor-finding.ts'

/** Everything that the facts tell of a repository's gate, each thing once; what can't be seen is never fine. */
export function diagnose(facts: DoctorFacts): readonly DoctorFinding[] {
  return [
    ...checkFindings(facts),
    ...branchFindings(facts),
    ...ownerFindings(facts),
    ...environmentFindings(facts),
    ...installationFindings(facts),
  ]
}
