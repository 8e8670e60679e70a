import { describe, expect, test } from 'vitest'
import { conclude, isOpen } from '../../src/core/verdict.ts'
import type { FloorFacts } from '../../src/criteria/floor.ts'
import { type ApprovalFacts, judgeProposal, type ProposedFile } from '../../src/criteria/proposed.ts'
import { aVerdict } from '../support/build.ts'
import { ACCURACY, CRITERIA_PATH, criteriaText, parsedCriteria } from '../support/facts.ts'
import { aFloor } from '../support/floor.ts'

const HERE = { repository: 'acme/credit', now: '2026-03-01T12:00:00Z' }

function proposed(text: string, floor?: FloorFacts, approvals?: ApprovalFacts) {
  const { criteria, problems } = parsedCriteria(text)
  const file: ProposedFile = {
    ...{ path: CRITERIA_PATH, change: 'added', model: 'credit-risk', deviations: [], problems },
    ...{ ...(criteria && { criteria }), ...(approvals && { approvals }) },
  }
  const proposal = judgeProposal(file, floor, HERE)
  const verdict = aVerdict({ decision: 'nothing', models: [], proposals: [proposal] })
  return { proposal, conclusion: conclude(verdict) }
}

const low = (tail = '') => `${criteriaText([ACCURACY])}${tail}`

describe('proposed criteria', () => {
  test.each<readonly [string, string, string]>([
    ['with all that is required', low(), 'success'],
    [
      'without performance',
      criteriaText([
        '{ id: card, control: documentation, check: document, document: card, sections: [Use] }',
      ]),
      'action_required',
    ],
    [
      'at high risk with nothing but accuracy',
      criteriaText([ACCURACY], 'risk: high\napproach: build'),
      'action_required',
    ],
    ['that nobody can read', 'gonogo: 2\n', 'action_required'],
  ])('%s', (_, text, conclusion) => {
    expect(proposed(text).conclusion).toBe(conclusion)
  })

  test('nothing asks for fairness', () => {
    const { proposal } = proposed(
      criteriaText([ACCURACY], 'risk: low\napproach: build\ntraits: [personal-data]'),
    )

    expect(proposal.problems).toMatchObject([
      { path: CRITERIA_PATH, line: 1, code: 'nothing_asks', missing: [{ control: 'fairness' }, {}, {}, {}] },
    ])
  })

  test('below the floor is said, and the floor holds', () => {
    const floor = aFloor(
      'models: [{ repository: acme/*, model: "*", risk: limited }]\nrisk:\n  low: { registration: started, trust: produced }',
    )
    const text = criteriaText([ACCURACY], 'risk: low\napproach: build\nregistration: ordered\ntrust: typed')

    const { proposal } = proposed(text, floor)

    expect(proposal.below).toEqual([
      { what: 'risk', found: 'low', wanted: 'limited' },
      { what: 'registration', found: 'ordered', wanted: 'started' },
      { what: 'trust', found: 'typed', wanted: 'produced' },
    ])
    expect(proposal.standing).toMatchObject({ risk: 'limited', set: 'limited', declared: 'low' })
  })

  test('what the file does not say is not below, nor is what is stricter', () => {
    const floor = aFloor('unlisted: low\nrisk:\n  low: { registration: started, trust: produced }')

    expect(proposed(low(), floor).proposal.below).toEqual([])
    expect(
      proposed(
        criteriaText([ACCURACY], 'risk: low\napproach: build\nregistration: witnessed\ntrust: signed'),
        floor,
      ).proposal.below,
    ).toEqual([])
  })
})

describe('what somebody else must approve', () => {
  const generative = criteriaText(
    [ACCURACY, '{ id: leaks, control: data-leakage, check: metric, metric: leak_rate, at_most: 0 }'],
    'risk: low\napproach: build\ntraits: [generative]',
  )
  const excuse = `${generative}not_applicable: [{ control: prompt-injection, because: it takes no prompt }]\n`
  const floor = aFloor('approvals: { not_applicable: [model-risk], loosen: [owners] }')

  test.each<readonly [string, ApprovalFacts | undefined, string]>([
    ['awaiting', undefined, 'action_required'],
    ['refused', { notApplicable: { 'prompt-injection': false } }, 'action_required'],
    ['approved', { notApplicable: { 'prompt-injection': true } }, 'success'],
  ])('that a control does not apply: %s', (_, approvals, conclusion) => {
    const { proposal, conclusion: found } = proposed(excuse, floor, approvals)

    expect(found).toBe(conclusion)
    expect(proposal.needsApproval).toMatchObject([
      {
        what: 'not_applicable',
        control: 'prompt-injection',
        reason: 'it takes no prompt',
        by: ['model-risk'],
      },
    ])
  })

  test('that a control does not apply which is not required needs nobody', () => {
    const { proposal } = proposed(low('not_applicable: [{ control: fairness, because: nobody }]\n'))

    expect(proposal.needsApproval).toEqual([])
  })

  test.each<readonly [string, ApprovalFacts | undefined, string]>([
    ['awaiting', undefined, 'action_required'],
    ['approved', { retired: true }, 'success'],
  ])('that a model is retired: %s', (_, approvals, conclusion) => {
    const { proposal, conclusion: found } = proposed(low('retired: true\n'), floor, approvals)

    expect(found).toBe(conclusion)
    expect(proposal.needsApproval).toMatchObject([{ what: 'retire', by: ['owners'] }])
  })

  test('a proposal that waits is open', () => {
    expect(isOpen(proposed(excuse).proposal)).toBe(true)
    expect(isOpen(proposed(low()).proposal)).toBe(false)
  })
})

describe('a proposed floor', () => {
  const file: ProposedFile = { path: '.gonogo/floor.yml', change: 'added', deviations: [], problems: [] }
  const at = (repository: string, floor?: FloorFacts, change: ProposedFile['change'] = 'added') =>
    judgeProposal({ ...file, change }, floor, { ...HERE, repository }).problems.map(({ code }) => code)

  test.each<readonly [string, FloorFacts | undefined, readonly string[]]>([
    ['acme/.github', undefined, []],
    ['acme/.GitHub', { kind: 'none' }, []],
    ['acme/credit', undefined, ['floor_elsewhere']],
    ['acme/credit', aFloor('enforcement: enforce'), ['floor_elsewhere']],
    ['acme/.github', aFloor('enforcement: enforce'), []],
    ['acme/policy', { ...aFloor('enforcement: enforce'), repository: 'acme/policy' }, []],
    ['acme/.github', { ...aFloor('enforcement: enforce'), repository: 'acme/policy' }, ['floor_elsewhere']],
    ['other/.github', aFloor('enforcement: enforce'), ['floor_elsewhere']],
  ])('%s', (repository, floor, codes) => {
    expect(at(repository, floor)).toEqual(codes)
  })

  test('taking out a floor that has no effect is no problem', () => {
    expect(at('acme/credit', undefined, 'removed')).toEqual([])
  })
})
