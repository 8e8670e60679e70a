import { provenanceOf } from '../core/provenance.ts'
import type { Floor } from '../criteria/floor.ts'
import { attestableOf } from '../criteria/manifest-weights.ts'
import type { Facts, ModelFacts } from '../facts.ts'

/**
 * A model's facts with what provenance among the evidence shows of the run that the manifest names. What its artifact
 * shows stands beside it.
 */
export function withProvenance(
  model: ModelFacts,
  floor: Floor | undefined,
  { repository, repositoryId }: Pick<Facts, 'repository' | 'repositoryId'>,
): ModelFacts {
  const { begun, manifest, evidence } = model
  if (begun?.clock !== 'run' || begun.kind !== 'seen') return model
  // What was kept before ids were told is of the judged repository where it has its name.
  const isOwn = begun.repository.toLowerCase() === repository.toLowerCase()
  const run = { ...begun, repositoryId: begun.repositoryId ?? (isOwn ? repositoryId : undefined) }
  const provenance = provenanceOf(attestableOf(manifest.value), evidence, run, floor?.trusted)
  return provenance === undefined ? model : { ...model, begun: { ...begun, provenance } }
}
