import { expect, test } from 'vitest'
import { type Move, RewriteError, rewrittenBy } from '../../src/sources/rewritten.ts'
import { memory } from '../support/memory.ts'

const AT = '2026-02-02T08:00:00Z'

/** A line of three, and another one that begins at its first commit. */
function lines() {
  const repository = memory()
  const commit = (name: string, ...parents: readonly string[]) =>
    repository.commit({ files: { [name]: name }, parents })
  const root = commit('root')
  const old = commit('old', root)
  const late = commit('late', old)
  const fresh = commit('fresh', root)
  const tip = commit('tip', fresh)
  return { repository, root, old, late, fresh, tip }
}

const none = async (): Promise<readonly Move[]> => []

test('a push that rewrote the branch brought in what only the new line has', async () => {
  const { repository, root, late, fresh, tip } = lines()
  const move = { before: late, after: fresh, at: AT }

  expect(await rewrittenBy(repository, fresh, tip, [move], none)).toEqual(move)
  expect(await rewrittenBy(repository, root, tip, [move], none)).toBeUndefined()
  expect(await rewrittenBy(repository, tip, tip, [move], none)).toBeUndefined()
})

test('and threw out what only the old one had, whether the app or only GitHub saw it', async () => {
  const { repository, old, late, fresh, tip } = lines()
  const move = { before: late, after: fresh, at: AT }

  expect(await rewrittenBy(repository, old, tip, [move], none)).toEqual(move)
  expect(await rewrittenBy(repository, old, tip, [], async () => [move])).toEqual(move)
  expect(await rewrittenBy(repository, old, tip, [], none)).toMatchObject({ before: old, after: tip })
})

test('what only went on rewrote nothing, though nobody told of it', async () => {
  const { repository, root, old, late } = lines()
  const moves = [{ before: root, after: late, at: AT }]

  expect(await rewrittenBy(repository, old, late, moves, none)).toBeUndefined()
})

test('more rewrites than can be followed are no answer', async () => {
  const { repository, root, late, fresh, tip } = lines()
  const moves = Array.from({ length: 101 }, () => ({ before: late, after: fresh, at: AT }))

  await expect(rewrittenBy(repository, root, tip, moves, none)).rejects.toThrow(RewriteError)
})
