import { createHash } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gather } from '../../src/sources/gather.ts'
import { lfsHeadInClone } from '../../src/sources/git/lfs.ts'
import { gatherReleased } from '../../src/sources/released.ts'
import type { LfsHead } from '../../src/sources/repository.ts'
import { formatBehind, formatOfBytes } from '../../src/sources/weight-formats.ts'
import { type LocalRepository, localRepository } from '../cli/clone.ts'
import { parsedManifest } from '../support/facts.ts'
import { aFloor } from '../support/floor.ts'
import { memory } from '../support/memory.ts'
import { callsOf, safetensors, someWeights } from '../support/pickles.ts'

const shaOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const EVIL = callsOf(['os', 'system'])

describe('weights in the commit', () => {
  test.each<readonly [string, Uint8Array, object]>([
    ['m.safetensors', someWeights(), { kind: 'read', format: 'safetensors', whole: true, faults: [] }],
    ['m.pkl', EVIL, { kind: 'read', format: 'pickle', names: ['os.system'] }],
    ['m.safetensors', EVIL, { faults: [{ fault: 'contradicts_name', is: 'pickle' }], names: ['os.system'] }],
  ])('are told by their bytes: %s', async (name, bytes, format) => {
    const repository = memory()
    const head = repository.commit({ files: { [`models/credit-risk/${name}`]: bytes } })
    const manifest = `gonogo: 1\nmodel: credit-risk\nversion: 1.0.0\nweights: [{ path: ${name}, sha256: ${shaOf(bytes)} }]\n`

    const released = await gatherReleased(
      repository,
      head,
      'models/credit-risk/release.yml',
      parsedManifest(manifest),
    )

    expect(released.weights).toMatchObject([{ name, trust: 'seen', format }])
  })

  test('that are elsewhere are told by nothing', async () => {
    const repository = memory()
    const entries = `{ hub: a/b, revision: ${'a'.repeat(40)} }, { uri: "s3://x", sha256: ${shaOf(EVIL)} }, { path: gone.pkl, sha256: ${shaOf(EVIL)} }`
    const manifest = `gonogo: 1\nmodel: credit-risk\nversion: 1.0.0\nweights: [${entries}]\n`

    const released = await gatherReleased(
      repository,
      repository.commit({}),
      'models/credit-risk/release.yml',
      parsedManifest(manifest),
    )

    expect(released.weights.map((one) => 'format' in one)).toEqual([false, false, false])
  })

  test('that are too large are not read', () => {
    expect(formatOfBytes('m.pkl', new Uint8Array(64 * 1024 * 1024 + 1))).toEqual({
      ...{ kind: 'not_read', why: 'too_large' },
    })
  })
})

describe('weights behind a Git LFS pointer', () => {
  const pointer = (bytes: Uint8Array, size = bytes.length) => ({ oid: shaOf(bytes), bytes: size })

  test('of ten gigabytes are told by their beginning', async () => {
    const size = 10_000_000_000
    const tensor = { dtype: 'U8', shape: [9_999_999_922], data_offsets: [0, 9_999_999_922] }
    const header = safetensors({ a: tensor, __metadata__: {} })
    const whole = Buffer.concat([header, Buffer.alloc(9000)])
    const asked: number[] = []
    const lfsHead: LfsHead = async (_, bytes) => {
      asked.push(bytes)
      return whole.subarray(0, bytes)
    }

    const length = size - header.length
    const exact = { ...tensor, shape: [length], data_offsets: [0, length] }
    expect(safetensors({ a: exact, __metadata__: {} })).toHaveLength(header.length)
    whole.set(safetensors({ a: exact, __metadata__: {} }))

    expect(await formatBehind({ lfsHead }, 'm.safetensors', pointer(whole, size), false)).toMatchObject({
      ...{ kind: 'read', format: 'safetensors', whole: true },
    })
    expect(Math.max(...asked)).toBeLessThanOrEqual(4096)
    expect(await formatBehind({ lfsHead }, 'm.safetensors', pointer(whole, size + 1), false)).toMatchObject({
      faults: [{ fault: 'safetensors', flaw: 'length' }],
    })
  })

  test('with a long header are read to its end and no further', async () => {
    const names = Array.from({ length: 500 }, (_, index) => `a rather long name of a tensor ${index}`)
    const entries = names.map((name, at) => [name, { dtype: 'U8', shape: [1], data_offsets: [at, at + 1] }])
    const bytes = safetensors(Object.fromEntries(entries), 'x'.repeat(500))
    const asked: number[] = []
    const lfsHead: LfsHead = async (_, most) => {
      asked.push(most)
      return bytes.subarray(0, most)
    }

    expect(await formatBehind({ lfsHead }, 'm.safetensors', pointer(bytes), false)).toMatchObject({
      whole: true,
    })
    expect(asked).toEqual([4096, bytes.length - 500])
  })

  test('are fetched whole only where somebody asks, and only small ones', async () => {
    let fetched = 0
    const lfs = async () => {
      fetched += 1
      return { content: EVIL }
    }

    expect(await formatBehind({ lfs }, 'm.pkl', pointer(EVIL), false)).toEqual({
      kind: 'not_read',
      why: 'lfs',
    })
    expect(await formatBehind({ lfs }, 'm.pkl', pointer(EVIL, 16_000_001), true)).toEqual({
      ...{ kind: 'not_read', why: 'too_large' },
    })
    expect(fetched).toBe(0)
    expect(await formatBehind({ lfs }, 'm.pkl', pointer(EVIL), true)).toMatchObject({ names: ['os.system'] })
  })

  test('that cannot be had are not read', async () => {
    const fault = { fault: { code: 'lfs_quota' } } as const

    expect(await formatBehind({ lfs: async () => fault }, 'm.pkl', pointer(EVIL), true)).toEqual({
      ...{ kind: 'not_read', why: 'lfs' },
    })
    expect(await formatBehind({}, 'm.pkl', pointer(EVIL), true)).toEqual({ kind: 'not_read', why: 'lfs' })
    expect(await formatBehind({ lfsHead: async () => undefined }, 'm.pkl', pointer(EVIL), true)).toEqual({
      ...{ kind: 'not_read', why: 'lfs' },
    })
  })
})

describe('in a clone', () => {
  let repository: LocalRepository
  beforeAll(() => {
    repository = localRepository()
  })
  afterAll(() => repository.remove())

  test('the beginning of a Git LFS object of the size that the pointer has, and of no other', async () => {
    const bytes = someWeights()
    const oid = shaOf(bytes)
    const path = join(repository.folder, '.git/lfs/objects', oid.slice(0, 2), oid.slice(2, 4), oid)
    const read = async (size: number, most: number) =>
      await lfsHeadInClone(repository.folder, { oid, bytes: size }, most)

    expect(await read(bytes.length, 8)).toBeUndefined()
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    expect(Buffer.from((await read(bytes.length, 8)) ?? [])).toEqual(Buffer.from(bytes.subarray(0, 8)))
    expect(await read(bytes.length, 9000)).toHaveLength(bytes.length)
    expect(await read(bytes.length + 1, 8)).toBeUndefined()
    const link = { oid: 'f'.repeat(64), bytes: bytes.length }
    const other = join(repository.folder, '.git/lfs/objects/ff/ff', link.oid)
    mkdirSync(dirname(other), { recursive: true })
    symlinkSync(path, other)
    expect(await lfsHeadInClone(repository.folder, link, 8)).toBeUndefined()
  })
})

describe('weights in Git LFS on GitHub', () => {
  const bytes = someWeights()
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${shaOf(bytes)}\nsize ${bytes.length}\n`

  test.each([
    ['nobody asks', 'at_least: 0.9', undefined, 'not_read'],
    [
      'a criterion asks',
      'at_least: 0.9 }\n  - { id: s, control: supply-chain, check: scan',
      undefined,
      'read',
    ],
    [
      'the floor asks',
      'at_least: 0.9',
      'criteria: [{ id: s, control: supply-chain, check: scan }]\n',
      'read',
    ],
  ])('where %s', async (_, rest, floor, kind) => {
    const repository = memory()
    const criteria = `gonogo: 1\nmodel: a\nrisk: low\napproach: build\ncriteria:\n  - { id: m, control: performance, check: metric, metric: f1, ${rest} }\n`
    repository.move('main', repository.commit({ files: { '.gonogo/criteria/a.yml': criteria } }))
    const tip = repository.tip('main') ?? ''
    const manifest = `gonogo: 1\nmodel: a\nversion: 1.0.0\nweights: [{ path: m.safetensors, sha256: ${shaOf(bytes)} }]\ntraining: { commit: ${tip} }\n`
    const commit = repository.commit({
      files: {
        '.gonogo/criteria/a.yml': criteria,
        'models/a/release.yml': manifest,
        'models/a/m.safetensors': pointer,
      },
      parents: [tip],
    })

    const facts = await gather(
      { ...repository, lfs: async () => ({ content: bytes }) },
      {
        ...{ commit, now: '2026-03-01T12:00:00Z', engine: '0.1.0' },
        ...(floor !== undefined && { floor: aFloor(floor) }),
      },
    )

    expect(facts.models[0]?.weights).toMatchObject([{ name: 'm.safetensors', format: { kind } }])
  })
})
