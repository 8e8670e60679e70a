import { boundOf, labelsOf } from '../checks/common.ts'
import { HIGHEST, leastOf, sizesPinned } from '../checks/disparity.ts'
import type { Pin } from '../checks/exam.ts'
import { groupsOf, ratesOf } from '../checks/groups.ts'
import type { Criterion } from '../checks/index.ts'
import type { Evidence } from '../core/evidence.ts'
import { metricOf } from '../core/metrics.ts'
import type { Note } from '../core/note.ts'
import type { Fault } from '../core/problem.ts'
import { growing, MOST_SAMPLES } from '../statistics/planning.ts'
import {
  canShow,
  eachToShow,
  fairPasses,
  furthestShown,
  type GapWanted,
  oneToShow,
  type Pairs,
  pairsAmong,
  showsNone,
} from '../statistics/planning-gaps.ts'
import type { Criteria } from './criteria.ts'
import { examsOf, pinnedBy } from './exams.ts'
import { gapEnds } from './gap-span.ts'
import { rateSupposed } from './rate-supposed.ts'

type Disparity = Extract<Criterion, { check: 'disparity' }>
export type GapPower =
  | { readonly kind: 'note'; readonly note: Note }
  | { readonly kind: 'fault'; readonly fault: Extract<Fault, { code: 'cannot_be_shown' }> }

/** Groups that are compared, each with its size; `names` where it is known which they are. */
type Groups = {
  readonly sizes: readonly number[]
  readonly names?: readonly string[]
  /** Of evidence at hand: what all of them have together. */
  readonly rate?: number
}

/** More are compared by nobody who asks for power. */
const MOST_GROUPS = 20

/**
 * What a gap with `confidence` takes, for each rate and attribute: of groups as large as the exam pins them, else as
 * evidence at hand has them, else as the least that is asked for. Where a size is known, a group that is too small is
 * named; what no evidence of the least size can show is a fault.
 */
export function gapPower(
  criterion: Disparity,
  criteria: Criteria,
  evidence: readonly Evidence[] = [],
): readonly GapPower[] {
  const { id, confidence } = criterion
  if (confidence === undefined || confidence <= 0.5) return []
  const wanted: GapWanted = { how: criterion.as, confidence, ...gapEnds(criterion) }
  const rates = ratesOf(criterion.metric).filter((metric) => metricOf(metric)?.proportion === true)
  if (rates.length === 0) return []
  const hopeless = hopelessFault(id, leastSizes(criterion, criteria, rates), isOneWay(criterion), wanted)
  if (hopeless !== undefined) return [{ kind: 'fault', fault: hopeless }]
  const found = rates.flatMap((metric) =>
    criterion.across.flatMap((attribute) =>
      powerBy(criterion, criteria, evidence, {
        metric,
        across: typeof attribute === 'string' ? [attribute] : attribute,
        wanted,
      }),
    ),
  )
  return found.map((note) => ({ kind: 'note', note }))
}

function hopelessFault(
  criterion: string,
  sizes: readonly number[],
  oneWay: boolean,
  wanted: GapWanted,
): Extract<Fault, { code: 'cannot_be_shown' }> | undefined {
  const pairs = oneWay ? ([[1, 0]] as const) : pairsAmong(2)
  const { confidence } = wanted
  const needed = growing(1, (size) => canShow([size, size], pairs, wanted))
  if (needed === undefined) return { code: 'cannot_be_shown', criterion, confidence }
  const samples = sizes.find((size) => size < needed)
  return samples === undefined
    ? undefined
    : { code: 'cannot_be_shown', criterion, confidence, samples, needed }
}

/** The sizes that two groups have at least; of an exam that pins them those of its two smallest. */
function leastSizes(criterion: Disparity, criteria: Criteria, rates: readonly string[]): readonly number[] {
  if (criterion.min_samples !== undefined) return [criterion.min_samples]
  const pin = pinFor(criterion, criteria)
  return rates.flatMap((metric) =>
    criterion.across.flatMap((label) => {
      const sizes = typeof label === 'string' ? pinned(criterion, pin, metric, [label])?.sizes : []
      // Beside a larger group a small one may do.
      return sizes?.toSorted((a, b) => a - b).slice(1, 2) ?? []
    }),
  )
}

type By = { readonly metric: string; readonly across: readonly string[]; readonly wanted: GapWanted }

function powerBy(
  criterion: Disparity,
  criteria: Criteria,
  evidence: readonly Evidence[],
  { metric, across, wanted }: By,
): readonly Note[] {
  const pin = pinFor(criterion, criteria)
  const groups =
    pinned(criterion, pin, metric, across) ??
    measured(criterion, criteria, evidence, metric, across) ??
    asked(criterion, pin, across)
  if (groups === undefined || groups.sizes.length < 2 || groups.sizes.length > MOST_GROUPS) return []
  const { sizes, names } = groups
  if (Math.max(...sizes) > MOST_SAMPLES / 10) return []
  const { id, as: how, confidence = 0, reference = HIGHEST } = criterion
  const at = names?.indexOf(reference)
  const pairs = pairsAmong(sizes.length, isOneWay(criterion) ? Math.max(0, at ?? 0) : undefined)
  const isTurned = metric === 'selection_rate' && pin?.inverted === true
  const seen = groups.rate ?? rateSupposed(metric, criteria)
  const rate = isTurned ? 1 - seen : seen
  const said = { criterion: id, metric, across, how, bound: boundOf(criterion), confidence, rate }
  const below = (names ?? []).flatMap((group, index): readonly Note[] => {
    const [samples = 0, least] = [sizes[index], leastOf(criterion, metric, across, group, pin)]
    const { criterion: by } = said
    return samples < least
      ? [{ code: 'group_below_least', criterion: by, metric, across, group, samples, wanted: least }]
      : []
  })
  const small = (names ?? []).flatMap((group, index): readonly Note[] => {
    const own = pairs.filter((pair) => pair.includes(index))
    // A group that shows nothing beside one that is smaller is not the one that is too small.
    const larger = own.filter((pair) => pair.every((other) => (sizes[other] ?? 0) >= (sizes[index] ?? 0)))
    if (larger.length === 0 || showsNone(sizes, larger, rate, wanted)) return []
    const needed = oneToShow(sizes, index, larger, rate, wanted)
    const samples = sizes[index] ?? 0
    return [
      { code: 'group_too_small_to_show', ...said, group, samples, ...(needed !== undefined && { needed }) },
    ]
  })
  return [...below, ...small, wholeNote(said, sizes, pairs, wanted)]
}

type Said = Pick<
  Extract<Note, { code: 'gap_power' }>,
  'criterion' | 'metric' | 'across' | 'how' | 'bound' | 'confidence' | 'rate'
>

function wholeNote(said: Said, sizes: readonly number[], pairs: Pairs, wanted: GapWanted): Note {
  const [smallest = 0, next = smallest] = sizes.toSorted((a, b) => a - b)
  const { rate } = said
  const seen = furthestShown([smallest, next], rate, wanted)
  const needed = showsNone(sizes, pairs, rate, wanted)
    ? undefined
    : eachToShow(rate, pairs.length < sizes.length, wanted)
  return {
    ...{ code: 'gap_power', ...said, groups: sizes.length, smallest, largest: Math.max(...sizes) },
    ...(seen !== undefined && { seen }),
    ...(needed !== undefined && { needed }),
    passes: fairPasses(sizes, pairs, rate, wanted),
  }
}

function pinFor(criterion: Disparity, criteria: Criteria): Pin | undefined {
  return pinnedBy(criteria).get(labelsOf(criterion).dataset ?? '')
}

function isOneWay({ reference = HIGHEST }: Disparity): boolean {
  return reference !== HIGHEST
}

/** Where every row counts, groups are as large as the exam pins them. */
function pinned(
  criterion: Disparity,
  pin: Pin | undefined,
  metric: string,
  across: readonly string[],
): Groups | undefined {
  const sizes = sizesPinned(pin, metric, across)
  if (sizes === undefined) return undefined
  const own = Object.entries(sizes).filter(([name]) => criterion.groups?.includes(name) ?? true)
  return { names: own.map(([name]) => name), sizes: own.map(([, rows]) => rows) }
}

/** Groups of evidence at hand, whatever came out for them. */
function measured(
  criterion: Disparity,
  criteria: Criteria,
  evidence: readonly Evidence[],
  metric: string,
  across: readonly string[],
): Groups | undefined {
  const measurements = evidence.flatMap((file) => (file.about === 'candidate' ? file.measurements : []))
  if (measurements.length === 0) return undefined
  const release = { manifest: undefined, path: '', evidence }
  const exams = examsOf(criteria, release, { highRisk: false, trainedHere: false })
  const { groups: only } = criterion
  const attributes = criterion.across.flat()
  const grouping = { metric, where: labelsOf(criterion), across, only, attributes }
  const grouped = groupsOf(grouping, measurements, exams)
  if (grouped.kind === 'none') return undefined
  const each = grouped.groups.map(({ name, observed }) => ({
    name,
    samples: observed.samples ?? 0,
    observed,
  }))
  if (each.some(({ samples }) => !(samples > 0))) return undefined
  const all = each.reduce((sum, { samples }) => sum + samples, 0)
  const successes = each.reduce((sum, { samples, observed: { value, unit } }) => {
    return sum + samples * (unit === 'percent' ? value / 100 : value)
  }, 0)
  const rate = successes / all
  return {
    names: each.map(({ name }) => name),
    sizes: each.map(({ samples }) => samples),
    // Where all or nothing succeeded, every gap seems to be narrow.
    ...(rate > 0 && rate < 1 && { rate }),
  }
}

/** As many groups as are named, else two, each of the least size that is asked for. */
function asked(
  { min_samples: least, groups }: Disparity,
  pin: Pin | undefined,
  across: readonly string[],
): Groups | undefined {
  if (least === undefined) return undefined
  const named = pin?.groups
  const counts = across.map((label) =>
    named !== undefined && Object.hasOwn(named, label) ? named[label]?.length : undefined,
  )
  const known = counts.every((one) => one !== undefined)
    ? counts.reduce<number>((all, one = 1) => all * one, 1)
    : 2
  return { sizes: new Array<number>(groups?.length ?? known).fill(least) }
}
