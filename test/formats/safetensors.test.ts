import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inspect, neededOf } from '../../src/formats/inspect.ts'
import { MAX_HEADER_BYTES, safetensorsFlaw } from '../../src/formats/safetensors.ts'
import { joined, safetensors, someWeights } from '../support/pickles.ts'

const tensor = (from: number, to: number, given: object = {}) => ({
  ...{ dtype: 'U8', shape: [to - from], data_offsets: [from, to] },
  ...given,
})
const flawOf = (bytes: Uint8Array) => safetensorsFlaw(bytes, bytes.length)?.flaw

describe('a safetensors file', () => {
  test.each<readonly [string, Uint8Array]>([
    ['of one tensor', someWeights()],
    ['of two that follow each other', safetensors({ b: tensor(4, 6), a: tensor(0, 4) }, '123456')],
    ['of two bytes each', safetensors({ a: tensor(0, 8, { dtype: 'BF16', shape: [2, 2] }) }, '12345678')],
    ['of half a byte each', safetensors({ a: tensor(0, 2, { dtype: 'F4', shape: [4] }) }, '12')],
    ['with metadata', safetensors({ __metadata__: { format: 'pt' }, a: tensor(0, 1) }, '1')],
    ['with spaces behind the header', safetensors(`${JSON.stringify({ a: tensor(0, 1) })}   `, '1')],
    ['of a scalar', safetensors({ a: tensor(0, 1, { shape: [] }) }, '1')],
    ['of an empty tensor', safetensors({ a: tensor(0, 0), b: tensor(0, 1) }, '1')],
    ['with an escaped name', safetensors('{"a\\"b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', '1')],
  ])('is in order: %s', (_, bytes) => {
    expect(flawOf(bytes)).toBeUndefined()
    expect(inspect('a.safetensors', bytes, bytes.length)).toEqual({
      ...{ kind: 'read', format: 'safetensors', whole: true, faults: [], names: [] },
    })
  })

  test.each<readonly [string, Uint8Array, string]>([
    ['no bytes', Buffer.alloc(0), 'too_short'],
    ['no header', Buffer.alloc(8), 'too_short'],
    ['a length beyond the file', Buffer.from('ff00000000000000', 'hex'), 'too_short'],
    ['a length beyond the limit', Buffer.from('01e1f50500000000', 'hex'), 'header_too_long'],
    ['a length beyond all numbers', Buffer.from('ffffffffffffffff', 'hex'), 'header_too_long'],
    ['a list', safetensors('[]'), 'header_begins'],
    ['spaces before the header', safetensors(' {}'), 'header_begins'],
    ['broken JSON', safetensors('{"a":'), 'header_json'],
    ['bytes behind the object', safetensors('{}{}'), 'header_json'],
    [
      'a tensor twice',
      safetensors(`{"a":${JSON.stringify(tensor(0, 1))},"a":${JSON.stringify(tensor(0, 1))}}`, '1'),
      'header_json',
    ],
    ['a key of a tensor twice', safetensors('{"a":{"dtype":"U8","dtype":"U8"}}'), 'header_json'],
    ['no UTF-8', joined('\x07', new Uint8Array(7), '{"\xff":1}'), 'header_json'],
    ['metadata of a number', safetensors({ __metadata__: { a: 1 } }), 'metadata'],
    ['metadata of a list', safetensors({ __metadata__: [] }), 'metadata'],
    ['a number as a tensor', safetensors({ a: 1 }), 'tensor'],
    ['one key more', safetensors({ a: { ...tensor(0, 1), code: 'x' } }, '1'), 'tensor'],
    ['one key less', safetensors({ a: { dtype: 'U8', shape: [1] } }, '1'), 'tensor'],
    ['an unknown type', safetensors({ a: tensor(0, 1, { dtype: 'OBJ' }) }, '1'), 'dtype'],
    ['a negative side', safetensors({ a: tensor(0, 1, { shape: [-1, -1] }) }, '1'), 'shape'],
    ['a side of text', safetensors({ a: tensor(0, 1, { shape: ['1'] }) }, '1'), 'shape'],
    ['too many sides', safetensors({ a: tensor(0, 1, { shape: Array(65).fill(1) }) }, '1'), 'shape'],
    ['ends before it begins', safetensors({ a: tensor(1, 0, { shape: [1] }) }, '1'), 'offsets'],
    ['three offsets', safetensors({ a: tensor(0, 1, { data_offsets: [0, 1, 1] }) }, '1'), 'offsets'],
    ['fewer bytes than the shape', safetensors({ a: tensor(0, 1, { shape: [2] }) }, '1'), 'size'],
    ['half bytes left over', safetensors({ a: tensor(0, 2, { dtype: 'F4', shape: [3] }) }, '12'), 'size'],
    [
      'sides whose product overflows',
      safetensors({ a: tensor(0, 0, { shape: [2 ** 32, 2 ** 32] }) }),
      'size',
    ],
    ['a hole at the beginning', safetensors({ a: tensor(1, 2) }, '12'), 'hole'],
    ['a hole in the middle', safetensors({ a: tensor(0, 1), b: tensor(2, 3) }, '123'), 'hole'],
    ['an overlap', safetensors({ a: tensor(0, 2), b: tensor(1, 3) }, '123'), 'hole'],
    ['a byte too many', safetensors({ a: tensor(0, 1) }, '12'), 'length'],
    ['a byte too few', safetensors({ a: tensor(0, 2) }, '1'), 'length'],
    ['data of no tensor', safetensors({}, '1'), 'length'],
  ])('is refused: %s', (_, bytes, flaw) => {
    expect(flawOf(bytes)).toBe(flaw)
    const seen = inspect('a.safetensors', bytes, bytes.length)
    expect(seen).toMatchObject({ kind: 'read', whole: false })
    expect(seen.kind === 'read' && seen.faults.length).toBeGreaterThan(0)
  })

  test('says which tensor', () => {
    const bytes = safetensors({ ok: tensor(0, 1), wrong: tensor(2, 3) }, '123')

    expect(safetensorsFlaw(bytes, bytes.length)).toEqual({ flaw: 'hole', at: 'wrong' })
  })

  test('no truncation passes, and no byte more', () => {
    const bytes = safetensors({ __metadata__: { a: 'b' }, x: tensor(0, 4), y: tensor(4, 8) }, '12345678')
    const passes = (part: Uint8Array) => {
      const seen = inspect('a.safetensors', part, part.length)
      return seen.kind === 'read' && seen.whole
    }

    expect(passes(bytes)).toBe(true)
    for (let length = 0; length < bytes.length; length += 1)
      expect(passes(bytes.subarray(0, length)), `${length} bytes`).toBe(false)
    expect(passes(Buffer.concat([bytes, Buffer.from('0')]))).toBe(false)
  })

  test('of ten gigabytes needs its length and header alone', () => {
    const size = 10_000_000_000
    const header = safetensors({ a: tensor(0, size - 80, { data_offsets: [0, size - 80] }) })
    const exact = header.length
    const made = safetensors({ a: tensor(0, size - exact) })
    const needed = neededOf('a.safetensors', made.subarray(0, 64), size)

    // No less than the block by which a tar archive is told.
    expect(needed).toBe(512)
    expect(inspect('a.safetensors', made, size)).toMatchObject({ whole: made.length === exact, kind: 'read' })
    expect(neededOf('a.safetensors', Buffer.from('ffffffffffffffff', 'hex'), size)).toBeUndefined()
    expect(MAX_HEADER_BYTES).toBe(100_000_000)
  })

  // PROTO of pickles, the two bytes of zlib, and those of gzip.
  test.each([376, 640, 896, 1152, 1408, 24_184, 40_056, 55_928, 0x8b1f])(
    'whose header of %i bytes begins as another format does is still one',
    (length) => {
      const text = JSON.stringify({ a: tensor(0, 4) }).padEnd(length)
      const bytes = safetensors(text, 'data')

      for (const name of ['a.safetensors', 'pytorch_model.bin', 'weights'])
        expect(inspect(name, bytes, bytes.length)).toMatchObject({
          format: 'safetensors',
          whole: true,
          faults: [],
        })
    },
  )

  test('whose longer header begins as another format does is one by its name', () => {
    const bytes = safetensors(JSON.stringify({ a: tensor(0, 4) }).padEnd(0x29c78), 'data')

    expect(inspect('a.safetensors', bytes, bytes.length)).toMatchObject({
      format: 'safetensors',
      whole: true,
    })
    expect(inspect('a.bin', bytes, bytes.length)).toMatchObject({
      ...{ format: 'compressed', whole: false, faults: [], unread: 'method' },
    })
    expect(neededOf('a.bin', bytes.subarray(0, 4096), 100_000_000)).toBeUndefined()
  })

  test('changed in any byte of its header never throws, and random bytes are never in order', () => {
    const bytes = someWeights()
    fc.assert(
      fc.property(fc.nat(bytes.length - 5), fc.integer({ min: 1, max: 255 }), (index, change) => {
        const other = Uint8Array.from(bytes)
        other[index] = (other[index] ?? 0) ^ change
        inspect('a.safetensors', other, other.length)
      }),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (random) => {
        const seen = inspect('a.safetensors', random, random.length)
        expect(seen.kind === 'read' && seen.whole).toBe(false)
      }),
    )
  })
})
