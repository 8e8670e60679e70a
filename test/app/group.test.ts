import { expect, test } from 'vitest'
import { createGroup } from '../../src/app/group.ts'

test('what comes before and while a commit is under way is committed together, in order, in bounded groups', async () => {
  const commits: (readonly number[])[] = []
  const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const add = createGroup<number>(async (items) => {
    commits.push(items)
    begun.resolve()
    await end.promise
  }, 3)

  const early = [1, 2].map(add)
  await begun.promise
  const late = [3, 4, 5, 6].map(add)
  end.resolve()
  await Promise.all([...early, ...late])

  expect(commits).toEqual([[1, 2], [3, 4, 5], [6]])
})

test('items that come one turn of the event loop after another share a commit that waits for nothing', async () => {
  const commits: (readonly number[])[] = []
  const add = createGroup<number>(async (items) => void commits.push(items), 9)

  const first = add(1)
  await new Promise((resolve) => setImmediate(resolve))
  await Promise.all([first, add(2)])

  expect(commits).toEqual([[1, 2]])
})

test('nobody is told before the commit that holds the item has ended', async () => {
  const end = Promise.withResolvers<void>()
  const add = createGroup<number>(() => end.promise, 9)
  let told = false

  const one = add(1).then(() => {
    told = true
  })
  await Promise.resolve()
  expect(told).toBe(false)
  end.resolve()
  await one

  expect(told).toBe(true)
})

test('a commit that fails fails for its own items, and the next one is made', async () => {
  let commits = 0
  const add = createGroup<number>(async () => {
    commits += 1
    if (commits === 1) throw new Error('disk full')
  }, 9)

  const first = add(1).catch(() => 'failed')
  expect(await first).toBe('failed')
  const answers = await Promise.allSettled([add(2)])

  expect(answers.map(({ status }) => status)).toEqual(['fulfilled'])
})
