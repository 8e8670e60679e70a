import { describe, expect, test } from 'vitest'
import { type DeploymentFacts, decideDeployment, type Needed } from '../../src/core/deployment.ts'
import { aModel, anId } from '../support/build.ts'

const needed = (model: string, by: Needed['by'] = 'criteria'): Needed => ({ model, by })
const go = aModel()
const noGo = aModel({ decision: 'no-go' })
const unknown = aModel({ decision: 'undecided' })
const { identity: _, ...nameless } = noGo
const NOW = '2026-03-31T12:00:00.000Z'
const daysAgo = (days: number, ms = 0) => new Date(Date.parse(NOW) - days * 86_400_000 - ms).toISOString()

type Optional = 'judged' | 'run' | 'repositoryId'

/** A model that is a go, on the default branch, for an environment that its criteria name; `without` some of it. */
function facts(given: Partial<DeploymentFacts> = {}, without?: Optional): DeploymentFacts {
  const whole: DeploymentFacts = {
    environment: 'production',
    commit: anId('a'),
    now: NOW,
    repositoryId: 7,
    run: { kind: 'seen', run: 12, commit: anId('a'), repositoryId: 7 },
    stand: { kind: 'default', branch: 'main' },
    named: true,
    needed: [needed('credit-risk')],
    retired: [],
    unread: [],
    observed: false,
    rollbackDays: 30,
    judged: [go],
    before: [],
    ...given,
  }
  if (without === undefined) return whole
  const { [without]: _, ...rest } = whole
  return rest
}

/** The decision in one line: its kind, and the codes of what is refused and what passes. */
function told(given: Partial<DeploymentFacts>, without?: Optional): string {
  const decision = decideDeployment(facts(given, without))
  const refused = decision.kind === 'approved' ? [] : decision.refusals.map(({ code }) => code)
  return [decision.kind, ...refused, ...decision.passed.map(({ code }) => `+${code}`)].join(' ')
}

const nowhere = { kind: 'nowhere', branch: 'main', from: ['release/*'] } as const
const seen = (given: { runs?: string; go?: string }) => [{ model: 'credit-risk', ...given }]

describe('a deployment', () => {
  const rows: readonly (readonly [string, Partial<DeploymentFacts>, string, Optional?])[] = [
    ['of a go on the default branch', {}, 'approved +go'],
    ['of a go on a branch that the floor lists', { stand: { kind: 'listed', branch: 'r' } }, 'approved +go'],
    ['that no run waits for', {}, 'approved +go', 'run'],
    ['of a no-go', { judged: [noGo] }, 'rejected no_go'],
    ['of what cannot be decided', { judged: [unknown] }, 'rejected no_go'],
    [
      'of two models, one of them a no-go',
      {
        needed: [needed('a'), needed('b')],
        judged: [aModel({ model: 'a' }), aModel({ model: 'b', decision: 'no-go' })],
      },
      'rejected no_go +go',
    ],
    [
      'of a no-go that nobody needs beside a go',
      { judged: [go, aModel({ model: 'x', decision: 'no-go' })] },
      'approved +go',
    ],
    ['without the manifest', { judged: [] }, 'rejected no_manifest'],
    ['of another model than is needed', { judged: [aModel({ model: 'other' })] }, 'rejected no_manifest'],

    ['of a commit on no branch', { stand: nowhere }, 'rejected not_on_branch +go'],
    [
      'of a commit that was not found on so many branches',
      { stand: { kind: 'unsearched', found: 30, limit: 20 } },
      'rejected branches_unsearched +go',
    ],
    ['of a run that cannot be seen', { run: { kind: 'unseen', run: 12 } }, 'rejected run_unseen +go'],
    [
      'of a run of another commit',
      { run: { kind: 'seen', run: 12, commit: anId('b'), repositoryId: 7 } },
      'rejected run_differs +go',
    ],
    [
      'of a run of another repository',
      { run: { kind: 'seen', run: 12, commit: anId('a'), repositoryId: 8 } },
      'rejected repository_differs +go',
    ],
    ['of a repository whose id nobody told', {}, 'approved +go', 'repositoryId'],

    ['to an environment that nobody names', { named: false, needed: [], judged: [] }, 'rejected unnamed'],
    [
      'to one whose models are all retired',
      { needed: [], retired: [{ model: 'x', by: ['ada'] }] },
      'rejected none_needed',
    ],
    [
      'while criteria cannot be read',
      { unread: [{ path: '.gonogo/criteria/x.yml', code: 'empty_file' }] },
      'rejected unread +go',
    ],
    [
      'while the floor cannot be read, and nothing else names the environment',
      {
        named: false,
        needed: [],
        judged: [],
        unread: [{ path: '', code: 'floor_absent', repository: 'a/.github' }],
      },
      'rejected unread',
    ],
    ['that was not judged', {}, 'rejected not_judged', 'judged'],
    ['that was not judged, for a reason', { stand: nowhere }, 'rejected not_on_branch', 'judged'],

    ['of a go that runs there', { before: seen({ runs: daysAgo(3) }) }, 'approved +go'],
    [
      'of a no-go that runs there unchanged',
      { judged: [noGo], before: seen({ runs: daysAgo(300) }) },
      'approved +running',
    ],
    [
      'of a no-go that had a go there',
      { judged: [noGo], before: seen({ go: daysAgo(29) }) },
      'approved +rollback',
    ],
    [
      'to the moment of the period',
      { judged: [noGo], before: seen({ go: daysAgo(30) }) },
      'approved +rollback',
    ],
    [
      'a moment beyond the period',
      { judged: [noGo], before: seen({ go: daysAgo(30, 1) }) },
      'rejected no_go',
    ],
    [
      'within a longer period of the floor',
      { judged: [noGo], rollbackDays: 31, before: seen({ go: daysAgo(30, 1) }) },
      'approved +rollback',
    ],
    ['of a go at no known time', { judged: [noGo], before: seen({ go: 'once' }) }, 'rejected no_go'],
    [
      'of what has no identity, whatever ran there',
      { judged: [nameless], before: seen({ runs: daysAgo(1), go: daysAgo(1) }) },
      'rejected no_go',
    ],
    [
      'of a no-go, where another model runs unchanged',
      { judged: [noGo], before: [{ model: 'other', runs: daysAgo(1) }] },
      'rejected no_go',
    ],
    [
      'of what comes back to a commit on no branch',
      { judged: [noGo], stand: nowhere, before: seen({ go: daysAgo(1) }) },
      'rejected not_on_branch +rollback',
    ],

    ['of a no-go, observed', { observed: true, judged: [noGo] }, 'observed no_go'],
    ['of a go, observed', { observed: true }, 'approved +go'],
    [
      'to an unnamed environment, observed',
      { observed: true, named: false, needed: [], judged: [] },
      'observed unnamed',
    ],
    [
      'of an unmerged commit, observed',
      { observed: true, stand: nowhere },
      'observed not_on_branch',
      'judged',
    ],
    ['that was not judged, observed', { observed: true }, 'rejected not_judged', 'judged'],
    [
      'of a run of another commit, observed',
      { observed: true, run: { kind: 'seen', run: 12, commit: anId('b'), repositoryId: 7 } },
      'rejected run_differs +go',
    ],
  ]
  test.each(rows.map(([name, given, expected, without]) => ({ name, given, expected, without })))(
    '$name',
    ({ given, expected, without }) => {
      expect(told(given, without)).toBe(expected)
    },
  )

  test('a model comes back only as what had the go', () => {
    const decision = decideDeployment(facts({ judged: [noGo], before: seen({ go: daysAgo(31) }) }))

    expect(decision).toMatchObject({
      kind: 'rejected',
      refusals: [{ code: 'no_go', late: { go: daysAgo(31), days: 30 } }],
    })
  })
})
