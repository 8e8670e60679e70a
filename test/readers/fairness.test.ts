import { describe, expect, test } from 'vitest'
import { select } from '../../src/checks/select.ts'
import { faults, line, lines, readFixture, readText } from './read.ts'

function codes(text: string, path: string): readonly string[] {
  return readText(text, path).reading.problems.map(({ code }) => code)
}

describe('the labels of groups', () => {
  test.each([
    ['a group', { sex: 'F' }, 0.3],
    ['the other', { sex: 'M' }, 0.5],
    ['the whole', { scope: 'overall' }, 0.4],
  ])('%s is exactly one measurement', (_, where, value) => {
    const { measurements } = readFixture('fairlearn/metric-major.json')

    expect(select({ metric: 'selection_rate', where }, measurements)).toMatchObject({
      kind: 'one',
      observed: { value },
    })
  })

  test('one attribute of an intersection is not one group', () => {
    const { measurements } = readFixture('fairlearn/several-attributes.json')

    expect(select({ metric: 'recall', where: { sex: 'F' } }, measurements)).toMatchObject({
      kind: 'none',
      answer: { code: 'ambiguous' },
    })
    expect(select({ metric: 'recall', where: { sex: 'F', race: 'A' } }, measurements)).toMatchObject({
      observed: { value: 0.6 },
    })
  })

  test.each([
    ['prose', 'x'.repeat(101)],
    ['two lines', 'F\nM'],
    ['nothing', ' '],
  ])('%s is no name of a group', (_, group) => {
    const text = JSON.stringify({ overall: {}, by_group: { accuracy: { [group]: 0.5 } } })
    const { reading } = readText(text, 'f.json')

    expect(reading.measurements).toEqual([])
    expect(reading.problems.map(({ code }) => code)).toEqual(['malformed'])
  })

  test('an attribute cannot call itself a scope', () => {
    const text = JSON.stringify({
      scope: { overall: { accuracy: 0.5 }, by_group: { F: { accuracy: 0.5 }, overall: { accuracy: 0.9 } } },
    })

    expect(readText(text, 'f.json').reading.measurements.map(line)).toContain(
      'accuracy=0.9 fraction scope=group',
    )
  })
})

describe('fairlearn', () => {
  test('by metric, then group: the whole is no sum of groups, and what compares them is another metric', () => {
    expect(lines('fairlearn/metric-major.json')).toEqual([
      'accuracy=0.9 fraction sex=F scope=group n=100',
      'accuracy=0.8 fraction sex=M scope=group n=100',
      'selection_rate=0.3 fraction sex=F scope=group n=100',
      'selection_rate=0.5 fraction sex=M scope=group n=100',
      'count=100 count sex=F scope=group',
      'count=100 count sex=M scope=group',
      'accuracy_difference=0.1 value scope=comparison across=sex',
      'selection_rate_difference=0.2 value scope=comparison across=sex',
      'accuracy_ratio=0.8889 value scope=comparison across=sex',
      'selection_rate_ratio=0.6 value scope=comparison across=sex',
      'accuracy=0.85 fraction scope=overall n=200',
      'selection_rate=0.4 fraction scope=overall n=200',
      'count=200 count scope=overall',
    ])
    expect(faults('fairlearn/metric-major.json')).toEqual([])
  })

  test('by group, then metric, under each attribute; the whole once, and null is no number', () => {
    expect(lines('fairlearn/group-major.json')).toEqual([
      'accuracy=0.9 fraction sex=0 scope=group',
      'recall=0.8 fraction sex=0 scope=group',
      'accuracy=0.8 fraction sex=1 scope=group',
      'selection_rate_difference=0.12 value scope=comparison across=sex',
      'accuracy=0.88 fraction race=A scope=group',
      'recall=0.75 fraction race=A scope=group',
      'accuracy=0.83 fraction race=B scope=group',
      'recall=0.6 fraction race=B scope=group',
      'equalized_odds_difference=0.15 value scope=comparison across=race',
      'accuracy=0.85 fraction scope=overall',
      'recall=0.7 fraction scope=overall',
    ])
    expect(faults('fairlearn/group-major.json')).toEqual([])
  })

  test('several attributes together', () => {
    expect(lines('fairlearn/several-attributes.json').slice(0, 2)).toEqual([
      'recall=0.6 fraction sex=F race=A scope=intersection',
      'recall=0.7 fraction sex=F race=B scope=intersection',
    ])
    expect(lines('fairlearn/nested-attributes.yml')).toEqual([
      'recall=0.6 fraction group=F & A scope=intersection',
      'recall=0.7 fraction group=F & B scope=intersection',
      'recall=0.75 fraction group=M & A scope=intersection',
      'recall=0.8 fraction group=M & B scope=intersection',
      'recall=0.7 fraction scope=overall',
    ])
  })

  test('a single metric, with its name beside', () => {
    expect(lines('fairlearn/single-metric.json')).toEqual([
      'selection_rate=0.3 fraction group=F scope=group',
      'selection_rate=0.5 fraction group=M scope=group',
      'selection_rate_ratio=0.6 value scope=comparison across=group',
      'selection_rate=0.4 fraction scope=overall',
    ])
  })

  test('attribute, group, metrics: a group of nobody has no rates, and all attributes split the same samples', () => {
    const found = lines('fairlearn/attributes-groups-metrics.json')

    expect(found).toHaveLength(15)
    expect(found.slice(0, 3)).toEqual([
      'selection_rate=0.25 fraction Gender=F scope=group n=40',
      'recall=0.5 fraction Gender=F scope=group',
      'count=40 count Gender=F scope=group',
    ])
    expect(found.join()).not.toContain('20-30')
    expect(faults('fairlearn/attributes-groups-metrics.json')).toEqual([
      '7 nothing_evaluated 20-30',
      '6 contradiction Age Group 70 samples 100 in all',
    ])
  })

  test('what contradicts the groups', () => {
    expect(faults('fairlearn/contradictions.json')).toEqual([
      '2 contradiction /overall/accuracy 0.95 between 0.8 and 0.9 by its groups',
      '7 contradiction /difference/accuracy 0.3 0.1 by its groups',
      '8 contradiction /ratio/accuracy 0.5 0.8888888889 by its groups',
      '1 contradiction the groups 200 samples 190 in all',
    ])
  })

  test('what is no number', () => {
    expect(lines('fairlearn/no-numbers.json')).toEqual([
      'accuracy=0.9 fraction sex=F scope=group',
      'accuracy=0.5 fraction scope=overall',
    ])
    expect(faults('fairlearn/no-numbers.json')).toEqual([
      '4 not_finite /sex/by_group/X/accuracy NaN',
      '4 malformed fairlearn /sex/by_group/Y/accuracy a number',
    ])
  })

  test('metrics that nobody can tell from groups', () => {
    expect(lines('fairlearn/unclear.json')).toEqual([])
    expect(faults('fairlearn/unclear.json')).toEqual([
      '1 malformed fairlearn /by_group metrics by group, whose names or `overall` tell which are the metrics',
    ])
  })

  test('a name that both ends have tells nothing', () => {
    const text = JSON.stringify({ overall: {}, by_group: { recall: { precision: 0.5, f1: 0.5 } } })

    expect(codes(text, 'f.json')).toEqual(['malformed'])
  })

  test('a difference and a ratio may be to the whole', () => {
    const text = JSON.stringify({
      overall: { accuracy: 0.84 },
      by_group: { accuracy: { F: 0.9, M: 0.8 } },
      difference: { accuracy: 0.06 },
      ratio: { accuracy: 0.933 },
    })

    expect(codes(text, 'f.json')).toEqual([])
  })

  test('wholes that differ keep the path to each', () => {
    const frame = (accuracy: number) => ({
      overall: { accuracy },
      by_group: { F: { accuracy }, M: { accuracy } },
    })
    const text = JSON.stringify({ forest: frame(0.9), tree: frame(0.8) })

    expect(readText(text, 'f.json').reading.measurements.map(line).slice(4)).toEqual([
      'accuracy=0.9 fraction scope=overall path=forest',
      'accuracy=0.8 fraction scope=overall path=tree',
    ])
  })

  test.each([
    ['metrics of splits', '{"train": {"a": {"accuracy": 0.9}, "b": {"accuracy": 0.8}}}'],
    ['groups of another kind', '{"by_group": {"north": {"recall@10": 0.4}, "south": {"recall@10": 0.5}}}'],
    ['rows by group', '{"overall": 3, "by_group": [{"group": "A", "n": 1}]}'],
  ])('%s are no dump of Fairlearn', (_, text) => {
    expect(readText(text, 'm.json').format).toBe('metrics')
  })

  test('tens of thousands of groups', () => {
    const groups = Object.fromEntries(Array.from({ length: 40_000 }, (_, at) => [`g${at}`, 0.5]))
    const text = JSON.stringify({ overall: { accuracy: 0.5 }, by_group: { accuracy: groups } })

    expect(readText(text, 'f.json').reading.measurements).toHaveLength(40_001)
  })
})

describe('aequitas', () => {
  test('each rate has its own denominator; without a column it is computed', () => {
    const found = lines('aequitas/bias.csv')

    expect(found.slice(0, 13)).toEqual([
      'recall=0.5 fraction sex=F scope=group n=16 k=8',
      'true_negative_rate=0.9166666666666666 fraction sex=F scope=group n=24 k=22',
      'false_positive_rate=0.08333333333333333 fraction sex=F scope=group n=24 k=2',
      'false_negative_rate=0.5 fraction sex=F scope=group n=16 k=8',
      'precision=0.8 fraction sex=F scope=group n=10 k=8',
      'false_discovery_rate=0.2 fraction sex=F scope=group n=10 k=2',
      'negative_predictive_value=0.7333333333333333 fraction sex=F scope=group n=30 k=22',
      'false_omission_rate=0.26666666666666666 fraction sex=F scope=group n=30 k=8',
      'selection_rate=0.25 fraction sex=F scope=group n=40 k=10',
      'base_rate=0.4 fraction sex=F scope=group n=40 k=16',
      'accuracy=0.75 fraction sex=F scope=group n=40 k=30',
      'false_positive_rate_disparity=0.3333333333333333 value sex=F reference=M scope=comparison across=sex',
      'selection_rate_disparity=0.5 value sex=F reference=M scope=comparison across=sex',
    ])
    expect(faults('aequitas/bias.csv')).toEqual([])
  })

  test('a rate that nobody in a group could have is none', () => {
    const found = lines('aequitas/bias.csv').filter((one) => one.includes('race=B scope=group'))

    expect(found.map((one) => one.split('=')[0])).toEqual([
      'true_negative_rate',
      'false_positive_rate',
      'negative_predictive_value',
      'false_omission_rate',
      'selection_rate',
      'base_rate',
      'accuracy',
    ])
  })

  test('counts alone, of a model and a threshold', () => {
    const found = lines('aequitas/counts.csv')

    expect(found).toHaveLength(22)
    expect(found[11]).toBe('recall=0.875 fraction model_id=7 threshold=top 100 sex=M scope=group n=24 k=21')
  })

  test('sums, rates and groups that disagree', () => {
    expect(faults('aequitas/contradictions.csv')).toEqual([
      '2 contradiction /1/group_size 41 40 by tp, fp, tn and fn',
      '3 contradiction /2/fpr 0.35 9/36',
      '3 not_finite /2/fpr_disparity inf',
      '6 malformed aequitas /5/fp a whole number of at least 0',
      '5 contradiction race A row 3 row 4',
      '4 contradiction race 140 samples 60 by the groups of sex',
    ])
    const found = lines('aequitas/contradictions.csv')
    expect(found.some((one) => one.includes('sex=F'))).toBe(false)
    expect(found.some((one) => one.startsWith('false_positive_rate=0.35'))).toBe(false)
  })

  test('a rounded rate is what its counts say', () => {
    const text = 'attribute_name,attribute_value,tp,fp,tn,fn,fpr\nsex,F,8,2,22,8,0.08\n'

    expect(readText(text, 'a.csv').reading.measurements.map(line)).toContain(
      'false_positive_rate=0.08333333333333333 fraction sex=F scope=group n=24 k=2',
    )
  })
})

describe('aif360', () => {
  test('computed from the counts, each rate of a group once', () => {
    expect(lines('aif360/list.json')).toEqual([
      'num_positives=70 count scope=overall',
      'favorable_outcome_rate=0.5 fraction group=unprivileged scope=group n=40 k=20',
      'favorable_outcome_rate=0.625 fraction group=privileged scope=group n=80 k=50',
      'disparate_impact=0.8 value reference=privileged scope=comparison across=group',
      'mean_difference=-0.125 value reference=privileged scope=comparison across=group',
      'false_positive_rate=0.25 fraction group=unprivileged scope=group n=20 k=5',
      'false_positive_rate=0.1 fraction group=privileged scope=group n=30 k=3',
      'false_positive_rate_difference=0.15 value reference=privileged scope=comparison across=group',
      'error_rate=0.25 fraction group=unprivileged scope=group n=40 k=10',
      'theil_index=0.0875 value scope=overall',
    ])
    expect(faults('aif360/list.json')).toEqual([])
    expect(JSON.stringify(readFixture('aif360/list.json'))).not.toContain('instances')
  })

  test('an average of two differences', () => {
    expect(lines('aif360/single.json')).toEqual([
      'false_positive_rate=0.25 fraction group=unprivileged scope=group n=20 k=5',
      'false_positive_rate=0.1 fraction group=privileged scope=group n=30 k=3',
      'recall=0.6 fraction group=unprivileged scope=group n=20 k=12',
      'recall=0.8 fraction group=privileged scope=group n=50 k=40',
      'average_abs_odds_difference=0.175 value reference=privileged scope=comparison across=group',
    ])
  })

  test('a sentence that its counts do not bear out, 0 of 0, and what is missing', () => {
    expect(lines('aif360/contradictions.json')).toEqual([])
    expect(faults('aif360/contradictions.json')).toEqual([
      '2 contradiction /0/message -0.3 -0.125 by the counts beside it',
      '14 not_finite /1/message nan',
      '22 malformed aif360 /2 the counts of the rate',
      '29 nothing_evaluated /3',
      '41 malformed aif360 /4/message a sentence that ends in the value',
    ])
  })

  test('two explanations that count a group otherwise', () => {
    const entry = (name: string, field: string, other: string, positive: number) => ({
      metric: name,
      message: `x: ${name === 'mean_difference' ? positive / 40 - 0.5 : positive / 20}`,
      [`num${field}Unprivileged`]: positive,
      [`num${other}Unprivileged`]: 40,
      [`num${field}Privileged`]: 40,
      [`num${other}Privileged`]: 80,
      description: 'x',
      ideal: '0',
    })
    const text = JSON.stringify([
      entry('mean_difference', 'Positives', 'Instances', 20),
      entry('disparate_impact', 'PositivePredictions', '', 10),
    ])

    expect(codes(text, 'a.json')).toEqual(['contradiction'])
  })
})

describe('sagemaker-clarify', () => {
  test('each facet, before and after training; null is none', () => {
    expect(lines('sagemaker-clarify/analysis.json')).toEqual([
      'CI=0.4 value stage=pre_training label=approved favourable=1 sex=F scope=comparison across=sex',
      'AD=-0.02 value stage=post_training label=approved favourable=1 sex=F scope=comparison across=sex',
      'disparate_impact=0.85 value stage=post_training label=approved favourable=1 sex=F scope=comparison across=sex',
      'DPPL=0.06 value stage=post_training label=approved favourable=1 sex=F scope=comparison across=sex',
      'RD=0 value stage=post_training label=approved favourable=1 sex=F scope=comparison across=sex',
    ])
    expect(faults('sagemaker-clarify/analysis.json')).toEqual([])
  })

  test('a model with one answer for everybody is not fair', () => {
    expect(lines('sagemaker-clarify/one-answer.json')).toEqual([])
    expect(faults('sagemaker-clarify/one-answer.json')).toEqual([
      '7 contradiction /post_training_bias_metrics/facets/sex/0 fair by a DPPL and RD of 0 what a model shows that gives everybody one answer',
      '17 not_finite /post_training_bias_metrics/facets/sex/1/metrics/0/value NaN',
      '17 malformed sagemaker-clarify /post_training_bias_metrics/facets/sex/1/metrics/1/value a number',
      '17 malformed sagemaker-clarify /post_training_bias_metrics/facets/sex/1/metrics/2 a metric with name and value',
      '18 malformed sagemaker-clarify /post_training_bias_metrics/facets/sex/2 a value of the facet with its metrics',
    ])
  })

  test.each([
    ['rejection differs as accuracy does', { AD: 0.02, DRR: -0.02, DPPL: 0, RD: 0 }, 1],
    ['nobody is treated otherwise at all', { AD: 0, DAR: 0, DPPL: 0, RD: 0 }, 0],
    ['somebody is chosen more often', { AD: 0.02, DAR: 0.02, DPPL: 0.01, RD: 0 }, 0],
    ['somebody is missed more often', { AD: 0.02, DAR: 0.02, DPPL: 0, RD: 0.01 }, 0],
    ['acceptance differs otherwise', { AD: 0.02, DAR: 0.03, DPPL: 0, RD: 0 }, 0],
  ])('one answer: %s', (_, numbers, problems) => {
    const metrics = Object.entries(numbers).map(([name, value]) => ({ name, value }))
    const facets = { sex: [{ value_or_threshold: 'F', metrics }] }
    const text = JSON.stringify({ post_training_bias_metrics: { label: 'y', facets } })

    expect(codes(text, 'analysis.json')).toHaveLength(problems)
  })
})

describe('model-card-toolkit', () => {
  test('numbers as text; without a slice of all; an interval without a level is none', () => {
    expect(lines('model-card-toolkit/card.json')).toEqual([
      'accuracy=0.9 fraction scope=overall threshold=0.5',
      'accuracy=0.95 fraction slice=cat scope=group threshold=0.5',
      'false_positive_rate=0.1 fraction slice=sex:F sex=F scope=group',
      'false_positive_rate=0.2 fraction slice=sex_X_race:F_X_A sex=F race=A scope=intersection',
    ])
    expect(faults('model-card-toolkit/card.json')).toEqual([])
    const found = readFixture('model-card-toolkit/card.json').measurements
    expect(found[1]).toMatchObject({ model: 'tiny-classifier' })
    expect(found[1]).not.toHaveProperty('interval')
  })

  test('intervals beyond what can be, two values of one thing, and what is no number', () => {
    expect(lines('model-card-toolkit/v0.0.1.json')).toEqual([
      'accuracy=0.9781 fraction scope=overall threshold=0.5',
    ])
    expect(faults('model-card-toolkit/v0.0.1.json')).toEqual([
      '7 contradiction /quantitative_analysis/performance_metrics/1/confidence_interval 0.9832 to 1.0032 an interval of what is at least 0 and at most 1',
      '8 contradiction /quantitative_analysis/performance_metrics/2/confidence_interval 0.91 to 0.95 around 0.9',
      '9 contradiction /quantitative_analysis/performance_metrics/3 0.9781 0.97 in another entry',
      '10 not_finite /quantitative_analysis/performance_metrics/4/value NaN',
      '11 malformed model-card-toolkit /quantitative_analysis/performance_metrics/5/value a number',
      '12 malformed model-card-toolkit /quantitative_analysis/performance_metrics/6/type the name of a metric',
    ])
  })

  test('half an interval', () => {
    const metric = { type: 'accuracy', value: '0.9', confidence_interval: { lower_bound: '0.8' } }
    const text = JSON.stringify({ quantitative_analysis: { performance_metrics: [metric, 'x'] } })

    expect(codes(text, 'card.json')).toEqual(['malformed', 'malformed'])
  })
})
