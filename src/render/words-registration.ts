import type { Clock } from '../core/registration.ts'
import type { RegistrationAnswer } from '../core/registration-answer.ts'
import { count } from './numbers.ts'
import { quoted, type Sentence, sentence } from './sentence.ts'
import { limitWords, shortened } from './words-limits.ts'
import type { AnswerWords } from './words-table.ts'

const ADOPTION = {
  not_listed: ', and the criteria do not adopt all of these weights',
  late: ', and the criteria adopt weights only since they were amended',
} as const

const MERGE_FIRST = sentence`merge the criteria on their own, then train, and release what was trained after that`

/** The words for whether the criteria came before the work. */
export const REGISTRATION_WORDS: AnswerWords<RegistrationAnswer> = {
  registered: ({ work, at, amended }) => ({
    says: sentence`the criteria of commit ${shortened(at)} came before the work of commit ${shortened(work)}${amended ? ['; they have changed since, and the worse answer counts'] : []}`,
  }),
  criteria_absent: ({ path, misnamed }) => ({
    says: sentence`there are no criteria at ${quoted(path)}${misnamed === undefined ? [] : sentence`, only ${quoted(misnamed)}, which is not read`}, and a release must have been given some before training`,
    next:
      misnamed === undefined
        ? MERGE_FIRST
        : sentence`rename it to ${quoted(path.slice(path.lastIndexOf('/') + 1))}, and ${MERGE_FIRST}`,
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
    next: sentence`restore ${quoted(path)} on the default branch; a model that is released no more is retired there with ${quoted('retired: true')}, which somebody must approve`,
  }),
  nothing_trained_here: () => ({
    says: sentence`the manifest names a training, and by the criteria nothing is trained here`,
    next: sentence`name the first evaluation with ${quoted('evaluation: { commit: … }')}; if the model was trained, say ${quoted('approach: build')} or the trait ${quoted('fine-tuned')} in the criteria before the next training`,
  }),
  evidence_before_work: ({ path, commit }) => ({
    says: sentence`${quoted(path)} was in commit ${shortened(commit)} already, before the work began, so the results were known before it`,
    next: sentence`evaluate anew, from a commit that has the criteria and no results yet, and release what comes of it`,
  }),
  work_not_named: ({ wanted, adoption }) => ({
    says: sentence`the manifest does not name the commit from which the ${[wanted]} ran${adoption ? [ADOPTION[adoption]] : []}`,
    next: sentence`add ${quoted(`${wanted}: { commit: … }`)} to the manifest, with the commit from which it really ran`,
  }),
  work_not_seen: ({ limit }) => ({
    says: sentence`nothing shows when the work began: ${limitWords(limit).says}`,
    next: limitWords(limit).next,
  }),
  work_not_found: ({ work }) => ({
    says: sentence`commit ${shortened(work)}, which the manifest names as the work, is not in this repository`,
    next: sentence`push the commit from which the work ran, or correct it in the manifest`,
  }),
  history_too_long: ({ work, limit }) => ({
    says: sentence`the start of commit ${shortened(work)} was not found within ${[count(limit)]} commits of the default branch`,
    next: sentence`train from a newer commit of the default branch, and name that commit in the manifest`,
  }),
  registered_by_clock: ({ tier, clock, at, amended }) => ({
    says: sentence`the criteria of commit ${shortened(at)} were there since ${quoted(clock.since)}, and the work began at ${quoted(clock.began)}, by ${clockName(clock)}${amended ? [`; they have changed since, ${tier === 'witnessed' ? 'which has no effect on this release' : 'and the worse answer counts'}`] : []}`,
  }),
  criteria_after_start: ({ path, clock, at }) => ({
    says: sentence`the work began at ${quoted(clock.began)}, by ${clockName(clock)}, when the default branch was at ${shortened(at)} and had no ${quoted(path)}`,
    next: sentence`start the work again, now that the criteria are there, and release what comes of it`,
  }),
  run_contradicts: ({ name, found, wanted }) => ({
    says: sentence`run ${quoted(name)} ran on commit ${shortened(found)}, and the manifest says ${shortened(wanted)}`,
    next: sentence`name the run and the commit that really made these weights`,
  }),
  run_elsewhere: ({ name, owner }) => ({
    says: sentence`run ${quoted(name)} does not belong to ${quoted(owner)}, and only runs of the same owner are believed`,
    next: sentence`train in a repository of ${quoted(owner)}, or take a start ticket with ${quoted('gonogo start')} where the work begins`,
  }),
  ticket_forged: ({ name }) => ({
    says: sentence`the start ticket ${quoted(name)} does not bear a signature of this app`,
    next: sentence`take a start ticket with ${quoted('gonogo start')} before the work begins, and commit it as it came`,
  }),
  ticket_for_other: ({ name, what, found, wanted }) => ({
    says: sentence`the start ticket ${quoted(name)} is for ${[what]} ${shortened(found)}, and must be for ${shortened(wanted)}`,
    next: sentence`name the ticket that was issued for this ${[what]} when the work began`,
  }),
  start_reused: ({ kind, name, commit }) => ({
    says: sentence`the ${[kind === 'run' ? 'run' : 'start ticket']} ${quoted(name)} was the work of other weights, which commit ${shortened(commit)} released`,
    next: sentence`name the run or ticket with which the work on these weights really began; each training has one of its own`,
  }),
  branch_rewritten: ({ branch, at, before, after, when }) => ({
    says: sentence`${quoted(branch)} was force-pushed from ${shortened(before)} to ${shortened(after)} at ${quoted(when)}, and commit ${shortened(at)}, which holds the criteria, was not in both`,
    next: sentence`begin the work anew from today's ${quoted(branch)}, and forbid force pushes of it`,
  }),
  tier_too_low: ({ tier, wanted, limit }) => ({
    says: sentence`the criteria are proved to have come first at tier ${quoted(tier)}, and ${quoted(wanted)} is required: ${limitWords(limit).says}`,
    next: limitWords(limit).next,
  }),
}

function clockName({ kind, name }: Clock): Sentence {
  return kind === 'run' ? sentence`the clock of run ${quoted(name)}` : sentence`start ticket ${quoted(name)}`
}
