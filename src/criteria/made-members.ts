import { labelsOf } from '../checks/common.ts'
import type { Criterion } from '../checks/index.ts'

type Metric = Extract<Criterion, { check: 'metric' }>

/** A good member and one that is not are enough to see whether every one of them counts. */
const MEMBERS = 2

/** The criterion with no more members than it takes to try it. */
export function fewMembers({ of, count, ...criterion }: Metric): Metric {
  return {
    ...criterion,
    ...(of !== undefined && { of: of.slice(0, MEMBERS) }),
    ...(count !== undefined && { count: Math.min(count, MEMBERS) }),
  }
}

/** The labels of what is measured: one set, or one for each member. */
export function membersOf(criterion: Metric): readonly Readonly<Record<string, string>>[] {
  const where = labelsOf(criterion)
  const each = criterion.for_each
  const names = criterion.of ?? Array.from({ length: criterion.count ?? 0 }, (_, index) => `member-${index}`)
  return each === undefined ? [where] : names.map((name) => ({ ...where, [each]: name }))
}
