import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Asked } from '../../../src/sources/artifact/archive.ts'
import { readArtifact } from '../../../src/sources/artifact/download.ts'
import { LIMITS } from '../../../src/sources/artifact/limits.ts'
import { zip } from '../../support/zip.ts'

const path = 'artifact validation'
const asked: Asked = new Map([
  ['metrics.json', 'content'],
  ['model.bin', 'digest'],
])
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')
const BYTES = zip([
  { name: 'metrics.json', content: '{}' },
  { name: 'model.bin', content: 'w'.repeat(200_000), stored: true, described: 16 },
])
const inPieces = (bytes: Uint8Array, size = 1000) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.byteLength / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    ),
  )
const folder = mkdtempSync(join(tmpdir(), 'gonogo-download-'))
afterEach(() => {
  expect(readdirSync(folder)).toEqual([])
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('an artifact as it comes', () => {
  test.each<[string, string | null, 'same' | 'none']>([
    ['with the digest that GitHub tells', `sha256:${sha256(BYTES)}`, 'same'],
    ['without one', null, 'none'],
  ])('%s', async (_, declared, digest) => {
    const read = await readArtifact({ path, folder, chunks: inPieces(BYTES), digest: declared }, asked)

    expect(read).toMatchObject({ sha256: sha256(BYTES), digest, problems: [] })
    expect('files' in read && [...read.files]).toEqual([
      ['metrics.json', { bytes: 2, sha256: sha256('{}'), content: Buffer.from('{}') }],
      ['model.bin', { bytes: 200_000, sha256: sha256('w'.repeat(200_000)) }],
    ])
  })

  test.each([
    ['another digest', `sha256:${sha256('other')}`],
    ['no digest that is known', `md5:${sha256(BYTES)}`],
    ['the digest of another algorithm', sha256(BYTES)],
  ])('with %s is not looked into', async (_, declared) => {
    const read = await readArtifact({ path, folder, chunks: inPieces(BYTES), digest: declared }, asked)

    expect(read).toEqual({
      problem: { path, code: 'archive_differs', declared, seen: `sha256:${sha256(BYTES)}` },
    })
  })

  test('that is too large is broken off', async () => {
    let sent = 0
    const chunks = (async function* () {
      for (; sent < 1000; sent++) yield Buffer.alloc(1000)
    })()
    const read = await readArtifact({ path, folder, chunks, digest: null }, asked, {
      ...LIMITS,
      archive: 5000,
    })

    expect(read).toEqual({ problem: { path, code: 'archive_too_large', limit: 5000 } })
    expect(sent).toBeLessThan(10)
  })

  test('of exactly the limit is read', async () => {
    const limits = { ...LIMITS, archive: BYTES.byteLength }

    expect(
      await readArtifact({ path, folder, chunks: inPieces(BYTES), digest: null }, asked, limits),
    ).toHaveProperty('files')
  })

  test('that was not zipped says so', async () => {
    const chunks = inPieces(Buffer.from('a,b\n1,2\n'.repeat(10)))

    expect(await readArtifact({ path, folder, chunks, digest: null }, asked)).toEqual({
      problem: { path, code: 'bad_archive', flaw: 'no_zip' },
    })
  })

  test('whose download breaks is the world’s fault, and leaves nothing behind', async () => {
    const chunks = (async function* () {
      yield BYTES.subarray(0, 10)
      throw new Error('the line went dead')
    })()

    await expect(readArtifact({ path, folder, chunks, digest: null }, asked)).rejects.toThrow(
      'the line went dead',
    )
  })
})
