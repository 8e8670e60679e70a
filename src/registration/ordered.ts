import type { Answer } from '../core/answer.ts'
import type { ModelFacts, Work } from '../facts.ts'
import type { Adoption } from './adopted.ts'

/** Which work the manifest must name. */
export type Needed = {
  /** Undefined where no criteria can be read. */
  readonly trainedHere: boolean | undefined
  readonly adoption?: Extract<Adoption, 'not_listed' | 'late'>
}

/**
 * Tier `ordered` of design chapter 4, by the commit that the manifest names: the work's own tree and R's hold
 * the same criteria, and R is its ancestor. Met only with the code `registered`.
 */
export function order(
  { start, criteria }: Pick<ModelFacts, 'start' | 'criteria'>,
  branch: string,
  needed: Needed,
): Answer {
  const { path, registered, today } = criteria
  if (start.kind === 'not_named') {
    if (today === undefined) return neverRegistered(criteria)
    return workNotNamed(needed)
  }
  const wrong = otherWork(start.work.kind, needed)
  if (wrong !== undefined) return wrong
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
          ? neverRegistered(criteria)
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

function workNotNamed({ trainedHere, adoption }: Needed): Answer {
  const wanted = trainedHere ? 'training' : 'evaluation'
  return { code: 'work_not_named', outcome: 'undecided', wanted, ...(adoption && { adoption }) }
}

/** Where something is trained here the work is training, else the first evaluation; the other shows nothing. */
export function otherWork(work: Work['kind'], needed: Needed): Answer | undefined {
  if (needed.trainedHere) return work === 'training' ? undefined : workNotNamed(needed)
  return work === 'training' && needed.trainedHere === false
    ? { code: 'nothing_trained_here', outcome: 'undecided' }
    : undefined
}

export function neverRegistered({ path, proposed, misnamed }: ModelFacts['criteria']): Answer {
  return proposed === undefined
    ? { code: 'criteria_absent', outcome: 'unmet', path, ...(misnamed !== undefined && { misnamed }) }
    : { code: 'criteria_in_this_change', outcome: 'unmet', path }
}
