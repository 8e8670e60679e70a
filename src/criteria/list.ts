import { type Criterion, unbuilt, unbuiltName } from '../checks/index.ts'
import { BUILT_IN } from '../core/controls.ts'
import type { Problem } from '../core/problem.ts'
import type { Parsed } from '../text/parsed.ts'

/** The line of each criterion of a file, by id. */
export type Lines = Readonly<Record<string, number>>

/** What is wrong with the criteria that a file lists: ids that are taken, and what no version judges yet. */
export function listProblems(
  criteria: readonly Criterion[],
  parsed: Parsed,
  path: string,
): readonly Problem[] {
  return [...ids(criteria, parsed, path), ...notBuilt(criteria, parsed, path)]
}

export function linesOf(criteria: readonly Criterion[], parsed: Parsed): Lines {
  return Object.fromEntries(
    criteria.map(({ id }, index) => [id, parsed.at(['criteria', index], 'value')?.line ?? 1] as const),
  )
}

function ids(criteria: readonly Criterion[], parsed: Parsed, path: string): readonly Problem[] {
  return criteria.flatMap(({ id }, index): readonly Problem[] => {
    const place = { path, ...parsed.at(['criteria', index, 'id']) }
    if (BUILT_IN.includes(id)) return [{ ...place, code: 'reserved_id', id }]
    const first = criteria.findIndex((other) => other.id === id)
    return first < index ? [{ ...place, code: 'duplicate_id', id }] : []
  })
}

function notBuilt(criteria: readonly Criterion[], parsed: Parsed, path: string): readonly Problem[] {
  return criteria.flatMap((criterion, index) =>
    unbuilt(criterion).map(
      (key): Problem => ({
        path,
        ...parsed.at(['criteria', index, key], 'key'),
        code: 'not_built',
        what: unbuiltName(criterion, key),
      }),
    ),
  )
}
