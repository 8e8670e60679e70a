import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/evaluate.ts'
import type { Facts } from '../../src/facts.ts'
import { judgedModel } from '../../src/judged.ts'
import { type Asking, gather } from '../../src/sources/gather.ts'
import { aFloor } from '../support/floor.ts'
import { type Memory, memory, type Written } from '../support/memory.ts'
import { callsOf, someWeights } from '../support/pickles.ts'

const CRITERIA = `gonogo: 1
model: sentiment
risk: low
approach: build
criteria:
  - { id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9 }
`
const SHA = '9f86d081'.repeat(8)
const PATHS = { criteria: '.gonogo/criteria/sentiment.yml', manifest: 'models/sentiment/release.yml' }
const METRICS = 'models/sentiment/metrics.json'

const manifest = (training: string, evidence = '[metrics.json]'): string =>
  `gonogo: 1\nmodel: sentiment\nversion: 1.0.0\nweights: [{ uri: "s3://a/b", sha256: ${SHA} }]\ntraining: { commit: ${training} }\nevidence: ${evidence}\n`

/** Criteria on main, training from there, and a release that comes to go; `files` are added to the release. */
function released(files: Written['files'] = {}, repository: Memory = memory()) {
  const criteria = repository.commit({ files: { [PATHS.criteria]: CRITERIA } })
  repository.move('main', criteria)
  const training = repository.commit({
    files: { [PATHS.criteria]: CRITERIA, 'train.py': 'fit()' },
    parents: [criteria],
  })
  const tree = {
    [PATHS.criteria]: CRITERIA,
    'train.py': 'fit()',
    [PATHS.manifest]: manifest(training),
    [METRICS]: '{ "accuracy": 0.93 }',
    ...files,
  }
  const release = repository.commit({ files: tree, parents: [training] })
  return { repository, criteria, training, release, tree }
}

const ask = (commit: string, given: Partial<Asking> = {}): Asking => ({
  commit,
  now: '2026-03-01T12:00:00Z',
  engine: '0.1.0',
  ...given,
})

/** A release whose weights are in order, and whose component is `bytes`. */
async function withComponent(name: string, bytes: Uint8Array) {
  const criteria = `${CRITERIA}  - { id: formats, control: supply-chain, check: scan, formats: [safetensors] }\n`
  const repository = memory()
  const own = { [PATHS.criteria]: criteria }
  const first = repository.commit({ files: own })
  repository.move('main', first)
  const training = repository.commit({ files: { ...own, 'train.py': 'fit()' }, parents: [first] })
  const weights = someWeights()
  const sha256 = createHash('sha256').update(weights).digest('hex')
  const text = manifest(training).replace(
    /weights: .*/,
    `weights: [{ path: m.safetensors, sha256: ${sha256} }]`,
  )
  const release = repository.commit({
    files: {
      ...{ ...own, 'train.py': 'fit()', [METRICS]: '{ "accuracy": 0.93 }' },
      ...{ [PATHS.manifest]: `${text}components: [${name}]\n`, 'models/sentiment/m.safetensors': weights },
      [`models/sentiment/${name}`]: bytes,
    },
    parents: [training],
  })
  return await gather(repository, ask(release))
}

describe('a component that is loaded as weights are', () => {
  test('is held to the formats of weights', async () => {
    expect(evaluate(await withComponent('more.safetensors', someWeights())).decision).toBe('go')
    expect(evaluate(await withComponent('clf.pkl', callsOf(['collections', 'OrderedDict']))).decision).toBe(
      'no-go',
    )
    expect(evaluate(await withComponent('vocab.txt', Buffer.from('a'))).decision).toBe('go')
  })

  test('stands beside the weights for whatever asks for each of them', async () => {
    const facts = await withComponent('more.safetensors', someWeights())
    const [model] = facts.models
    if (model === undefined) throw new Error('no model')
    const loaded = (one: typeof model) => judgedModel(one, facts).versions[0]?.context.loaded

    expect(loaded(model)).toMatchObject([{ name: 'models/sentiment/more.safetensors' }])
    expect(loaded({ ...model, weights: [] })).toBeUndefined()
  })

  test.each(['clf.pkl', 'clf.joblib', 'pytorch_model.bin'])('may call nothing: %s', async (name) => {
    const verdict = evaluate(await withComponent(name, callsOf(['os', 'system'])))

    expect(verdict.decision).toBe('no-go')
    expect(JSON.stringify(verdict)).toContain('weights_names')
  })
})

const codes = (facts: Facts): readonly string[] =>
  [
    ...facts.problems,
    ...facts.models.flatMap((model) => [
      ...model.problems,
      ...model.evidence.flatMap(({ problems }) => problems),
    ]),
  ].map(({ code }) => code)

describe('facts', () => {
  test('of a release that comes to go', async () => {
    const { repository, criteria, training, release } = released()

    const facts = await gather(repository, ask(release))

    expect(facts).toMatchObject({
      gonogo: 1,
      tip: criteria,
      commit: release,
      base: criteria,
      branch: 'main',
      problems: [],
      proposals: [],
    })
    expect(facts.models).toMatchObject([
      {
        model: 'sentiment',
        start: { kind: 'placed', work: { kind: 'training', commit: training }, at: criteria },
        weights: [{ name: 's3://a/b', digest: `sha256:${SHA}`, trust: 'declared' }],
        evidence: [{ path: METRICS, trust: 'typed', about: 'candidate', problems: [] }],
        problems: [],
      },
    ])
    expect(evaluate(facts).decision).toBe('go')
  })

  test('hold no content and survive JSON', async () => {
    const { repository, release } = released()

    const facts = await gather(repository, ask(release))

    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts)
    expect(JSON.stringify(facts)).not.toContain('fit()')
  })

  test('are the same whether or not the source knows sizes', async () => {
    const one = released()
    const other = released({}, memory({ sizes: false }))

    expect(await gather(other.repository, ask(other.release))).toEqual(
      await gather(one.repository, ask(one.release)),
    )
  })

  test.each(['position', 'entry', 'list', 'blob', 'mergeBase', 'firstParents'] as const)(
    'what the world gets wrong is thrown: %s',
    async (operation) => {
      const { repository, release } = released()
      repository.fail(operation)

      await expect(gather(repository, ask(release))).rejects.toThrow(`${operation} failed`)
    },
  )

  test.each(['metrics', 'criteria', 'manifest'] as const)(
    'one file that cannot be fetched is thrown: %s',
    async (which) => {
      const { repository, release } = released()
      const path = which === 'metrics' ? METRICS : PATHS[which]
      repository.fail('blob', repository.tree(release).get(path)?.oid ?? '')

      await expect(gather(repository, ask(release))).rejects.toThrow('failed')
    },
  )
})

describe('where a commit stands', () => {
  test('without shared history it is a problem', async () => {
    const { repository, tree } = released()
    const orphan = repository.commit({ files: tree })

    const facts = await gather(repository, ask(orphan))

    expect(facts.problems).toEqual([{ path: '', code: 'no_shared_history', commit: orphan, branch: 'main' }])
    expect(facts.base).toBe(orphan)
    expect(evaluate(facts).decision).toBe('undecided')
  })

  test('on the default branch it is compared with its first parent', async () => {
    const { repository, criteria, training, release, tree } = released()
    const merge = repository.commit({ files: tree, parents: [criteria, release] })
    const after = repository.commit({ files: { ...tree, 'README.md': 'x' }, parents: [merge] })
    repository.move('main', after)

    const merged = await gather(repository, ask(merge))
    const later = await gather(repository, ask(after))

    expect(merged).toMatchObject({
      base: criteria,
      models: [{ start: { kind: 'placed', work: { commit: training }, at: criteria } }],
    })
    expect(evaluate(merged).decision).toBe('go')
    expect(later).toMatchObject({ base: merge, models: [], problems: [] })
  })

  test('the first commit of all is compared with nothing', async () => {
    const repository = memory()
    const root = repository.commit({ files: { 'model.pt': 'x', [PATHS.criteria]: CRITERIA } })
    repository.move('main', root)

    const facts = await gather(repository, ask(root))

    expect(codes(facts)).toEqual(['uncovered'])
    expect(facts.proposals).toHaveLength(1)
  })

  test('a repository without criteria and manifests has nothing to judge', async () => {
    const repository = memory()
    const root = repository.commit({ files: { 'README.md': 'x' } })
    repository.move('main', root)
    const weights = repository.commit({
      files: { 'README.md': 'x', 'models/a/model.pt': 'x' },
      parents: [root],
    })

    const facts = await gather(repository, ask(weights))

    expect(evaluate(facts).decision).toBe('nothing')
    expect(facts).toMatchObject({ models: [], problems: [], proposals: [] })
  })

  test.each<readonly [string, 'base' | 'head' | 'today']>([
    ['at the base', 'base'],
    ['in the commit', 'head'],
    ['on the default branch today', 'today'],
  ])('criteria %s make gonogo have a say', async (_, where) => {
    const repository = memory()
    const own = (which: string) => (which === where ? { [PATHS.criteria]: CRITERIA } : {})
    const base = repository.commit({ files: own('base') })
    const tip = repository.commit({ files: own('today'), parents: [base] })
    repository.move('main', tip)
    const head = repository.commit({ files: { ...own('head'), 'model.pt': 'x' }, parents: [base] })

    const facts = await gather(repository, ask(head))

    expect(codes(facts)).toEqual(['uncovered'])
  })
})

describe('what is in scope', () => {
  test('a change beside releases nothing', async () => {
    const { repository, release, tree } = released()
    repository.move('main', release)
    const docs = repository.commit({ files: { ...tree, 'README.md': 'x' }, parents: [release] })

    const facts = await gather(repository, ask(docs))

    expect(evaluate(facts).decision).toBe('nothing')
  })

  test('a change of criteria alone asks for no manifest', async () => {
    const { repository, release, tree } = released()
    repository.move('main', release)
    const manifestId = repository.tree(release).get(PATHS.manifest)?.oid
    const proposal = repository.commit({
      files: { ...tree, [PATHS.criteria]: `${CRITERIA}# x\n` },
      parents: [release],
    })

    const facts = await gather(repository, ask(proposal))

    expect(evaluate(facts).decision).toBe('nothing')
    expect(facts.proposals).toMatchObject([
      { path: PATHS.criteria, change: 'changed', deviations: [], problems: [] },
    ])
    expect(repository.asked).not.toContain(`blob ${manifestId}`)
  })

  test('evidence that lies beside the criteria is evidence', async () => {
    const { repository, training, tree } = released()
    const { [METRICS]: _, ...rest } = tree
    const files = {
      ...rest,
      [PATHS.manifest]: manifest(training, '[../../.gonogo/metrics.json]'),
      '.gonogo/metrics.json': '{ "accuracy": 0.93 }',
    }
    const good = repository.commit({ files, parents: [training] })
    repository.move('main', good)
    const worse = repository.commit({
      files: { ...files, '.gonogo/metrics.json': '{ "accuracy": 0.1 }' },
      parents: [good],
    })

    const facts = await gather(repository, ask(worse))

    expect(evaluate(facts).decision).toBe('no-go')
  })

  test('all models, where all are asked for', async () => {
    const { repository, release, tree } = released()
    repository.move('main', release)
    const docs = repository.commit({ files: { ...tree, 'README.md': 'x' }, parents: [release] })

    const facts = await gather(repository, ask(docs, { models: 'all' }))

    expect(facts.models.map(({ model }) => model)).toEqual(['sentiment'])
  })

  test('one model, where one is asked for', async () => {
    const { repository, release } = released({ 'models/topics/release.yml': 'gonogo: 1' })

    const both = await gather(repository, ask(release))
    const one = await gather(repository, ask(release, { only: 'topics' }))
    const none = await gather(repository, ask(release, { only: 'other' }))

    expect(both.models.map(({ model }) => model)).toEqual(['sentiment', 'topics'])
    expect(one.models.map(({ model }) => model)).toEqual(['topics'])
    expect(none.models).toEqual([])
  })
})

describe('more than one base, or less than a manifest', () => {
  test('what differs from any of the merge bases is in scope', async () => {
    for (const choose of ['newest', 'oldest'] as const) {
      const { repository, criteria, training, tree } = released({}, memory({ choose }))
      const worse = { ...tree, [METRICS]: '{ "accuracy": 0.1 }' }
      const side = repository.commit({ files: worse, parents: [training] })
      const main = repository.commit({ files: { ...tree, 'README.md': 'x' }, parents: [criteria] })
      const onMain = repository.commit({ files: tree, parents: [main, side] })
      const head = repository.commit({ files: worse, parents: [side, main] })
      repository.move('main', onMain)

      const facts = await gather(repository, ask(head))

      expect(facts.models.map(({ model }) => model)).toEqual(['sentiment'])
      expect(evaluate(facts).decision).toBe('no-go')
    }
  })

  test('weights elsewhere that a removed manifest released do not stay without one', async () => {
    const { repository, training, tree } = released()
    const weights = `[{ path: ../../weights/a.bin, sha256: ${SHA} }]`
    const named = manifest(training).replace(/weights: .*/, `weights: ${weights}`)
    const before = repository.commit({
      files: { ...tree, [PATHS.manifest]: named, 'weights/a.bin': 'x' },
      parents: [training],
    })
    repository.move('main', before)
    const after = repository.commit({
      files: { [PATHS.criteria]: CRITERIA, 'weights/a.bin': 'x' },
      parents: [before],
    })

    const facts = await gather(repository, ask(after))

    expect(facts.problems).toEqual([{ path: 'weights/a.bin', code: 'uncovered' }])
  })

  test('evidence behind a link is not in the commit', async () => {
    const { repository, training, tree } = released()
    const files = { ...tree, [PATHS.manifest]: manifest(training, '[results/metrics.json]') }
    const release = repository.commit({
      files,
      links: { 'models/sentiment/results': '../elsewhere' },
      parents: [training],
    })

    const facts = await gather(repository, ask(release))

    expect(facts.models[0]?.evidence[0]?.problems).toMatchObject([
      { path: PATHS.manifest, line: 6, code: 'not_a_file', file: 'models/sentiment/results', found: 'link' },
    ])
  })
})

describe('what is exempt', () => {
  const unwatched = async (onMain: Written, onRelease: Written['files'] = {}) => {
    const repository = memory()
    const base = { ...onMain.files, [PATHS.criteria]: CRITERIA }
    const main = repository.commit({ ...onMain, files: base })
    repository.move('main', main)
    const head = repository.commit({
      ...onMain,
      files: { ...base, ...onRelease, 'tests/a.pt': 'x' },
      parents: [main],
    })
    return await gather(repository, ask(head))
  }

  test('is read from the default branch', async () => {
    expect(codes(await unwatched({ files: { '.gonogo/unwatch': 'tests/\n' } }))).toEqual([])
  })

  test('is not read from the commit itself', async () => {
    const facts = await unwatched({}, { '.gonogo/unwatch': '*\n' })

    expect(facts.problems).toEqual([{ path: 'tests/a.pt', code: 'uncovered' }])
    expect(facts.proposals).toMatchObject([{ path: '.gonogo/unwatch', change: 'added', problems: [] }])
  })

  test.each<readonly [string, Written, readonly string[]]>([
    ['an empty file', { files: { '.gonogo/unwatch': '' } }, ['uncovered']],
    ['a file of spaces', { files: { '.gonogo/unwatch': ' \n' } }, ['uncovered']],
    ['a link', { links: { '.gonogo/unwatch': '/etc/gitignore' } }, ['not_a_file', 'uncovered']],
    [
      'other bytes than UTF-8',
      { files: { '.gonogo/unwatch': new Uint8Array([0x2a, 0xff]) } },
      ['not_utf8', 'uncovered'],
    ],
    [
      'more than is read',
      { files: { '.gonogo/unwatch': `${'#\n'.repeat(32_767)}a*\n!tests/\n` } },
      ['too_large', 'uncovered'],
    ],
  ])('%s exempts nothing', async (_, onMain, expected) => {
    expect(codes(await unwatched(onMain))).toEqual(expected)
  })

  test('as much as is read', async () => {
    const text = `${'#\n'.repeat(32_764)}tests/\n\n`

    expect(text.length).toBe(65_536)
    expect(codes(await unwatched({ files: { '.gonogo/unwatch': text } }))).toEqual([])
  })
})

describe('files that are none, or cannot be read', () => {
  const LFS = `version https://git-lfs.github.com/spec/v1\noid sha256:${SHA}\nsize 12\n`

  test.each<readonly [string, string | Uint8Array, readonly string[]]>([
    ['nothing in it', '', ['empty_file']],
    ['cut off', '{ "accuracy": 0.9', ['syntax']],
    ['NaN', '{ "accuracy": NaN }', ['not_finite']],
    ['a duplicate key', '{ "accuracy": 0.9, "accuracy": 0.95 }', ['duplicate_key']],
    ['a key of the prototype', '{ "__proto__": { "accuracy": 0.95 } }', ['forbidden_key']],
    ['other bytes than UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), ['not_utf8']],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0x00]), ['not_utf8']],
    ['a Git LFS pointer', LFS, ['lfs_pointer']],
    ['a Git LFS pointer with line ends of Windows', LFS.replaceAll('\n', '\r\n'), ['lfs_pointer']],
    ['nested without end', '['.repeat(5000), ['too_deep']],
    ['no format that is known', '"just a text"', ['unknown_format']],
    ['a byte order mark', '\uFEFF{ "accuracy": 0.93 }', []],
    ['line ends of Windows', '{\r\n "accuracy": 0.93\r\n}\r\n', []],
  ])('evidence: %s', async (_, content, expected) => {
    const { repository, release } = released({ [METRICS]: content })

    const facts = await gather(repository, ask(release))

    expect(codes(facts).slice(0, expected.length)).toEqual(expected)
    expect(evaluate(facts).decision === 'go').toBe(expected.length === 0)
    for (const { path } of facts.models[0]?.evidence[0]?.problems ?? []) expect(path).toBe(METRICS)
  })

  test.each<readonly [string, string | Uint8Array, readonly string[]]>([
    ['nothing in it', '', ['empty_file']],
    ['other bytes than UTF-8', new Uint8Array([0x67, 0xff]), ['not_utf8']],
    ['a Git LFS pointer', LFS, ['lfs_pointer']],
    ['more than a megabyte', `# ${'x'.repeat(1_000_000)}`, ['too_large']],
    ['aliases', 'a: &a [1]\nb: *a\n', ['alias', 'alias']],
  ])('the manifest: %s', async (_, content, expected) => {
    const { repository, release } = released({ [PATHS.manifest]: content })

    const facts = await gather(repository, ask(release))

    expect(codes(facts)).toEqual(expected)
    expect(facts.models[0]).toMatchObject({ model: 'sentiment', start: { kind: 'not_named' } })
    expect(evaluate(facts).decision).toBe('undecided')
  })

  test('more than a megabyte, where the source does not know sizes', async () => {
    const { repository, release } = released(
      { [PATHS.manifest]: `# ${'x'.repeat(1_000_000)}` },
      memory({ sizes: false }),
    )

    expect(codes(await gather(repository, ask(release)))).toEqual(['too_large'])
  })

  test.each<readonly [string, Pick<Written, 'links' | 'submodules'>, string]>([
    ['a link', { links: { [METRICS]: '../../elsewhere.json' } }, 'link'],
    ['a submodule', { submodules: { [METRICS]: '4'.repeat(40) } }, 'submodule'],
  ])('evidence that is %s is never followed', async (_, entries, found) => {
    const { repository, training, tree } = released()
    const { [METRICS]: __, ...files } = tree
    const release = repository.commit({ files, ...entries, parents: [training] })

    const facts = await gather(repository, ask(release))

    expect(facts.models[0]?.evidence[0]?.problems).toEqual([
      { path: PATHS.manifest, line: 6, code: 'not_a_file', file: METRICS, found },
    ])
    expect(evaluate(facts).decision).toBe('undecided')
  })

  test.each<readonly [string, Pick<Written, 'links' | 'submodules'>, string]>([
    ['a link', { links: { [PATHS.criteria]: 'models/criteria.yml' } }, 'link'],
    ['a submodule', { submodules: { [PATHS.criteria]: '4'.repeat(40) } }, 'submodule'],
  ])('criteria that are %s ask for nothing and prove nothing', async (_, entries, found) => {
    const repository = memory()
    const criteria = repository.commit({ ...entries })
    repository.move('main', criteria)
    const files = { [PATHS.manifest]: manifest(criteria), [METRICS]: '{ "accuracy": 0.93 }' }
    const release = repository.commit({ files, ...entries, parents: [criteria] })

    const facts = await gather(repository, ask(release))

    expect(facts.models[0]?.criteria.registered?.problems).toEqual([
      { path: PATHS.criteria, code: 'not_a_file', file: PATHS.criteria, found },
    ])
    expect(evaluate(facts).decision).toBe('undecided')
  })

  test('evidence that is a folder', async () => {
    const { repository, training, tree } = released()
    const { [METRICS]: _, ...files } = tree
    const release = repository.commit({
      files: { ...files, [`${METRICS}/a.json`]: '{}' },
      parents: [training],
    })

    const facts = await gather(repository, ask(release))

    expect(facts.models[0]?.evidence[0]?.problems).toMatchObject([{ code: 'not_a_file', found: 'folder' }])
  })

  test('every file that the manifest names is in the facts, found or not, in order', async () => {
    const { repository, training, tree } = released()
    const files = { ...tree, [PATHS.manifest]: manifest(training, '[z.json, metrics.json, a.json]') }
    const release = repository.commit({ files, parents: [training] })

    const facts = await gather(repository, ask(release))

    expect(
      facts.models[0]?.evidence.map(({ path, problems }) => [path, problems.map(({ code }) => code)]),
    ).toEqual([
      ['models/sentiment/a.json', ['not_found']],
      [METRICS, []],
      ['models/sentiment/z.json', ['not_found']],
    ])
    expect(evaluate(facts).decision).toBe('undecided')
  })
})

describe('what a commit proposes', () => {
  const proposed = async (
    files: Record<string, string>,
    before: Record<string, string> = { [PATHS.criteria]: CRITERIA },
  ) => {
    const repository = memory()
    const main = repository.commit({ files: before })
    repository.move('main', main)
    const head = repository.commit({ files, parents: [main] })
    return await gather(repository, ask(head))
  }

  test.each<readonly [string, Record<string, string>, object]>([
    [
      'a change',
      { [PATHS.criteria]: CRITERIA.replace('0.9', '0.8') },
      { change: 'changed', deviations: [{ criterion: 'accuracy', change: 'loosened' }], problems: [] },
    ],
    [
      'a removal',
      {},
      { change: 'removed', deviations: [{ criterion: 'accuracy', change: 'removed' }], problems: [] },
    ],
    [
      'a file that cannot be read removes nothing',
      { [PATHS.criteria]: 'gonogo: 1\n' },
      {
        change: 'changed',
        deviations: [],
        problems: [
          { code: 'missing_key' },
          { code: 'missing_key' },
          { code: 'missing_key' },
          { code: 'missing_key' },
        ],
      },
    ],
    [
      'another file name',
      { [PATHS.criteria]: CRITERIA, '.gonogo/criteria/sentiment.yaml': CRITERIA },
      {
        path: '.gonogo/criteria/sentiment.yaml',
        change: 'added',
        problems: [{ code: 'unknown_file', line: 1, readAs: 'sentiment.yml' }],
      },
    ],
    [
      'another model',
      { [PATHS.criteria]: CRITERIA, '.gonogo/criteria/topics.yml': CRITERIA },
      { model: 'topics', problems: [{ code: 'wrong_model', found: 'sentiment', wanted: 'topics' }] },
    ],
    [
      'the floor',
      { [PATHS.criteria]: CRITERIA, '.gonogo/floor.yml': 'gonogo: 1\n' },
      { path: '.gonogo/floor.yml', problems: [] },
    ],
    [
      'a note',
      { [PATHS.criteria]: CRITERIA, '.gonogo/README.md': 'x' },
      { path: '.gonogo/README.md', problems: [] },
    ],
  ])('%s', async (_, files, expected) => {
    const facts = await proposed(files)

    expect(facts.proposals).toMatchObject([expected])
    expect(evaluate(facts).decision).toBe('nothing')
  })

  test('a file of another name that goes is no problem', async () => {
    const facts = await proposed(
      { [PATHS.criteria]: CRITERIA },
      { [PATHS.criteria]: CRITERIA, '.gonogo/criteria/x.yaml': 'x' },
    )

    expect(facts.proposals).toEqual([
      { path: '.gonogo/criteria/x.yaml', change: 'removed', deviations: [], problems: [] },
    ])
  })

  test('is a deviation where the default branch has a release, whose work had begun', async () => {
    const { repository, criteria, training, release, tree } = released()
    const stricter = CRITERIA.replace('0.9', '0.95')
    const early = repository.commit({ files: { [PATHS.criteria]: stricter }, parents: [criteria] })
    const late = repository.commit({ files: { ...tree, [PATHS.criteria]: stricter }, parents: [release] })
    const noted = `${CRITERIA}# note\n`
    const same = repository.commit({ files: { ...tree, [PATHS.criteria]: noted }, parents: [release] })

    expect((await gather(repository, ask(early))).proposals[0]).not.toHaveProperty('begun')
    repository.move('main', release)
    const begun = { version: '1.0.0', commit: training }
    // Of a branch that began before the release too: what the default branch has now counts.
    expect((await gather(repository, ask(early))).proposals).toMatchObject([{ begun }])
    expect((await gather(repository, ask(late))).proposals).toMatchObject([{ change: 'changed', begun }])
    expect((await gather(repository, ask(same))).proposals[0]).not.toHaveProperty('begun')
  })

  test('has no effect on a release beside it', async () => {
    const strict = released()
    const loose = strict.repository.commit({
      files: {
        ...strict.tree,
        [PATHS.criteria]: CRITERIA.replace('0.9', '0.1'),
        [METRICS]: '{ "accuracy": 0.5 }',
      },
      parents: [strict.training],
    })

    const facts = await gather(strict.repository, ask(loose))

    expect(evaluate(facts).decision).toBe('no-go')
    expect(facts.proposals).toMatchObject([{ deviations: [{ criterion: 'accuracy', change: 'loosened' }] }])
  })
})

describe('the floor', () => {
  const asked = (text: string, given: Partial<Asking> = {}) => ({ floor: aFloor(text), ...given })

  test('stands in the facts with what is known of the repository', async () => {
    const { repository, release } = released()
    const known = { repositoryId: 7, properties: { gonogo: 'observe' } }
    const given = asked('observe: { property: { gonogo: observe } }', known)

    const facts = await gather(repository, ask(release, given))

    expect(facts).toMatchObject({ ...known, floor: given.floor })
    expect(evaluate(facts)).toMatchObject({ decision: 'go', observed: true })
  })

  test('names more files that are models', async () => {
    const { repository, release } = released({ 'weights/model.bin': 'x' })

    expect(codes(await gather(repository, ask(release)))).toEqual([])
    expect(codes(await gather(repository, ask(release, asked('watch: ["*.bin"]'))))).toEqual(['uncovered'])
    // What a floor with problems says is not used.
    const broken = asked('watch: ["*.bin"]\nunlisted: hihg')
    expect(codes(await gather(repository, ask(release, broken)))).toEqual([])
    expect(evaluate(await gather(repository, ask(release, broken))).decision).toBe('undecided')
  })

  test('has a say in a repository that it names, though nobody adopted gonogo there', async () => {
    const repository = memory()
    repository.move('main', repository.commit({ files: { 'README.md': 'a' } }))
    const commit = repository.commit({
      files: { 'model.onnx': 'x' },
      parents: [repository.tip('main') ?? ''],
    })
    const line = (name: string) => asked(`models: [{ repository: ${name}, model: "*", risk: high }]`)

    expect(codes(await gather(repository, ask(commit)))).toEqual([])
    expect(codes(await gather(repository, ask(commit, line('acme/other'))))).toEqual([])
    expect(codes(await gather(repository, ask(commit, line('acme/*'))))).toEqual(['uncovered'])
  })

  test('that is proposed is read, by line', async () => {
    const repository = memory({ name: 'acme/.github' })
    repository.move('main', repository.commit({ files: { 'README.md': 'a' } }))
    const commit = repository.commit({
      files: { '.gonogo/floor.yml': 'gonogo: 1\nunlisted: hihg\n' },
      parents: [repository.tip('main') ?? ''],
    })

    const { proposals } = evaluate(await gather(repository, ask(commit)))

    expect(proposals).toMatchObject([
      { path: '.gonogo/floor.yml', change: 'added', problems: [{ line: 2, code: 'wrong_value' }] },
    ])
  })
})
