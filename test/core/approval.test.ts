import { expect, test } from 'vitest'
import {
  type Hands,
  judgeApprovals,
  type Refusal,
  type Review,
  type Right,
  rightFor,
  type Subject,
  sameSubject,
} from '../../src/core/approval.ts'
import { aReview, by, seen } from '../support/approvals.ts'

const RELEASE: Subject = { kind: 'release', model: 'm', identity: 'i', evidence: ['a.json 1'] }
const WRITER: Right = { teams: [], people: [] }
const TEAM: Right = { teams: ['model-risk'], people: [] }
const NAMED: Right = { teams: [], people: ['Grace'] }
const member = { teams: { 'model-risk': 'active' } } as const

const judged = (right: Right, review: Partial<Review>, hands: Partial<Hands> = {}, wanted = 1) =>
  judgeApprovals(right, wanted, seen(RELEASE, [aReview({ saw: RELEASE, ...review })], hands))

test.each<readonly [string, Right, Partial<Review>]>([
  ['another writer', WRITER, {}],
  ['an active member, who need not write', TEAM, { ...member, writes: false }],
  ['a named person, in whatever letters', NAMED, { by: 'gRACE' }],
  ['a named person beside a team', { ...TEAM, people: ['grace'] }, {}],
])('%s approves', (_, right, review) => {
  expect(judged(right, review)).toMatchObject({ code: 'approved', by: [review.by ?? 'grace'] })
})

const people = (as: 'author' | 'committer' | 'pusher') => ({ people: [by('GRACE', as)] })

const REFUSED: readonly (readonly [Refusal, Right, Partial<Review>, Partial<Hands>?])[] = [
  ['dismissed', WRITER, { state: 'dismissed' }],
  ['changes_requested', WRITER, { state: 'changes_requested' }],
  ['bot', TEAM, { ...member, bot: true }],
  ['author', TEAM, member, people('author')],
  ['committer', WRITER, {}, people('committer')],
  ['pusher', NAMED, {}, people('pusher')],
  ['no_member', TEAM, { teams: { 'model-risk': 'none' } }],
  // Whoever is in another team, or was never asked about, is in none that counts.
  ['no_member', TEAM, { teams: { other: 'active' } }],
  ['no_member', { teams: ['constructor'], people: [] }, {}],
  ['team_unseen', TEAM, { teams: { 'model-risk': 'unseen' } }],
  ['not_named', NAMED, { by: 'alan' }],
  ['no_writer', NAMED, { writes: false }],
  ['no_writer', WRITER, { writes: false }],
  ['stale', WRITER, { saw: { ...RELEASE, identity: 'other' } }],
  ['stale', WRITER, { saw: { kind: 'retirement', path: 'm', blob: 'i' } }],
  ['elsewhere', WRITER, { elsewhere: true }],
  ['other_evidence', WRITER, { saw: { ...RELEASE, evidence: ['a.json 2'] } }],
]

test.each(REFUSED.map(([why, right, review, hands = {}]) => [why, right, review, hands] as const))(
  '%s is refused',
  (why, right, review, hands) => {
    const answer = judged(right, review, hands)

    expect(answer).toMatchObject({ code: 'too_few_approvals', outcome: 'undecided', refused: [{ why }] })
  },
)

test('what was never asked is no answer: who may write, and what was seen', () => {
  const { writes: _, ...review } = aReview({ saw: RELEASE })
  expect(judgeApprovals(WRITER, 1, seen(RELEASE, [review]))).toMatchObject({
    refused: [{ why: 'no_writer' }],
  })
  expect(judgeApprovals(WRITER, 1, seen(RELEASE, [aReview()]))).toMatchObject({ refused: [{ why: 'stale' }] })
})

test('each of so many must be somebody', () => {
  expect(judged(WRITER, {}, {}, 2)).toMatchObject({ code: 'too_few_approvals', by: ['grace'], wanted: 2 })
  expect(judgeApprovals(WRITER, 1, seen(RELEASE))).toMatchObject({ by: [], refused: [] })
})

test('where nobody knows who made it, nobody is shown to be another', () => {
  const unseen = [{ why: 'no_account', commit: 'c' }] as const

  expect(judged(WRITER, {}, { unseen })).toEqual({
    code: 'makers_unknown',
    outcome: 'undecided',
    by: ['grace'],
    unseen,
  })
})

test('a clone shows no reviews', () => {
  expect(judgeApprovals(TEAM, 1, { kind: 'awaiting' })).toMatchObject({
    code: 'approval_awaited',
    outcome: 'undecided',
  })
})

test('subjects are one to the letter', () => {
  const change = { kind: 'change', path: 'p', from: 'a' } as const
  expect(sameSubject(change, { kind: 'change', path: 'p', to: 'a' })).toBe(false)
  expect(sameSubject(change, { ...change })).toBe(true)
  const exempt = { kind: 'exemption', path: 'p', control: 'fairness', because: 'a' } as const
  expect(sameSubject(exempt, { ...exempt, because: 'b' })).toBe(false)
  expect(sameSubject(RELEASE, { ...RELEASE, model: 'n' })).toBe(false)
})

test('who approves changes of criteria is the organisation’s to say, else another writer', () => {
  const approvers = { loosen: ['a'], not_applicable: ['b'] }
  expect(rightFor({ what: 'remove' }, approvers)).toEqual({ teams: ['a'], people: [] })
  expect(rightFor({ what: 'not_applicable' }, approvers)).toEqual({ teams: ['b'], people: [] })
  expect(rightFor({ what: 'retire' }, { not_applicable: ['b'] })).toEqual(WRITER)
})
