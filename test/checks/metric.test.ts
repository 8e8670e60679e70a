import { describe, expect, test } from 'vitest'
import { answerMetric, MetricCheck } from '../../src/checks/metric.ts'
import type { Answer } from '../../src/core/answer.ts'
import type { Trust } from '../../src/core/evidence.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import { aMeasurement } from '../support/build.ts'
import { aContext, anEvidence } from '../support/facts.ts'

const base = { id: 'a', control: 'performance', check: 'metric', metric: 'accuracy' } as const
const asks = (given: object): MetricCheck => MetricCheck.parse({ ...base, ...given })

describe('one measurement', () => {
  test.each<readonly [string, object, Measurement, Answer['code']]>([
    ['on the bound', { at_least: 0.93 }, aMeasurement(), 'within_bound'],
    ['beyond the bound', { at_least: 0.9300001 }, aMeasurement(), 'beyond_bound'],
    ['at most', { at_most: 0.93 }, aMeasurement(), 'within_bound'],
    ['at most, beyond', { at_most: 0.92 }, aMeasurement(), 'beyond_bound'],
    ['between', { between: [0.9, 0.93] }, aMeasurement(), 'within_bound'],
    ['between, beyond', { between: [0.94, 0.95] }, aMeasurement(), 'beyond_bound'],
    ['equals', { equals: 0.93 }, aMeasurement(), 'within_bound'],
    ['equals not', { equals: 0.9 }, aMeasurement(), 'beyond_bound'],
    ['a bound of 0 is a bound', { at_least: 0 }, aMeasurement(), 'within_bound'],
    ['a bound of 0 from above', { at_most: 0 }, aMeasurement(), 'beyond_bound'],
    ['another metric', { metric: 'f1', at_least: 0 }, aMeasurement(), 'no_measurement'],
    ['another dataset', { dataset: 'other', at_least: 0 }, aMeasurement(), 'no_measurement'],
    ['its dataset', { dataset: 'holdout', at_least: 0 }, aMeasurement(), 'within_bound'],
    [
      'its dataset as a label',
      { where: { dataset: 'holdout' }, at_least: 0 },
      aMeasurement(),
      'within_bound',
    ],
    [
      'a number as a label',
      { where: { seed: 1 }, at_least: 0 },
      aMeasurement({ labels: { seed: '1' } }),
      'within_bound',
    ],
    [
      'a truth value as a label',
      { where: { quick: true }, at_least: 0 },
      aMeasurement({ labels: { quick: 'true' } }),
      'within_bound',
    ],
    ['enough samples', { at_least: 0, min_samples: 1000 }, aMeasurement(), 'within_bound'],
    ['too few samples', { at_least: 0, min_samples: 1001 }, aMeasurement(), 'too_few_samples'],
    [
      'too few samples, although it misses',
      { at_least: 1, min_samples: 1001 },
      aMeasurement(),
      'too_few_samples',
    ],
    ['no number of samples', { at_least: 0, min_samples: 1 }, lacking('samples'), 'samples_unknown'],
    ['no samples at all', { at_least: 0, min_samples: 1 }, aMeasurement({ samples: 0 }), 'too_few_samples'],
    ['percent or not', { at_least: 0.9 }, aMeasurement({ value: 93, unit: 'unknown' }), 'unit_unclear'],
    ['percent by unit', { at_least: 90, unit: 'percent' }, aMeasurement(), 'within_bound'],
    ['another unit', { at_least: 0.9, unit: 'ms' }, aMeasurement(), 'unit_differs'],
    ['above its range', { at_least: 0.9 }, aMeasurement({ value: 1.1 }), 'out_of_range'],
  ])('%s', (_, given, measurement, expected) => {
    const answer = answerMetric(asks(given), aContext([measurement]))

    expect(answer.code).toBe(expected)
  })

  test('an answer carries what was observed and asked', () => {
    const observed = aMeasurement({ value: 92.5, unit: 'percent' })

    const answer = answerMetric(asks({ at_least: 0.9, unit: 'fraction' }), aContext([observed]))

    expect(answer).toEqual({
      code: 'within_bound',
      outcome: 'met',
      observed,
      bound: { kind: 'at_least', value: 0.9 },
      unit: 'fraction',
      shown: {
        method: 'clopper_pearson',
        confidence: 0.975,
        low: expect.closeTo(0.907, 3),
        high: expect.closeTo(0.9406, 3),
      },
    })
  })

  test('two measurements are neither', () => {
    const answer = answerMetric(asks({ at_least: 0 }), aContext([aMeasurement(), aMeasurement()]))

    expect(answer).toMatchObject({ code: 'ambiguous', outcome: 'undecided' })
  })

  test('two files with one measurement each are two measurements', () => {
    const evidence = [anEvidence({ path: 'a.json' }), anEvidence({ path: 'b.json' })]

    const answer = answerMetric(asks({ at_least: 0 }), aContext([], { evidence }))

    expect(answer).toMatchObject({
      code: 'ambiguous',
      choose: [{ file: 'a.json' }, { file: 'b.json' }],
    })
  })
})

describe('trust', () => {
  test.each<readonly [Trust, Trust, Answer['code']]>([
    ['typed', 'typed', 'within_bound'],
    ['produced', 'typed', 'within_bound'],
    ['signed', 'typed', 'within_bound'],
    ['typed', 'produced', 'trust_too_low'],
    ['produced', 'produced', 'within_bound'],
    ['signed', 'produced', 'within_bound'],
    ['typed', 'signed', 'trust_too_low'],
    ['produced', 'signed', 'trust_too_low'],
    ['signed', 'signed', 'within_bound'],
  ])('%s where %s is wanted', (found, wanted, expected) => {
    const evidence = [
      anEvidence({ path: 'other.json', trust: 'signed', measurements: [aMeasurement({ metric: 'f1' })] }),
      anEvidence({ trust: found }),
      anEvidence({ path: 'third.json', trust: 'typed', measurements: [] }),
    ]

    const answer = answerMetric(asks({ at_least: 0.9 }), aContext([], { evidence, trust: wanted }))

    expect(answer.code).toBe(expected)
  })

  test('a miss that is not trusted is no miss', () => {
    const answer = answerMetric(asks({ at_least: 1 }), aContext([aMeasurement()], { trust: 'produced' }))

    expect(answer).toMatchObject({ code: 'trust_too_low', found: 'typed', wanted: 'produced' })
  })
})

describe('members', () => {
  const task = (name: string, value: number, given: Partial<Measurement> = {}) =>
    aMeasurement({ value, labels: { task: name }, ...given })
  const all = [task('a', 0.9), task('b', 0.8), task('c', 0.7)]

  test.each<readonly [string, object, readonly Measurement[], object]>([
    ['all hold', { of: ['a', 'b', 'c'], at_least: 0.7 }, all, { code: 'members_met', label: 'task' }],
    ['one misses', { of: ['a', 'b', 'c'], at_least: 0.71 }, all, { code: 'members_unmet', outcome: 'unmet' }],
    [
      'one is missing',
      { of: ['a', 'b', 'd'], at_least: 0 },
      all,
      {
        code: 'members_missing',
        missing: ['d'],
        found: 2,
        wanted: 3,
      },
    ],
    [
      'one is missing, although another misses',
      { of: ['a', 'd'], at_least: 1 },
      all,
      { code: 'members_missing' },
    ],
    ['those not asked for decide nothing', { of: ['a'], at_least: 0.9 }, all, { code: 'members_met' }],
    ['their number', { count: 3, at_least: 0.7 }, all, { code: 'members_met' }],
    [
      'combine: all is what it does anyway',
      { count: 3, combine: 'all', at_least: 0.7 },
      all,
      { code: 'members_met' },
    ],
    [
      'too few',
      { count: 4, at_least: 0.7 },
      all,
      { code: 'members_missing', missing: [], found: 3, wanted: 4 },
    ],
    [
      'too many',
      { count: 2, at_least: 0.7 },
      all,
      { code: 'members_missing', missing: [], found: 3, wanted: 2 },
    ],
    ['none', { count: 1, at_least: 0.7 }, [], { code: 'members_missing', found: 0, wanted: 1 }],
    [
      'the average without the label is no member',
      { count: 3, at_least: 0.7 },
      [...all, aMeasurement({ value: 0.1 })],
      {
        code: 'members_met',
      },
    ],
    [
      'another metric is no member',
      { count: 3, at_least: 0.7 },
      [...all, task('d', 0.1, { metric: 'f1' })],
      {
        code: 'members_met',
      },
    ],
    [
      'within the labels asked for',
      { count: 1, where: { task: 'a' }, at_least: 0.9 },
      all,
      { code: 'members_met' },
    ],
    [
      'a member twice',
      { count: 3, at_least: 0 },
      [...all, task('a', 0.95)],
      {
        code: 'members_undecided',
        members: [
          { member: 'a', answer: { code: 'ambiguous' } },
          { member: 'b', answer: { code: 'within_bound' } },
          { member: 'c', answer: { code: 'within_bound' } },
        ],
      },
    ],
    [
      'a miss beats a doubt',
      { count: 3, at_least: 0.75 },
      [...all, task('a', 0.95)],
      { code: 'members_unmet' },
    ],
    [
      'too few samples of one',
      { count: 3, at_least: 0, min_samples: 1000 },
      [task('a', 0.9), task('b', 0.9), task('c', 0.9, { samples: 999 })],
      { code: 'members_undecided' },
    ],
    [
      'every file is a member',
      { for_each: 'file', count: 1, at_least: 0.7 },
      [task('a', 0.9)],
      {
        code: 'members_met',
        members: [{ member: task('a', 0).source.path }],
      },
    ],
  ])('%s', (_, given, measurements, expected) => {
    const answer = answerMetric(asks({ for_each: 'task', ...given }), aContext(measurements))

    expect(answer).toMatchObject(expected)
  })

  test('the order of evidence does not matter', () => {
    const criterion = asks({ for_each: 'task', count: 3, at_least: 0.75 })

    const one = answerMetric(criterion, aContext(all))
    const other = answerMetric(criterion, aContext(all.toReversed()))

    expect(one).toEqual(other)
  })

  test('a member of low trust decides nothing', () => {
    const criterion = asks({ for_each: 'task', count: 3, at_least: 0 })

    const answer = answerMetric(criterion, aContext(all, { trust: 'signed' }))

    expect(answer.code).toBe('members_undecided')
  })
})

describe('members that nothing attacked', () => {
  const under = (attack: string, value = 0.9, label = 'attack') =>
    aMeasurement({ value, labels: { [label]: attack } })
  const clean = under('clean', 0.95)
  const [pgd, fog] = [under('pgd', 0.6), under('fog', 0.5)]

  test.each<readonly [string, object, readonly Measurement[], object]>([
    [
      'the clean run alone',
      { count: 1, at_least: 0.5 },
      [clean],
      { code: 'members_missing', missing: [], found: 0, wanted: 1, unattacked: ['clean'] },
    ],
    [
      'by any of its names',
      { count: 3, at_least: 0.5 },
      ['no_attack', 'None', '0'].map((name) => under(name)),
      { code: 'members_missing', found: 0 },
    ],
    [
      'beside an attack, it does not count',
      { count: 2, at_least: 0.5 },
      [clean, pgd],
      { code: 'members_missing', found: 1, unattacked: ['clean'] },
    ],
    [
      'beside enough, it is shown',
      { count: 2, at_least: 0.5 },
      [clean, pgd, fog],
      { code: 'members_met', members: [{ member: 'fog' }, { member: 'pgd' }], unattacked: ['clean'] },
    ],
    [
      'what nothing attacked need not hold',
      { count: 2, at_most: 0.7 },
      [clean, pgd, fog],
      { code: 'members_met' },
    ],
    [
      'who names it has it judged',
      { of: ['clean', 'pgd'], at_least: 0.7 },
      [clean, pgd],
      { code: 'members_unmet' },
    ],
    [
      'it lifts no mean',
      { count: 2, combine: 'mean', at_least: 0.6 },
      [clean, pgd, fog],
      { code: 'beyond_bound', observed: { value: 0.55 } },
    ],
    [
      'nor where it is named',
      { of: ['clean', 'pgd', 'fog'], combine: 'mean', at_least: 0.6 },
      [clean, pgd, fog],
      { code: 'beyond_bound', observed: { value: 0.55 } },
    ],
    ['alone it is what was named', { of: ['clean'], at_least: 0.9 }, [clean], { code: 'members_met' }],
    [
      'and its mean is its own',
      { of: ['clean'], combine: 'mean', at_least: 0.9 },
      [clean],
      { code: 'within_bound' },
    ],
    [
      'another label has members by any name',
      { for_each: 'task', count: 1, at_least: 0.5 },
      [under('baseline', 0.9, 'task')],
      { code: 'members_met' },
    ],
    [
      'a word for a spoiled input, of a control that asks for it',
      { control: 'robustness', for_each: 'noise', count: 1, at_least: 0.5 },
      [under('none', 0.9, 'noise')],
      { code: 'members_missing', found: 0 },
    ],
    [
      'and of another control it may be a shift',
      { control: 'fairness', for_each: 'shift', count: 1, at_least: 0.5 },
      [under('regular', 0.9, 'shift')],
      { code: 'members_met' },
    ],
  ])('%s', (_, given, measurements, expected) => {
    expect(answerMetric(asks({ for_each: 'attack', ...given }), aContext(measurements))).toMatchObject(
      expected,
    )
  })

  test('where everything is attacked nothing more is said', () => {
    expect(
      answerMetric(asks({ for_each: 'attack', count: 2, at_least: 0 }), aContext([pgd, fog])),
    ).not.toHaveProperty('unattacked')
  })
})

function lacking(key: 'samples'): Measurement {
  const { [key]: _, ...rest } = aMeasurement()
  return rest
}
