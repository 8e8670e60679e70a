import { expect, test } from 'vitest'
import { lastGo, type TipBody } from '../../src/ledger/baseline.ts'
import { readMark, setMark } from '../../src/ledger/marks.ts'
import type { Store } from '../../src/ledger/store.ts'
import {
  criteriaChangedAt,
  noteCriteria,
  rememberTips,
  type Tip,
  tipBefore,
  tipsBefore,
} from '../../src/ledger/tips.ts'
import { describeOnBoth } from './databases.ts'
import { add } from './rows.ts'

const REPOSITORY = 'acme/models'
const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 12, minute)).toISOString()

async function push({ db }: Store, commit: string, minute: number, given: Partial<Tip> = {}): Promise<void> {
  const tip = {
    repository: REPOSITORY,
    commit,
    delivery: `push ${minute}`,
    at: at(minute),
    deliveredAt: at(minute),
  }
  await db.transaction().execute((trx) => rememberTips(trx, [{ ...tip, ...given }]))
}

type Decision = 'go' | 'no-go' | 'undecided'

async function judge(
  store: Store,
  commit: string,
  decision: Decision | 'none',
  given: Partial<TipBody> = {},
): Promise<void> {
  const models =
    decision === 'none'
      ? []
      : [{ model: 'a', version: `${commit}\u0000`, identity: `of ${commit}`, decision }]
  const body: TipBody = {
    ...{
      after: commit,
      before: 'x',
      decision: decision === 'none' ? 'nothing' : decision,
      problems: 0,
      models,
    },
    ...given,
  }
  await add(store, [{ kind: 'tip', at: at(30), repository: REPOSITORY, commit, body }])
}

describeOnBoth('tips', (open) => {
  test('every tip before a commit is kept, the newest push first; a delivery that is told again adds none', async () => {
    const store = await open()
    await push(store, 'b', 2, { before: 'a' })
    await push(store, 'b', 2, { before: 'z' })
    await push(store, 'b', 5, { before: 'c' })
    await push(store, 'c', 3, { before: 'b' })
    await push(store, 'd', 6)

    expect(await tipsBefore(store.db, REPOSITORY, 'b')).toEqual(['c', 'a'])
    expect(await tipsBefore(store.db, REPOSITORY, 'd')).toEqual([])
    expect(await tipsBefore(store.db, REPOSITORY, 'e')).toBeUndefined()
    expect(await tipsBefore(store.db, 'acme/other', 'b')).toBeUndefined()
    expect(await tipBefore(store.db, REPOSITORY, 'e')).toBe('d')
    expect(await tipBefore(store.db, REPOSITORY, 'd')).toBe('b')
  })

  test('when criteria changed last is when the push was taken in', async () => {
    const store = await open()
    await push(store, 'a', 1)
    await push(store, 'b', 9, { deliveredAt: at(2) })
    await push(store, 'c', 3)
    expect(await criteriaChangedAt(store.db, REPOSITORY)).toBeUndefined()

    for (const commit of ['a', 'b']) await noteCriteria(store.db, { repository: REPOSITORY, commit }, true)
    await noteCriteria(store.db, { repository: REPOSITORY, commit: 'c' }, false)

    expect(await criteriaChangedAt(store.db, REPOSITORY)).toEqual(new Date(at(9)))
  })

  test('the last go is of the last tip whose newest verdict is one', async () => {
    const store = await open()
    const last = async () => (await lastGo(store.db, REPOSITORY, 'a'))?.commit
    expect(await last()).toBeUndefined()
    for (const [minute, commit] of ['one', 'two', 'three', 'four'].entries())
      await push(store, commit, minute)
    await judge(store, 'one', 'go')
    expect(await lastGo(store.db, REPOSITORY, 'a')).toEqual({
      ...{ commit: 'one', version: 'one\u0000', identity: 'of one' },
    })
    await judge(store, 'two', 'go')
    await judge(store, 'three', 'undecided')
    await judge(store, 'four', 'none')
    expect(await last()).toBe('two')

    // An older tip that is judged once more is not the last one for that.
    await judge(store, 'one', 'go')
    expect(await last()).toBe('two')
    await judge(store, 'two', 'no-go')
    expect(await last()).toBe('one')
    await judge(store, 'three', 'go', { problems: 1 })
    expect(await last()).toBe('one')
    await judge(store, 'one', 'undecided')
    expect(await last()).toBeUndefined()
    await judge(store, 'three', 'go')
    expect(await last()).toBe('three')
    // Wound back: what was released before is the last again.
    await judge(store, 'one', 'go')
    await push(store, 'one', 20)
    expect(await last()).toBe('one')
    expect(await lastGo(store.db, REPOSITORY, 'b')).toBeUndefined()
    expect(await lastGo(store.db, 'acme/other', 'a')).toBeUndefined()
  })

  test('a mark is the last one that was set', async () => {
    const store = await open()
    expect(await readMark(store.db, 'm')).toBeUndefined()
    await setMark(store.db, 'm', 'one')
    await setMark(store.db, 'm', 'two')

    expect(await readMark(store.db, 'm')).toEqual({ value: 'two', at: expect.any(Date) })
  })
})
