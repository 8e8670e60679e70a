import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faults, line, lines, readText } from './read.ts'

describe('metrics', () => {
  test('any nesting: last named key is the metric, the others are the path', () => {
    expect(lines('metrics/nested.json')).toEqual([
      'accuracy=0.91 unknown',
      'accuracy=0.9 unknown path=test',
      'f1=0.88 unknown path=test',
      'loss=0.4 unknown path=folds.0',
      'loss=0.5 unknown path=folds.1',
      'false_positive_rate=0 unknown path=roc.0',
      'false_positive_rate=0.5 unknown path=roc.1',
    ])
  })

  test('a number with its counts', () => {
    expect(lines('metrics/counted.yml')).toEqual([
      'accuracy=0.9 fraction dataset=holdout split=test n=200 k=180 se=0.0212',
      'attack_success_rate=0 unknown n=40 k=0',
      'p95=120.5 ms path=latency',
    ])
  })

  test('NaN leaves a problem and its siblings', () => {
    expect(lines('metrics/nan.json')).toEqual(['accuracy=0.8 unknown'])
    expect(faults('metrics/nan.json')).toEqual([
      '1 not_finite /loss NaN',
      '1 not_finite /perplexity Infinity',
      '1 not_finite /overflow 1e400',
    ])
  })

  test('what contradicts itself is no number', () => {
    expect(lines('metrics/contradictions.yml')).toEqual([])
    expect(faults('metrics/contradictions.yml')).toEqual([
      '1 contradiction /accuracy 0.95 180/200',
      '2 contradiction /recall 11 successes 10 samples',
      '3 malformed metrics /precision/samples a whole number of at least 0',
      '4 malformed metrics /f1/extra one of value, samples, n, successes, stderr, clusters, low, high, level, unit, labels beside `value`',
    ])
  })

  test.each([
    ['half a sample', '{"acc": {"value": 1, "samples": 1.5}}', 'malformed'],
    ['two sample counts', '{"acc": {"value": 1, "samples": 1, "n": 2}}', 'contradiction'],
    ['a value of none', '{"acc": {"value": 0, "samples": 0, "successes": 0}}', 'contradiction'],
    ['an unknown unit', '{"acc": {"value": 1, "unit": "per cent"}}', 'malformed'],
    ['a label that is no text', '{"acc": {"value": 1, "labels": {"fold": 1}}}', 'malformed'],
    ['a nameless number', '[0.5]', 'malformed'],
  ])('%s', (_, text, code) => {
    const { reading } = readText(text, 'metrics.json')

    expect(reading.measurements).toEqual([])
    expect(reading.problems.map((problem) => problem.code)).toEqual([code])
  })

  test('a ratio that was rounded is what its counts say, and no more is rounded than is written', () => {
    const of = (value: number) => {
      const { reading } = readText(
        JSON.stringify({ acc: { value, samples: 12_000, successes: 10_939 } }),
        'metrics.json',
      )
      return [...reading.measurements.map((one) => one.value), ...reading.problems.map(({ code }) => code)]
    }
    const exact = 10_939 / 12_000

    expect(of(exact)).toEqual([exact])
    expect(of(0.9116)).toEqual([exact])
    expect(of(0.91)).toEqual([exact])
    expect(of(0.9117)).toEqual(['contradiction'])
    expect(of(0.92)).toEqual(['contradiction'])
    expect(of(0.9)).toEqual(['contradiction'])
    const table = 'metric,value,n,successes\nacc,0.9116,12000,10939\n'
    expect(readText(table, 'metrics.csv').reading.measurements[0]?.value).toBe(exact)
  })

  test('percent is compared as written', () => {
    const { reading } = readText(
      '{"acc": {"value": 90, "samples": 10, "successes": 9, "unit": "percent"}}',
      'metrics.json',
    )

    expect(reading.measurements.map(line)).toEqual(['accuracy=90 percent n=10 k=9'])
    expect(reading.problems).toEqual([])
  })

  test('numbers beside other things are all found', () => {
    const { reading } = readText('{"acc": {"value": 1, "by_class": {"cat": 0.5}}}', 'metrics.json')

    expect(reading.measurements.map(line)).toEqual([
      'cat=0.5 unknown path=acc.by_class',
      'accuracy=1 unknown',
    ])
  })

  test('any JSON: never throws, only finite numbers', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { reading } = readText(text, 'metrics.json')
        return reading.measurements.every(({ value }) => Number.isFinite(value))
      }),
      { numRuns: 300 },
    )
  })
})

describe('numbers as text, where nothing else is there', () => {
  test.each([
    ['{"accuracy": "93%"}', { at: '/accuracy', found: '93%' }],
    ['{"a": [{"f1": "0.9"}], "score": "0.8"}', { at: '/a/0/f1', found: '0.9' }],
    ['{"note": "x", "score": " 0.8 "}', { at: '/score', found: '0.8' }],
    ['{"samples": "1", "accuracy": "1,000"}', { at: '/accuracy', found: '1,000' }],
    ['{"version": "1.2", "date": "2026"}', undefined],
    ['{"accuracy": "high"}', undefined],
  ])('%s', (text, found) => {
    const { problems } = readText(text, 'metrics.json').reading

    expect(problems).toMatchObject([{ code: 'no_measurements', ...(found && { text: found, line: 1 }) }])
    if (found === undefined) expect(problems[0]).not.toHaveProperty('text')
  })

  test('none where a number is there too', () =>
    expect(readText('{"accuracy": "93%", "f1": 0.9}', 'metrics.json').reading.problems).toEqual([]))
})

describe('the model that a plain file names', () => {
  const SHA = '9f'.repeat(32)
  const modelsOf = (text: string, path: string) =>
    readText(text, path).reading.measurements.map(({ metric, model }) => `${metric}: ${model}`)

  test.each<readonly [string, string]>([
    ['beside the numbers', '{"model": "other/bert", "accuracy": 0.9}'],
    ['around them', '{"model": "other/bert", "results": {"accuracy": {"value": 0.9}}}'],
    ['beside a value', '{"accuracy": {"value": 0.9, "model_id": "other/bert"}}'],
    ['in labels', '{"accuracy": {"value": 0.9, "labels": {"model": "other/bert"}}}'],
    [
      'in labels before around',
      '{"model": "a", "accuracy": {"value": 0.9, "labels": {"model": "other/bert"}}}',
    ],
    ['nearer before further', '{"model": "a", "all": [{"model_name": "other/bert", "accuracy": 0.9}]}'],
    ['in other case', '{"Model": " other/bert ", "accuracy": 0.9}'],
    ...['modelName', 'ModelName', 'model-name', 'Model Name', 'model.name', 'modelId', 'modelID'].map(
      (key): readonly [string, string] => [key, `{"${key}": "other/bert", "accuracy": 0.9}`],
    ),
    ['the name of an object', '{"model": {"name": "other/bert", "id": "credit"}, "accuracy": 0.9}'],
    ['the id of an object', '{"model": {"id": "other/bert", "name": " "}, "accuracy": 0.9}'],
    ['an object around them', '{"model": {"name": "other/bert"}, "results": {"accuracy": 0.9}}'],
    ['an object that they stand in', '{"model": {"name": "other/bert", "accuracy": 0.9}}'],
    ['owner and name before a name', '{"model": "credit", "model_id": "other/bert", "accuracy": 0.9}'],
  ])('%s', (_, text) => expect(modelsOf(text, 'metrics.json')).toEqual(['accuracy: other/bert']))

  test.each([
    ['beside other numbers', '{"config": {"model": "other/bert"}, "accuracy": 0.9}'],
    ['empty', '{"model": " ", "accuracy": 0.9}'],
    ['a number', '{"model_id": "17", "accuracy": 0.9}'],
    ['a number of an object', '{"model": {"id": "17"}, "accuracy": 0.9}'],
    ['an object without a name', '{"model": {"family": "other/bert"}, "accuracy": 0.9}'],
    ['another word', '{"remodel_name": "other/bert", "models": "other/bert", "accuracy": 0.9}'],
  ])('%s: none', (_, text) => expect(modelsOf(text, 'metrics.json')).toEqual(['accuracy: undefined']))

  test('by digest and revision, which are labels', () => {
    const text = `{"model_sha256": "${SHA}", "Model_Revision": "abc1234", "accuracy": 0.9}`

    expect(readText(text, 'metrics.json').reading.measurements).toEqual([
      expect.objectContaining({ labels: { model_sha256: SHA, model_revision: 'abc1234' } }),
    ])
  })

  test('a table: each row its own, which stays a label', () => {
    const wide = 'Model,accuracy\nother/bert,0.9\ncredit,0.8\n'
    const long = 'metric,value,model_name\naccuracy,0.9,other/bert\naccuracy,0.8,\n'

    expect(modelsOf(wide, 'm.csv')).toEqual(['accuracy: other/bert', 'accuracy: credit'])
    expect(modelsOf(long, 'm.csv')).toEqual(['accuracy: other/bert', 'accuracy: undefined'])
    expect(readText(wide, 'm.csv').reading.measurements.map(line)).toEqual([
      'accuracy=0.9 unknown Model=other/bert',
      'accuracy=0.8 unknown Model=credit',
    ])
  })
})

describe('metrics-table', () => {
  test('long form', () => {
    expect(lines('metrics-table/long.csv')).toEqual([
      'accuracy=0.91 fraction split=test n=500',
      'f1=0.88 unknown split=test',
      'latency=120.5 ms',
    ])
  })

  test('wide form: texts are labels', () => {
    expect(lines('metrics-table/wide.csv')).toEqual([
      'accuracy=0.91 unknown model=small dataset=holdout',
      'loss=0.31 unknown model=small dataset=holdout',
      'accuracy=0.93 unknown model=large dataset=holdout',
      'loss=0.27 unknown model=large dataset=holdout',
    ])
  })

  test('wide form: rows that no text tells apart are counted', () => {
    expect(lines('metrics-table/rows.tsv')).toEqual([
      'epoch=1 unknown row=1',
      'accuracy=0.8 unknown row=1',
      'epoch=2 unknown row=2',
      'accuracy=0.85 unknown row=2',
    ])
  })

  test('percent signs, thousands separators and nan are no numbers', () => {
    expect(faults('metrics-table/traps.csv')).toEqual([
      '2 malformed metrics-table /1/cost a plain number',
      '3 malformed metrics-table /2/accuracy a plain number',
      '4 not_finite /3/accuracy nan',
    ])
  })

  test.each([
    ['a contradiction', 'metric,value,n,successes\nacc,0.9,10,8\n', 'contradiction'],
    ['a negative count', 'metric,value,samples\nacc,0.9,-1\n', 'malformed'],
    ['an unknown unit', 'metric,value,unit\nacc,90,%\n', 'malformed'],
    ['no metric', 'metric,value\n,0.9\n', 'malformed'],
    ['a number beyond a double', 'Metric,VALUE\nacc,1e999\n', 'not_finite'],
  ])('long form: %s', (_, text, code) => {
    const { reading } = readText(text, 'metrics.csv')

    expect(reading.measurements).toEqual([])
    expect(reading.problems.map((problem) => problem.code)).toEqual([code])
  })

  test('the unnamed index of pandas is a label', () => {
    expect(readText(',acc\n0,0.5\n1,0.6\n', 'm.csv').reading.measurements.map(line)).toEqual([
      'accuracy=0.5 unknown index=0',
      'accuracy=0.6 unknown index=1',
    ])
  })
})

describe('what a file wanted, was set to or was trained on is no measurement', () => {
  test.each([
    ...['thresholds', 'Targets', 'goals', 'limits', 'required', 'expected', 'baseline', 'policy', 'config'],
    ...['params', 'hyperparameters', 'early_stopping', 'train', 'training'],
  ])('under %s', (key) => {
    const { reading } = readText(JSON.stringify({ [key]: { accuracy: 0.95, deeper: { f1: 0.9 } } }), 'm.json')
    expect(reading.measurements).toEqual([])
  })

  test('and what stands beside it is', () => {
    const { reading } = readText('{ "thresholds": { "accuracy": 0.95 }, "accuracy": 0.9 }', 'm.json')
    expect(reading.measurements).toMatchObject([{ metric: 'accuracy', value: 0.9 }])
  })

  test('a number by itself under such a name is called so', () => {
    const { reading } = readText('{ "expected": 0.95 }', 'm.json')
    expect(reading.measurements).toMatchObject([{ metric: 'expected' }])
  })
})
