import { describe, expect, test } from 'vitest'
import type { Problem } from '../../src/core/problem.ts'
import { faults, line, lines, readFixture, readText } from './read.ts'

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

  test('instances are counted for one split, perturbation and way of computing only', () => {
    const stat = (name: string, mean: number, computed_on: string) => ({
      name: { name, split: 'test', perturbation: { name: 'typos', computed_on } },
      ...{ count: 1, sum: mean, sum_squared: mean ** 2, mean },
    })
    const stats = [
      stat('exact_match', 0.25, 'original'),
      stat('exact_match', 0.5, 'perturbed'),
      stat('num_instances', 8, 'perturbed'),
    ]
    const { measurements, problems } = readText(JSON.stringify(stats), 'stats.json').reading

    expect(problems).toEqual([])
    expect(measurements.map(line)).toEqual([
      'exact_match=0.25 fraction split=test perturbation=typos computed_on=original',
      'exact_match=0.5 fraction split=test perturbation=typos computed_on=perturbed n=8',
      'num_instances=8 count split=test perturbation=typos computed_on=perturbed',
    ])
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

describe('inspect_ai', () => {
  const labels = 'task=quiz task_version=2 dataset=acme/quiz'

  test('2024: samples are what was completed', () => {
    expect(lines('inspect_ai/2024.json')).toEqual([
      `accuracy=0.75 fraction ${labels} scorer=match n=4 se=0.25`,
    ])
    const [found] = readFixture('inspect_ai/2024.json').measurements
    expect(found).toMatchObject({ model: 'acme/tiny', at: '2026-02-03T09:00:00.000Z' })
    expect(found).not.toHaveProperty('commit')
  })

  test('samples that failed or got no score are in no denominator', () => {
    const { measurements, problems } = readFixture('inspect_ai/2026.json')

    expect(measurements.map(line)).toEqual([
      `accuracy=0.5 fraction ${labels} scorer=choice n=10 k=5 se=0.1667`,
      `mean=3.5 unknown ${labels} scorer=judge score=tone n=8 se=0.35`,
      `std=1 unknown ${labels} scorer=judge score=tone n=8`,
    ])
    expect(measurements.map(({ unevaluated }) => unevaluated)).toEqual([2, 4, 4])
    expect(measurements[0]?.tool).toBe('inspect_ai 0.3.108')
    expect(problems).toEqual([])
  })

  test('epochs: their mean is over clusters, any other reducer gives one answer of each sample', () => {
    const [mean, pass] = readFixture('inspect_ai/epochs.json').measurements

    expect(mean).toMatchObject({ value: 0.6, samples: 30, clusters: 10, labels: { reducer: 'mean' } })
    expect(pass).toMatchObject({ value: 0.8, samples: 10, labels: { reducer: 'pass_at_3' } })
    expect(pass).not.toHaveProperty('clusters')
  })

  test('an error over clusters whose number is not said goes without samples', () => {
    expect(lines('inspect_ai/clustered.json')).toEqual([
      `accuracy=0.5 fraction ${labels} scorer=match se=0.2`,
    ])
  })

  test('an archive: header and reductions', () => {
    const { measurements, problems } = readFixture('inspect_ai/log.eval')

    expect(measurements.map(line)).toEqual([
      `accuracy=0.6666666666666666 fraction ${labels} scorer=match n=3 k=2 se=0.3333`,
    ])
    expect(measurements[0]).toMatchObject({
      unevaluated: 1,
      source: { pointer: '/header.json/results/scores/0/metrics/accuracy/value' },
    })
    expect(problems).toEqual([])
  })

  test.each([
    ['cancelled.json', ['3 not_finished status cancelled', '14 limited_run 3 100']],
    ['broke-off.eval', ['- not_finished no header.json']],
    ['empty-scores.eval', ['- nothing_evaluated /header.json/results/scores']],
    [
      'contradictions.json',
      [
        '56 contradiction /results/scores/0/metrics/accuracy/value 0.9 0.75 by the reductions of each sample',
        '66 contradiction /results 5 samples of includes 4 completed',
      ],
    ],
  ])('%s is no whole result', (name, expected) => {
    expect(faults(`inspect_ai/${name}`)).toEqual(expected)
  })

  test.each([
    [
      'stopped early',
      { early_stopping: { early_stops: [{ id: 1 }] } },
      'not_finished 1 samples stopped early',
    ],
    [
      'more completed than there are',
      { completed_samples: 5 },
      'contradiction /results 5 completed samples 4 in all',
    ],
    ['no results', null, 'nothing_evaluated /results'],
    [
      'fewer reductions than samples',
      { sample_reductions: [{ scorer: 'match', samples: [{ value: 0 }, { value: 1 }] }] },
      'contradiction /results 4 samples of match 2 reductions',
    ],
  ])('%s', (_, change, expected) => {
    const score = { name: 'match', scorer: 'match', scored_samples: 4, metrics: { accuracy: { value: 0.5 } } }
    const results = change && { total_samples: 4, completed_samples: 4, scores: [score], ...change }
    const run = { task: 'quiz', model: 'tiny', dataset: { samples: 4 } }
    const { problems } = readText(
      JSON.stringify({ status: 'success', eval: run, results }),
      'log.json',
    ).reading

    expect(problems.map(told)).toEqual([expected])
  })
})

describe('openai-evals', () => {
  const labels = 'task=quiz.test.v1 base_eval=quiz split=test'

  test('the report stands before its events; what has no match was not evaluated', () => {
    const { measurements, problems } = readFixture('openai-evals/report-first.jsonl')

    expect(measurements.map(line)).toEqual([
      `accuracy=0.75 fraction ${labels} n=4 k=3`,
      `boostrap_std=0.2 unknown ${labels}`,
    ])
    expect(measurements[0]).toMatchObject({
      model: 'acme-tiny',
      at: '2024-03-01T09:30:00.250Z',
      unevaluated: 1,
      source: { line: 2, pointer: '/2/final_report/accuracy' },
    })
    expect(problems).toEqual([])
  })

  test('several tries of one sample are one cluster', () => {
    const [accuracy] = readFixture('openai-evals/several-tries.jsonl').measurements

    expect(accuracy).toMatchObject({ samples: 4, successes: 3, clusters: 2 })
  })

  test('a report without match events has no samples', () => {
    expect(lines('openai-evals/graded.jsonl')).toEqual([
      `counts/Y=1 count ${labels}`,
      `score=1 unknown ${labels}`,
    ])
  })

  test.each([
    ['report-last', ['1 limited_run 2 all']],
    ['unfinished', ['- not_finished no final_report']],
    ['contradiction', ['6 contradiction /6/final_report/accuracy 0.9 1 of 2 events']],
    ['two-runs', ['6 contradiction the file one run 2 runs']],
  ])('%s', (name, expected) => {
    expect(faults(`openai-evals/${name}.jsonl`)).toEqual(expected)
  })

  test('events of another run', () => {
    const spec = { spec: { eval_name: 'quiz', run_config: {}, run_id: 'R1' } }
    const match = { type: 'match', run_id: 'R2', sample_id: '1', data: { correct: true } }
    const text = [spec, match, { final_report: { accuracy: 1 } }]
      .map((event) => JSON.stringify(event))
      .join('\n')
    const { measurements, problems } = readText(text, 'run.jsonl').reading

    expect(measurements).toEqual([])
    expect(problems.map(told)).toEqual(['contradiction the file one run 2 runs'])
  })

  test('a line that is no JSON, and an answer that is neither right nor wrong', () => {
    const spec = { spec: { eval_name: 'quiz', run_config: {} } }
    const match = { type: 'match', sample_id: '1', data: { correct: 'yes' } }
    const text = [JSON.stringify(spec), JSON.stringify(match), '{', '{"final_report": {}}'].join('\n')

    expect(readText(text, 'run.jsonl').reading.problems.map(told)).toEqual([
      'malformed openai-evals /2/data/correct true or false',
      'syntax a key in quotes is wanted, not the end of the file',
      'nothing_evaluated /4/final_report',
    ])
  })
})

describe('simple-evals', () => {
  test('a standard deviation of samples is no standard error', () => {
    expect(lines('simple-evals/mmlu.json')).toEqual([
      'chars=812.5 value',
      'stem=0.75 fraction',
      'score=0.8 fraction',
    ])
  })

  test('HealthBench counts its samples and bootstraps the mean', () => {
    expect(lines('simple-evals/healthbench.json')).toEqual([
      'overall_score=0.61 fraction n=100 se=0.02',
      'theme:hedging=0.54 fraction n=25 se=0.09',
      'score=0.61 fraction',
    ])
  })

  test('a spread that no shares can have', () => {
    expect(lines('simple-evals/too-wide.json')).toEqual([])
    expect(faults('simple-evals/too-wide.json')).toEqual([
      '3 contradiction /score:std 0.5 at most 0.3 around a mean of 0.9',
      '4 malformed simple-evals /stem a number',
    ])
  })
})

function told({ path: _, line: __, column: ___, ...fault }: Problem): string {
  return Object.values(fault).join(' ')
}
