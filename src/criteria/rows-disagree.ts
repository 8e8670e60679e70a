import type { Evidence } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import { canonical, metricOf } from '../core/metrics.ts'
import type { Problem } from '../core/problem.ts'
import { lastDigit } from './card-claims.ts'

/** Labels that say how or where something was measured, and not of what it is a part. */
const DESCRIBING: ReadonlySet<string> = new Set([
  ...['dataset', 'dataset_sha256', 'dataset_md5', 'split', 'path', 'timestamp', 'threshold', 'positive'],
])

/** Comes to another number with other bins, which no report names. */
const BINNED: ReadonlySet<string> = new Set(['expected_calibration_error'])

/**
 * Every number of a report that is another than the rows of the same dataset come to: then the report is not about
 * these rows. Of rates and areas alone: other numbers are not defined well enough to be the same.
 */
export function rowsDisagree(evidence: readonly Evidence[]): readonly Problem[] {
  return evidence.flatMap((report) => {
    const rows = evidence.filter(({ about, format }) => about === report.about && format === 'rows')
    if (report.format === 'rows') return []
    const counted = rows.flatMap(({ measurements }) => measurements)
    return report.measurements.flatMap((reported): readonly Problem[] => {
      const same = counted.filter((one) => isSame(reported, one))
      // What two files of rows come to is judged by themselves.
      const [other] = same
      if (other === undefined || same.length > 1 || agree(reported, other)) return []
      const { source, metric, value } = reported
      return [
        {
          path: source.path,
          ...(source.line !== undefined && { line: source.line }),
          ...{ code: 'rows_disagree', metric, reported: value, recomputed: inUnitOf(reported, other) },
          rows: other.source.path,
        },
      ]
    })
  })
}

/** The same metric of the same part of the same dataset, taken in the same way as far as both say it. */
function isSame(reported: Measurement, counted: Measurement): boolean {
  const metric = metricOf(reported.metric)
  if (metric?.range === undefined || BINNED.has(metric.name) || canonical(counted.metric) !== metric.name)
    return false
  if (reported.labels.dataset === undefined || reported.labels.dataset !== counted.labels.dataset)
    return false
  const labels = new Set([...Object.keys(reported.labels), ...Object.keys(counted.labels)])
  return [...labels].every((label) => {
    const [one, other] = [reported.labels[label], counted.labels[label]]
    return one === other || (DESCRIBING.has(label) && (one === undefined || other === undefined))
  })
}

function agree(reported: Measurement, counted: Measurement): boolean {
  const off = Math.abs(reported.value - inUnitOf(reported, counted))
  return off <= lastDigit(reported.value) + 1e-6
}

/** Percent where the report writes percent, or can mean nothing else. */
function inUnitOf({ unit, value }: Measurement, counted: Measurement): number {
  const isPercent = unit === 'percent' || (unit === 'unknown' && Math.abs(value) > 1)
  return isPercent ? counted.value * 100 : counted.value
}
