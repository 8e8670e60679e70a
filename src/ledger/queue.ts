import { sql } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
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

const JUDGE = 'judge'
const GIVEN_UP = 'given-up'
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
      const jobs = due.map(({ key, group }) => ({
        data: { key, group },
        singletonKey: key,
        group: { id: group },
      }))
      await boss.insert(JUDGE, jobs, { db: fromKysely(trx) })
    })
  }

  async function newest(key: string): Promise<string | undefined> {
    const row = await store.db
      .selectFrom('delivery')
      .select('asked')
      .where('key', '=', key)
      .where('done_at', 'is', null)
      .where('asked', 'is not', null)
      .orderBy('accepted_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row?.asked ?? undefined
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
    await boss.work<{ key: string; group: string }, void, { includeMetadata: true }>(
      JUDGE,
      { ...pace, ...shares, includeMetadata: true },
      async ([job]) => {
        if (job === undefined) return
        const { key, group } = job.data
        const started = clock()
        const asked = await newest(key)
        if (asked === undefined) return
        const current = async () => {
          const [found] = await boss.findJobs(JUDGE, { id: job.id })
          return found?.state === 'active' && found.retryCount === job.retryCount
        }
        const result = await work({ key, asked, retries: job.retryCount, current })
        if (result.kind === 'done') await finish(key, started)
        else
          await boss.send(
            JUDGE,
            { key, group },
            { singletonKey: key, group: { id: group }, startAfter: result.seconds },
          )
      },
    )
    await boss.work<{ key: string }>(GIVEN_UP, { pollingIntervalSeconds: 1 }, async ([job]) => {
      const asked = job && (await newest(job.data.key))
      if (asked !== undefined) await giveUp(asked)
    })
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
