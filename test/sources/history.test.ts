import { describe, expect, test } from 'vitest'
import type { Begun } from '../../src/facts.ts'
import { gatherHistory, worksOf } from '../../src/sources/history.ts'
import { anId } from '../support/build.ts'
import { CRITERIA_PATH, criteriaText, MANIFEST_PATH } from '../support/facts.ts'
import { memory } from '../support/memory.ts'

const asks = (bound: number) =>
  criteriaText([`{ id: f1, control: performance, check: metric, metric: f1, at_least: ${bound} }`])
const releases = (version: string, training: string) =>
  `gonogo: 1\nmodel: credit-risk\nversion: ${version}\nweights: [{ uri: "s3://a/b", sha256: ${'a'.repeat(64)} }]\ntraining: { ${training} }\nevidence: [m.json]\n`

/** A default branch: `criteria` and `release` are written where they are given, and stay. */
function branch(steps: readonly { criteria?: number; release?: (ids: readonly string[]) => string }[]) {
  const repository = memory()
  const ids: string[] = []
  let files: Readonly<Record<string, string>> = {}
  for (const [index, { criteria, release }] of steps.entries()) {
    files = {
      ...files,
      'other.txt': String(index),
      ...(criteria !== undefined && { [CRITERIA_PATH]: asks(criteria) }),
      ...(release && { [MANIFEST_PATH]: release(ids) }),
    }
    ids.push(repository.commit({ files, parents: ids.slice(-1) }))
  }
  const tip = ids.at(-1) ?? ''
  repository.move('main', tip)
  const history = async (at: number) => {
    const work = { kind: 'training', commit: ids[at] ?? '' } as const
    const start = { kind: 'placed', work, at: work.commit } as const
    const facts = { model: 'credit-risk', criteria: { path: CRITERIA_PATH }, start, evidence: [] }
    const { amendments = [] } = await gatherHistory(repository, tip, facts)
    return amendments.map(({ commit, begun }) => [ids.indexOf(commit), begun])
  }
  return { repository, ids, history }
}

describe('a loosening after the work of an earlier release stays a deviation', () => {
  test('that release named its commit', async () => {
    const { ids, history } = branch([
      { criteria: 0.9 },
      {},
      { criteria: 0.8 },
      { release: (ids) => releases('1.0.0', `commit: ${ids[1]}`) },
      {},
    ])

    expect(await history(4)).toEqual([[2, ids[1]]])
  })

  test('that release named a run: it began before the release was there', async () => {
    const { history } = branch([
      { criteria: 0.9 },
      { release: () => releases('1.0.0', 'run: 5') },
      { criteria: 0.8 },
      {},
    ])

    expect(await history(3)).toEqual([[2, 'release 1.0.0']])
  })

  test('of many releases the first one tells the most', async () => {
    const later = Array.from({ length: 8 }, (_, index) => ({
      release: (ids: readonly string[]) => releases(`2.${index}.0`, `commit: ${ids.at(-1)}`),
    }))
    const { ids, history } = branch([
      { criteria: 0.9 },
      { release: (ids) => releases('1.0.0', `commit: ${ids[0]}`) },
      { criteria: 0.8 },
      ...later,
    ])

    expect(await history(ids.length - 1)).toEqual([[2, ids[0]]])
  })

  test('a release that can’t be read, or names a commit from elsewhere, says that it was there', async () => {
    const { history } = branch([
      { criteria: 0.9 },
      { release: () => 'gonogo: 1\n' },
      { criteria: 0.8 },
      { release: () => releases('1.0.0', `commit: ${anId('f')}`) },
      { criteria: 0.7 },
      {},
    ])

    expect(await history(5)).toEqual([
      [2, undefined],
      [4, 'release 1.0.0'],
    ])
  })
})

test.each([
  ['nothing was amended', [{ criteria: 0.9 }, {}], 1],
  ['all that was amended came after its own work', [{ criteria: 0.9 }, { criteria: 0.8 }], 0],
])('no earlier release is asked about where %s', async (_, steps, at) => {
  const { repository, history } = branch(steps)

  await history(at)

  expect(repository.asked.filter((one) => one.includes(MANIFEST_PATH))).toEqual([])
})

test('an amendment before any work is none', async () => {
  const { history } = branch([{ criteria: 0.9 }, { criteria: 0.8 }, {}])

  expect(await history(2)).toEqual([[1, undefined]])
})

describe('where the work began', () => {
  const placed = {
    kind: 'placed',
    work: { kind: 'training', commit: anId('1') },
    at: anId('2'),
  } as const
  const clocked = { kind: 'by_clock', work: placed.work } as const
  const registered = {
    path: '.gonogo/criteria/m.yml',
    commit: anId('3'),
    sha: anId('c'),
    problems: [],
    lines: {},
  } as const
  const run = { clock: 'run', work: 'training', run: 7, repository: 'acme/train' } as const
  const seen = {
    ...run,
    kind: 'seen',
    began: '2026-02-01T00:00:00Z',
    commit: anId('1'),
    workflow: '.github/workflows/train.yml',
    file: 'trusted',
    fork: false,
    success: true,
    produced: { kind: 'no_digests' },
  } as const
  const known = {
    kind: 'known',
    commit: anId('3'),
    since: '2026-01-01T00:00:00Z',
    source: 'receipt',
  } as const
  const ticket: Begun = {
    clock: 'ticket',
    work: 'training',
    path: 'models/m/start-ticket.jwt',
    kind: 'seen',
    began: '2026-02-01T00:00:00Z',
    repository: 'acme/models',
    model: 'm',
    tip: anId('4'),
    criteria: anId('c'),
    nonce: 'n',
  }

  test.each<readonly [string, Parameters<typeof worksOf>, readonly object[]]>([
    [
      'a run whose tip is known',
      [clocked, { ...seen, tip: known }, registered],
      [{ at: anId('3'), name: 'acme/train#7' }],
    ],
    [
      'a ticket',
      [{ kind: 'not_named' }, ticket, registered],
      [{ at: anId('3'), name: 'models/m/start-ticket.jwt' }],
    ],
    ['a ticket for another repository', [{ kind: 'not_named' }, ticket, undefined], []],
    [
      'a run whose tip is not',
      [placed, { ...seen, tip: { kind: 'gap' } }, registered],
      [{ at: anId('2'), name: anId('1') }],
    ],
    [
      'a run that nobody saw',
      [placed, { ...run, kind: 'awaiting' }, registered],
      [{ at: anId('2'), name: anId('1') }],
    ],
    ['a commit', [placed, undefined, registered], [{ at: anId('2'), name: anId('1') }]],
    ['nothing', [{ kind: 'not_named' }, undefined, undefined], []],
  ])('%s', (_, given, expected) => {
    expect(worksOf(...given)).toEqual(expected)
  })
})
