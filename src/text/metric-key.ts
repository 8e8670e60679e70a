import { canonical, metricOf } from '../core/metrics.ts'
import { nameOf } from './stated.ts'

/** Whether the table of metrics has a name. */
export function isMetricName(name: string): boolean {
  return metricOf(name) !== undefined
}

/**
 * By what a metric is told from others, however it is spelled: the name of the table where that has it; else its letters,
 * without the split before them, so that `eval/topic_hits` and `Topic hits` are one.
 */
export function metricKey(name: string): string {
  if (isMetricName(name)) return canonical(name)
  const own = nameOf(name.replaceAll('@', ' at ').replaceAll(/[/.:]+/g, ' '))
  // `val_accuracy` is of other data than `accuracy`.
  return isMetricName(own) ? name : own.replaceAll(/[^\p{L}\p{N}]+/gu, '')
}
