import { randomUUID } from 'node:crypto'
import type { PublicKey } from '../attest/keys.ts'
import { mergedWithoutGo, type Verdict } from '../core/verdict.ts'
import type { Facts } from '../facts.ts'
import { publish } from '../github/publish.ts'
import { awaitRuns, type Waiting } from '../ledger/awaited.ts'
import { openRunNotes } from '../ledger/check-runs.ts'
import { openObjects } from '../ledger/objects.ts'
import type { Workers } from '../ledger/queue.ts'
import type { RunKey } from '../ledger/starts.ts'
import type { Store } from '../ledger/store.ts'
import { tipsBefore } from '../ledger/tips.ts'
import { gather } from '../sources/gather.ts'
import type { GitHub } from '../sources/github/client.ts'
import { guarded } from '../sources/github/objects.ts'
import { openRemote } from '../sources/github/remote.ts'
import { Asked } from './asked.ts'
import type { Floors } from './floors.ts'
import { giveUp, handle, type Log, type Ports, safe } from './handle.ts'
import { askedOfRuns } from './likely-runs.ts'
import { postponement } from './limits.ts'
import type { Metrics } from './metrics.ts'
import { bringsCriteria, giveReceipt } from './receipt.ts'
import { recordVerdict } from './record.ts'
import { keyOf } from './target.ts'
import type { Traces } from './traces.ts'
import { openWitness } from './witness.ts'

export type WorkersOptions = {
  readonly appId: number
  readonly engine: string
  readonly store: Store
  readonly log: Log
  readonly metrics: Metrics
  readonly traces: Traces
  readonly clock: () => Date
  /** GitHub as an installation sees it. */
  readonly as: (installation: number) => Promise<GitHub>
  /** GitHub as the app itself sees it. */
  readonly asApp: () => Promise<Pick<GitHub, 'rest'>>
  /** Every key that start tickets were ever signed with. */
  readonly keys: readonly PublicKey[]
  readonly floors: Floors
  /** What else a verdict asks for, before its work counts as done. */
  readonly follow: (asked: Asked, verdict: Verdict) => Promise<void>
}

/** The worker was taken for dead, and another one has its work. */
export class SupersededError extends Error {
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
      typeof entry === 'string' || !('artifact' in entry) ? [] : [entry.workflow],
    ),
  )
  return {
    runs: unfinished(facts),
    workflows: [...new Set(workflows)].map((workflow) => ({ repository, commit, workflow })),
  }
}

/** What jobs do: judge, or say that it could not be done. */
export function createWorkers(options: WorkersOptions): Workers {
  const { appId, engine, store, log, metrics, traces, clock, as, asApp, keys, floors, follow } = options
  const open = openObjects(store.db, clock)
  const objectsOf = (repository: string) =>
    guarded(open(repository), (error) => log.error({ repository, err: safe(error) }, 'cache failed'))

  function portsFor(github: GitHub, asked: Asked): Ports {
    const name = `${asked.target.owner}/${asked.target.repo}`
    return {
      gather: async ({ owner, repo, commit }) => {
        const { installation, target: at, repositoryId } = asked
        const own = repositoryId === undefined ? {} : { repositoryId }
        const about = { commit, now: clock().toISOString(), engine, ...own }
        const before = await tipsBefore(store.db, `${owner}/${repo}`, commit)
        const floor = floors.of(github, { installation, owner, repo, ...own })
        const repository = openRemote(github, asked.target, objectsOf(name), {
          rider: floor.rider,
          runs: (judged, tip) => askedOfRuns(store, name, judged, tip),
        })
        const witness = openWitness({
          github,
          asApp,
          installation,
          store,
          at,
          repository,
          objectsOf,
          keys,
          clock,
        })
        const asking = { ...about, witness, askFloor: floor.facts, ...(before && { before }) }
        const facts = await gather(repository, asking)
        const waiting = { key: keyOf(at), asked: JSON.stringify(asked), ...waitingFor(facts) }
        await awaitRuns(store.db, waiting)
        return facts
      },
      record: (facts, verdict) => recordVerdict(store.db, facts, verdict),
      publish: ({ owner, repo, commit }, run) => {
        const notes = openRunNotes(store.db, { appId, repository: name, commit })
        return publish(github, { owner, repo, appId, now: clock().toISOString(), notes }, run)
      },
    }
  }

  return {
    work: async ({ asked: text, delivery, retries, current }) => {
      const asked = Asked.parse(JSON.parse(text))
      const about = { delivery, ...asked.target, correlation: randomUUID(), retries }
      const ended = metrics.started()
      try {
        const verdict = await metrics.counting(async () => {
          const ports = portsFor(await as(asked.installation), asked)
          return await handle(asked.target, {
            ...ports,
            publish: async (target, run) => {
              if (!(await current())) throw new SupersededError()
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
        const seconds = postponement(error, clock())
        ended(seconds === undefined ? 'failed' : 'postponed')
        traces.note({ 'gonogo.outcome': seconds === undefined ? 'failed' : 'postponed' })
        log.error(
          { ...about, err: safe(error), ...(seconds && { seconds }) },
          seconds ? 'postponed by a rate limit' : 'attempt failed',
        )
        if (seconds !== undefined) return { kind: 'postpone', seconds }
        // The message of an answer may quote files or payloads, and the queue keeps what it is given.
        throw new Error(`attempt failed; see the log for ${about.correlation}`)
      }
    },
    giveUp: async (text, delivery) => {
      const asked = Asked.parse(JSON.parse(text))
      const correlation = randomUUID()
      const ports = portsFor(await as(asked.installation), asked)
      await giveUp(asked.target, ports.publish, correlation)
      metrics.gaveUp()
      log.error({ delivery, ...asked.target, correlation, decision: 'undecided' }, 'could not evaluate')
    },
  }
}
