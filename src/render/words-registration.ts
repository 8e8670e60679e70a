import type { Answer } from '../core/answer.ts'
import { count } from './numbers.ts'
import { type Advice, quoted, type Sentence, sentence, type Words } from './sentence.ts'

type Code =
  | 'registered'
  | 'criteria_absent'
  | 'criteria_in_this_change'
  | 'criteria_after_work'
  | 'work_saw_other_criteria'
  | 'work_unrelated'
  | 'criteria_gone'
  | 'work_not_named'
  | 'work_not_found'
  | 'history_too_long'
  | 'tier_too_low'

type Table = {
  readonly [C in Code]: (answer: Extract<Answer, { code: C }>) => C extends 'registered' ? Words : Advice
}

const MERGE_FIRST = sentence`merge the criteria on their own, then train, and release what was trained after that`

/** The words for whether the criteria came before the work. */
export const REGISTRATION_WORDS: Table = {
  registered: ({ work, at, amended }) => ({
    says: sentence`the criteria of commit ${shortened(at)} came before the work of commit ${shortened(work)}${amended ? ['; they have changed since, and the worse answer counts'] : []}`,
  }),
  criteria_absent: ({ path }) => ({
    says: sentence`there are no criteria at ${quoted(path)}, and a release must have been given some before training`,
    next: MERGE_FIRST,
  }),
  criteria_in_this_change: () => ({
    says: sentence`the criteria are first committed in this change, and must be on the default branch before training begins`,
    next: MERGE_FIRST,
  }),
  criteria_after_work: ({ path, work, at }) => ({
    says: sentence`the work of commit ${shortened(work)} began at commit ${shortened(at)} of the default branch, which has no ${quoted(path)} yet`,
    next: sentence`train again from a commit that has the criteria, and release what comes of it`,
  }),
  work_saw_other_criteria: ({ path, work, at, found }) => ({
    says: sentence`commit ${shortened(work)} has ${[found === 'none' ? 'no criteria' : 'other criteria']} at ${quoted(path)}, and must have those of commit ${shortened(at)} of the default branch`,
    next: sentence`train again from a commit that has the criteria of the default branch, and release what comes of it`,
  }),
  work_unrelated: ({ work, branch }) => ({
    says: sentence`commit ${shortened(work)} shares no history with ${quoted(branch)}, so nothing shows what came before it`,
    next: sentence`train from a commit that descends from ${quoted(branch)}, and name that commit in the manifest`,
  }),
  criteria_gone: ({ path, at }) => ({
    says: sentence`${quoted(path)} was registered at commit ${shortened(at)} and is gone from the default branch`,
    next: sentence`restore ${quoted(path)} on the default branch`,
  }),
  work_not_named: ({ wanted }) => ({
    says: sentence`the manifest does not name the commit from which the ${[wanted]} ran`,
    next: sentence`add ${quoted(`${wanted}: { commit: … }`)} to the manifest, with the commit from which it really ran`,
  }),
  work_not_found: ({ work }) => ({
    says: sentence`commit ${shortened(work)}, which the manifest names as the work, is not in this repository`,
    next: sentence`push the commit from which the work ran, or correct it in the manifest`,
  }),
  history_too_long: ({ work, limit }) => ({
    says: sentence`the start of commit ${shortened(work)} was not found within ${[count(limit)]} commits of the default branch`,
    next: sentence`train from a newer commit of the default branch, and name that commit in the manifest`,
  }),
  tier_too_low: ({ tier, wanted }) => ({
    says: sentence`the criteria are proved to have come first at tier ${quoted(tier)}, and ${quoted(wanted)} is required`,
    next: RAISE[wanted],
  }),
}

/** What proves a higher tier. */
export const RAISE: { readonly [tier in 'started' | 'witnessed']: Sentence } = {
  started: sentence`update gonogo to a version that proves ${quoted('started')}, and name the Actions run or the start ticket of the training in the manifest`,
  witnessed: sentence`update gonogo to a version that proves ${quoted('witnessed')}, train in a workflow run that itself produces the weights, and name it in the manifest`,
}

/** A commit or blob id, short enough to read; other text stays as it is. */
export function shortened(id: string): { readonly quote: string } {
  return quoted(/^[0-9a-f]{40,64}$/i.test(id) ? id.slice(0, 10) : id)
}
