import { describe, expect, test } from 'vitest'
import { canonical, METRICS, metricOf } from '../../src/core/metrics.ts'

describe('names', () => {
  test.each([
    ['acc', 'accuracy'],
    ['Accuracy', 'accuracy'],
    ['AUROC', 'roc_auc'],
    ['f1-score', 'f1'],
    ['tpr', 'recall'],
    ['rouge-L', 'rougeL'],
    ['ROUGEL', 'rougeL'],
    ['my_metric', 'my_metric'],
    ['My_Metric', 'My_Metric'],
    ['', ''],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
  ])('%j is %j', (written, expected) => {
    expect(canonical(written)).toBe(expected)
  })

  test('no name stands for two metrics', () => {
    const names = METRICS.flatMap(({ name, also }) => [name, ...also]).map((name) => name.toLowerCase())

    const distinct = new Set(names)

    // A name that differs from its own metric's in case only is one name.
    const own = METRICS.flatMap(({ name, also }) => [
      ...new Set([name, ...also].map((one) => one.toLowerCase())),
    ])
    expect(own.length).toBe(distinct.size)
  })
})

test('a proportion is a count over its denominator, between 0 and 1', () => {
  const proportions = METRICS.filter(({ proportion }) => proportion)

  expect(proportions.length).toBeGreaterThan(0)
  for (const { denominator, range } of proportions) {
    expect(denominator).not.toBe('none')
    expect(range).toEqual([0, 1])
  }
})

test('what can exceed 1 has no upper bound of 1', () => {
  expect(metricOf('wer')?.range).toBeUndefined()
  expect(metricOf('nothing-like-it')).toBeUndefined()
})
