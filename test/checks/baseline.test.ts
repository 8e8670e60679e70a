import { describe, expect, test } from 'vitest'
import { answerMetric, MetricCheck } from '../../src/checks/metric.ts'
import type { Answer } from '../../src/core/answer.ts'
import type { Baseline } from '../../src/core/baseline-answer.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import { plain } from '../../src/render/sentence.ts'
import { answerWords } from '../../src/render/words-answers.ts'
import { aMeasurement, anId, aSource } from '../support/build.ts'
import { aContext, anEvidence, NO_EXAMS } from '../support/facts.ts'

const base = { id: 'a', control: 'performance', check: 'metric', metric: 'accuracy' } as const
const asks = (given: object): MetricCheck =>
  MetricCheck.parse({ ...base, baseline: 'released', at_least: -0.01, ...given })

const HOLDOUT = { name: 'holdout', digest: `sha256:${'1'.repeat(64)}` }
const OTHER = { name: 'holdout', digest: `sha256:${'2'.repeat(64)}` }

function released(measurements: readonly Measurement[], data = [HOLDOUT]): Baseline {
  return {
    name: { kind: 'released', version: '1.0.0', commit: anId('3') },
    evidence: [anEvidence({ measurements })],
    data,
  }
}
const at = (value: number, given: Partial<Measurement> = {}) => aMeasurement({ value, ...given })

function judged(
  given: object,
  own: Measurement,
  context: { readonly released?: Baseline | 'none'; readonly base?: readonly Measurement[] } = {},
): Answer {
  return answerMetric(
    asks(given),
    aContext([own], {
      exams: { ...NO_EXAMS, given: [HOLDOUT] },
      ...(context.released && { released: context.released }),
      ...(context.base && { base: [anEvidence({ measurements: context.base, about: 'base' })] }),
    }),
  )
}

describe('the last release that was a go', () => {
  test.each<readonly [string, object, Measurement, Baseline | 'none' | undefined, Answer['code']]>([
    ['a little worse, within', {}, at(0.92), released([at(0.93)]), 'difference_within'],
    ['on the bound, in decimals', { at_least: -0.005 }, at(0.895), released([at(0.9)]), 'difference_within'],
    ['worse', {}, at(0.9199), released([at(0.93)]), 'difference_beyond'],
    [
      'zero',
      { metric: 'loss', at_most: 0, at_least: undefined },
      at(0, { metric: 'loss' }),
      released([at(0, { metric: 'loss' })]),
      'difference_within',
    ],
    [
      'a negative baseline',
      { metric: 'loss', at_most: 0.1, at_least: undefined },
      at(-1, { metric: 'loss' }),
      released([at(-1.2, { metric: 'loss' })]),
      'difference_beyond',
    ],
    [
      'percent against a fraction',
      { unit: 'percent', at_least: -1 },
      at(92, { unit: 'percent' }),
      released([at(0.93)]),
      'difference_within',
    ],
    ['none before, and nothing to hold', {}, at(0.93), 'none', 'no_baseline'],
    ['none before, and the first is held', { first: 0.9 }, at(0.93), 'none', 'within_bound'],
    ['none before, and the first is missed', { first: 0.95 }, at(0.93), 'none', 'beyond_bound'],
    [
      'one before: the first does not matter',
      { first: 0.99 },
      at(0.93),
      released([at(0.93)]),
      'difference_within',
    ],
    ['a clone', {}, at(0.93), undefined, 'baseline_awaited'],
    ['without such a measurement', {}, at(0.93), released([at(0.9, { metric: 'f1' })]), 'baseline_lacks'],
    [
      'with several',
      {},
      at(0.93),
      released([at(0.9), at(0.91, { source: aSource({ pointer: '/2' }) })]),
      'baseline_lacks',
    ],
    ['on other data of the same name', {}, at(0.93), released([at(0.93)], [OTHER]), 'baseline_other_data'],
    ['on data that nobody identified', {}, at(0.93), released([at(0.93)], []), 'baseline_other_data'],
    [
      'on data without a name',
      {},
      at(0.93, { labels: {} }),
      released([at(0.93, { labels: {} })]),
      'baseline_other_data',
    ],
    ['and no number here', {}, at(Number.NaN), released([at(0.93)]), 'not_a_number'],
  ])('%s', (_, given, own, baseline, code) => {
    expect(judged(given, own, { ...(baseline && { released: baseline }) }).code).toBe(code)
  })

  test.each<readonly [string, number, number, Answer['code']]>([
    ['many samples show that it is no worse', 0.93, 100_000, 'difference_within'],
    ['few samples do not, though it is equal', 0.93, 100, 'difference_not_shown'],
    ['it is worse', 0.8, 10_000, 'difference_beyond'],
  ])('non-inferiority by the interval of the difference: %s', (_, value, samples, code) => {
    const answer = judged({ confidence: 0.95 }, at(value, { samples }), {
      released: released([at(0.93, { samples })]),
    })

    expect(answer.code).toBe(code)
  })

  test('without counts or errors nothing is shown', () => {
    const { samples: _, ...bare } = at(0.93)

    expect(judged({ confidence: 0.95 }, bare, { released: released([bare]) })).toMatchObject({
      code: 'difference_nothing_shown',
      why: 'nothing_known',
    })
  })
})

describe('the base model', () => {
  test('is what the manifest names as about it', () => {
    expect(judged({ baseline: 'base' }, at(0.93), { base: [at(0.9)] })).toMatchObject({
      code: 'difference_within',
      difference: 0.03,
      baseline: { kind: 'base' },
    })
    expect(judged({ baseline: 'base' }, at(0.93), { base: [] }).code).toBe('baseline_lacks')
    expect(judged({ baseline: 'base' }, at(0.93)).code).toBe('baseline_lacks')
  })
})

test('the sentence names both, and what the difference is shown to be', () => {
  const answer = judged({ confidence: 0.95 }, at(0.8, { samples: 10_000 }), {
    released: released([at(0.93, { samples: 10_000 })]),
  })

  expect(plain(answerWords(answer).says)).toBe(
    '`accuracy` is 0.8 beside 0.93 of the last release `1.0.0`: a difference of -0.13, at confidence 0.95 at most -0.1222 (Newcombe), and must be at least -0.01',
  )
})

test.each([
  [{ baseline: undefined, first: 0.8 }, 'only beside baseline: released'],
  [{ baseline: 'base', first: 0.8 }, 'only beside baseline: released'],
  [{ at_least: undefined, between: [-1, 1], first: 0.8 }, 'only beside at_least or at_most'],
])('%j can not be asked', (given, message) => {
  const parsed = MetricCheck.safeParse({ ...base, baseline: 'released', at_least: 0, ...given })

  expect(parsed.error?.issues.map((issue) => issue.message).join()).toContain(message)
})

// Of two errors of 0.01 the lower bound is 0.0233 below the difference by the normal distribution, 0.0301 by t of 3 and 3.
test.each<readonly [string, Partial<Measurement>, Answer['code']]>([
  ['many samples', {}, 'difference_within'],
  ['three clusters', { clusters: 3 }, 'difference_not_shown'],
])('errors of %s are judged by their number', (_, given, code) => {
  const f1 = at(0.9, { metric: 'f1', stderr: 0.01, ...given })
  const answer = judged({ metric: 'f1', at_least: -0.026, confidence: 0.95 }, f1, {
    released: released([f1]),
  })

  expect(answer.code).toBe(code)
})
