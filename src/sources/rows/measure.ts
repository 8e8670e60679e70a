import type { Measurement, Unit, Unmeasured } from '../../core/measurement.ts'
import { type ClusterSums, clusterEstimateOf } from '../../statistics/clusters.ts'
import type { SortedArea } from '../../statistics/sorted-area.ts'
import { pointer } from '../../text/pointer.ts'
import type { Calibration } from './calibration.ts'
import { notOfCalibration, ofCalibration, overClusters } from './calibration-measured.ts'
import type { Ratio } from './cluster-sql.ts'
import type { CalibrationErrors } from './clustered.ts'
import type { Numbers } from './numbers.ts'
import { metricName, type RowsPlan } from './plan.ts'
import type { Counted, Tally } from './tally.ts'

export const FORMAT = 'rows'
const TOOL = 'gonogo rows'

/** An area under the ROC curve; with `clusters` its error is over them. */
export type Area = SortedArea & { readonly clusters?: number }
/** What was found of one subset beside its counts. */
export type Found = {
  readonly tally: Tally
  readonly area?: Area
  /** Of scores; `errors` where rows are clustered. */
  readonly calibration?: Calibration & { readonly errors?: CalibrationErrors }
  /** By metric. */
  readonly numbers: Readonly<Record<string, Numbers>>
  /** By ratio, and by the place of numbers such as `v0`; absent where rows are not clustered. */
  readonly clusters?: Readonly<Record<string, ClusterSums>>
}

type Place = { readonly path: string; readonly sha: string }
type Measured = Omit<Measurement, 'source' | 'labels' | 'within' | 'tool' | 'metric'>

/** Everything that was counted, as measurements; a rate of nothing is none. */
export function measurementsOf(
  plan: RowsPlan,
  counted: Counted,
  found: readonly Found[],
  { path, sha }: Place,
): readonly Measurement[] {
  return found.flatMap(({ tally, area, calibration, numbers, clusters }): readonly Measurement[] => {
    const groups = groupsOf(plan, counted, tally)
    const make = (
      metric: string,
      labels: Readonly<Record<string, string>>,
      measured: Measured,
    ): Measurement => ({
      metric,
      ...measured,
      labels: { dataset: plan.dataset, ...labels, ...Object.fromEntries(groups) },
      ...(groups.length > 0 && { within: groups.map(([column]) => column) }),
      tool: TOOL,
      source: {
        ...{ path, sha, format: FORMAT },
        pointer: pointerTo(metric, labels, groups),
      },
    })
    return [
      ...rates(plan, counted, tally, clusters).map(([metric, labels, one]) => make(metric, labels, one)),
      ...(area === undefined ? [] : [make('roc_auc', positiveLabel(counted), areaOf(area, tally.n))]),
      ...(calibration === undefined
        ? []
        : ofCalibration(calibration, plan.confidence).map(([metric, measured]) =>
            make(metric, positiveLabel(counted), measured),
          )),
      ...Object.entries(numbers).flatMap(([metric, one], index) =>
        ofNumbers(one, clusters?.[`v${index}`]).map(([aggregate, measured]) =>
          make(metricName(metric), { aggregate }, measured),
        ),
      ),
    ]
  })
}

/** What of the calibration, and of areas under the ROC curve, can't be told of these rows, and why. */
export function unmeasuredOf(
  plan: RowsPlan,
  counted: Counted,
  found: readonly Found[],
): readonly Unmeasured[] {
  if (plan.score === undefined) return []
  return found.flatMap(({ tally, calibration }): readonly Unmeasured[] => {
    const groups = groupsOf(plan, counted, tally)
    const hasBoth = tally.positives > 0 && tally.positives < tally.n
    const reasons = [
      ...(calibration === undefined ? [] : notOfCalibration(calibration)),
      ...(hasBoth ? [] : [['roc_auc', 'one_class'] as const]),
    ]
    return reasons.map(([metric, why]) => ({
      metric,
      labels: { dataset: plan.dataset, ...positiveLabel(counted), ...Object.fromEntries(groups) },
      ...(groups.length > 0 && { within: groups.map(([column]) => column) }),
      why,
    }))
  })
}

function groupsOf(plan: RowsPlan, { names }: Counted, { groups }: Tally) {
  return groups.map(([column, group]) => [plan.groups[column] ?? '', names[column]?.[group] ?? ''] as const)
}

type Named = readonly [metric: string, labels: Readonly<Record<string, string>>, measured: Measured]

function rates(
  plan: RowsPlan,
  counted: Counted,
  tally: Tally,
  clusters: Readonly<Record<string, ClusterSums>> | undefined,
): readonly Named[] {
  const { n, hit, positives, chosen, found } = tally
  const { byThreshold, ofClass } = labelsOfRates(plan, counted)
  const all: Named[] = [['rows', {}, { value: n, unit: 'count' }]]
  const rate = (
    metric: string,
    labels: Readonly<Record<string, string>>,
    successes: number,
    samples: number,
    ratio: Ratio,
  ): void => {
    if (samples > 0)
      all.push([
        metric,
        labels,
        { ...fraction(successes / samples), samples, successes, ...robust(clusters?.[ratio]) },
      ])
  }
  if (counted.judged && counted.answered) rate('accuracy', byThreshold, hit, n, 'accuracy')
  if (counted.positive === undefined || !counted.answered) return all
  rate('selection_rate', ofClass, chosen, n, 'selection_rate')
  if (plan.label === undefined) return all
  const negatives = n - positives
  const wrong = chosen - found
  rate('recall', ofClass, found, positives, 'recall')
  rate('precision', ofClass, found, chosen, 'precision')
  rate('false_negative_rate', ofClass, positives - found, positives, 'recall')
  rate('false_positive_rate', ofClass, wrong, negatives, 'false_positive_rate')
  rate('true_negative_rate', ofClass, negatives - wrong, negatives, 'false_positive_rate')
  const f1 = harmonic(tally, clusters?.f1)
  if (f1 !== undefined) all.push(['f1', ofClass, f1])
  const matrix = {
    ...{ true_positive: found, false_negative: positives - found },
    ...{ false_positive: wrong, true_negative: negatives - wrong },
  }
  for (const [outcome, value] of Object.entries(matrix))
    all.push(['confusion', { ...ofClass, outcome }, { value, unit: 'count' }])
  return all
}

/**
 * F₁ = 2J/(1 + J) with J = TP/(TP + FP + FN), a proportion of those that are positive or called so; its error by the
 * delta method, dF/dJ = 2/(1 + J)². Of clusters by that of the ratio 2TP/(2TP + FP + FN) of what they add up to.
 */
function harmonic(
  { n, positives, chosen, found }: Tally,
  sums: ClusterSums | undefined,
): Measured | undefined {
  const either = positives + chosen - found
  if (either === 0) return undefined
  const share = found / either
  const stderr = (2 / (1 + share) ** 2) * Math.sqrt((share * (1 - share)) / either)
  const error = sums === undefined ? { stderr } : robust(sums)
  return { ...fraction((2 * share) / (1 + share)), samples: n, ...error }
}

function areaOf({ area, stderr, clusters }: Area, samples: number): Measured {
  const error = clusters === undefined ? { stderr } : overClusters(stderr, clusters)
  return { ...fraction(area), samples, ...error }
}

function ofNumbers(
  { samples, mean, variance, quantiles }: Numbers,
  clusters: ClusterSums | undefined,
): readonly (readonly [string, Measured])[] {
  const unit: Unit = 'unknown'
  const stderr = samples > 1 ? { stderr: Math.sqrt(variance / samples) } : {}
  const error = clusters === undefined ? stderr : robust(clusters)
  return [
    ['mean', { value: mean, unit, samples, ...error }],
    ...quantiles.map(({ name, value, interval }): readonly [string, Measured] => [
      name,
      {
        ...{ value, unit, samples },
        ...(clusters && { clusters: clusters.clusters }),
        ...(interval && { interval }),
      },
    ]),
  ]
}

function robust(sums: ClusterSums | undefined): Pick<Measurement, 'clusters' | 'stderr'> {
  return sums === undefined ? {} : overClusters(clusterEstimateOf(sums).stderr, sums.clusters)
}

/** The labels that rates carry: by which threshold, and of which class. */
export function labelsOfRates(plan: RowsPlan, counted: Counted) {
  const byThreshold: Readonly<Record<string, string>> = counted.byThreshold
    ? { threshold: String(plan.threshold) }
    : {}
  return { byThreshold, ofClass: { ...byThreshold, ...positiveLabel(counted) } }
}

export function positiveLabel({ positive }: Counted): Readonly<Record<string, string>> {
  return positive === undefined ? {} : { positive: positive.name }
}

function fraction(value: number): Pick<Measurement, 'value' | 'unit'> {
  return { value, unit: 'fraction' }
}

/** Where a number of rows stands: by what it is of which labels and groups. */
export function pointerTo(
  metric: string,
  labels: Readonly<Record<string, string>>,
  groups: readonly (readonly [column: string, group: string])[],
): string {
  return pointer([metric, ...Object.values(labels), ...groups.map((group) => group.join('='))])
}
