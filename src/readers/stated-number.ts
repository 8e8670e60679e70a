import { canonical, metricOf } from '../core/metrics.ts'
import type { StatedNumber } from '../core/record.ts'
import type { Stated } from '../text/stated.ts'

/** Whether the table of metrics has a name. */
export function isMetricName(name: string): boolean {
  return metricOf(name) !== undefined
}

/** What a document states of a metric, by the metric's canonical name, and under which heading. */
export function statedNumber({ name, ...stated }: Stated, heading = ''): StatedNumber {
  return { metric: canonical(name), ...stated, ...(heading !== '' && { under: heading }) }
}
