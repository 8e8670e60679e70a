import { describe, expect, test } from 'vitest'
import type { Measurement } from '../../src/core/measurement.ts'
import { rowsDisagree } from '../../src/criteria/rows-disagree.ts'
import { aMeasurement, aSource } from '../support/build.ts'
import { anEvidence } from '../support/facts.ts'

const ROWS = 'models/credit-risk/rows.csv'

function counted(given: Partial<Measurement> = {}): Measurement {
  const source = aSource({ path: ROWS, format: 'rows' })
  return aMeasurement({ value: 0.871, source, ...given })
}

function found(reported: Partial<Measurement>, rows: readonly Measurement[] = [counted()]) {
  const report = { ...anEvidence({ measurements: [aMeasurement(reported)] }), format: 'json' }
  return rowsDisagree([report, { ...anEvidence({ measurements: rows }), path: ROWS, format: 'rows' }])
}

test('a report that says more than its rows come to', () => {
  expect(found({ value: 0.93 })).toEqual([
    {
      ...{ path: 'models/credit-risk/validation/metrics.json', line: 3, code: 'rows_disagree' },
      ...{ metric: 'accuracy', reported: 0.93, recomputed: 0.871, rows: ROWS },
    },
  ])
})

describe('what is rounded agrees', () => {
  test.each<readonly [string, Partial<Measurement>, number]>([
    ['to the digit', { value: 0.871 }, 0],
    ['to two digits', { value: 0.87 }, 0],
    ['to one digit', { value: 0.9 }, 0],
    ['in percent', { value: 87.1, unit: 'percent' }, 0],
    ['in percent that nothing says', { value: 87.1, unit: 'unknown' }, 0],
    ['not by more than the last digit', { value: 0.88 }, 1],
    ['not in percent', { value: 86.5, unit: 'percent' }, 1],
    ['not to a whole one', { value: 1 }, 1],
  ])('%s', (_, reported, problems) => {
    expect(found(reported)).toHaveLength(problems)
  })
})

describe('only the same is compared', () => {
  test.each<readonly [string, Partial<Measurement>, Measurement, number]>([
    ['another name of the metric', { metric: 'acc' }, counted(), 1],
    ['the threshold of the rows', {}, counted({ labels: { dataset: 'holdout', threshold: '0.5' } }), 1],
    [
      'the group',
      { labels: { dataset: 'holdout', sex: 'F' } },
      counted({ labels: { dataset: 'holdout', sex: 'F' } }),
      1,
    ],
    [
      'another group',
      { labels: { dataset: 'holdout', sex: 'F' } },
      counted({ labels: { dataset: 'holdout', sex: 'M' } }),
      0,
    ],
    ['a group beside the whole', { labels: { dataset: 'holdout', sex: 'F' } }, counted(), 0],
    [
      'an error of calibration over other bins',
      { metric: 'ece' },
      counted({ metric: 'expected_calibration_error' }),
      0,
    ],
    ['a Brier score', { metric: 'brier' }, counted({ metric: 'brier_score' }), 1],
    ['another dataset', { labels: { dataset: 'other' } }, counted(), 0],
    ['no dataset', { labels: {} }, counted(), 0],
    ['another metric', { metric: 'recall' }, counted(), 0],
    [
      'another threshold',
      { labels: { dataset: 'holdout', threshold: '0.4' } },
      counted({ labels: { dataset: 'holdout', threshold: '0.5' } }),
      0,
    ],
    ['a seed of many', { labels: { dataset: 'holdout', seed: '1' } }, counted(), 0],
    ['a number that has no range', { metric: 'latency' }, counted({ metric: 'latency' }), 0],
  ])('%s', (_, reported, rows, problems) => {
    expect(found(reported, [rows])).toHaveLength(problems)
  })

  test('the base model is not the candidate', () => {
    const base = { ...anEvidence({ measurements: [counted()] }), format: 'rows', about: 'base' } as const

    expect(
      rowsDisagree([{ ...anEvidence({ measurements: [aMeasurement()] }), format: 'json' }, base]),
    ).toEqual([])
  })
})
