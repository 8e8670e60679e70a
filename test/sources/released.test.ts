import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Base } from '../../src/core/base-model.ts'
import { gatherReleased, identityOf } from '../../src/sources/released.ts'
import { parsedManifest } from '../support/facts.ts'
import { memory, type Written } from '../support/memory.ts'

const MANIFEST = 'models/credit-risk/release.yml'
const FILE = 'models/credit-risk/model.pt'
const SHA = '9f86d081'.repeat(8)
const COMMIT = '4be1c0de'.repeat(5)
const BYTES = 'the weights'
const OWN = createHash('sha256').update(BYTES).digest('hex')
const LFS = (sha: string) => `version https://git-lfs.github.com/spec/v1\noid sha256:${sha}\nsize 98765432\n`

async function released(weights: string, written: Written, components = '[]') {
  const repository = memory()
  const head = repository.commit(written)
  const text = `gonogo: 1\nmodel: credit-risk\nversion: 1.0.0\nweights: ${weights}\ncomponents: ${components}\n`
  return await gatherReleased(repository, head, MANIFEST, parsedManifest(text))
}

test('a further digest is of weights that lie in the commit, and only where it is asked', async () => {
  const repository = memory()
  const head = repository.commit({ files: { [FILE]: BYTES, 'models/credit-risk/big.pt': LFS(SHA) } })
  const parsed = parsedManifest(
    `gonogo: 1\nmodel: credit-risk\nversion: 1.0.0\nweights: [{ path: model.pt, sha256: ${OWN} }, { path: big.pt, sha256: ${SHA} }, { uri: "s3://b/m.pt", sha256: ${SHA} }]\n`,
  )
  const sums = async (asked: boolean) =>
    (await gatherReleased(repository, head, MANIFEST, parsed, undefined, async () => asked)).sums

  expect(await sums(true)).toEqual([
    { name: 'model.pt', path: FILE, digest: `md5:${createHash('md5').update(BYTES).digest('hex')}` },
  ])
  expect(await sums(false)).toBeUndefined()
})

describe('weights', () => {
  test.each<readonly [string, string, Written, object]>([
    [
      'seen',
      `[{ path: model.pt, sha256: ${OWN} }]`,
      { files: { [FILE]: BYTES } },
      {
        weights: [{ name: 'model.pt', digest: `sha256:${OWN}`, trust: 'seen' }],
      },
    ],
    [
      'seen as a Git LFS pointer',
      `[{ path: model.pt, sha256: ${SHA} }]`,
      { files: { [FILE]: LFS(SHA) } },
      {
        weights: [{ name: 'model.pt', digest: `sha256:${SHA}`, trust: 'seen' }],
      },
    ],
    [
      'not in the commit',
      `[{ path: model.pt, sha256: ${SHA} }]`,
      {},
      {
        weights: [{ name: 'model.pt', digest: `sha256:${SHA}`, trust: 'declared' }],
      },
    ],
    [
      'other bytes',
      `[{ path: model.pt, sha256: ${SHA} }]`,
      { files: { [FILE]: BYTES } },
      {
        problems: [{ path: MANIFEST, line: 4, code: 'weights_differ', declared: SHA, seen: OWN }],
      },
    ],
    [
      'another Git LFS object',
      `[{ path: model.pt, sha256: ${OWN} }]`,
      { files: { [FILE]: LFS(SHA) } },
      {
        problems: [{ path: MANIFEST, line: 4, code: 'weights_differ', declared: OWN, seen: SHA }],
      },
    ],
    [
      'the digest of the pointer itself',
      `[{ path: model.pt, sha256: ${createHash('sha256').update(LFS(SHA)).digest('hex')} }]`,
      { files: { [FILE]: LFS(SHA) } },
      {
        problems: [{ path: MANIFEST, line: 4, code: 'weights_differ', seen: SHA }],
      },
    ],
    [
      'a link',
      `[{ path: model.pt, sha256: ${SHA} }]`,
      { links: { [FILE]: '/weights' } },
      {
        problems: [{ path: MANIFEST, line: 4, code: 'not_a_file', file: FILE, found: 'link' }],
      },
    ],
    [
      'a submodule',
      `[{ path: model.pt, sha256: ${SHA} }]`,
      { submodules: { [FILE]: COMMIT } },
      {
        problems: [{ path: MANIFEST, line: 4, code: 'not_a_file', found: 'submodule' }],
      },
    ],
    [
      'at an address',
      `[{ uri: "s3://a/b", sha256: ${SHA} }]`,
      {},
      {
        weights: [{ name: 's3://a/b', digest: `sha256:${SHA}`, trust: 'declared' }],
      },
    ],
    [
      'at an address, without the list of digests',
      '[{ uri: "s3://a/b", sums: SUMS }]',
      {},
      {
        problems: [{ path: MANIFEST, line: 4, code: 'not_found', file: 'models/credit-risk/SUMS' }],
      },
    ],
    [
      'at a hub',
      `[{ hub: acme/a, revision: ${COMMIT} }]`,
      {},
      {
        weights: [{ name: 'acme/a', digest: `revision:${COMMIT}`, trust: 'declared' }],
      },
    ],
  ])('%s', async (_, weights, written, expected) => {
    const result = await released(weights, written)

    expect(result).toMatchObject({ weights: [], problems: [], ...expected })
    expect(result.weights.length + result.problems.length).toBe(1)
  })

  test('at an address, by the blob of the list of digests', async () => {
    const { weights } = await released('[{ uri: "s3://a/b", sums: SUMS }]', {
      files: { 'models/credit-risk/SUMS': 'x\n' },
    })

    expect(weights).toMatchObject([
      { name: 's3://a/b', trust: 'declared', digest: expect.stringMatching(/^sums:[0-9a-f]{40}$/) },
    ])
  })
})

test.each<readonly [string, Written, object]>([
  [
    'there',
    { files: { 'models/credit-risk/prompt.md': 'x' } },
    { components: [{ path: 'models/credit-risk/prompt.md' }], problems: [] },
  ],
  [
    'not there',
    {},
    {
      components: [],
      problems: [{ path: MANIFEST, line: 5, code: 'not_found', file: 'models/credit-risk/prompt.md' }],
    },
  ],
  [
    'a link',
    { links: { 'models/credit-risk/prompt.md': 'x' } },
    { components: [], problems: [{ line: 5, code: 'not_a_file', found: 'link' }] },
  ],
  [
    'a folder',
    { files: { 'models/credit-risk/prompt.md/x': 'x' } },
    { components: [], problems: [{ line: 5, code: 'not_a_file', found: 'folder' }] },
  ],
])('a component is %s', async (_, written, expected) => {
  expect(await released(`[{ uri: "s3://a", sha256: ${SHA} }]`, written, '[prompt.md]')).toMatchObject(
    expected,
  )
})

describe('the identity', () => {
  const weights = [
    { name: 'a', digest: 'sha256:1', trust: 'seen' },
    { name: 'b', digest: 'sha256:2', trust: 'declared' },
  ] as const
  const components = [
    { path: 'p', sha: '1' },
    { path: 'q', sha: '2' },
  ]
  const whole = { weights, components, problems: [] }
  const aBase = (given: Partial<Base>): Base => ({ name: 'a/b', revision: 'r', digests: ['1'], ...given })
  const identity = identityOf(whole, 'c')

  test.each<readonly [string, Parameters<typeof identityOf>, boolean]>([
    [
      'another order',
      [{ ...whole, weights: weights.toReversed(), components: components.toReversed() }, 'c'],
      true,
    ],
    [
      'another name of the same weights',
      [{ ...whole, weights: [{ ...weights[0], name: 'z' }, weights[1]] }, 'c'],
      true,
    ],
    [
      'seen or declared',
      [{ ...whole, weights: [{ ...weights[0], trust: 'declared' }, weights[1]] }, 'c'],
      true,
    ],
    [
      'other weights',
      [{ ...whole, weights: [{ ...weights[0], digest: 'sha256:3' }, weights[1]] }, 'c'],
      false,
    ],
    ['fewer weights', [{ ...whole, weights: [weights[0]] }, 'c'], false],
    [
      'another component',
      [
        {
          ...whole,
          components: [
            { path: 'p', sha: '3' },
            { path: 'q', sha: '2' },
          ],
        },
        'c',
      ],
      false,
    ],
    ['a base that the weights have in them', [{ ...whole, bases: [aBase({})] }, 'c'], true],
    ['the base of an adapter', [{ ...whole, bases: [aBase({ relation: 'adapter' })] }, 'c'], false],
    [
      'a component elsewhere',
      [
        {
          ...whole,
          components: [
            { path: 'r', sha: '1' },
            { path: 'q', sha: '2' },
          ],
        },
        'c',
      ],
      false,
    ],
    ['fewer components', [{ ...whole, components: [] }, 'c'], false],
    ['other criteria', [whole, 'd'], false],
  ])('%s', (_, given, same) => {
    expect(identityOf(...given) === identity).toBe(same)
  })
})

test('another base, commit or digest of an adapter is another identity, whatever order they are in', () => {
  const of = (...bases: readonly Partial<Base>[]) =>
    identityOf(
      {
        ...{ weights: [], components: [], problems: [] },
        bases: bases.map((one) => ({
          ...{ name: 'a/b', revision: 'r', digests: ['1', '2'], relation: 'adapter' as const },
          ...one,
        })),
      },
      'c',
    )

  expect(of({ digests: ['2', '1'] })).toBe(of({}))
  expect(of({ licence: 'mit' })).toBe(of({}))
  expect(of({ name: 'b/b' }, {})).toBe(of({}, { name: 'b/b' }))
  const others = [
    of({}),
    of({ name: 'b/b' }),
    of({ revision: 's' }),
    of({ digests: ['1'] }),
    of({}, { name: 'b/b' }),
  ]
  expect(new Set(others).size).toBe(others.length)
})
