import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'
import type { State } from './work-states.ts'

/** pg-boss's queues: of attempts, and of what is to be told after the last one. */
export const JUDGE = 'judge'
export const GIVEN_UP = 'given-up'

/** What a job carries; what is asked stands in the delivery. */
export type Job = {
  readonly key: string
  readonly group: string
  readonly trace?: string
  /** The deliveries of which it is only to be said that they could not be evaluated. */
  readonly givenUp?: readonly string[]
}

/** A job as pg-boss takes it. */
export type NewJob = {
  readonly data: Job
  readonly singletonKey: string
  readonly group: { readonly id: string }
}

export function jobFor({ key, group, trace, givenUp }: Job): NewJob {
  const data = { key, group, ...(trace && { trace }), ...(givenUp && { givenUp }) }
  return { data, singletonKey: key, group: { id: group } }
}

export type Depth = {
  readonly waiting: number
  /** Until a rate limit has passed. */
  readonly postponed: number
  readonly active: number
  /** Keys whose last attempt failed and whose check does not say so yet. */
  readonly failed: number
  /** Keys whose check says *could not evaluate*: nothing works on them until they are asked for again. */
  readonly givenUp: number
  /** For how long the oldest job could have run. */
  readonly oldestSeconds: number
}

/** A key that a delivery is open for. */
export type Work = {
  readonly key: string
  readonly state: State
  /** The job that works on it, or that told of its end; undefined where it is past its retention. */
  readonly job?: string
  readonly deliveries: readonly string[]
  /** ISO 8601. */
  readonly since: string
  /** Attempts that were begun with this job. */
  readonly attempts: number
  /** ISO 8601; when a job that waits for its time may run. */
  readonly next?: string
  /** Finds the last failure in the log. */
  readonly correlation?: string
  /** What the newest delivery asks, as JSON. */
  readonly asked: string
}

type Row = {
  readonly key: string
  readonly state: State
  readonly job: string | null
  readonly deliveries: readonly string[]
  readonly since: Date
  readonly attempts: number | null
  readonly next: Date | null
  readonly failure: string | null
  readonly asked: string
}

/** Every key that a delivery is open for, the oldest first; `wanted` is keys or ids of jobs. */
export async function openWork(db: Kysely<Tables>, wanted?: readonly string[]): Promise<readonly Work[]> {
  if (!(await hasQueue(db))) return []
  const { rows } = await sql<Row>`${STATE_OF_KEYS}
    select key, state, job, deliveries, since, attempts, next, failure, asked from work
    ${wanted ? sql`where key = any(${wanted}::text[]) or job = any(${wanted}::text[])` : sql``}
    order by since, key`.execute(db)
  return rows.map(({ job, since, next, failure, attempts, ...row }) => {
    const correlation = /see the log for ([0-9a-f-]{36})/.exec(failure ?? '')?.[1]
    return {
      ...row,
      ...(job !== null && { job }),
      since: since.toISOString(),
      attempts: attempts ?? 0,
      ...(next !== null && { next: next.toISOString() }),
      ...(correlation !== undefined && { correlation }),
    }
  })
}

/**
 * A key without a job that is yet to end has come to its end without a verdict, whether or not pg-boss still
 * remembers the job: the open delivery does not forget it.
 */
const STATE_OF_KEYS = sql`with work as (
  select open.*, coalesce(live.id, dead.id)::text as job,
    case when live.state = 'active' then 'active'
      when live.state = 'created' and live.start_after > now() then 'postponed'
      when live.state is not null then 'waiting'
      when dead.state = 'completed' or dead.state is null then 'given-up'
      else 'failed' end as state,
    case when live.state = 'created' then 0 when live.state is null then failed.source_retry_count + 1
      else live.retry_count + 1 end as attempts,
    case when live.state <> 'active' and live.start_after > now() then live.start_after end as next,
    coalesce(live.output, failed.source_output)::text as failure
  from (
    select key, array_agg(id order by accepted_at, id) as deliveries, min(accepted_at) as since,
      (array_agg(asked order by accepted_at desc))[1] as asked
    from delivery where done_at is null and asked is not null group by key
  ) open
  left join lateral (
    select id, state, start_after, retry_count, output from queue.job
    where name = ${sql.lit(JUDGE)} and singleton_key = open.key and state < 'completed'
    order by state desc limit 1
  ) live on true
  left join lateral (
    select id, state from queue.job
    where name = ${sql.lit(GIVEN_UP)} and data->>'key' = open.key
    order by created_on desc limit 1
  ) dead on true
  left join lateral (
    select source_output, source_retry_count from queue.job
    where name = ${sql.lit(GIVEN_UP)} and data->>'key' = open.key and data->'givenUp' is null
    order by created_on desc limit 1
  ) failed on true
)`

/** Whether a job of attempts is yet to end for a key. */
export async function isLive(db: Kysely<Tables>, key: string): Promise<boolean> {
  const { rows } = await sql`select 1 from queue.job
    where name = ${JUDGE} and singleton_key = ${key} and state < 'completed' limit 1`.execute(db)
  return rows.length > 0
}

/** Asks the tables: pg-boss's own numbers may be a minute old. */
export async function depthOf(db: Kysely<Tables>): Promise<Depth> {
  const { rows } = await sql<{ state: string; jobs: number; oldest: number | null }>`
    select case when state = 'created' and start_after > now() then 'postponed' else state::text end as state,
      count(*)::int as jobs,
      extract(epoch from now() - min(greatest(created_on, start_after))
        filter (where state < 'active' and start_after <= now()))::float as oldest
    from queue.job where name in (${JUDGE}, ${GIVEN_UP}) and state < 'completed' group by 1`.execute(db)
  const ended = await sql<{ state: State; keys: number }>`${STATE_OF_KEYS}
    select state, count(*)::int as keys from work group by state`.execute(db)
  const jobs = (...states: readonly string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, row) => sum + row.jobs, 0)
  const keys = (wanted: State) => ended.rows.find(({ state }) => state === wanted)?.keys ?? 0
  return {
    waiting: jobs('created', 'retry'),
    postponed: jobs('postponed'),
    active: jobs('active'),
    failed: keys('failed'),
    givenUp: keys('given-up'),
    oldestSeconds: Math.max(0, ...rows.map(({ oldest }) => oldest ?? 0)),
  }
}

/** A database whose app never started has no queue. */
async function hasQueue(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{
    there: boolean
  }>`select to_regclass('queue.job') is not null as there`.execute(db)
  return rows[0]?.there === true
}
