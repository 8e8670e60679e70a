import { fromKysely, PgBoss } from 'pg-boss'
import { JUDGE, jobFor, openWork } from './queue-state.ts'
import type { Store } from './store.ts'

/** What became of each key that was to be tried again. */
export type Redriven = {
  readonly redriven: readonly string[]
  /** A job works on it, or will. */
  readonly underWay: readonly string[]
  /** No delivery is open for it: it has its verdict, or was never asked for. */
  readonly unknown: readonly string[]
}

/**
 * Gives a fresh job to each key whose attempts are over without a verdict: those that are named, by key or by
 * the id of a job, or all of them. Safe while the app runs, and the same twice: a key has one job that waits.
 */
export async function redrive(
  store: Store,
  named: readonly string[] | 'all',
  groupOf: (asked: string) => string,
): Promise<Redriven> {
  const work = await openWork(store.db, named === 'all' ? undefined : named)
  const over = work.filter(({ state }) => state === 'failed' || state === 'given-up')
  if (over.length > 0) {
    const jobs = over.map(({ key, asked }) => jobFor({ key, group: groupOf(asked) }))
    await withBoss(store, (boss) =>
      store.db.transaction().execute((trx) => boss.insert(JUDGE, jobs, { db: fromKysely(trx) })),
    )
  }
  const known = new Set(work.flatMap(({ key, job }) => [key, job]))
  return {
    redriven: over.map(({ key }) => key),
    underWay: named === 'all' ? [] : work.filter((item) => !over.includes(item)).map(({ key }) => key),
    unknown: named === 'all' ? [] : named.filter((name) => !known.has(name)),
  }
}

/** A pg-boss that puts jobs in and does nothing else. */
async function withBoss<T>(store: Store, use: (boss: PgBoss) => Promise<T>): Promise<T> {
  const boss = new PgBoss({
    ...store.boss,
    schema: 'queue',
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
  })
  // What fails here fails the call that asked.
  boss.on('error', () => undefined)
  await boss.start()
  try {
    return await use(boss)
  } finally {
    await boss.stop({ graceful: false })
  }
}
