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
