import { z } from 'zod'
import type { Bound } from '../core/answer.ts'
import { CONTROLS } from '../core/controls.ts'
import { UNITS } from '../core/measurement.ts'

/** The keys that every criterion has. */
export const COMMON = {
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'a name of a-z, 0-9 and -, at most 64 long')
    .describe('name of the criterion, unique in the file'),
  control: z.enum(CONTROLS).describe('the lifecycle control that it answers for'),
  blocking: z.boolean().optional().describe('false: reported, never deciding; true without it'),
}

/** The weakest trust that what a criterion rests on may have, where that is no measurement; without it, any. */
export const SOURCE_TRUST = z
  .enum(['produced', 'signed'])
  .optional()
  .describe(
    'weakest trust accepted of the files that it rests on: produced by a run, or signed; without it, any',
  )

/** A time in whole days, as people write it: `365 days`. */
export const Days = z.string().regex(/^[1-9]\d{0,4} days?$/, 'a number of days, such as 365 days')

const Labels = z.record(z.string().max(100), z.union([z.string().max(200), z.number(), z.boolean()]))

/** Which measurements a criterion is about. */
export const SELECTION = {
  metric: z
    .string()
    .min(1)
    .max(100)
    .describe('name of the metric, as the documentation or the evidence spells it'),
  dataset: z.string().min(1).max(200).optional().describe('short for where: { dataset: … }'),
  where: Labels.optional().describe('labels that the measurement must carry'),
}

/** What the value must hold: exactly one of them. */
export const BOUNDS = {
  at_least: z.number().optional().describe('least value, inclusive'),
  at_most: z.number().optional().describe('greatest value, inclusive'),
  between: z.tuple([z.number(), z.number()]).optional().describe('least and greatest value, inclusive'),
  equals: z.number().optional().describe('the only value'),
}

export const Unit = z.enum(UNITS).exclude(['unknown'])

type Bounds = {
  readonly at_least?: number | undefined
  readonly at_most?: number | undefined
  readonly between?: readonly [number, number] | undefined
  readonly equals?: number | undefined
}

const NAMES = ['at_least', 'at_most', 'between', 'equals'] as const

/** Exactly one bound, and one that a value can meet. */
export function oneBound(criterion: Bounds, context: z.core.$RefinementCtx<unknown>): void {
  const given = NAMES.filter((name) => criterion[name] !== undefined)
  if (given.length !== 1) {
    const found = given.length === 0 ? 'none' : given.join(' and ')
    context.addIssue({
      code: 'custom',
      path: given[1] ? [given[1]] : [],
      message: `exactly one of ${NAMES.join(', ')} (found ${found})`,
      input: criterion,
    })
  }
  if (criterion.between && criterion.between[0] > criterion.between[1]) {
    context.addIssue({
      code: 'custom',
      path: ['between'],
      message: 'the lower bound first',
      input: criterion,
    })
  }
}

/** The bound of a criterion that has passed `oneBound`. */
export function boundOf({ at_least, at_most, between, equals }: Bounds): Bound {
  if (at_least !== undefined) return { kind: 'at_least', value: at_least }
  if (at_most !== undefined) return { kind: 'at_most', value: at_most }
  if (between !== undefined) return { kind: 'between', low: between[0], high: between[1] }
  if (equals !== undefined) return { kind: 'equals', value: equals }
  throw new Error('a criterion without a bound passed its schema')
}

/** What rows of numbers are added up to. */
export const AGGREGATES = ['mean', 'p50', 'p90', 'p95', 'p99'] as const

/** The labels that a criterion asks for, as text; `dataset` and `aggregate` are among them. */
export function labelsOf(criterion: {
  readonly dataset?: string | undefined
  readonly aggregate?: string | undefined
  readonly where?: Readonly<Record<string, string | number | boolean>> | undefined
}): Readonly<Record<string, string>> {
  const where = Object.entries(criterion.where ?? {}).map(([label, value]) => [label, String(value)] as const)
  const dataset = criterion.dataset === undefined ? [] : [['dataset', criterion.dataset] as const]
  const aggregate = criterion.aggregate === undefined ? [] : [['aggregate', criterion.aggregate] as const]
  return Object.fromEntries([...where, ...dataset, ...aggregate])
}
