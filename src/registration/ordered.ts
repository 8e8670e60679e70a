import type { Answer } from '../core/answer.ts'
import type { ModelFacts } from '../facts.ts'

/**
 * Tier `ordered` of design chapter 4, by the commit that the manifest names: the work's own tree and R's hold
 * the same criteria, and R is its ancestor. Met only with the code `registered`.
 */
export function order(
  { start, criteria }: Pick<ModelFacts, 'start' | 'criteria'>,
  branch: string,
  trainedHere: boolean,
): Answer {
  const { path, registered, today, proposed } = criteria
  if (start.kind === 'not_named') {
    if (today === undefined) return neverRegistered(path, proposed)
    return { code: 'work_not_named', outcome: 'undecided', wanted: trainedHere ? 'training' : 'evaluation' }
  }
  if (trainedHere && start.work.kind !== 'training')
    return { code: 'work_not_named', outcome: 'undecided', wanted: 'training' }
  const work = start.work.commit
  switch (start.kind) {
    // Only a clock that is known leaves the order of commits open.
    case 'by_clock':
    case 'not_found':
      return { code: 'work_not_found', outcome: 'undecided', work }
    case 'unrelated':
      return { code: 'work_unrelated', outcome: 'unmet', work, branch }
    case 'too_long':
      return { code: 'history_too_long', outcome: 'undecided', work, limit: start.limit }
    case 'placed': {
      const { at, saw } = start
      if (registered === undefined) {
        return today === undefined
          ? neverRegistered(path, proposed)
          : { code: 'criteria_after_work', outcome: 'unmet', path, work, at }
      }
      if (saw !== registered.sha) {
        return {
          code: 'work_saw_other_criteria',
          outcome: 'unmet',
          path,
          work,
          at,
          found: saw === undefined ? 'none' : 'other',
        }
      }
      if (today === undefined) return { code: 'criteria_gone', outcome: 'undecided', path, at }
      return {
        code: 'registered',
        outcome: 'met',
        tier: 'ordered',
        work,
        at,
        amended: today.sha !== registered.sha,
      }
    }
  }
}

export function neverRegistered(path: string, proposed: string | undefined): Answer {
  return proposed === undefined
    ? { code: 'criteria_absent', outcome: 'unmet', path }
    : { code: 'criteria_in_this_change', outcome: 'unmet', path }
}
