import { labelsOf } from '../checks/common.ts'
import { HIGHEST, leastOf } from '../checks/disparity.ts'
import { nameOf, ratesOf } from '../checks/groups.ts'
import type { Criterion } from '../checks/index.ts'
import type { Measurement } from '../core/measurement.ts'
import { metricOf } from '../core/metrics.ts'
import type { Counter } from '../core/note.ts'
import { contextsOf, fileOf } from './counter-contexts.ts'
import type { Criteria } from './criteria.ts'
import { pinnedBy } from './exams.ts'
import { gapEnds } from './gap-span.ts'
import { type Made, SOURCE } from './made.ts'

type Disparity = Extract<Criterion, { check: 'disparity' }>

/** Enough samples that chance is out of the way. */
const MANY = 1_000_000
const MIDDLE = 0.5

/** A rate that is the same in every group, and one group that is treated otherwise, or is not there. */
export function forDisparity(criterion: Disparity, criteria: Criteria): Made {
  const { confidence } = criterion
  const asked = groupsFor(criterion, criteria)
  const [first] = asked
  const least = leastFor(criterion, criteria, asked.at(-1))
  const of = contextsOf(criteria, asked.map(fileOf), labelsOf(criterion).dataset)
  const changed = (kind: Counter, change: (good: Measurement) => readonly Measurement[]) => ({
    kind,
    context: of.context([...asked.slice(0, -1), ...asked.slice(-1).flatMap(change)].map(fileOf)),
  })
  const bare = ({ samples: _, successes: __, ...rest }: Measurement): Measurement => rest
  return {
    criterion,
    good: of.context(asked.map(fileOf)),
    counter: [
      ...apart(criterion).map((value) =>
        changed('beyond_bound', (good) => [withRate(good, isTurned(good, criteria) ? 1 - value : value)]),
      ),
      changed('missing', () => []),
      changed('not_a_number', (good) => [{ ...bare(good), value: Number.NaN }]),
      changed('ambiguous', (good) => [good, { ...good, source: { ...good.source, pointer: '/2' } }]),
      ...(least === undefined ? [] : [changed('samples_unknown', (good) => [bare(good)])]),
      ...(least === undefined ? [] : [changed('too_few_samples', (good) => [fewer(good, least - 1)])]),
      ...(confidence === undefined ? [] : [changed('no_spread', (good) => [{ ...bare(good), stderr: 0 }])]),
      ...(first?.labels.dataset === undefined
        ? []
        : [
            changed('other_dataset', (good) => [{ ...good, labels: { ...good.labels, dataset: 'another' } }]),
          ]),
      ...of.ofExams,
      ...of.ofModels,
      ...of.ofTrust,
    ],
  }
}

/** How many samples the group that is treated otherwise must have; undefined where any number will do. */
function leastFor(
  criterion: Disparity,
  criteria: Criteria,
  last: Measurement | undefined,
): number | undefined {
  const attribute = criterion.across.at(-1) ?? ''
  const pin = pinnedBy(criteria).get(labelsOf(criterion).dataset ?? '')
  const across = typeof attribute === 'string' ? [attribute] : attribute
  const least = last && leastOf(criterion, last.metric, across, nameOf(last, across), pin)
  return least === 0 ? undefined : least
}

/** The rate of all groups, such that one can be beyond the bound on either side of it. */
function rateFor(criterion: Disparity): number {
  const { low = 0, high = 0 } = gapEnds(criterion)
  if (criterion.as === 'ratio' || Math.max(-low, high) < MIDDLE / 2) return MIDDLE
  return high > -low ? (1 - high) / 4 : 1 - (1 + low) / 4
}

/** Rates of one group that are beyond the bound beside that of all others; none where nothing is. */
function apart(criterion: Disparity): readonly number[] {
  const { low, high } = gapEnds(criterion)
  const isRatio = criterion.as === 'ratio'
  const rate = rateFor(criterion)
  const step = (room: number) => Math.min(0.01, room / 2)
  const beyond = [
    ...(low === undefined ? [] : [isRatio ? rate * (low - step(low)) : rate + low - step(rate + low)]),
    ...(high === undefined ? [] : [isRatio ? rate * (high + 0.01) : rate + high + step(1 - rate - high)]),
  ]
  return beyond.filter((value) => value >= 0 && value <= 1)
}

/** Whether the outcome that is good for the person is the one that the rate does not count. */
function isTurned({ metric, labels }: Pick<Measurement, 'metric' | 'labels'>, criteria: Criteria): boolean {
  return metric === 'selection_rate' && pinnedBy(criteria).get(labels.dataset ?? '')?.inverted === true
}

function withRate(good: Measurement, value: number): Measurement {
  const { samples = MANY } = good
  const successes = Math.round(value * samples)
  return { ...good, value: successes / samples, ...(good.successes !== undefined && { successes }) }
}

function fewer(good: Measurement, samples: number): Measurement {
  return { ...good, samples, ...(good.successes !== undefined && { successes: samples / 2 }) }
}

/** One measurement of each group, for each rate and attribute that are asked for. */
function groupsFor(criterion: Disparity, criteria: Criteria): readonly Measurement[] {
  const where = labelsOf(criterion)
  const { groups: pinned, sizes: rows = {} } = pinnedBy(criteria).get(where.dataset ?? '') ?? {}
  const { reference = HIGHEST, groups, min_samples: asked = 0 } = criterion
  const least = Math.max(asked, ...Object.values(rows).flatMap((own) => Object.values(own)))
  const namesOf = (label: string): readonly string[] => {
    const known = groups ?? (pinned !== undefined && Object.hasOwn(pinned, label) ? pinned[label] : undefined)
    // Where nobody says which groups there are, only that there are less than two of them shows.
    if (known === undefined) return [reference === HIGHEST ? 'group-1' : reference, 'group-2']
    return reference === HIGHEST || known.includes(reference) ? known : [reference, ...known]
  }
  return ratesOf(criterion.metric).flatMap((metric) => {
    const counts = metricOf(metric)?.proportion === true
    const samples = 2 * Math.max(MANY, least)
    const rate = rateFor(criterion)
    const isInverted = isTurned({ metric, labels: where }, criteria)
    const successes = Math.round((isInverted ? 1 - rate : rate) * samples)
    return criterion.across.flatMap((attribute) =>
      combined(typeof attribute === 'string' ? [attribute] : attribute, namesOf).map(
        (labels): Measurement => ({
          ...{ metric, value: successes / samples, unit: 'fraction', samples },
          ...(counts ? { successes } : { stderr: 1e-6 }),
          labels: { ...where, ...labels },
          source: SOURCE,
        }),
      ),
    )
  })
}

function combined(
  labels: readonly string[],
  namesOf: (label: string) => readonly string[],
): readonly Readonly<Record<string, string>>[] {
  return labels.reduce<readonly Readonly<Record<string, string>>[]>(
    (all, label) => all.flatMap((before) => namesOf(label).map((name) => ({ ...before, [label]: name }))),
    [{}],
  )
}
