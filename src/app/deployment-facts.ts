import { type DeploymentFacts, obstacles, type WaitingRun } from '../core/deployment.ts'
import { evaluate } from '../evaluate.ts'
import type { Facts } from '../facts.ts'
import { approvedBefore } from '../ledger/deployments.ts'
import { receivedFiles } from '../ledger/received.ts'
import { gatherNeeds } from '../sources/deployment.ts'
import { branchesOf } from '../sources/github/branches.ts'
import { type GitHub, GitHubAnswerError } from '../sources/github/client.ts'
import { standOf } from '../sources/stand.ts'
import { openApprovals } from './approvals.ts'
import type { TaskAsked } from './asked.ts'
import { tipOf } from './heads.ts'
import { type JudgingOptions, openJudging } from './judging.ts'

/** What is to be deployed, where, and the run that waits for it, if one does. */
export type Deploying = {
  readonly environment: string
  readonly commit: string
  /** Where the event says that the commit is. */
  readonly ref: string
  readonly run?: WaitingRun
}

/** `gathered`: what the verdicts came from, so that the decision can be replayed. */
export type GatheredDeployment = { readonly facts: DeploymentFacts; readonly gathered?: Facts }

export type GatherDeployment = (
  github: GitHub,
  where: Omit<TaskAsked, 'task'>,
  deploying: Deploying,
) => Promise<GatheredDeployment>

/**
 * Gathers what the answer to a deployment depends on; a model is judged only where nothing else stands in the way. Who
 * needs what is read anew from the default branch's tip and the floor. Throws what the world gets wrong.
 */
export function openDeploymentFacts(options: JudgingOptions): GatherDeployment {
  const { store, clock, floors } = options
  const judging = openJudging(options)

  return async (github, { installation, at, repositoryId }, { environment, commit, ref, run }) => {
    const { owner, repo } = at
    const name = `${owner}/${repo}`
    const own = repositoryId === undefined ? {} : { repositoryId }
    const asked = { installation, ...own, target: { ...at, commit } }
    await floors.refresh(github, { installation, owner })
    const [tip, held, received] = await Promise.all([
      tipOf(github, at),
      floors.of(github, { installation, owner, repo, ...own }).facts(),
      receivedFiles(store.db, name),
    ])
    if (tip === undefined) throw new GitHubAnswerError('the default branch is not there')
    const repository = judging.repository(github, asked)
    const now = clock().toISOString()
    const approvals = openApprovals({ github, store, at, objects: judging.objectsOf(name), clock })
    const { from, ...needs } = await gatherNeeds(repository, {
      ...{ environment, tip, now, received, approvals },
      ...held,
      ...own,
    })
    const known = {
      ...{ environment, commit, now, ...own, ...needs, ...(run && { run }) },
      stand: await standOf(repository, { commit, tip, ref }, from, (beginning) =>
        branchesOf(github, at, beginning),
      ),
    }
    if (obstacles(known).length > 0) return { facts: { ...known, before: [] } }

    const models = needs.needed.map(({ model }) => model)
    const gathered = await judging.facts(github, asked, models)
    // Its criteria may name other models.
    if (gathered.tip !== tip) throw new GitHubAnswerError('the default branch moved while it was asked about')
    const judged = evaluate(gathered).models
    const place = { repository: name, environment, ...own }
    const before = await Promise.all(
      judged.map(async ({ model, identity }) => ({
        model,
        ...(identity !== undefined && (await approvedBefore(store.db, place, { model, identity }))),
      })),
    )
    return { facts: { ...known, judged, before }, gathered }
  }
}
