import { KERAS_NAMES } from './keras-names.ts'
import type { WeightFormatName } from './weight-format.ts'

/**
 * What pickles may name in any release: containers, numbers and arrays of Python, NumPy and PyTorch, which make a value
 * and do nothing else. Whatever else weights name could run code, and is for the floor to allow.
 */
const OF_MODULES: readonly (readonly [module: string, names: readonly string[]])[] = [
  ['collections', ['OrderedDict', 'defaultdict']],
  ['copyreg', ['_reconstructor']],
  ['copy_reg', ['_reconstructor']],
  ['_codecs', ['encode']],
  ...(['builtins', '__builtin__'] as const).map(
    (module) =>
      [
        module,
        [
          ...['object', 'dict', 'list', 'set', 'frozenset', 'tuple', 'slice', 'range'],
          ...['bool', 'int', 'float', 'complex', 'str', 'bytes', 'bytearray'],
        ],
      ] as const,
  ),
  ['datetime', ['date', 'datetime', 'time', 'timedelta', 'timezone']],
  ['numpy', ['dtype', 'ndarray']],
  ...(['numpy.core', 'numpy._core'] as const).flatMap((core) => [
    [`${core}.multiarray`, ['_reconstruct', 'scalar']] as const,
    [`${core}.numeric`, ['_frombuffer']] as const,
  ]),
  ['joblib.numpy_pickle', ['NumpyArrayWrapper']],
  [
    'torch._utils',
    [
      '_rebuild_tensor',
      '_rebuild_tensor_v2',
      '_rebuild_parameter',
      '_rebuild_qtensor',
      '_rebuild_sparse_tensor',
    ],
  ],
  [
    'torch',
    [
      ...['Size', 'device', 'Tensor'],
      ...['float16', 'float32', 'float64', 'bfloat16', 'int8', 'int16', 'int32', 'int64', 'uint8', 'bool'],
      ...['HalfStorage', 'FloatStorage', 'DoubleStorage', 'BFloat16Storage', 'CharStorage', 'ShortStorage'],
      ...['IntStorage', 'LongStorage', 'ByteStorage', 'BoolStorage'],
    ],
  ],
  ['torch.storage', ['UntypedStorage', 'TypedStorage']],
  ['torch.nn.parameter', ['Parameter']],
]

/** Each of them as `module.name`. */
const PLAIN_NAMES: ReadonlySet<string> = new Set(
  OF_MODULES.flatMap(([module, names]) => names.map((name) => `${module}.${name}`)),
)

/** The names of weights that neither everybody nor `allowed` allows: of Keras its layers, of any other what pickles name. */
export function forbiddenNames(
  names: readonly string[],
  allowed: readonly string[],
  format: WeightFormatName | undefined,
): readonly string[] {
  const plain = format === 'keras' ? KERAS_NAMES : PLAIN_NAMES
  return names.filter((name) => !plain.has(name) && !allowed.includes(name))
}
