import { beforeEach, expect, test } from 'vitest'
import { attemptsBefore, noteAttempt } from '../../src/ledger/attempts.ts'
import { renameRepository } from '../../src/ledger/renamed.ts'
import type { Store } from '../../src/ledger/store.ts'
import { describeOnBoth } from './databases.ts'

const AT = '2026-03-01T12:00:00.000Z'
const [EXAM, FRESH] = ['sha256:a', 'sha256:b']

describeOnBoth('attempts at an exam', (open) => {
  let store: Store
  let seq = 0
  beforeEach(async () => {
    store = await open()
  })

  async function note(parts: readonly string[], exams = [EXAM], model = 'm', repository = 'acme/Models') {
    seq += 1
    await noteAttempt(store.db, { repository, parts, exams }, { model, at: AT, seq })
  }
  const before = (parts: readonly string[], exams = [EXAM], repository = 'acme/models') =>
    attemptsBefore(store.db, { repository, parts, exams })

  test('the same weights count once, in whichever order, and only before they first came', async () => {
    expect(await before(['w1'])).toEqual({ [EXAM]: 0 })
    await note(['w1', 'w2'])
    await note(['w2', 'w1'])
    expect(await before(['w3'])).toEqual({ [EXAM]: 1 })
    await note(['w3'])
    await note(['w1', 'w2'])
    expect(await before(['w1', 'w2'])).toEqual({ [EXAM]: 0 })
    expect(await before(['w3'])).toEqual({ [EXAM]: 1 })
    expect(await before(['w1'])).toEqual({ [EXAM]: 2 })
  })

  test('another name does not help; another exam and another repository are not counted', async () => {
    await note(['w1'], [EXAM], 'm')
    await note(['w2'], [EXAM], 'other')
    await note(['w3'], [FRESH])
    await note(['w4'], [EXAM], 'm', 'acme/elsewhere')
    expect(await before(['w5'], [FRESH, EXAM])).toEqual({ [EXAM]: 2, [FRESH]: 1 })
  })

  test('nothing is noted of what has no weights or no exam', async () => {
    await note([])
    await note(['w1'], [])
    expect(await before(['w2'])).toEqual({ [EXAM]: 0 })
    expect(await before(['w2'], [])).toEqual({})
  })

  test('a repository that is renamed keeps them', async () => {
    await note(['w1'])
    await renameRepository(store.db, { id: 1, from: 'acme/Models', to: 'Beta/Zoo', at: AT })
    expect(await before(['w2'])).toEqual({ [EXAM]: 0 })
    expect(await before(['w2'], [EXAM], 'beta/zoo')).toEqual({ [EXAM]: 1 })
  })
})
