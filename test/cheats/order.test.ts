import { describe, expect, test } from 'vitest'
import {
  asks,
  type Change,
  type Cheat,
  CRITERIA,
  judged,
  MANIFEST,
  METRICS,
  on,
  registers,
  releases,
  said,
  submits,
  works,
} from './stories.ts'

const root = on('main', 'root', { 'readme.md': 'x' })
const rewrites = on('release', 'writes', { [CRITERIA]: asks() })

const CHEATS: readonly Cheat[] = [
  [
    'criteria that nobody ever wrote',
    [root, works(), submits(releases())],
    'no-go',
    /there are no criteria at `\.gonogo\/criteria\/m\.yml`/,
  ],
  [
    'criteria committed with the release',
    [root, works(), rewrites, submits(releases())],
    'no-go',
    /the criteria are first committed in this change/,
  ],
  [
    'criteria merged between the training and the release',
    [root, works(), registers(asks()), submits(releases())],
    'no-go',
    /began at commit `\w+` of the default branch, which has no/,
  ],
  [
    'criteria on a branch that never was the default branch',
    [
      root,
      on('side', 'side', { [CRITERIA]: asks({ bound: 0.5 }) }),
      { name: 'work', from: 'side', on: 'release', write: { 'train.py': 'fit()' } },
      registers(asks({ bound: 0.5 })),
      submits(releases(), 0.6),
    ],
    'no-go',
    /began at commit `\w+` of the default branch, which has no/,
  ],
  [
    'a training that saw softer criteria than those that were registered',
    [
      registers(asks()),
      on('release', 'softens', { [CRITERIA]: asks({ bound: 0.5 }) }),
      works(),
      submits(releases(), 0.6),
    ],
    'no-go',
    /has other criteria at `\.gonogo\/criteria\/m\.yml`, and must have those of commit/,
  ],
]

test.each(CHEATS)('%s', async (_, commits, decision, sentence) => {
  const model = await judged(commits)

  expect(said(model)).toMatch(sentence)
  expect(model.decision).toBe(decision)
})

const lands = on('main', 'release', { [MANIFEST]: releases(), [METRICS]: '{ "accuracy": 0.95 }' })

describe('honest people get through', () => {
  test.each<readonly [string, readonly Change[]]>([
    ['a training commit that never lands', [registers(asks()), works('experiment'), submits(releases())]],
    ['a squashed merge', [registers(asks()), works('topic'), lands]],
    [
      'a rebased merge',
      [registers(asks()), works('topic'), on('main', 'its copy', { 'train.py': 'fit()' }), lands],
    ],
    [
      'a training while others merge',
      [registers(asks()), works('topic'), on('main', 'other', { 'other.md': 'x' }), submits(releases())],
    ],
  ])('%s', async (_, commits) => {
    const model = await judged(commits)

    expect([said(model), model.decision]).toEqual([expect.any(String), 'go'])
  })
})
