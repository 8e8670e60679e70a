import { canonical } from '../core/metrics.ts'
import type { Criteria } from './criteria.ts'
import type { Floor } from './floor.ts'

/** The metrics that criteria hold against the last release that was a go. */
export function baselinesAsked(asking: Pick<Criteria | Floor, 'criteria'> | undefined): readonly string[] {
  return (asking?.criteria ?? []).flatMap((criterion) =>
    criterion.check === 'metric' && criterion.baseline === 'released' ? [canonical(criterion.metric)] : [],
  )
}
