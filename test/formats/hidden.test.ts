import { describe, expect, test } from 'vitest'
import { inspect, neededOf } from '../../src/formats/inspect.ts'
import { isTar } from '../../src/formats/tar.ts'
import { callsOf, joined, safetensors, someWeights } from '../support/pickles.ts'
import { zip } from '../support/zip.ts'

const seen = (name: string, bytes: Uint8Array) => inspect(name, bytes, bytes.length)
const REFUSED = { whole: false, faults: expect.arrayContaining([{ fault: 'pickle', flaw: 'two_formats' }]) }

type Sum = (plain: number, signed: number) => string | Uint8Array
const OLD: Sum = (plain) => `${plain.toString(8).padStart(6, '0')}\0 `

/** A header of the tar of Version 7, without any word that says so: whatever stands in it, only its sum is right. */
function header(name: string | Uint8Array, bytes: number, sum: Sum = OLD): Uint8Array {
  const block = Buffer.alloc(512)
  block.set(joined(name))
  for (const at of [100, 108, 116]) block.write('0000644\0', at)
  block.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124)
  block.write('00000000000\0        0', 136)
  return summed(block, sum)
}

function summed(block: Uint8Array, sum: Sum): Uint8Array {
  const summed = Buffer.from(block)
  summed.write(' '.repeat(8), 148)
  const plain = summed.reduce((all, byte) => all + byte, 0)
  const signed = new Int8Array(summed).reduce((all, byte) => all + byte, 0)
  summed.set(joined(sum(plain, signed)), 148)
  return summed
}

const EVIL = callsOf(['os', 'system'])
const member = (name: string, content: Uint8Array): Uint8Array =>
  joined(header(name, content.length), content, new Uint8Array(512 - (content.length % 512)))
/** What PyTorch of old looks for in it, and loads. */
const REST = joined(member('storages', joined('x')), member('pickle', EVIL), new Uint8Array(1024))

/** A pickle of bytes alone, and safetensors of one tensor, in whose beginning a header of tar stands. */
const withPickle = (): Uint8Array => {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(512 + REST.length - 8)
  return joined(header(joined('\x80\x04B', length), 0), REST.subarray(0, -1), '.')
}
const withSafetensors = (length = 504): Uint8Array => {
  const tensor = {
    dtype: 'U8',
    shape: [REST.length + 504 - length],
    data_offsets: [0, REST.length + 504 - length],
  }
  const text = JSON.stringify({ __metadata__: { a: ' '.repeat(300) }, a: tensor })
  const bytes = safetensors(text.padEnd(length), '')
  return joined(summed(joined(bytes, new Uint8Array(512 - bytes.length)), OLD), REST)
}

describe('a tar archive', () => {
  test.each<readonly [string, string, Uint8Array]>([
    ['a pickle', 'm.pt', withPickle()],
    ['a pickle', 'pytorch_model.bin', withPickle()],
    ['an old pickle', 'm.ckpt', joined(header('cos\nsystem\n(tR.', 0), REST)],
    ['safetensors', 'pytorch_model.bin', withSafetensors()],
    ['safetensors', 'm.pt', withSafetensors()],
    ['safetensors by its name', 'm.safetensors', withSafetensors()],
    ['a ZIP', 'm.bin', joined(header('PK\x03\x04', 0), REST)],
    ['HDF5', 'm.bin', joined(header('\x89HDF\r\n\x1a\n', 0), REST)],
  ])('that is %s at once is refused as %s', (_, name, bytes) => {
    expect(seen(name, bytes)).toMatchObject({ format: 'tar', ...REFUSED })
  })

  test.each(['m.pt', 'm.bin', 'm.tar', 'weights'])('alone is one, and not known as a whole: %s', (name) => {
    expect(seen(name, REST)).toEqual({ kind: 'read', format: 'tar', whole: false, faults: [], names: [] })
  })

  test('is told by its first block, which is asked of safetensors too', () => {
    const bytes = withSafetensors(380)
    const needed = neededOf('m.safetensors', bytes.subarray(0, 4096), bytes.length)

    expect(needed).toBe(512)
    expect(inspect('m.safetensors', bytes.subarray(0, needed), bytes.length)).toMatchObject(REFUSED)
    expect(neededOf('pytorch_model.bin', bytes.subarray(0, 4096), 100_000_000)).toBeUndefined()
    const short = someWeights()
    expect(neededOf('m.safetensors', short, short.length)).toBe(short.length)
  })

  test.each<readonly [string, Sum]>([
    ['as they are written', OLD],
    ['with spaces', (plain) => `  ${plain.toString(8)}`.padEnd(8)],
    ['with what Python strips', (plain) => `\x1c\t${plain.toString(8)}\x1f`.padEnd(8, '\0')],
    ['with a sign', (plain) => `+${plain.toString(8)}\0`.padEnd(8)],
    ['with a prefix', (plain) => `0o${plain.toString(8)}\0`.padEnd(8)],
    ['with an underscore', (plain) => `0_${plain.toString(8)}\0`.padEnd(8)],
    ['with anything behind a NUL', (plain) => `${plain.toString(8)}\0xx`.padEnd(8)],
    ['of signed bytes', (_, signed) => OLD(signed, signed)],
    ['in bytes', (plain) => joined('\x80\x00\x00\x00\x00\x00', Uint8Array.of(plain >> 8, plain & 255))],
  ])('is told by sums %s, as Python does', (_, sum) => {
    expect(isTar(header('\xff\xff', 1, sum))).toBe(true)
  })

  test('of signed bytes alone has a sum that may be nothing, or less', () => {
    const negative: Sum = (_, signed) => `-${Math.abs(signed).toString(8)}`.padEnd(8, '\0')
    const bytes: Sum = (_, signed) =>
      joined('\xff\xff\xff\xff\xff\xff', Uint8Array.of((signed >> 8) & 255, signed & 255))
    const block = Buffer.alloc(512, 0xff)

    expect(isTar(summed(block, negative))).toBe(true)
    expect(isTar(summed(block, bytes))).toBe(true)
    const none = Buffer.alloc(512)
    none.fill(0x80, 0, 2)
    expect(isTar(summed(none, () => ' '.repeat(8)))).toBe(true)
  })

  test.each<readonly [string, Uint8Array]>([
    ['another sum', header('a', 1, (plain) => OLD(plain + 1, 0))],
    ['no number', header('a', 1, (plain) => `${plain.toString(8)}x`.padEnd(8))],
    ['a block that is cut off', header('a', 1).subarray(0, 511)],
  ])('is none with %s', (_, bytes) => {
    expect(isTar(bytes)).toBe(false)
  })
})

const ARCHIVE = zip([{ name: 'data', content: 'x', stored: true }])
const asBytes = (data: Uint8Array): Uint8Array => {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(data.length)
  return joined('\x80\x04B', length, data, '.')
}
const HDF5 = '\x89HDF\r\n\x1a\n'
const at = (offset: number): Uint8Array => asBytes(joined('x'.repeat(offset - 7), HDF5, 'x'.repeat(64)))

describe('what begins as one format and ends as an archive', () => {
  test.each<readonly [string, Uint8Array]>([
    ['m.skops', asBytes(ARCHIVE)],
    ['m.zip', asBytes(ARCHIVE)],
    ['m.pt', asBytes(ARCHIVE)],
    [
      'm.bin',
      safetensors(
        { a: { dtype: 'U8', shape: [ARCHIVE.length], data_offsets: [0, ARCHIVE.length] } },
        ARCHIVE,
      ),
    ],
    ['m.zip', asBytes(joined(ARCHIVE, 'x'.repeat(60_000)))],
    // The end record has 22 bytes, and the pickle one behind it.
    ['m.pt', asBytes(joined(ARCHIVE, 'x'.repeat(65_557 - 23)))],
    ['m.pt', asBytes(joined(ARCHIVE, 'x'.repeat(69_584 - 23)))],
  ])('is refused: %s', (name, bytes) => {
    expect(seen(name, bytes)).toMatchObject(REFUSED)
  })

  test('is in order where nobody looks so far, or nothing is listed', () => {
    expect(seen('m.bin', asBytes(joined(ARCHIVE, 'x'.repeat(70_000))))).toMatchObject({
      whole: true,
      faults: [],
    })
    expect(seen('m.bin', asBytes(joined('PK\x05\x06', 'x'.repeat(100))))).toMatchObject({
      whole: true,
      faults: [],
    })
  })
})

describe('what begins as one format and holds HDF5 behind a block', () => {
  test.each([512, 1024, 2048, 65_536])('of %i bytes is refused where its name promises nothing', (offset) => {
    expect(seen('m.model', at(offset))).toMatchObject(REFUSED)
    expect(seen('m.pkl', at(offset))).toMatchObject({ whole: true, faults: [] })
  })

  test.each([511, 513, 1536])('of %i bytes is in order, since nobody looks there', (offset) => {
    expect(seen('m.model', at(offset))).toMatchObject({ whole: true, faults: [] })
  })
})
