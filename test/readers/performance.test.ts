import { describe, expect, test } from 'vitest'
import { faults, line, lines, readFixture } from './read.ts'

describe('helm', () => {
  test('stats: instances of the same split are the samples, and of a perturbation nobody counted them', () => {
    expect(lines('helm/stats.json')).toEqual([
      'num_train_trials=1 unknown split=test perturbation=none n=20',
      'exact_match=0.3 fraction split=test perturbation=none n=20',
      'quasi_exact_match=0.35 fraction split=test perturbation=none n=20',
      'rouge_l=0.21 unknown split=test perturbation=none n=20',
      'exact_match=0.2 fraction split=test perturbation=robustness computed_on=worst',
      'exact_match=0.5 fraction split=valid perturbation=none n=2',
      'num_instances=20 count split=test perturbation=none',
      'num_instances=2 count split=valid perturbation=none',
    ])
    expect(faults('helm/stats.json')).toEqual([])
  })

  test('trials are no more instances, and their standard deviation is no standard error', () => {
    const [exact] = readFixture('helm/stats-trials.json').measurements

    expect(exact).toMatchObject({ value: 0.4, samples: 150, clusters: 50 })
    expect(exact).not.toHaveProperty('stderr')
  })

  test('statistics that contradict themselves or each other', () => {
    expect(lines('helm/stats-faults.json')).toEqual(['rouge_l=0.3 unknown split=test perturbation=none'])
    expect(faults('helm/stats-faults.json')).toEqual([
      '12 contradiction /0/mean 0.4 a sum of 0.5 over 1',
      '26 contradiction /1/mean 0.6 0.6 to 0.55',
      '45 contradiction /3/name statistic 3 statistic 4 of the same name, split and perturbation',
      '68 malformed helm /4/mean a number',
      '77 malformed helm /5/count a statistic with name, count, sum and mean',
    ])
  })

  test('run_spec: the model and what was asked for', () => {
    const { measurements, problems } = readFixture('helm/run_spec.json')

    expect(measurements.map(line)).toEqual([
      'max_eval_instances=20 count task=quiz method=multiple_choice_joint',
      'max_train_instances=5 count task=quiz method=multiple_choice_joint',
      'num_train_trials=1 count task=quiz method=multiple_choice_joint',
    ])
    expect(measurements[0]).toMatchObject({ model: 'acme/tiny', tool: 'helm' })
    expect(problems).toEqual([])
  })

  test('single instances are no result', () => {
    expect(faults('helm/per_instance_stats.json')).toEqual([
      '1 malformed helm the file stats.json of the same run: these are the statistics of single instances',
    ])
  })
})
