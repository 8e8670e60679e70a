import type { JobWithMetadata, PgBoss, WorkOptions } from 'pg-boss'

/** How long a worker waits that nobody calls; with PostgreSQL's notifications it waits the second of the two. */
export type Pace = Pick<
  WorkOptions,
  'pollingIntervalSeconds' | 'notifyPollingIntervalSeconds' | 'groupConcurrency'
>

/** Starts one worker of a queue; it goes from job to job, and waits only when there is none. */
export async function startWorker<T extends object>(
  boss: PgBoss,
  name: string,
  pace: Pace,
  work: (job: JobWithMetadata<T>) => Promise<void>,
): Promise<void> {
  let id: string | undefined
  id = await boss.work<T, void, { includeMetadata: true }>(
    name,
    { ...pace, includeMetadata: true },
    async ([job]) => {
      try {
        if (job !== undefined) await work(job)
      } finally {
        // pg-boss's own bursts need batches: without a word it pauses after each job, however many wait.
        if (id !== undefined) boss.notifyWorker(id)
      }
    },
  )
}
