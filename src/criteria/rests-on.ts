import type { Context } from '../checks/context.ts'
import { filesOf, isMeasured } from '../checks/evidence-named.ts'
import { answer, type Criterion } from '../checks/index.ts'
import { pathsOf } from '../core/named-evidence.ts'

/** Checks that are answered by what was measured. */
const MEASURING: readonly Criterion['check'][] = ['metric', 'disparity', 'suite', 'lineage']

/** Whether a criterion asks for reports that cover what the others rest on. */
export function asksCover(criteria: readonly Criterion[]): boolean {
  return criteria.some((one) => one.check === 'record' && one.covers !== undefined)
}

/**
 * The files with numbers or tests that the answers of blocking criteria rest on: those that the answers name, and where
 * groups are compared, those with the labels of the groups, since an answer names only the worst pair.
 */
export function restsOn(criteria: readonly Criterion[], context: Context): readonly string[] {
  const files = filesOf(context).filter(isMeasured)
  const blocking = criteria.filter(
    ({ check, blocking: decides = true }) => decides && MEASURING.includes(check),
  )
  const named = new Set(blocking.flatMap((criterion) => pathsIn(answer(criterion, context))))
  const grouped = blocking.flatMap((criterion) =>
    criterion.check === 'disparity' || criterion.check === 'lineage' ? (criterion.across ?? []) : [],
  )
  return pathsOf(
    files.filter(
      ({ path, measurements }) =>
        named.has(path) ||
        grouped.some((labels) =>
          measurements.some((one) => [labels].flat().every((label) => Object.hasOwn(one.labels, label))),
        ),
    ),
  )
}

/** The path of every source in an answer, however deep. */
function pathsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(pathsIn)
  const source: unknown = 'source' in value ? value.source : undefined
  const isPath = typeof source === 'object' && source !== null && 'path' in source
  return isPath ? [...inner, String(source.path)] : inner
}
