import { describe, expect, test } from 'vitest'
import { conclude } from '../../src/core/verdict.ts'
import type { FloorFacts } from '../../src/criteria/floor.ts'
import { holdAgainst, type ProposedFile } from '../../src/criteria/proposed.ts'
import { plain } from '../../src/render/sentence.ts'
import { problemWords } from '../../src/render/words-problems.ts'
import { aVerdict } from '../support/build.ts'
import { ACCURACY, CRITERIA_PATH, criteriaText, parsedCriteria } from '../support/facts.ts'
import { aFloor } from '../support/floor.ts'

const HERE = { repository: 'acme/credit', now: '2026-03-01T12:00:00Z' }

function proposed(text: string, floor?: FloorFacts) {
  const { criteria, problems } = parsedCriteria(text)
  const file: ProposedFile = {
    ...{ path: CRITERIA_PATH, change: 'added', model: 'credit-risk', deviations: [], problems },
    ...(criteria && { criteria }),
  }
  const proposal = holdAgainst(file, floor, HERE)
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

  test('what a criterion names and does not answer is a problem of its own, with its reason', () => {
    const { proposal } = proposed(
      criteriaText(
        [
          ACCURACY,
          '{ id: mia, control: membership-inference, check: metric, metric: accuracy, at_least: 0.9 }',
          '{ id: stolen, control: extraction, check: document, document: a, sections: [A] }',
        ],
        'risk: low\napproach: build\ntraits: [personal-data]',
      ),
    )

    expect(proposal.problems).toMatchObject([
      { code: 'nothing_asks', missing: [{ control: 'fairness' }, { control: 'data-leakage' }] },
      { code: 'nothing_asks', missing: [{ control: 'extraction', unfit: [{ criterion: 'stolen' }] }] },
      { code: 'nothing_asks', missing: [{ control: 'membership-inference', unfit: [{ criterion: 'mia' }] }] },
    ])
    expect(proposal.problems.slice(1).map((one) => plain(problemWords(one).says))).toEqual([
      'nothing answers `extraction`, which `trait: personal-data` requires: `stolen` asks by `check: document`, which shows nothing of `extraction`',
      'nothing answers `membership-inference`, which `trait: personal-data` requires: `mia` asks for `accuracy`, which shows nothing of `membership-inference` unless `where` or `for_each` names an attack of it',
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

describe('a proposed floor', () => {
  const file: ProposedFile = { path: '.gonogo/floor.yml', change: 'added', deviations: [], problems: [] }
  const at = (repository: string, floor?: FloorFacts, change: ProposedFile['change'] = 'added') =>
    holdAgainst({ ...file, change }, floor, { ...HERE, repository }).problems.map(({ code }) => code)

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
