import { expect, test } from 'vitest'
import { evaluate } from '../../src/evaluate.ts'
import { gather } from '../../src/sources/gather.ts'
import { pushedPosition } from '../../src/sources/pushed.ts'
import { type Memory, memory } from '../support/memory.ts'

const NOTHING = '0'.repeat(40)
const GONE = 'f'.repeat(40)
const WEIGHTS = 'models/a/model.onnx'

/** root - one - two - three on main, and beside it: root - other. */
function line() {
  const repository = memory()
  const root = repository.commit({ files: { '.gonogo/unwatch': '' } })
  const one = repository.commit({ files: { '.gonogo/unwatch': '', [WEIGHTS]: 'one' }, parents: [root] })
  const two = repository.commit({ files: { '.gonogo/unwatch': '', [WEIGHTS]: 'two' }, parents: [one] })
  const three = repository.commit({
    files: { '.gonogo/unwatch': '', [WEIGHTS]: 'two', 'NOTES.md': '3' },
    parents: [two],
  })
  const other = repository.commit({ files: { '.gonogo/unwatch': '', 'other.md': '' }, parents: [root] })
  repository.move('main', three)
  return { repository, root, one, two, three, other }
}

const names = (made: ReturnType<typeof line>, ids: readonly (string | undefined)[]) =>
  ids.map((id) => Object.entries(made).find(([, value]) => value === id)?.[0] ?? id)

test.each<readonly [string, string, (made: ReturnType<typeof line>) => readonly string[], object]>([
  ['the tip before its push', 'three', ({ one }) => [one], { base: 'one', others: [] }],
  ['its first parent, where nobody told', 'three', () => [], { base: 'two', others: [] }],
  ['nothing, where the branch began', 'three', () => [NOTHING], { base: undefined, others: [] }],
  ['nothing, where the tip before is gone', 'three', () => [GONE], { base: undefined, others: [] }],
  [
    'both the tip before and the merge base, after a forced push',
    'three',
    ({ other }) => [other],
    { base: 'other', others: ['root'] },
  ],
  [
    'every tip before it, where it was pushed again',
    'three',
    ({ two, one }) => [two, one],
    { base: 'two', others: ['one'] },
  ],
  ['a later tip, where the branch was wound back', 'one', ({ two }) => [two], { base: 'two', others: [] }],
  ['the tip before, as an older tip too', 'two', ({ root }) => [root], { base: 'root', others: [] }],
])('a tip stands against %s', async (_, commit, before, expected) => {
  const made = line()
  const id = Object(made)[commit]

  const { base, others = [], pushed } = await pushedPosition(made.repository, id, before(made))

  const [named] = names(made, [base])
  expect({ base: named, others: names(made, others) }).toEqual(expected)
  expect(pushed).toBe(true)
})

test('a commit that was forced off the branch is a commit like any other', async () => {
  const { repository, root, one, other } = line()

  expect(await pushedPosition(repository, other, [one])).toMatchObject({ base: root, pushed: false })
})

async function judged(repository: Memory, commit: string, before?: readonly string[]) {
  const asking = { commit, now: '2026-03-01T12:00:00Z', engine: 'test' }
  return evaluate(await gather(repository, { ...asking, ...(before && { before }) }))
}

test('a push of several commits, a rewound branch and a forced push hide no model', async () => {
  const { repository, root, one, two, three, other } = line()
  const uncovered = { decision: 'undecided', problems: [{ path: WEIGHTS, code: 'uncovered' }], pushed: true }

  expect(await judged(repository, three, [two])).toMatchObject({ decision: 'nothing', pushed: true })
  expect(await judged(repository, three, [root])).toMatchObject(uncovered)
  expect(await judged(repository, three, [other])).toMatchObject(uncovered)
  expect(await judged(repository, three, [two, root])).toMatchObject(uncovered)
  expect(await judged(repository, three, [NOTHING])).toMatchObject(uncovered)
  repository.move('main', one)
  expect(await judged(repository, one, [two])).toMatchObject(uncovered)
  expect(await judged(repository, one)).not.toHaveProperty('pushed')
})
