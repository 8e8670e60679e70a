import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { append } from '../../src/ledger/chain.ts'
import { receiptsAt } from '../../src/ledger/receipts.ts'
import { receiptFor, receivedFiles } from '../../src/ledger/received.ts'
import { knownRelease, recordRelease, releasingRepositories } from '../../src/ledger/releases.ts'
import { MOVED, renameRepository } from '../../src/ledger/renamed.ts'
import { keepRun, keepUse, keptRun, otherUse } from '../../src/ledger/starts.ts'
import type { Store } from '../../src/ledger/store.ts'
import { rememberTips } from '../../src/ledger/tips.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { describeOnBoth } from './databases.ts'

const OLD = 'acme/Old'
const NEW = 'acme/New'
const BLOB = 'b'.repeat(40)
const [FIRST, SECOND] = ['1'.repeat(40), '2'.repeat(40)]

const day = (date: number) => `2026-03-0${date}T00:00:00.000Z`

function receipt(repository: string, at: string, tip: string) {
  const files = [{ path: '.gonogo/criteria/m.yml', change: 'added', blob: BLOB }] as const
  return {
    kind: 'receipt',
    at,
    repository,
    commit: tip,
    body: { branch: 'main', tip, files, pushed: at },
  } as const
}

describeOnBoth('a repository that was renamed', (open) => {
  let store: Store
  beforeEach(async () => {
    store = await open()
    await store.db.transaction().execute(async (trx) => {
      await append(trx, [receipt(OLD, day(1), FIRST)])
      const tip = { repository: OLD, commit: FIRST, delivery: 'a', at: day(1), deliveredAt: day(1) }
      await rememberTips(trx, [tip])
    })
    await keepRun(store.db, { repository: OLD, run: 7 }, '{}')
    await keepUse(store.db, {
      repository: OLD,
      model: 'm',
      clock: `${OLD}#7`,
      commit: FIRST,
      weights: ['w1'],
    })
  })

  const rename = (from: string, to: string, at: string) => renameRepository(store.db, { id: 1, from, to, at })

  test('keeps what was known of it, and the ledger stays whole', async () => {
    await rename(OLD, NEW, day(2))

    expect(await receiptFor(store.db, NEW, '.gonogo/criteria/m.yml', BLOB)).toMatchObject({ tip: FIRST })
    expect(await receiptsAt(store.db, NEW, day(3))).toMatchObject({
      watched: day(1),
      last: { commit: FIRST },
    })
    expect(await keptRun(store.db, { repository: NEW, run: 7 })).toBe('{}')
    const reused = { repository: NEW, model: 'm', clock: `${NEW}#7`, weights: ['w2'] }
    expect(await otherUse(store.db, reused)).toBe(FIRST)
    expect((await verifyChain(store.db)).broken).toBeUndefined()
  })

  test('takes along every table that knows a repository by name, caches aside', async () => {
    const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'repository'`.execute(store.db)
    const others = ['ledger', 'object', 'branch_tip', 'gate']

    expect(rows.map(({ name }) => name).toSorted()).toEqual([...MOVED, ...others].toSorted())
  })

  test('has its releases looked at under its new name, with what was seen of them', async () => {
    const asked = JSON.stringify({ installation: 1, at: { owner: 'acme', repo: 'Old', branch: 'main' } })
    const state = { ours: { prerelease: true }, left: 'digest' }
    const release = { release: 9, published: day(1), commit: FIRST, decision: 'go', asked, state } as const
    await recordRelease(store.db, { repository: OLD, at: day(1) }, release, {})
    await rename(OLD, NEW, day(2))

    expect(await knownRelease(store.db, NEW, 9)).toMatchObject({ commit: FIRST, state })
    expect(await knownRelease(store.db, OLD, 9)).toBeUndefined()
    expect((await releasingRepositories(store.db)).map((text) => JSON.parse(text))).toEqual([
      { installation: 1, at: { owner: 'acme', repo: 'New', branch: 'main' } },
    ])
  })

  test('keeps it over several names, and when it is told twice', async () => {
    await rename(OLD, 'acme/between', day(2))
    await rename('acme/between', NEW, day(3))
    await rename('acme/between', NEW, day(3))

    expect(await receiptsAt(store.db, NEW, day(4))).toMatchObject({
      watched: day(1),
      last: { commit: FIRST },
    })
    expect(await receiptFor(store.db, NEW, '.gonogo/criteria/m.yml', BLOB)).toMatchObject({ tip: FIRST })
  })

  test('shares nothing with one that takes its old name', async () => {
    await rename(OLD, NEW, day(2))
    await store.db.transaction().execute(async (trx) => {
      await append(trx, [{ ...receipt(OLD, day(3), SECOND) }])
      const tip = { repository: OLD, commit: SECOND, delivery: 'b', at: day(3), deliveredAt: day(3) }
      await rememberTips(trx, [tip])
    })

    expect(await receiptsAt(store.db, NEW, day(4))).toMatchObject({ last: { commit: FIRST } })
    expect(await receiptsAt(store.db, OLD, day(4))).toMatchObject({ last: { commit: SECOND } })
    expect(await keptRun(store.db, { repository: OLD, run: 7 })).toBeUndefined()
  })

  test('keeps it when it is told again after another one took the old name', async () => {
    await rename(OLD, NEW, day(2))
    await keepRun(store.db, { repository: OLD, run: 7 }, '{"of":"another"}')
    await rename(OLD, NEW, day(3))
    expect(await keptRun(store.db, { repository: NEW, run: 7 })).toBe('{}')
    expect(await keptRun(store.db, { repository: OLD, run: 7 })).toBe('{"of":"another"}')

    // That one is another repository, and so is a way back.
    await renameRepository(store.db, { id: 2, from: OLD, to: 'acme/next', at: day(4) })
    await rename(NEW, OLD, day(5))
    await rename(OLD, NEW, day(6))
    expect(await keptRun(store.db, { repository: NEW, run: 7 })).toBe('{}')
    expect(await keptRun(store.db, { repository: 'acme/next', run: 7 })).toBe('{"of":"another"}')
  })

  test('leaves nothing of its ledger to one that takes its old name, nor to the name that one takes next', async () => {
    const path = '.gonogo/criteria/m.yml'
    await rename(OLD, NEW, day(2))
    expect(await receiptFor(store.db, OLD, path, BLOB)).toBeUndefined()
    expect(await receivedFiles(store.db, OLD)).toEqual(new Map())

    await store.db.transaction().execute((trx) => append(trx, [receipt(OLD, day(3), SECOND)]))
    expect(await receiptFor(store.db, OLD, path, BLOB)).toMatchObject({ tip: SECOND })
    await rename(OLD, 'acme/next', day(4))
    expect(await receiptFor(store.db, 'acme/next', path, BLOB)).toMatchObject({ tip: SECOND })
    expect(await receiptFor(store.db, NEW, path, BLOB)).toMatchObject({ tip: FIRST })
    expect(await receiptFor(store.db, OLD, path, BLOB)).toBeUndefined()
  })

  test('that comes back to its old name has all that it had', async () => {
    await rename(OLD, NEW, day(2))
    await store.db.transaction().execute((trx) => append(trx, [receipt(NEW, day(3), SECOND)]))
    await rename(NEW, OLD, day(4))

    const first = await receiptFor(store.db, OLD, '.gonogo/criteria/m.yml', BLOB)
    expect(first).toMatchObject({ tip: FIRST })
    expect(await receiptFor(store.db, NEW, '.gonogo/criteria/m.yml', BLOB)).toBeUndefined()
  })
})
