import type { Answer } from '../core/answer.ts'
import type { Registration } from '../core/verdict.ts'
import type { Criteria } from '../criteria/criteria.ts'
import type { ModelFacts } from '../facts.ts'

/** Whether the criteria came before the work: the built-in criterion, and what the verdict says about it. */
export type Registered = { readonly answer: Answer; readonly registration: Registration }

/** What the criteria as registered and as they are today ask of the registration, the stricter of both. */
export type Required = { readonly tier: Registration['required']; readonly trainedHere: boolean }

const TIERS = ['ordered', 'started', 'witnessed'] as const

export function required(versions: readonly Criteria[]): Required {
  const tiers = versions.map(({ registration }) => TIERS.indexOf(registration ?? 'ordered'))
  return {
    tier: TIERS[Math.max(0, ...tiers)] ?? 'witnessed',
    trainedHere: versions.some(
      ({ approach, traits }) => approach === 'build' || (traits ?? []).includes('fine-tuned'),
    ),
  }
}

/** Tier `ordered` of design chapter 4: the work's own tree and R's hold the same criteria, and R is its ancestor. */
export function registration(
  { start, criteria }: ModelFacts,
  branch: string,
  { tier, trainedHere }: Required,
): Registered {
  const answer = order({ start, criteria }, branch, trainedHere)
  const proved = answer.code === 'registered'
  const work = 'work' in start ? { work: start.work } : {}
  const at = start.kind === 'placed' ? { at: start.at } : {}
  const blobs = {
    path: criteria.path,
    ...(criteria.registered && { registered: criteria.registered.sha }),
    ...(criteria.today && { today: criteria.today.sha }),
    ...(criteria.proposed && { proposed: criteria.proposed }),
  }
  return {
    answer:
      proved && tier !== 'ordered'
        ? { code: 'tier_too_low', outcome: 'undecided', tier: 'ordered', wanted: tier }
        : answer,
    registration: { tier: proved ? 'ordered' : 'none', required: tier, ...work, ...at, ...blobs },
  }
}

function order(
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

function neverRegistered(path: string, proposed: string | undefined): Answer {
  return proposed === undefined
    ? { code: 'criteria_absent', outcome: 'unmet', path }
    : { code: 'criteria_in_this_change', outcome: 'unmet', path }
}
