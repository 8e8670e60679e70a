import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { append, digestOf, GENESIS, type Head, headOf, sha256 } from '../../src/ledger/chain.ts'
import type { Store } from '../../src/ledger/store.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { describeOnBoth } from './databases.ts'
import { AT, add, COMMIT, deliveries, verdict } from './rows.ts'

/** Somebody with the whole database in hand who makes a row look right by itself. */
async function forge(
  { db }: Store,
  seq: number,
  change: { repository?: string; previous?: string },
): Promise<void> {
  const row = await db.selectFrom('ledger').selectAll().where('seq', '=', seq).executeTakeFirstOrThrow()
  const forged = { ...row, ...change, at: row.at.toISOString() }
  await db
    .updateTable('ledger')
    .set({ ...change, digest: digestOf(forged) })
    .where('seq', '=', seq)
    .execute()
}

describeOnBoth('the chain', (open) => {
  test('starts at 1 after nothing, and each row follows the one before', async () => {
    const store = await open()
    expect(await headOf(store.db)).toEqual(GENESIS)
    expect(await add(store, [])).toEqual(GENESIS)

    const first = await add(store, deliveries(1))
    const second = await add(store, [verdict('go'), verdict('no-go')])

    const rows = await store.db.selectFrom('ledger').selectAll().orderBy('seq').execute()
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(rows.map(({ previous }) => previous)).toEqual([GENESIS.digest, first.digest, rows[1]?.digest])
    expect(second).toEqual({ seq: 3, digest: rows[2]?.digest })
    expect(await headOf(store.db)).toEqual(second)
  })

  test('a digest can be worked out by hand', async () => {
    const store = await open()
    const { digest } = await add(store, [verdict('go')])

    const body = sha256('{"decision":"go"}')
    const row = `[1,"verdict","${AT}","acme/models","${COMMIT}","${body}","${GENESIS.digest}"]`
    expect(digest).toBe(sha256(row))
  })

  test('is whole whatever its rows are made of', async () => {
    const store = await open()
    const odd = { repository: 'ä/\ud800\u2028', commit: '"\\' }
    await add(store, [
      { ...verdict('go', '2026-03-01T12:00:00.9999999+13:00'), ...odd },
      { ...verdict('go', '1970-01-01'), body: null },
      { ...verdict('go'), body: ['\u0000', 1e300, 'x'.repeat(100_000)] },
    ])

    expect((await verifyChain(store.db)).broken).toBeUndefined()
  })

  test('a transaction that fails leaves nothing', async () => {
    const store = await open()
    const head = await add(store, deliveries(2))
    const failed = store.db.transaction().execute(async (trx) => {
      await append(trx, deliveries(2))
      throw new Error('after all')
    })

    await expect(failed).rejects.toThrow('after all')
    expect(await verifyChain(store.db)).toEqual({ rows: 2, head })
  })

  test('many writers at once keep one chain', async () => {
    const store = await open()
    const heads = await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        const own: Head[] = []
        for (let turn = 0; turn < 10; turn += 1)
          own.push(await add(store, deliveries(2, writer * 100 + turn)))
        return own
      }),
    )

    const { rows, broken } = await verifyChain(store.db)
    expect({ rows, broken }).toEqual({ rows: 160, broken: undefined })
    const seqs = heads.flat().map(({ seq }) => seq)
    expect(new Set(seqs).size).toBe(80)
    for (const head of heads.flat()) expect((await verifyChain(store.db, head)).broken).toBeUndefined()
  })

  test('2,500 rows are appended at once and verified over pages', async () => {
    const store = await open()
    const head = await add(store, deliveries(2500))
    expect(await verifyChain(store.db, head)).toEqual({ rows: 2500, head })

    await sql`update ledger set body = body || ' ' where seq = 2001`.execute(store.db)
    expect((await verifyChain(store.db)).broken).toEqual({ kind: 'body changed', seq: 2001 })
    await sql`delete from ledger where seq = 1000`.execute(store.db)
    expect((await verifyChain(store.db)).broken).toEqual({ kind: 'missing', seq: 1000 })
  })

  describe('shows', () => {
    async function ledger(): Promise<Store> {
      const store = await open()
      await add(store, [...deliveries(3), verdict('no-go'), ...deliveries(2)])
      return store
    }
    const broken = async ({ db }: Store, seen?: Head) => (await verifyChain(db, seen)).broken

    test('a changed body', async () => {
      const store = await ledger()
      await sql`update ledger set body = '{"decision":"go"}' where seq = 4`.execute(store.db)

      expect(await broken(store)).toEqual({ kind: 'body changed', seq: 4 })
    })

    test('a changed body with the digest to it', async () => {
      const store = await ledger()
      const body = '{"decision":"go"}'
      await sql`update ledger set body = ${body}, body_digest = ${sha256(body)} where seq = 4`.execute(
        store.db,
      )

      expect(await broken(store)).toEqual({ kind: 'row changed', seq: 4 })
    })

    test.each([
      ['seq', sql`8`, { kind: 'missing', seq: 4 }],
      ['kind', sql`'delivery'`, { kind: 'row changed', seq: 4 }],
      ['at', sql`at + interval '1 millisecond'`, { kind: 'row changed', seq: 4 }],
      ['at', sql`'infinity'`, { kind: 'row changed', seq: 4 }],
      ['repository', sql`'acme/other'`, { kind: 'row changed', seq: 4 }],
      ['commit', sql`repeat('d', 40)`, { kind: 'row changed', seq: 4 }],
      ['body', sql`null`, { kind: 'body removed', seq: 4 }],
      ['body_digest', sql`repeat('0', 64)`, { kind: 'row changed', seq: 4 }],
      ['previous', sql`repeat('1', 64)`, { kind: 'unlinked', seq: 4 }],
      ['digest', sql`repeat('1', 64)`, { kind: 'row changed', seq: 4 }],
    ])('a changed %s', async (column, value, expected) => {
      const store = await ledger()
      await sql`update ledger set ${sql.ref(column)} = ${value} where seq = 4`.execute(store.db)

      expect(await broken(store)).toEqual(expected)
    })

    test('every column there is', async () => {
      const { db } = await ledger()
      const row = await db.selectFrom('ledger').selectAll().limit(1).executeTakeFirstOrThrow()

      expect(Object.keys(row)).toEqual([
        ...['seq', 'kind', 'at', 'repository', 'commit', 'body', 'body_digest', 'previous', 'digest'],
      ])
    })

    test('a change with the digest to it, at the row after', async () => {
      const store = await ledger()
      await forge(store, 4, { repository: 'acme/other' })

      expect(await broken(store)).toEqual({ kind: 'unlinked', seq: 5 })
    })

    test('a removed row, first or in the middle, and the gap closed over it', async () => {
      const store = await ledger()
      await sql`delete from ledger where seq = 1`.execute(store.db)
      expect(await broken(store)).toEqual({ kind: 'missing', seq: 1 })

      await sql`truncate ledger`.execute(store.db)
      await ledger()
      await sql`delete from ledger where seq = 4`.execute(store.db)
      expect(await broken(store)).toEqual({ kind: 'missing', seq: 4 })
      await sql`update ledger set seq = 4 where seq = 5`.execute(store.db)
      expect(await broken(store)).toEqual({ kind: 'unlinked', seq: 4 })
    })

    test('rows removed from the end, against a head that was seen', async () => {
      const store = await ledger()
      const seen = await headOf(store.db)
      expect(await broken(store, seen)).toBeUndefined()
      await sql`delete from ledger where seq > 3`.execute(store.db)

      expect(await broken(store)).toBeUndefined()
      expect(await broken(store, seen)).toEqual({ kind: 'cut off', seq: 3, seen })
      await add(store, deliveries(5, 50))
      expect(await broken(store)).toBeUndefined()
      expect(await broken(store, seen)).toEqual({ kind: 'replaced', seq: 6, seen })
    })

    test('an emptied ledger, against a head that was seen', async () => {
      const store = await ledger()
      const seen = await headOf(store.db)
      await sql`delete from ledger`.execute(store.db)

      expect(await broken(store, seen)).toEqual({ kind: 'cut off', seq: 0, seen })
      expect(await broken(store, { seq: 0, digest: seen.digest })).toMatchObject({ kind: 'replaced', seq: 0 })
      expect(await broken(store, GENESIS)).toBeUndefined()
    })

    test('rows in another order', async () => {
      const store = await ledger()
      await sql`update ledger set seq = 100 where seq = 2`.execute(store.db)
      await sql`update ledger set seq = 2 where seq = 3`.execute(store.db)
      await sql`update ledger set seq = 3 where seq = 100`.execute(store.db)

      expect(await broken(store)).toEqual({ kind: 'unlinked', seq: 2 })
    })

    test.each([
      ['at the end', 7, { kind: 'unlinked', seq: 7 }],
      ['before the first', 0, { kind: 'unlinked', seq: 0 }],
      ['far before the first', -7, { kind: 'unlinked', seq: -7 }],
      ['far after the last', 4_000_000_000, { kind: 'missing', seq: 7 }],
    ])('a row put in %s', async (_, seq, expected) => {
      const store = await ledger()
      const row = { seq, kind: 'verdict', at: AT, repository: 'a/b', commit: COMMIT }
      const chained = { ...row, body_digest: sha256('1'), previous: sha256('nothing') }
      const forged = { ...chained, body: '1', digest: digestOf(chained) }
      await store.db.insertInto('ledger').values(forged).execute()

      expect(await broken(store)).toEqual(expected)
    })

    test('a ledger that does not start at 1', async () => {
      const store = await open()
      const chained = { seq: 0, kind: 'verdict', at: AT, repository: 'a/b', commit: COMMIT }
      const row = { ...chained, body_digest: sha256('1'), previous: GENESIS.digest }
      await store.db
        .insertInto('ledger')
        .values({ ...row, body: '1', digest: digestOf(row) })
        .execute()

      expect(await broken(store)).toEqual({ kind: 'unlinked', seq: 0 })
    })
  })

  test('lets no second row follow one', async () => {
    const store = await open()
    await add(store, deliveries(2))
    const { seq: _, ...last } = await store.db
      .selectFrom('ledger')
      .selectAll()
      .where('seq', '=', 2)
      .executeTakeFirstOrThrow()
    const fork = { ...last, seq: 3, at: AT, digest: sha256('fork') }

    await expect(store.db.insertInto('ledger').values(fork).execute()).rejects.toThrow('ledger_previous')
  })
})
