import { expect, test, vi } from 'vitest'
import { createGroup } from '../../src/app/group.ts'

test('what comes while a commit is under way is committed together, in order, in bounded groups', async () => {
  const commits: (readonly number[])[] = []
  const first = Promise.withResolvers<void>()
  const add = createGroup<number>(async (items) => {
    commits.push(items)
    if (commits.length === 1) await first.promise
  }, 3)

  const one = add(1)
  await vi.waitUntil(() => commits.length === 1)
  const all = [2, 3, 4, 5].map(add)
  first.resolve()
  await Promise.all([one, ...all])

  expect(commits).toEqual([[1], [2, 3, 4], [5]])
})

test('what comes one after another before the first commit is committed with it', async () => {
  const commits: (readonly number[])[] = []
  const add = createGroup<number>(async (items) => {
    commits.push(items)
  }, 9)

  const one = add(1)
  await new Promise((resolve) => setImmediate(resolve))
  await Promise.all([one, add(2)])

  expect(commits).toEqual([[1, 2]])
})

test('who waits alone is not kept waiting for ever by others who keep coming', async () => {
  const commits: (readonly number[])[] = []
  const add = createGroup<number>(async (items) => {
    commits.push(items)
  }, 3)

  await Promise.all([add(1), add(2), add(3), add(4)])

  expect(commits).toEqual([[1, 2, 3], [4]])
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

  const one = Promise.allSettled([add(1)])
  await vi.waitUntil(() => commits === 1)
  const answers = [...(await one), ...(await Promise.allSettled([add(2)]))]

  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
})
