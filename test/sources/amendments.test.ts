import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { gatherAmendments, MOST_AMENDMENTS } from '../../src/sources/amendments.ts'
import { openClone } from '../../src/sources/git/clone.ts'
import { type LocalRepository, localRepository, write } from '../cli/clone.ts'
import { criteriaText } from '../support/facts.ts'
import { memory } from '../support/memory.ts'

const PATH = '.gonogo/criteria/credit-risk.yml'
const asks = (bound: number) =>
  criteriaText([`{ id: f1, control: performance, check: metric, metric: f1, at_least: ${bound} }`])

type Step = number | 'gone' | 'broken' | 'other'

/** A default branch whose commits write these bounds, and the ids of its commits. */
function branch(steps: readonly Step[]) {
  const repository = memory()
  const ids: string[] = []
  let text: string | undefined
  for (const [index, step] of steps.entries()) {
    if (step === 'gone') text = undefined
    else if (step === 'broken') text = 'gonogo: 1\n'
    else if (step !== 'other') text = asks(step)
    const files = { 'other.txt': String(index), ...(text !== undefined && { [PATH]: text }) }
    ids.push(repository.commit({ files, parents: ids.slice(-1) }))
  }
  repository.move('main', ids.at(-1) ?? '')
  return { repository, ids, tip: ids.at(-1) ?? '' }
}

/** Each amendment as `<place of its commit>: <what it does>`, with `!` for a deviation. */
async function told(steps: readonly Step[], at?: number): Promise<readonly string[]> {
  const { repository, ids, tip } = branch(steps)
  const works = at === undefined ? [] : [{ at: ids[at] ?? '', name: 'the work' }]
  const { amendments } = await gatherAmendments(repository, tip, PATH, works)
  return amendments.map(({ commit, begun, unreadable, from, to, changes }) =>
    [
      `${ids.indexOf(commit)}${begun === undefined ? '' : '!'}:`,
      ...(unreadable ? ['unreadable'] : []),
      ...(from === undefined ? ['from nothing'] : []),
      ...(to === undefined ? ['to nothing'] : []),
      ...changes.map(
        ({ change, fields: [field] }) => `${change} ${field?.before ?? ''}>${field?.after ?? ''}`,
      ),
    ].join(' '),
  )
}

describe('amendments and deviations', () => {
  test.each<readonly [string, readonly Step[], number | undefined, readonly string[]]>([
    ['criteria that never change', [0.5, 'other'], 1, []],
    ['no criteria', ['other', 'other'], 1, []],
    ['no work', [0.5, 0.6], undefined, ['1: tightened 0.5>0.6']],
    ['before the work', [0.5, 0.6, 'other'], 2, ['1: tightened 0.5>0.6']],
    ['with the work', [0.5, 0.6], 1, ['1: tightened 0.5>0.6']],
    ['after the work', [0.5, 'other', 0.4], 1, ['2!: loosened 0.5>0.4']],
    [
      'loosened, used and put back',
      [0.5, 0.4, 'other', 0.5],
      2,
      ['1: loosened 0.5>0.4', '3!: tightened 0.4>0.5'],
    ],
    [
      'loosened after the work and put back',
      [0.5, 0.4, 0.5],
      0,
      ['1!: loosened 0.5>0.4', '2!: tightened 0.4>0.5'],
    ],
    [
      'the same version twice: the work began with the later one',
      [0.5, 0.4, 0.5, 0.3],
      2,
      ['1: loosened 0.5>0.4', '2: tightened 0.4>0.5', '3!: loosened 0.5>0.3'],
    ],
    [
      'a version that can’t be read hides nothing',
      [0.5, 'broken', 0.4],
      0,
      ['1!: unreadable', '2!: loosened 0.5>0.4'],
    ],
    [
      'removed and back again',
      [0.5, 'gone', 0.4],
      0,
      ['1!: to nothing removed 0.5>', '2!: from nothing added >0.4'],
    ],
    ['work before there were criteria', ['other', 0.5, 0.4], 0, ['2!: loosened 0.5>0.4']],
  ])('%s', async (_, steps, at, expected) => {
    expect(await told(steps, at)).toEqual(expected)
  })

  test('the newest are kept, and are deviations if the work began before them', async () => {
    const many = Array.from({ length: MOST_AMENDMENTS + 10 }, (_, index) => index / 100)

    const old = await told(many, 2)
    const young = await told(many, many.length - 2)

    expect(old).toHaveLength(MOST_AMENDMENTS)
    expect(old.every((line) => line.includes('!:'))).toBe(true)
    expect(old.at(-1)).toBe('59!: tightened 0.58>0.59')
    expect(young.filter((line) => line.includes('!:'))).toEqual(['59!: tightened 0.58>0.59'])
  })

  test('what is not looked at is said to be so', async () => {
    const { repository, ids, tip } = branch([0.5, 0.4, 'other', 0.3, 'other'])
    const since = async (at: number, earlier: number, most = 9) => {
      const works = [{ at: ids[at] ?? '', name: 'the work' }]
      const found = await gatherAmendments(repository, tip, PATH, works, { earlier, most })
      return [
        found.since && ids.indexOf(found.since),
        found.amendments.map(({ commit }) => ids.indexOf(commit)),
      ]
    }

    expect(await since(3, 9)).toEqual([undefined, [1, 3]])
    expect(await since(2, 2)).toEqual([undefined, [1, 3]])
    expect(await since(2, 1)).toEqual([1, [3]])
    expect(await since(3, 1)).toEqual([2, [3]])
    expect(await since(0, 0)).toEqual([undefined, [1, 3]])
  })

  test('work from a commit that is not met on the line is older than all that is', async () => {
    const { repository, ids, tip } = branch([0.5, 0.4, 'other', 0.3])
    const works = [{ at: ids[0] ?? '', name: 'the work' }]

    const found = await gatherAmendments(repository, tip, PATH, works, { earlier: 9, most: 3 })

    expect(found).toMatchObject({ since: ids[1], amendments: [{ commit: ids[3], begun: 'the work' }] })
  })

  test('each change is held against every work that is known', async () => {
    const { repository, ids, tip } = branch([0.5, 0.4, 'other', 0.3])
    const works = [2, 0].map((place) => ({ at: ids[place] ?? '', name: `work ${place}` }))

    const { amendments } = await gatherAmendments(repository, tip, PATH, works)

    expect(amendments.map(({ begun }) => begun)).toEqual(['work 0', 'work 2'])
  })

  test('a change of the mode alone is none', async () => {
    const { repository, ids, tip } = branch([0.5, 'other', 0.4])
    const loud = { ...repository, changesOf: async () => ids.slice(1).toReversed() }

    const { amendments } = await gatherAmendments(loud, tip, PATH, [])

    expect(amendments.map(({ commit }) => commit)).toEqual([ids[2]])
  })

  test.each(['changesOf', 'firstParents', 'entry', 'blob'] as const)(
    'a failure of %s is thrown',
    async (what) => {
      const { repository, tip } = branch([0.5, 0.4])
      repository.fail(what)

      await expect(gatherAmendments(repository, tip, PATH, [])).rejects.toThrow(what)
    },
  )
})

describe('a clone', () => {
  let repository: LocalRepository
  beforeEach(() => {
    repository = localRepository()
  })
  afterEach(() => repository.remove())

  test('only what stood on the default branch is a version, wherever in the clone one asks', async () => {
    const { folder, git, commit } = repository
    const root = commit('Readme', { 'README.md': 'x' })
    const first = commit('Criteria', { [PATH]: asks(0.5) })
    git('checkout', '--quiet', '-b', 'pull')
    commit('Soft', { [PATH]: asks(0.1) })
    commit('Strict', { [PATH]: asks(0.6), 'sub/x.txt': 'x' })
    git('checkout', '--quiet', 'main')
    commit('Else', { 'else.txt': 'x' })
    git('merge', '--quiet', '--no-ff', '--no-edit', 'pull')
    const merge = git('rev-parse', 'HEAD')
    git('mv', 'else.txt', 'more.txt')
    git('commit', '--quiet', '-m', 'Move')
    write(folder, { 'sub/x.txt': 'x' })

    for (const from of [folder, `${folder}/sub`]) {
      const clone = await openClone(from, 'main')
      const tip = git('rev-parse', 'main')

      expect(await clone.changesOf(tip, first, PATH)).toEqual([merge])
      expect(await clone.changesOf(tip, root, PATH)).toEqual([merge, first])
      expect(await clone.changesOf(first, root, PATH)).toEqual([first])
      expect(await clone.changesOf(tip, tip, PATH)).toEqual([])
      expect(await clone.changesOf(tip, root, '*.yml')).toEqual([])
    }
  })
})
