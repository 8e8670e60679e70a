import { expect, test } from 'vitest'
import { dueGates, forgetGate, keepLook, lastLook, watchGate } from '../../src/ledger/gates.ts'
import { describeOnBoth } from './databases.ts'

const gate = (repo: string, installation = 7) => ({ installation, owner: 'Acme', repo })
const day = (days: number) => new Date(Date.UTC(2026, 2, days))

describeOnBoth('gates', (open) => {
  test('are due until they were looked at, those first that never were, and then the oldest', async () => {
    const { db } = await open()
    for (const repo of ['a', 'b', 'c', 'd']) await watchGate(db, gate(repo))
    await keepLook(db, gate('a'), { at: day(3), found: '3' })
    await keepLook(db, gate('b'), { at: day(2), found: '2' })
    await keepLook(db, gate('c'), { at: day(5), found: '5' })

    const due = async (most: number) => (await dueGates(db, day(4), most)).map(({ repo }) => repo)
    expect(await due(10)).toEqual(['d', 'b', 'a'])
    expect(await due(2)).toEqual(['d', 'b'])
    expect(await dueGates(db, day(4), 1)).toEqual([gate('d')])
  })

  test('are one, however their names are spelt, and keep what was found when they are heard of again', async () => {
    const { db } = await open()
    await watchGate(db, gate('Models'))
    await keepLook(db, { owner: 'acme', repo: 'models' }, { at: day(1), found: '{}' })
    await watchGate(db, { ...gate('models', 8), owner: 'acme' })

    expect(await dueGates(db, day(2), 10)).toEqual([{ installation: 8, owner: 'acme', repo: 'models' }])
    expect(await lastLook(db, gate('MODELS'))).toEqual({ at: day(1), found: '{}' })
  })

  test('that are forgotten or were never heard of have no look', async () => {
    const { db } = await open()
    await watchGate(db, gate('a'))
    expect(await lastLook(db, gate('a'))).toBeUndefined()
    await forgetGate(db, gate('a'))
    await keepLook(db, gate('a'), { at: day(1), found: '{}' })

    expect(await lastLook(db, gate('a'))).toBeUndefined()
    expect(await dueGates(db, day(2), 10)).toEqual([])
  })
})
