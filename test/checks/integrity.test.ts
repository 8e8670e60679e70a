import { describe, expect, test } from 'vitest'
import type { Claims } from '../../src/checks/context.ts'
import { answer, Criterion } from '../../src/checks/index.ts'
import { answerIntegrity, IntegrityCheck, LISTED } from '../../src/checks/integrity.ts'
import { acceptable } from '../../src/core/accepted.ts'
import type { IntegrityFact } from '../../src/core/integrity-answer.ts'
import type { EvidenceRecord } from '../../src/core/record.ts'
import type { NamedData, Package, Scalar } from '../../src/core/training-evidence.ts'
import { aSource } from '../support/build.ts'
import { ALL_GIVEN, aContext, anEvidence, NO_EXAMS } from '../support/facts.ts'

const SHA = `sha256:${'1a2b'.repeat(16)}`
const OTHER = `sha256:${'9f8e'.repeat(16)}`
const MD5 = `md5:${'1a2b'.repeat(8)}`
const COMMIT = '0123456789abcdef0123456789abcdef01234567'
const ELSE = 'fedcba9876543210fedcba9876543210fedcba98'

type Kind<K extends EvidenceRecord['kind']> = Extract<EvidenceRecord, { kind: K }>

const asked = (given: object): IntegrityCheck =>
  IntegrityCheck.parse({ id: 'i', control: 'documentation', check: 'integrity', ...given })

const CLAIMS: Claims = {
  datasets: [{ name: 'train', role: 'train', digest: SHA }],
  commits: [COMMIT],
  repositories: ['acme/models'],
}

type More = { readonly claims?: Partial<Claims>; readonly pinned?: string }

function judged(given: object, records: readonly EvidenceRecord[], { claims, pinned }: More = {}) {
  const evidence = records.map((record) =>
    anEvidence({ path: record.source.path, measurements: [], records: [record] }),
  )
  const exams =
    pinned === undefined ? NO_EXAMS : { ...NO_EXAMS, pinned: new Map([['train', { digest: pinned }]]) }
  const all = { ...CLAIMS, ...claims }
  const came = answerIntegrity(asked(given), aContext([], { evidence, exams, claims: all }))
  if (!('facts' in came)) throw new Error(came.code)
  return came
}

const whats = ({ facts }: { readonly facts: readonly IntegrityFact[] }) => facts.map(({ what }) => what)
const from = (path: string) => ({ tool: 'made', source: aSource({ path }) })

const data = (
  path: string,
  datasets: readonly NamedData[],
  more: Partial<Kind<'data'>> = {},
): Kind<'data'> => ({
  ...{ kind: 'data', datasets, ...from(path) },
  ...more,
})
const named = (name: string, ...digests: readonly string[]): NamedData => ({ names: [name], digests })
const settings = (
  path: string,
  of: 'committed' | 'run',
  values: Readonly<Record<string, Scalar>>,
  unresolved: readonly string[] = [],
): Kind<'parameters'> => ({ kind: 'parameters', of, values, unresolved, ...from(path) })
const environment = (
  path: string,
  packages: readonly Package[],
  includes: readonly string[] = [],
): Kind<'environment'> => ({ kind: 'environment', packages, includes, ...from(path) })
const run = (path: string, given: Partial<Kind<'run'>> = {}): Kind<'run'> => ({
  ...{ kind: 'run', frameworks: {}, doubts: [], ...from(path) },
  ...given,
})
const training = (given: Partial<Kind<'training'>>): Kind<'training'> => ({
  ...{ kind: 'training', owner: 'given', date: '2026-02-01', fields: ALL_GIVEN },
  source: aSource({ path: 'training.yml' }),
  ...given,
})

describe('data', () => {
  const of = { of: ['data'] }
  type Row = readonly [string, readonly EvidenceRecord[], object, More, string, readonly string[]]
  test.each<Row>([
    [
      'a description with the digest',
      [data('c.json', [named('train', SHA)])],
      {},
      {},
      'met',
      ['data_agrees'],
    ],
    ['under another name', [data('c.json', [named('corpus', SHA)])], {}, {}, 'met', ['data_agrees']],
    [
      'a training record',
      [training({ data: [{ name: 'train', digest: SHA }] })],
      {},
      {},
      'met',
      ['data_agrees'],
    ],
    ['nothing', [], {}, {}, 'undecided', ['data_unnamed']],
    ['other data', [data('c.json', [named('test', OTHER)])], {}, {}, 'undecided', ['data_unnamed']],
    ['another digest', [data('c.json', [named('train', OTHER)])], {}, {}, 'unmet', ['data_differs']],
    ['the path of a file', [data('d', [named('data/train.csv', OTHER)])], {}, {}, 'unmet', ['data_differs']],
    [
      'one that agrees and one that does not',
      [data('c.json', [named('train', SHA)]), data('d.lock', [named('train.csv', OTHER)])],
      {},
      {},
      'unmet',
      ['data_differs'],
    ],
    [
      'the digest of something else in the file',
      [data('d.lock', [named('train.csv', OTHER), named('labels.csv', SHA)])],
      {},
      {},
      'unmet',
      ['data_differs'],
    ],
    [
      'raw and prepared data of one name',
      [data('d.lock', [named('raw/train.csv', OTHER), named('train.csv', SHA)])],
      {},
      {},
      'met',
      ['data_agrees'],
    ],
    [
      'another algorithm',
      [data('d.lock', [named('train', MD5)])],
      {},
      {},
      'undecided',
      ['data_not_comparable'],
    ],
    [
      'two algorithms, one the manifest’s',
      [data('d.lock', [named('train', MD5, SHA)])],
      {},
      {},
      'met',
      ['data_agrees'],
    ],
    [
      'a placeholder',
      [data('c.json', [{ ...named('train'), placeholder: 'TODO' }])],
      {},
      {},
      'undecided',
      ['data_placeholder'],
    ],
    [
      'a live dataset, though the digest is the same',
      [data('c.json', [named('train', SHA)], { live: true })],
      {},
      {},
      'undecided',
      ['data_live'],
    ],
    [
      'a live dataset and a lock of what was taken from it',
      [data('c.json', [named('train', SHA)], { live: true }), data('d.lock', [named('train', SHA)])],
      {},
      {},
      'met',
      ['data_agrees'],
    ],
    [
      'what came from nowhere',
      [data('d.lock', [named('train', SHA)], { open: ['words.txt'] })],
      {},
      {},
      'undecided',
      ['pipeline_open', 'data_agrees'],
    ],
    ['the criteria', [], {}, { pinned: SHA }, 'met', ['data_agrees']],
    ['criteria that pin other data', [], {}, { pinned: OTHER }, 'unmet', ['data_changed']],
    [
      'criteria that pin other data, whatever else agrees',
      [data('c.json', [named('train', SHA)])],
      {},
      { pinned: OTHER },
      'unmet',
      ['data_changed'],
    ],
    ['a dataset that is not there', [], { datasets: ['dev'] }, {}, 'undecided', ['data_not_listed']],
    ['no training data', [], {}, { claims: { datasets: [] } }, 'undecided', ['no_data']],
    [
      'only test data',
      [],
      {},
      { claims: { datasets: [{ name: 'holdout', role: 'test', digest: SHA }] } },
      'undecided',
      ['no_data'],
    ],
    [
      'test data that are asked for',
      [data('c.json', [named('holdout', SHA)])],
      { datasets: ['holdout'] },
      { claims: { datasets: [{ name: 'holdout', role: 'test', digest: SHA }] } },
      'met',
      ['data_agrees'],
    ],
    [
      'data without a digest',
      [],
      {},
      { claims: { datasets: [{ name: 'train', role: 'train' }] } },
      'undecided',
      ['data_without_digest'],
    ],
    [
      'a manifest with a placeholder, and evidence with the same',
      [data('c.json', [named('train', `sha256:${'0'.repeat(64)}`)])],
      {},
      { claims: { datasets: [{ name: 'train', role: 'tune', digest: `sha256:${'0'.repeat(64)}` }] } },
      'undecided',
      ['data_placeholder'],
    ],
  ])('%s', (_, records, given, more, outcome, facts) => {
    const came = judged({ ...of, ...given }, records, more)

    expect(whats(came)).toEqual(facts)
    expect(came.outcome).toBe(outcome)
  })

  const weak: More = { claims: { datasets: [{ name: 'train', role: 'train', digest: MD5 }] } }
  test('a weak digest is met and said to be weak, unless a strong one is asked', () => {
    const records = [data('d.lock', [named('data/train.csv', MD5)])]

    expect(judged(of, records, weak)).toMatchObject({
      outcome: 'met',
      facts: [{ weak: true, by: ['d.lock'] }],
    })
    expect(judged({ ...of, strong: true }, records, weak)).toMatchObject({
      outcome: 'undecided',
      facts: [{ what: 'data_weak' }],
    })
    expect(judged({ ...of, strong: true }, [data('c', [named('train', SHA)])]).outcome).toBe('met')
  })

  test('every dataset of the training must agree', () => {
    const datasets = [
      { name: 'train', role: 'train', digest: SHA },
      { name: 'extra', role: 'calibration', digest: OTHER },
    ] as const

    expect(judged(of, [data('c', [named('train', SHA)])], { claims: { datasets } })).toMatchObject({
      outcome: 'undecided',
      facts: [
        { what: 'data_unnamed', dataset: 'extra' },
        { what: 'data_agrees', dataset: 'train' },
      ],
    })
  })

  test('what differs is named with both digests and the file', () => {
    expect(judged(of, [data('c.json', [named('train', OTHER)])]).facts).toEqual([
      { what: 'data_differs', dataset: 'train', path: 'c.json', found: OTHER, wanted: SHA },
    ])
  })
})

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
      ['parameter_unconfirmed', 'seeds', 'parameters_equal'],
    ],
  ])('%s', (_, values, outcome, facts) => {
    const came = ran(values)

    expect(came.outcome).toBe(outcome)
    expect(whats(came)).toEqual(facts)
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

    expect(came).toMatchObject({ outcome: 'unmet', facts: [{ path: 'wandb.yaml' }, {}, {}] })
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
    [
      'what is not filled in',
      [committed, settings('h', 'run', { seed: 42, lr: 0.001, amp: true, dir: '${x}' }, ['dir'])],
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

describe('environment', () => {
  const of = { of: ['environment'] }
  const pinned: Package = { written: 'numpy==1.26.4' }
  const hashed: Package = { ...pinned, hashed: true }
  const loose: Package = { written: 'torch>=2', loose: 'range' }

  test.each<readonly [string, readonly EvidenceRecord[], object, string, readonly string[]]>([
    ['all pinned', [environment('r.txt', [pinned, hashed])], {}, 'met', ['packages_pinned']],
    ['one is not', [environment('r.txt', [pinned, loose])], {}, 'unmet', ['package_loose']],
    [
      'of two lists one is not',
      [environment('a.txt', [pinned]), environment('b.txt', [loose])],
      {},
      'unmet',
      ['package_loose', 'packages_pinned'],
    ],
    [
      'not all hashed',
      [environment('r.txt', [pinned, hashed])],
      { hashed: true },
      'unmet',
      ['package_unhashed'],
    ],
    ['all hashed', [environment('r.txt', [hashed])], { hashed: true }, 'met', ['packages_pinned']],
    ['nothing', [], {}, 'undecided', ['no_environment']],
    ['an empty list', [environment('r.txt', [])], {}, 'undecided', ['no_packages']],
    [
      'another file that is not there',
      [environment('models/r.txt', [pinned], ['base.txt'])],
      {},
      'undecided',
      ['file_not_given', 'packages_pinned'],
    ],
    [
      'another file that is there',
      [environment('models/r.txt', [pinned], ['../base.txt']), environment('base.txt', [pinned])],
      {},
      'met',
      ['packages_pinned', 'packages_pinned'],
    ],
    [
      'nothing but another file that is there, and loose',
      [environment('models/r.txt', [], ['base.txt']), environment('models/base.txt', [loose])],
      {},
      'unmet',
      ['package_loose'],
    ],
    [
      'a model that is pickled is said, and decides nothing',
      [
        environment('r.txt', [pinned]),
        run('MLmodel', { doubts: [{ what: 'pickled', found: 'cloudpickle' }] }),
      ],
      {},
      'met',
      ['packages_pinned', 'doubt'],
    ],
    [
      'a doubt is no environment',
      [run('MLmodel', { doubts: [{ what: 'no_signature' }] })],
      {},
      'undecided',
      ['no_environment'],
    ],
  ])('%s', (_, records, given, outcome, facts) => {
    const came = judged({ ...of, ...given }, records)

    expect(came.outcome).toBe(outcome)
    expect(whats(came)).toEqual(facts)
  })
})

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

describe('all of it', () => {
  const good = [
    data('c.json', [named('train', SHA)]),
    settings('params.yaml', 'committed', { seed: 1 }),
    settings('dvc.lock', 'run', { seed: 1 }),
    environment('r.txt', [{ written: 'a==1' }]),
    run('w.json', { commit: COMMIT }),
  ]
  const of = ['code', 'environment', 'parameters', 'data']

  test('holds only together', () => {
    expect(judged({ of }, good)).toMatchObject({ code: 'integrity_holds', outcome: 'met' })
    for (const left of good)
      expect(
        judged(
          { of },
          good.filter((one) => one !== left),
        ).outcome,
      ).not.toBe('met')
    expect(judged({ of }, [...good, run('m', { commit: ELSE })]).outcome).toBe('unmet')
  })

  test('is judged like any other criterion', () => {
    const criterion = Criterion.parse({
      id: 'i',
      control: 'reproducibility',
      check: 'integrity',
      of: ['code'],
    })

    expect(answer(criterion, aContext([]))).toMatchObject({ code: 'integrity_open', outcome: 'undecided' })
  })

  test('lists so many facts and counts the others', () => {
    const many = Array.from(
      { length: LISTED + 7 },
      (_, at): Package => ({ written: `p${at}`, loose: 'no_version' }),
    )

    const came = judged({ of: ['environment'] }, [environment('r.txt', many)])

    expect(came.facts).toHaveLength(LISTED)
    expect(came.more).toBe(7)
  })

  test.each<readonly [string, object, boolean]>([
    ['data for its control', { control: 'data-integrity', of: ['data'] }, true],
    ['no data for its control', { control: 'data-integrity', of: ['code'] }, false],
    ['data alone for reproducibility', { control: 'reproducibility', of: ['data'] }, false],
    ['data and code for reproducibility', { control: 'reproducibility', of: ['data', 'code'] }, true],
    ['hashes of no environment', { of: ['data'], hashed: true }, false],
    ['strength of no data', { of: ['code'], strong: true }, false],
    ['names of no data', { of: ['code'], datasets: ['a'] }, false],
    ['nothing', { of: [] }, false],
    ['a false hashed', { of: ['environment'], hashed: false }, false],
  ])('%s', (_, given, fits) => {
    const written = { id: 'i', control: 'documentation', check: 'integrity', ...given }

    expect(IntegrityCheck.safeParse(written).success).toBe(fits)
  })
})

describe('a waiver', () => {
  test.each<readonly [string, object, readonly EvidenceRecord[], string]>([
    [
      'may accept a loose package',
      { of: ['environment'] },
      [environment('r', [{ written: 'a', loose: 'range' }])],
      'acceptable',
    ],
    ['may accept what nobody names', { of: ['data'] }, [], 'acceptable'],
    ['never another digest', { of: ['data'] }, [data('c', [named('train', OTHER)])], 'contradiction'],
    ['never another commit', { of: ['code'] }, [run('w', { commit: ELSE })], 'contradiction'],
    ['never what can’t be compared', { of: ['code'] }, [run('w', { commit: 'main' })], 'unclear'],
    ['never what holds', { of: ['code'] }, [run('w', { commit: COMMIT })], 'met'],
  ])('%s', (_, given, records, expected) => {
    const can = acceptable(judged(given, records))

    expect(can.kind === 'not' ? can.why : can.kind).toBe(expected)
  })
})
