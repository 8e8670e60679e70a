import type { Reading } from '../core/evidence.ts'
import { metricOf } from '../core/metrics.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { identityOf } from './names.ts'
import { type Fields, fieldsAt, fractionOf, isFields, isNotFinite, isNumber, overSamples } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { type Confusion, confusionOf, countsFor } from './sagemaker-confusion.ts'
import { isoOf, timeText } from './times.ts'

const format = 'sagemaker-model-quality'

/** The kinds of problem, each with its own object of metrics. */
const KINDS = ['binary_classification_metrics', 'multiclass_classification_metrics', 'regression_metrics']

/**
 * Model quality of SageMaker: Model Monitor's statistics, and `evaluation.json` of its pipelines. `standard_deviation` is
 * over five draws of 80% of the data, or of whatever a script wrote there, and is no error of the value. Samples come from
 * the confusion matrix or the count of the data set. A constant classifier stands beside as a baseline.
 */
export const sagemakerModelQuality: Reader = {
  format,
  labels: ['problem'],
  recognises: (content) => kindsIn(content).length > 0,
  read,
}

function kindsIn(content: Content): readonly string[] {
  if (content.kind !== 'data' || !isFields(content.value)) return []
  const { value } = content
  return KINDS.filter((kind) => isFields(value[kind]))
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const file = input.content.kind === 'data' && isFields(input.content.value) ? input.content.value : {}
  for (const kind of kindsIn(input.content)) readKind(file, kind, found)
  return found.reading()
}

function readKind(file: Fields, kind: string, found: Collector): void {
  const metrics = fieldsAt(file, kind)
  const { item_count: items, evaluation_time: time } = fieldsAt(file, 'dataset')
  const confusion = confusionOf(metrics.confusion_matrix)
  if (confusion === 'malformed')
    found.malformed([kind, 'confusion_matrix'], 'counts by true and predicted class')
  const matrix = confusion === 'malformed' ? undefined : confusion
  if (isNumber(items) && matrix && matrix.total !== items) {
    const at = pointer([kind, 'confusion_matrix'])
    const other = `item_count of ${items}`
    found.fault([kind, 'confusion_matrix'], {
      code: 'contradiction',
      at,
      one: `${matrix.total} in all`,
      other,
    })
    return
  }
  const about: About = {
    kind,
    matrix,
    items: isNumber(items) && Number.isSafeInteger(items) && items >= 0 ? items : undefined,
    identity: identityOf({ tool: 'sagemaker', at: isoOf(time, 'utc') ?? timeText(time) }),
  }
  const { true_positive_rate: rate, recall, ...others } = metrics
  // Recall under its other name, which is not told twice.
  const twice = isFields(rate) && isFields(recall)
  if (twice && rate.value !== recall.value) {
    const keys = [kind, 'true_positive_rate', 'value']
    const [one, other] = [String(rate.value).slice(0, 40), `a recall of ${String(recall.value).slice(0, 40)}`]
    found.fault(keys, { code: 'contradiction', at: pointer(keys), one, other })
  }
  for (const [metric, entry] of Object.entries(twice ? { recall, ...others } : metrics)) {
    // The matrix and the curves are no numbers with a value.
    if (isFields(entry) && Object.hasOwn(entry, 'value')) readMetric(metric, entry.value, about, found)
  }
}

type About = {
  readonly kind: string
  readonly matrix: Confusion | undefined
  readonly items: number | undefined
  readonly identity: ReturnType<typeof identityOf>
}

function readMetric(metric: string, value: unknown, about: About, found: Collector): void {
  const { kind, matrix, items, identity } = about
  const keys = [kind, metric, 'value']
  if (typeof value === 'string' && isNotFinite(value)) {
    found.fault(keys, { code: 'not_finite', at: pointer(keys), found: value })
    return
  }
  if (!isNumber(value)) {
    found.malformed(keys, 'a number')
    return
  }
  const counts = matrix && countsFor(metric, matrix)
  if (counts && counts.samples > 0 && Math.abs(counts.successes / counts.samples - value) > 1e-6) {
    const other = `${counts.successes}/${counts.samples} by the confusion matrix`
    found.fault(keys, { code: 'contradiction', at: pointer(keys), one: String(value), other })
    return
  }
  const all = matrix?.total ?? items
  const samples = all !== undefined && overSamples(metric) ? { samples: all } : {}
  found.measure(keys, {
    metric,
    value,
    unit: fractionOf(metric, value),
    ...(counts ?? samples),
    ...classesOf(metric, matrix),
    labels: { problem: kind.replace(/_metrics$/, '') },
    ...identity,
  })
}

/** Of an area under the ROC curve, the two classes behind it. */
function classesOf(
  metric: string,
  matrix: Confusion | undefined,
): { readonly samples?: number; readonly positives?: number } {
  if (metricOf(metric)?.name !== 'roc_auc' || matrix?.binary === undefined) return {}
  return { samples: matrix.total, positives: matrix.binary.tp + matrix.binary.fn }
}
