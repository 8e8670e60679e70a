import { spread } from '../checks/attempts.ts'
import { answer } from '../checks/index.ts'
import type { Fault } from '../core/problem.ts'
import { madeFor } from './counter-evidence.ts'
import type { Criteria } from './criteria.ts'
import type { Made } from './made.ts'

type Found = Extract<Fault, { code: 'cannot_be_met' | 'not_refused' }>

export type Tried = {
  /** How many criteria were tried, and with how many pieces of counter-evidence. */
  readonly criteria: number
  readonly tried: number
  /** By the id of the criterion. */
  readonly faults: readonly Found[]
}

/**
 * The gate tried on each criterion: made evidence that it must take, and counter-evidence of each kind that it must
 * refuse, judged by the very function that judges releases. `judge` is another one only where the trial is on trial.
 */
export function selfTest(criteria: Criteria, judge: typeof answer = answer): Tried {
  const each = criteria.criteria.map((criterion) => spread(criterion, criteria.attempts))
  const made = each.flatMap((criterion) => madeFor(criterion, criteria) ?? [])
  return {
    criteria: made.length,
    tried: made.reduce((sum, { counter }) => sum + counter.length, 0),
    faults: made.flatMap((one) => faultsOf(one, judge)),
  }
}

function faultsOf({ criterion, good, counter }: Made, judge: typeof answer): readonly Found[] {
  const { id } = criterion
  const taken = counter.filter(({ context }) => judge(criterion, context).outcome === 'met')
  return [
    ...(judge(criterion, good).outcome === 'met' ? [] : [{ code: 'cannot_be_met', criterion: id } as const]),
    ...new Set(taken.map(({ kind }) => kind))
      .values()
      .map((kind) => ({ code: 'not_refused', criterion: id, counter: kind }) as const),
  ]
}
