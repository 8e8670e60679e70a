import { judgeApprovals, rightFor } from '../core/approval.ts'
import type { DeploymentFacts } from '../core/deployment.ts'
import { CRITERIA_FOLDER, criteriaPath, modelOfCriteria, modelOfManifest } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import type { Retired } from '../core/verdict.ts'
import { parseCriteria } from '../criteria/criteria.ts'
import { rollbackDays } from '../criteria/deploy.ts'
import { isObserved } from '../criteria/effective.ts'
import { type KnownModel, neededIn } from '../criteria/environments.ts'
import { approversOf, floorFaults, floorOf } from '../criteria/floor.ts'
import type { CriteriaFile, Facts } from '../facts.ts'
import { type ApprovalWitness, type Approving, gatherHeld } from './approvals.ts'
import { leafAt, readWritten } from './files.ts'
import { manifestsIn } from './manifests.ts'
import type { Leaf, Repository } from './repository.ts'

export type AskingDeployment = Pick<Facts, 'floor' | 'properties' | 'repositoryId' | 'now'> & {
  readonly environment: string
  /** Of the default branch: nothing is asked of the commit that is to be deployed. */
  readonly tip: string
  /** The contents of each criteria file that ever reached the default branch, newest first, by path. */
  readonly received: ReadonlyMap<string, readonly string[]>
  readonly approvals: ApprovalWitness
}

export type Needs = Pick<
  DeploymentFacts,
  'named' | 'needed' | 'retired' | 'unread' | 'observed' | 'rollbackDays'
> & {
  /** Patterns of branches that may be deployed beside the default one. */
  readonly from: readonly string[]
}

/** Which models an environment needs, by the default branch's tip and the floor. Throws what the world gets wrong. */
export async function gatherNeeds(repository: Repository, asking: AskingDeployment): Promise<Needs> {
  const { environment, floor: facts, now, repositoryId, properties } = asking
  const floor = floorOf(facts)?.floor
  const about = {
    repository: repository.name,
    now,
    ...(repositoryId !== undefined && { repositoryId }),
    ...(properties && { properties }),
  }
  const [files, gone, manifests] = await Promise.all([
    criteriaAt(repository, asking.tip),
    criteriaGone(repository, asking),
    manifestsIn(repository, asking.tip),
  ])
  const known = new Map<string, KnownModel>([
    ...manifests.flatMap(([path]) => {
      const model = modelOfManifest(path)
      return model === undefined ? [] : [[model, { model }] as const]
    }),
    ...gone.map((file) => [file.model, { ...file, gone: true }] as const),
    ...files.map((file) => [file.model, file] as const),
  ])
  const asked = neededIn(environment, [...known.values()], floor, about)
  const approvers = approversOf(floor)
  const approving: Approving = { witness: asking.approvals, ...(approvers && { approvers }) }
  const wanted = [...files, ...gone].filter(({ model }) => asked.needed.some((one) => one.model === model))
  const retired = (await Promise.all(wanted.map((file) => retiredBy(file, approving)))).flat()
  return {
    ...asked,
    needed: asked.needed.filter(({ model }) => !retired.some((one) => one.model === model)),
    retired,
    unread: [...floorFaults(facts), ...files.flatMap(unreadIn)],
    observed: isObserved(floor, about),
    rollbackDays: rollbackDays(floor?.deploy),
    from: floor?.deploy?.from ?? [],
  }
}

type OwnCriteria = CriteriaFile & { readonly model: string }

async function criteriaAt(repository: Repository, tip: string): Promise<readonly OwnCriteria[]> {
  const listed = await repository.list(tip, CRITERIA_FOLDER.slice(0, -1))
  const paths = [...listed.keys()].map((name) => `${CRITERIA_FOLDER}${name}`)
  return (
    await Promise.all(
      paths.map(async (path) => {
        const model = modelOfCriteria(path)
        const entry = model === undefined ? undefined : await leafAt(repository, tip, path)
        return model === undefined || entry === undefined
          ? []
          : [await read(repository, tip, model, path, entry)]
      }),
    )
  ).flat()
}

/** So many versions are read of a file that is gone, until one can be understood. */
const MOST_VERSIONS = 20

/**
 * Criteria that were taken away free nobody: they hold until they are back and say that the model is retired. The newest
 * version that can be understood holds; what never could be asked for nothing.
 */
async function criteriaGone(
  repository: Repository,
  { tip, received }: Pick<AskingDeployment, 'tip' | 'received'>,
): Promise<readonly OwnCriteria[]> {
  const found = await Promise.all(
    [...received].map(async ([path, versions]) => {
      const model = modelOfCriteria(path)
      if (model === undefined || (await leafAt(repository, tip, path)) !== undefined) return []
      for (const oid of versions.slice(0, MOST_VERSIONS)) {
        const file = await read(repository, tip, model, path, { oid, kind: 'file' })
        if (unreadIn(file).length === 0) return [file]
      }
      return []
    }),
  )
  return found.flat()
}

async function read(
  repository: Repository,
  commit: string,
  model: string,
  path: string,
  entry: Leaf,
): Promise<OwnCriteria> {
  const parsed = parseCriteria(await readWritten(repository, path, entry), path)
  return { model, ...parsed, path, commit, sha: entry.oid }
}

/** What may say another thing than it seems to. */
function unreadIn({ criteria, problems, model }: OwnCriteria): readonly Problem[] {
  const [first] = problems
  if (criteria !== undefined && first === undefined) return []
  return [first ?? { path: criteriaPath(model), code: 'unknown_file' }]
}

async function retiredBy(file: OwnCriteria, approving: Approving): Promise<readonly Retired[]> {
  if (file.criteria?.retired !== true) return []
  const { retirement } = await gatherHeld(approving, { criteria: { path: file.path, today: file } }, [])
  if (retirement === undefined) return []
  const right = rightFor(retirement, approving.approvers)
  const answer = judgeApprovals(right, 1, retirement.approvals)
  return answer.code === 'approved' ? [{ model: file.model, by: answer.by }] : []
}
