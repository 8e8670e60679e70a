import { describe, expect, test } from 'vitest'
import { type Carrying, gatherCarried, releaseRules } from '../../src/sources/carried.ts'
import { aFloor } from '../support/floor.ts'
import { memory, type Written } from '../support/memory.ts'

const CRITERIA = '.gonogo/criteria/sentiment.yml'
const MANIFEST = 'models/sentiment/release.yml'
const A = 'a'.repeat(64)
const B = 'b'.repeat(64)
const manifest = (weights: string, model = 'sentiment') =>
  `gonogo: 1\nmodel: ${model}\nversion: 1.0.0\nweights: [${weights}]\n`
const FILES = {
  [CRITERIA]: 'gonogo: 1',
  [MANIFEST]: manifest(`{ uri: "s3://a/b", sha256: ${A} }, { path: w.onnx, sha256: ${B} }`),
  'models/other/release.yml': manifest('{ uri: "s3://a/c", sums: SHA256SUMS }', 'other'),
  'models/other/SHA256SUMS': `${'c'.repeat(64)}  part-1.bin\n`,
  'README.md': 'x',
}
const RULES = releaseRules({ repository: 'acme/models' })

/** What a release after another one carries, the files of the second changed as asked. */
async function carried(
  change: Written['files'],
  given: Partial<Carrying> = {},
  drop: readonly string[] = [],
  rules = RULES,
) {
  const repository = memory()
  const first = repository.commit({ files: FILES })
  const kept = Object.entries({ ...FILES, ...change }).filter(([path]) => !drop.includes(path))
  const commit = repository.commit({ files: Object.fromEntries(kept), parents: [first] })
  repository.move('main', commit)
  return await gatherCarried(repository, { commit, tip: commit, since: first, assets: [], ...given }, rules)
}
const names = ({ models }: Awaited<ReturnType<typeof carried>>) => models.map(({ model }) => model)

describe('the models of a release', () => {
  test('are those that changed since the last one with a go', async () => {
    expect(names(await carried({ 'README.md': 'y' }))).toEqual([])
    expect(names(await carried({ 'models/sentiment/metrics.json': '{}' }))).toEqual(['sentiment'])
    expect(names(await carried({ [CRITERIA]: 'gonogo: 1 ' }))).toEqual(['sentiment'])
    expect(names(await carried({ 'models/other/w.onnx': 'x' }))).toEqual(['other'])
  })

  test('are all of them where there was none, or where it is gone', async () => {
    const { since: _, ...none } = { since: undefined }
    const repository = memory()
    const commit = repository.commit({ files: FILES })
    repository.move('main', commit)
    const all = await gatherCarried(repository, { ...none, commit, tip: commit, assets: [] }, RULES)
    expect(names(all)).toEqual(['other', 'sentiment'])
    expect(names(await carried({}, { since: 'f'.repeat(40) }))).toEqual(['other', 'sentiment'])
  })

  test('are those whose weights it carries, in whatever name, and those of lists of digests', async () => {
    const with_ = (sha256: string, name = 'x.txt') => carried({}, { assets: [{ name, sha256 }] })
    expect(names(await with_(A))).toEqual(['sentiment'])
    expect(names(await with_(B))).toEqual(['sentiment'])
    expect(names(await with_('c'.repeat(64)))).toEqual(['other'])
    expect(names(await with_('d'.repeat(64)))).toEqual([])
    expect((await with_(A)).models).toEqual([{ model: 'sentiment', sha256: [A, B] }])
  })

  test('without a manifest are a problem', async () => {
    expect((await carried({ 'else/w.onnx': 'x' })).problems).toEqual([
      { path: 'else/w.onnx', code: 'uncovered' },
    ])
    const unwatched = { 'else/w.onnx': 'x', '.gonogo/unwatch': 'else/\n' }
    expect((await carried(unwatched)).problems).toEqual([])
    const left = await carried({ 'models/sentiment/w.onnx': 'x' }, {}, [MANIFEST])
    expect(left.problems).toEqual([{ path: 'models/sentiment/w.onnx', code: 'uncovered' }])
  })

  test('are nobody’s business where gonogo has no say, and where there is no commit', async () => {
    const repository = memory()
    const commit = repository.commit({ files: { 'README.md': 'x' } })
    repository.move('main', commit)
    const carrying = { commit, tip: commit, assets: [{ name: 'w.onnx', sha256: A }] }
    expect(await gatherCarried(repository, carrying, RULES)).toMatchObject({ watched: false, models: [] })
    const named = { ...RULES, named: true }
    expect(await gatherCarried(repository, carrying, named)).toMatchObject({ watched: true })
    const { commit: _, ...none } = carrying
    expect(await gatherCarried(repository, none, named)).toMatchObject({ watched: true, models: [] })
  })
})

test.each([
  ['w.onnx', true],
  ['w.GGUF', true],
  ['w.safetensors.zip', true],
  ['w.safetensors.tar.gz', true],
  ['w.ONNX.tar.ZST.gz', true],
  ['w.pt.rar', true],
  ['w.onnx.tar', true],
  ['w.bin', true],
  ['w.zip', false],
  ['w.tar.gz', false],
  ['onnx', false],
  ['notes.txt', false],
])('the file %s is a model file: %s', async (name, isModelFile) => {
  const rules = releaseRules({ repository: 'acme/models', floor: aFloor('watch: ["*.bin"]\n') })
  const { assets } = await carried({}, { assets: [{ name }] }, [], rules)
  expect(assets).toEqual([{ name, isModelFile }])
})

test('the floor says what becomes of releases', () => {
  const floor = aFloor(
    'releases: { without_go: draft }\ndeploy: { from: ["release/*"] }\nenforcement: observe\n',
  )
  expect(releaseRules({ repository: 'acme/models', floor })).toEqual({
    observed: true,
    withoutGo: 'draft',
    from: ['release/*'],
    watch: [],
    named: false,
  })
  expect(RULES).toEqual({ observed: false, withoutGo: 'flag', from: [], watch: [], named: false })
})
