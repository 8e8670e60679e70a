import { AsyncLocalStorage } from 'node:async_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Depth } from '../ledger/queue.ts'

/** The requests of one attempt, wherever they are made. */
const attempt = new AsyncLocalStorage<{ requests: number }>()

/** What the app counts, for Prometheus. */
export type Metrics = {
  readonly delivery: (outcome: 'taken' | 'nothing' | 'refused') => void
  /** Starts the clock of one attempt; the function it gives ends it. */
  readonly started: () => (outcome: string) => void
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
    help: 'attempts by decision, or by how they failed',
    labelNames: ['decision'],
    registers,
  })
  const seconds = new Histogram({
    name: 'gonogo_attempt_seconds',
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
    name: 'gonogo_github_ratelimit_remaining',
    help: 'requests, or points of GraphQL, left as GitHub last said',
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
    help: 'jobs by state',
    labelNames: ['state'],
    registers,
  })
  const age = new Gauge({
    name: 'gonogo_queue_oldest_seconds',
    help: 'age of the oldest job that waits',
    registers,
  })

  return {
    delivery: (outcome) => deliveries.inc({ outcome }),
    started: () => {
      const end = seconds.startTimer()
      return (decision) => {
        end()
        verdicts.inc({ decision })
      }
    },
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
    page: async ({ waiting, postponed, active, failed, oldestSeconds }, reconciled) => {
      if (reconciled !== undefined) reconciledAt.set(reconciled.getTime() / 1000)
      jobs.set({ state: 'waiting' }, waiting)
      jobs.set({ state: 'postponed' }, postponed)
      jobs.set({ state: 'active' }, active)
      jobs.set({ state: 'failed' }, failed)
      age.set(oldestSeconds)
      return { type: registry.contentType, text: await registry.metrics() }
    },
  }
}
