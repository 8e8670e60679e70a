import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { gatherEvidence } from '../../src/sources/evidence.ts'
import { MAX_BLOB_BYTES } from '../../src/sources/files.ts'
import type { Lfs } from '../../src/sources/repository.ts'
import { memory } from '../support/memory.ts'

const PATH = 'models/sentiment/metrics.json'
const CONTENT = '{\n  "accuracy": 0.93,\n  "f1": 0.9\n}\n'
const OID = createHash('sha256').update(CONTENT).digest('hex')
const pointer = (oid: string = OID, bytes: number = CONTENT.length) =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${bytes}\n`
const NAMED = { path: PATH, about: 'candidate', line: 7 } as const

async function evidence(file: string, answer: Awaited<ReturnType<Lfs>>) {
  const asked: object[] = []
  const repository = memory()
  const commit = repository.commit({ files: { [PATH]: file } })
  const lfs: Lfs = async (one) => {
    asked.push(one)
    return answer
  }
  const found = await gatherEvidence({ ...repository, lfs }, commit, 'models/sentiment/release.yml', NAMED)
  const entry = await repository.entry(commit, PATH)
  return { ...found, asked, blob: entry?.kind === 'file' ? entry.oid : undefined }
}

test('what a pointer stands for is read; its blob is the pointer, and the content stands beside it', async () => {
  const found = await evidence(pointer(), { content: Buffer.from(CONTENT) })

  expect(found.asked).toEqual([{ oid: OID, bytes: CONTENT.length }])
  expect(found).toMatchObject({
    ...{ path: PATH, format: 'metrics', trust: 'typed', problems: [] },
    lfs: { oid: OID, bytes: CONTENT.length },
  })
  expect(found.sha).toBe(found.blob)
  expect(found.measurements.map(({ metric, value }) => [metric, value])).toEqual([
    ['accuracy', 0.93],
    ['f1', 0.9],
  ])
  // The pointer has no such lines.
  expect(found.measurements.map(({ source }) => [source.sha, source.pointer, source.line])).toEqual([
    [found.blob, '/accuracy', undefined],
    [found.blob, '/f1', undefined],
  ])
})

test('a problem of the content has the file, and no line of it', async () => {
  const { problems } = await evidence(pointer(), { content: Buffer.from('{\n\n"accuracy": NaN }') })

  expect(problems).toEqual([{ path: PATH, code: 'not_finite', at: '/accuracy', found: 'NaN' }])
})

test('a fault of the content is a problem, and nothing is read', async () => {
  const found = await evidence(pointer(), { fault: { code: 'lfs_quota' } })

  expect(found).toMatchObject({ problems: [{ path: PATH, code: 'lfs_quota' }], measurements: [] })
  expect(found.lfs).toEqual({ oid: OID, bytes: CONTENT.length })
  expect(found.format).toBeUndefined()
})

test('a pointer to a pointer is not followed twice', async () => {
  const found = await evidence(pointer(), { content: Buffer.from(pointer('a'.repeat(64), 7)) })

  expect(found.asked).toHaveLength(1)
  expect(found.problems).toMatchObject([{ code: 'lfs_pointer' }])
})

test('what is larger than any evidence is not asked for', async () => {
  const found = await evidence(pointer(OID, MAX_BLOB_BYTES + 1), { content: Buffer.from(CONTENT) })

  expect(found.asked).toEqual([])
  expect(found.problems).toEqual([
    { path: PATH, code: 'too_large', bytes: MAX_BLOB_BYTES + 1, limit: MAX_BLOB_BYTES },
  ])
})

test.each([
  ['v0', pointer().replace('spec/v1', 'spec/v0'), 'version'],
  ['an oid in capitals', pointer(OID.toUpperCase()), 'oid'],
  ['a key more', `${pointer()}x-ref refs/heads/main\n`, 'keys'],
  ['an extension', pointer().replace('oid', `ext-0-sh sha256:${OID}\noid`), 'extension'],
])('a pointer of %s is a problem, and followed nowhere', async (_, file, flaw) => {
  const found = await evidence(file, { content: Buffer.from(CONTENT) })

  expect(found.asked).toEqual([])
  expect(found.problems).toEqual([{ path: PATH, code: 'lfs_malformed', flaw }])
})

test('an outage is thrown', async () => {
  const repository = memory()
  const commit = repository.commit({ files: { [PATH]: pointer() } })
  const lfs = () => Promise.reject(new Error('outage'))

  await expect(gatherEvidence({ ...repository, lfs }, commit, 'release.yml', NAMED)).rejects.toThrow('outage')
})
