import { describe, expect, test } from 'vitest'
import type { Work } from '../../src/facts.ts'
import { LONGEST_HISTORY, registeredAt } from '../../src/sources/registered-at.ts'
import { type Memory, memory } from '../support/memory.ts'

/** Commits by name, `child: parents`, in order; `main` is the tip of the default branch. */
function history(
  repository: Memory,
  graph: Readonly<Record<string, readonly string[]>>,
): (name: string) => string {
  const ids = new Map<string, string>()
  const id = (name: string): string => ids.get(name) ?? `no commit ${name}`
  for (const [name, parents] of Object.entries(graph))
    ids.set(name, repository.commit({ parents: parents.map(id) }))
  repository.move('main', id('main'))
  return id
}

const training = (commit: string): Work => ({ kind: 'training', commit })

describe('R is the newest commit of the first-parent line that the work descends from', () => {
  test.each<readonly [string, Readonly<Record<string, readonly string[]>>, string | 'unrelated']>([
    ['the very tip', { a: [], main: ['a'], work: ['main'] }, 'main'],
    ['the tip itself is the work', { a: [], main: ['a'], work: ['main'] }, 'main'],
    ['work on the line', { a: [], work: ['a'], main: ['work'] }, 'work'],
    ['work on a branch from an older commit', { a: [], b: ['a'], main: ['b'], work: ['b'] }, 'b'],
    ['two commits on the branch', { a: [], b: ['a'], main: ['b'], x: ['a'], work: ['x'] }, 'a'],
    ['the root', { a: [], b: ['a'], main: ['b'], work: ['a'] }, 'a'],
    [
      'work on a side branch that was merged',
      { a: [], b: ['a'], work: ['a'], merge: ['b', 'work'], main: ['merge'] },
      'a',
    ],
    [
      'work on a side branch of a side branch, merged',
      { a: [], b: ['a'], x: ['a'], work: ['x'], y: ['x', 'work'], merge: ['b', 'y'], main: ['merge'] },
      'a',
    ],
    ['the merge itself is the work', { a: [], b: ['a'], x: ['a'], work: ['b', 'x'], main: ['work'] }, 'work'],
    [
      'work after main was merged into its branch',
      { a: [], b: ['a'], x: ['a'], y: ['x', 'b'], work: ['y'], main: ['b'] },
      'b',
    ],
    [
      'work before main was merged into its branch',
      { a: [], b: ['a'], work: ['a'], y: ['work', 'b'], main: ['b'] },
      'a',
    ],
    [
      'work whose branch took a merged side branch',
      { a: [], side: ['a'], b: ['a'], main: ['b', 'side'], x: ['a', 'side'], work: ['x'] },
      'a',
    ],
    [
      'criss-cross merges',
      { a: [], b: ['a'], x: ['a'], c: ['b', 'x'], y: ['x', 'b'], main: ['c'], work: ['y'] },
      'b',
    ],
    [
      'criss-cross merges, and commits after them',
      {
        a: [],
        b: ['a'],
        x: ['a'],
        c: ['b', 'x'],
        y: ['x', 'b'],
        d: ['c'],
        main: ['d'],
        z: ['y'],
        work: ['z'],
      },
      'b',
    ],
    ['a root of its own', { a: [], main: ['a'], work: [] }, 'unrelated'],
    [
      'a root of its own, merged as second parent',
      { a: [], work: [], merge: ['a', 'work'], main: ['merge'] },
      'unrelated',
    ],
    [
      'a root of its own, and work on it before the merge',
      { a: [], o: [], work: ['o'], merge: ['a', 'work'], main: ['merge'] },
      'unrelated',
    ],
  ])('%s', async (name, graph, expected) => {
    for (const choose of ['newest', 'oldest'] as const) {
      const repository = memory({ choose })
      const id = history(repository, graph)
      const work = training(name === 'the tip itself is the work' ? id('main') : id('work'))

      const start = await registeredAt(repository, id('main'), work)

      expect(start).toEqual(
        expected === 'unrelated' ? { kind: 'unrelated', work } : { kind: 'placed', work, at: id(expected) },
      )
    }
  })

  test('a commit that is not there', async () => {
    const repository = memory()
    const id = history(repository, { main: [] })
    const work = training('4'.repeat(40))

    expect(await registeredAt(repository, id('main'), work)).toEqual({ kind: 'not_found', work })
  })

  test.each(['4'.repeat(64), '4be1c0d', 'main'])(
    'an id of another length is none, whatever has it for a name: %s',
    async (name) => {
      const repository = memory()
      const id = history(repository, { main: [] })
      const work = training(name)

      expect(await registeredAt(repository, id('main'), work)).toEqual({ kind: 'not_found', work })
      expect(repository.asked).toEqual([])
    },
  )

  test('both ids are asked for', async () => {
    const repository = memory()
    const id = history(repository, { main: [], work: ['main'] })

    await registeredAt(repository, id('main'), training(id('work')))

    expect(repository.asked).toContain(`mergeBase ${id('main')} ${id('work')}`)
  })
})

describe('a long line', () => {
  const line = (length: number): Record<string, readonly string[]> =>
    Object.fromEntries(
      Array.from({ length }, (_, index) => [
        index === length - 1 ? 'main' : `c${index}`,
        index === 0 ? [] : [`c${index - 1}`],
      ]),
    )

  test.each<readonly [string, number, number, string]>([
    // name, length of the line, position of R from the tip, what comes
    ['R as the last that is looked at', 20, 9, 'placed'],
    ['R one further', 20, 10, 'too_long'],
    ['R at the tip', 20, 0, 'placed'],
    ['R at the root, within the limit', 10, 9, 'placed'],
  ])('followed for ten commits: %s', async (_, length, back, expected) => {
    const repository = memory()
    const id = history(repository, line(length))
    const at = back === 0 ? id('main') : id(`c${length - 1 - back}`)
    const work = training(repository.commit({ parents: [at] }))

    const start = await registeredAt(repository, id('main'), work, 10)

    expect(start).toEqual(
      expected === 'placed' ? { kind: 'placed', work, at } : { kind: 'too_long', work, limit: 10 },
    )
  })

  test('is halved, not walked, where merge bases do not lie on it', async () => {
    const repository = memory()
    const graph = { ...line(100) }
    const id = history(repository, { ...graph, work: ['c10'], merge: ['main', 'work'] })
    repository.move('main', id('merge'))
    const work = training(id('work'))

    const start = await registeredAt(repository, id('merge'), work)

    expect(start).toEqual({ kind: 'placed', work, at: id('c10') })
    expect(repository.asked.filter((question) => question.startsWith('mergeBase')).length).toBeLessThan(10)
  })

  test('is followed for 5,000 commits', () => {
    expect(LONGEST_HISTORY).toBe(5000)
  })
})

test('what fails is thrown', async () => {
  const repository = memory()
  const id = history(repository, { main: [], work: ['main'] })
  repository.fail('mergeBase')

  await expect(registeredAt(repository, id('main'), training(id('work')))).rejects.toThrow('mergeBase failed')
})

test('work on a side branch that was merged long ago: the line is not followed to its beginning', async () => {
  const repository = memory()
  const line = [repository.commit({ parents: [] })]
  for (let count = 0; count < 300; count += 1) line.push(repository.commit({ parents: [line.at(-1) ?? ''] }))
  const before = line.at(-1) ?? ''
  const side = repository.commit({ parents: [before] })
  const work = repository.commit({ parents: [side] })
  line.push(repository.commit({ parents: [before, work] }))
  for (let count = 0; count < 50; count += 1) line.push(repository.commit({ parents: [line.at(-1) ?? ''] }))
  repository.move('main', line.at(-1) ?? '')
  let followed = 0
  const counted = {
    ...repository,
    firstParents: async function* (from: string) {
      for await (const commit of repository.firstParents(from)) {
        followed += 1
        yield commit
      }
    },
  }

  const start = await registeredAt(counted, line.at(-1) ?? '', training(work))

  expect(start).toEqual({ kind: 'placed', work: training(work), at: before })
  expect(followed).toBe(100)
  expect(repository.asked.filter((question) => question.startsWith('mergeBase')).length).toBeLessThan(12)
})
