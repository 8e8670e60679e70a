import type { Criterion } from '../checks/index.ts'
import type { Problem } from '../core/problem.ts'
import { suggest } from '../core/suggest.ts'
import type { Parsed } from '../text/parsed.ts'

/** Where a criterion names a dataset, and which. */
type Named = { readonly keys: readonly (string | number)[]; readonly name: string }

type Asked = {
  readonly datasets?: Readonly<Record<string, unknown>> | undefined
  readonly criteria: readonly Criterion[]
}

/** Criteria that pin exams name no other, and ask something about each. */
export function examProblems(
  { datasets, criteria }: Asked,
  parsed: Parsed,
  path: string,
): readonly Problem[] {
  const pinned = Object.keys(datasets ?? {})
  if (pinned.length === 0) return []
  const named = criteria.map((criterion, index) => namedIn(criterion, ['criteria', index]))
  const unknown = named.flat().flatMap(({ keys, name }): readonly Problem[] => {
    if (pinned.includes(name)) return []
    const suggestion = suggest(name, pinned)
    const place = { path, ...parsed.at(keys) }
    return [{ ...place, code: 'not_pinned', dataset: name, ...(suggestion !== undefined && { suggestion }) }]
  })
  // A criterion that names no dataset may be answered by any, pinned ones included.
  const open = criteria.some(
    ({ check }, index) => (check === 'metric' || check === 'suite') && named[index]?.length === 0,
  )
  // Training data may be pinned too, and are no exam.
  const ofTraining = criteria.flatMap((one) => (one.check === 'integrity' ? (one.datasets ?? []) : []))
  const used = new Set([
    ...ofTraining,
    ...named.flat().map(({ name }) => (pinned.includes(name) ? name : suggest(name, pinned))),
  ])
  const unused = pinned.filter((name) => !open && !used.has(name))
  return [
    ...unknown,
    ...unused.map(
      (name): Problem => ({
        path,
        ...parsed.at(['datasets', name], 'key'),
        code: 'exam_unused',
        dataset: name,
      }),
    ),
  ]
}

/** The datasets that a criterion names, each with its place. */
export function namedIn(criterion: Criterion, keys: Named['keys'] = []): readonly Named[] {
  if (criterion.check === 'suite')
    return criterion.dataset === undefined ? [] : [{ keys: [...keys, 'dataset'], name: criterion.dataset }]
  if (criterion.check !== 'metric' && criterion.check !== 'disparity') return []
  const { dataset, where } = criterion
  const each = criterion.check === 'metric' && criterion.for_each === 'dataset' ? (criterion.of ?? []) : []
  return [
    ...(dataset === undefined ? [] : [{ keys: [...keys, 'dataset'], name: dataset }]),
    ...(where?.dataset === undefined
      ? []
      : [{ keys: [...keys, 'where', 'dataset'], name: String(where.dataset) }]),
    ...each.map((name, index) => ({ keys: [...keys, 'of', index], name })),
  ]
}
