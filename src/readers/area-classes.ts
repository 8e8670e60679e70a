import type { Measurement } from '../core/measurement.ts'
import { metricOf } from '../core/metrics.ts'

/** What tools call the four counts of a binary confusion matrix, as MLflow's evaluator does. */
const CELLS = ['true_positives', 'false_negatives', 'true_negatives', 'false_positives'] as const

/**
 * Areas under the ROC curve with the number of positives behind them, where the same file counts the outcomes of the
 * same samples: then an area shows something without its scores. Counts that are not whole, or come to another number
 * of samples than the area says, tell nothing.
 */
export function withClasses(measurements: readonly Measurement[]): readonly Measurement[] {
  const isBare = (one: Measurement) =>
    metricOf(one.metric)?.name === 'roc_auc' && one.stderr === undefined && one.positives === undefined
  if (!measurements.some(isBare)) return measurements
  const counts = new Map(
    measurements.flatMap((one) => (isCell(one.metric) ? [[keyOf(one.metric, one), one.value] as const] : [])),
  )
  if (counts.size === 0) return measurements
  return measurements.map((one) => {
    if (!isBare(one)) return one
    const [found, missed, spared, accused] = CELLS.map((cell) => counts.get(keyOf(cell, one)) ?? Number.NaN)
    const [positives, negatives] = [(found ?? 0) + (missed ?? 0), (spared ?? 0) + (accused ?? 0)]
    const samples = positives + negatives
    const isWhole = Number.isSafeInteger(positives) && Number.isSafeInteger(negatives) && samples > 0
    if (!isWhole || (one.samples !== undefined && one.samples !== samples)) return one
    return { ...one, samples, positives }
  })
}

function isCell(metric: string): boolean {
  return CELLS.some((cell) => cell === metric)
}

/** The same run, part and data: all labels agree. */
function keyOf(metric: string, { labels, model = '' }: Measurement): string {
  return JSON.stringify([metric, model, Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))])
}
