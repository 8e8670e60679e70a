import { describe, expect, test } from 'vitest'
import { adopted } from '../../src/sources/manifests.ts'
import type { Leaf } from '../../src/sources/repository.ts'
import { type FoundManifest, type Head, scope } from '../../src/sources/scope.ts'
import { changedPaths, type Tree } from '../../src/sources/tree.ts'
import { parsedManifest } from '../support/facts.ts'
import { memory } from '../support/memory.ts'

const SHA = '9f86d081'.repeat(8)

/** A tree of files; `link:` and `submodule:` before a content make it one. */
function tree(files: Readonly<Record<string, string>>): Tree {
  return new Map(
    Object.entries(files).map(([path, content]): [string, Leaf] => {
      const [kind, oid] = content.split(':')
      if (kind === 'link' || kind === 'submodule') return [path, { kind, oid: oid ?? '' }]
      return [path, { kind: 'file', oid: content }]
    }),
  )
}

function head(files: Readonly<Record<string, string>>): Head {
  const paths = [...tree(files).keys()]
  return {
    has: async (path) => paths.includes(path),
    below: async function* (folder) {
      yield* paths.filter((path) => path.startsWith(`${folder}/`))
    },
  }
}

function manifest(
  model: string,
  given: { weights?: string; components?: string; evidence?: string } = {},
): FoundManifest {
  const path = `models/${model}/release.yml`
  const {
    weights = `[{ path: model.safetensors, sha256: ${SHA} }]`,
    components = '[]',
    evidence = '[]',
  } = given
  const text = `gonogo: 1\nmodel: ${model}\nversion: 1.0.0\nweights: ${weights}\ncomponents: ${components}\nevidence: ${evidence}\n`
  return { model, path, parsed: parsedManifest(text, path) }
}

type Expected = { readonly models?: readonly string[]; readonly uncovered?: readonly string[] }
type Row = readonly [
  string,
  readonly string[],
  Readonly<Record<string, string>>,
  readonly FoundManifest[],
  Expected,
]

async function judged([, changed, files, manifests]: Row, unwatch = ''): Promise<Expected> {
  const { models, problems } = await scope(changed, head(files), manifests, unwatch)
  expect(problems.every(({ code }) => code === 'uncovered')).toBe(true)
  return { models, uncovered: problems.map(({ path }) => path) }
}

const a = manifest('a', {
  components: '[../../shared/prompt.md]',
  evidence: '[metrics.json, ../../eval/a.json]',
})
const b = manifest('b', { weights: `[{ path: ../../weights/b.onnx, sha256: ${SHA} }]` })
const broken: FoundManifest = {
  model: 'c',
  path: 'models/c/release.yml',
  parsed: parsedManifest('gonogo: 1', 'models/c/release.yml'),
}

describe('the models that a commit releases', () => {
  test.each<Row>([
    ['nothing changed', [], {}, [a, b], {}],
    ['a file beside', ['README.md'], { 'README.md': '1' }, [a, b], {}],
    ['its manifest', ['models/a/release.yml'], { 'models/a/release.yml': '1' }, [a, b], { models: ['a'] }],
    [
      'anything in its folder',
      ['models/a/x/notes.txt'],
      { 'models/a/x/notes.txt': '1' },
      [a, b],
      { models: ['a'] },
    ],
    ['a file of its folder that is gone', ['models/a/notes.txt'], {}, [a, b], { models: ['a'] }],
    [
      'its weights',
      ['models/a/model.safetensors'],
      { 'models/a/model.safetensors': '1' },
      [a, b],
      { models: ['a'] },
    ],
    ['its weights are gone', ['models/a/model.safetensors'], {}, [a, b], { models: ['a'] }],
    [
      'weights that it names elsewhere',
      ['weights/b.onnx'],
      { 'weights/b.onnx': '1' },
      [a, b],
      { models: ['b'] },
    ],
    ['a component elsewhere', ['shared/prompt.md'], { 'shared/prompt.md': '1' }, [a, b], { models: ['a'] }],
    ['a component elsewhere is gone', ['shared/prompt.md'], {}, [a, b], { models: ['a'] }],
    ['evidence elsewhere', ['eval/a.json'], { 'eval/a.json': '1' }, [a, b], { models: ['a'] }],
    [
      'both',
      ['models/b/x', 'models/a/x'],
      { 'models/b/x': '1', 'models/a/x': '1' },
      [b, a],
      { models: ['a', 'b'] },
    ],
    ['a manifest that could not be read', ['models/c/x'], { 'models/c/x': '1' }, [broken], { models: ['c'] }],
    [
      'a folder that begins alike',
      ['models/a-b/x'],
      { 'models/a-b/x': '1' },
      [a],
      { uncovered: ['models/a-b/x'] },
    ],
    [
      'a file that begins like one it names',
      ['shared/prompt.md.bak'],
      { 'shared/prompt.md.bak': '1' },
      [a],
      {},
    ],
    [
      "gonogo's own files",
      ['.gonogo/criteria/a.yml', '.gonogo/unwatch', '.gonogo/floor.yml'],
      { '.gonogo/criteria/a.yml': '1' },
      [a],
      {},
    ],
    [
      'evidence beside the criteria',
      ['.gonogo/a.json'],
      { '.gonogo/a.json': '1' },
      [manifest('a', { evidence: '[../../.gonogo/a.json]' })],
      { models: ['a'] },
    ],
    [
      'weights beside the criteria',
      ['.gonogo/model.pt'],
      { '.gonogo/model.pt': '1' },
      [manifest('a', { weights: `[{ path: ../../.gonogo/model.pt, sha256: ${SHA} }]` })],
      { models: ['a'] },
    ],
  ])('%s', async (...row) => {
    const { models = [], uncovered = [] } = row[4]

    expect(await judged(row)).toEqual({ models, uncovered })
  })
})

describe('a model file that no manifest covers', () => {
  test.each<Row>([
    ...[
      'safetensors',
      'onnx',
      'gguf',
      'pt',
      'pth',
      'ckpt',
      'tflite',
      'h5',
      'keras',
      'pkl',
      'joblib',
      'cbm',
      'mlmodel',
      'npz',
      'npy',
      'pickle',
      'hdf5',
      'pt2',
      'ptl',
      'skops',
      'dill',
      ...['pkl', 'pickle', 'joblib'].flatMap((one) =>
        ['gz', 'bz2', 'xz', 'lz4', 'zst'].map((packed) => `${one}.${packed}`),
      ),
    ].map(
      (extension): Row => [
        `.${extension} anywhere`,
        [`x/y.${extension}`],
        { [`x/y.${extension}`]: '1' },
        [],
        { uncovered: [`x/y.${extension}`] },
      ],
    ),
    ...[
      'pytorch_model.bin',
      'adapter_model.bin',
      'pytorch_model-00001-of-00002.bin',
      'diffusion_pytorch_model.fp16.bin',
      'PyTorch_Model.BIN',
    ].map(
      (name): Row => [
        `${name} beside a manifest that does not name it`,
        [`models/a/${name}`],
        { [`models/a/${name}`]: '1' },
        [a],
        { models: ['a'], uncovered: [`models/a/${name}`] },
      ],
    ),
    [
      'no weights by their names',
      ['x/model.bin', 'x/pytorch_model.bin.json', 'pytorch_model/y.bin', 'x/y.csv.gz', 'x/y.gz'],
      {
        'x/model.bin': '1',
        'x/pytorch_model.bin.json': '1',
        'pytorch_model/y.bin': '1',
        'x/y.csv.gz': '1',
        'x/y.gz': '1',
      },
      [],
      {},
    ],
    [
      'evidence that a manifest names is covered',
      ['models/e/scores.npz', 'models/e/drift.npy'],
      { 'models/e/scores.npz': '1', 'models/e/drift.npy': '1' },
      [manifest('e', { evidence: '[scores.npz]' })],
      { models: ['e'], uncovered: ['models/e/drift.npy'] },
    ],
    ['in capitals', ['x/Y.ONNX'], { 'x/Y.ONNX': '1' }, [], { uncovered: ['x/Y.ONNX'] }],
    ['a hidden one', ['x/.pt'], { 'x/.pt': '1' }, [], { uncovered: ['x/.pt'] }],
    ['at the root', ['model.pt'], { 'model.pt': '1' }, [], { uncovered: ['model.pt'] }],
    [
      'beside the criteria',
      ['.gonogo/model.pt'],
      { '.gonogo/model.pt': '1' },
      [],
      { uncovered: ['.gonogo/model.pt'] },
    ],
    [
      'under the criteria',
      ['.gonogo/criteria/model.pt'],
      { '.gonogo/criteria/model.pt': '1' },
      [],
      { uncovered: ['.gonogo/criteria/model.pt'] },
    ],
    [
      'an extension that ends otherwise',
      ['x/y.pt.txt', 'x/ypt'],
      { 'x/y.pt.txt': '1', 'x/ypt': '1' },
      [],
      {},
    ],
    ['elsewhere and gone', ['x/y.pt'], {}, [], {}],
    [
      'in a folder with a manifest that does not name it',
      ['models/a/second.pt'],
      { 'models/a/second.pt': '1' },
      [a],
      { models: ['a'], uncovered: ['models/a/second.pt'] },
    ],
    ['a link', ['x/y.pt'], { 'x/y.pt': 'link:1' }, [], { uncovered: ['x/y.pt'] }],
    ['a submodule', ['x/y.pt'], { 'x/y.pt': 'submodule:1' }, [], { uncovered: ['x/y.pt'] }],
    [
      'in the folder of models',
      ['models/x/notes.txt'],
      { 'models/x/notes.txt': '1' },
      [],
      { uncovered: ['models/x/notes.txt'] },
    ],
    [
      'beside the folders of models',
      ['models/x.bin'],
      { 'models/x.bin': '1' },
      [a],
      { uncovered: ['models/x.bin'] },
    ],
    [
      'a submodule in the folder of models',
      ['models/x'],
      { 'models/x': 'submodule:1' },
      [],
      { uncovered: ['models/x'] },
    ],
    [
      'a link for the folder of models',
      ['models', 'models/a/release.yml'],
      { models: 'link:1' },
      [],
      { uncovered: ['models'] },
    ],
    [
      'a submodule for the folder of models',
      ['models'],
      { models: 'submodule:1' },
      [],
      { uncovered: ['models'] },
    ],
    [
      'the folder of models is no link any more',
      ['models', 'models/a/x'],
      { 'models/a/x': '1' },
      [a],
      { models: ['a'] },
    ],
    ['in the folder of models and gone', ['models/x/notes.txt'], {}, [], {}],
    ['a folder that begins like it', ['models-old/x.bin'], { 'models-old/x.bin': '1' }, [], {}],
    [
      'a removed manifest, and what stays',
      ['models/x/release.yml'],
      { 'models/x/model.bin': '1', 'models/y/z': '1' },
      [],
      { uncovered: ['models/x/model.bin'] },
    ],
    ['a removed manifest, and nothing stays', ['models/x/release.yml'], { 'models/y/z': '1' }, [], {}],
    [
      'a removed manifest, and a folder that begins alike',
      ['models/x/release.yml'],
      { 'models/x-y/z': '1' },
      [],
      {},
    ],
    [
      'a file that goes, and another that stays',
      ['models/x/notes.txt'],
      { 'models/x/other.txt': '1' },
      [],
      {},
    ],
    [
      'a removed manifest and a changed file',
      ['models/x/a', 'models/x/release.yml'],
      { 'models/x/a': '1' },
      [],
      { uncovered: ['models/x/a'] },
    ],
    [
      'each once, in order',
      ['z.pt', 'a.pt'],
      { 'z.pt': '1', 'a.pt': '1' },
      [],
      { uncovered: ['a.pt', 'z.pt'] },
    ],
  ])('%s', async (...row) => {
    const { models = [], uncovered = [] } = row[4]

    expect(await judged(row)).toEqual({ models, uncovered })
  })
})

describe('a path that stands for others', () => {
  test.each<Row>([
    [
      'a submodule in the place of a folder with a component',
      ['shared'],
      { shared: 'submodule:1' },
      [a],
      { models: ['a'] },
    ],
    [
      'a link in the place of a folder with weights',
      ['weights'],
      { weights: 'link:1' },
      [b],
      { models: ['b'] },
    ],
    ['a submodule beside it', ['share'], { share: 'submodule:1' }, [a], {}],
    [
      'a component in other letters',
      ['Shared/PROMPT.md'],
      { 'Shared/PROMPT.md': '1' },
      [a],
      { uncovered: ['Shared/PROMPT.md'] },
    ],
    ['a component in other letters is gone', ['Shared/PROMPT.md'], {}, [a], {}],
    [
      'the folder of a model in other letters',
      ['Models/a/x'],
      { 'Models/a/x': '1' },
      [a],
      { uncovered: ['Models/a/x'] },
    ],
  ])('%s', async (...row) => {
    const { models = [], uncovered = [] } = row[4]

    expect(await judged(row)).toEqual({ models, uncovered })
  })
})

describe('what a manifest that cannot be read may cover', () => {
  const path = 'models/a/release.yml'
  const unread: FoundManifest = { model: 'a', path, parsed: parsedManifest('gonogo: 1\nvesion: 1\n', path) }
  test.each<Row>([
    [
      'beside it waits for the manifest, which holds the model up',
      ['models/a/m.pt'],
      { 'models/a/m.pt': '1' },
      [unread],
      { models: ['a'], uncovered: [] },
    ],
    [
      'elsewhere is covered by nothing',
      ['weights/m.pt', 'models/b/m.pt'],
      { 'weights/m.pt': '1', 'models/b/m.pt': '1' },
      [unread],
      { models: [], uncovered: ['models/b/m.pt', 'weights/m.pt'] },
    ],
  ])('%s', async (...row) => {
    const [, , , , expected] = row
    expect(await judged(row)).toEqual(expected)
  })
})

describe('what a removed manifest released', () => {
  const files = { 'weights/b.onnx': '1', 'shared/prompt.md': '1', 'eval/a.json': '1' }

  test.each<
    readonly [
      string,
      FoundManifest,
      readonly FoundManifest[],
      Readonly<Record<string, string>>,
      readonly string[],
    ]
  >([
    ['weights elsewhere stay', b, [], files, ['weights/b.onnx']],
    ['a component elsewhere stays', a, [], files, ['shared/prompt.md']],
    ['nothing stays', b, [], {}, []],
    ['another model names it', b, [manifest('c', { components: '[../../weights/b.onnx]' })], files, []],
  ])('%s', async (_, removed, manifests, there, expected) => {
    const { problems } = await scope([removed.path], head(there), manifests, '', [removed])

    expect(problems.map(({ path }) => path)).toEqual(expected)
  })

  test('and is exempt', async () => {
    expect((await scope([b.path], head(files), [], 'weights/', [b])).problems).toEqual([])
  })
})

describe('what the default branch exempts', () => {
  test.each<readonly [string, string, readonly string[], readonly string[]]>([
    // name, patterns, changed and there, uncovered
    ['a folder', 'tests/', ['tests/a.pt', 'x/a.pt'], ['x/a.pt']],
    ['a pattern', '*.pkl', ['a.pkl', 'a.pt'], ['a.pt']],
    [
      'in the folder of models',
      'models/*/tests/',
      ['models/x/tests/a.bin', 'models/x/a.bin'],
      ['models/x/a.bin'],
    ],
    ['all but one', '*.pt\n!model.pt', ['x/a.pt', 'x/model.pt'], ['x/model.pt']],
    ['in other letters', 'tests/', ['Tests/a.pt'], ['Tests/a.pt']],
    ['a comment and an empty line', '# *.pt\n\n', ['a.pt'], ['a.pt']],
    ['nothing', '', ['a.pt'], ['a.pt']],
    ['a pattern that is none', '[z-a]\n(\n', ['a.pt'], ['a.pt']],
    ['line ends of Windows', 'tests/\r\n*.pkl\r\n', ['tests/a.pt', 'a.pkl', 'a.pt'], ['a.pt']],
  ])('%s', async (_, unwatch, paths, expected) => {
    const there = head(Object.fromEntries(paths.map((path) => [path, '1'])))

    const { problems } = await scope(paths, there, [], unwatch)

    expect(problems.map(({ path }) => path)).toEqual(expected)
  })

  test('a model that is named is judged all the same', async () => {
    const there = head({ 'models/a/model.safetensors': '1' })

    expect(await scope(['models/a/model.safetensors'], there, [a], '*')).toEqual({
      models: ['a'],
      problems: [],
    })
  })

  test('an exempt file does not stand before another that stays without its manifest', async () => {
    const there = head({ 'models/x/a-test.bin': '1', 'models/x/model.bin': '1' })

    const { problems } = await scope(['models/x/release.yml'], there, [], 'a-test.bin')

    expect(problems).toEqual([{ path: 'models/x/model.bin', code: 'uncovered' }])
  })
})

describe('what differs between two trees', () => {
  const before = tree({
    same: '1',
    changed: '1',
    removed: '1',
    'to-link': '1',
    retargeted: 'link:1',
    moved: 'submodule:1',
  })
  const after = tree({
    same: '1',
    changed: '2',
    added: '1',
    'to-link': 'link:1',
    retargeted: 'link:2',
    moved: 'submodule:2',
  })
  const expected = ['added', 'changed', 'moved', 'removed', 'retargeted', 'to-link']

  test('content, kind, what is added and what is gone', () => {
    expect(changedPaths(before, after)).toEqual(expected)
    expect(changedPaths(after, before)).toEqual(expected)
  })

  test('nothing', () => {
    expect(changedPaths(after, after)).toEqual([])
  })

  test('the mode that git gives a file', () => {
    const file = (mode: string): Tree => new Map([['a', { kind: 'file', oid: '1', mode }]])

    expect(changedPaths(file('100644'), file('100755'))).toEqual(['a'])
    expect(changedPaths(file('100644'), file('100644'))).toEqual([])
  })

  test('everything, where there is nothing to compare with', () => {
    expect(changedPaths(new Map(), before)).toEqual([...before.keys()].toSorted())
  })
})

test.each<readonly [string, readonly Readonly<Record<string, string>>[], boolean]>([
  ['nothing', [{}, {}], false],
  ['weights alone', [{ 'model.pt': '1' }], false],
  ['a folder of models without a manifest', [{ 'models/a/model.pt': '1' }], false],
  ['criteria in one of them', [{}, { '.gonogo/criteria/a.yml': '1' }], true],
  ['a manifest in one of them', [{ 'models/a/release.yml': '1' }, {}], true],
  ['a file that begins alike', [{ '.gonogo-old/a': '1', '.gonogo.yml': '1' }], false],
])('gonogo has a say: %s', async (_, trees, expected) => {
  const repository = memory()
  const commits = trees.map((files) => repository.commit({ files }))

  expect(await adopted(repository, commits)).toBe(expected)
})

describe('what the floor watches', () => {
  async function watched(path: string, watch: readonly string[], unwatch = '') {
    const { problems } = await scope([path], head({ [path]: 'x' }), [], unwatch, [], watch)
    return problems.map((problem) => problem.path)
  }

  test.each<readonly [string, readonly string[], boolean]>([
    ['weights/model.bin', [], false],
    ['weights/model.bin', ['*.bin'], true],
    ['weights/model.bin', ['weights/'], true],
    ['weights/model.bin', ['*.dat'], false],
    ['weights/model.bin', ['*.bin', '!model.bin'], false],
    ['.gonogo/criteria/a.yml', ['*.yml'], false],
  ])('%s by %j: %s', async (path, watch, expected) => {
    expect(await watched(path, watch)).toEqual(expected ? [path] : [])
  })

  test('what is unwatched on the default branch is not', async () => {
    expect(await watched('test/model.bin', ['*.bin'], 'test/')).toEqual([])
  })

  test('weights stay watched', async () => {
    expect(await watched('a.onnx', ['*.bin'])).toEqual(['a.onnx'])
  })
})
