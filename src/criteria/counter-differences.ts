import Big from 'big.js'
import { boundOf, labelsOf } from '../checks/common.ts'
import type { Context } from '../checks/context.ts'
import type { Criterion } from '../checks/index.ts'
import type { Baseline } from '../core/baseline-answer.ts'
import type { Measurement } from '../core/measurement.ts'
import { metricOf } from '../core/metrics.ts'
import type { Counter } from '../core/note.ts'
import { contextsOf, fileOf } from './counter-contexts.ts'
import type { Criteria } from './criteria.ts'
import { pinnedBy } from './exams.ts'
import { type Made, SOURCE } from './made.ts'
import { membersOf } from './made-members.ts'

type Metric = Extract<Criterion, { check: 'metric' }>

/** Enough samples that chance is out of the way. */
const MANY = 100_000_000
const DATASET = 'dataset'

/** A candidate beside a baseline, with a difference that holds the bound, and what is no such comparison. */
export function forDifference(criterion: Metric, criteria: Criteria): Made {
  const { inside, beyond } = differences(criterion)
  const scale = criterion.unit === 'percent' ? 100 : 1
  const base = 0.5 * scale
  const own = membersOf(criterion).map((labels) =>
    measured(criterion, base + inside, { [DATASET]: 'exam', ...labels }),
  )
  const others = own.map((one) => ({ ...one, value: base, source: { ...SOURCE, pointer: '/baseline' } }))
  const of = contextsOf(criteria, own.map(fileOf), labelsOf(criterion).dataset)
  const pinned = pinnedBy(criteria)
  const data = [...pinned].map(([name, { digest }]) => ({ name, digest }))
  const exam = { name: 'exam', digest: `sha256:${'e'.repeat(64)}` }
  const surrounded = (context: Context, against: readonly Measurement[] = others): Context => {
    const evidence = of
      .context(against.map(fileOf))
      .evidence.map((one) => ({ ...one, about: 'base' as const }))
    const released: Baseline = {
      name: { kind: 'released', commit: '0'.repeat(40) },
      evidence,
      data: [...data, exam],
    }
    return {
      ...context,
      exams: { ...context.exams, given: [...context.exams.given, exam] },
      base: evidence,
      released,
    }
  }
  const changed = (kind: Counter, change: (good: Measurement) => readonly Measurement[]) => ({
    kind,
    context: surrounded(of.context([...own.slice(0, -1), ...own.slice(-1).flatMap(change)].map(fileOf))),
  })
  return {
    criterion,
    good: surrounded(of.context(own.map(fileOf))),
    counter: [
      ...beyond.map((off) => changed('beyond_bound', (good) => [{ ...good, value: base + off }])),
      changed('missing', () => []),
      { kind: 'missing', context: surrounded(of.context(own.map(fileOf)), others.slice(0, -1)) },
      changed('not_a_number', (good) => [{ ...good, value: Number.NaN }]),
      changed('ambiguous', (good) => [good, { ...good, source: { ...good.source, pointer: '/2' } }]),
      ...(criterion.min_samples === undefined
        ? []
        : [changed('too_few_samples', (good) => [{ ...good, samples: (criterion.min_samples ?? 1) - 1 }])]),
      ...(criterion.confidence === undefined
        ? []
        : [changed('no_spread', ({ samples: _, ...good }) => [{ ...good, stderr: 0 }])]),
      ...[...of.ofExams, ...of.ofTrust].map(({ kind, context }) => ({ kind, context: surrounded(context) })),
    ],
  }
}

function measured(criterion: Metric, value: number, labels: Readonly<Record<string, string>>): Measurement {
  const { file: _, format: __, ...rest } = { ...labels, ...labelsOf(criterion) }
  const counts = metricOf(criterion.metric)?.proportion === true
  return {
    ...{ metric: criterion.metric, value, unit: criterion.unit ?? 'unknown', samples: MANY },
    ...(criterion.confidence !== undefined && !counts && { stderr: 1e-9 }),
    ...{ labels: rest, source: SOURCE },
  }
}

/** A difference that holds the bound, and one beyond each of its ends. */
function differences(criterion: Metric): { readonly inside: number; readonly beyond: readonly number[] } {
  const bound = boundOf(criterion)
  const [low, high] =
    bound.kind === 'between'
      ? [bound.low, bound.high]
      : [
          bound.kind === 'at_most' ? undefined : bound.value,
          bound.kind === 'at_least' ? undefined : bound.value,
        ]
  const room = (criterion.unit === 'percent' ? 100 : 1) * 0.1
  const inside = low === undefined ? (high ?? 0) - room : high === undefined ? low + room : (low + high) / 2
  const step = new Big(0.01).toNumber()
  return {
    inside,
    beyond: [...(low === undefined ? [] : [low - step]), ...(high === undefined ? [] : [high + step])],
  }
}
