import { criteriaPath } from '../core/paths.ts'
import { parseCriteria } from '../criteria/criteria.ts'
import type { CriteriaFile, ModelFacts, Start, Work } from '../facts.ts'
import { gatherEvidence } from './evidence.ts'
import { leafAt, readWritten } from './files.ts'
import { registeredAt } from './registered-at.ts'
import { gatherReleased, identityOf } from './released.ts'
import type { Repository } from './repository.ts'
import type { FoundManifest } from './scope.ts'

/** A judged commit, and where the default branch stands. */
export type Judged = { readonly commit: string; readonly tip: string }

/** Everything that the verdict on one model depends on. */
export async function gatherModel(
  repository: Repository,
  judged: Judged,
  found: FoundManifest,
): Promise<ModelFacts> {
  const { model, parsed } = found
  const path = criteriaPath(model)
  const start = await gatherStart(repository, judged.tip, path, found)
  const [registered, today, proposed, released, evidence, manifest] = await Promise.all([
    start.kind === 'placed' ? criteriaFile(repository, path, start.at) : undefined,
    criteriaFile(repository, path, judged.tip),
    leafAt(repository, judged.commit, path),
    gatherReleased(repository, judged.commit, found.path, parsed),
    Promise.all(
      parsed.evidence
        .toSorted((a, b) => (a.path < b.path ? -1 : 1))
        .map((named) => gatherEvidence(repository, judged.commit, found.path, named)),
    ),
    leafAt(repository, judged.commit, found.path),
  ])
  const problems = [...parsed.problems, ...released.problems]
  const whole = parsed.manifest !== undefined && problems.length === 0 && registered !== undefined
  return {
    model,
    manifest: {
      path: found.path,
      sha: manifest?.oid ?? '',
      ...(parsed.manifest && { value: parsed.manifest }),
    },
    start,
    criteria: {
      path,
      ...(registered && { registered }),
      ...(today && { today }),
      ...(proposed && { proposed: proposed.oid }),
    },
    weights: released.weights,
    components: released.components,
    evidence,
    ...(whole && { identity: identityOf(released, registered.sha) }),
    problems,
  }
}

/** The work that the manifest names, and R. Where something is trained here, the work is training. */
async function gatherStart(
  repository: Repository,
  tip: string,
  path: string,
  { parsed }: FoundManifest,
): Promise<Start> {
  const work = workOf(parsed)
  if (work === undefined) return { kind: 'not_named' }
  const start = await registeredAt(repository, tip, work)
  if (start.kind !== 'placed') return start
  const saw = await leafAt(repository, work.commit, path)
  return { ...start, ...(saw && { saw: saw.oid }) }
}

/** The commit that the manifest names as its work. */
export function workOf({ manifest }: FoundManifest['parsed']): Work | undefined {
  const [training, evaluation] = [manifest?.training?.commit, manifest?.evaluation?.commit]
  if (training !== undefined) return { kind: 'training', commit: training }
  return evaluation === undefined ? undefined : { kind: 'evaluation', commit: evaluation }
}

async function criteriaFile(
  repository: Repository,
  path: string,
  commit: string,
): Promise<CriteriaFile | undefined> {
  const entry = await leafAt(repository, commit, path)
  if (entry === undefined) return undefined
  return { ...parseCriteria(await readWritten(repository, path, entry), path), path, commit, sha: entry.oid }
}
