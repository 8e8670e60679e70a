import { describe, expect, test } from 'vitest'
import type { Approvals, Consent, Subject } from '../../src/core/approval.ts'
import { judgeProposal, retirementOf, unapprovedIn } from '../../src/registration/consents.ts'
import { aReview, seen } from '../support/approvals.ts'
import { anId, aProposal } from '../support/build.ts'
import {
  ACCURACY,
  aCriteriaFile,
  CRITERIA_PATH,
  criteriaText,
  modelFacts,
  parsedCriteria,
} from '../support/facts.ts'

const EXEMPT = 'risk: low\napproach: build\nnot_applicable: [{ control: fairness, because: no people }]'
const subject: Subject = {
  kind: 'exemption',
  path: CRITERIA_PATH,
  control: 'fairness',
  because: 'no people',
}
const approved = (of: Subject): Approvals => seen(of, [aReview({ saw: of })])
const consent = (approvals: Approvals): Consent => ({
  what: 'not_applicable',
  names: ['fairness'],
  stands: true,
  approvals,
})
const { criteria } = parsedCriteria(criteriaText([ACCURACY], EXEMPT))
const versions = criteria === undefined ? [] : [criteria]

describe('an exemption that holds', () => {
  test.each<readonly [string, readonly Consent[] | undefined, string | undefined]>([
    ['is met by its approval', [consent(approved(subject))], undefined],
    ['is unmet without one', [consent(seen(subject))], 'too_few_approvals'],
    ['is awaited where nobody was asked', undefined, 'approval_awaited'],
    [
      'is not approved with another reason',
      [consent(approved({ ...subject, because: 'x' }))],
      'approval_awaited',
    ],
  ])('%s', (_, consents, code) => {
    const model = modelFacts(consents === undefined ? {} : { consents })

    const [problem] = unapprovedIn(model, versions, undefined)
    expect(problem && 'answer' in problem ? problem.answer : undefined).toEqual(
      code === undefined ? undefined : expect.objectContaining({ code }),
    )
  })

  test('in a version that does not hold it is nobody’s to approve, and in two it is asked once', () => {
    const model = modelFacts({ consents: [consent(seen(subject))] })

    expect(unapprovedIn(model, [], undefined)).toEqual([])
    expect(unapprovedIn(model, [...versions, ...versions], undefined)).toHaveLength(1)
  })
})

describe('a retirement', () => {
  const today = aCriteriaFile([ACCURACY], 'c', 'risk: low\napproach: build\nretired: true')
  const retires = { kind: 'retirement', path: CRITERIA_PATH, blob: anId('c') } as const
  const retirement: Consent = {
    what: 'retire',
    names: [],
    stands: true,
    approvals: seen(retires, [aReview({ saw: retires })]),
  }
  const asked = { path: CRITERIA_PATH, registered: today, today }

  test('needs today’s criteria to say so, and the approval', () => {
    expect(retirementOf(modelFacts({ criteria: asked, retirement }), {})).toEqual({
      model: 'credit-risk',
      by: ['grace'],
    })
    expect(retirementOf(modelFacts({ retirement }), {})).toBeUndefined()
    expect(retirementOf(modelFacts({ criteria: asked }), {})).toBeUndefined()
    expect(unapprovedIn(modelFacts({ criteria: asked }), [], undefined)).toMatchObject([
      { code: 'unapproved', what: 'retire', answer: { code: 'approval_awaited' } },
    ])
  })

  test('is for the team that the organisation names', () => {
    const model = modelFacts({ criteria: asked, retirement })

    expect(retirementOf(model, { approvers: { loosen: ['model-risk'] } })).toBeUndefined()
  })
})

test('a proposal with two needs both, each by its own approvers', () => {
  const change = { kind: 'change', path: CRITERIA_PATH, to: 'b' } as const
  const member = aReview({ teams: { risk: 'active' } })
  const proposal = {
    ...aProposal(),
    consents: [
      { what: 'loosen', names: ['accuracy'], approvals: seen(change, [{ ...member, saw: change }]) },
      {
        what: 'not_applicable',
        names: ['fairness'],
        approvals: seen(subject, [{ ...member, saw: subject }]),
      },
    ] as const,
  }

  const judged = judgeProposal(proposal, {
    approvers: { loosen: ['risk'], not_applicable: ['privacy'] },
    commit: anId('a'),
  })
  expect(judged).toMatchObject({
    problems: [{ code: 'unapproved', what: 'not_applicable' }],
    approvedBy: ['grace'],
  })
  expect(judged).not.toHaveProperty('consents')
  const approvers = { loosen: ['risk'], not_applicable: ['risk'] }
  expect(judgeProposal(proposal, { approvers, commit: anId('a') }).problems).toEqual([])
  expect(
    judgeProposal(proposal, { commit: anId('a'), pushed: true, approvers: { loosen: ['x'] } }),
  ).toMatchObject({
    problems: [{ what: 'loosen', stands: true, commit: anId('a') }],
  })
})
