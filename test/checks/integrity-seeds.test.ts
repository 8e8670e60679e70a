import { describe, expect, test } from 'vitest'
import type { Scalar } from '../../src/core/training-evidence.ts'
import { judged, settings, whats } from '../support/training.ts'

type Values = Readonly<Record<string, Scalar>>

/** What the record of a training comes to beside the committed parameters; a lock tells what it ran with. */
function came(committed: Values, recorded: Values) {
  const record = { ...settings('training.yml', 'run', recorded), tool: 'training-record' }
  return judged({ of: ['parameters'] }, [
    settings('params.yaml', 'committed', committed),
    settings('dvc.lock', 'run', committed),
    record,
  ])
}

describe('the seeds of a training record', () => {
  test.each<readonly [string, Values, Values, string, string | undefined]>([
    ['the same', { seed: 1 }, { 'seeds.seed': 1 }, 'met', undefined],
    [
      'another beside the hyperparameter',
      { seed: 42 },
      { seed: 42, 'seeds.seed': 1 },
      'unmet',
      'parameter_differs',
    ],
    ['of a list of one', { seed: 42 }, { seed: 1 }, 'unmet', 'parameter_differs'],
    ['of its section', { 'train.seed': 42 }, { 'seeds.seed': 1 }, 'unmet', 'parameter_differs'],
    ['the only one, by another name', { random_state: 42 }, { seed: 1 }, 'unmet', 'parameter_differs'],
    ['the only one, by a name of its own', { seed: 42 }, { 'seeds.numpy': 1 }, 'unmet', 'parameter_differs'],
    ['the only one, the same by another name', { random_state: 42 }, { seed: '42' }, 'met', undefined],
    [
      'each by its name',
      { numpy: 1, torch: 2, seed: 3 },
      { 'seeds.numpy': 1, 'seeds.torch': 2 },
      'met',
      undefined,
    ],
    [
      'one of several by its name',
      { numpy: 1, torch: 2, seed: 3 },
      { 'seeds.numpy': 1, 'seeds.torch': 3 },
      'unmet',
      'parameter_differs',
    ],
    ['several by the one that is committed', { seed: 7 }, { 'seeds.a': 7, 'seeds.b': 7 }, 'met', undefined],
    [
      'one that is not committed',
      { seed: 7 },
      { 'seeds.a': 7, 'seeds.b': 8 },
      'undecided',
      'seed_uncommitted',
    ],
    ['a list', { 'seeds.0': 1, 'seeds.1': 2 }, { 'seeds.0': 1, 'seeds.1': 2 }, 'met', undefined],
    [
      'a list in another order',
      { 'seeds.0': 1, 'seeds.1': 2 },
      { 'seeds.0': 2, 'seeds.1': 1 },
      'unmet',
      'parameter_differs',
    ],
    ['beside parameters without any', { lr: 1 }, { lr: 1, seed: 42 }, 'undecided', 'seed_uncommitted'],
    ['beside a seed that is none', { lr: 1, seed: -1 }, { seed: 42 }, 'unmet', 'parameter_differs'],
    [
      'a hyperparameter beside parameters without any',
      { lr: 1 },
      { random_state: 42 },
      'undecided',
      'seed_uncommitted',
    ],
    [
      'a hyperparameter of its own, though there is one on both sides',
      { seed: 42 },
      { random_state: 7 },
      'undecided',
      'seed_uncommitted',
    ],
    [
      'a hyperparameter beside the only one',
      { seed: 42 },
      { random_state: 7, 'seeds.numpy': 42 },
      'undecided',
      'seed_uncommitted',
    ],
    ['the first of two', { seed: 7 }, { 'seeds.a': 8, 'seeds.b': 7 }, 'undecided', 'seed_uncommitted'],
    ['a hyperparameter with the value of another', { seed: 42 }, { random_state: 42 }, 'met', undefined],
    ['of a section of both', { 'seeds.numpy': 1 }, { 'seeds.numpy': 1 }, 'met', undefined],
    ['a hyperparameter that says nothing', { seed: 42 }, { split_seed: 'none' }, 'met', undefined],
    [
      'the only one beside a hyperparameter',
      { seed: 42 },
      { random_state: 42, 'seeds.numpy': 7 },
      'unmet',
      'parameter_differs',
    ],
    ['a list with one more', { seed: 1 }, { 'seeds.0': 1, 'seeds.1': 2 }, 'undecided', 'seed_uncommitted'],
  ])('%s', (_, committed, recorded, outcome, fact) => {
    const answer = came(committed, recorded)

    expect([answer.outcome, whats(answer).find((what) => what === fact)]).toEqual([outcome, fact])
  })

  test('what differs is said once', () => {
    expect(
      whats(came({ seed: 42 }, { seed: 1 })).filter((what) => what === 'parameter_differs'),
    ).toHaveLength(1)
  })

  test('that nobody committed is named once, by the file that has it', () => {
    const { facts } = came({ lr: 1 }, { lr: 1, 'seeds.numpy': 42, 'seeds.torch': 43 })

    expect(facts.filter(({ what }) => what.startsWith('seed'))).toEqual([
      { what: 'seed_uncommitted', path: 'training.yml', key: 'numpy', found: 42 },
      { what: 'seed_uncommitted', path: 'training.yml', key: 'torch', found: 43 },
    ])
  })

  test('one that only a tool tells is not committed either', () => {
    const ran = settings('mlflow.json', 'run', { lr: 1, seed: 42 })
    const answer = judged({ of: ['parameters'] }, [settings('params.yaml', 'committed', { lr: 1 }), ran])

    expect(answer.outcome).toBe('undecided')
    expect(answer.facts[0]).toEqual({ what: 'seed_uncommitted', path: 'mlflow.json', key: 'seed', found: 42 })
    // Without any committed parameters these are what is wanted.
    expect(whats(judged({ of: ['parameters'] }, [ran]))).toEqual(['no_committed_parameters', 'seeds'])
  })

  test('a key of another tool is no seed of a record', () => {
    const answer = judged({ of: ['parameters'] }, [
      settings('params.yaml', 'committed', { seed: 42 }),
      settings('mlflow.json', 'run', { seed: 42, 'seeds.loader': 3 }),
    ])

    expect(answer.outcome).toBe('met')
  })
})
