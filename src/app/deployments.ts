import { type DeploymentDecision, decideDeployment, type WaitingRun } from '../core/deployment.ts'
import { answerRule, deploymentOf, failDeployment } from '../github/deployments.ts'
import { newestRun } from '../github/newest-run.ts'
import type { Head } from '../ledger/chain.ts'
import { type DeploymentRow, isDecided, keepDeployment } from '../ledger/deployments.ts'
import type { Delivery } from '../ledger/taking.ts'
import { renderAnswer, renderCouldNotDecide, renderFailure } from '../render/deployment.ts'
import { type GitHub, isNotFound } from '../sources/github/client.ts'
import type { TaskAsked } from './asked.ts'
import { type GatheredDeployment, openDeploymentFacts } from './deployment-facts.ts'
import type { JudgingOptions } from './judging.ts'
import { subjectOf } from './target.ts'
import type { Asks, TaskWorker, Trying } from './task.ts'

export type DeploymentsOptions = JudgingOptions & {
  readonly appId: number
  /** GitHub as an installation sees it. */
  readonly as: (installation: number) => Promise<GitHub>
  readonly take: (deliveries: readonly Delivery[]) => Promise<void>
}

type Waiting = Asks<'protection'>
type Made = Asks<'deployment'>
type Came = Readonly<Record<string, unknown>>

/** Answers each job that waits to enter an environment, and says of a deployment that nothing held back that it has no go. */
export function createDeployments(options: DeploymentsOptions): TaskWorker<'protection' | 'deployment'> {
  const { appId, store, log, clock, asApp, as } = options
  const gather = openDeploymentFacts(options)

  /** Whoever sends an event of another's repository as its own would have its own installation asked. */
  async function isOwn({ installation, at }: Omit<TaskAsked, 'task'>): Promise<boolean> {
    const { owner, repo } = at
    try {
      const { data } = await (await asApp()).rest.apps.getRepoInstallation({ owner, repo })
      if (data.id === installation) return true
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
    log.error({ owner, repo, installation }, 'deployment of another installation')
    return false
  }

  function keep(
    asked: Waiting | Made,
    environment: string,
    row: Pick<DeploymentRow, 'decision' | 'models' | 'commit' | 'body'>,
  ): Promise<Head> {
    const { at, repositoryId, task } = asked
    return keepDeployment(store.db, {
      ...{ repository: `${at.owner}/${at.repo}`, environment, ...row },
      ...{ asks: task.kind, work: subjectOf(task), at: clock().toISOString() },
      ...(repositoryId !== undefined && { repositoryId }),
      ...(task.deployment !== undefined && { deployment: task.deployment }),
    })
  }

  async function record(asked: Waiting | Made, { facts, gathered }: GatheredDeployment): Promise<Decided> {
    const decision = decideDeployment(facts)
    const { environment, commit } = facts
    const body = { task: asked.task, decision, facts, ...(gathered && { gathered }) }
    const models = modelsOf(decision)
    const row = await keep(asked, environment, { decision: decision.kind, models, commit, body })
    return { decision, row }
  }

  async function protect(asked: Waiting, { current }: Trying): Promise<Came> {
    const { at, installation, task } = asked
    const { owner, repo } = at
    const { environment, run, commit, ref } = task
    const github = await as(installation)
    const waiting = await waitingRun(github, { owner, repo }, run)
    const gathered = await gather(github, asked, { environment, commit, ref, run: waiting })
    await current()
    const { decision, row } = await record(asked, gathered)
    const url = (await newestRun(github, { owner, repo, appId }, commit))?.html_url
    const about = { run, environment, commit, decision, row, ...(typeof url === 'string' && { url }) }
    await current()
    const told = await answerRule(github, { owner, repo }, renderAnswer(about))
    return { deployment: decision.kind, told, codes: codesOf(decision) }
  }

  async function notice(asked: Made, { current }: Trying): Promise<Came> {
    const { at, installation, repositoryId, task } = asked
    const { owner, repo } = at
    const github = await as(installation)
    const seen = await deploymentOf(github, { owner, repo, appId }, task.deployment)
    if (seen === undefined || seen.own) return { deployment: seen === undefined ? 'gone' : 'own' }
    const place = {
      ...{ repository: `${owner}/${repo}`, environment: seen.environment },
      ...(repositoryId !== undefined && { repositoryId }),
    }
    // What the rule let in, or kept out, is said by the job itself.
    if (await isDecided(store.db, place, task.deployment)) return { deployment: 'decided' }
    const gathered = await gather(github, asked, seen)
    // Pages, previews and the like are no business of ours: no model is said to run there, and nobody waits for a word.
    if (!gathered.facts.named) return { deployment: 'unnamed' }
    await current()
    const { decision } = await record(asked, gathered)
    // To say that it succeeded would claim that something was deployed.
    if (decision.kind !== 'rejected') return { deployment: decision.kind }
    if (await isDecided(store.db, place, task.deployment)) return { deployment: 'decided' }
    await current()
    const description = renderFailure(decision.refusals)
    const told = await failDeployment(github, { owner, repo, appId }, task.deployment, description)
    return { deployment: decision.kind, told, codes: codesOf(decision) }
  }

  return {
    work: async ({ task, ...where }, trying) => {
      if (!(await isOwn(where))) return { deployment: 'of another installation' }
      return task.kind === 'protection'
        ? await protect({ ...where, task }, trying)
        : await notice({ ...where, task }, trying)
    },
    giveUp: async ({ task, ...where }, correlation) => {
      // A status that says no more than that we failed would say something about the deployment.
      if (task.kind !== 'protection') return
      const asked: Waiting = { ...where, task }
      if (!(await isOwn(asked))) return
      const { environment, run, commit } = task
      const body = { task, decision: { kind: 'rejected' }, correlation }
      await keep(asked, environment, { decision: 'rejected', models: [], commit, body })
      const answer = renderCouldNotDecide({ run, environment, correlation })
      await answerRule(await as(where.installation), where.at, answer)
    },
  }
}

type Decided = { readonly decision: DeploymentDecision; readonly row: Head }

/** What the run that waits is of; a run of another repository is not there. */
async function waitingRun(
  { rest }: Pick<GitHub, 'rest'>,
  at: { readonly owner: string; readonly repo: string },
  run: number,
): Promise<WaitingRun> {
  try {
    const { data } = await rest.actions.getWorkflowRun({ ...at, run_id: run })
    return { kind: 'seen', run, commit: data.head_sha, repositoryId: data.repository.id }
  } catch (error) {
    if (isNotFound(error)) return { kind: 'unseen', run }
    throw error
  }
}

function codesOf(decision: DeploymentDecision): readonly string[] {
  return decision.kind === 'approved' ? [] : decision.refusals.map(({ code }) => code)
}

/** What each model came to; what was never judged has no row. */
function modelsOf(decision: DeploymentDecision): DeploymentRow['models'] {
  const refusals = decision.kind === 'approved' ? [] : decision.refusals
  const refused = refusals.flatMap((one): DeploymentRow['models'] => {
    if (one.code === 'no_manifest') return [{ code: one.code, model: one.model }]
    return one.code === 'no_go' ? [{ code: one.code, ...named(one.verdict) }] : []
  })
  return [...decision.passed.map(({ code, verdict }) => ({ code, ...named(verdict) })), ...refused]
}

function named({ model, identity }: { readonly model: string; readonly identity?: string }) {
  return { model, ...(identity !== undefined && { identity }) }
}
