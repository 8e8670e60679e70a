import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { answerDisparity, DisparityCheck } from '../../src/checks/disparity.ts'
import type { Exams } from '../../src/checks/exam.ts'
import type { Answer } from '../../src/core/answer.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import { plain } from '../../src/render/sentence.ts'
import { answerWords } from '../../src/render/words-answers.ts'
import { aMeasurement, aSource } from '../support/build.ts'
import { aContext } from '../support/facts.ts'

const base = { id: 'parity', control: 'fairness', check: 'disparity', metric: 'selection_rate' } as const
const asks = (given: object): DisparityCheck =>
  DisparityCheck.parse({ ...base, across: ['sex'], as: 'ratio', at_least: 0.8, ...given })

let pointer = 0
/** So many of a group who got the outcome. */
function rate(labels: Record<string, string>, successes: number, samples: number, metric = 'selection_rate') {
  pointer += 1
  return aMeasurement({
    ...{ metric, value: successes / samples, successes, samples, labels },
    source: aSource({ pointer: `/${pointer}` }),
  })
}
const women = (successes: number, samples = 1000) => rate({ sex: 'F' }, successes, samples)
const men = (successes: number, samples = 1000) => rate({ sex: 'M' }, successes, samples)

function judged(given: object, measurements: readonly Measurement[], exams?: Partial<Exams>): Answer {
  const context = aContext(measurements)
  return answerDisparity(asks(given), { ...context, exams: { ...context.exams, ...exams } })
}

describe('the value decides without a confidence', () => {
  test.each<readonly [string, object, readonly Measurement[], Answer['code']]>([
    ['a ratio on the bound', {}, [women(400), men(500)], 'gap_within'],
    ['a ratio beyond the bound', {}, [women(399), men(500)], 'gap_beyond'],
    ['whichever is the lower one', {}, [women(500), men(399)], 'gap_beyond'],
    [
      'a difference on the bound',
      { as: 'difference', at_least: undefined, at_most: 0.1 },
      [women(400), men(500)],
      'gap_within',
    ],
    [
      'a difference beyond',
      { as: 'difference', at_least: undefined, at_most: 0.1 },
      [women(399), men(500)],
      'gap_beyond',
    ],
    ['none of one group', {}, [women(0), men(500)], 'gap_beyond'],
    ['none of either group', {}, [women(0), men(0)], 'gap_undefined'],
    ['one group alone', {}, [women(400)], 'no_groups'],
    ['no group', {}, [rate({}, 400, 1000)], 'no_groups'],
    ['another metric', { metric: 'recall' }, [women(400), men(500)], 'no_groups'],
    ['a group twice', {}, [women(400), women(410), men(500)], 'group_undecided'],
    ['a group that is no number', {}, [{ ...women(400), value: Number.NaN }, men(500)], 'group_undecided'],
    [
      'a third group that is treated otherwise',
      {},
      [women(450), men(500), rate({ sex: 'X' }, 10, 100)],
      'gap_beyond',
    ],
    [
      'only some groups',
      { groups: ['F', 'M'] },
      [women(450), men(500), rate({ sex: 'X' }, 10, 100)],
      'gap_within',
    ],
    [
      'a group that was asked for and is not there',
      { groups: ['F', 'X'] },
      [women(450), men(500)],
      'groups_missing',
    ],
    ['a group that is too small', { min_samples: 100 }, [women(45, 99), men(500)], 'group_too_small'],
    ['groups that are the whole', {}, [rate({}, 900, 2000), women(450), men(450)], 'gap_within'],
    [
      'groups that are not the whole',
      {},
      [rate({}, 950, 2100), women(450), men(450)],
      'groups_do_not_add_up',
    ],
    ['against a group that is better off', { reference: 'M' }, [women(500), men(400)], 'gap_within'],
    ['against a group', { reference: 'M' }, [women(300), men(400)], 'gap_beyond'],
    ['against a group that is not there', { reference: 'X' }, [women(400), men(400)], 'groups_missing'],
    [
      'between, against a group',
      { reference: 'M', at_least: undefined, between: [0.8, 1.25] },
      [women(501), men(400)],
      'gap_beyond',
    ],
  ])('%s', (_, given, measurements, code) => {
    expect(judged(given, measurements).code).toBe(code)
  })

  test.each<readonly [string, string, readonly Measurement[], Answer['code']]>([
    ['demographic parity is of selection rates', 'demographic_parity', [women(300), men(500)], 'gap_beyond'],
    [
      'equal opportunity is of true positive rates',
      'equal_opportunity',
      [rate({ sex: 'F' }, 30, 100, 'recall'), rate({ sex: 'M' }, 50, 100, 'recall')],
      'gap_beyond',
    ],
    [
      'equalized odds is of both rates',
      'equalized_odds',
      [
        rate({ sex: 'F' }, 50, 100, 'recall'),
        rate({ sex: 'M' }, 50, 100, 'recall'),
        rate({ sex: 'F' }, 30, 100, 'false_positive_rate'),
        rate({ sex: 'M' }, 50, 100, 'false_positive_rate'),
      ],
      'gap_beyond',
    ],
    [
      'and is not judged by one of them',
      'equalized_odds',
      [rate({ sex: 'F' }, 50, 100, 'recall'), rate({ sex: 'M' }, 50, 100, 'recall')],
      'no_groups',
    ],
  ])('%s', (_, metric, measurements, code) => {
    expect(judged({ metric }, measurements).code).toBe(code)
  })
})

describe('intersections', () => {
  const cells = (rates: Record<string, number>) =>
    Object.entries(rates).map(([name, successes]) => {
      const [sex = '', race = ''] = name.split(' ')
      return rate({ sex, race }, successes, 100)
    })

  test('are groups of their own, and say nothing of the single attributes', () => {
    const all = [...cells({ 'F A': 30, 'F B': 60, 'M A': 60, 'M B': 30 }), women(90, 200), men(90, 200)]

    expect(judged({ across: ['sex'] }, [women(90, 200), men(90, 200)]).code).toBe('gap_within')
    expect(judged({ across: ['sex', ['sex', 'race']] }, all)).toMatchObject({
      code: 'gap_beyond',
      gaps: [{ one: 'F × A', other: 'F × B' }, {}, {}, {}, {}, {}, {}, {}, {}, {}],
      pairs: 14,
    })
  })

  test('of pinned groups must all be there', () => {
    const pinned = new Map([
      ['holdout', { digest: 'sha256:1', groups: { sex: ['F', 'M'], race: ['A', 'B'] } }],
    ])
    const given = [{ name: 'holdout', digest: 'sha256:1' }]
    const exams = { pinned, given, trained: [{ name: 'train', digest: 'sha256:2' }] }
    const some = cells({ 'F A': 50, 'F B': 50, 'M A': 50 }).map((one) => ({
      ...one,
      labels: { ...one.labels, dataset: 'holdout' },
    }))

    expect(judged({ across: [['sex', 'race']], dataset: 'holdout' }, some, exams)).toMatchObject({
      code: 'groups_missing',
      missing: ['M × B'],
    })
  })
})

describe('an exam that pins the groups and the favourable outcome', () => {
  const exams = (more: object): Partial<Exams> => ({
    pinned: new Map([['holdout', { digest: 'sha256:1', ...more }]]),
    given: [{ name: 'holdout', digest: 'sha256:1' }],
    trained: [{ name: 'train', digest: 'sha256:2' }],
  })
  const on = (one: Measurement) => ({ ...one, labels: { ...one.labels, dataset: 'holdout' } })
  const both = [on(women(900)), on(men(950))]

  test('a part of a group stands for no group, also by an attribute that only the exam knows', () => {
    const pinned = exams({ groups: { sex: ['F', 'M'], race: ['A', 'B'] } })
    const found = [
      rate({ dataset: 'holdout', sex: 'F', race: 'A' }, 500, 1000),
      rate({ dataset: 'holdout', sex: 'M' }, 500, 1000),
    ]

    expect(judged({ dataset: 'holdout' }, found, pinned)).toMatchObject({
      ...{ code: 'groups_missing', missing: ['F'], unexpected: [] },
    })
  })

  test('a group that is not pinned is not dropped', () => {
    const third = on(rate({ sex: 'X' }, 90, 100))
    expect(
      judged({ dataset: 'holdout' }, [...both, third], exams({ groups: { sex: ['F', 'M'] } })),
    ).toMatchObject({
      code: 'groups_missing',
      unexpected: ['X'],
    })
  })

  test('where the negative outcome is the good one, its rates are compared', () => {
    expect(judged({ dataset: 'holdout' }, both, exams({})).code).toBe('gap_within')
    expect(judged({ dataset: 'holdout' }, both, exams({ inverted: true }))).toMatchObject({
      code: 'gap_beyond',
      gaps: [{ one: 'M', other: 'F', value: 0.5 }, {}],
    })
  })
})

describe('a confidence', () => {
  const sure = { confidence: 0.95 }

  test.each<readonly [string, object, readonly Measurement[], Answer['code']]>([
    ['many samples show it', sure, [women(5000, 10_000), men(5000, 10_000)], 'gap_within'],
    ['few samples do not', sure, [women(50, 100), men(50, 100)], 'gap_not_shown'],
    ['a miss that may be chance', sure, [women(38, 100), men(50, 100)], 'gap_not_shown'],
    ['a miss that is none', sure, [women(3000, 10_000), men(5000, 10_000)], 'gap_beyond'],
    ['no counts and no error', sure, [{ ...bare(women(500)) }, bare(men(500))], 'gap_nothing_shown'],
    [
      'standard errors',
      { ...sure, metric: 'f1' },
      [error('F', 0.8, 0.005), error('M', 0.82, 0.005)],
      'gap_within',
    ],
    [
      'standard errors of 0',
      { ...sure, metric: 'f1' },
      [error('F', 0.8, 0), error('M', 0.82, 0)],
      'gap_nothing_shown',
    ],
    ['clusters', sure, [{ ...women(5000, 10_000), clusters: 10 }, men(5000, 10_000)], 'gap_nothing_shown'],
    [
      'a difference',
      { ...sure, as: 'difference', at_least: undefined, at_most: 0.05 },
      [women(5000, 10_000), men(5100, 10_000)],
      'gap_within',
    ],
  ])('%s', (_, given, measurements, code) => {
    expect(judged(given, measurements).code).toBe(code)
  })

  test('a claim that some pair exceeds the bound is corrected for the number of pairs', () => {
    // Alone the two would be shown to differ too much; among many groups such a pair comes up by chance.
    const two = [rate({ sex: 'A' }, 150, 500), rate({ sex: 'B' }, 230, 500)]
    const others = Array.from({ length: 8 }, (_, index) => rate({ sex: `G${index}` }, 200, 500))

    expect(judged(sure, two).code).toBe('gap_beyond')
    expect(judged(sure, [...two, ...others]).code).toBe('gap_not_shown')
  })
})

function bare({ samples: _, successes: __, ...rest }: Measurement): Measurement {
  return rest
}

function error(sex: string, value: number, stderr: number): Measurement {
  pointer += 1
  return aMeasurement({
    ...{ metric: 'f1', value, stderr, labels: { sex } },
    source: aSource({ pointer: `/${pointer}` }),
  })
}

describe('what can not be asked', () => {
  test.each<readonly [object, string]>([
    [{ at_least: undefined, at_most: 0.8 }, 'at_least beside a ratio'],
    [{ as: 'difference' }, 'at_most beside a difference'],
    [{ at_least: undefined, equals: 1 }, 'no two groups are equal'],
    [{ at_least: undefined, between: [0.8, 1.2] }, 'between only beside a reference group'],
    [{ across: ['sex', 'race'], groups: ['A', 'B'] }, 'groups only beside one attribute'],
    [{ across: ['sex', 'race'], reference: 'A' }, 'a group only beside one attribute'],
  ])('%j', (given, message) => {
    const parsed = DisparityCheck.safeParse({
      ...base,
      across: ['sex'],
      as: 'ratio',
      at_least: 0.8,
      ...given,
    })

    expect(parsed.error?.issues.map((issue) => issue.message).join()).toContain(message)
  })
})

const COMPAS = new URL('../../../shared/samples/predictions/compas_for_aequitas.csv', import.meta.url)

/**
 * ProPublica, "How We Analyzed the COMPAS Recidivism Algorithm" (2016): false positives 44.85% of African-American and
 * 23.45% of Caucasian defendants who did not reoffend, false negatives 27.99% and 47.72% of those who did.
 */
describe.skipIf(!existsSync(COMPAS))('COMPAS at decile 5 and more', () => {
  function measured(): readonly Measurement[] {
    const rows = readFileSync(COMPAS, 'utf8').trim().split('\n').slice(1)
    const cells = rows.map((row) => row.split(','))
    return ['African-American', 'Caucasian'].flatMap((race) =>
      [['false_positive_rate', '0', '1.0'] as const, ['false_negative_rate', '1', '0.0'] as const].map(
        ([metric, label, score]) => {
          const group = cells.filter((row) => row[3] === race && row[2] === label)
          const wrong = group.filter((row) => row[1] === score)
          return rate({ race }, wrong.length, group.length, metric)
        },
      ),
    )
  }

  test('has the rates that were published, and is no parity', () => {
    const found = measured()

    expect(found.map(({ metric, labels, value }) => [metric, labels.race, (100 * value).toFixed(2)])).toEqual(
      [
        ['false_positive_rate', 'African-American', '44.85'],
        ['false_negative_rate', 'African-American', '27.99'],
        ['false_positive_rate', 'Caucasian', '23.45'],
        ['false_negative_rate', 'Caucasian', '47.72'],
      ],
    )
    const answer = judged({ metric: 'false_positive_rate', across: ['race'], confidence: 0.95 }, found)
    expect(answer.code).toBe('gap_beyond')
    expect(plain(answerWords(answer).says)).toBe(
      'the ratio of `false_positive_rate` by `race` is 0.523 for `Caucasian` (0.2345, n = 1,488) against `African-American` (0.4485, n = 1,795), at confidence 0.95 at most 0.571 (Koopman) and must be at least 0.8: it misses by 0.277',
    )
  })
})

describe('evidence of another model', () => {
  const about = (given: object, own: readonly Measurement[], others: readonly Measurement[]): Answer => {
    const measurements = others.map((observed) => ({
      ...{ observed, what: 'model' as const, found: 'another', wanted: ['sentiment'] },
    }))
    return answerDisparity(asks(given), { ...aContext(own), foreign: { measurements, records: [] } })
  }
  const third = rate({ sex: 'X' }, 10, 100)

  test.each<readonly [string, object, readonly Measurement[], readonly Measurement[], Answer['code']]>([
    ['has all groups', {}, [], [women(450), men(500)], 'other_model'],
    ['has one of two groups', {}, [men(500)], [women(450)], 'other_model'],
    ['has a third group', {}, [women(450), men(500)], [third], 'other_model'],
    ['has the same groups besides', {}, [women(450), men(500)], [women(10), men(500)], 'gap_within'],
    ['has a group that is not asked', { groups: ['F', 'M'] }, [women(450), men(500)], [third], 'gap_within'],
    ['has another attribute', {}, [women(450), men(500)], [rate({ age: 'old' }, 1, 100)], 'gap_within'],
    ['has the whole', {}, [women(450), men(500)], [rate({}, 1, 100)], 'gap_within'],
    ['has another metric', {}, [women(450), men(500)], [rate({ sex: 'X' }, 1, 9, 'recall')], 'gap_within'],
  ])('that %s', (_, given, own, others, code) => {
    expect(about(given, own, others).code).toBe(code)
  })
})

// Of two errors of 0.01 the upper bound is 0.0233 above the gap by the normal distribution, 0.0301 by t of 3 and 3.
test.each<readonly [string, Partial<Measurement>, Answer['code']]>([
  ['many samples', {}, 'gap_within'],
  ['three clusters', { clusters: 3 }, 'gap_not_shown'],
  ['one cluster', { clusters: 1 }, 'gap_nothing_shown'],
])('errors of %s are judged by their number', (_, given, code) => {
  const groups = ['F', 'M'].map((sex) => ({ ...error(sex, 0.9, 0.01), samples: 1000, ...given }))
  const asked = { metric: 'f1', as: 'difference', at_least: undefined, at_most: 0.026, confidence: 0.95 }

  expect(judged(asked, groups).code).toBe(code)
})

describe('a group whose size is pinned with the exam', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  const sizes = { sex: { F: 900, M: 1000 } }
  const exams = {
    pinned: new Map([['holdout', { digest, groups: { sex: ['F', 'M'] }, sizes }]]),
    given: [{ name: 'holdout', digest }],
    trained: [{ name: 'train', digest: `sha256:${'b'.repeat(64)}` }],
  }
  const of = (sex: string, samples: number, metric?: string) =>
    rate({ sex, dataset: 'holdout' }, samples / 2, samples, metric)

  const unsized = ({ samples: _, successes: __, ...rest }: Measurement): Measurement => rest

  test.each<readonly [string, object, readonly Measurement[], Answer['code']]>([
    ['all of it', {}, [of('F', 900), of('M', 1000)], 'gap_within'],
    ['a row less', {}, [of('F', 898), of('M', 1000)], 'group_too_small'],
    ['an unknown part', {}, [unsized(of('F', 900)), of('M', 1000)], 'group_undecided'],
    ['a part that is enough', { min_samples: 100 }, [of('F', 100), of('M', 1000)], 'gap_within'],
    ['a part that is not', { min_samples: 100 }, [of('F', 98), of('M', 1000)], 'group_too_small'],
    [
      'of a rate over a part of the rows nobody pins it',
      { metric: 'recall' },
      [of('F', 90, 'recall'), of('M', 100, 'recall')],
      'gap_within',
    ],
  ])('%s', (_, given, measurements, code) => {
    expect(judged({ dataset: 'holdout', ...given }, measurements, exams).code).toBe(code)
  })
})
