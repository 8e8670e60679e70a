import type { Criteria } from '../criteria/criteria.ts'
import type { ModelFacts } from '../facts.ts'

/**
 * Whether a release is of weights that were there before gonogo, for which the first evaluation is the work. Every
 * version that holds must list each of them, and from the beginning: who could list weights later could train
 * them first.
 */
export type Adoption = 'none' | 'adopted' | 'not_listed' | 'late'

export function adoption(
  versions: readonly Criteria[],
  { manifest, weights, amendments }: Pick<ModelFacts, 'manifest' | 'weights' | 'amendments'>,
): Adoption {
  if (manifest.value?.training !== undefined || !versions.some(({ adopted }) => adopted !== undefined))
    return 'none'
  const listed = versions.map(({ adopted = [] }) => new Set(adopted.map((sha256) => `sha256:${sha256}`)))
  const all = weights.length > 0 && weights.every(({ digest }) => listed.every((each) => each.has(digest)))
  if (!all) return 'not_listed'
  return amendments?.every((amendment) => !mayAdopt(amendment)) ? 'adopted' : 'late'
}

/** A file that comes back is compared with nothing, so what it adopts is not told. */
function mayAdopt({ from, changes }: NonNullable<ModelFacts['amendments']>[number]): boolean {
  return (
    from === undefined ||
    changes.some(({ criterion, change }) => criterion === '(adopted)' && change !== 'tightened')
  )
}
