import { describe, expect, test } from 'vitest'
import type { Problem } from '../../src/core/problem.ts'
import { MANIFEST_PATH, parsedManifest } from '../support/facts.ts'

const SHA = '9f86d081'.repeat(8)
const COMMIT = '4be1c0de'.repeat(5)

/** A manifest in order; what is given replaces or adds a line. */
function written(given: Readonly<Record<string, string | undefined>> = {}): string {
  const lines: Readonly<Record<string, string | undefined>> = {
    gonogo: '1',
    model: 'credit-risk',
    version: '2.4.0',
    weights: `[{ path: model.safetensors, sha256: ${SHA} }]`,
    training: `{ commit: ${COMMIT} }`,
    evidence: '[metrics.json]',
    ...given,
  }
  return Object.entries(lines)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}\n`]))
    .join('')
}

const OF_PROVIDER = '{ name: openai/gpt-4o, provider: openai, snapshot: "2024-08-06" }'

/** A bought model, made from these. */
function bought(bases: string): string {
  const service = '{ provider: openai, model: gpt-4o-mine, snapshot: "2025-01-02" }'
  return written({ weights: undefined, service, base_models: `[${bases}]` })
}

type Found = readonly [line: number, column: number | undefined, code: Problem['code'], object?]

const FAULTS: readonly (readonly [string, string, readonly Found[]])[] = [
  [
    'no keys',
    '{}',
    [
      [1, 1, 'missing_key', { key: 'gonogo' }],
      [1, 1, 'missing_key', { key: 'model' }],
      [1, 1, 'missing_key', { key: 'version' }],
    ],
  ],
  [
    'a commit id of nothing but digits, without quotes',
    written({ training: `{ commit: ${'1234567890'.repeat(4)} }` }),
    [
      [
        ...([5, 21, 'wrong_value'] as const),
        {
          ...{ at: 'training.commit', found: 'a number of very many digits' },
          wanted: 'a text: put it in quotes, since YAML takes digits alone for a number',
        },
      ],
    ],
  ],
  [
    'a misspelt key',
    written({ evidnce: '[a.json]' }),
    [[7, 1, 'unknown_key', { key: 'evidnce', suggestion: 'evidence' }]],
  ],
  [
    'another model than the path',
    written({ model: 'other' }),
    [[2, 8, 'wrong_model', { found: 'other', wanted: 'credit-risk' }]],
  ],
  [
    'a version that is a number',
    written({ version: '1.0' }),
    [[3, 10, 'wrong_value', { at: 'version', wanted: 'a text' }]],
  ],
  [
    'a version of other signs',
    written({ version: '"1.0 <b>"' }),
    [[3, 10, 'wrong_value', { at: 'version', wanted: 'a version such as 1.0.0' }]],
  ],
  [
    'neither weights nor service',
    written({ weights: undefined }),
    [[1, 1, 'wrong_value', { at: 'the file', wanted: 'exactly one of weights and service' }]],
  ],
  [
    'weights and service',
    written({ service: '{ provider: a, model: b, snapshot: c }' }),
    [[1, 1, 'wrong_value', { wanted: 'exactly one of weights and service' }]],
  ],
  ['no weights in the list', written({ weights: '[]' }), [[4, 10, 'wrong_value', { at: 'weights' }]]],
  [
    'half a digest',
    written({ weights: '[{ path: a.pt, sha256: 9f86 }]' }),
    [[4, 33, 'wrong_value', { at: 'weights.0.sha256', found: '9f86', wanted: 'a sha256 of 64 hex digits' }]],
  ],
  [
    'a digest in capitals',
    written({ weights: `[{ path: a.pt, sha256: ${SHA.toUpperCase()} }]` }),
    [[4, 33, 'wrong_value', { at: 'weights.0.sha256' }]],
  ],
  [
    'half a commit',
    written({ training: '{ commit: 4be1c0 }' }),
    [[5, 21, 'wrong_value', { at: 'training.commit', wanted: 'a whole commit id of 40 hex digits' }]],
  ],
  [
    'a branch for a commit',
    written({ training: '{ commit: main }' }),
    [[5, 21, 'wrong_value', { at: 'training.commit' }]],
  ],
  [
    'a revision that can be moved',
    written({ weights: '[{ hub: acme/a, revision: main }]' }),
    [[4, 36, 'movable_revision', { revision: 'main' }]],
  ],
  [
    'half a revision',
    written({ weights: '[{ hub: acme/a, revision: 0e9e39f }]' }),
    [[4, 36, 'movable_revision', { revision: '0e9e39f' }]],
  ],
  [
    'out of the repository',
    written({ evidence: '[metrics.json, ../../../a.json]' }),
    [[6, 26, 'leaves_repository', { written: '../../../a.json' }]],
  ],
  [
    'out of the repository, in a map',
    written({ evidence: '[{ path: /etc/passwd }]' }),
    [[6, 20, 'leaves_repository', { written: '/etc/passwd' }]],
  ],
  [
    'weights out of the repository',
    written({ weights: `[{ path: ../../../a.pt, sha256: ${SHA} }]` }),
    [[4, 19, 'leaves_repository']],
  ],
  [
    'sums out of the repository',
    written({ weights: '[{ uri: "s3://a/", sums: ../../../SUMS }]' }),
    [[4, 35, 'leaves_repository']],
  ],
  [
    'a component out of the repository',
    written({ components: '[a.py, "..\\\\b.py"]' }),
    [[7, 20, 'leaves_repository', { written: '..\\b.py' }]],
  ],
  [
    'evidence twice',
    written({ evidence: '[metrics.json, ./metrics.json]' }),
    [[6, undefined, 'named_twice', { written: 'models/credit-risk/metrics.json' }]],
  ],
  [
    'evidence about both',
    written({ evidence: '[a.json, { path: a.json, about: base }]' }),
    [[6, undefined, 'named_twice']],
  ],
  [
    'weights twice',
    written({ weights: `[{ path: a.pt, sha256: ${SHA} }, { path: x/../a.pt, sha256: ${SHA} }]` }),
    [[4, undefined, 'named_twice', { written: 'models/credit-risk/a.pt' }]],
  ],
  ['a component twice', written({ components: '[a.py, b.py, a.py]' }), [[7, undefined, 'named_twice']]],
  [
    "one of gonogo's own files as evidence",
    written({ evidence: '[../../.gonogo/criteria/credit-risk.yml]' }),
    [[6, 12, 'wrong_value', { at: 'evidence.0', wanted: "a file that is not one of gonogo's own" }]],
  ],
  [
    "one of gonogo's own files as a component",
    written({ components: '[../../.gonogo/unwatch]' }),
    [[7, 14, 'wrong_value', { at: 'components.0' }]],
  ],
  [
    'a misspelt key of evidence',
    written({ evidence: '[{ path: a.json, datset: x }]' }),
    [[6, 28, 'unknown_key', { key: 'datset', suggestion: 'dataset' }]],
  ],
  [
    'a number as evidence',
    written({ evidence: '[7]' }),
    [[6, 12, 'wrong_value', { at: 'evidence.0', found: '7' }]],
  ],
  [
    'an alias',
    written({ evidence: '[&a metrics.json, *a]' }),
    [
      [6, 15, 'alias'],
      [6, 29, 'alias'],
    ],
  ],
  [
    'a base model whose revision can be moved, and one that stands twice',
    written({
      base_models: '[{ name: a, revision: main }, { name: a, revision: main }]',
    }),
    [
      [7, 36, 'movable_revision', { revision: 'main' }],
      [7, 65, 'movable_revision', { revision: 'main' }],
      [7, 52, 'named_twice', { written: 'a' }],
    ],
  ],
  ...['latest', 'v2-latest', 'gpt-4o', 'preview', 'Current1'].map(
    (snapshot) =>
      [
        `a service that can be moved: ${snapshot}`,
        written({
          weights: undefined,
          service: `{ provider: openai, model: gpt-4o, snapshot: ${snapshot} }`,
        }),
        [[6, 55, 'movable_snapshot', { snapshot }]],
      ] as const,
  ),
  ...['latest', 'v2-latest', 'gpt-4o', 'GPT-4o', 'preview', 'openai/gpt-4o', 'openai:gpt-4o'].map(
    (snapshot) =>
      [
        `a base of a provider that can be moved: ${snapshot}`,
        bought(`{ name: openai/gpt-4o, provider: openai, snapshot: "${snapshot}" }`),
        [[7, 66, 'movable_snapshot', { snapshot }]],
      ] as const,
  ),
  [
    'a base of a service by a revision that is none',
    bought('{ name: openai/gpt-4o, revision: "2024-08-06" }'),
    [[7, 48, 'movable_revision', { revision: '2024-08-06', bought: true }]],
  ],
  [
    'a base of a provider that stands twice',
    bought(`${OF_PROVIDER}, ${OF_PROVIDER}`),
    [[7, 90, 'named_twice', { written: 'openai/gpt-4o' }]],
  ],
  ...[
    '{ name: openai/gpt-4o }',
    '{ name: openai/gpt-4o, provider: openai }',
    '{ name: openai/gpt-4o, snapshot: "2024-08-06" }',
    `{ name: a/b, revision: ${COMMIT}, provider: a, snapshot: "2024-08-06" }`,
    `{ name: a/b, revision: ${COMMIT}, snapshot: "2024-08-06" }`,
  ].map(
    (base) =>
      [
        `a base that is pinned by neither or both: ${base}`,
        bought(base),
        [
          [
            ...([7, 15, 'wrong_value'] as const),
            {
              at: 'base_models.0',
              wanted:
                'a revision, the whole commit of its hub; or provider and snapshot, of a model behind an API',
            },
          ],
        ],
      ] as const,
  ),
  [
    'a base of a provider with a digest',
    bought(`{ name: a/b, provider: a, snapshot: "2024-08-06", digest: { sha256: ${'1b'.repeat(32)} } }`),
    [
      [
        ...([7, 15, 'wrong_value'] as const),
        {
          at: 'base_models.0',
          wanted: 'no digest beside a snapshot: of a model behind an API nobody sees the bytes',
        },
      ],
    ],
  ],
  [
    'a base of a provider beside weights',
    written({ base_models: `[${OF_PROVIDER}]` }),
    [
      [
        ...([7, 66, 'wrong_value'] as const),
        {
          at: 'base_models.0.snapshot',
          wanted: 'a revision and a digest: only a service may have a base that its provider alone pins',
        },
      ],
    ],
  ],
  [
    'a run and a ticket',
    written({ training: `{ commit: ${COMMIT}, run: 1, repository: a/b, ticket: t }` }),
    [[5, 96, 'wrong_value', { at: 'training.ticket', wanted: 'a run or a ticket, not both' }]],
  ],
  [
    "a run's repository without the run",
    written({ training: `{ commit: ${COMMIT}, repository: a/b }` }),
    [[5, 11, 'wrong_value', { at: 'training', wanted: 'the run whose repository or artifact this is' }]],
  ],
  [
    'data in a role that is none',
    written({ datasets: '[{ name: a, role: trian }]' }),
    [[7, 29, 'wrong_value', { at: 'datasets.0.role', found: 'trian', suggestion: 'train' }]],
  ],
  [
    'data twice in one role',
    written({
      datasets: '[{ name: a, role: train }, { name: a, role: test }, { name: a, role: train }]',
    }),
    [[7, 71, 'named_twice', { written: 'a as train' }]],
  ],
  [
    'data with digest and snapshot',
    written({ datasets: `[{ name: a, role: test, snapshot: v3, digest: { sha256: ${SHA} } }]` }),
    [[7, 45, 'wrong_value', { at: 'datasets.0.snapshot', wanted: 'only one of digest and snapshot' }]],
  ],
  [
    'a misspelt key of rows',
    written({ evidence: '\n  - { rows: a, dataset: b, prediction: p, group: [sex], label_: y }' }),
    [
      [7, 43, 'unknown_key', { key: 'group', suggestion: 'groups' }],
      [7, 57, 'unknown_key', { key: 'label_', suggestion: 'label' }],
    ],
  ],
  [
    'a misspelt key of rows, and another that is missing',
    written({ evidence: '\n  - { rows: a, lable: y, group: [sex] }' }),
    [
      [7, 5, 'missing_key', { key: 'evidence.0.dataset' }],
      [7, 16, 'unknown_key', { key: 'lable', suggestion: 'label' }],
      [7, 26, 'unknown_key', { key: 'group', suggestion: 'groups' }],
    ],
  ],
  [
    'a misspelt key of an artifact',
    written({ evidence: '\n  - { artifact: a, fil: x.json, workflow: .github/workflows/v.yml }' }),
    [[7, 20, 'unknown_key', { key: 'fil', suggestion: 'file' }]],
  ],
  [
    'rows of which nothing is asked',
    written({ evidence: '\n  - { rows: a, dataset: b, label: y }' }),
    [[7, 5, 'missing_key', { key: 'prediction' }]],
  ],
  [
    'rows of an artifact that no workflow uploads',
    written({ evidence: '\n  - { rows: a, artifact: x, dataset: b, prediction: p }' }),
    [[7, 5, 'missing_key', { key: 'workflow' }]],
  ],
  [
    'rows divided by a column that would hide how they were measured',
    written({ evidence: '\n  - { rows: a, dataset: b, prediction: p, groups: [sex, threshold] }' }),
    [[7, 51, 'wrong_value', { found: 'threshold' }]],
  ],
  [
    'rows whose samples are named for one model alone',
    written({
      evidence:
        '\n  - { rows: a, dataset: b, prediction: p }\n  - { rows: c, dataset: b, prediction: p, id: case, about: base }',
    }),
    [[7, 5, 'missing_key', { key: 'id' }]],
  ],
  [
    'a file of the last release that is none of rows',
    written({ evidence: '\n  - { path: a, about: released }' }),
    [[7, 23, 'wrong_value', {}]],
  ],
  [
    'rows of a dataset without what they are known by',
    written({ datasets: '[{ name: a, role: train, rows: a.csv }]' }),
    [[7, 12, 'wrong_value', {}]],
  ],
  [
    'a workflow that is no file of one',
    written({ evidence: '\n  - { artifact: a, file: b, workflow: ../validate.yml }' }),
    [[7, 39, 'wrong_value', { at: 'evidence.0.workflow' }]],
  ],
  [
    'a file of an artifact twice',
    written({
      evidence:
        '\n  - { artifact: a, file: b, workflow: .github/workflows/c.yml }\n  - { artifact: a, file: b, workflow: .github/workflows/d.yml }',
    }),
    [[8, undefined, 'named_twice', { written: 'artifact:a/b' }]],
  ],
]

describe('every fault has its line and column', () => {
  test.each(FAULTS)('%s', (_, text, expected) => {
    const { problems } = parsedManifest(text)

    expect(problems.map(({ path, line, column, code }) => [path, line, column, code])).toEqual(
      expected.map(([line, column, code]) => [MANIFEST_PATH, line, column, code]),
    )
    expect(problems).toMatchObject(expected.map(([, , , rest]) => rest ?? {}))
  })
})

describe('a manifest in order', () => {
  test('names its files from the root of the repository, with their lines', () => {
    const text = written({
      weights: `[{ path: a.pt, sha256: ${SHA} }, { uri: "s3://a/", sums: SUMS }, { uri: "s3://b", sha256: ${SHA} }, { hub: acme/a, revision: ${COMMIT} }]`,
      components: '[../../shared/prompt.md]',
      evidence:
        '\n  - metrics.json\n  - { path: card.md, document: model-card }\n  - { path: base.json, about: base, dataset: holdout, format: metrics }',
    })

    const { problems, weights, components, evidence } = parsedManifest(text)

    expect(problems).toEqual([])
    expect(weights.map(({ path, line }) => [path, line])).toEqual([
      ['models/credit-risk/a.pt', 4],
      ['models/credit-risk/SUMS', 4],
      ['', 4],
      ['', 4],
    ])
    expect(evidence).toEqual([
      { path: 'models/credit-risk/metrics.json', line: 7, about: 'candidate' },
      { path: 'models/credit-risk/card.md', line: 8, about: 'candidate', document: 'model-card' },
      { path: 'models/credit-risk/base.json', line: 9, about: 'base', dataset: 'holdout', format: 'metrics' },
    ])
    expect(components).toEqual([{ path: 'shared/prompt.md', line: 10 }])
  })

  test('two addresses of weights are no file twice', () => {
    const weights = `[{ uri: "s3://a", sha256: ${SHA} }, { uri: "s3://b", sha256: ${SHA} }]`

    expect(parsedManifest(written({ weights })).problems).toEqual([])
  })

  test('a file that does not fit names nothing', () => {
    const parsed = parsedManifest(written({ version: '1.0' }))

    expect(parsed).toMatchObject({ evidence: [], weights: [], components: [] })
    expect(parsed.manifest).toBeUndefined()
  })
})

test.each([
  [
    'datasets: [{ name: d, role: train, digest: "sha256:4f1c" }]',
    'datasets.0.digest',
    '{ sha256: … } or { md5: … }',
  ],
  [
    'weights: [model.safetensors]',
    'weights.0',
    '{ path, sha256 }, { uri, sha256 }, { uri, sums } or { hub, revision }',
  ],
  ['base_models: [{ name: a/b, digest: 4f1c }]', 'base_models.0.digest', '{ sha256: … } or { files: … }'],
  ['evidence: [7]', 'evidence.0', 'a text or a map of keys'],
])('of what has several forms it is said which: %s', (line, at, wanted) => {
  const [key = '', value] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]
  const { problems } = parsedManifest(written({ [key]: value }))

  expect(problems).toContainEqual(expect.objectContaining({ code: 'wrong_value', at, wanted }))
})
