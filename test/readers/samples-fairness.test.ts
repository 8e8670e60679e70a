import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../src/readers/index.ts'
import { line, readText } from './read.ts'

const SAMPLES = new URL('../../../shared/samples/', import.meta.url)

function read(path: string) {
  const { format, reading } = readEvidence(readFileSync(new URL(path, SAMPLES)), path, 'f00d')
  return {
    format,
    lines: reading.measurements.map(line),
    codes: reading.problems.map(({ code }) => code),
  }
}

describe.skipIf(!existsSync(SAMPLES))('files that tools wrote', () => {
  test('fairlearn: ages that do not split the same people', () => {
    const { format, lines, codes } = read('fairness/bias-mirror-fairness_metrics.json')

    expect(format).toBe('fairlearn')
    expect(lines).toContain('selection_rate=0.1624 fraction Gender=Male scope=group n=6682')
    expect(lines).toContain('recall=0.0113 fraction Education Level=PhD scope=group')
    expect(lines.join()).not.toContain('Age Group=20-30')
    expect(codes).toEqual(['nothing_evaluated', 'nothing_evaluated', 'contradiction'])
  })

  test('aequitas', () => {
    const { format, lines, codes } = read('fairness/aequitas-expected_output_bias_test_1.csv')

    expect(format).toBe('aequitas')
    expect(lines).toContain('false_positive_rate=0.6666666666666666 fraction class=Low scope=group n=3 k=2')
    expect(lines).toContain('recall=0.6666666666666666 fraction class=High scope=group n=3 k=2')
    expect(lines).toContain(
      'false_negative_rate_disparity=1.5 value class=Low reference=High scope=comparison across=class',
    )
    expect(codes).toEqual([])
  })

  test('aif360: 201 of 310 over 499 of 690', () => {
    expect(read('aif360/json_explainers.german.json')).toEqual({
      format: 'aif360',
      lines: [
        'num_positives=700 count scope=overall',
        'favorable_outcome_rate=0.6483870967741936 fraction group=unprivileged scope=group n=310 k=201',
        'favorable_outcome_rate=0.7231884057971014 fraction group=privileged scope=group n=690 k=499',
        'mean_difference=-0.074801309023 value reference=privileged scope=comparison across=group',
        'disparate_impact=0.896567328205 value reference=privileged scope=comparison across=group',
      ],
      codes: [],
    })
  })

  test('clarify: the model of this file says the same of everybody', () => {
    const { format, lines, codes } = read('sagemaker_clarify/bias_1.analysis.json')

    expect(format).toBe('sagemaker-clarify')
    expect(lines).toHaveLength(7)
    expect(lines[0]).toBe(
      'CI=0.398 value stage=pre_training label=fraud favourable=0 customer_gender_female=1 scope=comparison across=customer_gender_female',
    )
    expect(codes).toEqual(['contradiction'])
  })

  test.each(['model_card_toolkit/cats_vs_dogs_v0_0_1.json', 'model-cards/mct-cats_vs_dogs_v0_0_2.json'])(
    '%s: an upper bound of 1.003',
    (path) => {
      expect(read(path)).toEqual({
        format: 'model-card-toolkit',
        lines: [
          'accuracy=0.9781249761581421 fraction scope=overall threshold=0.5',
          'accuracy=0.9649122953414917 fraction slice=Dog scope=group threshold=0.5',
        ],
        codes: ['contradiction'],
      })
    },
  )

  test.each(['model_card_toolkit/full.json', 'model-cards/mct-full.json'])('%s', (path) => {
    expect(read(path)).toMatchObject({ lines: ['accuracy=0.9 fraction scope=overall'], codes: [] })
  })

  test('autoattack: two of the four, on 50 samples', () => {
    expect(read('robustness/autoattack-log-carmon2019.txt')).toEqual({
      format: 'autoattack',
      lines: [
        'accuracy=92 percent attack=clean n=~50 k=46',
        'robust_accuracy=52 percent attack=apgd-ce+apgd-dlr norm=Linf max_perturbation=0.03137 n=~50 k=26',
      ],
      codes: [],
    })
  })

  test('robustbench: another attack breaks more than AutoAttack', () => {
    const { lines } = read('robustness/robustbench-cifar10-Linf-Amini2024MeanSparse_Ra_WRN_70_16.json')

    expect(lines.map((found) => found.split(' architecture')[0])).toEqual([
      'accuracy=93.24 percent dataset=cifar10 attack=clean',
      'robust_accuracy=68.94 percent dataset=cifar10 attack=external epsilon=8/255',
      'robust_accuracy=72.08 percent dataset=cifar10 attack=reported epsilon=8/255',
    ])
  })

  test('textattack: 2 of 5 attacked, none with success', () => {
    expect(read('robustness/textattack-run_attack_deepwordbug_bert_snli_10.txt')).toEqual({
      format: 'textattack',
      lines: [
        'accuracy=40 percent attack=clean n=5 k=2',
        'robust_accuracy=40 percent attack=textattack n=5 k=2',
        'attack_success_rate=0 percent attack=textattack n=2 k=0',
        'average_queries=70 value attack=textattack n=2',
      ],
      codes: [],
    })
    expect(read('robustness/textattack-csv_attack_log.csv').lines).toContain(
      'attack_success_rate=1 fraction attack=textattack n=2 k=2',
    )
  })

  test('timm', () => {
    const { lines, codes } = read('robustness/timm-results-imagenet-a.csv')

    expect(lines).toContain(
      'accuracy=87.32 percent model=eva_giant_patch14_560.m30m_ft_in22k_in1k img_size=560',
    )
    expect(lines).toContain(
      'accuracy_difference=-11.5 percent model=eva_giant_patch14_560.m30m_ft_in22k_in1k img_size=560 scope=comparison reference=clean',
    )
    expect(codes).toEqual([])
    expect(read('robustness/timm-results-imagenet.csv')).toMatchObject({ format: 'timm-results', codes: [] })
  })

  test('mlperf', () => {
    expect(read('robustness/mlperf-v0.5-accuracy_accuracy.txt').lines).toEqual([
      'accuracy=76.038 percent n=50000 k=38019',
    ])
  })

  test('privacy-meter', () => {
    expect(read('privacy/ml_privacy_meter-audit_dp.log').lines).toEqual([
      'attack_auc=0.5295 fraction target=0 scope=group',
      'attack_auc_gap=0.0295 fraction target=0 scope=group',
      'attack_true_positive_rate=0 fraction target=0 scope=group at_fpr=0.1%',
      'attack_true_positive_rate=0 fraction target=0 scope=group at_fpr=0.0%',
      'epsilon_lower_bound=0.3122 value scope=overall delta=0 p_value=0.05 n=132',
    ])
  })

  test('tf-privacy-mia: the lines that its manual quotes as comments', () => {
    const quoted = readFileSync(new URL('privacy/tf_privacy-mia-summary-lines.txt', SAMPLES), 'utf8')
    const { format, reading } = readText(quoted.replaceAll(/^# /gm, ''), 'summary.txt')
    const lines = reading.measurements.map(line)

    expect(format).toBe('tf-privacy-mia')
    expect(lines).toContain('attack_auc=0.58 fraction scope=overall attack=LOGISTIC_REGRESSION n=60000')
    expect(lines).toContain(
      'epsilon_lower_bound=3.8844 value slice=CORRECTLY_CLASSIFIED=False correctly_classified=False scope=group attack=LOGISTIC_REGRESSION n=10197',
    )
    expect(reading.problems).toEqual([])
  })

  test('dp-sgd: epsilon after the last epoch, and none without its delta', () => {
    expect(read('privacy/tf_privacy-mnist_dpsgd-log.txt').lines).toEqual(['epsilon=3.01 value delta=1e-5'])
    const { lines, codes } = read('privacy/opacus-dp_results.json')
    expect(lines.join()).not.toContain('epsilon')
    expect(codes.filter((code) => code === 'malformed')).toHaveLength(6)
    expect(codes.filter((code) => code === 'not_finite')).toHaveLength(2)
  })
})
