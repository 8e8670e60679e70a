import { describe, expect, test } from 'vitest'
import { answerMetric, MetricCheck } from '../../src/checks/metric.ts'
import type { Answer } from '../../src/core/answer.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import { aMeasurement } from '../support/build.ts'
import { aContext } from '../support/facts.ts'

const asks = (given: object): MetricCheck =>
  MetricCheck.parse({
    id: 'a',
    control: 'performance',
    check: 'metric',
    metric: 'accuracy',
    confidence: 0.95,
    ...given,
  })

/** A measurement of which nothing is known but what is given. */
function measured({ samples, ...given }: Partial<Measurement>): Measurement {
  const { samples: _, ...bare } = aMeasurement()
  return { ...bare, ...(samples !== undefined && { samples }), ...given }
}

function answered(given: object, measurement: Partial<Measurement>): Answer {
  const observed = measured(measurement)
  return answerMetric(asks({ metric: observed.metric, ...given }), aContext([observed]))
}

function said(answer: Answer): string {
  if (answer.code === 'nothing_shown') return `nothing_shown ${answer.why}`
  if (answer.code === 'not_shown')
    return `not_shown ${answer.shown.method}${answer.needed === undefined ? '' : ` ${answer.needed}`}`
  return 'shown' in answer && answer.shown ? `${answer.code} ${answer.shown.method}` : answer.code
}

const rate = (value: number, samples: number) => ({ metric: 'attack_success_rate', value, samples })

describe('a proportion by its own counts', () => {
  test.each<readonly [string, object, Partial<Measurement>, string]>([
    // Of 1,000 samples at 0.95 it takes 916 to show 0.9, and 883 to show less.
    ['enough', { at_least: 0.9 }, { value: 0.916, samples: 1000 }, 'within_bound clopper_pearson'],
    ['one too few', { at_least: 0.9 }, { value: 0.915, samples: 1000 }, 'not_shown clopper_pearson 1118'],
    ['on the bound', { at_least: 0.9 }, { value: 0.9, samples: 1000 }, 'not_shown clopper_pearson'],
    ['a little short', { at_least: 0.9 }, { value: 0.885, samples: 1000 }, 'not_shown clopper_pearson 1177'],
    ['too short by far', { at_least: 0.9 }, { value: 0.88, samples: 1000 }, 'beyond_bound clopper_pearson'],
    ['0.91 on 40', { at_least: 0.9 }, { value: 0.925, samples: 40 }, 'not_shown clopper_pearson 410'],
    ['0 of 50 is not below 2%', { at_most: 0.02 }, rate(0, 50), 'not_shown clopper_pearson 149'],
    ['0 of 148', { at_most: 0.02 }, rate(0, 148), 'not_shown clopper_pearson 149'],
    ['0 of 149', { at_most: 0.02 }, rate(0, 149), 'within_bound clopper_pearson'],
    ['all of 149', { at_most: 0.02 }, rate(1, 149), 'beyond_bound clopper_pearson'],
    ['all of 28 is not 0.9', { at_least: 0.9 }, { value: 1, samples: 28 }, 'not_shown clopper_pearson 29'],
    ['all of 29 is', { at_least: 0.9 }, { value: 1, samples: 29 }, 'within_bound clopper_pearson'],
    ['one of one', { at_least: 0.9 }, { value: 1, samples: 1 }, 'not_shown clopper_pearson 29'],
    ['perfection is never shown', { at_least: 1 }, { value: 1, samples: 1e6 }, 'not_shown clopper_pearson'],
    ['no sample at all', { at_least: 0.9 }, { value: 1, samples: 0 }, 'nothing_shown no_samples'],
    [
      'between, inside',
      { between: [0.85, 0.95] },
      { value: 0.9, samples: 1000 },
      'within_bound clopper_pearson',
    ],
    [
      'between, one end open',
      { between: [0.89, 0.99] },
      { value: 0.9, samples: 1000 },
      'not_shown clopper_pearson 2704',
    ],
    [
      'between, beyond',
      { between: [0.5, 0.8] },
      { value: 0.9, samples: 1000 },
      'beyond_bound clopper_pearson',
    ],
    [
      'in percent',
      { at_least: 90, unit: 'percent' },
      { value: 91.6, samples: 1000, unit: 'percent' },
      'within_bound clopper_pearson',
    ],
    [
      'a fraction asked in percent',
      { at_least: 90, unit: 'percent' },
      { value: 0.915, samples: 1000, unit: 'fraction' },
      'not_shown clopper_pearson 1118',
    ],
    [
      'percent by its size',
      { at_least: 90 },
      { value: 91.6, samples: 1000, unit: 'unknown' },
      'within_bound clopper_pearson',
    ],
    [
      'a metric that nobody knows, by its own counts',
      { metric: 'resolved', at_least: 0.9 },
      { metric: 'resolved', value: 0.916, samples: 1000, successes: 916 },
      'within_bound clopper_pearson',
    ],
    [
      'a metric that nobody knows, without successes',
      { metric: 'resolved', at_least: 0.9 },
      { metric: 'resolved', value: 0.916, samples: 1000 },
      'nothing_shown nothing_known',
    ],
    [
      'f1 is no proportion, whatever stands beside it',
      { metric: 'f1', at_least: 0.9 },
      { metric: 'f1', value: 0.95, samples: 1000, successes: 950 },
      'nothing_shown nothing_known',
    ],
    [
      'a value that no count of these samples comes to',
      { at_least: 0.5 },
      { value: 0.9876, samples: 10 },
      'nothing_shown counts_differ',
    ],
    [
      'successes that are not this value',
      { at_least: 0.5 },
      { value: 0.9, samples: 100, successes: 97 },
      'nothing_shown counts_differ',
    ],
    [
      'ten generations of one prompt are not ten samples',
      { at_least: 0.9 },
      { value: 0.916, samples: 1000, clusters: 100 },
      'nothing_shown clustered',
    ],
    [
      'nor where none of them is a hit, which their prompts show',
      { at_most: 0.02 },
      { ...rate(0, 1000), clusters: 100 },
      'not_shown clopper_pearson_clusters 1490',
    ],
    [
      '148 prompts',
      { at_most: 0.02 },
      { ...rate(0, 1480), clusters: 148 },
      'not_shown clopper_pearson_clusters 1490',
    ],
    [
      '149 prompts',
      { at_most: 0.02 },
      { ...rate(0, 1490), clusters: 149 },
      'within_bound clopper_pearson_clusters',
    ],
    [
      'all of 29 clusters',
      { at_least: 0.9 },
      { value: 1, samples: 58, clusters: 29 },
      'within_bound clopper_pearson_clusters',
    ],
    [
      'all of 28 clusters',
      { at_least: 0.9 },
      { value: 1, samples: 56, clusters: 28 },
      'not_shown clopper_pearson_clusters 58',
    ],
    [
      'every prompt hit',
      { at_most: 0.02 },
      { ...rate(1, 20), clusters: 2 },
      'beyond_bound clopper_pearson_clusters',
    ],
    ['no prompt at all', { at_most: 0.02 }, { ...rate(0, 20), clusters: 0 }, 'nothing_shown clustered'],
    ['one hit', { at_most: 0.02 }, { ...rate(0.001, 1000), clusters: 100 }, 'nothing_shown clustered'],
    [
      'what the tool itself says of clusters comes first',
      { at_most: 0.02 },
      { ...rate(0, 1000), clusters: 100, interval: { low: 0, high: 0.01, level: 0.95, sides: 1 } },
      'within_bound reported',
    ],
  ])('%s', (_, given, measurement, expected) => {
    expect(said(answered(given, measurement))).toBe(expected)
  })

  test('of a rounded value the worst that prints alike counts', () => {
    // 0.917 of 11,999 may be 10,998 or 11,009 successes.
    const answer = answered({ at_least: 0.9 }, { value: 0.917, samples: 11_999 })
    if (answer.code !== 'within_bound') throw new Error(answer.code)

    expect(answer.shown?.low).toBeCloseTo(0.9123, 4)
    expect(answer.shown?.high).toBeCloseTo(0.9216, 4)
  })
})

describe('other sources, in their order', () => {
  const auc = { metric: 'roc_auc', value: 0.9 } as const
  test.each<readonly [string, object, Partial<Measurement>, string]>([
    ['nothing known', { at_least: 0.85 }, auc, 'nothing_shown nothing_known'],
    [
      'a count that is no denominator',
      { at_least: 0.85 },
      { ...auc, samples: 100 },
      'nothing_shown nothing_known',
    ],
    ['an error alone: normal', { at_least: 0.85 }, { ...auc, stderr: 0.02 }, 'within_bound normal'],
    ['too large an error', { at_least: 0.85 }, { ...auc, stderr: 0.04 }, 'not_shown normal'],
    [
      'an error with samples: t',
      { at_least: 0.85 },
      { ...auc, stderr: 0.02, samples: 500 },
      'within_bound t',
    ],
    [
      't of few is wider: 2.13 errors of 5, not 1.64',
      { at_least: 0.86 },
      { ...auc, stderr: 0.02, samples: 5 },
      'not_shown t 6',
    ],
    ['an error of 0 proves nothing', { at_least: 0.85 }, { ...auc, stderr: 0 }, 'nothing_shown no_spread'],
    ['an error of one', { at_least: 0.85 }, { ...auc, stderr: 0.01, samples: 1 }, 'nothing_shown one_sample'],
    ['far beyond', { at_least: 0.95 }, { ...auc, stderr: 0.01 }, 'beyond_bound normal'],
    [
      'the tool before its error',
      { at_least: 0.85 },
      { ...auc, stderr: 0.001, interval: { low: 0.84, high: 0.95, level: 0.9, sides: 2 } },
      'not_shown reported',
    ],
    [
      '90% on both sides is 95% on one',
      { at_least: 0.85 },
      { ...auc, interval: { low: 0.86, high: 0.95, level: 0.9, sides: 2 } },
      'within_bound reported',
    ],
    [
      '90% on one side is not',
      { at_least: 0.85 },
      { ...auc, interval: { low: 0.86, high: 1, level: 0.9, sides: 1 } },
      'nothing_shown level_too_low',
    ],
    [
      'less sure than asked, and then by the error',
      { at_least: 0.85 },
      { ...auc, stderr: 0.02, interval: { low: 0.86, high: 0.95, level: 0.8, sides: 2 } },
      'within_bound normal',
    ],
    [
      'an interval of something else',
      { at_least: 0.85 },
      { ...auc, interval: { low: 0.91, high: 0.95, level: 0.95, sides: 2 } },
      'nothing_shown interval_off',
    ],
    [
      'counts before everything else',
      { at_least: 0.9 },
      {
        value: 0.916,
        samples: 1000,
        stderr: 1e-6,
        interval: { low: 0.8, high: 0.99, level: 0.95, sides: 2 },
      },
      'within_bound clopper_pearson',
    ],
    [
      'clusters with an error over them: t',
      { at_least: 0.9 },
      { value: 0.95, samples: 1000, clusters: 20, stderr: 0.02 },
      'within_bound t',
    ],
    [
      'clusters widen it',
      { at_least: 0.9 },
      { value: 0.95, samples: 1000, clusters: 3, stderr: 0.02 },
      'not_shown t 1365',
    ],
    ['a value that is no number', { at_least: 0.85 }, { ...auc, value: Number.NaN }, 'not_a_number'],
  ])('%s', (_, given, measurement, expected) => {
    expect(said(answered(given, measurement))).toBe(expected)
  })

  test('bounds end where the metric does', () => {
    const answer = answered({ at_least: 0.85 }, { ...auc, value: 0.99, stderr: 0.02 })
    if (answer.code !== 'within_bound') throw new Error(answer.code)

    expect(answer.shown?.high).toBe(1)
  })

  test('an interval is told in the unit of the bound', () => {
    const answer = answered(
      { at_least: 90, unit: 'percent' },
      { ...auc, unit: 'fraction', value: 0.95, stderr: 0.01 },
    )
    if (answer.code !== 'within_bound') throw new Error(answer.code)

    expect(answer.shown?.low).toBeCloseTo(95 - 1.645, 2)
  })
})

describe('without a confidence', () => {
  test('the value decides, and the 95% interval stands beside it', () => {
    const answer = answered({ at_least: 0.9, confidence: undefined }, { value: 0.9, samples: 1000 })

    expect(answer).toMatchObject({
      code: 'within_bound',
      shown: { method: 'clopper_pearson', confidence: 0.975, low: expect.closeTo(0.8797, 4) },
    })
  })

  test('the interval of the tool stands there at its own level', () => {
    const answer = answered(
      { at_least: 0.9, confidence: undefined },
      { metric: 'roc_auc', value: 0.91, interval: { low: 0.89, high: 0.93, level: 0.8, sides: 2 } },
    )

    expect(answer).toMatchObject({ code: 'within_bound', shown: { method: 'reported', confidence: 0.9 } })
  })

  test('how far it misses is told in decimals', () => {
    const answer = answered({ at_least: 0.9, confidence: undefined }, { value: 0.893, samples: 1000 })

    expect(answer).toMatchObject({ code: 'beyond_bound', off: 0.007 })
  })
})

describe('what no confidence changes', () => {
  test('each member has its own bound', () => {
    const members = [
      aMeasurement({ value: 0.95, samples: 1000, labels: { task: 'a' } }),
      aMeasurement({ value: 0.95, samples: 40, labels: { task: 'b' } }),
    ]
    const answer = answerMetric(asks({ at_least: 0.9, for_each: 'task', count: 2 }), aContext(members))

    expect(answer).toMatchObject({
      code: 'members_undecided',
      members: [{ answer: { code: 'within_bound' } }, { answer: { code: 'not_shown' } }],
    })
  })

  test('min_samples still holds', () => {
    const answer = answered({ at_least: 0.5, min_samples: 1001 }, { value: 0.9, samples: 1000 })

    expect(answer.code).toBe('too_few_samples')
  })

  test('a number of samples that is none is never enough', () => {
    const answer = answered({ at_least: 0.5, min_samples: 10 }, { value: 0.9, samples: Number.NaN })

    expect(answer.code).toBe('too_few_samples')
  })

  test('no sample shows exactly one value', () => {
    expect(MetricCheck.safeParse({ ...asks({ at_least: 1 }), at_least: undefined, equals: 1 }).success).toBe(
      false,
    )
  })
})
