import { expect, test } from 'vitest'
import { type Heard, heardRuns, hearRun } from '../../src/ledger/heard.ts'
import { forget } from '../../src/ledger/retention.ts'
import type { Store } from '../../src/ledger/store.ts'
import { rememberTips } from '../../src/ledger/tips.ts'
import { describeOnBoth } from './databases.ts'

const AT = '2026-03-01T12:00:00.000Z'
const heard: Heard = { repository: 'Acme/models', run: 17_000_000_077, attempt: 1, at: AT }

async function pushed({ db }: Store, repository: string): Promise<void> {
  const tip = { repository, commit: 'c', delivery: `push ${repository}`, at: AT, deliveredAt: AT }
  await db.transaction().execute((trx) => rememberTips(trx, [tip]))
}

describeOnBoth('runs that were heard of', (open) => {
  test.each<[string, readonly Partial<Heard>[], string | undefined]>([
    ['success', [{ told: 'one' }], 'one'],
    ['failure', [{}], undefined],
    ['the end after the beginning', [{}, { told: 'one' }], 'one'],
    ['the beginning after the end', [{ told: 'one' }, {}], 'one'],
    ['another attempt that goes on', [{ told: 'one' }, { attempt: 2 }], undefined],
    ['another attempt that ended', [{ told: 'one' }, { attempt: 2 }, { attempt: 2, told: 'two' }], 'two'],
    ['the first attempt after the second', [{ attempt: 2 }, { told: 'one' }], undefined],
  ])('%s', async (name, events, expected) => {
    const store = await open()
    const repository = `Acme/${name}`
    await pushed(store, repository)
    for (const event of events) await hearRun(store.db, { ...heard, repository, ...event })

    expect((await heardRuns(store.db, `acme/${name}`, [heard.run, 1])).get(heard.run)).toBe(expected)
    expect(await heardRuns(store.db, 'acme/other', [heard.run])).toEqual(new Map())
    expect(await heardRuns(store.db, repository, [])).toEqual(new Map())
  })

  test('are kept of repositories that have criteria or may have, for a time', async () => {
    const store = await open()
    await hearRun(store.db, { ...heard, told: 'one' })
    expect(await heardRuns(store.db, heard.repository, [heard.run])).toEqual(new Map())

    await pushed(store, heard.repository)
    await store.db.updateTable('tip').set({ criteria: false }).execute()
    await hearRun(store.db, { ...heard, told: 'one' })
    expect(await heardRuns(store.db, heard.repository, [heard.run])).toEqual(new Map())

    await store.db.updateTable('tip').set({ criteria: true }).execute()
    await hearRun(store.db, { ...heard, told: 'one' })
    await forget(store.db, new Date(AT))
    expect((await heardRuns(store.db, heard.repository, [heard.run])).size).toBe(1)
    await forget(store.db, new Date('2026-03-01T12:00:01.000Z'))
    expect(await heardRuns(store.db, heard.repository, [heard.run])).toEqual(new Map())
  })
})
