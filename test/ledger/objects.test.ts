import { describe, expect, test } from 'vitest'
import { OtherPublisherError, openRunNotes } from '../../src/ledger/check-runs.ts'
import { openObjects } from '../../src/ledger/objects.ts'
import { describeOnBoth } from './databases.ts'

const NOW = new Date('2026-03-01T00:00:00Z')
const HOUR = 3_600_000
const wide = { memoryBytes: 1, repositoryBytes: 1e9, totalBytes: 1e9 }
const blob = (id: string, length = 3) =>
  ({ id, kind: 'blob', content: new Uint8Array(length).fill(7) }) as const

describeOnBoth('what is kept of GitHub', (open) => {
  describe('objects', () => {
    test('are given to their repository, in any letters, and to no other', async () => {
      const { db } = await open()
      const objectsOf = openObjects(db, () => NOW)
      await objectsOf('Acme/Models').put([blob('a')])

      for (const of of [objectsOf, openObjects(db, () => NOW)]) {
        expect([...((await of('acme/models').get(['a', 'b'])).get('a') ?? [])]).toEqual([7, 7, 7])
        expect((await of('acme/other').get(['a'])).size).toBe(0)
        expect((await of('acme/models').get([])).size).toBe(0)
      }
    })

    test('are put again without harm; a large one is not kept', async () => {
      const { db } = await open()
      const objects = openObjects(db, () => NOW)('acme/models')
      await objects.put([blob('a'), blob('a'), blob('large', 1_000_001)])
      await objects.put([blob('a')])

      expect([...(await objects.get(['a', 'large'])).keys()]).toEqual(['a'])
    })

    test('past the bound of a repository those go that were longest not used', async () => {
      const { db } = await open()
      let now = NOW.getTime()
      const of = openObjects(db, () => new Date(now), { ...wide, repositoryBytes: 3000 })
      const objects = of('acme/models')
      await of('acme/other').put([blob('x', 1000)])
      await objects.put([blob('a', 1000)])
      now += HOUR
      await objects.put([blob('b', 1000)])
      now += 2 * HOUR
      await objects.get(['a'])
      now += HOUR
      await objects.put([blob('c', 1000)])

      expect([...(await objects.get(['a', 'b', 'c'])).keys()].toSorted()).toEqual(['a', 'c'])
      expect((await of('acme/other').get(['x'])).size).toBe(1)
    })

    test('past the bound of all the same, whatever repository they are of', async () => {
      const { db } = await open()
      let now = NOW.getTime()
      const of = openObjects(db, () => new Date(now), { ...wide, totalBytes: 3000 })
      for (const name of ['a/a', 'b/b', 'c/c']) {
        await of(name).put([blob('x', 1000)])
        now += HOUR
      }

      const left = await Promise.all(
        ['a/a', 'b/b', 'c/c'].map(async (name) => (await of(name).get(['x'])).size),
      )
      expect(left).toEqual([0, 1, 1])
    })

    test('the newest tip of each branch', async () => {
      const { db } = await open()
      const objects = openObjects(db, () => NOW)('acme/models')
      expect(await objects.tip('main')).toBeUndefined()
      await objects.moved('main', 'one')
      await objects.moved('main', 'two')
      await objects.moved('other', 'three')

      expect(await openObjects(db, () => NOW)('ACME/models').tip('main')).toBe('two')
    })
  })

  describe('the note of what was posted', () => {
    const about = { appId: 7, repository: 'acme/models', commit: 'c' }

    test('none, unsure while it is being posted, and then the run', async () => {
      const { db } = await open()
      const notes = openRunNotes(db, about)
      expect(await notes.last()).toEqual({ state: 'none' })
      await notes.creating()
      expect(await openRunNotes(db, about).last()).toEqual({ state: 'unsure' })
      await notes.created(5, 'key')

      expect(await openRunNotes(db, { ...about, repository: 'Acme/Models' }).last()).toEqual({
        state: 'created',
        id: 5,
        key: 'key',
      })
      for (const other of [{ appId: 8 }, { repository: 'acme/other' }, { commit: 'd' }])
        expect(await openRunNotes(db, { ...about, ...other }).last()).toEqual({ state: 'none' })
    })

    test.each(['none', 'a run'])('of two that saw %s one posts', async (before) => {
      const { db } = await open()
      if (before === 'a run') {
        const first = openRunNotes(db, about)
        await first.last()
        await first.creating()
        await first.created(5, 'key')
      }
      const [one, other] = [openRunNotes(db, about), openRunNotes(db, about)]
      await Promise.all([one.last(), other.last()])

      await one.creating()
      await expect(other.creating()).rejects.toThrow(OtherPublisherError)
    })

    /** One who posts, and another who begins to before the first has ended. */
    async function takenOver() {
      const { db } = await open()
      const [slow, next] = [openRunNotes(db, about), openRunNotes(db, about)]
      await slow.last()
      await slow.creating()
      await next.last()
      await next.creating()
      return { db, slow, next }
    }

    test('where another one took over, whose run is the newer is not known', async () => {
      const { db, slow, next } = await takenOver()
      await next.created(5, 'key')
      await slow.created(6, 'other')

      expect(await openRunNotes(db, about).last()).toEqual({ state: 'unsure' })
    })

    test('nor where it comes to its end first', async () => {
      const { db, slow, next } = await takenOver()
      await slow.created(6, 'other')
      await next.created(5, 'key')

      expect(await openRunNotes(db, about).last()).toEqual({ state: 'unsure' })
    })
  })
})
