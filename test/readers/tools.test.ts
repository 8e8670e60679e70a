import { describe, expect, test } from 'vitest'
import { anId } from '../support/build.ts'
import { faults, line, lines, readFixture, readText } from './read.ts'

describe('sklearn-classification-report', () => {
  test('support is the denominator of recall and accuracy only', () => {
    const found = lines('sklearn-classification-report/report.json')

    expect(found).toContain('precision=0.7272727272727273 fraction class=1')
    expect(found).toContain('recall=0.8 fraction class=1 n=10')
    expect(found).toContain('recall=0.875 fraction class=weighted avg')
    expect(found).toContain('support=30 count class=0')
    expect(found).toContain('roc_auc=0.93 unknown')
    expect(found).toContain('accuracy=0.875 fraction n=40')
    expect(found).toHaveLength(18)
    expect(faults('sklearn-classification-report/report.json')).toEqual([])
  })

  test('wrapped under report', () => {
    expect(lines('sklearn-classification-report/wrapped.json')).toContain('accuracy=0.875 fraction n=40')
  })

  test('CSV of pandas: accuracy is not its own support, rounding is no contradiction', () => {
    const found = lines('sklearn-classification-report/pandas.csv')

    expect(found).toContain('accuracy=0.88 fraction n=40')
    expect(found).toContain('recall=0.8 fraction class=yes n=10')
    expect(found).not.toContain('support=0.88 count class=accuracy')
    expect(faults('sklearn-classification-report/pandas.csv')).toEqual([])
  })

  test('sums that disagree', () => {
    expect(faults('sklearn-classification-report/contradiction.json')).toEqual([
      '25 contradiction /weighted avg/support 40 42 over all classes',
      '14 contradiction /accuracy 0.95 0.8714285714285714 by the recall of all classes',
    ])
  })
})

describe('a report of scikit-learn that was rounded', () => {
  const report = (accuracy: number, [low, high]: readonly [number, number], precision = 0.9562) => ({
    default: { precision: 0.5524, recall: low, 'f1-score': 0.5801, support: 1200 },
    'no default': { precision, recall: high, 'f1-score': 0.9506, support: 10800 },
    accuracy,
    'weighted avg': { precision: 0.9159, recall: 0.9116, 'f1-score': 0.9135, support: 12000 },
  })
  const faultsOf = (value: object) =>
    readText(JSON.stringify(value), 'report.json').reading.problems.map(({ code }) => code)

  test.each<[string, object, readonly string[]]>([
    ['to four digits, of which one loses a zero', report(0.9116, [0.6108, 0.945]), []],
    ['as far off as four digits allow', report(0.9115, [0.6108, 0.945]), []],
    ['further off than recalls of five digits allow', report(0.9115, [0.61084, 0.945]), ['contradiction']],
    ['further off than rounding takes', report(0.9118, [0.6108, 0.945]), ['contradiction']],
    ['only its accuracy, to two digits', report(0.91, [0.6108, 0.945]), []],
    ['only its accuracy, and another one', report(0.92, [0.6108, 0.945]), ['contradiction']],
    ['to less than two digits, which is held to two', report(0.9, [0.6108, 0.945]), ['contradiction']],
    ['nowhere, by any of its rates', report(0.9116, [0.611, 0.945], 0.9562318840579711), []],
    ['nowhere, and another one', report(0.9117, [0.611, 0.945], 0.9562318840579711), ['contradiction']],
  ])('%s', (_, value, codes) => {
    expect(faultsOf(value)).toEqual(codes)
  })
})

describe('hf-model-index', () => {
  test('results, with an unquoted `no` as text', () => {
    expect(lines('hf-model-index/card.md')).toEqual([
      'accuracy=0.9 unknown task=text-classification dataset=Reviews dataset_type=reviews config=no split=test revision=0123abc name=Test accuracy',
      'word_error_rate=24.5 unknown task=text-classification dataset=Reviews dataset_type=reviews config=no split=test revision=0123abc',
    ])
    expect(readFixture('hf-model-index/card.md').measurements[0]).toMatchObject({
      model: 'tiny-classifier',
      source: { line: 9 },
    })
  })

  test('the card is a document too', () => {
    expect(readFixture('hf-model-index/card.md').records).toMatchObject([
      {
        kind: 'document',
        sections: [
          { title: 'tiny-classifier', line: 12, words: 5 },
          { title: 'Intended use', line: 14, words: 5 },
          { title: 'Limitations', line: 18, words: 0, placeholder: '[More Information Needed]' },
        ],
      },
      { kind: 'card', licence: 'mit', bases: [], datasets: [] },
    ])
  })

  test('empty results', () => {
    expect(faults('hf-model-index/empty-results.md')).toEqual(['4 no_measurements hf-model-index'])
  })

  test('no dataset, and a number as text', () => {
    expect(lines('hf-model-index/faults.md')).toEqual([
      'f1=0.8 unknown task=text-classification dataset=Reviews',
    ])
    expect(faults('hf-model-index/faults.md')).toEqual([
      '5 malformed hf-model-index /model-index/0/results/0/dataset a dataset with name',
      '9 malformed hf-model-index /model-index/0/results/1/metrics/0/value a number',
    ])
  })
})

describe('hf-trainer', () => {
  test('all_results: stage from the prefix, samples from *_samples', () => {
    expect(lines('hf-trainer/all_results.json')).toEqual([
      'epoch=3 value',
      'accuracy=0.85 unknown stage=eval n=872',
      'loss=0.41 unknown stage=eval n=872',
      'runtime=2.5 value stage=eval',
      'samples_per_second=348.8 value stage=eval',
      'steps_per_second=43.6 value stage=eval',
      'precision=0.8 unknown stage=eval',
      'loss=0.2 unknown stage=train n=6000',
      'runtime=100.5 value stage=train',
      'perplexity=1.507 unknown',
    ])
  })

  test('eval_results: samples recovered from runtime and throughput', () => {
    expect(lines('hf-trainer/eval_results.json')).toContain('word_error_rate=24.5 unknown stage=eval n=~161')
  })

  test.each([
    ['no integer within rounding', 8.05, 20.06],
    ['more than one integer within rounding', 8000, 20],
  ])('not recovered: %s', (_, runtime, speed) => {
    const text = JSON.stringify({ eval_loss: 1, eval_runtime: runtime, eval_samples_per_second: speed })

    expect(readText(text, 'eval.json').reading.measurements.map(line)).toContain('loss=1 unknown stage=eval')
  })

  test('trainer_state: evaluations by step, no progress rows, no best_metric', () => {
    expect(lines('hf-trainer/trainer_state.json')).toEqual([
      'accuracy=0.8 unknown step=10 epoch=1 stage=eval',
      'loss=0.5 unknown step=10 epoch=1 stage=eval',
      'accuracy=0.9 unknown step=20 epoch=2 stage=eval',
      'loss=0.4 unknown step=20 epoch=2 stage=eval',
    ])
  })
})

describe('lm-eval', () => {
  test.each([
    ['an adapter', '"pretrained=acme/base,revision=main,peft=acme/adapter"', 'acme/adapter', 'b1b1b1b'],
    [
      'a map of arguments',
      '{ "pretrained": "acme/base", "peft": "acme/adapter" }',
      'acme/adapter',
      'b1b1b1b',
    ],
    ['no adapter', '"pretrained=acme/base,revision=main"', 'acme/base', 'a0a0a0a'],
  ])('%s: what was evaluated, and its own revision', (_, args, model, revision) => {
    const config = `{ "model_args": ${args}, "model_sha": "a0a0a0a", "peft_sha": "b1b1b1b" }`
    const text = `{ "results": { "t": { "acc,none": 0.5 } }, "versions": { "t": 1 }, "config": ${config} }`
    const [found] = readText(text, 'results.json').reading.measurements

    expect(found).toMatchObject({ model, labels: { model_revision: revision } })
  })

  test('0.3: n is recovered where the metric is a proportion, not from an error of 0', () => {
    expect(lines('lm-eval/v0.3.json')).toEqual([
      'accuracy=0.375 fraction task=quiz task_version=2.0 shots=5 model_revision=step10 n=~400 se=0.0242',
      'acc_norm=1 fraction task=quiz task_version=2.0 shots=5 model_revision=step10 se=0',
      'perplexity=12.5 unknown task=story task_version=0 shots=5 model_revision=step10 se=0.3',
      'rouge1_max=43.2 unknown task=story task_version=0 shots=5 model_revision=step10 se=1.1',
    ])
    expect(readFixture('lm-eval/v0.3.json').measurements[0]).toMatchObject({
      model: 'acme/tiny',
      tool: 'lm-eval',
    })
  })

  test('gpt-neox: a whole configuration in model_args names no model', () => {
    expect(lines('lm-eval/neox.json')).toEqual([
      'accuracy=0.8 fraction task=quiz task_version=0 shots=0 n=~100 se=0.0402',
    ])
    expect(readFixture('lm-eval/neox.json').measurements[0]?.model).toBeUndefined()
    expect(faults('lm-eval/neox.json')).toEqual([])
  })

  test('bigscience: a list', () => {
    expect(lines('lm-eval/bigscience-list.json')).toEqual([
      'exact_match=0.5 fraction task=pairs prompt=who is it task_version=0 shots=0 dataset=pairs_data dataset_config=pro n=~198 se=0.0356',
      'exact_match=0.30303030303030304 fraction task=pairs prompt=refers to task_version=1 shots=0 dataset=pairs_data dataset_config=pro n=~198 se=0.0327',
    ])
  })

  test('bigscience: aggregated by time', () => {
    expect(lines('lm-eval/bigscience-aggregated.json')).toEqual([
      'accuracy=0.5 fraction task=pairs prompt=refers to timestamp=2022-07-01-10-00-00 task_version=0 n=~90 se=0.053',
      'accuracy=0.5555555555555556 fraction task=pairs prompt=refers to timestamp=2022-07-02-10-00-00 task_version=0 n=~90 se=0.0527',
    ])
  })

  test('0.4.2: filters apart, a group once and without samples, N/A is no error', () => {
    expect(lines('lm-eval/v0.4.2.json')).toEqual([
      'accuracy=0.5 fraction task=algebra task_version=1 shots=5 dataset=acme/algebra dataset_config=main split=test filter=none n=~120 se=0.0458',
      'exact_match=0.35 fraction task=sums task_version=3 shots=0 dataset=acme/sums split=validation filter=strict-match n=~200 se=0.0338',
      'exact_match=0.45 fraction task=sums task_version=3 shots=0 dataset=acme/sums split=validation filter=flexible-extract n=~200 se=0.0353',
      'bleu_max=27.5 unknown task=talk task_version=1 shots=0 filter=none',
      'accuracy=0.6 fraction task=bundle task_version=N/A group=yes filter=none se=0.01',
    ])
    const [first] = readFixture('lm-eval/v0.4.2.json').measurements
    expect(first).toMatchObject({ model: 'acme/tiny', at: '2024-04-24T23:06:40.500Z' })
    expect(first).not.toHaveProperty('commit')
  })

  test('0.4.9: n as stated, version, model and revision', () => {
    expect(lines('lm-eval/v0.4.9.json')).toEqual([
      'accuracy=0.5 fraction task=algebra task_version=1 shots=0 dataset=acme/algebra split=test filter=none model_revision=5f2c0de n=120 se=0.0458',
      'perplexity=9.5 unknown task=algebra task_version=1 shots=0 dataset=acme/algebra split=test filter=none model_revision=5f2c0de n=120',
    ])
    expect(readFixture('lm-eval/v0.4.9.json').measurements[0]).toMatchObject({
      model: 'acme/tiny',
      tool: 'lm-eval 0.4.9.2',
    })
    expect(faults('lm-eval/v0.4.9.json')).toEqual([])
  })

  test.each<readonly [string, object | undefined]>([
    ['pretrained=acme/base,peft=acme/adapter', { base: 'acme/base', revision: anId('b') }],
    ['pretrained=acme/base,peft=', undefined],
    ['pretrained=acme/base,delta=acme/delta', undefined],
    ['peft=acme/adapter', { revision: anId('b') }],
  ])('what an adapter was evaluated on: %s', (model_args, base) => {
    const text = JSON.stringify({
      ...{ results: { quiz: { 'acc,none': 0.5 } }, versions: { quiz: 1 } },
      config: { model_args, model_sha: anId('b') },
    })
    const { records } = readText(text, 'results.json').reading

    expect(records).toMatchObject(base === undefined ? [] : [{ kind: 'adapter', type: 'peft', ...base }])
  })

  test.each<readonly [string, unknown, boolean]>([
    ['acme/tiny', 'pretrained=acme/tiny,dtype=auto', true],
    ['acme/tiny', { pretrained: 'acme/tiny' }, true],
    ['acme/tiny', 'pretrained=/mnt/models/acme/tiny', true],
    ['acme/adapter', 'pretrained=acme/tiny,peft=acme/adapter', true],
    ['acme/tiny', 'tokenizer=acme/words', true],
    ['acme/tiny', '', true],
    ['acme/tiny', 'pretrained=evil/other-70b', false],
    ['acme/tiny', { pretrained: 'evil/other-70b' }, false],
    ['tiny', 'pretrained=evil/tiny', false],
    ['acme/tiny', 'pretrained=evil/acme-tiny', false],
    ['acme/tiny', 'pretrained=acme/tiny,peft=evil/adapter', false],
    ['acme/tiny', 'pretrained=acme/tiny,delta=evil/delta', false],
    ['acme/tiny', 'base_url=http://localhost,model=evil/other-70b', false],
  ])('a model that is filed as %s and was loaded by %j', (name, model_args, isSame) => {
    const text = JSON.stringify({
      ...{ results: { quiz: { 'acc,none': 0.5 } }, versions: { quiz: 1 } },
      ...{ model_name: name, config: { model_args } },
    })
    const { problems } = readText(text, 'results.json').reading

    expect(problems).toMatchObject(isSame ? [] : [{ code: 'contradiction', at: '/model_name', one: name }])
    expect(problems).toHaveLength(isSame ? 0 : 1)
  })

  test.each([
    ['a part of the samples', 'lm-eval/v0.4.9-limited.json', ['32 limited_run 120 5000']],
    ['a limit, in a file that does not count', undefined, ['1 limited_run limit 0.1 all']],
  ])('limited: %s', (_, path, expected) => {
    const text = '{"results": {"t": {"acc": 0.5}}, "versions": {"t": 0}, "config": {"limit": 0.1}}'
    const found = path
      ? faults(path)
      : readText(text, 'r.json').reading.problems.map(
          ({ path: _path, column: _column, line: at, ...fault }) => [at, ...Object.values(fault)].join(' '),
        )

    expect(found).toEqual(expected)
  })

  test('a group that stands in results only is still a group', () => {
    const text = JSON.stringify({
      results: { all: { 'acc,none': 0.5, 'acc_stderr,none': 0.5 / Math.sqrt(99) } },
      group_subtasks: { all: ['a', 'b'] },
      versions: {},
    })

    expect(readText(text, 'r.json').reading.measurements.map(line)).toEqual([
      'accuracy=0.5 fraction task=all group=yes filter=none se=0.0503',
    ])
  })

  test.each([
    ['an accuracy of 43 is no fraction', { acc: 43 }, ['accuracy=43 unknown task=t']],
    ['an error below 0', { acc: 0.5, acc_stderr: -0.5 / Math.sqrt(99) }, []],
    [
      'an error that leaves no integer',
      { acc: 0.4, acc_stderr: Math.sqrt(0.24 / 101.5) },
      ['accuracy=0.4 fraction task=t se=0.0486'],
    ],
    [
      'successes that are no integer',
      { acc: 0.123, acc_stderr: Math.sqrt((0.123 * 0.877) / 99) },
      ['accuracy=0.123 fraction task=t se=0.033'],
    ],
  ])('%s', (_, t, expected) => {
    expect(
      readText(JSON.stringify({ results: { t }, versions: {} }), 'r.json').reading.measurements.map(line),
    ).toEqual(expected)
  })
})
