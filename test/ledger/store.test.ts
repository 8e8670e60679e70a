import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { headOf } from '../../src/ledger/chain.ts'
import { LockedError } from '../../src/ledger/folder-lock.ts'
import { openExisting, openStore, StoreError, type Where } from '../../src/ledger/store.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { describeOnBoth } from './databases.ts'
import { databaseRoot } from './folders.ts'
import { freePort } from './postgres.ts'
import { startChild } from './processes.ts'
import { add, deliveries } from './rows.ts'

describeOnBoth('a store', (open, place, kind) => {
  // One for all tests, each of which finds what those before it left.
  let where: Where
  beforeAll(async () => {
    where = await place()
  })

  test('keeps what it was given when it is closed and opened again', async () => {
    const first = await open(where)
    const head = await add(first, deliveries(3))
    await first.close()

    const second = await open(where)

    expect(await headOf(second.db)).toEqual(head)
  })

  test('closes when the transactions in hand are done, and then once, however often it is told to', async () => {
    const store = await open(where)
    const added = add(store, deliveries(201))
    await store.db.selectFrom('ledger').select('seq').execute()
    await Promise.all([added, store.close(), store.close()])
    await store.close()

    await expect(sql`select 1`.execute(store.db)).rejects.toThrow()
    const next = await open(where)
    // Closing again must not let go of what somebody else has opened since.
    await store.close()
    expect(await headOf(next.db)).toEqual(await added)
  })

  test('reads counts and numbers as numbers, and moments as dates', async () => {
    const { db } = await open()
    const { rows } = await sql`select count(*) as rows, '2026-03-01T00:00:00Z'::timestamptz as at`.execute(db)

    expect(rows).toEqual([{ rows: 1, at: new Date('2026-03-01T00:00:00Z') }])
  })

  test('loses nothing that was committed when its process is killed', { timeout: 30_000 }, async () => {
    let last = 0
    for (const life of [1, 2]) {
      const child = await startChild('append', JSON.stringify(where))
      child.go()
      for (let heard = 0; heard < 20 * life; heard += 1) last = Number(await child.says())
      await child.kill()
    }

    const store = await open(where)
    const { head, broken } = await verifyChain(store.db)

    expect(broken).toBeUndefined()
    expect(head.seq).toBeGreaterThanOrEqual(last)
    expect(head.seq % 3).toBe(0)
    await add(store, deliveries(1))
  })

  if (kind === 'postgres')
    test('fails the transaction whose connection breaks, and nothing else', async () => {
      const { db } = await open()
      const broken = db.transaction().execute(async (trx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
        await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(db)
        await sql`select 1`.execute(trx)
      })

      await expect(broken).rejects.toThrow()
      expect(await headOf(db)).toMatchObject({ seq: 0 })
    })

  test('that is there is opened as it is, and one that is not there is not made', async () => {
    const store = await open(where)
    const head = await headOf(store.db)
    await store.close()

    const looked = await openExisting(where)
    expect(await headOf(looked.db)).toEqual(head)
    await looked.close()
    await expect(openExisting(await place())).rejects.toThrow('holds no ledger of gonogo')
  })
})

describe('a folder', () => {
  let root: string
  beforeEach(async () => {
    root = await mkdtemp(join(databaseRoot(), 'gonogo-store-'))
  })
  afterEach(() => rm(root, { recursive: true, force: true }))

  test('is made for its owner alone, also where a start before was killed on the way', async () => {
    const folder = join(root, 'data')
    await mkdir(join(folder, 'pg.new'), { recursive: true, mode: 0o700 })
    await writeFile(join(folder, 'pg.new', 'PG_VERSION'), '18\n')

    const store = await openStore({ folder })
    await add(store, deliveries(1))
    await expect(openStore({ folder })).rejects.toThrow(LockedError)
    await store.close()

    expect((await readdir(folder)).toSorted()).toEqual(['gonogo.lock', 'pg'])
    const again = await openExisting({ folder })
    expect((await headOf(again.db)).seq).toBe(1)
    await again.close()
  })

  test('that does not exist is not made to look into it', async () => {
    const folder = join(root, 'nowhere')

    await expect(openExisting({ folder })).rejects.toThrow(`${folder} holds no data of gonogo`)
    await expect(openExisting({ folder: root })).rejects.toThrow(StoreError)
    expect(existsSync(folder)).toBe(false)
    expect(await readdir(root)).toEqual([])
  })

  test.each(['17\n', '18\n'])('with a damaged database is told, and let go of (%j)', async (version) => {
    await mkdir(join(root, 'pg'))
    await writeFile(join(root, 'pg', 'PG_VERSION'), version)

    for (const _ of [1, 2])
      await expect(openStore({ folder: root })).rejects.toThrow(`the data folder ${root} can't be opened`)
    expect(await readdir(root)).not.toContain('gonogo.holder.json')
  })

  test('that is a file is told', async () => {
    const folder = join(root, 'file')
    await writeFile(folder, '')

    await expect(openStore({ folder })).rejects.toThrow(StoreError)
    expect((await stat(folder)).isFile()).toBe(true)
  })
})

describe('a server', () => {
  test('that does not answer is told, without its password', async () => {
    const url = `postgres://gonogo:sesame@127.0.0.1:${await freePort()}/gonogo`
    const error = await openStore({ url }).catch((thrown: unknown) => thrown)

    expect(error).toBeInstanceOf(StoreError)
    expect(String(error)).toMatch(/can't be reached: .*ECONNREFUSED.*; check DATABASE_URL/)
    expect(String(error)).not.toContain('sesame')
  })
})
