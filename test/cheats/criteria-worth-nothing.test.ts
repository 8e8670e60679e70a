import { describe, expect, test } from 'vitest'
import { asks, type Cheat, judged, registers, releases, said, submits, works } from './stories.ts'

const told = (text: string, accuracy = 0.1) => [registers(text), works(), submits(releases(), accuracy)]
const asking = (bound: string) => asks().replace('at_least: 0.9', bound)

const WORTH_NOTHING: readonly Cheat[] = [
  ['an accuracy of at least 0', told(asking('at_least: 0')), 'undecided', /`accuracy` can't fail/],
  [
    'the same in percent',
    told(asking('at_most: 100, unit: percent')),
    'undecided',
    /`accuracy` can't fail: whatever is measured, 0 to 100/,
  ],
  ['between all there is', told(asking('between: [-1, 1]')), 'undecided', /`accuracy` can't fail/],
  [
    'with every appearance of rigour',
    told(asking('at_least: 0, confidence: 0.999, min_samples: 100000')),
    'undecided',
    /`accuracy` can't fail/,
  ],
  [
    'one that can fail beside it does not help',
    told(
      `${asks()}  - { id: f1, control: performance, check: metric, metric: accuracy, at_least: 0 }\n`,
      0.95,
    ),
    'undecided',
    /`f1` can't fail/,
  ],
]

describe('criteria that everything meets prove nothing', () => {
  test.each(WORTH_NOTHING)('%s', async (_, commits, decision, sentence) => {
    const model = await judged(commits)

    expect(model.decision).toBe(decision)
    expect(said(model)).toMatch(sentence)
  })

  test('softened after the work began, it is not taken either', async () => {
    const model = await judged([
      registers(asks()),
      works(),
      registers(asking('at_least: 0'), 'softens'),
      submits(releases(), 0.1),
    ])

    expect(model.decision).toBe('no-go')
  })
})

describe('honest people get through', () => {
  test('a number that is only to be shown may have any bound', async () => {
    const text = `${asks()}  - { id: f1, control: performance, check: metric, metric: accuracy, at_least: 0, blocking: false }\n`

    expect((await judged(told(text, 0.95))).decision).toBe('go')
  })

  test('a bound that is hard to show on few samples is no fault of criteria that hold', async () => {
    const text = asking('at_least: 0.9, confidence: 0.95, min_samples: 1')
    const commits = [registers(text), works(), submits(releases())].map((change) =>
      change.name === 'release'
        ? {
            ...change,
            write: {
              ...change.write,
              'models/m/metrics.json': '{ "accuracy": { "value": 0.95, "samples": 1000 } }',
            },
          }
        : change,
    )

    expect((await judged(commits)).decision).toBe('go')
  })
})
