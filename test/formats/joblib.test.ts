import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inspect } from '../../src/formats/inspect.ts'
import { callsOf, joined, short } from '../support/pickles.ts'

type Bytes = string | Uint8Array
const NONE = 'N'
const byte = (value: number): Bytes => joined('K', Uint8Array.of(value))
const NEGATIVE = 'J\xff\xff\xff\xff'

/** `numpy.dtype(code, False, True)` with the state that NumPy gives it. */
function dtype(code: string, state: Bytes = plainState()): Uint8Array {
  return joined('cnumpy\ndtype\n', short(code), '\x89\x88\x87R', state, 'b')
}
function plainState({
  size = NEGATIVE,
  align = NEGATIVE,
  flags = 0,
  order = '<',
  fields = NONE,
  subarray = NONE,
  version = 3,
  more = '',
} = {}) {
  return joined('(', byte(version), short(order), subarray, NONE, fields, size, align, byte(flags), more, 't')
}

const WRAPPER = joined(short('joblib.numpy_pickle'), short('NumpyArrayWrapper'), '\x93')
const NEW = joined(WRAPPER, ')\x81')

type Given = Readonly<Record<string, Bytes>>
const STATE: Given = {
  subclass: 'cnumpy\nndarray\n',
  shape: joined(byte(2), byte(2), '\x86'),
  order: short('C'),
  dtype: dtype('f8'),
  allow_mmap: '\x88',
  numpy_array_alignment_bytes: byte(16),
}
const state = (given: Given): Uint8Array =>
  joined('}(', ...Object.entries(given).flatMap(([key, value]) => [short(key), value]), 'u')

/** What is not as joblib writes it: how the wrapper is made, its state as a whole, and the padding. */
type Odd = {
  readonly made?: Bytes
  readonly state?: Bytes
  readonly padding?: (length: number) => Bytes
}

/** An array behind `before`, with the padding that joblib writes. */
function array(before: Bytes, given: Given = {}, data: Bytes = '\xff'.repeat(32), odd: Odd = {}): Uint8Array {
  const { made = NEW, padding = (length) => joined(Uint8Array.of(length), '\xff'.repeat(length)) } = odd
  const head = joined(before, made, odd.state ?? state({ ...STATE, ...given }), 'b')
  return joined(head, padding(16 - ((head.length + 1) % 16)), data)
}
const START = '\x80\x04'
const file = (...parts: readonly Bytes[]): Uint8Array => joined(...parts, '.')
const seen = (bytes: Uint8Array) => inspect('m.joblib', bytes, bytes.length)

const NAMES = ['joblib.numpy_pickle.NumpyArrayWrapper', 'numpy.dtype', 'numpy.ndarray']

describe('a pickle of joblib is followed over its arrays', () => {
  test.each<readonly [string, Uint8Array]>([
    ['one', file(array(START))],
    ['in order of Fortran', file(array(START, { order: short('F') }))],
    ['no array in memory', file(array(START, { allow_mmap: '\x89' }))],
    ['a number', file(array(START, { shape: ')' }, '\xff'.repeat(8)))],
    ['nothing', file(array(START, { shape: joined(byte(0), byte(7), '\x86') }, ''))],
    [
      'of one byte each',
      file(array(START, { dtype: dtype('b1', plainState({ order: '|' })) }, '\xff'.repeat(4))),
    ],
    ['of texts', file(array(START, { dtype: dtype('U2', plainState({ size: 'K\x08', align: 'K\x04' })) }))],
    [
      'of bytes',
      file(
        array(
          START,
          { dtype: dtype('S3', plainState({ size: 'K\x03', align: 'K\x01', order: '|' })) },
          '\xff'.repeat(12),
        ),
      ),
    ],
    ['two in a list', file(array(joined(array(joined(START, '](')))), 'e')],
    ['of a frame that ends with it', file(framed(0))],
  ])('%s', (_, bytes) => {
    expect(seen(bytes)).toEqual({
      ...{ kind: 'read', format: 'joblib', whole: true, faults: [], names: NAMES },
    })
  })

  test('and what it names behind them is known', () => {
    const bytes = file(array(joined(START, '](')), 'cos\nsystem\n)R', 'e')

    expect(seen(bytes)).toMatchObject({ whole: true, names: [...NAMES, 'os.system'] })
  })

  test('and into those of objects', () => {
    const objects = dtype('O8', plainState({ order: '|', flags: 63 }))
    const bytes = file(
      joined(START, NEW, state({ ...STATE, dtype: objects }), 'b', callsOf(['os', 'system'])),
    )

    expect(seen(bytes)).toMatchObject({ names: [...NAMES, 'os.system'] })
  })

  test('and into those of objects behind others', () => {
    const objects = joined(NEW, state({ ...STATE, dtype: OBJECTS }), 'b', callsOf(['os', 'system']))

    expect(seen(file(array(joined(START, '](')), objects, 'e'))).toMatchObject({
      ...{ whole: true, names: [...NAMES, 'os.system'] },
    })
  })

  test('and what stands behind its end is a fault', () => {
    expect(seen(joined(file(array(START)), 'x'))).toMatchObject({
      faults: [{ fault: 'pickle', flaw: 'bytes_after' }],
    })
  })
})

/** FRAME of so many bytes. */
function frame(length: number): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(length))
  return joined('\x95', bytes)
}

/** A frame around the wrapper of an array and its state, so much longer than they are. */
function framed(more: number): Uint8Array {
  const length = joined(NEW, state(STATE), 'b').length + more
  return array(joined(START, frame(length)))
}

const OBJECTS = dtype('O8', plainState({ order: '|', flags: 63 }))
const withObjects = (nested: Bytes, before: Bytes = ''): Uint8Array =>
  file(joined(START, before, NEW, state({ ...STATE, dtype: OBJECTS }), 'b', nested))

/** Opcodes at the end of an array: joblib before 1.2 takes them for such, since it does not skip the padding. */
function trailing(code: string, begun: Bytes = START): Uint8Array {
  for (let fill = 0; fill < 16; fill += 1) {
    const before = joined(begun, 'K\x000'.repeat(fill))
    const skipped = array(before, {}, '').length - joined(before, NEW, state(STATE), 'b').length
    if (skipped >= code.length)
      return file(array(before, {}, joined('\xff'.repeat(32 - skipped), code.padEnd(skipped, '\xff'))))
  }
  throw new Error('more than is ever skipped')
}

/** Something that an earlier call returned, kept as the first of the memo. */
const KEPT = 'ccollections\nOrderedDict\n)R\x940'

describe('is not known as a whole, and proves nothing', () => {
  test.each<readonly [string, Uint8Array]>([
    ['an array cut off', file(array(START)).subarray(0, -5)],
    [
      'no padding',
      file(array(START, {}, undefined, { padding: (length) => joined('\x00', '\xff'.repeat(length)) })),
    ],
    [
      'a padding that is an opcode',
      file(array(START, {}, undefined, { padding: (length) => joined('(', '\xff'.repeat(length)) })),
    ],
    [
      'no alignment, as before 1.2',
      file(array(START, {}, undefined, { state: state(without('numpy_array_alignment_bytes')) })),
    ],
    ['an alignment of its own', file(array(START, { numpy_array_alignment_bytes: byte(8) }))],
    ['a way to read of its own', file(array(START, { read: 'cbuiltins\nlist\n' }))],
    ['a subclass', file(array(START, { subclass: 'cnumpy\nmatrix\n' }))],
    ['an order that is none', file(array(START, { order: short('K') }))],
    ['a choice of memory that is none', file(array(START, { allow_mmap: NONE }))],
    ['lengths below nothing', file(array(START, { shape: joined(NEGATIVE, 'J\xfc\xff\xff\xff\x86') }))],
    [
      'lengths beyond all numbers',
      file(array(START, { shape: joined('(', 'J\xff\xff\xff\x7f'.repeat(9), 't') }, '')),
    ],
    ['a shape that is no tuple', file(array(START, { shape: byte(4) }))],
    ['a shape that something made', file(array(START, { shape: joined('cbuiltins\ntuple\n', ')R') }))],
    ['fields', file(array(START, { dtype: dtype('V8', plainState({ fields: '}' })) }))],
    [
      'values longer than their type',
      file(array(START, { dtype: dtype('f8', plainState({ size: 'K\x09' })) })),
    ],
    [
      'texts longer than their type',
      file(array(START, { dtype: dtype('U2', plainState({ size: 'K\x10', align: 'K\x04' })) })),
    ],
    ['a type with values in it', file(array(START, { dtype: dtype('f8', plainState({ subarray: ')' })) }))],
    ['a type of another version', file(array(START, { dtype: dtype('f8', plainState({ version: 4 })) }))],
    ['a type with more of a state', file(array(START, { dtype: dtype('f8', plainState({ more: NONE })) }))],
    [
      'a type that is not copied',
      file(array(START, { dtype: joined('cnumpy\ndtype\n', short('f8'), '\x89\x89\x87R') })),
    ],
    ['a type of one machine', file(array(START, { dtype: dtype('f16') }, '\xff'.repeat(64)))],
    ['times', file(array(START, { dtype: dtype('M8') }))],
    ['a type that gets another state later', retyped()],
    ['a frame that goes on behind it', file(framed(1))],
    ['a frame that ends in a number', file(framed(-3))],
    [
      'a frame in a frame',
      file(array(joined(START, frame(10), frame(joined(NEW, state(STATE), 'b').length)))),
    ],
    ['a frame beyond the end', file(array(joined(START, frame(2 ** 40), NONE, '0')))],
    [
      'a state that somebody else had',
      file(array(START, {}, undefined, { made: joined(state(STATE), '\x94\x850', NEW), state: 'h\x00' })),
    ],
    [
      'a state that stands in another one',
      file(
        array(START, {}, undefined, {
          made: joined('}', short('a'), state(STATE), '\x94s0', NEW),
          state: 'h\x00',
        }),
      ),
    ],
    [
      'a state with a key that is no text',
      file(array(START, {}, undefined, { state: joined(state(STATE), 'K\x01Ns') })),
    ],
    [
      'a wrapper that a function makes',
      file(
        array(START, {}, undefined, {
          made: joined('ccopyreg\n_reconstructor\n', WRAPPER, 'cbuiltins\nobject\nN\x87R'),
        }),
      ),
    ],
    ['a wrapper that its class makes', file(array(START, {}, undefined, { made: joined(WRAPPER, ')R') }))],
    ['a wrapper with arguments', file(array(START, {}, undefined, { made: joined(WRAPPER, 'N\x85\x81') }))],
    ['a class of wrappers that is changed', file(array(joined(START, WRAPPER, 'N}\x86b0')))],
    ['a wrapper that is handed on', file(joined(array(START), '0', NEW, '\x85'))],
    ['another wrapper of joblib', file(joined(array(START), '0cjoblib.numpy_pickle\nNDArrayWrapper\n'))],
    ['objects in a frame that goes on', withObjects(joined('\x80\x04', frame(4), 'N.0N'))],
    ['objects with a wrapper of joblib in them', withObjects(joined('\x80\x04', NEW, state(STATE), 'b.'))],
    ['objects that cannot be followed', withObjects(')R.')],
    [
      'objects whose memo is another to pickle.load',
      withObjects('ccollections\nOrderedDict\n\x940h\x00)R.', KEPT),
    ],
    ['opcodes at the end of its array', trailing('cos\nf\n)R.')],
    [
      'opcodes at its end that call what an earlier call returned',
      trailing('0h\x00)R.', joined(START, KEPT)),
    ],
  ])('%s', (_, bytes) => {
    expect(seen(bytes)).toMatchObject({ kind: 'read', format: 'joblib', whole: false, faults: [] })
  })

  test('an array of which pickle.load would make a call names what it calls', () => {
    const hidden = joined(START, NEW, state(STATE), 'b', 'cos\nsystem\n)R.')

    expect(seen(hidden)).toMatchObject({ whole: false, names: [...NAMES, 'os.system'] })
  })
})

function without(key: string): Given {
  return Object.fromEntries(Object.entries(STATE).filter(([name]) => name !== key))
}

/** The type of the array is kept, and set to longer values before it is used. */
function retyped(): Uint8Array {
  const kept = joined(START, dtype('f8'), '\x94', plainState({ size: 'K\x09' }), 'b0')
  return file(array(kept, { dtype: 'h\x00' }))
}

test('any change of a byte before the array: never throws, and whole only with the same names or fewer', () => {
  const bytes = file(array(START))
  const head = joined(START, NEW, state(STATE), 'b').length
  fc.assert(
    fc.property(fc.integer({ min: 2, max: head - 1 }), fc.integer({ min: 0, max: 255 }), (at, value) => {
      const changed = Uint8Array.from(bytes)
      changed[at] = value
      const found = seen(changed)
      expect(found.kind).toBe('read')
      // A letter of a name may be another; nothing may come from inside of the array.
      if (found.kind === 'read') expect(found.names.every((name) => !name.includes('\xff'))).toBe(true)
    }),
  )
})
