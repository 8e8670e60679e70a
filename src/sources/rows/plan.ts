import { CALIBRATION, canonical, metricOf } from '../../core/metrics.ts'
import { CUSTOMARY } from '../../core/shown.ts'
import type { Criteria } from '../../criteria/criteria.ts'
import type { RowsColumns } from '../../criteria/manifest-rows.ts'

/** How a file of rows is read: which columns are what, and what the criteria pin of the exam. */
export type RowsPlan = RowsColumns & {
  readonly dataset: string
  /** The positive value of the truth, where the criteria pin it. */
  readonly positive?: string
  /** The score from which the answer is positive, where the criteria pin it. */
  readonly threshold?: number
  /** How sure each end of a quantile's interval must be. */
  readonly confidence: number
  /** Nobody asks how the scores stand to the truth, which takes about as long again as the areas. */
  readonly uncalibrated?: true
}

/** What criteria pin of exams, and all that anybody asks of the rows. */
export type Pinning = Pick<Criteria, 'datasets' | 'criteria'>

/**
 * What the manifest says of the columns, with what the criteria pin: a group that is pinned is measured whether the
 * manifest names it or not, and a threshold is never taken from the manifest. Without criteria all that rows tell is
 * counted.
 */
export function planOf(columns: RowsColumns, dataset: string, criteria: Pinning | undefined): RowsPlan {
  const pins = criteria?.datasets ?? {}
  const pin = Object.hasOwn(pins, dataset) ? pins[dataset] : undefined
  const { label = pin?.label, groups, ...rest } = columns
  const asked = (criteria?.criteria ?? []).flatMap((one) =>
    one.check === 'metric' && one.aggregate !== undefined ? (one.confidence ?? []) : [],
  )
  return {
    ...rest,
    dataset,
    ...(label !== undefined && { label }),
    groups: [...new Set([...Object.keys(pin?.groups ?? {}), ...groups])],
    ...(pin?.positive !== undefined && { positive: nameOf(String(pin.positive)) }),
    ...(pin?.threshold !== undefined && { threshold: pin.threshold }),
    confidence: Math.max(CUSTOMARY, ...asked),
    ...(criteria?.criteria.some(asksCalibration) === false && { uncalibrated: true }),
  }
}

function asksCalibration(criterion: Pinning['criteria'][number]): boolean {
  if (criterion.check === 'lineage')
    return (criterion.metrics ?? []).some((one) => isCalibration(typeof one === 'string' ? one : one.metric))
  return (criterion.check === 'metric' || criterion.check === 'disparity') && isCalibration(criterion.metric)
}

function isCalibration(metric: string): boolean {
  return CALIBRATION.some((one) => one === canonical(metric))
}

/** Every column that is read, once. */
export function columnsOf({
  label,
  prediction,
  score,
  groups,
  cluster,
  id,
  values,
}: RowsPlan): readonly string[] {
  const single = [label, prediction, score, cluster, id].flatMap((name) => name ?? [])
  return [...new Set([...single, ...groups, ...Object.values(values)])]
}

/** Everything that is measured apart: all rows, each group column, each pair of them, and all together. */
export function subsetsOf(groups: readonly string[]): readonly (readonly number[])[] {
  const all = groups.map((_, index) => index)
  const pairs = all.flatMap((one) => all.slice(one + 1).map((other) => [one, other]))
  return [[], ...all.map((one) => [one]), ...pairs, ...(groups.length > 2 ? [all] : [])]
}

/** A class or group as people call it: pandas writes 1 as 1.0, and true as True. */
export function nameOf(raw: string): string {
  if (/^(?:true|false)$/i.test(raw)) return raw.toLowerCase()
  return /^(-?\d+)\.0+$/.exec(raw)?.[1] ?? raw
}

/** What a metric is called in evidence; the tool's own name where nobody knows it. */
export function metricName(written: string): string {
  return metricOf(written)?.name ?? written
}
