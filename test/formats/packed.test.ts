import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { isReadWhole } from '../../src/checks/scan-cover.ts'
import type { WeightFormat } from '../../src/core/weight-format.ts'
import { faultsOf } from '../../src/criteria/weight-faults.ts'
import { inspect } from '../../src/formats/inspect.ts'
import { MAX_UNPACKED_BYTES, unpack } from '../../src/formats/packed.ts'
import { callsOf, joined, short, someWeights } from '../support/pickles.ts'

const EVIL = callsOf(['posix', 'system'])
const PLAIN = callsOf(['collections', 'OrderedDict'])
const OLD_EVIL = joined("cposix\nsystem\n(S'ls'\ntR.")

const seen = (name: string, bytes: Uint8Array): WeightFormat => inspect(name, bytes, bytes.length)
const codes = (name: string, bytes: Uint8Array) =>
  faultsOf(name, seen(name, bytes), []).map(({ code }) => code)
const isProof = (name: string, bytes: Uint8Array) =>
  isReadWhole({ name, digest: '', trust: 'seen', format: seen(name, bytes) }, [])

describe('a pickle in a stream', () => {
  test.each<readonly [string, string, Uint8Array]>([
    ['gzip', 'model.pkl.gz', gzipSync(EVIL)],
    ['gzip, by a name without it', 'model.pkl', gzipSync(EVIL)],
    ['gzip of joblib', 'model.joblib', gzipSync(EVIL, { level: 3 })],
    ['zlib of joblib', 'model.joblib', deflateSync(EVIL, { level: 3 })],
    ...[1, 5, 6, 9].map(
      (level) => [`zlib, level ${level}`, 'model.pkl.z', deflateSync(EVIL, { level })] as const,
    ),
    ...[9, 11, 14].map(
      (windowBits) =>
        [`zlib, window ${windowBits}`, 'model.pkl.z', deflateSync(EVIL, { windowBits })] as const,
    ),
    ['zlib by no name', 'weights', deflateSync(EVIL)],
    ['gzip by no name', 'weights.bin', gzipSync(EVIL)],
    ['protocol 0', 'model.pkl.gz', gzipSync(OLD_EVIL)],
    ['protocol 0 by no name', 'weights.gz', gzipSync(OLD_EVIL)],
    [
      'two streams that follow each other',
      'm.pkl.gz',
      joined(gzipSync(EVIL.subarray(0, 9)), gzipSync(EVIL.subarray(9))),
    ],
    ['an archive of PyTorch', 'model.pt.gz', gzipSync(zipSync({ 'm/data.pkl': EVIL }, { level: 0 }))],
  ])('is held to the names that are allowed: %s', (_, name, bytes) => {
    expect(codes(name, bytes)).toEqual(['weights_names'])
    expect(isProof(name, bytes)).toBe(false)
    expect(faultsOf(name, seen(name, bytes), ['posix.system'])).toEqual([])
  })

  test.each<readonly [string, string, Uint8Array]>([
    ['gzip', 'model.pkl.gz', gzipSync(PLAIN)],
    ['zlib', 'model.joblib', deflateSync(PLAIN)],
    ['safetensors', 'model.safetensors.gz', gzipSync(someWeights())],
  ])('that calls nothing else is known to its end: %s', (_, name, bytes) => {
    expect(seen(name, bytes)).toMatchObject({ format: 'compressed', whole: true, faults: [] })
    expect(seen(name, bytes)).not.toHaveProperty('unread')
    expect(isProof(name, bytes)).toBe(true)
  })

  test.each<readonly [string, string, Uint8Array, readonly string[]]>([
    [
      'a name that is computed',
      'm.pkl.gz',
      gzipSync(joined('\x80\x04', short('os'), 'K\x00\x93.')),
      ['weights_pickle'],
    ],
    ['bytes behind the pickle', 'm.pkl.gz', gzipSync(joined(PLAIN, 'x')), ['weights_pickle']],
    ['another format than its name', 'm.safetensors.gz', gzipSync(PLAIN), ['weights_contradict']],
    ['no pickle by its name', 'm.pkl.gz', gzipSync(joined('some text')), ['weights_contradict']],
    [
      'an archive behind a pickle',
      'm.pkl.gz',
      gzipSync(joined(PLAIN, zipSync({ a: EVIL }))),
      ['weights_pickle', 'weights_pickle'],
    ],
  ])('is a fault as it is where nothing is packed: %s', (_, name, bytes, found) => {
    expect(codes(name, bytes)).toEqual(found)
    expect(isProof(name, bytes)).toBe(false)
  })
})

describe('a stream that is not in order', () => {
  const [gz, zl] = [gzipSync(PLAIN), deflateSync(PLAIN)]
  const changed = (bytes: Uint8Array, at: number) => {
    const copy = Uint8Array.from(bytes)
    copy[copy.length - at] = (copy[copy.length - at] ?? 0) ^ 1
    return copy
  }

  test.each<readonly [string, string, Uint8Array]>([
    ['is cut off', 'm.pkl.gz', gz.subarray(0, -1)],
    ['is cut off in the pickle', 'm.pkl.gz', gz.subarray(0, -12)],
    ['is a header', 'm.pkl.gz', gz.subarray(0, 10)],
    ['is two bytes', 'm.pkl.gz', gz.subarray(0, 2)],
    ['has another sum', 'm.pkl.gz', changed(gz, 6)],
    ['has another length', 'm.pkl.gz', changed(gz, 2)],
    ['has something behind it', 'm.pkl.gz', joined(gz, 'x')],
    ['has a stream behind it that is cut off', 'm.pkl.gz', joined(gz, gzipSync(EVIL).subarray(0, -9))],
    ['has zeros behind it', 'm.pkl.gz', joined(gz, '\0\0\0')],
    ['is cut off, of zlib', 'm.joblib', zl.subarray(0, -1)],
    ['has another sum, of zlib', 'm.joblib', changed(zl, 1)],
    ['has another stream behind it, of zlib', 'm.joblib', joined(zl, deflateSync(EVIL))],
    ['is cut off, by another name of pickles', 'm.sav', zl.subarray(0, -1)],
    ['is cut off, by no name', 'weights', gz.subarray(0, -1)],
  ])('is a fault where it %s', (_, name, bytes) => {
    expect(codes(name, bytes)).toEqual(['weights_pickle'])
    expect(isProof(name, bytes)).toBe(false)
  })

  test('is none where two bytes of something else look like it', () => {
    expect(seen('weights', joined('\x78\x9cxxxx'))).toMatchObject({ faults: [], unread: 'method' })
  })
})

describe('what is not looked into', () => {
  const zeros = (bytes: number) => gzipSync(new Uint8Array(bytes), { level: 1 })
  test.each<readonly [string, Uint8Array, string]>([
    ['bzip2', joined('BZh91AY&SY'), 'method'],
    ['xz', joined('\xfd7zXZ\0'), 'method'],
    ['lzma', joined('\x5d\0\0\x80\0'), 'method'],
    ['lz4', joined('\x04\x22\x4d\x18'), 'method'],
    ['zstd', joined('\x28\xb5\x2f\xfd'), 'method'],
    ['a bomb', zeros(MAX_UNPACKED_BYTES + 1), 'too_large'],
    ['a stream in a stream', gzipSync(gzipSync(EVIL)), 'nested'],
    ['bzip2 in a stream', gzipSync(joined('BZh91AY&SY')), 'nested'],
    ['HDF5', gzipSync(joined('\x89HDF\r\n\x1a\n')), 'within'],
  ])('is no fault and no proof, and says why: %s', (_, bytes, unread) => {
    for (const name of ['model.gz', 'weights'])
      expect(seen(name, bytes)).toMatchObject({ format: 'compressed', whole: false, faults: [], unread })
    expect(isProof('model.gz', bytes)).toBe(false)
  })

  test('an archive of Keras is, whose layers are no names of a pickle', () => {
    const config = '{"module":"keras.layers","class_name":"Dense","config":{},"registered_name":null}'
    const keras = zipSync({ 'config.json': joined(config), 'metadata.json': joined('{}') })

    expect(seen('m.keras', keras)).toMatchObject({ names: ['keras.layers.Dense'] })
    expect(seen('m.keras.gz', gzipSync(keras))).toMatchObject({ unread: 'within', names: [], faults: [] })
  })

  test('nothing above the limit is unpacked', () => {
    expect(unpack(gzipSync(new Uint8Array(100)), 100)).toMatchObject({ kind: 'content' })
    expect(unpack(gzipSync(new Uint8Array(101)), 100)).toEqual({ kind: 'too_large' })
    expect(unpack(deflateSync(new Uint8Array(101)), 100)).toEqual({ kind: 'too_large' })
    expect(MAX_UNPACKED_BYTES).toBe(67_108_864)
  })
})

test('what is deflated alone, or by no known name of a stream, is said not to be looked into', () => {
  expect(seen('model.pkl.z', deflateRawSync(EVIL))).toMatchObject({ format: 'compressed', unread: 'method' })
})

test('a stream of a few bytes is not unpacked to many', () => {
  const small = gzipSync(new Uint8Array(6 * 1024 * 1024))
  expect(unpack(small)).toEqual({ kind: 'too_large' })
  expect(unpack(gzipSync(new Uint8Array(3 * 1024 * 1024)))).toMatchObject({ kind: 'content' })
})
