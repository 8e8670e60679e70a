import { AsyncLocalStorage } from 'node:async_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Verdict } from '../core/verdict.ts'
import type { Depth } from '../ledger/queue-state.ts'

/** The requests of one attempt, wherever they are made. */
const attempt = new AsyncLocalStorage<{ requests: number }>()

/** What the app counts, for Prometheus. */
export type Metrics = {
  readonly delivery: (outcome: 'taken' | 'nothing' | 'refused') => void
  /** Starts the clock of one attempt; the function it gives ends it. */
  readonly started: () => (outcome: Verdict['decision'] | 'done' | 'failed' | 'postponed') => void
  /** The attempts at a commit are over without a verdict. */
  readonly gaveUp: () => void
  /** What our own work found missing. */
  readonly found: (by: 'reconciliation' | 'sweep' | 'expiry', count: number) => void
  /** Counts the requests that work makes, where they come to a verdict. */
  readonly counting: <T>(work: () => Promise<T>) => Promise<T>
  readonly asked: (status: number, remaining: number | undefined, resource: string) => void
  /** The page that Prometheus reads. */
  readonly page: (
    depth: Depth,
    reconciled: Date | undefined,
  ) => Promise<{ readonly type: string; readonly text: string }>
}

/** Counters of their own for each server, so that two in one process do not add up. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const deliveries = new Counter({
    name: 'gonogo_deliveries_total',
    help: 'deliveries by what became of them',
    labelNames: ['outcome'],
    registers,
  })
  const verdicts = new Counter({
    name: 'gonogo_verdicts_total',
    help: 'verdicts that were published, by decision',
    labelNames: ['decision'],
    registers,
  })
  const attempts = new Counter({
    name: 'gonogo_attempts_total',
    help: 'attempts at a commit by how they ended',
    labelNames: ['outcome'],
    registers,
  })
  const givenUp = new Counter({
    name: 'gonogo_given_up_total',
    help: 'commits that were told to be impossible to evaluate, after the last attempt',
    registers,
  })
  const seconds = new Histogram({
    name: 'gonogo_attempt_duration_seconds',
    help: 'duration of an attempt',
    buckets: [0.1, 0.3, 1, 3, 10, 30, 100],
    registers,
  })
  const requests = new Counter({
    name: 'gonogo_github_requests_total',
    help: 'requests to GitHub by status',
    labelNames: ['status'],
    registers,
  })
  const remaining = new Gauge({
    name: 'gonogo_github_rate_limit_remaining',
    help: 'requests, or points of GraphQL, left until the limit is reset, as GitHub last said',
    labelNames: ['resource'],
    registers,
  })
  const perVerdict = new Histogram({
    name: 'gonogo_verdict_requests',
    help: 'requests to GitHub for one verdict',
    buckets: [1, 2, 3, 4, 5, 6, 8, 12, 20, 50, 200],
    registers,
  })
  const found = new Counter({
    name: 'gonogo_found_total',
    help: 'verdicts that no webhook asked for, by what found them missing',
    labelNames: ['by'],
    registers,
  })
  const reconciledAt = new Gauge({
    name: 'gonogo_reconciled_timestamp_seconds',
    help: "when GitHub's log of deliveries was last seen whole",
    registers,
  })
  const jobs = new Gauge({
    name: 'gonogo_queue_jobs',
    help: 'jobs that wait, are postponed or run, and commits that failed or were given up',
    labelNames: ['state'],
    registers,
  })
  const age = new Gauge({
    name: 'gonogo_queue_oldest_age_seconds',
    help: 'for how long the oldest job could have run',
    registers,
  })

  return {
    delivery: (outcome) => deliveries.inc({ outcome }),
    started: () => {
      const end = seconds.startTimer()
      return (outcome) => {
        end()
        const other = outcome === 'done' || outcome === 'failed' || outcome === 'postponed'
        attempts.inc({ outcome: other ? outcome : 'judged' })
        if (!other) verdicts.inc({ decision: outcome })
      }
    },
    gaveUp: () => givenUp.inc(),
    found: (by, count) => found.inc({ by }, count),
    counting: async (work) => {
      const count = { requests: 0 }
      const result = await attempt.run(count, work)
      perVerdict.observe(count.requests)
      return result
    },
    asked: (status, left, resource) => {
      requests.inc({ status: String(status) })
      const count = attempt.getStore()
      if (count !== undefined) count.requests += 1
      // The name comes in a header: one that nobody knows would make a new line of the page.
      if (left !== undefined) remaining.set({ resource: resource === 'graphql' ? resource : 'core' }, left)
    },
    page: async ({ waiting, postponed, active, failed, givenUp: stuck, oldestSeconds }, reconciled) => {
      if (reconciled !== undefined) reconciledAt.set(reconciled.getTime() / 1000)
      jobs.set({ state: 'waiting' }, waiting)
      jobs.set({ state: 'postponed' }, postponed)
      jobs.set({ state: 'active' }, active)
      jobs.set({ state: 'failed' }, failed)
      jobs.set({ state: 'given-up' }, stuck)
      age.set(oldestSeconds)
      return { type: registry.contentType, text: await registry.metrics() }
    },
  }
}
