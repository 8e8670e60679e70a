import { expect } from 'vitest'
import { type Attempt, openQueue, type WorkQueue } from '../../src/ledger/queue.ts'
import type { Result } from '../../src/ledger/result.ts'
import type { Store } from '../../src/ledger/store.ts'
import type { Delivery } from '../../src/ledger/taking.ts'

let number = 0

/** A delivery like no other before it. */
export function aDelivery(given: Partial<Delivery> = {}): Delivery {
  number += 1
  return {
    id: `delivery-${number}`,
    event: 'pull_request',
    at: new Date().toISOString(),
    key: 'acme/models@1',
    group: '7',
    repository: 'acme/models',
    commit: '1',
    asked: { number },
    ...given,
  }
}

export type Worked = {
  readonly queue: WorkQueue
  readonly attempts: Attempt[]
  readonly givenUp: string[]
  readonly settled: () => Promise<void>
}

export type Working = {
  readonly retries?: number
  readonly clock?: () => Date
  readonly heartbeatSeconds?: number
  readonly concurrency?: number
}

/** A queue whose work a test decides. */
export async function working(
  store: Store,
  work: (attempt: Attempt) => Promise<Result>,
  { retries = 2, clock = () => new Date(), heartbeatSeconds = 30, concurrency = 4 }: Working = {},
): Promise<Worked> {
  const attempts: Attempt[] = []
  const givenUp: string[] = []
  const queue = await openQueue(store, {
    retries,
    firstDelaySeconds: 0,
    pollSeconds: 0.5,
    concurrency,
    perGroup: 4,
    onError: () => undefined,
    clock,
    heartbeatSeconds,
  })
  await queue.start({
    work: async (attempt) => {
      attempts.push(attempt)
      return await work(attempt)
    },
    giveUp: async (asked) => void givenUp.push(asked),
  })
  const settled = () =>
    expect
      .poll(
        async () => {
          const { waiting, active } = await queue.depth()
          return waiting + active
        },
        { timeout: 25_000, interval: 20 },
      )
      .toBe(0)
  return { queue, attempts, givenUp, settled }
}

export const done = async (): Promise<Result> => ({ kind: 'done' })
