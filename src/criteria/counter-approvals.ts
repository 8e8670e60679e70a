import { rightOf } from '../checks/approval.ts'
import type { Context } from '../checks/context.ts'
import type { Criterion } from '../checks/index.ts'
import type { Approvals, Hands, Review, Subject } from '../core/approval.ts'
import { type Made, NO_EXAMS, NOW, SOURCE } from './made.ts'

const SUBJECT: Subject = { kind: 'release', model: 'made', identity: '1', evidence: ['2'] }
const OTHER: Subject = { ...SUBJECT, identity: '3' }

/** As many approving reviews as are asked for by people who may give them, and what is no such review. */
export function forApproval(criterion: Extract<Criterion, { check: 'approval' }>): Made {
  const { teams, people } = rightOf(criterion)
  const count = criterion.count ?? 1
  // Where only people are named, more of them than there are can't approve.
  const logins = Array.from({ length: count }, (_, index) => people[index] ?? `reviewer-${index}`)
  const reviews = logins.map(
    (by, index): Review => ({
      ...{ id: String(index), by, pull: 1, commit: SOURCE.sha, at: NOW, state: 'approved' },
      ...{ teams: Object.fromEntries(teams.map((team) => [team, 'active'])), writes: true, saw: SUBJECT },
    }),
  )
  const author: Hands = { people: [{ by: 'author', as: 'author' }], unseen: [] }
  const context = (given: readonly Review[], hands = author): Context => ({
    ...{ now: NOW, trust: 'typed', evidence: [], exams: NO_EXAMS },
    approvals: { kind: 'seen', subject: SUBJECT, reviews: given, hands } satisfies Approvals,
  })
  const last = (change: Partial<Review>) =>
    context(reviews.map((one, index) => (index === count - 1 ? { ...one, ...change } : one)))
  const own = { by: logins[count - 1] ?? '', as: 'committer' } as const
  return {
    criterion,
    good: context(reviews),
    counter: [
      { kind: 'missing', context: context(reviews.slice(0, -1)) },
      { kind: 'dismissed', context: last({ state: 'dismissed' }) },
      { kind: 'own_work', context: context(reviews, { ...author, people: [...author.people, own] }) },
      { kind: 'other_release', context: last({ saw: OTHER }) },
      { kind: 'no_right', context: last({ teams: {}, writes: false }) },
      {
        kind: 'makers_unknown',
        context: context(reviews, { ...author, unseen: [{ why: 'no_account', commit: SOURCE.sha }] }),
      },
    ],
  }
}
