import { describe, expect, test } from 'vitest'
import { faultsOf } from '../../src/criteria/weight-faults.ts'
import { inspect } from '../../src/formats/inspect.ts'
import { readWeightsWords } from '../../src/render/words-weights.ts'
import { callsOf, joined } from '../support/pickles.ts'
import { numbers, type Part, type Whole, zip } from '../support/zip.ts'

const HDF5 = joined('\x89HDF\r\n\x1a\n', '\x00'.repeat(40))

/** An object of a configuration as Keras 3 writes it. */
const object = (module: string | null, class_name: string, config: unknown = {}, more: object = {}) => ({
  ...{ module, class_name, config, registered_name: null },
  ...more,
})
const model = (...layers: readonly unknown[]) => object('keras', 'Sequential', { name: 's', layers })
const DENSE = object('keras.layers', 'Dense', {
  activation: 'relu',
  kernel_initializer: object('keras.initializers', 'GlorotUniform'),
})

function archive(config: unknown, more: readonly Part[] = [], whole: Whole = {}): Uint8Array {
  const text = typeof config === 'string' ? config : JSON.stringify(config)
  return zip(
    [
      { name: 'metadata.json', content: '{"keras_version": "3.0.0"}', stored: true },
      { name: 'config.json', content: text },
      { name: 'model.weights.h5', content: HDF5, stored: true },
      ...more,
    ],
    whole,
  )
}
const seen = (bytes: Uint8Array) => inspect('m.keras', bytes, bytes.length)
const forbidden = (bytes: Uint8Array, allowed: readonly string[] = []) =>
  faultsOf('m.keras', seen(bytes), allowed).flatMap((fault) =>
    fault.code === 'weights_names' ? fault.names : [fault.code],
  )

describe('a model of Keras', () => {
  test('of its own layers is known as a whole', () => {
    const bytes = archive({
      ...model(DENSE, object('keras.layers', 'Dropout', { rate: 0.1 })),
      compile_config: {
        optimizer: object('keras.optimizers', 'Adam'),
        loss: object('builtins', 'function', 'mean_squared_error', { registered_name: 'mean_squared_error' }),
      },
    })

    expect(seen(bytes)).toMatchObject({ kind: 'read', format: 'keras', whole: true, faults: [] })
    expect(forbidden(bytes)).toEqual([])
  })

  test('of functions with operators between tensors, and NaN, is too', () => {
    const tensor = object(null, '__keras_tensor__', { shape: [null, 3] })
    const add = object(
      'keras.src.ops.numpy',
      'Add',
      { name: 'add' },
      { registered_name: 'Add', inbound_nodes: [{ args: [tensor] }] },
    )
    const text = JSON.stringify(
      object('keras.src.models.functional', 'Functional', { layers: [add], m: 'X' }),
    )
    const bytes = archive(text.replace('"X"', 'NaN'))

    expect(seen(bytes)).toMatchObject({ whole: true, faults: [] })
    expect(forbidden(bytes)).toEqual([])
  })

  test.each<readonly [string, unknown, readonly string[]]>([
    [
      'a layer of Python',
      model(object('keras.layers', 'Lambda', { function: object(null, '__lambda__', { code: 'x' }) })),
      ['__lambda__', 'keras.layers.Lambda'],
    ],
    [
      'a layer of Python by a function of Keras',
      model(object('keras.layers', 'Lambda', { function: 'relu' })),
      ['keras.layers.Lambda'],
    ],
    [
      'a model of TensorFlow in a folder',
      model(object('keras.layers', 'TFSMLayer')),
      ['keras.layers.TFSMLayer'],
    ],
    [
      'a module of PyTorch',
      model(object('keras.layers', 'TorchModuleWrapper')),
      ['keras.layers.TorchModuleWrapper'],
    ],
    ['a layer of somebody else', model(object('acme.layers', 'Dense')), ['acme.layers.Dense']],
    ['a module that begins alike', model(object('keras.layers.evil', 'Dense')), ['keras.layers.evil.Dense']],
    ['no module', model(object(null, 'Dense')), ['Dense']],
    [
      'a registered class',
      model(object('keras.layers', 'Dense', {}, { registered_name: 'acme>Dense' })),
      ['registered acme>Dense'],
    ],
    [
      'a function that fetches',
      model(object('keras.utils', 'function', 'get_file', { registered_name: 'get_file' })),
      ['keras.utils.get_file'],
    ],
    [
      'a function that lets code in',
      model(object('keras.config', 'function', 'enable_unsafe_deserialization')),
      ['keras.config.enable_unsafe_deserialization'],
    ],
    ['a function of Python', model(object('builtins', 'function', 'exec')), ['builtins.exec']],
    [
      'words of a file',
      model(object('keras.layers', 'StringLookup', { vocabulary: '/etc/passwd' })),
      ['keras.layers.StringLookup.vocabulary'],
    ],
    ['a type of TensorFlow', model(object('os', '__typespec__', [])), ['os.__typespec__']],
    [
      'code beside the layers',
      { ...model(DENSE), compile_config: { metrics: [[object('acme', 'Metric')]] } },
      ['acme.Metric'],
    ],
    ['code where no class stands at the top', { a: [object('acme', 'Evil')] }, ['acme.Evil']],
  ])('with %s is code, by its name', (_, config, names) => {
    expect(forbidden(archive(config))).toEqual(names)
  })

  test('with words in it, or what the floor allows, is not', () => {
    expect(forbidden(archive(model(object('keras.layers', 'StringLookup', { vocabulary: ['a'] }))))).toEqual(
      [],
    )
    expect(forbidden(archive(model(object('acme', 'Layer'))), ['acme.Layer'])).toEqual([])
  })

  test('allows no name of a pickle, and no pickle a name of it', () => {
    expect(forbidden(archive(model(object('collections', 'OrderedDict'))))).toEqual([
      'collections.OrderedDict',
    ])
    const pickle = callsOf(['keras.layers', 'Dense'])
    expect(faultsOf('m.pkl', inspect('m.pkl', pickle, pickle.length), [])).toMatchObject([
      { code: 'weights_names', names: ['keras.layers.Dense'] },
    ])
  })

  test.each<readonly [string, string | Uint8Array]>([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a key twice', '{"class_name": "A", "class_name": "B", "config": {}}'],
    ['a class that is none', JSON.stringify(model({ class_name: 7 }))],
    ['a class with more than a name', JSON.stringify(model(object('keras.layers', 'Den se')))],
    [
      'a class with its module before it',
      JSON.stringify(model(object('keras', 'layers.StringLookup', { vocabulary: '/etc/passwd' }))),
    ],
    [
      'a function with its module before it',
      JSON.stringify(model(object('keras', 'function', 'activations.relu', { registered_name: 'relu' }))),
    ],
    ['a module that is none', JSON.stringify(model({ ...DENSE, module: ['keras.layers'] }))],
    ['a function without a name', JSON.stringify(model(object('builtins', 'function', { class_name: 'x' })))],
    ['nesting without end', `${'['.repeat(200)}`],
    ['a key of JavaScript', '{"class_name": "A", "__proto__": {"class_name": "B"}}'],
    [
      'so many numbers that are none that nothing after them is told',
      `{"a": [${'NaN,'.repeat(300)}0], "b": 1, "b": 2}`,
    ],
    ['UTF-16', Buffer.from('{}', 'utf16le').toString('latin1')],
  ])('whose configuration is %s is told as such', (_, text) => {
    expect(seen(archive(text))).toMatchObject({
      whole: false,
      faults: [{ fault: 'pickle', flaw: 'configuration', entry: 'config.json' }],
    })
  })

  test('of too many names is not followed', () => {
    const many = Array.from({ length: 1001 }, (_, at) => object('m', `L${at}`))

    expect(seen(archive(model(...many)))).toMatchObject({
      whole: false,
      faults: [{ flaw: 'too_many_names' }],
    })
  })

  test.each<readonly [string, Uint8Array]>([
    ['assets', archive(model(DENSE), [{ name: 'assets/words.txt', content: 'a' }])],
    [
      'weights that are no HDF5',
      zip([
        { name: 'metadata.json', content: '{}' },
        { name: 'config.json', content: JSON.stringify(model(DENSE)) },
        { name: 'model.weights.h5', content: callsOf(['os', 'system']) },
      ]),
    ],
    [
      'no weights',
      zip([
        { name: 'metadata.json', content: '{}' },
        { name: 'config.json', content: JSON.stringify(model(DENSE)) },
      ]),
    ],
    [
      'metadata that NumPy takes for an array',
      zip([
        { name: 'metadata.json', content: joined('\x93NUMPY\x01\x00', 'x'.repeat(90)) },
        { name: 'config.json', content: JSON.stringify(model(DENSE)) },
        { name: 'model.weights.h5', content: HDF5, stored: true },
      ]),
    ],
    ['no class at the top', archive({ layers: [] })],
  ])('with %s is not known as a whole', (_, bytes) => {
    expect(seen(bytes)).toMatchObject({ format: 'keras', whole: false, faults: [] })
  })

  test.each<readonly [string, Uint8Array, string]>([
    [
      'that unpacks to far more than it takes',
      zip([
        { name: 'metadata.json', content: '{}' },
        { name: 'config.json', content: ' '.repeat(3_000_000) },
      ]),
      'config.json',
    ],
  ])('with a configuration %s is refused', (_, bytes, entry) => {
    expect(seen(bytes)).toMatchObject({ whole: false, faults: [{ flaw: 'entry_unreadable', entry }] })
  })
})

describe('an archive of two lists of entries is refused, since another reader takes the other', () => {
  const config = model(DENSE)

  test.each<readonly [string, Whole]>([
    ['something behind the list', { afterList: joined('x') }],
    ['a comment', { comment: 'PK' }],
    ['fewer entries than its list', { end: { count: 2 } }],
    ['fewer entries on this disk than in all', { end: { here: 2 } }],
    ['a list on another disk', { end: { listDisk: 1 } }],
    ['another disk', { end: { disk: 1, listDisk: 0 } }],
    ['a list that is longer than it says', { end: { size: 60 } }],
    ['a list elsewhere than it says', { end: { start: 4 } }],
    ['ZIP64 that says otherwise', { zip64: { start: 4 } }],
    ['ZIP64 of fewer entries', { zip64: { count: 2 } }],
    ['ZIP64 of fewer entries on this disk', { zip64: { here: 2 } }],
    ['ZIP64 of fewer entries on this disk by its end', { zip64: {}, end: { here: 2 } }],
    ['ZIP64 on another disk', { zip64: { disk: 1 } }],
    ['ZIP64 of a list on another disk', { zip64: { listDisk: 1 } }],
    ['ZIP64 on another disk by its end', { zip64: {}, end: { disk: 1 } }],
    ['ZIP64 on another disk by its locator', { zip64: { locatorDisk: 1 } }],
    ['ZIP64 of two disks', { zip64: { disks: 2 } }],
    ['ZIP64 that is longer than it is', { zip64: { length: 60 } }],
    ['ZIP64 that is elsewhere', { zip64: { at: 4 } }],
    ['ZIP64 of more entries than its end', { zip64: {}, end: { count: 2 } }],
    ['bytes behind its end', { trailing: joined('PK') }],
  ])('%s', (_, whole) => {
    const found = seen(archive(config, [], whole))

    expect(found).toMatchObject({ whole: false })
    expect(JSON.stringify(found)).toMatch(/two_lists|entry_unreadable/)
  })

  test('ZIP64 that says the same is taken', () => {
    expect(seen(archive(config, [], { zip64: {} }))).toMatchObject({ whole: true, faults: [] })
  })

  test('an archive of PyTorch likewise', () => {
    const bytes = zip([{ name: 'm/data.pkl', content: callsOf(['collections', 'OrderedDict']) }], {
      end: { count: 0 },
    })

    expect(inspect('m.pt', bytes, bytes.length)).toMatchObject({ whole: false })
    const commented = zip([{ name: 'm/data.pkl', content: callsOf(['collections', 'OrderedDict']) }], {
      comment: 'PK',
    })
    expect(inspect('m.pt', commented, commented.length)).toMatchObject({ faults: [{ flaw: 'two_lists' }] })
    const other = zip([{ name: 'a.txt', content: 'x' }], { comment: 'PK' })
    expect(inspect('m.zip', other, other.length)).toMatchObject({ faults: [{ flaw: 'two_lists' }] })
  })
})

describe('an archive with a part that another reader takes for another is refused', () => {
  const other = '{"class_name": "Lambda", "config": {}}'
  const extra = (id: number, bytes: Uint8Array | string): Uint8Array =>
    joined(numbers([2, id], [2, bytes.length]), bytes)
  const path = extra(0x7075, joined('\x01', numbers([4, 0]), 'config.json'))

  test.each<readonly [string, Part]>([
    ['twice', { name: 'config.json', content: other }],
    ['with a name that ends early', { name: 'config.json\0junk', content: other }],
    ['with a second name', { name: 'other.json', content: other, central: { extra: path } }],
    [
      'with a second name behind another field',
      { name: 'other.json', content: other, central: { extra: joined(extra(0xcafe, 'x'), path) } },
    ],
    [
      'with a field that is cut off',
      { name: 'other.json', content: other, central: { extra: extra(0xcafe, 'abc').subarray(0, 6) } },
    ],
    ['with a backslash', { name: 'a\\config.json', content: other }],
    ['with a control character', { name: 'config.json\x08', content: other }],
    ['with DEL', { name: 'config.json\x7f', content: other }],
    ['without a name', { name: '', content: other }],
    ['with a name in an unknown encoding', { name: 'conf\xefg.json', content: other, central: { flags: 0 } }],
    ['with a name that is no UTF-8', { name: Buffer.from([0x63, 0xff]), content: other }],
    ['with a name in other letters', { name: 'Config.JSON', content: other }],
    ['with a name in letters that look the same', { name: '\uff43onfig.json', content: other }],
    ['by its folder', { name: './config.json', content: other }],
    ['by an empty folder', { name: '/config.json', content: other }],
    ['by the folder above', { name: '../config.json', content: other }],
    ['as a folder', { name: 'config.json/' }],
    [
      'with another name where it lies',
      { name: 'other.json', content: other, local: { name: 'third.json' } },
    ],
    ['with a longer name where it lies', { name: 'other', content: other, local: { name: 'other.json' } }],
    ['that begins elsewhere', { name: 'other.json', content: other, offset: 4 }],
    ['that begins behind the end', { name: 'other.json', content: other, offset: 2 ** 31 }],
    ['with its place in a field', { name: 'other.json', content: other, offset: 0xffffffff }],
    ['with its length in a field', { name: 'other.json', content: other, central: { bytes: 0xffffffff } }],
    [
      'with its packed length in a field',
      { name: 'other.json', content: other, central: { packed: 0xffffffff } },
    ],
  ])('%s', (_, part) => {
    const found = seen(archive(model(DENSE), [part]))

    expect(found).toMatchObject({ whole: false, names: [] })
    expect(JSON.stringify(found)).toMatch(/"flaw":"(?:entry_names|entry_unreadable)"/)
  })

  test('that begins with no header of its own', () => {
    const bytes = Buffer.from(archive(model(DENSE), [{ name: 'other.json', content: other }]))
    bytes[bytes.indexOf('other.json') - 30] = 0

    expect(seen(bytes)).toMatchObject({ whole: false, faults: [{ flaw: 'entry_names' }] })
  })

  test('whose name begins with a byte order mark, which some leave out', () => {
    const found = seen(archive(model(DENSE), [{ name: '\ufeffconfig.json', content: other }]))

    expect(found).toMatchObject({ whole: false, faults: [{ flaw: 'two_lists' }] })
  })

  test('and is named where it is there twice', () => {
    const found = seen(archive(model(DENSE), [{ name: 'config.json', content: other }]))

    expect(found).toMatchObject({ faults: [{ flaw: 'entry_names', entry: 'config.json' }] })
  })

  test('but other names and fields are in order', () => {
    const more = [
      {
        name: 'assets/ä.txt',
        content: 'a',
        central: { extra: extra(0xcafe, 'x') },
        local: { extra: extra(0xcafe, '') },
      },
      { name: 'assets/' },
    ]

    expect(seen(archive(model(DENSE), more))).toMatchObject({ whole: false, faults: [] })
  })
})

test('of HDF5 it is said what is not read, and what to do', () => {
  const found = inspect('m.h5', HDF5, HDF5.length)

  expect(found).toMatchObject({ format: 'hdf5', whole: false, faults: [] })
  expect(readWeightsWords(found)).toBe(
    'weights: HDF5, where a layer may be code, and which is not read: save the model as .keras, or its weights as safetensors',
  )
})
