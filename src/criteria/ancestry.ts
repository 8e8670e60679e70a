import type { Ancestry, Measured } from '../checks/ancestry.ts'
import { labelsOf } from '../checks/common.ts'
import { ratesOf } from '../checks/groups.ts'
import type { Criterion } from '../checks/index.ts'
import { type Base, versionOf } from '../core/base-model.ts'
import type { Evidence } from '../core/evidence.ts'
import { isTrainingRole } from '../core/exam.ts'
import { isSameName } from '../core/model-name.ts'
import { resolvePath } from '../core/paths.ts'
import type { Trait } from '../core/profile.ts'
import { licencesOf } from './data-licences.ts'
import type { Floor } from './floor.ts'
import type { Manifest } from './manifest.ts'
import { basesOf } from './manifest-bases.ts'

/** Where a model comes from, as far as its manifest says so, with what floor and criteria hold it to. */
export function ancestryOf(
  { value: manifest, path }: { readonly value?: Manifest; readonly path: string },
  floor: Floor | undefined,
  criteria: readonly Criterion[],
  traits: readonly Trait[] = [],
  evidence: readonly Evidence[] = [],
): Ancestry | undefined {
  if (manifest === undefined) return undefined
  const { licence, datasets = [], base_models = [], training } = manifest
  // Whoever trained has other weights than the base, whatever its digest is said to be.
  const unchanged = training === undefined && !traits.includes('fine-tuned')
  const { publishers, licences } = floor?.trusted?.base_models ?? {}
  const trained = datasets.filter(({ role }) => isTrainingRole(role))
  return {
    bases: basesOf(manifest).map((base, index) => {
      const written = base_models[index]?.card
      const card = written === undefined ? undefined : resolvePath(path, written)
      return { ...base, same: unchanged && isReleased(base, manifest), ...(card !== undefined && { card }) }
    }),
    ...(licence !== undefined && { licence }),
    trained: trained.flatMap((data) =>
      licencesOf(data, evidence).map((one) => ({
        name: data.name,
        ...(one !== undefined && { licence: one }),
      })),
    ),
    trusted: { ...(publishers && { publishers }), ...(licences && { licences }) },
    measured: criteria.flatMap(measuredBy),
  }
}

/** A base whose very bytes are released: by commit of the hub, or by every digest. */
function isReleased(base: Base, { weights = [] }: Manifest): boolean {
  const { name, digests, relation } = base
  if (weights.length === 0 || relation !== undefined) return false
  const byCommit = weights.every(
    (entry) => 'hub' in entry && isSameName(entry.hub, name) && entry.revision === versionOf(base),
  )
  const own = weights.flatMap((entry) => ('sha256' in entry ? entry.sha256 : []))
  return byCommit || (own.length === weights.length && own.every((digest) => digests.includes(digest)))
}

/** The numbers that a criterion asks of the candidate; `equalized_odds` is two of them. */
function measuredBy(criterion: Criterion): readonly Measured[] {
  if (criterion.check === 'metric') {
    const { metric, for_each: each } = criterion
    return [{ metric, where: labelsOf(criterion), ...(each !== undefined && { each }) }]
  }
  if (criterion.check !== 'disparity') return []
  return ratesOf(criterion.metric).flatMap((metric) =>
    criterion.across.map((across) => ({
      ...{ metric, where: labelsOf(criterion) },
      across: typeof across === 'string' ? [across] : across,
    })),
  )
}
