import { describe, expect, test } from 'vitest'
import type { Context } from '../../src/checks/context.ts'
import { answerIntegrity, type IntegrityCheck } from '../../src/checks/integrity.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { EvidenceRecord } from '../../src/core/record.ts'
import { trainingDisagrees } from '../../src/criteria/training-disagrees.ts'
import { aSource } from '../support/build.ts'
import { aContext, anEvidence, NO_EXAMS } from '../support/facts.ts'
import {
  asItWas,
  asked,
  CLAIMS,
  COMMIT,
  environment,
  OTHER,
  run,
  SHA,
  settings,
  training,
} from '../support/training.ts'

const PATH = 'training.yml'
const COMMITTED = settings('params.yaml', 'committed', { learning_rate: 0.001, epochs: 10, seed: 42 })
const RAN = settings('mlflow-run.json', 'run', { learning_rate: '0.001', epochs: '10', seed: '42' })
const LOCK = environment('requirements.txt', [{ written: 'scikit-learn==1.5.2' }])
const DURING = { started: '2026-02-01T08:10:00Z', run: 'a1', tool: 'mlflow' }
const TIMES = { started: '2026-02-01T08:00:00Z', finished: '2026-02-01T09:00:00Z' }

/** Records of one file each. */
const files = (...all: readonly (EvidenceRecord | readonly EvidenceRecord[])[]) =>
  all.map((one): Evidence => {
    const records = Array.isArray(one) ? one : [one]
    return anEvidence({ path: records[0]?.source.path ?? '', measurements: [], records })
  })
/** A training record, and what it says that the training ran with. */
const told = (values: Parameters<typeof settings>[2], given: Parameters<typeof training>[0] = {}) => [
  training({ times: TIMES, ...given }),
  { ...settings(PATH, 'run', values), tool: 'training-record' },
]
const context = (evidence: readonly Evidence[], given: Partial<Context> = {}) =>
  aContext([], { evidence, exams: NO_EXAMS, claims: CLAIMS, atTraining: asItWas(evidence), ...given })
const found = (
  evidence: readonly Evidence[],
  given: Partial<Context> = {},
  findings: readonly Finding[] = [],
) =>
  trainingDisagrees(context(evidence, given), findings).map((one) =>
    one.code === 'training_contradicts' ? one.fact : one,
  )

describe('a training record beside other evidence, whoever asks', () => {
  test('that says the same contradicts nothing', () => {
    const record = told(
      { learning_rate: 0.001, epochs: 10, seed: 42 },
      { data: [{ name: 'train', digest: SHA }], lock: 'requirements.txt', commit: COMMIT },
    )
    expect(found(files(record, COMMITTED, [RAN, run('mlflow-run.json', DURING)], LOCK))).toEqual([])
  })

  test('a bill of materials with other data than are declared', () => {
    const bom = (digest: string): EvidenceRecord => ({
      ...{ kind: 'bom', standard: 'CycloneDX', spec: '1.6', unresolved: [], lacking: [], placeholders: [] },
      ...{ evidence: [], counterClaims: [], source: aSource({ path: 'bom.json' }) },
      parts: [{ kind: 'data', names: ['train'], versions: [], digests: [digest], base: false }],
    })

    expect(found(files(bom(SHA)))).toEqual([])
    expect(found(files(bom(OTHER)))).toEqual([
      { what: 'data_differs', dataset: 'train', path: 'bom.json', found: OTHER, wanted: SHA },
    ])
  })

  test('other parameters than are committed, each once', () => {
    expect(found(files(told({ learning_rate: 0.5, epochs: 10, seed: 7 }), COMMITTED, RAN))).toEqual([
      {
        ...{ what: 'parameter_differs', path: PATH, key: 'learning_rate', found: 0.5, wanted: 0.001 },
        against: 'params.yaml',
      },
      { what: 'parameter_differs', path: PATH, key: 'seed', found: 7, wanted: 42, against: 'params.yaml' },
    ])
  })

  test('another seed than the only one that is committed, whatever both are called', () => {
    const committed = settings('params.yaml', 'committed', { random_state: 42 })
    expect(found(files(told({ 'seeds.numpy': 7 }), committed))).toMatchObject([
      { what: 'parameter_differs', found: 7, wanted: 42, against: 'params.yaml' },
    ])
    expect(found(files(told({ 'seeds.numpy': 42 }), committed))).toEqual([])
  })

  test('other parameters than the run of a tool has', () => {
    const record = told({ learning_rate: 0.5 })
    const during = files(record, [RAN, run('mlflow-run.json', DURING)])
    const later = files(record, [RAN, run('mlflow-run.json', { ...DURING, started: '2026-02-01T10:00:00Z' })])
    const differs = { what: 'parameter_differs', key: 'learning_rate', against: 'mlflow-run.json' }

    expect(found(during)).toMatchObject([differs])
    expect(found(files(record, RAN))).toMatchObject([differs])
    // A run that came after the training has measured something.
    expect(found(later)).toEqual([])
  })

  test('a name that people and tools write in two ways is one', () => {
    const record = told({ optimizer: 'AdamW', scheduler: 'cosine' })
    const ran = settings('mlflow-run.json', 'run', { optimizer: 'adamw_torch', scheduler: 'linear' })
    expect(found(files(record, ran))).toMatchObject([{ key: 'scheduler', found: 'cosine', wanted: 'linear' }])
  })

  test('other bytes of the same data than the manifest, whatever their role', () => {
    const record = files(training({ data: [{ name: 'train', digest: OTHER }] }))
    expect(found(record)).toEqual([
      { what: 'data_differs', dataset: 'train', path: PATH, found: OTHER, wanted: SHA },
    ])
    const claims = { ...CLAIMS, datasets: [{ name: 'train', role: 'other' as const, digest: SHA }] }
    expect(found(record, { claims })).toMatchObject([{ what: 'data_differs' }])
    expect(found(files(training({ data: [{ name: 'train' }] })))).toEqual([])
  })

  test('another lock than the evidence has', () => {
    expect(found(files(training({ lock: 'nowhere.lock' }), LOCK))).toEqual([
      { what: 'other_lock', path: PATH, found: 'nowhere.lock', wanted: ['requirements.txt'] },
    ])
  })

  test('a record of another training contradicts nothing', () => {
    const [record, ...rest] = files(told({ epochs: 3 }), COMMITTED)
    const all = record === undefined ? [] : [record, ...rest]
    const foreign = (record?.records ?? []).slice(0, 1).map((one) => ({
      ...{ record: one, what: 'commit' as const, found: 'f', wanted: [COMMIT] },
    }))
    expect(found(all)).toHaveLength(1)
    expect(found(all, { foreign: { measurements: [], records: foreign } })).toEqual([])
  })

  test('runs alone are held to what is committed only where that is asked', () => {
    expect(found(files(COMMITTED, settings('w.yaml', 'run', { epochs: 3 })))).toEqual([])
  })

  test.each<readonly [Partial<IntegrityCheck>, boolean, number]>([
    [{ of: ['parameters'] }, true, 0],
    [{ of: ['environment'] }, true, 1],
    [{ of: ['parameters'] }, false, 1],
  ])('what a criterion %j says is not said again, if it blocks (%j)', (given, blocking, problems) => {
    const evidence = files(told({ epochs: 3, learning_rate: 0.001, seed: 42 }), COMMITTED, LOCK)
    const answer = answerIntegrity(asked(given), context(evidence))
    const finding: Finding = {
      ...{ criterion: 'i', control: 'documentation', blocking, version: 'both' },
      answer,
    }
    expect(found(evidence, {}, [finding])).toHaveLength(problems)
  })
})

describe('a packaged model', () => {
  const MODEL = run('MLmodel', {
    ...{ packaged: true, run: 'a1', tool: 'mlflow', finished: '2026-02-01T09:00:00Z' },
    frameworks: { sklearn: '1.5.2', python: '3.12.7' },
  })
  const RUN = run('mlflow-run.json', DURING)
  const other = { ...RUN, run: 'b2' }

  test.each<readonly [string, readonly EvidenceRecord[], number]>([
    ['of the run that is there', [MODEL, RUN], 0],
    ['of another run', [MODEL, other], 1],
    ['of one of the runs that are there', [MODEL, other, RUN], 0],
    ['without a run beside it', [MODEL], 0],
    ['beside a run that began when it was there', [MODEL, { ...other, started: '2026-02-02T09:00:00Z' }], 0],
    ['beside a run of another tool', [MODEL, { ...other, tool: 'wandb' }], 0],
  ])('%s', (_, records, problems) => {
    const facts = found(files(...records))
    expect(facts).toHaveLength(problems)
    if (problems > 0)
      expect(facts).toEqual([
        { what: 'run_differs', path: 'MLmodel', found: 'a1', wanted: 'b2', against: 'mlflow-run.json' },
      ])
  })

  test.each<readonly [string, readonly string[], readonly object[]]>([
    ['the same', ['scikit-learn==1.5.2', 'python=3.12.7=h26_0'], []],
    ['the same, as others write it', ['Scikit_Learn 1.5.2', 'python=3.12'], []],
    ['the same, with a build', ['scikit-learn===1.5.2+cu121'], []],
    ['a range', ['scikit-learn>=1.6'], []],
    ['another package', ['scikit-learn-extra==0.3.0'], []],
    [
      'another one',
      ['scikit-learn==1.6.0 ; python_version > "3"'],
      [{ what: 'version_differs', package: 'scikit-learn', found: '1.5.2', against: 'requirements.txt' }],
    ],
    [
      'another Python',
      ['python 3.7.1'],
      [{ what: 'version_differs', package: 'python', wanted: 'python 3.7.1' }],
    ],
    ['another and the same, in two lists', ['scikit-learn==1.6.0', 'scikit-learn==1.5.2'], []],
  ])('with frameworks of which a lock has %s', (_, written, facts) => {
    const list = environment(
      'requirements.txt',
      written.map((one) => ({ written: one })),
    )
    expect(found(files(MODEL, list))).toMatchObject(facts)
  })

  test('is unmet by it where the code or the environment is asked', () => {
    const list = environment('requirements.txt', [{ written: 'scikit-learn==1.6.0' }])
    const came = (of: readonly ['code' | 'environment']) =>
      answerIntegrity(asked({ of }), context(files(MODEL, { ...other, commit: COMMIT }, list)))

    expect(came(['code'])).toMatchObject({ outcome: 'unmet', facts: [{ what: 'run_differs' }, {}] })
    expect(came(['environment'])).toMatchObject({
      outcome: 'unmet',
      facts: [{ what: 'version_differs' }, {}, {}],
    })
  })
})
