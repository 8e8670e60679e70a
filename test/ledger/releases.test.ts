import { expect, test } from 'vitest'
import {
  forgetRelease,
  hasNews,
  type JudgedRelease,
  keepReleaseState,
  knownRelease,
  knownReleases,
  lastReleasedCommit,
  recordRelease,
  releasingRepositories,
} from '../../src/ledger/releases.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { describeOnBoth } from './databases.ts'
import { add } from './rows.ts'

const WHERE = { repository: 'Acme/models', at: '2026-03-01T12:00:00.000Z' }
const one = (given: Partial<JudgedRelease> = {}): JudgedRelease => ({
  release: 1,
  published: '2026-03-01T10:00:00.000Z',
  commit: 'c1',
  decision: 'go',
  asked: '{"n":1}',
  state: { ours: {} },
  ...given,
})

describeOnBoth('releases', (open) => {
  test('are known as they were judged last, each decision a row of the chain', async () => {
    const { db } = await open()
    await recordRelease(db, WHERE, one({ until: '2026-04-01T00:00:00.000Z' }), { n: 1 })
    await recordRelease(db, WHERE, one({ decision: 'no-go', state: { ours: { prerelease: true } } }), {
      n: 2,
    })
    const { published: _, commit: __, ...draft } = one({ release: 2 })
    await recordRelease(db, WHERE, draft, { n: 3 })

    expect(await knownRelease(db, 'acme/MODELS', 1)).toMatchObject({
      release: 1,
      published: '2026-03-01T10:00:00.000Z',
      commit: 'c1',
      decision: 'no-go',
      asked: '{"n":1}',
      state: { ours: { prerelease: true } },
      seq: 2,
    })
    expect(await knownRelease(db, 'acme/models', 1)).not.toHaveProperty('until')
    expect(await knownRelease(db, 'acme/models', 2)).not.toHaveProperty('published')
    expect((await knownReleases(db, 'acme/models', 1)).map(({ release }) => release)).toEqual([2])
    expect(await releasingRepositories(db)).toEqual(['{"n":1}'])

    await keepReleaseState(db, 'acme/models', 1, { ours: {}, left: 'x' })
    expect((await knownRelease(db, 'acme/models', 1))?.state).toEqual({ ours: {}, left: 'x' })
    await forgetRelease(db, 'acme/models', 1)
    expect(await knownRelease(db, 'acme/models', 1)).toBeUndefined()

    const rows = await db.selectFrom('ledger').select(['kind', 'repository', 'body']).orderBy('seq').execute()
    expect(rows.map(({ body }) => body)).toEqual(['{"n":1}', '{"n":2}', '{"n":3}'])
    expect(rows[0]).toMatchObject({ kind: 'release', repository: 'Acme/models' })
    expect(await verifyChain(db)).not.toHaveProperty('broken')
  })

  test('are compared with the last one before them that was published and had a go', async () => {
    const { db } = await open()
    const all: readonly (readonly [number, JudgedRelease['decision'], string | undefined])[] = [
      [1, 'go', '10:00:00'],
      [2, 'nothing', '11:00:00'],
      [3, 'no-go', '12:00:00'],
      [4, 'undecided', '12:30:00'],
      [5, 'go', undefined],
      [6, 'go', '13:00:00'],
    ]
    for (const [release, decision, time] of all) {
      const { published: _, ...given } = one({ release, decision, commit: `c${release}` })
      const published = time && { published: `2026-03-01T${time}.000Z` }
      await recordRelease(db, WHERE, { ...given, ...published }, {})
    }
    const before = (release: number, time: string) =>
      lastReleasedCommit(db, 'acme/models', release, `2026-03-01T${time}.000Z`)

    expect(await before(9, '12:59:59')).toBe('c2')
    expect(await before(9, '14:00:00')).toBe('c6')
    expect(await before(6, '13:00:00')).toBe('c2')
    // In the same second the ids tell which came first.
    expect(await before(7, '13:00:00')).toBe('c6')
    expect(await before(0, '10:00:00')).toBeUndefined()
    expect(await lastReleasedCommit(db, 'acme/other', 9, '2026-03-01T14:00:00.000Z')).toBeUndefined()
  })

  test('have news where anything but a release or a delivery came after them', async () => {
    const store = await open()
    const { seq } = await recordRelease(store.db, WHERE, one(), {})
    const about = { ...WHERE, commit: 'c', body: {} }
    await add(store, [
      { ...about, kind: 'delivery' },
      { ...about, kind: 'verdict', repository: 'acme/other' },
    ])
    await recordRelease(store.db, WHERE, one({ release: 2 }), {})
    expect(await hasNews(store.db, 'Acme/models', seq)).toBe(false)
    await add(store, [{ ...about, kind: 'approval' }])
    expect(await hasNews(store.db, 'Acme/models', seq)).toBe(true)
  })
})
