import type { ApprovalAnswer, Refusal, Refused, Right, Unseen } from '../core/approval.ts'
import type { Fault } from '../core/problem.ts'
import type { Proposal } from '../core/verdict.ts'
import { count, counted } from './numbers.ts'
import { type Advice, joined, listed, names, quoted, type Sentence, sentence } from './sentence.ts'
import { shortened } from './words-limits.ts'
import type { AnswerWords } from './words-table.ts'

/** What approvals come to. */
export const APPROVAL_WORDS: AnswerWords<ApprovalAnswer> = {
  approved: ({ by }) => ({ says: sentence`approved by ${names(by)}, who had no hand in it` }),
  too_few_approvals: ({ by, wanted, right, refused }) => ({
    says: sentence`${found(by, wanted)} by ${whose(right)}${
      refused.length === 0
        ? []
        : sentence`; ${listed(
            refused.map((one) => refusal(one, right)),
            5,
            '; ',
          )}`
    }`,
    next: sentence`ask ${whose(right)}, who had no hand in it, for an approving review of the pull request`,
  }),
  makers_unknown: ({ by, unseen }) => ({
    says: sentence`${names(by)} approved, and it is not known who made what is approved: ${listed(unseen.map(unseenWords), 3, '; ')}`,
    next: unseenAdvice(unseen),
  }),
  nothing_to_approve: () => ({
    says: sentence`the release has no identity that an approval could be bound to`,
    next: sentence`settle what keeps its weights, components or criteria from being read, and ask for the approval then`,
  }),
  approval_awaited: ({ right }) => ({
    says: sentence`only GitHub can show whether ${whose(right)} approved`,
    next: sentence`open a pull request, and ask ${whose(right)} for an approving review`,
  }),
}

/** What an approval says that does not suffice. */
function approvalWords(answer: Exclude<ApprovalAnswer, { code: 'approved' }>): Advice {
  // The compiler cannot follow that the row and the answer have the same code; `AnswerWords` guarantees it.
  const words = APPROVAL_WORDS[answer.code] as (answer: ApprovalAnswer) => Advice
  return words(answer)
}

/** Whether nothing is wrong with proposed criteria but that somebody must approve them. */
export function onlyUnapproved(proposals: readonly Pick<Proposal, 'problems'>[]): boolean {
  const problems = proposals.flatMap((proposal) => proposal.problems)
  return problems.length > 0 && problems.every(({ code }) => code === 'unapproved')
}

/** A change of criteria that nobody approved who may. */
export function unapprovedWords(fault: Extract<Fault, { code: 'unapproved' }>): Advice {
  const { what, stands, answer } = fault
  const { says, next } = approvalWords(answer)
  const needs = sentence`${WHAT[what](fault)}, which needs an approval: ${says}`
  if (!stands) return { says: needs, next }
  return {
    says: needs,
    next:
      answer.code === 'approval_awaited'
        ? ['open a pull request, where gonogo tells whether it was approved']
        : [AGAIN[what]],
  }
}

type Unapproved = Extract<Fault, { code: 'unapproved' }>

const WHAT: { readonly [W in Unapproved['what']]: (fault: Unapproved) => Sentence } = {
  loosen: ({ names: changed, commit }) => {
    const by: Sentence = commit === undefined ? ['this change'] : sentence`commit ${shortened(commit)}`
    return changed.length === 0
      ? sentence`${by} replaces criteria that can’t be read, and so can’t be compared`
      : sentence`${by} asks less of ${names(changed, 10)}`
  },
  remove: ({ commit }) =>
    commit === undefined
      ? ['this change removes the criteria']
      : sentence`commit ${shortened(commit)} removed the criteria`,
  not_applicable: ({ names: controls }) => sentence`${names(controls)} is said to be not applicable`,
  retire: () => ['the model is said to be retired'],
}

const ANEW =
  'take it out of the criteria, then propose it in a pull request of its own, and have it approved there before it is merged'

/** Of what was merged without an approval, and stands. */
const AGAIN: { readonly [W in Unapproved['what']]: string } = {
  loosen:
    'put the file back as it was before that commit, then propose the change in a pull request of its own, and have it approved there before it is merged',
  remove: 'put the file back as it was before that commit',
  not_applicable: ANEW,
  retire: ANEW,
}

function found(by: readonly string[], wanted: number): Sentence {
  if (by.length === 0)
    return [wanted === 1 ? 'there is no approval' : `there is none of ${count(wanted)} approvals`]
  return sentence`there is only the approval of ${names(by)}, and ${[count(wanted)]} are wanted,`
}

/** Whose approval counts. */
function whose({ teams, people }: Right): Sentence {
  const either = [
    ...(teams.length === 0 ? [] : [sentence`an active member of ${joined(teams.map(asQuote), ' or ')}`]),
    ...(people.length === 0 ? [] : [joined(people.map(asQuote), ' or ')]),
  ]
  return either.length === 0 ? ['another person who may write here'] : joined(either, ' or ')
}

const asQuote = (text: string): Sentence => [quoted(text)]

const REFUSALS: { readonly [R in Refusal]: (refused: Refused, right: Right) => Sentence } = {
  dismissed: () => ['was dismissed'],
  changes_requested: () => ['was followed by a request for changes'],
  bot: () => ['does not count, for a bot approves nothing'],
  author: () => ['does not count, for its giver is an author of what is approved'],
  committer: () => ['does not count, for its giver committed what is approved'],
  pusher: () => ['does not count, for its giver pushed what is approved'],
  team_unseen: (_, { teams }) =>
    sentence`can’t be judged, for gonogo may not see who is in ${names(teams)}: it needs the permission to read members`,
  no_member: (_, { teams }) => sentence`does not count, for its giver is no active member of ${names(teams)}`,
  not_named: (_, { people }) => sentence`does not count, for only ${names(people)} may approve`,
  no_writer: () => ['does not count, for its giver may not write here'],
  stale: ({ commit }) =>
    sentence`was given on commit ${shortened(commit)}, which held something else than is judged here`,
  elsewhere: () => [
    'does not count, for it was given where the pull request went into another branch: approve it where it goes into the default branch',
  ],
  other_evidence: ({ commit }) => sentence`was given on commit ${shortened(commit)}, with other evidence`,
}

function refusal(refused: Refused, right: Right): Sentence {
  return sentence`the review of ${quoted(refused.by)} ${REFUSALS[refused.why](refused, right)}`
}

/** Why it is not known who made something. */
export function unseenWords(unseen: Unseen): Sentence {
  switch (unseen.why) {
    case 'no_account':
      return sentence`no account goes with the author or the committer of commit ${shortened(unseen.commit)}`
    case 'pushed_by_bot':
      return sentence`the bot ${quoted(unseen.by)} pushed commit ${shortened(unseen.commit)}, which it did not make`
    case 'fork':
      return sentence`pull request ${quoted(`#${unseen.pull}`)} comes from another repository, and who pushed there is not told here`
    case 'pushes':
      return sentence`GitHub does not tell of every push to ${quoted(unseen.branch)}`
    case 'too_many':
      return sentence`there are more than ${[counted(unseen.limit, unseen.what.slice(0, -1))]}, and no more are read`
  }
}

function unseenAdvice([first]: readonly Unseen[]): Sentence {
  switch (first?.why) {
    case 'no_account':
      return [
        'commit again with an address that GitHub knows as that of an account, and ask for the approval again',
      ]
    case 'too_many':
      return first.what === 'commits'
        ? ['squash the branch to fewer commits, and ask for the approval again']
        : ['open another pull request with the same commit, and ask for the approval there']
    default:
      return [
        're-run this check; if that does not help, push the commits yourself to a new branch of this repository, and ask for the approval there',
      ]
  }
}
