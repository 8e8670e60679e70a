import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { inspect, neededOf } from '../../src/formats/inspect.ts'
import { readPickle } from '../../src/formats/pickle.ts'
import { callsOf, joined, safetensors, short, someWeights, stackedCall } from '../support/pickles.ts'
import { zip as written } from '../support/zip.ts'

const flawOf = (...parts: readonly (string | Uint8Array)[]) => readPickle(joined(...parts)).flaw?.flaw

describe('a pickle', () => {
  test.each<readonly [string, Uint8Array, readonly string[]]>([
    ['of nothing', joined('N.'), []],
    ['of a list', joined('\x80\x02]q\x00(K\x01K\x02e.'), []],
    ['of a dictionary of texts', joined('\x80\x04\x95', new Uint8Array(8), '}(', short('a'), 'K\x01u.'), []],
    ['with GLOBAL', callsOf(['os', 'system']), ['os.system']],
    ['with STACK_GLOBAL by the memo', stackedCall('posix', 'system'), ['posix.system']],
    ['with INST', joined("(S'ls'\nios\nsystem\n."), ['os.system']],
    ['with OBJ', joined('(cos\nsystem\no.'), ['os.system']],
    ['with NEWOBJ', joined('\x80\x02ccollections\nOrderedDict\n)\x81.'), ['collections.OrderedDict']],
    ['with NEWOBJ_EX', joined('\x80\x04ca\nb\n)}\x92.'), ['a.b']],
    ['of protocol 0', joined("cos\nsystem\n(S'ls'\ntR."), ['os.system']],
    ['with texts of protocol 0', joined("\x80\x04S'os'\nVsystem\n\x93)R."), ['os.system']],
    ['with texts of protocol 1', joined('\x80\x04U\x02osT\x06\x00\x00\x00system\x93)R.'), ['os.system']],
    [
      'with long texts',
      joined('\x80\x04X\x02\x00\x00\x00os\x8d\x06', new Uint8Array(7), 'system\x93)R.'),
      ['os.system'],
    ],
    ['with a name that is never called', joined('\x80\x02cos\nsystem\n0N.'), ['os.system']],
    ['with a name that was popped with its mark', joined('\x80\x02(cos\nsystem\n1N.'), ['os.system']],
    ['with a duplicate', joined('\x80\x02ca\nb\n2)R0)R.'), ['a.b']],
    ['with a memo by line', joined('ca\nb\np7\n0g7\n)R.'), ['a.b']],
    ['with a memo by four bytes', joined('ca\nb\nr\x07\x00\x01\x000j\x07\x00\x01\x00)R.'), ['a.b']],
  ])('names what it imports: %s', (_, bytes, names) => {
    expect(readPickle(bytes)).toEqual({ names, end: bytes.length })
  })

  test.each<readonly [string, string | Uint8Array, string]>([
    ['no bytes', '', 'cut_off'],
    ['no STOP', 'N', 'cut_off'],
    ['an argument cut off', 'J\x00', 'cut_off'],
    ['a length beyond the end', 'T\xff\xff\xff\x7fx.', 'cut_off'],
    ['a length beyond all numbers', '\x8e\xff\xff\xff\xff\xff\xff\xff\xffx.', 'cut_off'],
    ['a line without an end', 'cos', 'cut_off'],
    ['no opcode', '\xff.', 'opcode'],
    ['a module computed', joined('\x80\x04ca\nb\n)R', short('system'), '\x93.'), 'name_computed'],
    ['a name of a number', joined('\x80\x04', short('os'), 'K\x01\x93.'), 'name_computed'],
    ['a name of bytes', joined('\x80\x04', short('os'), 'C\x06system\x93.'), 'name_computed'],
    ['a text with escapes', "S'\\x6fs'\nVsystem\n\x93.", 'name_computed'],
    ['a text with raw escapes', "S'os'\nVs\\u0079stem\n\x93.", 'name_computed'],
    ['a call of what a call gave', 'ca\nb\n)R)R.', 'call_computed'],
    ['a call of a text', 'U\x02os)R.', 'call_computed'],
    ['an object of what a call gave', '(ca\nb\n)Ro.', 'call_computed'],
    ['a class that is changed', 'ctorch\nTensor\n(N}tb.', 'call_computed'],
    ['an extension', '\x82\x01)R.', 'extension'],
    ['a memo that nobody set', 'h\x00.', 'memo'],
    ['a memo of a name', 'gx\n.', 'memo'],
    ['nothing to take', '0.', 'stack'],
    ['nothing to call', ')R.', 'stack'],
    ['a mark that is not there', 'e.', 'stack'],
    ['what lies under a mark taken', 'NN(\x86.', 'stack'],
    ['a mark left', '(N.', 'stack'],
    ['two things left', 'NN.', 'stack'],
    ['nothing left', '.', 'stack'],
  ])('is not followed: %s', (_, bytes, flaw) => {
    expect(flawOf(bytes)).toBe(flaw)
  })

  test('keeps what it named before it could not be followed', () => {
    const cut = callsOf(['os', 'system']).subarray(0, -1)

    expect(readPickle(cut)).toMatchObject({ names: ['os.system'], flaw: { flaw: 'cut_off' } })
  })

  test('that names too much is not followed', () => {
    const many = Array.from({ length: 1001 }, (_, index) => ['m', `n${index}`] as const)

    expect(readPickle(callsOf(...many)).flaw?.flaw).toBe('too_many_names')
  })

  test('of random bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (random) => {
        for (const name of ['a.pkl', 'a.pt', 'a.bin', 'a.npz', 'a.joblib'])
          expect(inspect(name, random, random.length).kind).toBe('read')
      }),
    )
  })

  test('of random opcodes never hides a name that is written in it', () => {
    const harmless = fc.constantFrom(
      'N',
      ')',
      '}',
      ']',
      '(',
      '0',
      '1',
      '2',
      'K\x01',
      '\x94',
      'h\x00',
      't',
      'a',
      '.',
    )
    fc.assert(
      fc.property(fc.array(harmless), fc.array(harmless), (before, after) => {
        const { names, flaw, end } = readPickle(joined(...before, 'cos\nsystem\n', ...after))
        const reached = end > before.join('').length
        expect(names.includes('os.system') || flaw !== undefined || !reached).toBe(true)
      }),
    )
  })
})

const ORDERED = callsOf(['collections', 'OrderedDict'])
const zip = (files: Readonly<Record<string, Uint8Array>>) => zipSync(files, { level: 0 })
const seen = (name: string, bytes: Uint8Array) => inspect(name, bytes, bytes.length)
const whole = (format: string, names: readonly string[] = []) => ({
  ...{ kind: 'read', format, whole: true, faults: [], names },
})

describe('the files that hold pickles', () => {
  test.each<readonly [string, string, Uint8Array, object]>([
    ['a pickle', 'm.pkl', ORDERED, whole('pickle', ['collections.OrderedDict'])],
    ['an old pickle', 'm.pkl', joined('ca\nb\n)R.'), whole('pickle', ['a.b'])],
    [
      'an archive of torch',
      'm.pt',
      zip({
        'm/data.pkl': ORDERED,
        'm/version': joined('3\n'),
        'm/data/0': joined('\x80\x02cos\nsystem\n)R.'),
      }),
      whole('torch', ['collections.OrderedDict']),
    ],
    [
      'an archive of torch under another name',
      'pytorch_model.bin',
      zip({ 'm/data.pkl': callsOf(['os', 'system']) }),
      whole('torch', ['os.system']),
    ],
    [
      'a second pickle in it',
      'm.pt',
      zip({ 'm/data.pkl': ORDERED, 'm/constants.pkl': callsOf(['os', 'system']) }),
      whole('torch', ['collections.OrderedDict', 'os.system']),
    ],
    ['a torch of old', 'm.pt', legacy(ORDERED), whole('torch-legacy', ['collections.OrderedDict'])],
    [
      'an archive of torch whose pickle was packed',
      'm.pt',
      zipSync({ 'm/data.pkl': ORDERED, 'm/data/0': [joined('x'), { level: 0 }] }),
      whole('torch', ['collections.OrderedDict']),
    ],
    ['arrays', 'm.npz', zip({ 'a.npy': npy('<f8', '\x00'.repeat(8)) }), whole('npz')],
    [
      'arrays whose names differ by case',
      'm.npz',
      zip({ 'w.npy': npy('<f8', '\x00'.repeat(8)), 'W.npy': npy('<U2', '\x00'.repeat(8)) }),
      whole('npz'),
    ],
    ['two arrays', 'm.npy', joined(npy('<f8', '\x00'.repeat(8)), npy('|u1', 'x')), whole('npy')],
    ['days', 'm.npy', npy('<M8[D]', '\x00'.repeat(8)), whole('npy')],
    ['texts', 'm.npy', npy('<U2', '\x00'.repeat(8)), whole('npy')],
    ['an array of two sides', 'm.npy', npy('<f4', '\x00'.repeat(24), '(3L, 2)'), whole('npy')],
    ['a number', 'm.npy', npy('<f4', '\x00'.repeat(4), '()'), whole('npy')],
    [
      'an array of objects behind another',
      'm.npy',
      joined(npy('|u1', 'x'), npy('|O', callsOf(['os', 'system']))),
      whole('npy', ['os.system']),
    ],
    ['an array of objects', 'm.npy', npy('|O', callsOf(['os', 'system'])), whole('npy', ['os.system'])],
    [
      'arrays of objects',
      'm.npz',
      zip({ 'a.npy': npy('|O', callsOf(['os', 'system'])) }),
      whole('npz', ['os.system']),
    ],
  ])('are read: %s', (_, name, bytes, found) => {
    expect(seen(name, bytes)).toEqual(found)
  })

  test.each<readonly [string, string, Uint8Array, string]>([
    ['bytes behind the pickle', 'm.pkl', joined(ORDERED, 'x'), 'bytes_after'],
    ['a second pickle behind it', 'm.pkl', joined(ORDERED, ORDERED), 'bytes_after'],
    ['an archive cut off', 'm.zip', zip({ 'm/data.pkl': ORDERED }).subarray(0, -4), 'entry_unreadable'],
    ['a pickle in it cut off', 'm.pt', zip({ 'm/data.pkl': ORDERED.subarray(0, -1) }), 'cut_off'],
    ['a torch of old cut off', 'm.pt', legacy(ORDERED).subarray(0, 40), 'cut_off'],
    ['a pickle behind an array', 'm.npy', joined(npy('|u1', 'x'), callsOf(['os', 'system'])), 'bytes_after'],
    ['an array that is longer than it says', 'm.npy', npy('<f8', '\x00'.repeat(9)), 'bytes_after'],
    ['an array cut off', 'm.npy', npy('<f8', '\x00'.repeat(7)), 'cut_off'],
    ['an array without end', 'm.npy', npy('<f8', 'x', '(99999999999, 99999999999)'), 'cut_off'],
    ['an array of what nobody knows', 'm.npy', npy('object', 'x'), 'opcode'],
    ['an array with two types', 'm.npy', npy("<f8', 'descr': '|O", 'x'), 'cut_off'],
    ['an array with a second type in other quotes', 'm.npy', npy(`<f8', "descr": '|O`, 'x'), 'opcode'],
    ['an array with a second type in two texts', 'm.npy', npy("<f8', 'de' 'scr': '|O", 'x'), 'opcode'],
  ])('are refused: %s', (_, name, bytes, flaw) => {
    expect(seen(name, bytes)).toMatchObject({ whole: false, faults: [{ fault: 'pickle', flaw }] })
  })

  test('with an entry twice are refused: nobody knows which of them is loaded', () => {
    const bytes = zip({ 'm/data.pkl': ORDERED, 'm/dataXpkl': callsOf(['os', 'system']) })
    const twice = Buffer.from(
      Buffer.from(bytes).toString('latin1').replaceAll('dataXpkl', 'data.pkl'),
      'latin1',
    )

    expect(seen('m.pt', twice)).toMatchObject({
      whole: false,
      faults: [{ fault: 'pickle', flaw: 'entry_names', entry: 'm/data.pkl' }],
    })
  })

  test('with a tensor that NumPy takes for an array of objects are refused, since it opens them too', () => {
    const array = npy('|O', callsOf(['os', 'system']))

    for (const name of ['weights', 'm.pt', 'm.bin'])
      expect(seen(name, zip({ 'm/data.pkl': ORDERED, 'm/data/0': array }))).toMatchObject({
        whole: false,
        faults: [{ fault: 'pickle', flaw: 'two_formats', entry: 'm/data/0' }],
      })
    // PyTorch fills a field up, so that each tensor begins at a round place.
    const padded = {
      name: 'm/data/0',
      content: array,
      stored: true,
      local: { extra: joined('FB\x02\x00ZZ') },
    }
    expect(seen('m.pt', written([{ name: 'm/data.pkl', content: ORDERED }, padded]))).toMatchObject({
      faults: [{ flaw: 'two_formats' }],
    })
  })

  test('of which only the beginning is there are not known', () => {
    expect(inspect('m.pkl', ORDERED, ORDERED.length + 1)).toMatchObject({ whole: false, names: [] })
  })

  test('of joblib with arrays are not known as a whole, and what they name is', () => {
    const raw = joined('\x80\x03(cos\nsystem\ncjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81\xff\xff')

    expect(seen('m.joblib', raw)).toEqual({
      ...{ kind: 'read', format: 'joblib', whole: false, faults: [] },
      names: ['joblib.numpy_pickle.NumpyArrayWrapper', 'os.system'],
    })
  })

  test.each([
    ['code beside the pickle', 'm.pt', zip({ 'm/data.pkl': ORDERED, 'm/code/a.py': joined('x') })],
    ['what other libraries load beside a pickle', 'm.zip', zip({ 'm/data.pkl': ORDERED, data: joined('x') })],
    ['an archive in it', 'm.pt', zip({ 'm/data.pkl': ORDERED, 'm/policy.pth': joined('x') })],
    [
      'tensors that are packed',
      'm.pt',
      zipSync({ 'm/data.pkl': ORDERED, 'm/data/0': joined('x'.repeat(99)) }),
    ],
    ['compressed in another way', 'm.joblib', joined('BZh91AY')],
    ['of Keras', 'm.keras', zip({ 'config.json': joined('{}'), 'metadata.json': joined('{}') })],
    ['GGUF', 'm.gguf', joined('GGUF\x03')],
  ] as const)('are not known as a whole: %s', (_, name, bytes) => {
    expect(seen(name, bytes)).toMatchObject({ kind: 'read', whole: false, faults: [] })
  })
})

/** Safetensors whose length is an opcode, and whose header the arguments of others, up to a pickle in its data. */
function both(code: string): Uint8Array {
  const data = `${'0'.repeat(40)}${code}`
  const tensor = JSON.stringify({ dtype: 'U8', shape: [data.length], data_offsets: [0, data.length] })
  const [begin, end] = ['{"__metadata__":{"a":"', `"},"w":${tensor}}`]
  // BINBYTES takes the rest of the length and 32 bytes more; then each SHORT_BINBYTES what comes up to the next.
  const long = 0x42 + 256 * 32
  const text = [...begin, ...'x'.repeat(long - begin.length - end.length), ...end]
  let at = 29
  for (; long - at - 2 > 100; at += 34) text.splice(at, 2, 'C', ' ')
  text.splice(at, 2, 'C', String.fromCharCode(long - at - 2 + 20))
  return safetensors(text.join(''), data)
}

describe('what is safetensors and a pickle at once', () => {
  const evil = "cos\nsystem\n(S'ls'\ntR."

  test.each(['pytorch_model.bin', 'm.ckpt', 'm.sav', 'weights', 'm.dump'])(
    'is a pickle by a name that pickles have: %s',
    (name) => {
      expect(seen(name, both(evil))).toMatchObject({ format: 'pickle', names: ['os.system'] })
    },
  )

  test.each([
    ['safetensors whose pickle computes its first name', both("S'\\x6fs'\nS'system'\n\x93(tR.")],
    ['GGUF that a pickle skips', joined('GGUF\x03\x00\x00\x00\x00', "S'\\x6fs'\nS'system'\n\x93(tR.")],
  ])('is of no known format where nobody can say what it calls: %s', (_, bytes) => {
    expect(seen('m.bin', bytes)).toEqual({ kind: 'read', whole: false, faults: [], names: [] })
  })

  test('is a pickle behind the beginning of any other format too', () => {
    const found = seen('m.bin', joined('GGUF\x03\x00\x00\x00\x00', evil))

    expect(found).toMatchObject({ format: 'pickle', names: ['os.system'] })
  })

  test('is not known by its header alone', () => {
    const bytes = both(evil)

    expect(neededOf('m.bin', bytes.subarray(0, 4096), bytes.length)).toBe(bytes.length)
    expect(neededOf('m.bin', bytes.subarray(0, 4096), 100_000_000)).toBeUndefined()
    expect(inspect('m.bin', bytes.subarray(0, 8300), bytes.length)).not.toHaveProperty('format')
    expect(neededOf('m.safetensors', bytes.subarray(0, 4096), 100_000_000)).toBe(0x42 + 256 * 32 + 8)
  })

  test.each(
    [
      ...['m.dill', 'm.pt2', 'm.ptl', 'm.pth.tar', 'm.th', 'm.p', 'm.params', 'm.pdparams', 'm.nemo'],
      ...['weights', 'm.bin.0', 'm.weights', 'm.txt', 'm.json', 'm.bin'],
    ].flatMap((name) => [
      [name, 'to its end', evil],
      [name, 'of protocol 1', '(cos\nsystem\nU\x02lsq\x00o.'],
      [name, 'until nobody can follow it', `${evil.slice(0, -1)}\xff`],
    ]),
  )('is a pickle of old by whatever name: %s, %s', (name, _, text) => {
    expect(seen(name, joined(text))).toMatchObject({ format: 'pickle', names: ['os.system'] })
  })

  test('is refused by any name where it computes what it calls', () => {
    expect(seen('m.weights', joined("S'\\x6fs'\nS'system'\n\x93(tR."))).toMatchObject({
      ...{ format: 'pickle', whole: false },
      faults: [{ fault: 'pickle', flaw: 'name_computed' }],
    })
  })

  test.each<readonly [string, string, string]>([
    ['by more on its stack than is followed', `${'N'.repeat(2_000_002)}${evil}`, 'too_long'],
    ['by more names than are listed', `${nested('ca', 1002)}${evil}`, 'too_many_names'],
    [
      'by a name that is longer than any',
      `\x4e0\x80\x04cos\n${'path.os.'.repeat(70)}system\n(tR.`,
      'name_computed',
    ],
    ['by a number as Python reads it', `Np 7\n0${evil}`, 'memo'],
    ['by a number with more digits', `Np1234567890\n0${evil}`, 'memo'],
    ['by a number behind many spaces', `Np${' '.repeat(200_000)}7\n0${evil}`, 'memo'],
    ['by a number before many spaces', `Np7${' '.repeat(200_000)}\n0${evil}`, 'memo'],
    ['by a number behind vertical tabs', `Np${'\v'.repeat(10)}7\n0${evil}`, 'memo'],
    ['by a number with many zeros', `Np${'0'.repeat(200_000)}7\n0${evil}`, 'memo'],
    ['by a number with a sign, underscores and a return', `Np+0_7\r\n0${evil}`, 'memo'],
    ['by a number before a NUL', `Np7\0, and more\n0${evil}`, 'memo'],
    ['by a number that it gets behind spaces', `Np7\n0g${' '.repeat(10)}7\n0${evil}`, 'memo'],
    ['by a number that it gets with many zeros', `Np7\n0g${'0'.repeat(1200)}7\n0${evil}`, 'memo'],
    ['by what it makes of a class', "cos\nx\n}b(S'ls'\ntR.", 'call_computed'],
  ])('is refused by any name where Python follows it further: %s', (_, text, flaw) => {
    expect(seen('m.weights', joined(text))).toMatchObject({
      ...{ format: 'pickle', whole: false },
      faults: [{ fault: 'pickle', flaw }],
    })
  })

  test('is read over a line of any length', () => {
    expect(seen('m.weights', joined(`V${'x'.repeat(1_100_000)}\n0${evil}`))).toMatchObject({
      names: ['os.system'],
    })
  })

  test('imports what it names by the names of pickles, even if nothing is called', () => {
    expect(seen('m.dill', joined('cevil\nname\n\xff'))).toMatchObject({ names: ['evil.name'] })
  })

  test.each([
    ['words, one a line', 'cat\ndog\nmouse\n'],
    ['words, and an empty line', 'cat\n\ndog\n'],
    ['words, three of them of one letter, and an empty line', 'cat\ndog\ncow\n\nend\n'],
    ['a table of many columns', `c${'olumn,'.repeat(200)}\n1,2\n`],
    ['a line that begins as a number', 'In short\npeople\nread\n'],
    ['a place in a list that nobody set', 'In short\ng7\n'],
    ['a number before a word', 'In short\np 7 people\n'],
    ['no number behind spaces and a sign', 'In short\np  +\n'],
    ['a number without an end', 'In short\np 7'],
    ['a remark in brackets', '(in short)\n\nIt is a model.\n'],
    ['a list of settings', 'I1\n.\n'],
    ['JSON', '{"a": [1, 2]}'],
    ['nothing', ''],
    ['a pickle of nothing', 'N.'],
  ])('is no pickle where it names nothing, or calls nothing before it ends to be one: %s', (_, text) => {
    expect(seen('vocab.txt', joined(text))).toEqual({ kind: 'read', whole: false, faults: [], names: [] })
  })

  test('is safetensors by a name that only those have', () => {
    expect(seen('m.safetensors', both(evil))).toEqual(whole('safetensors'))
  })
})

/** Imports of one module, each under another name. */
function nested(opening: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `${opening}\nn${index}\n0`).join('')
}

const ONNX = joined('\x08\x07\x12\x04test:\x03\x0a\x01xB\x02\x10\x11')

describe('a name and its bytes', () => {
  test.each<readonly [string, Uint8Array, string | undefined]>([
    ['m.safetensors', callsOf(['os', 'system']), 'pickle'],
    ['m.safetensors', zip({ 'm/data.pkl': ORDERED }), 'torch'],
    ['m.safetensors', joined('GGUF\x03'), 'gguf'],
    ['m.pt', someWeights(), 'safetensors'],
    ['m.onnx', ORDERED, 'pickle'],
    ['m.h5', zip({ 'm/data.pkl': ORDERED }), 'torch'],
    ['m.keras', joined('\x89HDF\r\n\x1a\n'), 'hdf5'],
    ['m.gguf', joined('text'), undefined],
    ['m.pt', joined('text'), undefined],
    ['m.npz', zip({ 'a.pkl': ORDERED }), 'zip'],
    ['m.joblib', zip({ 'm/data.pkl': ORDERED }), 'torch'],
    ['m.7z', zip({ a: ORDERED }), 'zip'],
  ])('contradict each other: %s', (name, bytes, is) => {
    const found = seen(name, bytes)

    expect(found).toMatchObject({
      whole: false,
      faults: expect.arrayContaining([
        { fault: 'contradicts_name', ...(is && { is }), wanted: expect.any(Array) },
      ]),
    })
  })

  test.each<readonly [string, Uint8Array, string | undefined]>([
    ['m.h5', joined('\x89HDF\r\n\x1a\n'), 'hdf5'],
    ['m.gguf', joined('GGUF\x03'), 'gguf'],
    ['m.tflite', joined('\x1c\x00\x00\x00TFL3'), 'tflite'],
    ['m.cbm', joined('CBM1'), 'catboost'],
    ['m.onnx', ONNX, 'onnx'],
    ['m.mlmodel', joined('\x08\x04\x12\x02ab'), 'protobuf'],
    ['m.7z', joined('7z\xbc\xaf\x27\x1c'), '7z'],
    ['m.pt', joined('\x00'.repeat(257), 'ustar'), 'tar'],
    ['m.bin', joined('anything'), undefined],
    ['m.ckpt', safetensors({}), 'safetensors'],
  ])('agree: %s', (name, bytes, format) => {
    const found = seen(name, bytes)

    expect(found).toMatchObject({ kind: 'read', faults: [] })
    expect(found.kind === 'read' && found.format).toBe(format)
  })

  test('names what is called even where they contradict each other', () => {
    expect(seen('m.safetensors', callsOf(['os', 'system']))).toMatchObject({ names: ['os.system'] })
  })
})

function legacy(data: Uint8Array): Uint8Array {
  const magic = joined('\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.')
  return joined(magic, '\x80\x02M\xe9\x03.', '\x80\x02}.', data, '\x80\x02].', '\x00\x01\x02 the bytes')
}

function npy(descr: string, data: Uint8Array | string, shape = '(1,)'): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`
  return joined('\x93NUMPY\x01\x00', Uint8Array.of(header.length, 0), header, data)
}
