import { randomInt } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Attempt } from '../../src/ledger/queue.ts'
import type { Result } from '../../src/ledger/result.ts'
import { openStore, type Store, type Where } from '../../src/ledger/store.ts'
import { storeDeliveries } from '../../src/ledger/taking.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { type Postgres, startPostgres } from './postgres.ts'
import { aDelivery, done, type Worked, type Working, working } from './working.ts'

let server: Postgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(async () => {
  await server.stop()
})

type Replica = Worked & { readonly store: Store }
const replicas: Replica[] = []
afterEach(async () => {
  await Promise.all(
    replicas.splice(0).map(async ({ queue, store }) => {
      await queue.close(5)
      await store.close()
    }),
  )
})

/** One more that works on the same database, with connections of its own. */
async function replica(
  where: Where,
  work: (attempt: Attempt, own: number) => Promise<Result>,
  options: Working = {},
): Promise<Replica> {
  const store = await openStore(where)
  const own = randomInt(2 ** 32)
  const joined = { ...(await working(store, (attempt) => work(attempt, own), options)), store }
  replicas.push(joined)
  return joined
}

async function open({ store }: Replica): Promise<readonly { readonly id: string }[]> {
  return await store.db.selectFrom('delivery').select('id').where('done_at', 'is', null).execute()
}

test('three that start at once on an empty database share the work, each commit with one at a time', async () => {
  const where = await server.place()
  const busy = new Set<string>()
  const overlaps: string[] = []
  const by = new Map<number, number>()
  const work = async ({ key }: Attempt, own: number): Promise<Result> => {
    if (busy.has(key)) overlaps.push(key)
    busy.add(key)
    by.set(own, (by.get(own) ?? 0) + 1)
    await setTimeout(20)
    busy.delete(key)
    return { kind: 'done' }
  }
  const three = await Promise.all([replica(where, work), replica(where, work), replica(where, work)])

  // Each commit is asked for three times at once, at three replicas, over and over.
  const keys = Array.from({ length: 12 }, (_, index) => `acme/models@${index}`)
  const rounds = 5
  for (let round = 0; round < rounds; round += 1)
    await Promise.all(
      three.map(({ queue }, index) =>
        queue.take(keys.map((key) => aDelivery({ key, group: `${key}-${index}` }))),
      ),
    )
  await Promise.all(three.map(({ settled }) => settled()))

  expect(overlaps).toEqual([])
  expect(by.size).toBe(3)
  const attempts = three.flatMap((one) => one.attempts)
  expect(new Set(attempts.map(({ key }) => key)).size).toBe(keys.length)
  expect(attempts.length).toBeLessThan(3 * rounds * keys.length)
  const [any] = three
  expect(await open(any)).toEqual([])
  const { rows, broken } = await verifyChain(any.store.db)
  expect({ rows, broken }).toEqual({ rows: 3 * rounds * keys.length, broken: undefined })
})

test('the work of one that died is taken over, and it may not write any more', async () => {
  const where = await server.place()
  const dead = Promise.withResolvers<Result>()
  const first = await replica(where, () => dead.promise, { heartbeatSeconds: 10 })
  await first.queue.take([aDelivery()])
  await expect.poll(() => first.attempts.length).toBe(1)
  const second = await replica(where, done, { heartbeatSeconds: 10 })
  expect(second.attempts).toHaveLength(0)

  // As after ten seconds without a sign of life.
  await sql`update queue.job set heartbeat_on = now() - interval '11 seconds' where state = 'active'`.execute(
    second.store.db,
  )
  const attempts = () => first.attempts.length + second.attempts.length
  await expect.poll(attempts, { timeout: 20_000 }).toBe(2)

  expect(await first.attempts[0]?.current()).toBe(false)
  dead.resolve({ kind: 'done' })
  await second.settled()
  expect(await open(second)).toEqual([])
})

test('a clock that goes wrong makes no delivery done that nobody has looked at', async () => {
  const where = await server.place()
  const hold = Promise.withResolvers<void>()
  const fast = await replica(
    where,
    async () => {
      if (fast.attempts.length === 1) await hold.promise
      return { kind: 'done' }
    },
    { clock: () => new Date(Date.now() + 3_600_000) },
  )
  await fast.queue.take([aDelivery()])
  await expect.poll(() => fast.attempts.length).toBe(1)
  const later = aDelivery()
  await fast.queue.take([later])
  hold.resolve()
  await fast.settled()

  expect(fast.attempts.map(({ asked }) => asked)).toEqual([expect.anything(), JSON.stringify(later.asked)])
})

test('a job waits for what is being stored as it begins', async () => {
  const where = await server.place()
  const one = await replica(where, done)
  const early = aDelivery()
  const late = aDelivery({ at: new Date(Date.now() + 1000).toISOString() })
  const other = await openStore(where)
  await other.db.transaction().execute(async (trx) => {
    await storeDeliveries(trx, [late])
    // Its job is there already: the one of a delivery that was stored before.
    await one.store.db
      .insertInto('delivery')
      .values({
        ...{ id: early.id, event: early.event, key: early.key, accepted_at: early.at, done_at: null },
        asked: JSON.stringify(early.asked),
      })
      .execute()
    await sql`insert into queue.job (name, data, singleton_key, policy)
      values ('judge', ${JSON.stringify({ key: early.key, group: '7' })}::jsonb, ${early.key}, 'stately')`.execute(
      one.store.db,
    )
    const active = async () => (await one.queue.depth()).active
    await expect.poll(active, { timeout: 20_000 }).toBe(1)
    expect(one.attempts).toEqual([])
  })
  await one.settled()
  await other.close()

  expect(one.attempts.map(({ asked }) => asked)).toEqual([JSON.stringify(late.asked)])
  expect(await open(one)).toEqual([])
})
