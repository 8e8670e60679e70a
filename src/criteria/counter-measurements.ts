import { boundOf, labelsOf } from '../checks/common.ts'
import type { Criterion } from '../checks/index.ts'
import type { Measurement } from '../core/measurement.ts'
import { metricOf } from '../core/metrics.ts'
import type { Counter } from '../core/note.ts'
import { samplesToShow } from '../statistics/planning.ts'
import { contextsOf, fileOf } from './counter-contexts.ts'
import { forDifference } from './counter-differences.ts'
import type { Criteria } from './criteria.ts'
import { pinnedBy } from './exams.ts'
import { type Made, SOURCE } from './made.ts'
import { fewMembers, membersOf } from './made-members.ts'
import { rateAsked } from './power.ts'
import { beyond, isPercent, spanOf } from './span.ts'

/** Enough samples that chance is out of the way. */
const MANY = 1_000_000

type Metric = Extract<Criterion, { check: 'metric' }>

/** Measurements of one metric, or of some members of it, and all that is no such measurement. */
export function forMetric(whole: Metric, criteria: Criteria): Made {
  const criterion = fewMembers(whole)
  if (criterion.baseline !== undefined) return forDifference(criterion, criteria)
  const { min_samples: least, confidence } = criterion
  const pinned = pinnedBy(criteria)
  const rows = [...pinned.values()].map((pin) => pin.rows ?? 0)
  const asked = measurementsFor(criterion, Math.max(MANY, least ?? 0, enoughFor(criterion), ...rows))
  const of = contextsOf(criteria, asked.map(fileOf), labelsOf(criterion).dataset)
  /** The last is otherwise than it must be: one bad member among good ones must be enough. */
  const changed = (kind: Counter, change: (good: Measurement) => readonly Measurement[]) => ({
    kind,
    context: of.context([...asked.slice(0, -1), ...asked.slice(-1).flatMap(change)].map(fileOf)),
  })
  const bare = ({ samples: _, stderr: __, ...rest }: Measurement): Measurement => rest
  const counts = metricOf(criterion.metric)?.proportion === true
  return {
    criterion,
    good: of.context(asked.map(fileOf)),
    counter: [
      ...beyond(criterion).map((value) => changed('beyond_bound', (good) => [{ ...good, value }])),
      changed('missing', () => []),
      changed('not_a_number', (good) => [{ ...good, value: Number.NaN }]),
      changed('ambiguous', (good) => [good, { ...good, source: { ...good.source, pointer: '/2' } }]),
      ...(least === undefined && confidence === undefined
        ? []
        : [changed('too_few_samples', (good) => [{ ...bare(good), samples: (least ?? 1) - 1 }])]),
      ...(least === undefined ? [] : [changed('samples_unknown', (good) => [bare(good)])]),
      ...(confidence === undefined || (counts && least !== undefined)
        ? []
        : [changed('no_spread', (good) => [{ ...(counts ? bare(good) : good), stderr: 0 }])]),
      ...(asked.some(({ labels }) => labels.dataset !== undefined)
        ? [changed('other_dataset', (good) => [{ ...good, labels: { ...good.labels, dataset: 'another' } }])]
        : []),
      ...of.ofExams,
      ...of.ofTrust,
    ],
  }
}

/** Samples that show even a rate that hardly anything misses. */
function enoughFor(criterion: Metric): number {
  const bound = boundOf(criterion)
  if (criterion.confidence === undefined || bound.kind === 'between') return 0
  return samplesToShow(rateAsked(criterion, bound), criterion.confidence) ?? 0
}

/** One measurement, or one for each member, that holds the bound with room to spare. */
function measurementsFor(criterion: Metric, samples: number): readonly Measurement[] {
  const { value, room } = inside(criterion)
  return membersOf(criterion).map(({ file, format, ...labels }) => ({
    metric: criterion.metric,
    value,
    unit: criterion.unit ?? (isPercent(criterion) ? 'percent' : 'unknown'),
    samples,
    ...(criterion.confidence !== undefined && { stderr: room / 1000 }),
    labels,
    source: { ...SOURCE, ...(file !== undefined && { path: file }), ...(format !== undefined && { format }) },
  }))
}

/** A value that holds the bound, as far inside as there is room. */
function inside(criterion: Metric): { readonly value: number; readonly room: number } {
  const bound = boundOf(criterion)
  const { low, high } = spanOf(criterion)
  const room = (value: number, end: number) => ({ value, room: Math.abs(value - end) || 1e-9 })
  switch (bound.kind) {
    case 'at_least':
      return room(Number.isFinite(high) ? high : bound.value + Math.abs(bound.value) + 1, bound.value)
    case 'at_most':
      return room(Number.isFinite(low) ? low : bound.value - Math.abs(bound.value) - 1, bound.value)
    case 'between':
      return room((bound.low + bound.high) / 2, bound.high)
    case 'equals':
      return room(bound.value, bound.value)
  }
}
