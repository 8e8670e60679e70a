import { randomUUID } from 'node:crypto'
import { mergedWithoutGo, type Verdict } from '../core/verdict.ts'
import type { Facts } from '../facts.ts'
import { publish } from '../github/publish.ts'
import { awaitRuns, type Waiting } from '../ledger/awaited.ts'
import { openRunNotes } from '../ledger/check-runs.ts'
import type { Workers } from '../ledger/queue.ts'
import type { RunKey } from '../ledger/starts.ts'
import type { GitHub } from '../sources/github/client.ts'
import { Asked, type CommitAsked } from './asked.ts'
import { gateSeen } from './gates.ts'
import { giveUp, handle, type Ports, safe } from './handle.ts'
import { type JudgingOptions, openJudging } from './judging.ts'
import { isAway, postponement } from './limits.ts'
import type { Metrics } from './metrics.ts'
import { bringsCriteria, giveReceipt } from './receipt.ts'
import { recordVerdict } from './record.ts'
import { loggedOf, workKeyOf } from './target.ts'
import { doTask, giveUpTask, type TaskWorkers } from './task.ts'
import type { Traces } from './traces.ts'

export type WorkersOptions = JudgingOptions & {
  readonly appId: number
  readonly metrics: Metrics
  readonly traces: Traces
  /** GitHub as an installation sees it. */
  readonly as: (installation: number) => Promise<GitHub>
  /** What else a verdict asks for, before its work counts as done. */
  readonly follow: (asked: CommitAsked, verdict: Verdict) => Promise<void>
  /** How everything is done that is no verdict on a commit. */
  readonly tasks: TaskWorkers
}

/** The worker was taken for dead, and another one has its work. */
class SupersededError extends Error {
  constructor() {
    super('another attempt has taken this work over')
    this.name = 'SupersededError'
  }
}

/** The runs that have not shown what a release needs of them, and may yet. */
function unfinished({ models }: Facts): readonly RunKey[] {
  return models.flatMap(({ begun }) =>
    begun?.clock === 'run' && begun.kind === 'seen' && !(begun.success && begun.produced.kind === 'listed')
      ? [{ repository: begun.repository, run: begun.run }]
      : [],
  )
}

/**
 * What a commit waits for. Runs of the workflows that evaluate it are awaited after its verdict too: another one
 * may come to other results.
 */
function waitingFor(facts: Facts): Pick<Waiting, 'runs' | 'workflows'> {
  const { repository, commit, models } = facts
  const workflows = models.flatMap(({ manifest }) =>
    (manifest.value?.evidence ?? []).flatMap((entry) =>
      typeof entry === 'string' || !('artifact' in entry) ? [] : (entry.workflow ?? []),
    ),
  )
  return {
    runs: unfinished(facts),
    workflows: [...new Set(workflows)].map((workflow) => ({ repository, commit, workflow })),
  }
}

/** What jobs do: judge a commit, do a task, or say that it could not be done. */
export function createWorkers(options: WorkersOptions): Workers {
  const { appId, store, log, metrics, traces, clock, as, follow, tasks } = options
  const { facts: factsOf, objectsOf } = openJudging(options)

  function portsFor(github: GitHub, asked: CommitAsked): Ports {
    const name = `${asked.target.owner}/${asked.target.repo}`
    return {
      gather: async () => {
        const facts = await factsOf(github, asked)
        const waiting = { key: workKeyOf(asked), asked: JSON.stringify(asked), ...waitingFor(facts) }
        await awaitRuns(store.db, waiting)
        return facts
      },
      record: (facts, verdict) => recordVerdict(store.db, facts, verdict, asked),
      gate: (target) => gateSeen({ store }, target),
      publish: ({ owner, repo, commit }, run) => {
        const notes = openRunNotes(store.db, { appId, repository: name, commit })
        return publish(github, { owner, repo, appId, now: clock().toISOString(), notes }, run)
      },
    }
  }

  async function judge(asked: CommitAsked, current: () => Promise<void>): Promise<Verdict> {
    const verdict = await metrics.counting(async () => {
      const ports = portsFor(await as(asked.installation), asked)
      return await handle(asked.target, {
        ...ports,
        publish: async (target, run) => {
          await current()
          await ports.publish(target, run)
        },
      })
    })
    if (bringsCriteria(verdict)) {
      const { target: at, installation } = asked
      const objects = objectsOf(`${at.owner}/${at.repo}`)
      await giveReceipt({ github: await as(installation), at, objects, store, clock, log }, verdict)
    }
    await follow(asked, verdict)
    return verdict
  }

  return {
    work: async ({ asked: text, delivery, retries, current }) => {
      const asked = Asked.parse(JSON.parse(text))
      const correlation = randomUUID()
      const about = { delivery, ...loggedOf(asked), correlation, retries }
      const ended = metrics.started()
      const mustBeCurrent = async () => {
        if (!(await current())) throw new SupersededError()
      }
      try {
        if ('task' in asked) {
          const came = await doTask(tasks, asked, { correlation, current: mustBeCurrent })
          ended('done')
          traces.note({ 'gonogo.task': asked.task.kind })
          log.info({ ...about, ...came }, 'task done')
          return { kind: 'done' }
        }
        const verdict = await judge(asked, mustBeCurrent)
        ended(verdict.decision)
        traces.note({ 'gonogo.decision': verdict.decision })
        log.info(
          {
            ...about,
            decision: verdict.decision,
            models: verdict.models.map(({ model }) => model),
            tip: verdict.tip,
            ...(mergedWithoutGo(verdict) && { mergedWithoutGo: true }),
          },
          'verdict published',
        )
        return { kind: 'done' }
      } catch (error) {
        if (isAway(error)) {
          ended('done')
          log.info(about, 'installation suspended or gone: nothing to be told')
          return { kind: 'done' }
        }
        const seconds = postponement(error, clock())
        ended(seconds === undefined ? 'failed' : 'postponed')
        traces.note({ 'gonogo.outcome': seconds === undefined ? 'failed' : 'postponed' })
        log.error(
          { ...about, err: safe(error), ...(seconds && { seconds }) },
          seconds ? 'postponed by a rate limit' : 'attempt failed',
        )
        if (seconds !== undefined) return { kind: 'postpone', seconds }
        // The message of an answer may quote files or payloads, and the queue keeps what it is given.
        throw new Error(`attempt failed; see the log for ${correlation}`)
      }
    },
    giveUp: async (text, delivery) => {
      const asked = Asked.parse(JSON.parse(text))
      const correlation = randomUUID()
      if ('task' in asked) await giveUpTask(tasks, asked, correlation)
      else await giveUp(asked.target, portsFor(await as(asked.installation), asked).publish, correlation)
      metrics.gaveUp()
      log.error({ delivery, ...loggedOf(asked), correlation, decision: 'undecided' }, 'could not evaluate')
    },
  }
}
