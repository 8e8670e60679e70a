import type { MeasurementAnswer } from '../core/answer.ts'
import type { GapAnswer } from '../core/gap-answer.ts'
import type { Measurement } from '../core/measurement.ts'
import { canonical, metricOf } from '../core/metrics.ts'
import type { Exams, Pin } from './exam.ts'
import { fitting, labelOf, select } from './select.ts'

/** The groups of one attribute, or of an intersection, with the one measurement of each. */
export type Group = { readonly name: string; readonly observed: Measurement }
export type Grouped =
  | { readonly kind: 'groups'; readonly groups: readonly Group[] }
  | { readonly kind: 'none'; readonly answer: GapAnswer }

export type Grouping = {
  readonly metric: string
  readonly where: Readonly<Record<string, string>>
  readonly across: readonly string[]
  /** Only these, where the criterion names some. */
  readonly only: readonly string[] | undefined
  /** All attributes by which the criterion groups; what the exam pins groups of is one too. A part of a group is none of it. */
  readonly attributes: readonly string[]
}

/** More pairs than that are no comparison of people. */
const MOST_GROUPS = 100
const BETWEEN = ' × '

/** Rates that people call by what their equality means. */
const PARITIES: Readonly<Record<string, readonly string[]>> = {
  demographic_parity: ['selection_rate'],
  disparate_impact: ['selection_rate'],
  equal_opportunity: ['recall'],
  predictive_parity: ['precision'],
  equalized_odds: ['recall', 'false_positive_rate'],
}

/** The rates that a metric of a disparity stands for: `equalized_odds` is two of them. */
export function ratesOf(metric: string): readonly string[] {
  const name = metric.toLowerCase()
  return Object.hasOwn(PARITIES, name) ? (PARITIES[name] ?? []) : [canonical(metric)]
}

/** Every group that must be there, each with exactly one measurement; none is dropped. */
export function groupsOf(grouping: Grouping, measurements: readonly Measurement[], exams: Exams): Grouped {
  const { metric, where, across, only } = grouping
  const pin = where.dataset === undefined ? undefined : exams.pinned.get(where.dataset)
  const attributes = [...new Set([...grouping.attributes, ...Object.keys(pin?.groups ?? {})])]
  const others = attributes.filter((label) => !across.includes(label))
  const named = fitting({ metric, where }, measurements).filter(
    (one) =>
      others.every((label) => labelOf(one, label) === undefined) &&
      (one.within ?? []).every((label) => across.includes(label) || Object.hasOwn(where, label)),
  )
  const parted = named.filter((one) => isGroup(one, across))
  const found = [...new Set(parted.map((one) => nameOf(one, across)))].toSorted()
  const pinned = pinnedGroups(pin, across)
  const wanted = only ?? pinned ?? found
  const none = (answer: GapAnswer): Grouped => ({ kind: 'none', answer })
  if (wanted.length > MOST_GROUPS)
    return none({
      ...{ code: 'too_many_groups', outcome: 'undecided', across },
      ...{ found: wanted.length, limit: MOST_GROUPS },
    })
  const missing = wanted.filter((name) => !found.includes(name))
  const unexpected = only === undefined ? found.filter((name) => !wanted.includes(name)) : []
  if (found.length > 0 && (missing.length > 0 || unexpected.length > 0))
    return none({ code: 'groups_missing', outcome: 'undecided', metric, across, missing, unexpected })
  if (wanted.length < 2 || found.length === 0) {
    const labels = [...new Set(named.flatMap((one) => Object.keys(one.labels)))].toSorted().slice(0, 10)
    return none({ code: 'no_groups', outcome: 'undecided', metric, across, found, labels })
  }
  const groups: Group[] = []
  for (const name of wanted) {
    const own = parted.filter((one) => nameOf(one, across) === name)
    const selected = select({ metric, where: { ...where, ...labelsIn(own[0], across) } }, own)
    if (selected.kind === 'none') return none(undecidedBy(name, selected.answer))
    groups.push({ name, observed: selected.observed })
  }
  const uneven = only === undefined ? addingUp({ ...grouping, attributes }, groups, named) : undefined
  return uneven === undefined ? { kind: 'groups', groups } : none(uneven)
}

/** A group's own answer, as the answer of the comparison. */
export function undecidedBy(group: string, answer: MeasurementAnswer): GapAnswer {
  return answer.outcome === 'unmet'
    ? { code: 'group_unmet', outcome: 'unmet', group, answer }
    : // What is met refuses nothing.
      {
        code: 'group_undecided',
        outcome: 'undecided',
        group,
        answer: answer as Extract<MeasurementAnswer, { outcome: 'undecided' }>, // the line above says so
      }
}

/** Whether a measurement is of one group of an attribute, or of an intersection. */
export function isGroup(measurement: Measurement, across: readonly string[]): boolean {
  return across.every((label) => labelOf(measurement, label) !== undefined)
}

/** The group that a measurement is of. */
export function nameOf(measurement: Measurement, across: readonly string[]): string {
  return across.map((label) => labelOf(measurement, label) ?? '').join(BETWEEN)
}

function labelsIn(one: Measurement | undefined, across: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(across.map((label) => [label, (one && labelOf(one, label)) ?? '']))
}

/** The groups that the criteria pin with the exam; of an intersection all combinations. */
function pinnedGroups(pin: Pin | undefined, across: readonly string[]): readonly string[] | undefined {
  const groups = pin?.groups
  const each = across.map((label) =>
    groups !== undefined && Object.hasOwn(groups, label) ? groups[label] : undefined,
  )
  if (each.some((names) => names === undefined)) return undefined
  return each.reduce<readonly string[]>(
    (all, names = []) =>
      all.flatMap((before) => names.map((name) => (before === '' ? name : `${before}${BETWEEN}${name}`))),
    [''],
  )
}

/** Groups that are no partition of the whole hide somebody. */
function addingUp(
  { metric, across, attributes }: Grouping,
  groups: readonly Group[],
  named: readonly Measurement[],
): GapAnswer | undefined {
  const denominator = metricOf(metric)?.denominator ?? 'none'
  if (denominator === 'none') return undefined
  const wholes = named.filter((one) => attributes.every((label) => labelOf(one, label) === undefined))
  const whole = wholes.length === 1 ? wholes[0]?.samples : undefined
  const each = groups.map(({ observed }) => observed.samples)
  if (whole === undefined || each.includes(undefined)) return undefined
  const sum = each.reduce<number>((total, samples = 0) => total + samples, 0)
  return sum === whole
    ? undefined
    : { code: 'groups_do_not_add_up', outcome: 'undecided', metric, across, sum, whole }
}
