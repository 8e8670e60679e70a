import { describe, expect, test } from 'vitest'
import { faults, line, lines, readFixture, readText } from './read.ts'

describe('mlflow', () => {
  test('a metric: the value of the last step, under the name of the file', () => {
    expect(lines('mlflow/val_accuracy')).toEqual(['val_accuracy=0.84 unknown step=2'])
    expect(readFixture('mlflow/val_accuracy').measurements[0]).toMatchObject({
      at: '2025-04-22T03:04:13.072Z',
      source: { pointer: '', line: 2 },
    })
  })

  test('a step that was logged late is no later step', () => {
    const [found] = readText('1745291052072 0.9 2\n1745291059999 0.5 1\n', 'acc').reading.measurements

    expect(found).toMatchObject({ value: 0.9, labels: { step: '2' } })
  })

  test('data sets apart; of one step the latest', () => {
    expect(lines('mlflow/f1_score')).toEqual([
      'f1=0.72 fraction step=0 dataset=quiz-test dataset_digest=9f86d081',
      'f1=0.9 fraction step=0 dataset=quiz-train dataset_digest=2c26b46b',
    ])
  })

  test.each([
    [
      'mlruns/1/0123456789abcdef0123456789abcdef/metrics/val/metrics/acc',
      'val/metrics/acc=0.5 unknown step=0',
    ],
    ['out/metrics/val/acc', 'val/acc=0.5 unknown step=0'],
    ['out/roc_auc', 'roc_auc=0.5 fraction step=0'],
  ])('%s', (path, expected) => {
    const [found] = readText('1745291052072 0.5 0\n', path).reading.measurements

    expect(found && line(found).replace(/ run=\w+/, '')).toBe(expected)
    expect(found?.labels.run).toBe(/[0-9a-f]{32}/.exec(path)?.[0])
  })

  test('a value that is no number is a problem where it is the last one', () => {
    expect(lines('mlflow/log_loss')).toEqual([])
    expect(faults('mlflow/log_loss')).toEqual(['2 not_finite line 2 nan'])
    expect(readText('1745291052072 nan 0\n1745291052073 0.4 1\n', 'log_loss').reading.problems).toEqual([])
  })

  test('two values of the same moment, and a line of something else', () => {
    expect(lines('mlflow/accuracy')).toEqual([])
    expect(faults('mlflow/accuracy')).toEqual([
      '2 contradiction step 0 0.5 0.9 at the same time',
      '3 malformed mlflow line 3 a time in milliseconds, a value and a step',
    ])
  })

  test('a run that finished', () => {
    expect(readFixture('mlflow/finished.yaml')).toMatchObject({
      measurements: [],
      records: [
        {
          kind: 'suite',
          suite: 'mlflow run',
          tests: [{ name: 'finished', outcome: 'passed', line: 11 }],
          at: '2025-04-22T03:04:19.000Z',
        },
        { kind: 'run', started: '2025-04-22T03:04:10.000Z', finished: '2025-04-22T03:04:19.000Z' },
      ],
      problems: [],
    })
  })

  test.each([
    [1, 'error'],
    [2, 'error'],
    [4, 'failed'],
    [5, 'error'],
    [9, 'error'],
    ['FINISHED', 'passed'],
  ])('a run of status %s', (status, outcome) => {
    const run = { run_id: 'r', artifact_uri: '', lifecycle_stage: 'active', status }
    const { records, problems } = readText(JSON.stringify(run), 'meta.yaml').reading

    expect(records).toMatchObject([{ tests: [{ outcome }] }])
    expect(problems).toHaveLength(outcome === 'passed' ? 0 : 1)
  })

  test('a run that was killed and deleted', () => {
    expect(faults('mlflow/killed.yaml')).toEqual([
      '11 not_finished status KILLED',
      '5 malformed mlflow /lifecycle_stage active: this run was deleted',
    ])
  })

  test('scores of rows: a row without one is in no mean', () => {
    const { measurements } = readFixture('mlflow/eval_results_table.json')

    expect(measurements.map(line)).toEqual([
      'relevance/v1/mean=4 value n=3 se=0.5774',
      'toxicity/v1/mean=0.02 value n=4 se=0.0041',
    ])
    expect(measurements.map(({ unevaluated }) => unevaluated)).toEqual([1, undefined])
  })

  test('scores as text, twice, or of no row', () => {
    expect(lines('mlflow/eval_results_faults.json')).toEqual(['b/v1/mean=1.5 value n=2 se=0.5'])
    expect(faults('mlflow/eval_results_faults.json')).toEqual([
      '1 malformed mlflow /data/0/0 a score or null',
      '1 duplicate_key b/v1/score',
      '1 nothing_evaluated /columns/3',
    ])
    const empty = '{"columns": ["a/v1/score"], "data": []}'
    expect(readText(empty, 'e.json').reading.problems.map(({ code }) => code)).toEqual(['nothing_evaluated'])
  })
})

describe('wandb-summary', () => {
  test('sections and summaries apart; pictures, the machine and W&B itself left out', () => {
    expect(lines('wandb-summary/wandb-summary.json')).toEqual([
      'accuracy=0.91 fraction section=eval summary=last step=300',
      'f1=0.84 fraction section=test/macro summary=last step=300',
      'loss=0.12 unknown summary=min step=300',
      'loss=0.2 unknown section=train summary=last step=300',
      'val_acc=88.5 unknown summary=last step=300',
    ])
    expect(readFixture('wandb-summary/wandb-summary.json').measurements[0]?.at).toBe(
      '2025-04-22T03:04:12.500Z',
    )
    expect(faults('wandb-summary/wandb-summary.json')).toEqual([])
  })

  test('a number that is none is written as text; keys of the Trainer change nothing', () => {
    expect(lines('wandb-summary/not-finite.json')).toHaveLength(2)
    expect(faults('wandb-summary/not-finite.json')).toEqual(['2 not_finite /eval~1loss NaN'])
  })
})

describe('lightning-csv', () => {
  test('evaluations with their step and epoch; training and single batches left out', () => {
    expect(lines('lightning-csv/metrics.csv')).toEqual([
      'accuracy=0.81 fraction stage=val epoch=0 step=99',
      'loss=0.55 unknown stage=val epoch=0 step=99 dataloader=0',
      'loss=0.6 unknown stage=val epoch=0 step=99',
      'accuracy=0.85 fraction stage=val epoch=1 step=199',
      'loss=0.5 unknown stage=val epoch=1 step=199 dataloader=0',
      'loss=0.52 unknown stage=val epoch=1 step=199',
      'accuracy=0.83 fraction stage=test epoch=2 step=200',
    ])
    expect(faults('lightning-csv/metrics.csv')).toEqual([])
  })

  test('a loss that is no number', () => {
    expect(lines('lightning-csv/not-finite.csv')).toEqual(['loss=0.5 unknown stage=val epoch=1 step=20'])
    expect(faults('lightning-csv/not-finite.csv')).toEqual(['2 not_finite /1/val_loss nan'])
  })

  test('a table with texts is another one', () => {
    expect(readText('run,epoch,step,acc\nada,1,2,0.5\n', 'log.csv').format).toBe('metrics-table')
  })
})

describe('autogluon-leaderboard', () => {
  test('test and validation scores apart, under the metric that was used', () => {
    expect(
      lines('autogluon-leaderboard/leaderboard.csv').filter((found) => found.includes('split=')),
    ).toEqual([
      'accuracy=0.91 fraction model=WeightedEnsemble_L2 eval_metric=accuracy split=test',
      'accuracy=0.96 fraction model=WeightedEnsemble_L2 eval_metric=accuracy split=validation',
      'accuracy=0.92 fraction model=LightGBM eval_metric=accuracy split=test',
      'accuracy=0.95 fraction model=LightGBM eval_metric=accuracy split=validation',
    ])
  })

  test('a negated error is a score; one model twice, and a score that is no number', () => {
    expect(lines('autogluon-leaderboard/errors.csv').filter((found) => found.includes('split='))).toEqual([
      'score=-3.25 unknown model=CatBoost eval_metric=root_mean_squared_error split=validation',
      'score=-3.5 unknown model=XGBoost eval_metric=root_mean_squared_error split=validation',
    ])
    expect(faults('autogluon-leaderboard/errors.csv')).toEqual([
      '4 contradiction /3/model row 3 row 2 of the same model',
      '5 not_finite /4/score_val nan',
    ])
  })

  test('without the name of its metric', () => {
    expect(lines('autogluon-leaderboard/old.csv')[0]).toBe('score=0.9 unknown model=RF split=validation')
  })
})

describe('amlb-results', () => {
  test('a fold without a result failed, and why is not told', () => {
    expect(lines('amlb-results/2019.csv')).toEqual([
      'accuracy=0.88 fraction task=birds framework=acmeml version=0.5.0 fold=0',
      'roc_auc=0.93 fraction task=birds framework=acmeml version=0.5.0 fold=0',
      'log_loss=0.31 unknown task=birds framework=acmeml version=0.5.0 fold=0',
    ])
    expect(faults('amlb-results/2019.csv')).toEqual(['3 not_finished no result of fold 1 of birds by acmeml'])
  })

  test('a result under the name of its metric, unless that is negated; one fold twice', () => {
    const labels = 'framework=acmeml version=1.2.0 fold=0 constraint=1h8c'
    expect(lines('amlb-results/2023.csv')).toEqual([
      `accuracy=0.81 fraction task=fish ${labels}`,
      `balacc=0.79 unknown task=fish ${labels}`,
      `result=-0.42 unknown task=fish ${labels}`,
      `accuracy=0.82 fraction task=frogs ${labels}`,
      `balacc=0.8 unknown task=frogs ${labels}`,
      `roc_auc=0.77 fraction task=frogs ${labels}`,
    ])
    expect(faults('amlb-results/2023.csv')).toEqual(['3 contradiction /2/fold row 2 row 1 of the same fold'])
  })
})

describe('sagemaker-model-quality', () => {
  test('each rate has its own counts from the confusion matrix; recall is told once', () => {
    expect(lines('sagemaker-model-quality/statistics.json')).toEqual(
      [
        'recall=0.8 fraction n=10 k=8',
        'precision=0.5714285714285714 fraction n=14 k=8',
        'accuracy=0.8 fraction n=40 k=32',
        'accuracy_best_constant_classifier=0.75 unknown n=40',
        'true_negative_rate=0.8 fraction n=30 k=24',
        'false_positive_rate=0.2 fraction n=30 k=6',
        'false_negative_rate=0.2 fraction n=10 k=2',
        'roc_auc=0.86 fraction n=40',
        'f1=0.6666666666666666 fraction n=40',
      ].map((found) => found.replace(/(fraction|unknown)/, '$1 problem=binary_classification')),
    )
    expect(faults('sagemaker-model-quality/statistics.json')).toEqual([])
  })

  test('a standard deviation over draws is no standard error', () => {
    const { measurements } = readFixture('sagemaker-model-quality/statistics.json')

    for (const measurement of measurements) expect(measurement).not.toHaveProperty('stderr')
    expect(measurements[0]?.at).toBe('2026-02-01T01:00:00.000Z')
  })

  test('several classes, and no class at all', () => {
    expect(lines('sagemaker-model-quality/multiclass.json')).toEqual([
      'accuracy=0.85 fraction problem=multiclass_classification n=20 k=17',
      'weighted_recall=0.85 unknown problem=multiclass_classification n=20',
    ])
    expect(lines('sagemaker-model-quality/evaluation.json')).toEqual([
      'mean_squared_error=4.5 unknown problem=regression',
      'root_mean_squared_error=2.1213203 unknown problem=regression',
      'r2=-0.2 unknown problem=regression',
    ])
  })

  test('what contradicts itself is not measured', () => {
    expect(lines('sagemaker-model-quality/faults.json')).toEqual([
      'mean_absolute_error=1.5 unknown problem=regression n=10',
    ])
    expect(faults('sagemaker-model-quality/faults.json')).toEqual([
      '29 contradiction /binary_classification_metrics/true_positive_rate/value 0.8 a recall of 1',
      '17 contradiction /binary_classification_metrics/recall/value 1 4/5 by the confusion matrix',
      '21 not_finite /binary_classification_metrics/auc/value NaN',
      '25 malformed sagemaker-model-quality /binary_classification_metrics/precision/value a number',
      '34 contradiction /multiclass_classification_metrics/confusion_matrix 3 in all item_count of 10',
      '45 malformed sagemaker-model-quality /regression_metrics/confusion_matrix counts by true and predicted class',
    ])
  })
})

describe('sagemaker-model-card', () => {
  test('an evaluation that is imported: the facet in the name of a group', () => {
    expect(lines('sagemaker-model-card/evaluation.json')).toEqual([
      'AD=-0.11 unknown sex=F group=post_training_bias_metrics label=Target = 1',
      'accuracy=0.9 fraction group=quality',
    ])
    expect(faults('sagemaker-model-card/evaluation.json')).toEqual([])
  })

  test('a card: numbers only, with the model', () => {
    expect(lines('sagemaker-model-card/card.json')).toEqual([
      'f1=0.8 fraction group=quality evaluation=nightly dataset=s3://acme/holdout.csv',
    ])
    expect(readFixture('sagemaker-model-card/card.json').measurements[0]?.model).toBe('credit-risk')
    expect(faults('sagemaker-model-card/card.json')).toEqual([
      '25 malformed sagemaker-model-card /evaluation_details/0/metric_groups/0/metric_data/1/value a number',
    ])
  })
})

describe('vertex-evaluation', () => {
  test('rates at a threshold have their counts where all of them are there; a missing threshold is 0', () => {
    expect(lines('vertex-evaluation/classification.json')).toEqual([
      'average_precision=0.81 fraction',
      'roc_auc=0.82 fraction',
      'log_loss=0.53 unknown',
      'recall=1 fraction threshold=0',
      'precision=0.5 fraction threshold=0 n=80 k=40',
      'false_positive_rate=1 fraction threshold=0',
      'f1=0.6666667 fraction threshold=0',
      'recallAt1=0.75 unknown threshold=0',
      'recall=0.75 fraction threshold=0.5 n=40 k=30',
      'precision=0.6666667 fraction threshold=0.5 n=45 k=30',
      'false_positive_rate=0.375 fraction threshold=0.5 n=40 k=15',
    ])
    expect(faults('vertex-evaluation/classification.json')).toEqual([])
  })

  test('a slice within its evaluation', () => {
    expect(lines('vertex-evaluation/slice.json')).toEqual([
      'average_precision=0.7 fraction slice=annotationSpec slice_value=yes',
      'roc_auc=0.8 fraction slice=annotationSpec slice_value=yes',
    ])
    expect(readFixture('vertex-evaluation/slice.json').measurements[0]?.at).toBe('2026-02-01T10:00:00.123Z')
  })

  test('regression, with a number that is none', () => {
    expect(lines('vertex-evaluation/regression.json')).toEqual([
      'root_mean_squared_error=2.5 unknown',
      'mean_absolute_error=1.5 unknown',
      'meanAbsolutePercentageError=12.5 unknown',
      'r2=0.81 unknown',
    ])
    expect(faults('vertex-evaluation/regression.json')).toEqual(['6 not_finite /rootMeanSquaredLogError NaN'])
  })

  test('a rate that is not the ratio of its counts', () => {
    expect(lines('vertex-evaluation/contradiction.json')).toEqual(['average_precision=0.8 fraction'])
    expect(faults('vertex-evaluation/contradiction.json')).toEqual([
      '6 contradiction /confidenceMetrics/0/recall 0.9 30/40 by its counts',
      '11 malformed vertex-evaluation /confidenceMetrics/1/confidenceThreshold a number',
      '14 malformed vertex-evaluation /confidenceMetrics/2 metrics at a threshold',
    ])
  })
})

describe('tfx-blessing', () => {
  test.each([
    ['BLESSED', 'passed'],
    ['NOT_BLESSED', 'failed'],
  ])('%s', (name, outcome) => {
    expect(readFixture(`tfx-blessing/${name}`)).toMatchObject({
      measurements: [],
      records: [{ kind: 'suite', tests: [{ name: 'blessing', outcome }] }],
      problems: [],
    })
  })

  test.each([
    ['BLESSED', 'yes\n', 'unknown_format'],
    ['BLESSED', '\n', 'empty_file'],
    ['blessed', '', 'empty_file'],
    ['BLESSED.txt', '', 'empty_file'],
  ])('%s with %j is none', (name, text, code) => {
    const { records, problems } = readText(text, `out/${name}`).reading

    expect(records).toEqual([])
    expect(problems.map((problem) => problem.code)).toEqual([code])
  })
})
