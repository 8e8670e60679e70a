import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import type { Attempt, WorkQueue } from '../../src/ledger/queue.ts'
import type { Result } from '../../src/ledger/result.ts'
import type { Store } from '../../src/ledger/store.ts'
import type { Delivery } from '../../src/ledger/taking.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { describeOnBoth } from './databases.ts'
import { aDelivery as anyDelivery, done, type Worked, working as workingAt } from './working.ts'

/** The time that the queue's process tells. */
const clock = { now: new Date() }
const queues: WorkQueue[] = []

const aDelivery = (given: Partial<Delivery> = {}) => anyDelivery({ at: clock.now.toISOString(), ...given })

async function working(
  store: Store,
  work: (attempt: Attempt) => Promise<Result>,
  retries = 2,
  concurrency = 4,
): Promise<Worked> {
  const worked = await workingAt(store, work, { retries, concurrency, clock: () => clock.now })
  queues.push(worked.queue)
  return worked
}

describeOnBoth('the queue', (open) => {
  afterEach(async () => {
    await Promise.all(queues.splice(0).map((queue) => queue.close(5)))
    await sql`delete from queue.job`.execute((await open()).db)
    clock.now = new Date()
  })

  test('a delivery leads to one job, is done with it, and stands in the ledger once', async () => {
    const store = await open()
    const { queue, attempts, settled } = await working(store, done)
    const delivery = aDelivery()

    await queue.take([delivery, delivery])
    await settled()
    await queue.take([delivery])
    await settled()

    expect(attempts.map(({ asked }) => asked)).toEqual([JSON.stringify(delivery.asked)])
    const rows = await store.db.selectFrom('delivery').select(['id', 'done_at']).execute()
    expect(rows).toEqual([{ id: delivery.id, done_at: expect.any(Date) }])
    expect(await verifyChain(store.db)).toMatchObject({ rows: 1 })
  })

  test('a burst for one commit is one job after the one that runs, and sees the newest', async () => {
    const first = Promise.withResolvers<void>()
    const store = await open()
    const { queue, attempts, settled } = await working(store, async () => {
      if (attempts.length === 1) await first.promise
      return { kind: 'done' }
    })

    const at = (seconds: number) => new Date(Date.UTC(2026, 2, 1, 0, 0, seconds))
    clock.now = at(0)
    await queue.take([aDelivery()])
    await expect.poll(() => attempts.length).toBe(1)
    const burst = [1, 2, 3].map((second) => aDelivery({ at: at(second).toISOString() }))
    clock.now = at(4)
    await queue.take(burst)
    expect(attempts).toHaveLength(1)
    first.resolve()
    await settled()

    expect(attempts.map(({ asked }) => asked)).toEqual([expect.anything(), JSON.stringify(burst[2]?.asked)])
    expect(await store.db.selectFrom('delivery').select('id').where('done_at', 'is', null).execute()).toEqual(
      [],
    )
  })

  test('two commits are worked on at once', async () => {
    const both = Promise.withResolvers<void>()
    const { queue, attempts, settled } = await working(await open(), async () => {
      if (attempts.length === 2) both.resolve()
      await both.promise
      return { kind: 'done' }
    })

    await queue.take([aDelivery({ key: 'a' }), aDelivery({ key: 'b' })])
    await settled()

    expect(attempts.map(({ key }) => key).toSorted()).toEqual(['a', 'b'])
  })

  test('one worker goes from job to job without a pause', async () => {
    const { queue, attempts, settled } = await working(await open(), done, 2, 1)
    const start = performance.now()

    await queue.take(Array.from({ length: 10 }, (_, index) => aDelivery({ key: String(index) })))
    await settled()

    expect(attempts).toHaveLength(10)
    // Polling alone would take 18 s and more.
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  test('an attempt that fails is tried again, and after the last one given up; the delivery stays open', async () => {
    const store = await open()
    const { queue, attempts, givenUp, settled } = await working(
      store,
      async () => {
        throw new Error('no')
      },
      1,
    )
    const delivery = aDelivery()

    await queue.take([delivery])
    await settled()

    expect(attempts.map(({ retries }) => retries)).toEqual([0, 1])
    expect(givenUp).toEqual([JSON.stringify(delivery.asked)])
    expect(await store.db.selectFrom('delivery').select('done_at').execute()).toEqual([{ done_at: null }])
  })

  test('an attempt that fails for good while another waits for its turn gives nothing up', async () => {
    const held = Promise.withResolvers<void>()
    const store = await open()
    const { queue, attempts, givenUp, settled } = await working(
      store,
      async () => {
        if (attempts.length === 1) await held.promise
        if (attempts.length === 1) throw new Error('no')
        return { kind: 'done' }
      },
      0,
    )

    await queue.take([aDelivery()])
    await expect.poll(() => attempts.length).toBe(1)
    await queue.take([aDelivery()])
    held.resolve()
    await settled()

    expect(attempts).toHaveLength(2)
    expect(givenUp).toEqual([])
    expect(await store.db.selectFrom('delivery').select('id').where('done_at', 'is', null).execute()).toEqual(
      [],
    )
  })

  test('a redelivery of work that was given up asks for it again', async () => {
    let broken = true
    const store = await open()
    const { queue, attempts, settled } = await working(
      store,
      async () => {
        if (broken) throw new Error('no')
        return { kind: 'done' }
      },
      0,
    )
    const delivery = aDelivery()
    await queue.take([delivery])
    await settled()

    broken = false
    await queue.take([delivery])
    await settled()

    expect(attempts).toHaveLength(2)
    expect(await store.db.selectFrom('delivery').select('id').where('done_at', 'is', null).execute()).toEqual(
      [],
    )
  })

  test('postponed work waits, and fails nothing', async () => {
    const { queue, attempts, givenUp, settled } = await working(await open(), async () => ({
      kind: 'postpone',
      seconds: 3000,
    }))

    await queue.take([aDelivery()])
    await settled()

    expect(await queue.depth()).toMatchObject({ postponed: 1, waiting: 0, active: 0, failed: 0 })
    expect(attempts).toHaveLength(1)
    expect(givenUp).toEqual([])
  })

  test('an attempt knows that it counts', async () => {
    const known: boolean[] = []
    const { queue, settled } = await working(await open(), async ({ current }) => {
      known.push(await current())
      return { kind: 'done' }
    })

    await queue.take([aDelivery()])
    await settled()

    expect(known).toEqual([true])
  })

  test('what can not be stored is not taken', async () => {
    const store = await open()
    const { queue, attempts } = await working(store, done)

    await expect(queue.take([aDelivery(), aDelivery({ at: 'never' })])).rejects.toThrow()

    expect(await store.db.selectFrom('delivery').selectAll().execute()).toEqual([])
    expect(await queue.depth()).toMatchObject({ waiting: 0, active: 0 })
    expect(attempts).toEqual([])
  })
})
