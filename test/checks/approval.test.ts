import { expect, test } from 'vitest'
import { ApprovalCheck, answerApproval } from '../../src/checks/approval.ts'
import type { Subject } from '../../src/core/approval.ts'
import { aReview, seen } from '../support/approvals.ts'
import { aContext } from '../support/facts.ts'

const RELEASE: Subject = { kind: 'release', model: 'm', identity: 'i', evidence: [] }
const parsed = (more: object = {}) =>
  ApprovalCheck.safeParse({ id: 'sign-off', control: 'human-oversight', check: 'approval', ...more })
const criterion = (more: object = {}) => ApprovalCheck.parse(parsed(more).data)

test('one approval by another writer is wanted, where nothing else is said', () => {
  const approvals = seen(RELEASE, [aReview({ saw: RELEASE })])

  expect(answerApproval(criterion(), aContext([], { approvals }))).toMatchObject({
    code: 'approved',
    wanted: 1,
  })
  expect(answerApproval(criterion({ count: 2 }), aContext([], { approvals }))).toMatchObject({
    code: 'too_few_approvals',
    wanted: 2,
  })
})

test('teams and people are those that the criterion names', () => {
  const approvals = seen(RELEASE, [
    aReview({ saw: RELEASE, teams: { 'model-risk': 'active' }, writes: false }),
  ])

  const answer = (more: object) => answerApproval(criterion(more), aContext([], { approvals }))
  expect(answer({ teams: ['model-risk'] })).toMatchObject({ code: 'approved' })
  expect(answer({ teams: ['other'] })).toMatchObject({ refused: [{ why: 'no_member' }] })
  expect(answer({ people: ['ada'] })).toMatchObject({ refused: [{ why: 'not_named' }] })
})

test('without reviews it is awaited, and without an identity there is nothing to approve', () => {
  expect(answerApproval(criterion(), aContext([]))).toMatchObject({ code: 'approval_awaited' })
  expect(answerApproval(criterion(), aContext([], { approvals: 'none' }))).toEqual({
    code: 'nothing_to_approve',
    outcome: 'undecided',
  })
})

test.each([
  ['teams: []', { teams: [] }],
  ['an address of a team', { teams: ['acme/model-risk'] }],
  ['capital letters in a slug', { teams: ['Model-Risk'] }],
  ['a login with a bracket, as bots have', { people: ['gonogo[bot]'] }],
  ['count: 0', { count: 0 }],
  ['count: 1.5', { count: 1.5 }],
  ['an unknown key', { from: ['a'] }],
])('%s is refused', (_, more) => {
  expect(parsed(more).success).toBe(false)
})
