import { describe, expect, test } from 'vitest'
import { faults, line, lines, readFixture, readText } from './read.ts'

describe('tf-privacy-mia', () => {
  test('the worst of all slices, the whole, and each slice', () => {
    expect(lines('tf-privacy-mia/by-slices.txt')).toEqual([
      'attack_auc=0.72 fraction slice=CLASS=1 class=1 scope=worst attack=LOGISTIC_REGRESSION n=1000',
      'attack_auc_gap=0.22 fraction slice=CLASS=1 class=1 scope=worst attack=LOGISTIC_REGRESSION n=1000',
      'attack_advantage=0.34 fraction scope=worst attack=THRESHOLD_ATTACK n=5000',
      'attack_auc=0.58 fraction scope=overall attack=THRESHOLD_ATTACK n=5000',
      'attack_auc_gap=0.08 fraction scope=overall attack=THRESHOLD_ATTACK n=5000',
      'attack_advantage=0.34 fraction scope=overall attack=THRESHOLD_ATTACK n=5000',
      'attack_precision=0.97 fraction scope=overall attack=THRESHOLD_ATTACK',
      'attack_auc=0.72 fraction slice=CLASS=1 class=1 scope=group attack=LOGISTIC_REGRESSION n=1000',
      'attack_auc_gap=0.22 fraction slice=CLASS=1 class=1 scope=group attack=LOGISTIC_REGRESSION n=1000',
      'attack_advantage=0.3 fraction slice=CLASS=1 class=1 scope=group attack=LOGISTIC_REGRESSION n=1000',
      'epsilon_lower_bound=3.8844 value slice=CLASS=1 class=1 scope=group attack=LOGISTIC_REGRESSION n=1000',
    ])
    expect(faults('tf-privacy-mia/by-slices.txt')).toEqual([])
  })

  test('two summaries that disagree', () => {
    expect(lines('tf-privacy-mia/contradiction.txt')).toEqual([])
    expect(faults('tf-privacy-mia/contradiction.txt')).toEqual([
      '2 contradiction attack_auc 0.48 0.61 on line 4',
    ])
  })

  test('two summaries that agree are one', () => {
    const text = 'X_Y (with 4 training and 1 test examples) achieved an AUC of 0.48\n'

    expect(readText(text + text, 'a.txt').reading.measurements.map(line)).toEqual(
      readText(text, 'a.txt').reading.measurements.map(line),
    )
  })

  test.each([
    [
      'attacks on nothing',
      'X_Y (with 0 training and 0 test examples) achieved an AUC of 0.48',
      'nothing_evaluated',
    ],
    ['an AUC of 7', 'X_Y (with 9 training and 9 test examples) achieved an AUC of 7.00', 'malformed'],
  ])('%s', (_, text, code) => {
    const { reading } = readText(text, 'a.txt')

    expect(reading.measurements).toEqual([])
    expect(reading.problems.map((problem) => problem.code)).toEqual([code])
  })
})

describe('privacy-meter', () => {
  test('targets and their average; what the attack was tuned by is no result', () => {
    expect(lines('privacy-meter/audit.log')).toEqual([
      'attack_auc=0.482 fraction target=0 scope=group',
      'attack_auc_gap=0.018 fraction target=0 scope=group',
      'attack_true_positive_rate=0.004 fraction target=0 scope=group at_fpr=0.1%',
      'attack_true_positive_rate=0 fraction target=0 scope=group at_fpr=0.0%',
      'attack_auc=0.5295 fraction scope=overall',
      'attack_auc_gap=0.0295 fraction scope=overall',
      'attack_true_positive_rate=0.003 fraction scope=overall at_fpr=0.1%',
      'attack_true_positive_rate=0 fraction scope=overall at_fpr=0.0%',
      'epsilon_lower_bound=0.3122 value scope=overall delta=1e-5 p_value=0.05 n=132',
    ])
    expect(readFixture('privacy-meter/audit.log').measurements[0]).toMatchObject({
      at: '2026-02-10T03:08:10',
    })
  })

  test('CSV', () => {
    expect(lines('privacy-meter/average.csv')).toEqual([
      'attack_auc=0.56 fraction scope=overall',
      'attack_auc_gap=0.06 fraction scope=overall',
      'attack_true_positive_rate=0.03 fraction scope=overall at_fpr=1%',
      'attack_true_positive_rate=0.004 fraction scope=overall at_fpr=0.1%',
      'attack_true_positive_rate=0 fraction scope=overall at_fpr=0.0%',
    ])
    const several = 'name,auc,zero_fpr,fpr\na,0.5,0.0,"[0.0, 1.0]"\nb,x,0.0,"[0.0, 1.0]"\n'
    expect(readText(several, 'a.csv').reading.measurements.map(line)).toEqual([
      'attack_auc=0.5 fraction name=a target=1 scope=group',
      'attack_auc_gap=0 fraction name=a target=1 scope=group',
      'attack_true_positive_rate=0 fraction name=a target=1 scope=group at_fpr=0.0%',
      'attack_true_positive_rate=0 fraction name=b target=2 scope=group at_fpr=0.0%',
    ])
  })

  test('more right guesses than guesses', () => {
    const text = 'EPS Lower Bound 0.3 under DELTA 0.00e+00 and P_VALUE 0.05 (186 correct out of 132 guesses'

    expect(readText(text, 'a.log').reading).toMatchObject({
      measurements: [],
      problems: [{ code: 'contradiction', line: 1 }],
    })
  })
})

describe('dp-sgd', () => {
  test('a log: the last epsilon is what was spent', () => {
    expect(lines('dp-sgd/epochs.txt')).toEqual(['epsilon=1.11 value delta=1e-5'])
  })

  test('a statement: each way of counting, and an infinite one is a problem', () => {
    expect(lines('dp-sgd/statement.txt')).toEqual([
      'epsilon=13.376 value level=example sampling=once per epoch delta=1e-6',
      'epsilon=1.616 value level=example sampling=poisson delta=1e-6',
      'epsilon=11.25 value level=user sampling=poisson delta=1e-6',
    ])
    expect(faults('dp-sgd/statement.txt')).toEqual(['11 not_finite line 11 inf'])
  })

  test('a smaller epsilon after a larger one is of another training', () => {
    expect(lines('dp-sgd/two-trainings.txt')).toEqual(['epsilon=2.92 value delta=1e-5'])
    expect(faults('dp-sgd/two-trainings.txt')).toEqual(['3 contradiction epsilon 2.02 0.82 on line 4'])
  })

  test('JSON, with what stands beside', () => {
    expect(lines('dp-sgd/run.json')).toEqual([
      'epsilon=2.75 value delta=1e-5',
      'noise_multiplier=1.1 unknown',
      'accuracy=0.84 unknown path=test',
    ])
  })

  test('a sweep: the delta of the file, and a target is no result', () => {
    expect(lines('dp-sgd/sweep.yml')).toEqual([
      'epsilon_target=1 value config=strict delta=1e-6',
      'epsilon=0.9971 value config=strict delta=1e-6',
      'f1=0.21 unknown config=strict',
      'epsilon=7.9983 value config=2 delta=1e-6',
      'f1=0.27 unknown config=2',
    ])
  })

  test('without a delta there is no epsilon', () => {
    expect(lines('dp-sgd/no-delta.json').join()).not.toContain('epsilon')
    expect(faults('dp-sgd/no-delta.json')).toEqual([
      '3 not_finite /results/0/epsilon_target inf',
      '3 not_finite /results/0/epsilon_actual inf',
      '4 malformed dp-sgd /results/1/epsilon_target a delta below 1 beside it: an epsilon alone bounds nothing',
      '4 malformed dp-sgd /results/1/epsilon_actual a delta below 1 beside it: an epsilon alone bounds nothing',
    ])
  })

  test.each([
    ['a delta of 1', '{"epsilon": 1, "delta": 1}', ['malformed']],
    ['a delta below 0', '{"epsilon": 1, "delta": -0.1}', ['malformed']],
    ['an epsilon below 0', '{"epsilon": -1, "delta": 1e-5}', ['malformed']],
    ['an epsilon that is a word', '{"epsilon": "small", "delta": 1e-5}', ['malformed']],
    ['a delta of 0', '{"epsilon": 1, "delta": 0}', []],
    ['a delta as text', '{"epsilon": "1.5", "delta": "1e-5"}', []],
  ])('%s', (_, text, codes) => {
    const { format, reading } = readText(text, 'dp.json')

    expect(format).toBe('dp-sgd')
    expect(reading.problems.map(({ code }) => code)).toEqual(codes)
    expect(reading.measurements).toHaveLength(codes.length === 0 ? 1 : 0)
  })

  test.each([
    ['of an attack', '{"results": [{"epsilon": 0.03, "robust_accuracy": 0.4}]}'],
    ['of an optimizer', '{"eps": 1e-8, "max_grad_norm": 1.0, "accuracy": 0.9}'],
    ['of a policy', '{"epsilon_final": 0.01, "reward": 9}'],
  ])('an epsilon %s is no budget', (_, text) => {
    expect(readText(text, 'm.json').format).toBe('metrics')
  })
})
