import { describe, expect, test } from 'vitest'
import { judgeGaps, type Pair } from '../../src/checks/gaps.ts'
import { showing } from '../../src/checks/showing.ts'
import type { Bound } from '../../src/core/bound.ts'
import type { Gap, GapAnswer } from '../../src/core/gap-answer.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import { plain } from '../../src/render/sentence.ts'
import { answerWords } from '../../src/render/words-answers.ts'
import { gapBounds, type Rate } from '../../src/statistics/gap.ts'
import { aMeasurement } from '../support/build.ts'

type Group = readonly [successes: number, samples: number]

const measured = ([successes, samples]: Group): Measurement =>
  aMeasurement({ metric: 'recall', value: successes / samples, successes, samples })
const pair = (one: Measurement, other: Measurement): Pair => ({
  ...{ metric: 'recall', across: ['sex'], one: 'F', other: 'M', inverted: false, measured: [one, other] },
})

type Asked = { readonly how: 'ratio' | 'difference'; readonly bound: Bound }

function first(answer: GapAnswer): Gap {
  if (answer.code !== 'gap_not_shown' || answer.gaps[0] === undefined) throw new Error(answer.code)
  return answer.gaps[0]
}

describe('the samples that a gap needs', () => {
  const ratio: Asked = { how: 'ratio', bound: { kind: 'at_least', value: 0.8 } }
  const difference: Asked = { how: 'difference', bound: { kind: 'at_most', value: 0.1 } }

  test.each<readonly [string, Asked, Group, Group]>([
    ['of a small group alone', ratio, [15, 20], [7500, 10_000]],
    ['of the other one, which is the smaller', ratio, [7500, 10_000], [14, 16]],
    ['of both, where one alone never shows it', ratio, [84, 200], [100, 205]],
    ['of both, where that takes fewer', difference, [150, 200], [140, 200]],
    ['of a difference', difference, [33, 40], [700, 900]],
    ['of rates near 1', difference, [29, 30], [89, 100]],
  ])('%s show it, and a tenth fewer do not', (_, asked, one, other) => {
    const groups = [measured(one), measured(other)] as const
    const { more } = first(judgeGaps([pair(...groups)], { ...asked, confidence: 0.95 }))
    const shows = (part: number): boolean => {
      const rates = [one, other].map(([successes, samples], index): Rate => {
        const all = samples + part * ((index === 0 ? more?.one : more?.other) ?? Number.NaN)
        return { kind: 'counts', successes: (successes / samples) * all, samples: all }
      })
      const [a, b] = rates
      if (a === undefined || b === undefined) throw new Error('no rates')
      const bounds = gapBounds(asked.how, [a, b], 0.95)
      return bounds.kind === 'bounds' && showing(bounds, asked.bound) === 'met'
    }

    expect(more).toBeDefined()
    expect(shows(1)).toBe(true)
    expect(shows(0.9)).toBe(false)
  })

  test('are the least in all: of the smaller group, unless both together take fewer', () => {
    const of = (one: Group, other: Group) =>
      first(judgeGaps([pair(measured(one), measured(other))], { ...ratio, confidence: 0.95 })).more

    expect(of([15, 20], [7500, 10_000])).toEqual({ one: expect.any(Number), other: 0 })
    expect(of([7500, 10_000], [14, 16])).toEqual({ one: 0, other: expect.any(Number) })
    expect(of([84, 200], [100, 205])).toEqual({ one: expect.any(Number), other: expect.any(Number) })
    expect(of([84, 200], [100, 205])?.other).toBeGreaterThan(0)
  })

  test('are not known of what has no number of samples, nor of a gap on its bound', () => {
    const { samples: _, successes: __, ...bare } = measured([15, 20])
    const unknown = { ...bare, stderr: 0.12 }
    const on = (one: Measurement, other: Measurement) =>
      first(judgeGaps([pair(one, other)], { ...ratio, confidence: 0.95 })).more

    expect(on(unknown, measured([7500, 10_000]))).toBeUndefined()
    expect(on(measured([40, 100]), measured([50, 100]))).toBeUndefined()
  })

  test('by standard errors shrink with their root', () => {
    const by = (value: number, samples: number, stderr: number): Measurement => {
      const { successes: _, ...rest } = aMeasurement({ metric: 'f1', value, samples, stderr })
      return rest
    }
    const asked = { ...ratio, confidence: 0.95 }
    const { more } = first(judgeGaps([pair(by(0.8, 100, 0.16), by(0.8, 100_000, 1e-6))], asked))

    // 1.652 errors (t of 219 degrees of freedom) of 0.2/√(n/100) must be at most ln(1/0.8) = 0.2231.
    expect(more).toEqual({ one: Math.ceil(100 * ((1.6517 * 0.2) / Math.log(1.25)) ** 2) - 100, other: 0 })
  })
})

test('are said of the groups that need them', () => {
  const words = (one: Group, other: Group, at_least = 0.8) =>
    plain(
      answerWords(
        judgeGaps([pair(measured(one), measured(other))], {
          ...{ how: 'ratio', bound: { kind: 'at_least', value: at_least }, confidence: 0.95 },
        }),
      ).next ?? [],
    )

  expect(words([15, 20], [7500, 10_000])).toMatch(
    /^evaluate on more: at these rates it needs about \d+ more samples of `F` to be shown, and each pair of groups must show it$/,
  )
  expect(words([84, 200], [100, 205])).toMatch(
    /needs about [\d,]+ more samples of `F` and about [\d,]+ more samples of `M` to be shown/,
  )
  expect(words([40, 100], [55, 100])).toBe(
    'find out why the model treats `F`, `M` otherwise and improve it: more samples would only show that it misses',
  )
})
