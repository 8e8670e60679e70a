import { describe, expect, test } from 'vitest'
import type { Claims } from '../../src/checks/context.ts'
import type { EvidenceRecord } from '../../src/core/record.ts'
import { COMMIT, ELSE, judged, run, training, whats } from '../support/training.ts'

describe('code', () => {
  const of = { of: ['code'] }

  test.each<readonly [string, readonly EvidenceRecord[], Partial<Claims>, string, readonly string[]]>([
    ['the commit', [run('w.json', { commit: COMMIT })], {}, 'met', ['commit_is_training']],
    [
      'the first digits of it',
      [run('w.json', { commit: COMMIT.slice(0, 8) })],
      {},
      'met',
      ['commit_is_training'],
    ],
    ['the training record', [training({ commit: COMMIT })], {}, 'met', ['commit_is_training']],
    ['another commit', [run('w.json', { commit: ELSE })], {}, 'unmet', ['commit_differs']],
    ['another in the record', [training({ commit: ELSE })], {}, 'unmet', ['commit_differs']],
    [
      'one that is and one that is not',
      [run('w.json', { commit: COMMIT }), run('m.json', { commit: ELSE })],
      {},
      'unmet',
      ['commit_differs', 'commit_is_training'],
    ],
    [
      'the run that was seen',
      [run('w', { commit: ELSE })],
      { commits: [COMMIT, ELSE] },
      'met',
      ['commit_is_training'],
    ],
    ['a branch', [run('w', { commit: 'main' })], {}, 'undecided', ['commit_not_comparable']],
    ['nothing', [], {}, 'undecided', ['no_commit']],
    ['a run without a commit', [run('MLmodel')], {}, 'undecided', ['no_commit']],
    [
      'no training in the manifest',
      [run('w', { commit: COMMIT })],
      { commits: [] },
      'undecided',
      ['no_training_commit'],
    ],
    [
      'changes beside it',
      [run('w', { commit: COMMIT, dirty: true })],
      {},
      'undecided',
      ['dirty', 'commit_is_training'],
    ],
    [
      'this repository',
      [run('w', { commit: COMMIT, remote: 'github.com/Acme/models' })],
      {},
      'met',
      ['commit_is_training'],
    ],
    [
      'another repository',
      [run('w', { commit: COMMIT, remote: 'github.com/upstream/models' })],
      {},
      'unmet',
      ['remote_differs', 'commit_is_training'],
    ],
    [
      'a clone without a name',
      [run('w', { commit: COMMIT, remote: 'github.com/acme/models' })],
      { repositories: ['models'] },
      'met',
      ['commit_is_training'],
    ],
  ])('%s', (_, records, claims, outcome, facts) => {
    const came = judged(of, records, { claims })

    expect(came.outcome).toBe(outcome)
    expect(whats(came)).toEqual(facts)
  })
})
