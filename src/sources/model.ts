import type { Evidence } from '../core/evidence.ts'
import { criteriaPath } from '../core/paths.ts'
import { parseCriteria } from '../criteria/criteria.ts'
import type { CriteriaFile, ModelFacts, Start, Work } from '../facts.ts'
import { gatherAmendments } from './amendments.ts'
import { gatherEvidence } from './evidence.ts'
import { readWritten } from './files.ts'
import { registeredAt } from './registered-at.ts'
import { gatherReleased, identityOf } from './released.ts'
import type { Repository, Tree } from './repository.ts'
import type { FoundManifest } from './scope.ts'

/** Where a judged commit stands, with its trees. */
export type Judged = { readonly head: Tree; readonly tip: string; readonly today: Tree }

/** Everything that the verdict on one model depends on. */
export async function gatherModel(
  repository: Repository,
  judged: Judged,
  found: FoundManifest,
): Promise<ModelFacts> {
  const { model, parsed } = found
  const path = criteriaPath(model)
  const start = await gatherStart(repository, judged.tip, path, found)
  const registered = start.kind === 'placed' ? await criteriaFile(repository, path, start.at) : undefined
  const today = await criteriaFile(repository, path, judged.tip)
  const work = start.kind === 'placed' ? { at: start.at, name: start.work.commit } : undefined
  const amendments = await gatherAmendments(repository, judged.tip, path, work)
  const proposed = judged.head.get(path)?.oid
  const released = await gatherReleased(repository, judged.head, found.path, parsed)
  const evidence: Evidence[] = []
  for (const named of parsed.evidence.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    evidence.push(await gatherEvidence(repository, judged.head, found.path, named))
  }
  const problems = [...parsed.problems, ...released.problems]
  const whole = parsed.manifest !== undefined && problems.length === 0 && registered !== undefined
  return {
    model,
    manifest: {
      path: found.path,
      sha: judged.head.get(found.path)?.oid ?? '',
      ...(parsed.manifest && { value: parsed.manifest }),
    },
    start,
    criteria: {
      path,
      ...(registered && { registered }),
      ...(today && { today }),
      ...(proposed && { proposed }),
    },
    ...(amendments && { amendments }),
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
  const saw = (await repository.tree(work.commit)).get(path)?.oid
  return { ...start, ...(saw && { saw }) }
}

function workOf({ manifest }: FoundManifest['parsed']): Work | undefined {
  const [training, evaluation] = [manifest?.training?.commit, manifest?.evaluation?.commit]
  if (training !== undefined) return { kind: 'training', commit: training }
  return evaluation === undefined ? undefined : { kind: 'evaluation', commit: evaluation }
}

async function criteriaFile(
  repository: Repository,
  path: string,
  commit: string,
): Promise<CriteriaFile | undefined> {
  const entry = (await repository.tree(commit)).get(path)
  if (entry === undefined) return undefined
  return { ...parseCriteria(await readWritten(repository, path, entry), path), path, commit, sha: entry.oid }
}
