import { describe, expect, test } from 'vitest'
import type { EvidenceRecord } from '../../src/core/record.ts'
import type { Scalar } from '../../src/core/training-evidence.ts'
import { judged, settings, whats } from '../support/training.ts'

describe('parameters', () => {
  const of = { of: ['parameters'] }
  const committed = settings('params.yaml', 'committed', { seed: 42, 'train.lr': 0.001, 'train.amp': true })
  const ran = (values: Readonly<Record<string, Scalar>>) =>
    judged(of, [committed, settings('dvc.lock', 'run', values)])

  test.each<readonly [string, Readonly<Record<string, Scalar>>]>([
    ['the same', { seed: 42, 'train.lr': 0.001, 'train.amp': true }],
    ['texts, as MLflow keeps them', { seed: '42', 'train.lr': '1e-3', 'train.amp': 'True' }],
    ['zeros behind', { seed: '42.0', 'train.lr': '0.00100', 'train.amp': 'true' }],
    ['without their section', { seed: 42, lr: 0.001, amp: true }],
    ['with a section more', { 'config.seed': 42, 'config/train/lr': 0.001, 'config.train.amp': true }],
    ['and others beside them', { seed: 42, 'train.lr': 0.001, 'train.amp': true, workers: 4 }],
  ])('%s', (_, values) => {
    expect(ran(values)).toMatchObject({ outcome: 'met' })
  })

  test.each<readonly [string, Readonly<Record<string, Scalar>>, string, readonly string[]]>([
    ['another number', { seed: 42, lr: 0.002, amp: true }, 'unmet', ['parameter_differs', 'seeds']],
    ['another seed', { seed: 43, lr: 0.001, amp: true }, 'unmet', ['parameter_differs', 'seeds']],
    ['a truth value', { seed: 42, lr: 0.001, amp: 'False' }, 'unmet', ['parameter_differs', 'seeds']],
    [
      'one that nothing tells',
      { seed: 42, lr: 0.001 },
      'undecided',
      ['parameter_unconfirmed', 'seeds', 'parameters_equal'],
    ],
    [
      'one that two keys could mean',
      { seed: 42, 'a.lr': 0.001, 'b.lr': 0.001, amp: true },
      'undecided',
      ['parameter_unconfirmed', 'seeds', 'parameters_equal', 'parameters_beside'],
    ],
  ])('%s', (_, values, outcome, facts) => {
    const came = ran(values)

    expect(came.outcome).toBe(outcome)
    expect(whats(came)).toEqual(facts)
  })

  test('what two keys could mean is what neither means', () => {
    const one = judged(of, [
      settings('p', 'committed', { seed: 1, lr: 0.1 }),
      settings('d', 'run', { seed: 1, 'encoder.lr': 0.1, 'decoder.lr': 0.2 }),
    ])
    const two = judged(of, [
      settings('p', 'committed', { seed: 1, 'encoder.lr': 0.1, 'decoder.lr': 0.2 }),
      settings('d', 'run', { seed: 1, lr: 0.1 }),
    ])

    expect(whats(one)).toEqual(['parameter_ambiguous', 'seeds', 'parameters_equal', 'parameters_beside'])
    expect(one.facts[0]).toEqual({
      ...{ what: 'parameter_ambiguous', path: 'd', key: 'lr', against: 'p' },
      keys: ['encoder.lr', 'decoder.lr'],
    })
    expect(one.outcome).toBe('undecided')
    expect(whats(two)).toEqual([
      'parameter_unconfirmed',
      'parameter_unconfirmed',
      'seeds',
      'parameters_equal',
      'parameters_beside',
    ])
  })

  describe('a run beside a record that tells all', () => {
    const params = settings('params.yaml', 'committed', { seed: 42, learning_rate: 0.0008 })
    const record = settings('training.yml', 'run', { seed: 42, learning_rate: 0.0008 })
    const beside = (values: Readonly<Record<string, Scalar>>) =>
      judged(of, [params, record, settings('run.json', 'run', values)])

    test.each<readonly [string, Readonly<Record<string, Scalar>>, string, string]>([
      ['the same', { learning_rate: '0.0008' }, 'met', ''],
      ['the same, spelt otherwise', { 'Learning-Rate': '0.0008' }, 'met', ''],
      ['another', { learning_rate: '0.5' }, 'unmet', 'parameter_differs'],
      ['another by a dash', { 'learning-rate': '0.5' }, 'unmet', 'parameter_differs'],
      ['another by capitals', { Learning_Rate: '0.5' }, 'unmet', 'parameter_differs'],
      ['another by capitals alone', { learningRate: '0.5' }, 'unmet', 'parameter_differs'],
      ['another in a section, by a dash', { 'Model/Learning-Rate': '0.5' }, 'unmet', 'parameter_differs'],
      [
        'another in two sections',
        { 'model.learning_rate': '0.5', 'optimizer.learning_rate': '0.5' },
        'unmet',
        'parameter_differs',
      ],
      [
        'two others in two sections',
        { 'model.learning_rate': '0.5', 'optimizer.learning_rate': '0.4' },
        'unmet',
        'parameter_differs',
      ],
      [
        'another in one of two sections',
        { 'model.learning_rate': '0.5', 'optimizer.learning_rate': '0.0008' },
        'undecided',
        'parameter_ambiguous',
      ],
      ['the same in two sections', { 'a.learning_rate': '0.0008', 'b.learning_rate': '0.0008' }, 'met', ''],
      [
        'the same beside that of something else',
        { learning_rate: '0.0008', 'schedule.learning_rate': '0.5' },
        'met',
        '',
      ],
      [
        'another under another spelling',
        { learning_rate: '0.0008', 'learning-rate': '0.5' },
        'unmet',
        'parameter_differs',
      ],
    ])('%s', (_, values, outcome, fact) => {
      const came = beside(values)

      expect(came.outcome).toBe(outcome)
      if (fact !== '')
        expect(came.facts).toContainEqual(
          expect.objectContaining({ what: fact, path: 'run.json', key: 'learning_rate' }),
        )
    })

    test('of two committed keys that are spelt alike each means itself, and no third spelling either', () => {
      const two = settings('params.yaml', 'committed', { seed: 42, max_depth: 3, maxDepth: 4 })
      const run = (values: Readonly<Record<string, Scalar>>) =>
        judged(of, [two, settings('run.json', 'run', { seed: 42, ...values })]).outcome

      expect(run({ max_depth: 3, maxDepth: 4 })).toBe('met')
      expect(run({ max_depth: 4, maxDepth: 3 })).toBe('unmet')
      expect(run({ 'max-depth': 9 })).toBe('undecided')
      expect(run({ 'tree.max-depth': 9 })).toBe('undecided')
    })
  })

  describe('what a run tells beside what was committed', () => {
    const more = { seed: 42, lr: 0.001, amp: true, weight_decay: 0.5, a: 1, b: 2, c: 3, callback: null }

    test('is said, of a tool', () => {
      const came = ran(more)

      expect(came).toMatchObject({
        code: 'integrity_holds',
        facts: expect.arrayContaining([
          { what: 'parameters_beside', path: 'dvc.lock', keys: ['weight_decay', 'a', 'b'], more: 1 },
        ]),
      })
      expect(whats(ran({ seed: 42, lr: 0.001, amp: true }))).not.toContain('parameters_beside')
    })

    test('is to be committed, of a record', () => {
      const record = {
        ...settings('training.yml', 'run', { ...more, 'seeds.numpy': 42 }),
        tool: 'training-record',
      }
      const came = judged(of, [committed, record])

      expect(came).toMatchObject({
        outcome: 'undecided',
        facts: expect.arrayContaining([
          { what: 'parameter_uncommitted', path: 'training.yml', key: 'weight_decay', found: 0.5 },
        ]),
      })
      const others = settings('model.yaml', 'committed', { weight_decay: 0.5, a: 1, b: 2, c: 3 })
      expect(judged(of, [committed, others, record])).toMatchObject({ outcome: 'met' })
      expect(judged(of, [committed, settings('training.yml', 'run', record.values)])).toMatchObject({
        outcome: 'met',
      })
    })

    test('is to be committed where it could mean what another is', () => {
      const values = { seed: 42, 'train.lr': 0.001, amp: true, 'old.train.lr': 0.5 }
      const record = { ...settings('training.yml', 'run', values), tool: 'training-record' }

      expect(judged(of, [committed, record])).toMatchObject({
        outcome: 'undecided',
        facts: expect.arrayContaining([
          { what: 'parameter_uncommitted', path: 'training.yml', key: 'old.train.lr', found: 0.5 },
        ]),
      })
    })
  })

  test('a list is compared item by item', () => {
    const ran = (last: number) =>
      judged(of, [
        settings('p', 'committed', { seed: 1, 'net.layers.0': 64, 'net.layers.1': 32 }),
        settings('d', 'run', { seed: 1, 'layers.0': 64, 'layers.1': last }),
      ])

    expect(ran(32).outcome).toBe('met')
    expect(ran(16).outcome).toBe('unmet')
  })

  test('what differs is named with its key, both values and both files', () => {
    expect(ran({ seed: 42, lr: '0.01', amp: true }).facts[0]).toEqual({
      ...{ what: 'parameter_differs', path: 'dvc.lock', against: 'params.yaml' },
      ...{ key: 'train.lr', found: '0.01', wanted: 0.001 },
    })
  })

  test('each of several tells', () => {
    const came = judged(of, [
      committed,
      settings('dvc.lock', 'run', { seed: 42, 'train.lr': 0.001, 'train.amp': true }),
      settings('wandb.yaml', 'run', { 'train.lr': 0.01 }),
    ])

    expect(came).toMatchObject({ outcome: 'unmet', facts: [{ path: 'wandb.yaml' }, {}, {}, {}] })
  })

  test.each<readonly [string, readonly EvidenceRecord[], string, string]>([
    ['nothing', [], 'undecided', 'no_parameters'],
    ['nothing committed', [settings('d', 'run', { seed: 1 })], 'undecided', 'no_committed_parameters'],
    ['nothing of a run', [committed], 'undecided', 'no_run_parameters'],
    ['no seed', [settings('p', 'committed', { lr: 1 }), settings('d', 'run', { lr: 1 })], 'unmet', 'no_seed'],
    [
      'a seed of nothing',
      [settings('p', 'committed', { seed: null }), settings('d', 'run', { seed: null })],
      'unmet',
      'no_seed',
    ],
    ...[-1, '-1', 'random', 'Auto', true].map(
      (seed) =>
        [
          `a seed that chance chooses: ${seed}`,
          [settings('p', 'committed', { seed }), settings('d', 'run', { seed })],
          'unmet',
          'no_seed',
        ] as const,
    ),
    [
      'what is not filled in',
      [committed, settings('h', 'run', { seed: 42, lr: 0.001, amp: true, dir: '???' }, ['dir'])],
      'undecided',
      'parameter_unresolved',
    ],
  ])('%s', (_, records, outcome, first) => {
    const came = judged(of, records)

    expect(came).toMatchObject({ outcome })
    expect(whats(came)[0]).toBe(first)
  })

  test.each([
    ['seed', true],
    ['train.random_state', true],
    ['numpySeed', true],
    ['seeds.0', true],
    ['data.seed_torch', true],
    ['seedling', false],
    ['seeded', false],
    ['proceeds', false],
  ])('%s is a seed: %s', (key, is) => {
    const both = [settings('p', 'committed', { [key]: 3 }), settings('d', 'run', { [key]: 3 })]

    expect(judged(of, both).outcome).toBe(is ? 'met' : 'unmet')
  })
})
