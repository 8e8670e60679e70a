import { sql } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
import { type Chores, openChores } from './chores.ts'
import { type Depth, depthOf, GIVEN_UP, isLive, type Job, JUDGE, jobFor } from './queue-state.ts'
import type { Result } from './result.ts'
import type { Store } from './store.ts'
import { type Delivery, storeDeliveries } from './taking.ts'

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

/** A worker that says nothing for so long is taken for dead. */
const HEARTBEAT_SECONDS = 30
const LONGEST_SECONDS = 900

/** The queue in the store's database; many processes may open it on one server. */
export async function openQueue(store: Store, options: QueueOptions): Promise<WorkQueue> {
  const { retries, firstDelaySeconds, onError, clock } = options
  const boss = new PgBoss({
    ...store.boss,
    schema: 'queue',
    useListenNotify: true,
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
  })
  boss.on('error', onError)
  await boss.start()
  await boss.createQueue(GIVEN_UP, {
    retryLimit: 10,
    retryDelay: Math.max(1, 6 * firstDelaySeconds),
    retryBackoff: true,
  })
  // pg-boss waits from half of the doubled delay to all of it, at random, so that what fails together is not
  // tried again together.
  // At most one job that waits and one that runs for each key: a burst collapses into the one that waits.
  const policy = {
    policy: 'stately',
    notify: true,
    deadLetter: GIVEN_UP,
    heartbeatSeconds: HEARTBEAT_SECONDS,
  } as const
  const again = { retryLimit: retries, retryDelay: firstDelaySeconds, retryBackoff: true, retryDelayMax: 600 }
  await boss.createQueue(JUDGE, { ...policy, ...again, expireInSeconds: LONGEST_SECONDS })
  await boss.updateQueue(JUDGE, { ...again, expireInSeconds: LONGEST_SECONDS })

  if (store.kind === 'pglite') {
    // The folder is ours alone, so whatever ran in it ended with the process before this one.
    const orphans = await sql<{ id: string }>`
      select id::text as id from queue.job where state = 'active' and name = ${JUDGE}`.execute(store.db)
    if (orphans.rows.length > 0)
      await boss.fail(
        JUDGE,
        orphans.rows.map(({ id }) => id),
      )
  }

  async function take(deliveries: readonly Delivery[]): Promise<void> {
    await store.db.transaction().execute(async (trx) => {
      const due = await storeDeliveries(trx, deliveries)
      if (due.length === 0) return
      await boss.insert(JUDGE, due.map(jobFor), { db: fromKysely(trx) })
    })
  }

  async function newest(key: string): Promise<{ asked: string; delivery: string } | undefined> {
    const row = await store.db
      .selectFrom('delivery')
      .select(['id', 'asked'])
      .where('key', '=', key)
      .where('done_at', 'is', null)
      .where('asked', 'is not', null)
      .orderBy('accepted_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row?.asked ? { asked: row.asked, delivery: row.id } : undefined
  }

  async function finish(key: string, started: Date): Promise<void> {
    await store.db
      .updateTable('delivery')
      .set({ done_at: clock().toISOString() })
      .where('key', '=', key)
      .where('done_at', 'is', null)
      .where('accepted_at', '<=', started)
      .execute()
  }

  async function start({ work, giveUp }: Workers): Promise<void> {
    const pace = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 }
    const shares = { localConcurrency: options.concurrency, groupConcurrency: options.perGroup }
    await boss.work<Job, void, { includeMetadata: true }>(
      JUDGE,
      { ...pace, ...shares, includeMetadata: true },
      async ([job]) => {
        if (job === undefined) return
        const { key, trace } = job.data
        const started = clock()
        const found = await newest(key)
        if (found === undefined) return
        const current = async () => {
          const [now] = await boss.findJobs(JUDGE, { id: job.id })
          return now?.state === 'active' && now.retryCount === job.retryCount
        }
        const attempt = { key, ...found, ...(trace && { trace }), retries: job.retryCount, current }
        const result = await work(attempt)
        if (result.kind === 'done') return await finish(key, started)
        const { data, ...how } = jobFor(job.data)
        await boss.send(JUDGE, data, { ...how, startAfter: scattered(result.seconds) })
      },
    )
    await boss.work<Job>(GIVEN_UP, { pollingIntervalSeconds: 1 }, async ([job]) => {
      // Whoever was asked again since has a job, which comes to an end of its own.
      if (job === undefined || (await isLive(store.db, job.data.key))) return
      const found = await newest(job.data.key)
      if (found !== undefined) await giveUp(found.asked, found.delivery)
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
