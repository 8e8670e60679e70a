import { boundOf, labelsOf } from '../checks/common.ts'
import type { Context } from '../checks/context.ts'
import type { Criterion } from '../checks/index.ts'
import { TRUSTS, type Trust } from '../core/evidence.ts'
import type { Data } from '../core/exam.ts'
import type { Measurement } from '../core/measurement.ts'
import { metricOf } from '../core/metrics.ts'
import type { Counter } from '../core/note.ts'
import { samplesToShow } from '../statistics/planning.ts'
import { aboutAnother } from './counter-binding.ts'
import type { Criteria } from './criteria.ts'
import { pinnedBy } from './exams.ts'
import { type Made, NOW, SOURCE } from './made.ts'
import { rateAsked } from './power.ts'
import { beyond, isPercent, spanOf } from './span.ts'
import { trustOf } from './trust.ts'

/** A good member and one that is not are enough to see whether every one of them counts. */
const MEMBERS = 2
/** Enough samples that chance is out of the way. */
const MANY = 1_000_000

type Metric = Extract<Criterion, { check: 'metric' }>

function fewMembers({ of, count, ...criterion }: Metric): Metric {
  return {
    ...criterion,
    ...(of !== undefined && { of: of.slice(0, MEMBERS) }),
    ...(count !== undefined && { count: Math.min(count, MEMBERS) }),
  }
}

/** Measurements of one metric, or of some members of it, and all that is no such measurement. */
export function forMetric(whole: Metric, criteria: Criteria): Made {
  const criterion = fewMembers(whole)
  const { min_samples: least, confidence } = criterion
  const pinned = pinnedBy(criteria)
  const trust = trustOf(criteria)
  const given = [...pinned].map(([name, { digest }]): Data => ({ name, digest }))
  const rows = [...pinned.values()].map((pin) => pin.rows ?? 0)
  const asked = measurementsFor(criterion, Math.max(MANY, least ?? 0, enoughFor(criterion), ...rows))
  const context = (measurements: readonly Measurement[], from: Trust = trust, data = given): Context => ({
    now: NOW,
    trust,
    evidence: measurements.map((one, index) => ({
      ...{ path: one.source.path, sha: String(index), trust: from, about: 'candidate' },
      ...{ measurements: [one], records: [], problems: [] },
    })),
    exams: { pinned, given: data, trained: [], chosen: [], trainedHere: false, highRisk: false },
  })
  const counter = (kind: Counter, made: Context) => ({ kind, context: made })
  /** The last is otherwise than it must be: one bad member among good ones must be enough. */
  const changed = (kind: Counter, change: (good: Measurement) => readonly Measurement[]) =>
    counter(kind, context([...asked.slice(0, -1), ...asked.slice(-1).flatMap(change)]))
  const bare = ({ samples: _, stderr: __, ...rest }: Measurement): Measurement => rest
  const counts = metricOf(criterion.metric)?.proportion === true
  const own = given.filter(({ name }) => asked.some(({ labels }) => labels.dataset === name))
  return {
    criterion,
    good: context(asked),
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
      counter('other_model', aboutAnother(context(asked))),
      ...(own.length === 0
        ? []
        : [
            counter('other_data', context(asked, trust, given.map(otherwise))),
            counter('trained_on', trainedOn(context(asked), own)),
          ]),
      ...(trust === 'typed'
        ? []
        : [counter('weaker_trust', context(asked, TRUSTS[TRUSTS.indexOf(trust) - 1]))]),
    ],
  }
}

/** Samples that show even a rate that hardly anything misses. */
function enoughFor(criterion: Metric): number {
  const bound = boundOf(criterion)
  if (criterion.confidence === undefined || bound.kind === 'between') return 0
  return samplesToShow(rateAsked(criterion, bound), criterion.confidence) ?? 0
}

function trainedOn(context: Context, trained: readonly Data[]): Context {
  return { ...context, exams: { ...context.exams, trained } }
}

/** The same name with another digest of the same kind. */
function otherwise({ name, digest = '' }: Data): Data {
  return { name, digest: `${digest.slice(0, -1)}${digest.endsWith('0') ? '1' : '0'}` }
}

/** One measurement, or one for each member, that holds the bound with room to spare. */
function measurementsFor(criterion: Metric, samples: number): readonly Measurement[] {
  const { value, room } = inside(criterion)
  const where = labelsOf(criterion)
  const each = criterion.for_each
  const names = criterion.of ?? Array.from({ length: criterion.count ?? 0 }, (_, index) => `member-${index}`)
  const members = each === undefined ? [where] : names.map((name) => ({ ...where, [each]: name }))
  return members.map(({ file, format, ...labels }) => ({
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
