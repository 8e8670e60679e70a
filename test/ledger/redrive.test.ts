import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { queueList, queueRedrive, queueShow } from '../../src/cli/queue.ts'
import { UsageError } from '../../src/cli/world.ts'
import { openQueue, type WorkQueue } from '../../src/ledger/queue.ts'
import { openWork, type Work } from '../../src/ledger/queue-state.ts'
import { redrive } from '../../src/ledger/redrive.ts'
import type { Result } from '../../src/ledger/result.ts'
import type { Store } from '../../src/ledger/store.ts'
import { named, run } from './command.ts'
import { describeOnBoth } from './databases.ts'

const CORRELATION = '0b3c8d2e-0f5e-4f0e-9d53-3b1f5a5f7a11'
let number = 0

/** A commit of its own for each test, so that they share a queue. */
function aKey(): string {
  number += 1
  return `acme/models@${String(number).padStart(40, '0')}`
}

function aDelivery(id: string, key: string) {
  const [repository = '', commit = ''] = key.split('@')
  const asked = { installation: 7, target: { owner: 'acme', repo: 'models', branch: 'main', commit } }
  return {
    id: `${key}-${id}`,
    event: 'pull_request',
    at: new Date().toISOString(),
    ...{ key, group: '7', repository, commit, asked },
  }
}

const fail = async (): Promise<Result> => {
  throw new Error(`attempt failed; see the log for ${CORRELATION}`)
}

type Doing = { work: () => Promise<Result>; giveUp: () => Promise<void> }
type Worked = { readonly store: Store; readonly queue: WorkQueue; readonly doing: Doing }

/** A queue at work, whose work a test may change. */
async function working(store: Store, retries = 0, firstDelaySeconds = 0): Promise<Worked> {
  const doing: Doing = { work: fail, giveUp: async () => undefined }
  const queue = await openQueue(store, {
    ...{ retries, firstDelaySeconds, concurrency: 8, perGroup: 8, heartbeatSeconds: 30, pollSeconds: 0.5 },
    onError: () => undefined,
    clock: () => new Date(),
  })
  await queue.start({ work: () => doing.work(), giveUp: () => doing.giveUp() })
  return { store, queue, doing }
}

async function becomes({ store }: Worked, key: string, expected: Partial<Work> | undefined): Promise<void> {
  await expect
    .poll(async () => (await openWork(store.db, [key]))[0], { timeout: 12_000, interval: 20 })
    .toEqual(expected && expect.objectContaining(expected))
}

describeOnBoth('what is stuck', (openAt, place, kind) => {
  let worked: Worked
  let key: string
  beforeAll(async () => {
    worked = await working(await openAt())
  }, 60_000)
  afterAll(() => worked.queue.close(5))
  beforeEach(() => {
    key = aKey()
    worked.doing.work = fail
    worked.doing.giveUp = async () => undefined
  })

  test('what was given up is told with its correlation, and is judged again when it is redriven, once', async () => {
    const { store, queue, doing } = worked
    await queue.take([aDelivery('one', key), aDelivery('two', key)])
    const deliveries = [`${key}-one`, `${key}-two`]
    await becomes(worked, key, { state: 'given-up', deliveries, attempts: 1, correlation: CORRELATION })
    expect(await queue.depth()).toMatchObject({ waiting: 0, active: 0, failed: 0, givenUp: 1 })

    const held = Promise.withResolvers<void>()
    let attempts = 0
    doing.work = async () => {
      attempts += 1
      await held.promise
      return { kind: 'done' }
    }
    const redriven = (names: readonly string[] | 'all') => redrive(store, names, () => '7')
    expect(await redriven([key])).toEqual({ redriven: [key], underWay: [], unknown: [] })
    expect(await redriven([key])).toEqual({ redriven: [], underWay: [key], unknown: [] })
    expect(await redriven('all')).toEqual({ redriven: [], underWay: [], unknown: [] })
    held.resolve()
    await becomes(worked, key, undefined)

    expect(attempts).toBe(1)
    expect(await queue.depth()).toMatchObject({ failed: 0, givenUp: 0 })
    expect(await redriven([key])).toEqual({ redriven: [], underWay: [], unknown: [key] })
  })

  test('two who redrive at once make one job', async () => {
    const { store, queue, doing } = worked
    await queue.take([aDelivery('one', key)])
    await becomes(worked, key, { state: 'given-up' })
    const held = Promise.withResolvers<void>()
    doing.work = async () => {
      await held.promise
      return { kind: 'done' }
    }

    await Promise.all([1, 2, 3].map(() => redrive(store, 'all', () => '7')))

    // The one that runs, and at most one that waits.
    const { rows } = await sql`select state from queue.job
      where name = 'judge' and singleton_key = ${key} and state < 'completed'`.execute(store.db)
    expect([1, 2]).toContain(rows.length)
    held.resolve()
    await becomes(worked, key, undefined)
  })

  test('a later delivery for a commit that was given up is judged', async () => {
    await worked.queue.take([aDelivery('one', key)])
    await becomes(worked, key, { state: 'given-up' })

    worked.doing.work = async () => ({ kind: 'done' })
    await worked.queue.take([aDelivery('pushed', key)])

    await becomes(worked, key, undefined)
  })

  test('what could not even be told has failed, and a redriven attempt ends that', async () => {
    const { store, queue, doing } = worked
    let told = 0
    doing.giveUp = async () => {
      told += 1
      throw new Error('GitHub is away')
    }
    await queue.take([aDelivery('one', key)])
    await expect.poll(() => told, { timeout: 12_000 }).toBe(1)
    await becomes(worked, key, { state: 'failed', correlation: CORRELATION })
    expect(await queue.depth()).toMatchObject({ failed: 1, givenUp: 0 })

    doing.work = async () => ({ kind: 'done' })
    expect(await redrive(store, 'all', () => '7')).toMatchObject({ redriven: [key] })

    await becomes(worked, key, undefined)
    expect(await queue.depth()).toMatchObject({ failed: 0, givenUp: 0 })
  })

  test('an open delivery whose job pg-boss has forgotten is still told, and redriven', async () => {
    const { store, queue, doing } = worked
    await queue.take([aDelivery('one', key)])
    await becomes(worked, key, { state: 'given-up' })
    await sql`delete from queue.job where state >= 'completed'`.execute(store.db)
    await becomes(worked, key, { state: 'given-up', attempts: 0 })

    doing.work = async () => ({ kind: 'done' })
    await redrive(store, 'all', () => '7')

    await becomes(worked, key, undefined)
  })

  test('what waits for a rate limit is postponed, a little longer than was asked, and its time is told', async () => {
    const before = Date.now()
    worked.doing.work = async () => ({ kind: 'postpone', seconds: 3000 })
    await worked.queue.take([aDelivery('one', key)])

    await becomes(worked, key, { state: 'postponed', attempts: 0 })
    const [work] = await openWork(worked.store.db, [key])
    const seconds = (Date.parse(work?.next ?? '') - before) / 1000
    expect(seconds).toBeGreaterThan(2999)
    expect(seconds).toBeLessThan(3330)
    expect(await worked.queue.depth()).toMatchObject({ postponed: 1, failed: 0, givenUp: 0 })
  })

  test('gonogo queue lists, shows and redrives, on a server while the app runs', async () => {
    const where = await place()
    const environment = named(where)
    const store = await openAt(where)
    const own = await working(store)
    await own.queue.take([aDelivery('one', key)])
    await becomes(own, key, { state: 'given-up' })
    own.doing.work = async () => ({ kind: 'done' })
    const redriveIt = () => run((world) => queueRedrive(world, [key.toUpperCase()], {}), environment)
    if (kind === 'pglite') {
      await expect(redriveIt()).rejects.toThrow(/is in use by process \d+.*stop it, or set DATABASE_URL/)
      await own.queue.close(5)
      await store.close()
      expect(await redriveIt()).toEqual({ code: 0, out: `${key} will be judged again\n` })
      expect((await redriveIt()).out).toBe(`${key} is under way already\n`)
      return
    }

    const list = await run((world) => queueList(world, {}), environment)
    expect(list.code).toBe(0)
    const line = `^given-up {3}${key}  1 attempt  since \\S+Z  correlation ${CORRELATION}\n$`
    expect(list.out).toMatch(new RegExp(line))
    const [item] = JSON.parse((await run((world) => queueList(world, { json: true }), environment)).out)
    expect(item).toMatchObject({ key, state: 'given-up', deliveries: [`${key}-one`] })
    expect(item).not.toHaveProperty('asked')
    const failed = await run((world) => queueList(world, { state: 'failed' }), environment)
    expect(failed.out).toBe('nothing is failed\n')

    const shown = await run((world) => queueShow(world, item.job, {}), environment)
    for (const text of [
      key,
      '"installation":7',
      `correlation ${CORRELATION}`,
      '-one',
      'gonogo queue redrive',
    ])
      expect(shown.out).toContain(text)
    const asObject = await run((world) => queueShow(world, key, { json: true }), environment)
    expect(JSON.parse(asObject.out)).toMatchObject({ asked: { installation: 7 } })

    expect(await redriveIt()).toEqual({ code: 0, out: `${key} will be judged again\n` })
    await becomes(own, key, undefined)
    expect((await run((world) => queueList(world, {}), environment)).out).toBe('every delivery is done\n')
    for (const command of [
      await run((world) => queueShow(world, 'acme/models@1', {}), environment),
      await run((world) => queueRedrive(world, ['acme/models@1'], {}), environment),
    ])
      expect(command).toEqual({
        code: 1,
        out: expect.stringContaining('no delivery is open for acme/models@1'),
      })
    expect(await run((world) => queueRedrive(world, [], { all: true }), environment)).toEqual({
      code: 0,
      out: 'nothing failed and nothing was given up\n',
    })
    await own.queue.close(5)
  }, 60_000)

  test('a database that no app has started on has an empty queue', async () => {
    const where = await place()
    const store = await openAt(where)

    expect(await openWork(store.db)).toEqual([])
    expect(await redrive(store, ['x'], () => '7')).toEqual({ redriven: [], underWay: [], unknown: ['x'] })
  })

  test('attempts that failed at once are not tried again at once', async () => {
    const { store, queue } = worked
    await queue.close(5)
    worked = await working(store, 3, 200)
    await worked.queue.take(Array.from({ length: 8 }, () => aDelivery('one', aKey())))

    const delays = async () => {
      const { rows } = await sql<{ seconds: number }>`
        select extract(epoch from start_after - started_on)::float as seconds
        from queue.job where name = 'judge' and state = 'retry'`.execute(store.db)
      return rows.map(({ seconds }) => seconds)
    }
    await expect.poll(async () => (await delays()).length, { timeout: 12_000 }).toBe(8)
    const seconds = await delays()
    expect(Math.min(...seconds)).toBeGreaterThan(199)
    expect(new Set(seconds.map(Math.round)).size).toBeGreaterThan(1)
  })
})

test.each<readonly [readonly string[], boolean]>([
  [[], false],
  [['acme/models@1'], true],
])('gonogo queue redrive %j with --all %s is not understood', async (names, all) => {
  await expect(run((world) => queueRedrive(world, names, { all }), {})).rejects.toThrow(UsageError)
})
