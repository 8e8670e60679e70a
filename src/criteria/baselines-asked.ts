import type { Criterion } from '../checks/index.ts'
import { canonical } from '../core/metrics.ts'

/** The metrics that criteria hold against the last release that was a go. */
export function baselinesAsked(criteria: readonly Criterion[]): readonly string[] {
  return criteria.flatMap((criterion) =>
    criterion.check === 'metric' && criterion.baseline === 'released' ? [canonical(criterion.metric)] : [],
  )
}
