import type { Evidence } from '../core/evidence.ts'
import type { Note } from '../core/note.ts'
import type { Fault, Problem } from '../core/problem.ts'
import type { ParsedCriteria } from './criteria.ts'
import { powerOf } from './power.ts'
import { ratchets } from './ratchet.ts'
import { selfTest } from './self-test.ts'

/** What is found out about criteria when they are proposed, before any work. */
export type Weighed = { readonly problems: readonly Problem[]; readonly notes: readonly Note[] }

/**
 * Whether criteria ask what can be shown, and whether the gate refuses what does not meet them. Only said of criteria
 * that are proposed or linted: those that hold are judged as they stand. Evidence that is at hand tells how large
 * groups are; nothing else is taken from it.
 */
export function weigh(
  { criteria, lines, problems }: ParsedCriteria,
  path: string,
  evidence: readonly Evidence[] = [],
): Weighed {
  if (criteria === undefined) return { problems: [], notes: [] }
  const power = criteria.criteria.flatMap((criterion) => powerOf(criterion, criteria, evidence))
  const hopeless = power.flatMap((one) => (one.kind === 'fault' ? [one.fault] : []))
  const { criteria: many, tried, faults } = selfTest(criteria)
  // What is asked wrongly can't be met either, and that has its own problem.
  const misspelt = criteria.criteria.filter((_, index) =>
    problems.some((one) => one.code === 'wrong_value' && one.at.startsWith(`criteria.${index}.`)),
  )
  const never = new Set([...hopeless.map(({ criterion }) => criterion), ...misspelt.map(({ id }) => id)])
  const found = [
    ...hopeless,
    ...faults.filter(({ code, criterion }) => code === 'not_refused' || !never.has(criterion)),
  ]
  const place = (fault: Extract<Fault, { criterion: string }>): Problem => {
    const line = lines[fault.criterion]
    return { path, ...(line !== undefined && { line }), ...fault }
  }
  const { registration, approach, traits = [] } = criteria
  const bought = approach === 'buy' && !traits.includes('fine-tuned')
  return {
    problems: found.map(place),
    notes: [
      ...power.flatMap((one) => (one.kind === 'note' ? [one.note] : [])),
      ...ratchets(criteria.criteria),
      ...(tried > 0 && !faults.some(({ code }) => code === 'not_refused')
        ? [{ code: 'self_test', criteria: many, tried } as const]
        : []),
      ...(registration === 'witnessed' && bought ? [{ code: 'witnessed_out_of_reach' } as const] : []),
    ],
  }
}
