import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Evidence } from '../../src/core/evidence.ts'
import type { Stage } from '../../src/core/pipeline.ts'
import type { ModelFacts } from '../../src/facts.ts'
import {
  gatherCommitted,
  MOST_ALL_BYTES,
  MOST_BYTES,
  MOST_FILES,
  MOST_LOOKED,
} from '../../src/sources/committed-bytes.ts'
import type { Repository } from '../../src/sources/repository.ts'
import { anEvidence, asking, modelFacts } from '../support/facts.ts'
import { memory } from '../support/memory.ts'
import { data, MD5 } from '../support/training.ts'

const md5 = (bytes: string | Uint8Array) => `md5:${createHash('md5').update(bytes).digest('hex')}`
const sha256 = (bytes: string | Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'1a2b'.repeat(16)}\nsize 98765432\n`
const BINARY = Uint8Array.of(0, 13, 10, 1)
const FOLDER = `${MD5}.dir`

const REPOSITORY = memory({ name: 'acme/models' })
const TRAINING = REPOSITORY.commit({
  files: {
    'data/raw.csv': 'a,b\r\n1,2\n',
    'data/plain.csv': 'a',
    'data/image.bin': BINARY,
    'data/large.csv': POINTER,
    'src/train.py': 'fit()',
    'lib/net.py': 'net()',
    'small/a.csv': 'a',
    'built/net.pyc': 'net',
    'models/credit-risk/own.csv': 'own',
  },
  links: { 'src/link.py': 'train.py', linked: 'lib' },
  submodules: { sub: 'a'.repeat(40) },
})
const RELEASE = REPOSITORY.commit({
  parents: [TRAINING],
  files: { 'data/plain.csv': 'changed', 'data/late.csv': 'late', 'src/late.py': 'late()' },
})
REPOSITORY.move('main', RELEASE)

const stage = (paths: readonly string[], digest = MD5): Stage => ({
  ...{ name: 'train', outs: [{ path: 'model.safetensors', digests: [MD5] }], ran: [] },
  deps: paths.map((path) => ({ path, digests: [digest] })),
})
const lock = (paths: readonly string[], digest?: string, given: Partial<Evidence> = {}): Evidence =>
  anEvidence({
    ...{ path: 'dvc.lock', measurements: [] },
    records: [data('dvc.lock', [], { stages: [stage(paths, digest)] })],
    ...given,
  })

async function lying(
  evidence: readonly Evidence[],
  given: {
    readonly of?: string
    readonly datasets?: readonly object[]
    readonly commit?: string
    readonly repository?: Repository
  } = {},
) {
  const { of = 'data, code', datasets = [], commit = TRAINING, repository = REPOSITORY } = given
  const own = modelFacts()
  const value = own.manifest.value && { ...own.manifest.value, training: { commit }, datasets }
  // The types of what a manifest may leave out.
  const manifest = { ...own.manifest, value } as ModelFacts['manifest']
  const criterion = `{ id: i, control: documentation, check: integrity, of: [${of}] }`
  const model = modelFacts({ evidence, criteria: asking([criterion]), manifest })
  const asked = { commit: RELEASE, tip: RELEASE, held: undefined }
  return (await gatherCommitted(repository, model, asked)).committed
}

test('the bytes of the training are what is read, as they lie and with other ends of lines', async () => {
  expect(await lying([lock(['data/raw.csv', 'data/plain.csv', 'data/image.bin', 'src/train.py'])])).toEqual([
    { of: 'training', commit: TRAINING, path: 'src/train.py', digests: [md5('fit()'), sha256('fit()')] },
    {
      ...{ of: 'training', commit: TRAINING, path: 'data/raw.csv' },
      digests: [md5('a,b\r\n1,2\n'), sha256('a,b\r\n1,2\n')],
      alike: [
        ...[md5('a,b\n1,2\n'), sha256('a,b\n1,2\n')],
        ...[md5('a,b\r\n1,2\r\n'), sha256('a,b\r\n1,2\r\n')],
      ],
    },
    { of: 'training', commit: TRAINING, path: 'data/plain.csv', digests: [md5('a'), sha256('a')] },
    { of: 'training', commit: TRAINING, path: 'data/image.bin', digests: [md5(BINARY), sha256(BINARY)] },
  ])
})

test('only what criteria ask about is looked at', async () => {
  const both = [lock(['data/raw.csv', 'src/train.py'])]

  expect((await lying(both, { of: 'code' }))?.map(({ path }) => path)).toEqual(['src/train.py'])
  expect((await lying(both, { of: 'data' }))?.map(({ path }) => path)).toEqual(['data/raw.csv'])
  expect(await lying(both, { of: 'parameters, environment' })).toBeUndefined()
})

test('data that came later are those of the release, and scripts are the training’s alone', async () => {
  expect(await lying([lock(['data/late.csv', 'src/late.py', 'src/link.py', 'nowhere.csv'])])).toEqual([
    { of: 'training', commit: TRAINING, path: 'src/link.py', why: 'link' },
    { of: 'release', commit: RELEASE, path: 'data/late.csv', digests: [md5('late'), sha256('late')] },
  ])
  expect(await lying([lock(['src/train.py'])], { commit: 'a'.repeat(40) })).toBeUndefined()
  expect(await lying([lock(['data/late.csv'])], { commit: 'a'.repeat(40) })).toMatchObject([
    { of: 'release' },
  ])
})

test('a pointer of Git LFS is known by its sha256, and nothing is fetched', async () => {
  const repository: Repository = {
    ...REPOSITORY,
    lfs: () => {
      throw new Error('nothing may be fetched')
    },
  }

  expect(await lying([lock(['data/large.csv'])], { repository })).toEqual([
    { of: 'training', commit: TRAINING, path: 'data/large.csv', digests: [`sha256:${'1a2b'.repeat(16)}`] },
  ])
})

test('of folders it is told which have scripts, and what leads elsewhere', async () => {
  expect(await lying([lock(['lib', 'small', 'gone', 'built', 'linked', 'sub'], FOLDER)])).toEqual([
    { of: 'training', commit: TRAINING, path: 'lib', why: 'folder' },
    { of: 'training', commit: TRAINING, path: 'small', folder: 'data' },
    { of: 'training', commit: TRAINING, path: 'built', why: 'folder' },
    { of: 'training', commit: TRAINING, path: 'linked', why: 'link' },
    { of: 'training', commit: TRAINING, path: 'sub', why: 'submodule' },
  ])
})

test('a dataset is a file where its name is a path, from the root or beside the manifest', async () => {
  const digest = { sha256: '1a2b'.repeat(16) }
  const datasets = ['data/plain.csv', 'own.csv', '../../src', 'data', '../../../out.csv'].map((name) => ({
    ...{ name, role: 'train', digest },
  }))

  expect(await lying([], { datasets })).toMatchObject([
    { path: 'data/plain.csv', datasets: ['data/plain.csv'], of: 'training' },
    { path: 'models/credit-risk/own.csv', datasets: ['own.csv'] },
  ])
  expect(await lying([], { datasets: [{ name: 'data/plain.csv', role: 'train' }] })).toBeUndefined()
})

test('evidence about another model, of an artifact, or that is awaited names nothing here', async () => {
  const producer = { run: 7, attempt: 1, workflow: 'w.yml', commit: RELEASE }
  // A test gives some of each that may be left out.
  for (const given of [{ about: 'base' }, { producer }, { awaited: 'read' }])
    expect(await lying([lock(['src/train.py'], MD5, given as Partial<Evidence>)])).toBeUndefined()
})

test('of many paths the first are looked at, and one says that there are more', async () => {
  const many = Array.from({ length: MOST_LOOKED + 9 }, (_, index) => `${String(index).padStart(3, '0')}.csv`)
  const asked: string[] = []
  const repository: Repository = {
    ...REPOSITORY,
    entry: async (_, path) => {
      asked.push(path)
      return undefined
    },
  }

  expect(await lying([lock(many)], { repository })).toEqual([
    { of: 'training', commit: TRAINING, path: many[MOST_LOOKED], why: 'too_many' },
  ])
  expect(new Set(asked).size).toBe(MOST_LOOKED)
})

test('no more is read than a few files, and none that is large', async () => {
  const sized = (sizes: Readonly<Record<string, number>>): Repository => ({
    ...REPOSITORY,
    entry: async (_, path) => ({ kind: 'file', oid: path, bytes: sizes[path] ?? 1 }),
    blob: async (oid) => new Uint8Array(sizes[oid] ?? 1),
  })
  const many = Array.from({ length: MOST_FILES + 1 }, (_, index) => `${String(index).padStart(3, '0')}.csv`)
  const most = await lying([lock(many)], { repository: sized({}) })
  const whole = Object.fromEntries(many.slice(0, 4).map((path) => [path, MOST_BYTES]))
  const large = await lying([lock(many.slice(0, 2))], { repository: sized({ '000.csv': MOST_BYTES + 1 }) })
  const sum = await lying([lock(many.slice(0, 4))], { repository: sized(whole) })

  expect(most?.map((one) => ('why' in one ? one.why : 'read'))).toEqual([
    ...many.slice(1).map(() => 'read'),
    'too_many',
  ])
  expect(large).toMatchObject([{ path: '000.csv', why: 'too_large' }, { digests: expect.anything() }])
  expect(MOST_ALL_BYTES).toBe(3 * MOST_BYTES)
  expect(sum?.map((one) => ('why' in one ? one.why : 'read'))).toEqual(['read', 'read', 'read', 'too_many'])
}, 20_000)
