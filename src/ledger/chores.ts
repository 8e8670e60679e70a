import type { PgBoss } from 'pg-boss'
import { makeQueue } from './make-queue.ts'
import type { Result } from './result.ts'
import { startWorker } from './worker.ts'

/** Work of our own, beside the verdicts: one at a time for each key, over all replicas. */
export type Chore = {
  readonly name: string
  /** When it is due by itself; in UTC. */
  readonly cron?: string
  /** Whether jobs with one key are one; without it each is done, however many there are. */
  readonly collapses: boolean
  readonly work: (errand: Errand) => Promise<Result>
}

/** One job of a chore. `data` went through JSON. */
export type Errand = { readonly data: unknown; readonly askedAt: Date }

export type Ask = {
  readonly data: object
  /** What jobs collapse by. */
  readonly key?: string
  /** A job that was asked for with the same id, a UUID, is not asked for again. */
  readonly id?: string
  readonly afterSeconds?: number
}

export type Chores = {
  readonly start: (chores: readonly Chore[]) => Promise<void>
  /** Stores jobs; they are done even if this process ends now. */
  readonly ask: (name: string, asks: readonly Ask[]) => Promise<void>
}

const RETRIES = { retryLimit: 5, retryDelay: 30, retryBackoff: true, retryDelayMax: 1800 } as const
const LONGEST_SECONDS = 3600
const PACE = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 }
/** A chore that is not done within this many seconds of silence is another replica's. */
const HEARTBEAT_SECONDS = 60
/** What is asked for a year ahead must still be there then: pg-boss counts from when it is due. */
const KEPT_SECONDS = 30 * 24 * 60 * 60

/** Chores in the queue's own database. */
export function openChores(boss: PgBoss): Chores {
  async function ask(name: string, asks: readonly Ask[]): Promise<void> {
    const jobs = asks.map(({ data, key, id, afterSeconds }) => ({
      data,
      ...(id !== undefined && { id }),
      ...(key !== undefined && { singletonKey: key }),
      ...(afterSeconds !== undefined && { startAfter: afterSeconds }),
    }))
    if (jobs.length > 0) await boss.insert(name, jobs)
  }

  async function start(chores: readonly Chore[]): Promise<void> {
    for (const { name, cron, collapses, work } of chores) {
      await makeQueue(
        boss,
        name,
        { policy: collapses ? 'stately' : 'standard', notify: true },
        {
          ...RETRIES,
          expireInSeconds: LONGEST_SECONDS,
          heartbeatSeconds: HEARTBEAT_SECONDS,
          retentionSeconds: KEPT_SECONDS,
        },
      )
      if (cron !== undefined) await boss.schedule(name, cron, {})
      await startWorker<object>(boss, name, PACE, async (job) => {
        const result = await work({ data: job.data, askedAt: job.createdOn })
        if (result.kind === 'done') return
        const key = job.singletonKey ?? undefined
        await ask(name, [{ data: job.data, afterSeconds: result.seconds, ...(key !== undefined && { key }) }])
      })
    }
  }

  return { start, ask }
}
