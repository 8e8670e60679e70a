import { boundOf } from '../checks/common.ts'
import type { Criterion } from '../checks/index.ts'
import { BUILT_IN } from '../core/controls.ts'
import type { Problem } from '../core/problem.ts'
import type { Parsed } from '../text/parsed.ts'
import { gapCannotFail } from './gap-span.ts'
import { recordProblems } from './record-problems.ts'
import { cannotFail, type Span, spanOf } from './span.ts'
import { holdsAnyShare } from './wrong-way.ts'

/** The line of each criterion of a file, by id. */
export type Lines = Readonly<Record<string, number>>

/** What is wrong with the criteria that a file lists: ids that are taken, what can't fail, what no version judges yet. */
export function listProblems(
  criteria: readonly Criterion[],
  parsed: Parsed,
  path: string,
): readonly Problem[] {
  return [
    ...ids(criteria, parsed, path),
    ...toothless(criteria, parsed, path),
    ...recordProblems(criteria, parsed, path),
  ]
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

/** A criterion that everything meets would look as if something had been asked. */
function toothless(criteria: readonly Criterion[], parsed: Parsed, path: string): readonly Problem[] {
  return criteria.flatMap((criterion, index): readonly Problem[] => {
    if (criterion.check !== 'metric' && criterion.check !== 'disparity') return []
    if (!cannotFail(criterion) && !gapCannotFail(criterion) && !holdsAnyShare(criterion)) return []
    const place = { path, ...parsed.at(['criteria', index, boundOf(criterion).kind], 'key') }
    if (criterion.check === 'disparity') return [{ ...place, code: 'cannot_fail', criterion: criterion.id }]
    return [{ ...place, code: 'cannot_fail', criterion: criterion.id, ...finite(spanOf(criterion)) }]
  })
}

/** An end that there is none of is left out: facts are JSON. */
function finite({ low, high }: Span): Partial<Span> {
  return { ...(Number.isFinite(low) && { low }), ...(Number.isFinite(high) && { high }) }
}
