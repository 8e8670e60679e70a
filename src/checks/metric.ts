import { z } from 'zod'
import type { Answer, Asked, MeasurementAnswer, Member } from '../core/answer.ts'
import { isAttackControl } from '../core/attack-controls.ts'
import { isAttackLabel, isNamedAttackLabel, isUnattacked } from '../core/attacks.ts'
import type { Control } from '../core/controls.ts'
import type { Measurement } from '../core/measurement.ts'
import { against } from './against.ts'
import { againstBaseline, baselineOf } from './baseline.ts'
import { AGGREGATES, BOUNDS, boundOf, COMMON, labelsOf, oneBound, SELECTION, Unit } from './common.ts'
import type { Context } from './context.ts'
import { fileOf } from './evidence-named.ts'
import { answerExam, answerTaken } from './exam.ts'
import { answerMean, REPETITIONS } from './mean.ts'
import { mistimed } from './measured-at.ts'
import { fitting, foreignTo, labelOf, select, whyUnmeasured } from './select.ts'
import { distrusted } from './trusted.ts'

/** One number, or one per member of `for_each`, against one bound. */
export const MetricCheck = z
  .strictObject({
    ...COMMON,
    check: z.literal('metric'),
    ...SELECTION,
    ...BOUNDS,
    unit: Unit.optional().describe('unit of the bound, and of evidence that names none'),
    min_samples: z.int().min(1).optional().describe('least number of samples behind the value'),
    for_each: z.string().min(1).max(100).optional().describe('judge every value of this label'),
    of: z.array(z.string().max(200)).min(1).optional().describe('the members that must be there'),
    count: z.int().min(1).optional().describe('how many members there must be'),
    combine: z
      .enum(['all', 'mean'])
      .optional()
      .describe('all: every member must hold the bound; mean: their mean'),
    aggregate: z.enum(AGGREGATES).optional().describe('of numbers in rows, such as p95'),
    confidence: z
      .number()
      .gt(0.5)
      .lt(1)
      .optional()
      .describe('how sure the samples must make it; without it the value itself decides'),
    baseline: z
      .enum(['released', 'base'])
      .optional()
      .describe('judge the difference to the last release that was a go, or to the base model'),
    first: z.number().optional().describe('what a model without an earlier go must hold'),
  })
  .superRefine((criterion, context) => {
    oneBound(criterion, context)
    const wrong = (key: string, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message, input: criterion })
    if (criterion.equals !== undefined && criterion.confidence !== undefined)
      wrong('confidence', 'no confidence beside equals: no sample shows exactly one value')
    if (criterion.first !== undefined && criterion.baseline !== 'released')
      wrong('first', 'this key only beside baseline: released')
    if (criterion.first !== undefined && criterion.at_least === undefined && criterion.at_most === undefined)
      wrong('first', 'this key only beside at_least or at_most')
    if (criterion.dataset !== undefined && criterion.where?.dataset !== undefined)
      wrong('dataset', 'either dataset or where.dataset')
    if (criterion.aggregate !== undefined && criterion.where?.aggregate !== undefined)
      wrong('aggregate', 'either aggregate or where.aggregate')
    if (criterion.for_each === undefined) {
      for (const key of ['of', 'count', 'combine'] as const)
        if (criterion[key] !== undefined) wrong(key, 'this key only beside for_each')
    } else if ((criterion.of === undefined) === (criterion.count === undefined)) {
      wrong('for_each', 'exactly one of of and count beside it, so that a missing member shows')
    } else if (criterion.combine === 'mean') {
      if (criterion.baseline !== undefined) wrong('combine', 'no combine: mean beside baseline')
      if (criterion.confidence !== undefined && !REPETITIONS.includes(criterion.for_each))
        wrong(
          'confidence',
          `beside combine: mean only for_each of ${REPETITIONS.join(', ')}: other members are no repetitions`,
        )
    }
  })
export type MetricCheck = z.infer<typeof MetricCheck>

/** Whether the measurement that was asked for is there, is enough, and holds the bound. */
export function answerMetric(criterion: MetricCheck, context: Context): Answer {
  const where = labelsOf(criterion)
  // Whatever was measured: no evidence answers for an exam that the release did not take.
  const refused = answerExam(where.dataset, context.exams)
  if (refused !== undefined) return refused
  const measurements = context.evidence.flatMap((file) => file.measurements)
  if (criterion.for_each === undefined) return judge(criterion, where, measurements, context)

  const label = criterion.for_each
  const asked = { metric: criterion.metric, where }
  const named = fitting(asked, measurements)
  // A member that is there only about another model is not missing.
  const others = context.foreign?.measurements.map(({ observed }) => observed) ?? []
  const seen = [...named, ...fitting(asked, others)]
  const found = [...new Set(seen.flatMap((measurement) => labelOf(measurement, label) ?? []))].toSorted()
  const idle = isOfAttacks(criterion.control, label) ? found.filter(isUnattacked) : []
  const attacked = (member: string) => !idle.includes(member)
  const members = criterion.of ?? found.filter(attacked)
  const beside = idle.length > 0 ? { unattacked: idle } : {}
  const { combine, confidence, unit, ...rest } = criterion
  // Of a mean each member need not be sure by itself.
  const each = combine === 'mean' ? { ...rest, unit } : criterion
  const missing = members.filter((member) => !found.includes(member))
  const wanted = criterion.of?.length ?? criterion.count ?? 0
  const judged = members
    .filter((member) => !missing.includes(member))
    .map((member) => ({
      member,
      answer: judge(each, { ...where, [label]: member }, named, context),
    }))
  if (missing.length > 0 || members.length !== wanted) {
    return {
      code: 'members_missing',
      outcome: 'undecided',
      label,
      missing,
      found: members.length - missing.length,
      wanted,
      judged,
      ...beside,
    }
  }
  if (combine !== 'mean') return { ...all(label, judged), ...beside }
  // What nothing attacked is no repetition of an attack, even where it is asked for, and would lift the mean.
  const repeated = judged.filter(({ member }) => attacked(member))
  return answerMean(
    { label, bound: boundOf(criterion), unit, confidence },
    repeated.length > 0 ? repeated : judged,
  )
}

/** Whether a label tells what attacked: of a control that is not about attacks only by its whole name. */
function isOfAttacks(control: Control, label: string): boolean {
  return isNamedAttackLabel(label) || (isAttackControl(control) && isAttackLabel(label))
}

type Joined = Extract<Answer, { code: 'members_met' | 'members_unmet' | 'members_undecided' }>

function all(label: string, members: readonly Member[]): Joined {
  const outcomes = members.map(({ answer }) => answer.outcome)
  if (outcomes.includes('unmet')) return { code: 'members_unmet', outcome: 'unmet', label, members }
  if (outcomes.includes('undecided'))
    return { code: 'members_undecided', outcome: 'undecided', label, members }
  return { code: 'members_met', outcome: 'met', label, members }
}

function judge(
  criterion: MetricCheck,
  where: Readonly<Record<string, string>>,
  measurements: readonly Measurement[],
  context: Context,
): MeasurementAnswer {
  const refused = answerExam(where.dataset, context.exams)
  if (refused !== undefined) return refused
  const asked = { metric: criterion.metric, where }
  const selected = select(asked, measurements, criterion.control)
  if (selected.kind === 'none') {
    const { answer } = selected
    return answer.code === 'no_measurement'
      ? (foreignTo(asked, context.foreign) ?? because(answer, asked, context))
      : answer
  }
  const { observed } = selected
  const compared =
    criterion.baseline === undefined
      ? against({ ...criterion, bound: boundOf(criterion) }, observed)
      : beside(criterion, criterion.baseline, where, observed, context)
  return lacking(criterion, where, observed, context, compared) ?? compared
}

/** Rows that were counted, and do not come to what was asked, say why. */
function because(
  answer: MeasurementAnswer & { readonly code: 'no_measurement' },
  asked: Asked,
  { evidence }: Context,
): MeasurementAnswer {
  const why = whyUnmeasured(
    asked,
    evidence.flatMap(({ unmeasured = [] }) => unmeasured),
  )
  return why === undefined ? answer : { ...answer, why }
}

/** A candidate beside its baseline; the first release, which has none, by itself. */
function beside(
  criterion: MetricCheck,
  asked: 'released' | 'base',
  where: Readonly<Record<string, string>>,
  observed: Measurement,
  context: Context,
): MeasurementAnswer {
  const { control, metric, unit, confidence, first } = criterion
  const bound = boundOf(criterion)
  const baseline = baselineOf(asked, context)
  if (baseline === 'awaited') return { code: 'baseline_awaited', outcome: 'undecided', observed }
  if (baseline !== 'none')
    return againstBaseline(
      { bound, unit, confidence },
      { control, metric, where },
      observed,
      baseline,
      context,
    )
  if (first === undefined || (bound.kind !== 'at_least' && bound.kind !== 'at_most'))
    return { code: 'no_baseline', outcome: 'undecided', observed }
  return against({ bound: { kind: bound.kind, value: first }, unit, confidence }, observed)
}

/** Why this measurement cannot decide, whatever its value. */
function lacking(
  criterion: MetricCheck,
  where: Readonly<Record<string, string>>,
  observed: Measurement,
  context: Context,
  otherwise: MeasurementAnswer,
): MeasurementAnswer | undefined {
  const weak =
    distrusted(observed, fileOf(observed, context.evidence), context.trust) ?? mistimed(observed, context)
  if (weak !== undefined) return weak
  const wanted = criterion.min_samples
  const taken = answerTaken(observed, where, wanted !== undefined, context.exams)
  if (taken !== undefined || wanted === undefined) return taken
  if (observed.samples === undefined)
    return { code: 'samples_unknown', outcome: 'undecided', observed, wanted }
  // Written so that a number of samples that is none is never enough.
  return !(observed.samples >= wanted)
    ? {
        code: 'too_few_samples',
        outcome: 'undecided',
        observed,
        samples: observed.samples,
        wanted,
        otherwise,
      }
    : undefined
}
