import { sql } from 'kysely'
import { fromKysely, type JobWithMetadata, PgBoss } from 'pg-boss'
import { afterAppends } from './chain.ts'
import { type Chores, openChores } from './chores.ts'
import type { Result } from './result.ts'
import type { Store } from './store.ts'
import { type Delivery, storeDeliveries } from './taking.ts'

/** One attempt at a key. */
export type Attempt = {
  readonly key: string
  /** What the newest delivery that is not done asks. */
  readonly asked: string
  /** 0 for the first. */
  readonly retries: number
  /** Whether this attempt is still the one that counts: a worker that was given up on must not write. */
  readonly current: () => Promise<boolean>
}

export type Workers = {
  readonly work: (attempt: Attempt) => Promise<Result>
  /** After the last retry. */
  readonly giveUp: (asked: string) => Promise<void>
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
}

export type Depth = {
  readonly waiting: number
  /** Until a rate limit has passed. */
  readonly postponed: number
  readonly active: number
  readonly failed: number
  /** How long the oldest job that could run has waited. */
  readonly oldestSeconds: number
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

/** `givenUp`: the deliveries of which it is only to be said that they could not be evaluated. */
type Job = { readonly key: string; readonly group: string; readonly givenUp?: readonly string[] }

const JUDGE = 'judge'
const GIVEN_UP = 'given-up'
const LONGEST_SECONDS = 900
const PACE = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 }
/** How many times the first delay between two attempts the longest is. */
const LONGEST_DELAY = 120

/** The queue in the store's database; many processes may open it on one server. */
export async function openQueue(store: Store, options: QueueOptions): Promise<WorkQueue> {
  const { retries, firstDelaySeconds, onError, clock, heartbeatSeconds } = options
  const boss = new PgBoss({
    ...store.boss,
    schema: 'queue',
    useListenNotify: true,
    superviseIntervalSeconds: heartbeatSeconds / 2,
    monitorIntervalSeconds: heartbeatSeconds / 2,
  })
  boss.on('error', onError)
  await boss.start()
  const last = {
    retryLimit: 10,
    retryDelay: Math.max(1, 6 * firstDelaySeconds),
    retryBackoff: true,
    heartbeatSeconds,
  }
  await boss.createQueue(GIVEN_UP, last)
  await boss.updateQueue(GIVEN_UP, last)
  // At most one job that waits and one that runs for each key: a burst collapses into the one that waits.
  const policy = {
    policy: 'stately',
    notify: true,
    deadLetter: GIVEN_UP,
  } as const
  const again = {
    retryLimit: retries,
    retryDelay: firstDelaySeconds,
    retryBackoff: true,
    retryDelayMax: Math.max(1, LONGEST_DELAY * firstDelaySeconds),
  }
  const bounds = { expireInSeconds: LONGEST_SECONDS, heartbeatSeconds }
  await boss.createQueue(JUDGE, { ...policy, ...again, ...bounds })
  await boss.updateQueue(JUDGE, { ...again, ...bounds })

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
      const jobs = due.map(({ key, group }) => ({
        data: { key, group },
        singletonKey: key,
        group: { id: group },
      }))
      await boss.insert(JUDGE, jobs, { db: fromKysely(trx) })
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
    const sent = ({ key, group }: Job) => ({ singletonKey: key, group: { id: group } })

    async function judge(job: JobWithMetadata<Job>): Promise<void> {
      const { key, group, givenUp } = job.data
      const open = await owed(key)
      const asked = open.findLast((delivery) => delivery.asked !== null)?.asked
      if (typeof asked !== 'string') return
      const ids = open.map(({ id }) => id)
      // What came since deserves attempts of its own.
      if (givenUp && ids.every((id) => givenUp.includes(id))) return await giveUp(asked)
      const current = async () => {
        const [found] = await boss.findJobs(JUDGE, { id: job.id })
        return found?.state === 'active' && found.retryCount === job.retryCount
      }
      const result = await work({ key, asked, retries: job.retryCount, current })
      if (result.kind === 'done') await finish(ids)
      else await boss.send(JUDGE, { key, group }, { ...sent(job.data), startAfter: result.seconds })
    }
    const shares = { groupConcurrency: options.perGroup }
    async function startWorker(): Promise<void> {
      let id: string | undefined
      id = await boss.work<Job, void, { includeMetadata: true }>(
        JUDGE,
        { ...PACE, ...shares, includeMetadata: true },
        async ([job]) => {
          try {
            if (job !== undefined) await judge(job)
          } finally {
            // Without a word it would pause after each job, however many wait.
            if (id !== undefined) boss.notifyWorker(id)
          }
        },
      )
    }
    await Promise.all(Array.from({ length: options.concurrency }, startWorker))
    // To give up is to write to the commit, so it waits its turn as any other job of the key does.
    await boss.work<Job>(GIVEN_UP, { pollingIntervalSeconds: 1 }, async ([job]) => {
      if (job === undefined || job.data.givenUp) return
      const { key, group } = job.data
      if (await isUnderWay(key)) return
      const givenUp = (await owed(key)).map(({ id }) => id)
      if (givenUp.length > 0) await boss.send(JUDGE, { key, group, givenUp }, sent(job.data))
    })
  }

  /** Whether a job of the key will still say something; then that is the last word. */
  async function isUnderWay(key: string): Promise<boolean> {
    const { rows } = await sql`select 1 from queue.job
      where name = ${JUDGE} and singleton_key = ${key} and state <= 'active' limit 1`.execute(store.db)
    return rows.length > 0
  }

  async function depth(): Promise<Depth> {
    // pg-boss's own numbers may be a minute old.
    const { rows } = await sql<{ state: string; jobs: number; oldest: number | null }>`
      select case when state = 'created' and start_after > now() then 'postponed' else state::text end as state,
        count(*)::int as jobs, extract(epoch from now() - min(created_on))::float as oldest
      from queue.job where name in (${JUDGE}, ${GIVEN_UP}) group by 1`.execute(store.db)
    const jobs = (...states: readonly string[]) =>
      rows.filter(({ state }) => states.includes(state)).reduce((sum, row) => sum + row.jobs, 0)
    return {
      waiting: jobs('created', 'retry'),
      postponed: jobs('postponed'),
      active: jobs('active'),
      failed: jobs('failed'),
      oldestSeconds: rows.find(({ state }) => state === 'created')?.oldest ?? 0,
    }
  }

  return {
    take,
    start,
    depth,
    chores: openChores(boss),
    close: (seconds) => boss.stop({ graceful: true, timeout: seconds * 1000 }),
  }
}
