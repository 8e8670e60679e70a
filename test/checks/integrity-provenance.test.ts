import { describe, expect, test } from 'vitest'
import type { Shown } from '../../src/core/attestation.ts'
import type { EvidenceRecord } from '../../src/core/record.ts'
import {
  COMMIT,
  data,
  ELSE,
  judged,
  named,
  OTHER,
  provenance,
  run,
  SHA,
  settings,
  whats,
} from '../support/training.ts'

type Row = readonly [string, readonly EvidenceRecord[], string, readonly string[]]
const other = { subjects: [{ digests: [OTHER] }] }
const UNSIGNED: Shown = { state: 'claimed', why: 'unsigned' }
const INVALID: Shown = { state: 'invalid', why: 'signature' }
const SHA512 = `sha512:${'1a2b'.repeat(32)}`
const OTHER512 = `sha512:${'9f8e'.repeat(32)}`
const DESCRIBED = data('c.json', [named('train', SHA)])
const input = (name: string, digest: string) => ({
  materials: [digest],
  inputs: [{ names: [name], digests: [digest] }],
})
const signedAt = (commit?: string): Shown => ({
  state: 'verified',
  signer: { by: 'identity', issuer: 'i', subject: 's', ...(commit && { commit }) },
})

describe('data by what went into the weights', () => {
  test.each<Row>([
    ['the digest', [provenance({ materials: [SHA] })], 'met', ['data_agrees']],
    ['the digest by its address', [provenance(input('s3://a/train.csv', SHA))], 'met', ['data_agrees']],
    ['under another name', [provenance(input('s3://a/corpus.csv', SHA))], 'met', ['data_agrees']],
    ['another digest', [provenance(input('s3://a/train.csv', OTHER))], 'unmet', ['data_differs']],
    [
      'another digest than a lock has',
      [data('d.lock', [named('train', SHA)]), provenance(input('train', OTHER))],
      'unmet',
      ['data_differs'],
    ],
    [
      'the digest of something else in it',
      [provenance({ materials: [OTHER, SHA], inputs: [{ names: ['train'], digests: [OTHER] }] })],
      'unmet',
      ['data_differs'],
    ],
    ['nothing', [provenance({})], 'undecided', ['data_unnamed']],
    ['of other weights', [provenance({ materials: [SHA] }, other)], 'undecided', ['data_unnamed']],
    ['not signed', [provenance({ materials: [SHA] }, { shown: UNSIGNED })], 'undecided', ['data_unnamed']],
    ['signed wrongly', [provenance({ materials: [SHA] }, { shown: INVALID })], 'undecided', ['data_unnamed']],
    [
      'another digest, not signed',
      [DESCRIBED, provenance(input('s3://a/train.csv', OTHER), { shown: UNSIGNED })],
      'unmet',
      ['data_differs'],
    ],
    [
      'the digest of something else, by a key that nobody knows',
      [DESCRIBED, provenance(input('train', OTHER), { shown: { state: 'claimed', why: 'unknown_key' } })],
      'unmet',
      ['data_differs'],
    ],
    [
      'another than a description has, not signed',
      [
        data('c.json', [{ names: ['train'], digests: [SHA, SHA512] }]),
        provenance(input('train', OTHER512), { shown: UNSIGNED }),
      ],
      'unmet',
      ['data_differs', 'data_agrees'],
    ],
    [
      'another digest of other weights, not signed',
      [DESCRIBED, provenance(input('train', OTHER), { ...other, shown: UNSIGNED })],
      'met',
      ['data_agrees'],
    ],
    [
      'other data, not signed',
      [DESCRIBED, provenance(input('corpus', OTHER), { shown: UNSIGNED })],
      'met',
      ['data_agrees'],
    ],
    [
      'another digest, signed wrongly',
      [DESCRIBED, provenance(input('train', OTHER), { shown: INVALID })],
      'met',
      ['data_agrees'],
    ],
    [
      'the digest by its address, not signed',
      [provenance(input('s3://a/train.csv', SHA), { shown: UNSIGNED })],
      'undecided',
      ['data_unnamed'],
    ],
    [
      'by an algorithm that the manifest does not give, not signed',
      [provenance(input('train', SHA512), { shown: UNSIGNED })],
      'undecided',
      ['data_unnamed'],
    ],
  ])('%s', (_, records, outcome, facts) => {
    const came = judged({ of: ['data'] }, records)

    expect(came.outcome).toBe(outcome)
    expect(whats(came)).toEqual(facts)
  })
})

describe('parameters by what the build was told', () => {
  const committed = settings('params.yaml', 'committed', { 'train.lr': 0.001, seed: 42 })
  const ran = settings('mlflow.json', 'run', { lr: 0.001, seed: 42 })
  const agreed = ['seeds', 'parameters_equal']
  test.each<Row>([
    ['the same', [committed, ran, provenance({ parameters: { lr: '1e-3' } })], 'met', agreed],
    ['what nobody committed', [committed, ran, provenance({ parameters: { other: 1 } })], 'met', agreed],
    [
      'another value',
      [committed, ran, provenance({ parameters: { lr: 0.5 } })],
      'unmet',
      ['parameter_differs', ...agreed],
    ],
    [
      'another value, not signed',
      [committed, ran, provenance({ parameters: { lr: 0.5 } }, { shown: UNSIGNED })],
      'unmet',
      ['parameter_differs', ...agreed],
    ],
    ['of other weights', [committed, ran, provenance({ parameters: { lr: 0.5 } }, other)], 'met', agreed],
    ...(
      [
        { version: '1.0.0', name: 'nightly', environment: 'production' },
        { lr: '', seed: '' },
        { lr: 'default', seed: 'random' },
        { lr: 'null', seed: 'true' },
      ] as const
    ).map(
      (parameters) =>
        [
          `that says nothing of a training: ${JSON.stringify(parameters)}`,
          [
            settings('params.yaml', 'committed', {
              'train.lr': 0.001,
              seed: 42,
              'model.version': 'v3',
              'model.name': 'x',
              'run.environment': 'gpu',
            }),
            settings('mlflow.json', 'run', {
              'train.lr': 0.001,
              seed: 42,
              'model.version': 'v3',
              'model.name': 'x',
              'run.environment': 'gpu',
            }),
            provenance({ parameters }),
          ],
          'met',
          agreed,
        ] as const,
    ),
    [
      'alone, which confirms nothing',
      [committed, provenance({ parameters: { lr: 0.001, seed: 42 } })],
      'undecided',
      ['no_run_parameters', 'seeds'],
    ],
  ])('%s', (_, records, outcome, facts) => {
    const came = judged({ of: ['parameters'] }, records)

    expect(came.outcome).toBe(outcome)
    expect(whats(came)).toEqual(facts)
  })
})

describe('code by the source of the weights', () => {
  test.each<Row>([
    ['its commit', [provenance({ commits: [COMMIT] })], 'met', ['commit_is_training']],
    ["its certificate's", [provenance({}, { shown: signedAt(COMMIT) })], 'met', ['commit_is_training']],
    ['another commit', [provenance({ commits: [ELSE] })], 'unmet', ['commit_differs']],
    ['another in its certificate', [provenance({}, { shown: signedAt(ELSE) })], 'unmet', ['commit_differs']],
    [
      'another than its certificate',
      [provenance({ commits: [ELSE] }, { shown: signedAt(COMMIT) })],
      'unmet',
      ['commit_differs', 'commit_is_training'],
    ],
    [
      'another than a tool says',
      [run('w.json', { commit: COMMIT }), provenance({ commits: [ELSE] })],
      'unmet',
      ['commit_differs', 'commit_is_training'],
    ],
    ['none', [provenance({}, { shown: signedAt() })], 'undecided', ['no_commit']],
    ['of other weights', [provenance({ commits: [ELSE] }, other)], 'undecided', ['no_commit']],
    ['not signed', [provenance({ commits: [COMMIT] }, { shown: UNSIGNED })], 'undecided', ['no_commit']],
    [
      'another commit, not signed',
      [run('w.json', { commit: COMMIT }), provenance({ commits: [ELSE] }, { shown: UNSIGNED })],
      'unmet',
      ['commit_differs', 'commit_is_training'],
    ],
    [
      'another commit of other weights, not signed',
      [run('w.json', { commit: COMMIT }), provenance({ commits: [ELSE] }, { ...other, shown: UNSIGNED })],
      'met',
      ['commit_is_training'],
    ],
    [
      'a commit that is none of git, not signed',
      [run('w.json', { commit: COMMIT }), provenance({ commits: ['12345'] }, { shown: UNSIGNED })],
      'met',
      ['commit_is_training'],
    ],
  ])('%s', (_, records, outcome, facts) => {
    const came = judged({ of: ['code'] }, records)

    expect(came.outcome).toBe(outcome)
    expect(whats(came)).toEqual(facts)
  })
})
