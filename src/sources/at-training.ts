import type { EvidenceRecord } from '../core/record.ts'
import type { Floor } from '../criteria/floor.ts'
import { criteriaAsked, type ModelFacts, trainingRun } from '../facts.ts'
import { leafAt } from './files.ts'
import type { Repository } from './repository.ts'

/**
 * What the commit of the training had where the evidence has parameter files and locks, where criteria ask whether a
 * training agrees with them: the commit of the run that was seen, else the one that the manifest names.
 */
export async function gatherAtTraining(
  repository: Repository,
  model: ModelFacts,
  { tip, held }: { readonly tip: string; readonly held: Floor | undefined },
): Promise<Pick<ModelFacts, 'atTraining'>> {
  const paths = model.evidence.flatMap(({ path, about, producer, awaited, records }) =>
    about === 'candidate' && producer === undefined && awaited === undefined && records.some(isCommitted)
      ? [path]
      : [],
  )
  if (paths.length === 0 || !isAsked(model, held)) return {}
  const training = await commitOfTraining(repository, model, tip)
  if (training?.kind !== 'seen') return training === undefined ? {} : { atTraining: training }
  const { commit } = training
  const files = await Promise.all(
    [...new Set(paths)].toSorted().map(async (path) => {
      const leaf = await leafAt(repository, commit, path)
      return { path, ...(leaf?.kind === 'file' && { sha: leaf.oid }) }
    }),
  )
  return { atTraining: { kind: 'seen', commit, files } }
}

/**
 * The commit of the run that was seen, else the one that the manifest names, where this repository has it; undefined
 * where none is named.
 */
export async function commitOfTraining(
  repository: Repository,
  { begun, manifest }: Pick<ModelFacts, 'begun' | 'manifest'>,
  tip: string,
): Promise<
  | { readonly kind: 'seen'; readonly commit: string }
  | { readonly kind: 'elsewhere' | 'not_found'; readonly commit: string }
  | undefined
> {
  const run = trainingRun(begun)
  const named = manifest.value?.training
  const commit = run?.commit ?? named?.commit
  if (commit === undefined) return undefined
  const where = run?.repository ?? named?.repository ?? repository.name
  if (where.toLowerCase() !== repository.name.toLowerCase()) return { kind: 'elsewhere', commit }
  // An id of another length is none here, but a branch may have it for a name, and can be moved.
  const isThere = commit.length === tip.length && (await repository.mergeBase(tip, commit)).kind !== 'unknown'
  return isThere ? { kind: 'seen', commit } : { kind: 'not_found', commit }
}

/** What a training reads, and so must have been there before it. */
function isCommitted(record: EvidenceRecord): boolean {
  return record.kind === 'environment' || (record.kind === 'parameters' && record.of === 'committed')
}

function isAsked(model: ModelFacts, held: Floor | undefined): boolean {
  return criteriaAsked(model, held).some(
    (one) =>
      one.check === 'integrity' && one.of.some((part) => part === 'parameters' || part === 'environment'),
  )
}
