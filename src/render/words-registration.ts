import type { Answer } from '../core/answer.ts'
import type { Clock, Limit } from '../core/registration.ts'
import { count } from './numbers.ts'
import { type Advice, names, quoted, type Sentence, sentence, type Words } from './sentence.ts'

type Code =
  | 'registered'
  | 'registered_by_clock'
  | 'criteria_after_start'
  | 'run_contradicts'
  | 'run_elsewhere'
  | 'ticket_forged'
  | 'ticket_for_other'
  | 'start_reused'
  | 'branch_rewritten'
  | 'criteria_absent'
  | 'criteria_in_this_change'
  | 'criteria_after_work'
  | 'work_saw_other_criteria'
  | 'work_unrelated'
  | 'criteria_gone'
  | 'work_not_named'
  | 'nothing_trained_here'
  | 'evidence_before_work'
  | 'work_not_seen'
  | 'work_not_found'
  | 'history_too_long'
  | 'tier_too_low'

type Table = {
  readonly [C in Code]: (
    answer: Extract<Answer, { code: C }>,
  ) => C extends 'registered' | 'registered_by_clock' ? Words : Advice
}

const ADOPTION = {
  not_listed: ', and the criteria do not adopt all of these weights',
  late: ', and the criteria adopt weights only since they were amended',
} as const

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

const NAME_A_CLOCK = sentence`train in an Actions run, or take a start ticket with ${quoted('gonogo start')} when the work begins, and name it in the manifest`
const ON_GITHUB = sentence`push, and read the check run`

/** Why the tier is not higher, and what would raise it. */
export function limitWords(limit: Limit): Advice {
  switch (limit.code) {
    case 'no_clock':
      return { says: ['the manifest names no run and no start ticket'], next: NAME_A_CLOCK }
    case 'awaiting_github':
      return {
        says: sentence`only GitHub can show ${[limit.what === 'run' ? 'run' : 'start ticket']} ${quoted(limit.name)}`,
        next: ON_GITHUB,
      }
    case 'run_not_found':
      return {
        says: sentence`run ${quoted(limit.name)} can't be seen`,
        next: sentence`install the app on the repository of the run, with the permissions that it asks for, keep the run, and correct its id in the manifest`,
      }
    case 'ticket_not_there':
      return {
        says: sentence`the start ticket ${quoted(limit.name)} is not in the commit`,
        next: sentence`commit the ticket as ${quoted('gonogo start')} wrote it`,
      }
    case 'run_from_fork':
      return {
        says: sentence`run ${quoted(limit.name)} ran for a fork`,
        next: sentence`train in a run of this repository's own branches`,
      }
    case 'run_not_successful':
      return {
        says: sentence`run ${quoted(limit.name)} has not succeeded`,
        next: sentence`name a run that ended well and produced these weights`,
      }
    case 'run_again':
      return {
        says: sentence`run ${quoted(limit.name)} was run again, and its ${quoted('created_at')} tells only when its first attempt began`,
        next: sentence`train in a new run, and name that one`,
      }
    case 'before_watch':
      return {
        says: sentence`the work began at ${quoted(limit.began)}, and gonogo watches this repository since ${quoted(limit.watched)}`,
        next: sentence`begin the next work with the app installed`,
      }
    case 'tip_unknown':
      return {
        says: ['no receipt and no activity shows where the default branch was when the work began'],
        next: sentence`take a start ticket with ${quoted('gonogo start')} when the work begins`,
      }
    case 'ticket_names_no_run':
      return {
        says: ['a start ticket shows when the work began, and not what it produced'],
        next: sentence`train in an Actions run whose artifact lists the weights, and name that run`,
      }
    case 'workflow_not_trusted':
      return {
        says: untrusted(limit),
        next:
          limit.why === 'unseen'
            ? sentence`train again, now that gonogo watches the repository of the run`
            : limit.why === 'foreign'
              ? sentence`train in a run of ${quoted('push')} or ${quoted('workflow_dispatch')}`
              : limit.why === 'unlisted'
                ? sentence`train with a workflow that the floor lists under ${quoted('trusted: { workflows: … }')}, or have the organisation list this one`
                : sentence`merge the workflow first, and train with it after that`,
      }
    case 'no_artifact':
      return {
        says: sentence`the run has no artifact ${quoted(limit.artifact)} that lists its weights`,
        next: sentence`upload an artifact ${quoted(limit.artifact)} with a ${quoted('SHA256SUMS')} of the weights, or with the weights`,
      }
    case 'artifact_expired':
      return {
        says: sentence`the artifact ${quoted(limit.artifact)} of the run has expired and was never seen`,
        next: sentence`open the release pull request before the artifact expires`,
      }
    case 'artifact_unreadable':
      return {
        says: sentence`the artifact ${quoted(limit.artifact)} of the run can't be read`,
        next: sentence`upload a ${quoted('SHA256SUMS')} of the weights as an artifact of its own`,
      }
    case 'weights_not_listed':
      return {
        says: sentence`the artifact ${quoted(limit.artifact)} of the run does not list ${names(limit.missing)}`,
        next: sentence`release the weights that the run produced, or name the run that produced these`,
      }
    case 'no_digests':
      return {
        says: ['the manifest gives no sha256 of the weights that a run could have produced'],
        next: sentence`name the weights with their sha256`,
      }
  }
}

function untrusted({ workflow, why }: Extract<Limit, { code: 'workflow_not_trusted' }>): Sentence {
  switch (why) {
    case 'edited':
      return sentence`the workflow ${quoted(workflow)} of the run is not the one that the default branch had then`
    case 'absent':
      return sentence`the workflow ${quoted(workflow)} of the run was not on the default branch then`
    case 'unlisted':
      return sentence`the workflow ${quoted(workflow)} of the run is not one that the floor trusts`
    case 'foreign':
      return sentence`the run's event takes the workflow ${quoted(workflow)} not from its own commit but from a merge or a base, which may be any branch`
    case 'calls':
      return sentence`the workflow ${quoted(workflow)} of the run called another one that the default branch had not then`
    case 'unseen':
      return sentence`nothing shows which workflow ${quoted(workflow)} the default branch of the run's repository had then`
  }
}

/** A commit or blob id, short enough to read; other text stays as it is. */
export function shortened(id: string): { readonly quote: string } {
  return quoted(/^[0-9a-f]{40,64}$/i.test(id) ? id.slice(0, 10) : id)
}
