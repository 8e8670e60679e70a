import { expect, test } from 'vitest'
import { forcedPushes, receiptsAt, settleForced } from '../../src/ledger/receipts.ts'
import { keepRun, keepUse, keepWeights, keptRun, keptWeights, otherUse } from '../../src/ledger/starts.ts'
import type { Store } from '../../src/ledger/store.ts'
import { recordTicket, ticketsSince } from '../../src/ledger/tickets.ts'
import { rememberTips, type Tip } from '../../src/ledger/tips.ts'
import { describeOnBoth } from './databases.ts'
import { add } from './rows.ts'

const REPOSITORY = 'acme/models'
const at = (minute: number): string => new Date(Date.UTC(2026, 2, 1, 12, minute)).toISOString()

async function tip({ db }: Store, commit: string, minute: number, given: Partial<Tip> = {}): Promise<void> {
  const told = {
    repository: REPOSITORY,
    commit,
    delivery: `push ${minute}`,
    at: at(minute),
    deliveredAt: at(minute),
  }
  await db.transaction().execute((trx) => rememberTips(trx, [{ ...told, ...given }]))
}

describeOnBoth('what starts are proved by', (open) => {
  test('receipts lie on both sides of a moment, and begin when the app first heard of the repository', async () => {
    const store = await open()
    await add(store, [{ kind: 'delivery', at: at(0), repository: REPOSITORY, commit: 'a', body: {} }])
    await add(store, [{ kind: 'delivery', at: at(1), repository: REPOSITORY, commit: 'b', body: {} }])
    await tip(store, 'a', 1, { before: 'z', forced: false })
    await tip(store, 'b', 5, { before: 'a', forced: true })
    await tip(store, 'c', 9, { before: 'b', delivery: 'sweep:1' })
    await tip(store, 'x', 6, { repository: 'acme/other' })

    const [a, b, c] = [
      { commit: 'a', before: 'z', at: at(1), heard: true },
      { commit: 'b', before: 'a', at: at(5), heard: true },
      { commit: 'c', before: 'b', at: at(9), heard: false },
    ]
    expect(await receiptsAt(store.db, REPOSITORY, at(0))).toEqual({ watched: at(0), next: a })
    expect(await receiptsAt(store.db, REPOSITORY, at(1))).toEqual({ watched: at(0), last: a, next: b })
    expect(await receiptsAt(store.db, REPOSITORY, at(7))).toEqual({ watched: at(0), last: b, next: c })
    expect(await receiptsAt(store.db, REPOSITORY, at(20))).toEqual({ watched: at(0), last: c })
    expect(await receiptsAt(store.db, 'acme/none', at(7))).toEqual({})
    expect(await forcedPushes(store.db, REPOSITORY)).toEqual([
      { before: 'b', after: 'c', at: at(9), told: false },
      { before: 'a', after: 'b', at: at(5), told: true },
    ])
    await settleForced(store.db, REPOSITORY, { before: 'b', after: 'c' }, false)
    await settleForced(store.db, REPOSITORY, { before: 'a', after: 'b' }, false)
    expect(await forcedPushes(store.db, REPOSITORY)).toMatchObject([{ after: 'b' }])
    expect((await receiptsAt(store.db, REPOSITORY, at(20))).last).toEqual(c)
  })

  test('a run is kept as it was told last, whatever the case of its name', async () => {
    const { db } = await open()
    await keepRun(db, { repository: 'Acme/Models', run: 17_000_000_001 }, 'first')
    await keepRun(db, { repository: 'acme/models', run: 17_000_000_001 }, 'second')

    expect(await keptRun(db, { repository: 'ACME/models', run: 17_000_000_001 })).toBe('second')
    expect(await keptRun(db, { repository: 'acme/models', run: 1 })).toBeUndefined()
  })

  test('weights are known as produced where one artifact of one run listed them all', async () => {
    const { db } = await open()
    const key = { repository: 'Acme/models', run: 7, artifact: 'weights' }
    await keepWeights(db, { ...key, digest: 'first', weights: ['a', 'b', 'a'] })
    await keepWeights(db, { ...key, digest: 'second', weights: ['a'] })

    expect(await keptWeights(db, { ...key, weights: ['b', 'a', 'b'] })).toBe('first')
    expect(await keptWeights(db, { ...key, weights: ['a', 'c'] })).toBeUndefined()
    expect(await keptWeights(db, { ...key, weights: [] })).toBeUndefined()
    for (const other of [{ run: 8 }, { artifact: 'sums' }, { repository: 'acme/other' }])
      expect(await keptWeights(db, { ...key, ...other, weights: ['a'] })).toBeUndefined()
  })

  test('a start is the start of one piece of work', async () => {
    const { db } = await open()
    const use = { repository: REPOSITORY, model: 'm', clock: 'acme/models#7' }
    await keepUse(db, { ...use, commit: '1', weights: ['a', 'b'] })
    await keepUse(db, { ...use, commit: '1', weights: ['a', 'b'] })

    expect(await otherUse(db, { ...use, weights: ['b'] })).toBeUndefined()
    expect(await otherUse(db, { ...use, clock: 'Acme/models#7', weights: ['a', 'c'] })).toBe('1')
    for (const other of [{ model: 'n' }, { clock: 'once' }, { repository: 'acme/other' }])
      expect(await otherUse(db, { ...use, ...other, weights: ['c'] })).toBeUndefined()
  })

  test('tickets are counted for a repository and for whoever asked', async () => {
    const { db } = await open()
    const ticket = { repository: REPOSITORY, tip: 'a', by: 'ada' }
    await recordTicket(db, { ...ticket, at: at(1) })
    await recordTicket(db, { ...ticket, at: at(5) })
    await recordTicket(db, { ...ticket, at: at(6), by: 'grace' })
    await recordTicket(db, { ...ticket, at: at(7), repository: 'acme/other' })

    expect(await ticketsSince(db, REPOSITORY, 'ada', new Date(at(2)))).toEqual({ all: 2, own: 1 })
  })
})
