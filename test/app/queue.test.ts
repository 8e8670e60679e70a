import { expect, test } from 'vitest'
import { createQueue } from '../../src/app/queue.ts'

/** A job that a test ends by hand. */
function job(
  log: string[],
  name: string,
): { readonly run: () => Promise<void>; readonly end: (error?: Error) => void } {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  return {
    run: async () => {
      log.push(`${name} starts`)
      await promise
      log.push(`${name} ends`)
    },
    end: (error) => (error ? reject(error) : resolve()),
  }
}

test('one key: the second job starts when the first has ended', async () => {
  const queue = createQueue()
  const log: string[] = []
  const [one, two] = [job(log, 'one'), job(log, 'two')]

  const first = queue.run('a', one.run)
  const second = queue.run('a', two.run)
  two.end()
  await Promise.resolve()
  expect(log).toEqual(['one starts'])
  one.end()
  await Promise.all([first, second])

  expect(log).toEqual(['one starts', 'one ends', 'two starts', 'two ends'])
})

test('two keys: both run at once', async () => {
  const queue = createQueue()
  const log: string[] = []
  const [one, two] = [job(log, 'one'), job(log, 'two')]

  const both = [queue.run('a', one.run), queue.run('b', two.run)]

  expect(log).toEqual(['one starts', 'two starts'])
  one.end()
  two.end()
  await Promise.all(both)
})

test('a burst collapses: of those that wait, one runs for all', async () => {
  const queue = createQueue()
  const log: string[] = []
  const [one, two, three] = [job(log, 'one'), job(log, 'two'), job(log, 'three')]

  const all = [queue.run('a', one.run), queue.run('a', two.run), queue.run('a', three.run)]
  one.end()
  two.end()
  await Promise.all(all)

  expect(log).toEqual(['one starts', 'one ends', 'two starts', 'two ends'])
})

test('a job that fails fails for its caller only, and the next one runs', async () => {
  const queue = createQueue()
  const log: string[] = []
  const [one, two] = [job(log, 'one'), job(log, 'two')]

  const first = queue.run('a', one.run)
  const second = queue.run('a', two.run)
  two.end()
  one.end(new Error('no'))

  await expect(first).rejects.toThrow('no')
  await second
  expect(log).toEqual(['one starts', 'two starts', 'two ends'])
})

test('a job that comes while the waiting one runs gets a run of its own', async () => {
  const queue = createQueue()
  const log: string[] = []
  const [one, two, three] = [job(log, 'one'), job(log, 'two'), job(log, 'three')]

  const first = queue.run('a', one.run)
  const second = queue.run('a', two.run)
  one.end()
  await first
  await expect.poll(() => log.at(-1)).toBe('two starts')
  const third = queue.run('a', three.run)
  two.end()
  three.end()
  await Promise.all([second, third])

  expect(log.slice(2)).toEqual(['two starts', 'two ends', 'three starts', 'three ends'])
})

test('idle waits for what runs and what waits', async () => {
  const queue = createQueue()
  const log: string[] = []
  const [one, two] = [job(log, 'one'), job(log, 'two')]
  const runs = [queue.run('a', one.run), queue.run('a', two.run)]

  const idle = queue.idle().then(() => log.push('idle'))
  one.end()
  two.end()
  await Promise.all([...runs, idle])

  expect(log.at(-1)).toBe('idle')
})
