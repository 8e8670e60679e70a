import { describe, expect, test } from 'vitest'
import { sha256 } from '../../src/ledger/chain.ts'
import { exportLedger } from '../../src/ledger/export.ts'
import { forget } from '../../src/ledger/retention.ts'
import type { Store } from '../../src/ledger/store.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { describeOnBoth } from './databases.ts'
import { AT, add, COMMIT, deliveries, verdict } from './rows.ts'

const OLD = '2026-01-01T00:00:00.000Z'
const LIMIT = new Date('2026-02-01T00:00:00.000Z')

async function deliver({ db }: Store, id: string, at: string, done: string | null): Promise<void> {
  const row = { id, event: 'pull_request', key: 'k', accepted_at: at, done_at: done, asked: '{}' }
  await db.insertInto('delivery').values(row).execute()
}

async function lines({ db }: Store): Promise<readonly string[]> {
  const all: string[] = []
  for await (const line of exportLedger(db)) all.push(line)
  return all
}

describeOnBoth('what is kept', (open) => {
  describe('retention', () => {
    test('forgets what old deliveries asked that are done, and no others', async () => {
      const store = await open()
      await deliver(store, 'old and done', OLD, OLD)
      await deliver(store, 'old and not done', OLD, null)
      await deliver(store, 'old, done lately', OLD, AT)
      await deliver(store, 'new and done', AT, AT)
      await deliver(store, 'at the limit', LIMIT.toISOString(), AT)

      expect(await forget(store.db, LIMIT)).toEqual({ deliveries: 2, rows: 0 })

      const rows = await store.db.selectFrom('delivery').select(['id', 'asked']).orderBy('id').execute()
      expect(rows.filter(({ asked }) => asked === null).map(({ id }) => id)).toEqual([
        'old and done',
        'old, done lately',
      ])
      expect(rows).toHaveLength(5)
    })

    test('forgets the bodies of old deliveries in the ledger, never of verdicts, and the chain stays', async () => {
      const store = await open()
      await add(store, [
        ...deliveries(2, 1, OLD),
        verdict('go', OLD),
        ...deliveries(1, 3, LIMIT.toISOString()),
      ])
      const head = await add(store, deliveries(1, 4))

      expect(await forget(store.db, LIMIT)).toEqual({ deliveries: 0, rows: 2 })
      expect(await forget(store.db, LIMIT)).toEqual({ deliveries: 0, rows: 0 })

      const rows = await store.db.selectFrom('ledger').selectAll().orderBy('seq').execute()
      expect(rows.map(({ body }) => body === null)).toEqual([true, true, false, false, false])
      expect(rows[0]?.body_digest).toMatch(/^[0-9a-f]{64}$/)
      expect(await verifyChain(store.db, head)).toEqual({ rows: 5, head })
    })

    test('forgets in steps', async () => {
      const store = await open()
      const head = await add(store, deliveries(2100, 1, OLD))

      expect(await forget(store.db, LIMIT)).toEqual({ deliveries: 0, rows: 2100 })
      expect(await verifyChain(store.db, head)).toEqual({ rows: 2100, head })
    })
  })

  describe('an export', () => {
    test('says all that a row says, in one order of keys', async () => {
      const store = await open()
      const { digest } = await add(store, [verdict('go')])

      expect(await lines(store)).toEqual([
        `{"seq":1,"kind":"verdict","at":"${AT}","repository":"acme/models","commit":"${COMMIT}",` +
          `"body":"{\\"decision\\":\\"go\\"}","bodyDigest":"${sha256('{"decision":"go"}')}",` +
          `"previous":"${'0'.repeat(64)}","digest":"${digest}"}`,
      ])
    })

    test('can be verified by itself, over pages and after retention', async () => {
      const store = await open()
      await add(store, deliveries(700, 1, OLD))
      const head = await add(store, deliveries(301, 701))
      await forget(store.db, LIMIT)

      const rows = (await lines(store)).map((line) => JSON.parse(line))

      let previous = '0'.repeat(64)
      for (const [index, row] of rows.entries()) {
        const { seq, kind, at, repository, commit, body, bodyDigest, digest } = row
        expect([seq, row.previous]).toEqual([index + 1, previous])
        expect(sha256(JSON.stringify([seq, kind, at, repository, commit, bodyDigest, previous]))).toBe(digest)
        expect(body === null ? body : sha256(body)).toBe(seq <= 700 ? null : bodyDigest)
        previous = digest
      }
      expect({ seq: rows.length, digest: previous }).toEqual(head)
    })

    test('of an empty ledger is empty', async () => {
      expect(await lines(await open())).toEqual([])
    })
  })
})
