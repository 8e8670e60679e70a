import { sql } from 'kysely'
import { fromKysely, type JobWithMetadata, PgBoss } from 'pg-boss'
import { afterAppends } from './chain.ts'
import { type Chores, openChores } from './chores.ts'
import { makeQueue } from './make-queue.ts'
import { type Depth, depthOf, GIVEN_UP, isLive, type Job, JUDGE, jobFor } from './queue-state.ts'
import type { Result } from './result.ts'
import type { Store } from './store.ts'
import { type Delivery, storeDeliveries } from './taking.ts'
import { startWorker } from './worker.ts'

/** One attempt at a key. */
export type Attempt = {
  readonly key: string
  /** What the newest delivery that is not done asks. */
  readonly asked: string
  /** That delivery's id. */
  readonly delivery: string
  /** The `traceparent` of the delivery that made the job. */
  readonly trace?: string
  /** 0 for the first. */
  readonly retries: number
  /** Whether this attempt is still the one that counts: a worker that was given up on must not write. */
  readonly current: () => Promise<boolean>
}

export type Workers = {
  readonly work: (attempt: Attempt) => Promise<Result>
  /** After the last retry, with the id of the delivery that asked. */
  readonly giveUp: (asked: string, delivery: string) => Promise<void>
}

export type QueueOptions = {
  readonly retries: number
  readonly firstDelaySeconds: number
  readonly concurrency: number
  readonly perGroup: number
  readonly onError: (error: unknown) => void
  readonly clock: () => Date
  /** A worker that says nothing for so long is taken for dead; pg-boss takes no less than 10. */
  readonly heartbeatSeconds: number
  /** How long a worker that nobody calls waits until it looks again, as for what is tried again; no less than 0.5. */
  readonly pollSeconds: number
}

export type WorkQueue = {
  /** Stores deliveries with their jobs in one transaction; one that is done already is only remembered. */
  readonly take: (deliveries: readonly Delivery[]) => Promise<void>
  readonly start: (workers: Workers) => Promise<void>
  readonly depth: () => Promise<Depth>
  readonly chores: Chores
  /** Takes no new jobs and waits, within a bound, for those in hand. */
  readonly close: (seconds: number) => Promise<void>
}

const LONGEST_SECONDS = 900
/** How many times the first delay the longest is: with an embedded database every crash costs an attempt. */
const LONGEST_DELAY = 120

/** The queue in the store's database; many processes may open it on one server. */
export async function openQueue(store: Store, options: QueueOptions): Promise<WorkQueue> {
  const { retries, firstDelaySeconds, onError, clock, heartbeatSeconds, pollSeconds } = options
  const pace = { pollingIntervalSeconds: pollSeconds, notifyPollingIntervalSeconds: 2 * pollSeconds }
  const boss = new PgBoss({
    ...store.boss,
    schema: 'queue',
    useListenNotify: true,
    superviseIntervalSeconds: heartbeatSeconds / 2,
    monitorIntervalSeconds: heartbeatSeconds / 2,
  })
  boss.on('error', onError)
  await boss.start()
  await makeQueue(
    boss,
    GIVEN_UP,
    {},
    {
      retryLimit: 10,
      retryDelay: Math.max(1, 6 * firstDelaySeconds),
      retryBackoff: true,
      heartbeatSeconds,
    },
  )
  // At most one job that waits and one that runs for each key: a burst collapses into the one that waits.
  const stately = { policy: 'stately', notify: true, deadLetter: GIVEN_UP } as const
  await makeQueue(boss, JUDGE, stately, {
    retryLimit: retries,
    retryDelay: firstDelaySeconds,
    // pg-boss waits from half of the doubled delay to all of it, at random, so that what fails together is not
    // tried again together.
    retryBackoff: true,
    retryDelayMax: Math.max(1, LONGEST_DELAY * firstDelaySeconds),
    expireInSeconds: LONGEST_SECONDS,
    heartbeatSeconds,
  })

  if (store.kind === 'pglite') {
    // The folder is ours alone, so whatever ran in it ended with the process before this one.
    for (const name of [JUDGE, GIVEN_UP]) {
      const orphans = await sql<{ id: string }>`
        select id::text as id from queue.job where state = 'active' and name = ${name}`.execute(store.db)
      const ids = orphans.rows.map(({ id }) => id)
      if (ids.length > 0) await boss.fail(name, ids)
    }
  }

  async function take(deliveries: readonly Delivery[]): Promise<void> {
    await store.db.transaction().execute(async (trx) => {
      const due = await storeDeliveries(trx, deliveries)
      if (due.length === 0) return
      await boss.insert(JUDGE, due.map(jobFor), { db: fromKysely(trx) })
    })
  }

  /** The deliveries of a key that are not done, the newest last. What is stored later finds the job active and gets its own. */
  async function owed(
    key: string,
  ): Promise<readonly { readonly id: string; readonly asked: string | null }[]> {
    return await store.db.transaction().execute(async (trx) => {
      // A delivery that collapsed into this job a moment ago may not be committed yet.
      await afterAppends(trx)
      return await trx
        .selectFrom('delivery')
        .select(['id', 'asked'])
        .where('key', '=', key)
        .where('done_at', 'is', null)
        .orderBy('accepted_at')
        .execute()
    })
  }

  /** By what was seen and not by the time, which replicas need not agree on. */
  async function finish(ids: readonly string[]): Promise<void> {
    await store.db
      .updateTable('delivery')
      .set({ done_at: clock().toISOString() })
      .where(sql<boolean>`id = any(${ids})`)
      .where('done_at', 'is', null)
      .execute()
  }

  async function start({ work, giveUp }: Workers): Promise<void> {
    async function judge(job: JobWithMetadata<Job>): Promise<void> {
      const { givenUp, ...judged } = job.data
      const { key, trace } = judged
      const open = await owed(key)
      const newest = open.findLast((delivery) => delivery.asked !== null)
      if (newest === undefined || newest.asked === null) return
      const { id: delivery, asked } = newest
      const ids = open.map(({ id }) => id)
      // What came since deserves attempts of its own.
      if (givenUp && ids.every((id) => givenUp.includes(id))) return await giveUp(asked, delivery)
      const current = async () => {
        const [now] = await boss.findJobs(JUDGE, { id: job.id })
        return now?.state === 'active' && now.retryCount === job.retryCount
      }
      const attempt = { key, asked, delivery, ...(trace && { trace }), retries: job.retryCount, current }
      const result = await work(attempt)
      if (result.kind === 'done') return await finish(ids)
      const { data, ...how } = jobFor(judged)
      await boss.send(JUDGE, data, { ...how, startAfter: scattered(result.seconds) })
    }
    const shared = { ...pace, groupConcurrency: options.perGroup }
    for (let count = 0; count < options.concurrency; count += 1)
      await startWorker<Job>(boss, JUDGE, shared, judge)
    // To give up is to write to the commit, so it waits its turn as any other job of the key does.
    await startWorker<Job>(boss, GIVEN_UP, pace, async (job) => {
      // Whoever was asked again since has a job, which comes to an end of its own.
      if (await isLive(store.db, job.data.key)) return
      // What could not even be told is told again a while later; until then it counts as failed.
      if (job.data.givenUp && job.retryCount === 0) throw new Error('could not be told')
      const givenUp = (await owed(job.data.key)).map(({ id }) => id)
      if (givenUp.length === 0) return
      const { data, ...how } = jobFor({ ...job.data, givenUp })
      await boss.send(JUDGE, data, how)
    })
  }

  return {
    take,
    start,
    depth: () => depthOf(store.db),
    chores: openChores(boss),
    close: (seconds) => boss.stop({ graceful: true, timeout: seconds * 1000 }),
  }
}

/** Everybody whom one rate limit met would come back at the same second. */
function scattered(seconds: number): number {
  return Math.ceil(seconds * (1 + Math.random() / 10))
}
