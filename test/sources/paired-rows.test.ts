import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Folder, gatherArtifacts } from '../../src/sources/artifact-evidence.ts'
import { gatherEvidence } from '../../src/sources/evidence.ts'
import { withPairs } from '../../src/sources/paired-rows.ts'
import type { Lfs } from '../../src/sources/repository.ts'
import { parsedManifest } from '../support/facts.ts'
import { memory } from '../support/memory.ts'

const WORKFLOW = '.github/workflows/validate.yml'
const MANIFEST = 'models/credit-risk/release.yml'
const OWN = 'id,y,yhat\na,1,1\nb,0,0\nc,1,0\nd,0,0\n'
const BASE = 'id,y,yhat\nd,0,1\nc,1,0\nb,0,0\na,1,1\n'
const ACCURACY = { pointer: '/accuracy', both: 2, onlyOne: 1, onlyOther: 0, neither: 1 }
const PAIRS = [{ figures: expect.arrayContaining([expect.objectContaining(ACCURACY)]) }]
const bytes = (text: string) => new TextEncoder().encode(text)

const BOTH: readonly (readonly [string, string])[] = [
  ['own.csv', 'candidate'],
  ['base.csv', 'base'],
]

const manifest = (more = '', files = BOTH) =>
  parsedManifest(
    `gonogo: 1\nmodel: credit-risk\nversion: 1.0.0\nweights: [{ path: a.onnx, sha256: ${'a'.repeat(64)} }]\nevidence:\n${files
      .map(
        ([file, about]) =>
          `  - { rows: ${file}, dataset: holdout, label: y, prediction: yhat, id: id, about: ${about}${more} }\n`,
      )
      .join('')}`,
  )

test('rows behind pointers of Git LFS are paired by their content', async () => {
  const repository = memory()
  const content = new Map([OWN, BASE].map((text) => [createHash('sha256').update(text).digest('hex'), text]))
  const pointers = [...content].map(
    ([oid, text]) => `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${text.length}\n`,
  )
  const head = repository.commit({
    files: {
      'models/credit-risk/own.csv': pointers[0] ?? '',
      'models/credit-risk/base.csv': pointers[1] ?? '',
    },
  })
  const parsed = manifest()
  const read = async (lfs: Lfs | undefined) => {
    const with_ = { ...repository, ...(lfs && { lfs }) }
    const evidence = await Promise.all(
      parsed.evidence.map((named) => gatherEvidence(with_, head, MANIFEST, named)),
    )
    return await withPairs(with_, evidence, parsed, undefined, undefined)
  }
  const [own, base] = await read(async ({ oid }) => ({ content: bytes(content.get(oid) ?? '') }))

  expect(own).toMatchObject({ pairs: PAIRS, problems: [] })
  expect(own?.pairs?.[0]?.against).toEqual({ path: base?.path, sha: base?.sha })
  expect(base?.pairs).toBeUndefined()
  // Read once, and beyond what is fetched when it is wanted again.
  const once = new Set<string>()
  const [spent] = await read(async ({ oid }) => {
    if (once.has(oid)) return { fault: { code: 'lfs_too_much', limit: 1 } }
    once.add(oid)
    return { content: bytes(content.get(oid) ?? '') }
  })
  expect(spent).toMatchObject({ problems: [{ code: 'lfs_too_much' }, { code: 'lfs_too_much' }] })
  expect(spent?.pairs).toBeUndefined()
  expect((await read(undefined)).map(({ pairs }) => pairs)).toEqual([undefined, undefined])
})

test('a candidate beside two others is fetched once, and each of them once', async () => {
  const repository = memory()
  const texts = { own: OWN, base: BASE, earlier: BASE.replace('a,1,1', 'a,1,0') }
  const content = new Map(
    Object.values(texts).map((text) => [createHash('sha256').update(text).digest('hex'), text]),
  )
  const oids = [...content.keys()]
  const pointers = [...content].map(
    ([oid, text], index) =>
      [
        `models/credit-risk/${Object.keys(texts)[index]}.csv`,
        `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${text.length}\n`,
      ] as const,
  )
  const head = repository.commit({ files: Object.fromEntries(pointers) })
  const parsed = manifest('', [...BOTH, ['earlier.csv', 'base']])
  const fetched: string[] = []
  const lfs: Lfs = async ({ oid }) => {
    fetched.push(oid)
    return { content: bytes(content.get(oid) ?? '') }
  }
  const evidence = await Promise.all(
    parsed.evidence.map((named) => gatherEvidence({ ...repository, lfs }, head, MANIFEST, named)),
  )
  fetched.length = 0
  const [own, base, earlier] = await withPairs({ ...repository, lfs }, evidence, parsed, undefined, undefined)

  expect(fetched).toEqual(oids)
  expect(own?.problems).toEqual([])
  expect(own?.pairs?.map(({ against }) => against)).toEqual(
    [base, earlier].map((one) => ({ path: one?.path, sha: one?.sha })),
  )
})

test('rows of one artifact in a folder are paired, and of one that has a file alone are not', async () => {
  const repository = memory()
  const commit = repository.commit({ files: { [WORKFLOW]: 'on: push' } })
  const parsed = manifest(`, artifact: validation, workflow: ${WORKFLOW}`)
  const read = async (files: Readonly<Record<string, string>>) => {
    const folder: Folder = async (file) => (file in files ? bytes(files[file] ?? '') : undefined)
    const folders = new Map([['validation', folder]])
    const about = { commit, tip: commit, manifest: MANIFEST }
    const evidence = await gatherArtifacts(repository, { folders }, about, parsed.artifacts)
    return await withPairs(repository, evidence, parsed, undefined, folders)
  }

  expect((await read({ 'own.csv': OWN, 'base.csv': BASE }))[0]).toMatchObject({ pairs: PAIRS })
  expect((await read({ 'own.csv': OWN }))[0]?.pairs).toBeUndefined()
})

test('rows that differ keep what was read, and have a problem', async () => {
  const repository = memory()
  const head = repository.commit({
    files: {
      'models/credit-risk/own.csv': OWN,
      'models/credit-risk/base.csv': BASE.replace('a,1', 'a,0'),
    },
  })
  const parsed = manifest()
  const evidence = await Promise.all(
    parsed.evidence.map((named) => gatherEvidence(repository, head, MANIFEST, named)),
  )
  const [own] = await withPairs(repository, evidence, parsed, undefined, undefined)

  expect(own?.pairs).toBeUndefined()
  expect(own?.measurements.length).toBeGreaterThan(0)
  expect(own?.problems).toMatchObject([{ code: 'rows_unpaired', why: 'differ', named: 'y', rows: 1 }])
})
