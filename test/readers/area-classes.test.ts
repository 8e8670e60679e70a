import { expect, test } from 'vitest'
import { intervalOf } from '../../src/checks/interval.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import { withClasses } from '../../src/readers/area-classes.ts'
import { readFixture, readText } from './read.ts'

const COUNTS = { true_positives: 40, false_negatives: 11, true_negatives: 50, false_positives: 8 }

function areaIn(file: object): Measurement | undefined {
  const { reading } = readText(JSON.stringify(file), 'metrics.json')
  return reading.measurements.find(({ metric }) => metric === 'roc_auc')
}

const shownOf = (area: Measurement | undefined, confidence: number) => {
  const formed = area && intervalOf(area, { own: 1, whole: 1 }, confidence)
  return formed?.kind === 'formed' ? formed.shown : formed?.why
}

test('an area beside the counts of its classes shows what Hanley and McNeil have for it', () => {
  // Their example: 51 abnormal and 58 normal images, an area of 0.893 with an error of 0.0325.
  const area = areaIn({ roc_auc: 0.893, ...COUNTS })
  const shown = shownOf(area, 0.975)

  expect(area).toMatchObject({ samples: 109, positives: 51 })
  expect(shown).toMatchObject({ method: 'hanley_mcneil' })
  expect(shown).toHaveProperty('low', expect.closeTo(0.893 - 1.96 * 0.0325, 3))
  expect(shown).toHaveProperty('high', expect.closeTo(0.893 + 1.96 * 0.0325, 3))
})

test.each<readonly [string, object]>([
  ['one of the four is not there', { roc_auc: 0.893, ...COUNTS, false_positives: undefined }],
  ['one of them is no count', { roc_auc: 0.893, ...COUNTS, true_positives: 40.5 }],
  ['they are of another part', { roc_auc: 0.893, test: COUNTS }],
  ['there are none', { roc_auc: 0.893 }],
])('nothing is known of the classes where %s', (_, file) => {
  expect(areaIn(file)).not.toHaveProperty('positives')
  expect(shownOf(areaIn(file), 0.95)).toBe('nothing_known')
})

test('nothing is taken where the area is of another number of samples, or has an error of its own', () => {
  const cells = readText(JSON.stringify(COUNTS), 'metrics.json').reading.measurements
  const area = areaIn({ roc_auc: 0.893 })
  if (area === undefined) throw new Error('no area')

  const [other] = withClasses([{ ...area, samples: 110 }, ...cells])
  const [known] = withClasses([{ ...area, stderr: 0.03 }, ...cells])
  const [same] = withClasses([{ ...area, samples: 109 }, ...cells])

  expect(other).not.toHaveProperty('positives')
  expect(known).not.toHaveProperty('positives')
  expect(same).toHaveProperty('positives', 51)
})

test('one class, a perfect area and clusters show nothing', () => {
  const area = areaIn({ roc_auc: 0.893, ...COUNTS })
  if (area === undefined) throw new Error('no area')

  expect(shownOf({ ...area, positives: 109 }, 0.95)).toBe('nothing_known')
  expect(shownOf({ ...area, value: 1 }, 0.95)).toBe('no_spread')
  expect(shownOf({ ...area, clusters: 20 }, 0.95)).toBe('clustered')
})

test('SageMaker counts the classes in its confusion matrix', () => {
  const area = readFixture('sagemaker-model-quality/statistics.json').measurements.find(
    ({ metric }) => metric === 'roc_auc',
  )

  expect(area?.positives).toBeGreaterThan(0)
  expect(area?.samples).toBeGreaterThan(area?.positives ?? 0)
})
