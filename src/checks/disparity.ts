import { z } from 'zod'
import type { Answer, MeasurementAnswer } from '../core/answer.ts'
import type { BindingAnswer } from '../core/binding-answer.ts'
import type { GapAnswer } from '../core/gap-answer.ts'
import type { Measurement } from '../core/measurement.ts'
import { metricOf } from '../core/metrics.ts'
import { BOUNDS, boundOf, COMMON, labelsOf, oneBound, SELECTION } from './common.ts'
import type { Context } from './context.ts'
import { fileOf } from './evidence-named.ts'
import { answerExam, answerTaken, type Pin } from './exam.ts'
import { judgeGaps, type Pair } from './gaps.ts'
import { type Group, type Grouping, groupsOf, isGroup, nameOf, ratesOf, undecidedBy } from './groups.ts'
import { mistimed } from './measured-at.ts'
import { fitting, foreignTo } from './select.ts'
import { distrusted } from './trusted.ts'

/** A gap between groups: each pair of them must hold the bound. */
export const DisparityCheck = z
  .strictObject({
    ...COMMON,
    check: z.literal('disparity'),
    ...SELECTION,
    ...BOUNDS,
    across: z
      .array(z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]))
      .min(1)
      .describe('labels of the groups; a list within the list is an intersection'),
    groups: z.array(z.string().min(1)).min(2).optional().describe('compare only these groups'),
    as: z.enum(['ratio', 'difference']).describe('how two groups are compared'),
    reference: z
      .string()
      .min(1)
      .optional()
      .describe('highest, which is what holds without it, or the group that all others are compared with'),
    min_samples: z.int().min(1).optional().describe('least number of samples behind each group'),
    confidence: z
      .number()
      .gt(0.5)
      .lt(1)
      .optional()
      .describe('how sure the samples must make it, for each pair of groups'),
  })
  .superRefine((criterion, context) => {
    oneBound(criterion, context)
    const wrong = (key: string, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message, input: criterion })
    const { as, at_least, at_most, equals, between, reference = HIGHEST, groups, across } = criterion
    if (equals !== undefined) wrong('equals', 'at_least, at_most or between: no two groups are equal')
    if (reference === HIGHEST && as === 'ratio' && at_least === undefined)
      wrong('as', 'at_least beside a ratio: it is the lowest rate by the highest')
    if (reference === HIGHEST && as === 'difference' && at_most === undefined)
      wrong('as', 'at_most beside a difference: it is the highest rate less the lowest')
    if (between !== undefined && reference === HIGHEST)
      wrong('between', 'between only beside a reference group')
    if (criterion.dataset !== undefined && criterion.where?.dataset !== undefined)
      wrong('dataset', 'either dataset or where.dataset')
    if (groups !== undefined && across.length > 1) wrong('groups', 'groups only beside one attribute')
    if (reference !== HIGHEST && across.length > 1) wrong('reference', 'a group only beside one attribute')
  })
export type DisparityCheck = z.infer<typeof DisparityCheck>

export const HIGHEST = 'highest'

/** Whether every pair of groups holds the bound, for every rate and every attribute that were asked for. */
export function answerDisparity(criterion: DisparityCheck, context: Context): Answer {
  const where = labelsOf(criterion)
  const refused = answerExam(where.dataset, context.exams)
  if (refused !== undefined) return refused
  const pairs: Pair[] = []
  for (const metric of ratesOf(criterion.metric)) {
    for (const attribute of criterion.across) {
      const found = pairsOf(
        criterion,
        metric,
        typeof attribute === 'string' ? [attribute] : attribute,
        context,
      )
      if (!Array.isArray(found)) return found
      pairs.push(...found)
    }
  }
  return judgeGaps(pairs, { how: criterion.as, bound: boundOf(criterion), confidence: criterion.confidence })
}

/** A group that only evidence about another model has: left out, it would be a group that nobody compares. */
function strangerIn(
  grouping: Omit<Grouping, 'attributes'>,
  measurements: readonly Measurement[],
  { foreign }: Context,
): BindingAnswer | undefined {
  const { metric, where, across, only } = grouping
  if (foreign === undefined) return undefined
  const own = new Set(
    fitting({ metric, where }, measurements)
      .filter((one) => isGroup(one, across))
      .map((one) => nameOf(one, across)),
  )
  const strangers = foreign.measurements.filter(
    ({ observed }) =>
      isGroup(observed, across) &&
      !own.has(nameOf(observed, across)) &&
      only?.includes(nameOf(observed, across)) !== false,
  )
  return foreignTo({ metric, where }, { ...foreign, measurements: strangers })
}

/** The pairs of one rate across one attribute or intersection, or why they can't be compared. */
function pairsOf(
  criterion: DisparityCheck,
  metric: string,
  across: readonly string[],
  context: Context,
): Pair[] | GapAnswer | BindingAnswer {
  const where = labelsOf(criterion)
  const { groups: only, reference = HIGHEST } = criterion
  const pin = context.exams.pinned.get(where.dataset ?? '')
  const attributes = criterion.across.flat()
  const measurements = context.evidence.flatMap((file) => file.measurements)
  const stranger = strangerIn({ metric, where, across, only }, measurements, context)
  if (stranger !== undefined) return stranger
  const grouped = groupsOf({ metric, where, across, only, attributes }, measurements, context.exams)
  if (grouped.kind === 'none') return grouped.answer
  const { groups } = grouped
  for (const { name, observed } of groups) {
    const wanted = leastOf(criterion, metric, across, name, pin)
    const lacking = lackingOf(wanted, { ...where, ...observed.labels }, observed, context)
    if (lacking !== undefined) return undecidedBy(name, lacking)
    const { samples = 0 } = observed
    // Written so that a number of samples that is none is never enough.
    if (!(samples >= wanted))
      return { code: 'group_too_small', outcome: 'undecided', group: name, observed, samples, wanted }
  }
  const favoured = metric === 'selection_rate' && pin?.inverted === true
  const pair = (one: Group, other: Group): Pair => ({
    ...{ metric, across, one: one.name, other: other.name, inverted: favoured },
    measured: [one.observed, other.observed],
  })
  if (reference === HIGHEST)
    return groups.flatMap((one) => groups.filter((other) => other !== one).map((other) => pair(one, other)))
  const against = groups.find(({ name }) => name === reference)
  if (against === undefined)
    return {
      ...{ code: 'groups_missing', outcome: 'undecided', metric, across },
      ...{ missing: [reference], unexpected: [] },
    }
  return groups.filter((one) => one !== against).map((one) => pair(one, against))
}

/** How many samples a group must have: as many as are asked for, else as many rows as the exam pins for it. */
export function leastOf(
  { min_samples: asked }: Pick<DisparityCheck, 'min_samples'>,
  metric: string,
  across: readonly string[],
  group: string,
  pin: Pin | undefined,
): number {
  const sizes = sizesPinned(pin, metric, across)
  const pinned = sizes !== undefined && Object.hasOwn(sizes, group) ? sizes[group] : undefined
  return asked ?? pinned ?? 0
}

/** As many rows as the exam pins for each group of one attribute; of a rate of a part of the rows nobody pins any. */
export function sizesPinned(
  pin: Pin | undefined,
  metric: string,
  [label = '', ...more]: readonly string[],
): Readonly<Record<string, number>> | undefined {
  if (more.length > 0 || metricOf(metric)?.denominator !== 'samples') return undefined
  return pin?.sizes !== undefined && Object.hasOwn(pin.sizes, label) ? pin.sizes[label] : undefined
}

/** Why a group's measurement can't decide: a group that is too small is undecided, and never dropped. */
function lackingOf(
  wanted: number,
  where: Readonly<Record<string, string>>,
  observed: Measurement,
  context: Context,
): MeasurementAnswer | undefined {
  const { evidence, trust, exams } = context
  const weak = distrusted(observed, fileOf(observed, evidence), trust) ?? mistimed(observed, context)
  if (weak !== undefined) return weak
  if (!Number.isFinite(observed.value)) return { code: 'not_a_number', outcome: 'undecided', observed }
  const taken = answerTaken(observed, where, true, exams)
  if (taken !== undefined || wanted === 0) return taken
  return observed.samples === undefined
    ? { code: 'samples_unknown', outcome: 'undecided', observed, wanted }
    : undefined
}
