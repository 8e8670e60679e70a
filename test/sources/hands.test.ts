import { expect, test } from 'vitest'
import { handsOf, joinedHands, type MadeCommit, type PushedBranch } from '../../src/sources/hands.ts'

const person = (login: string) => ({ login, bot: false })
const bot = { login: 'ci[bot]', bot: true }
const commit = (sha: string, given: Partial<MadeCommit> = {}): MadeCommit => ({
  sha,
  parents: [],
  author: person('ada'),
  committer: person('ada'),
  ...given,
})
const move = (after: string, by: { login: string; bot: boolean } | null, before = '0') => ({
  before,
  after,
  by: by?.login ?? null,
  bot: by?.bot === true,
})
const branch = (moves: PushedBranch['moves'], fork = false): PushedBranch => ({
  branch: 'work',
  pull: 7,
  fork,
  moves,
})

test('authors, co-authors, committers and pushers all had a hand in it, each once', () => {
  const own = [commit('a', { committer: person('grace') }), commit('b')]

  const { people, unseen } = handsOf(own, [{ by: 'alan' }], [branch([move('b', person('eve'))])])

  expect(people.map(({ by, as }) => `${as} ${by}`)).toEqual([
    'author ada',
    'author alan',
    'committer grace',
    'committer ada',
    'pusher eve',
  ])
  expect(unseen).toEqual([])
})

const A = commit('a', { author: bot, committer: bot })
const B = commit('b', { parents: ['a'] })

test.each<readonly [string, readonly MadeCommit[], PushedBranch, readonly object[]]>([
  [
    'an author without an account',
    [commit('a', { author: null })],
    branch([]),
    [{ why: 'no_account', commit: 'a' }],
  ],
  [
    'a committer without one',
    [commit('a', { committer: null })],
    branch([]),
    [{ why: 'no_account', commit: 'a' }],
  ],
  ['a fork', [commit('a')], branch(undefined, true), [{ why: 'fork', pull: 7 }]],
  ['moves that are not all told', [commit('a')], branch(undefined), [{ why: 'pushes', branch: 'work' }]],
  ['a pusher who is gone', [commit('a')], branch([move('a', null)]), [{ why: 'pushes', branch: 'work' }]],
  [
    'a bot that pushed what somebody made',
    [A, B],
    branch([move('b', bot)]),
    [{ why: 'pushed_by_bot', commit: 'b', by: 'ci[bot]' }],
  ],
  ['a bot that pushed what it made', [A], branch([move('a', bot)]), []],
  [
    'a bot that pushed its own before a person pushed',
    [A, B],
    branch([move('b', person('ada'), 'a'), move('a', bot)]),
    [],
  ],
  [
    'a person before a bot that pushed another’s',
    [A, B],
    branch([move('b', bot, 'a'), move('a', person('ada'))]),
    [{ why: 'pushed_by_bot', commit: 'b', by: 'ci[bot]' }],
  ],
])('%s', (_, own, pushed, unseen) => {
  expect(handsOf(own, [], [pushed]).unseen).toEqual(unseen)
})

test('all hands together are each told once', () => {
  const hands = handsOf([commit('a')], [], [])

  expect(joinedHands([hands, hands])).toEqual(hands)
})
