import type { WeightFormatName } from '../core/weight-format.ts'
import { isZip } from '../text/zip.ts'
import { looksLikeProtobuf, ONNX_FIELDS } from './protobuf.ts'
import { isTar } from './tar.ts'

type Bytes = readonly number[]

export const HDF5: Bytes = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]
export const NPY: Bytes = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/** Bytes at the beginning, or at an offset, by which formats tell themselves. */
const MAGIC: readonly (readonly [format: WeightFormatName, offset: number, bytes: Bytes])[] = [
  ['hdf5', 0, HDF5],
  ['gguf', 0, [0x47, 0x47, 0x55, 0x46]],
  ['npy', 0, NPY],
  ['7z', 0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['tflite', 4, [0x54, 0x46, 0x4c, 0x33]],
  ['catboost', 0, [0x43, 0x42, 0x4d, 0x31]],
  ['tar', 257, [0x75, 0x73, 0x74, 0x61, 0x72]],
  // gzip, zlib of joblib, bzip2, xz, lzma, lz4 frames, zstd
  ['compressed', 0, [0x1f, 0x8b]],
  ['compressed', 0, [0x78, 0x01]],
  ['compressed', 0, [0x78, 0x5e]],
  ['compressed', 0, [0x78, 0x9c]],
  ['compressed', 0, [0x78, 0xda]],
  ['compressed', 0, [0x42, 0x5a, 0x68]],
  ['compressed', 0, [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['compressed', 0, [0x5d, 0x00, 0x00]],
  ['compressed', 0, [0x04, 0x22, 0x4d, 0x18]],
  ['compressed', 0, [0x28, 0xb5, 0x2f, 0xfd]],
]

const [PROTO, FIRST_PROTOCOL, LAST_PROTOCOL, BRACE] = [0x80, 2, 5, 0x7b]

/** LONG1 of the magic number with which `torch.save` began before it wrote archives. */
const TORCH_LEGACY: Bytes = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]

/**
 * The format of a file by its first bytes, whatever its name; undefined where they are of none that is known. Only by the
 * name of safetensors the length of a header is never taken for the beginning of another format.
 */
export function formatOf(head: Uint8Array, size: number, name = ''): WeightFormatName | undefined {
  // PyTorch looks for it before a pickle, and it may begin with whatever another format does.
  return isTar(head) ? 'tar' : formatBesideTar(head, size, name)
}

/** The format of a file by its first bytes, even if it is a tar archive too. */
export function formatBesideTar(head: Uint8Array, size: number, name = ''): WeightFormatName | undefined {
  if (isZip(head)) return 'zip'
  // A length below 65,536 has zeros here: no opcode, and no block of anything compressed.
  const isOnlyLength = /\.safetensors$/i.test(name) || has(head, 2, [0, 0, 0, 0, 0, 0])
  if (isOnlyLength && looksLikeSafetensors(head, size)) return 'safetensors'
  const [first, second = 0] = head
  if (first === PROTO && second >= FIRST_PROTOCOL && second <= LAST_PROTOCOL)
    return has(head, 2, TORCH_LEGACY) ? 'torch-legacy' : 'pickle'
  const known = MAGIC.find(([, offset, bytes]) => has(head, offset, bytes))
  if (known !== undefined) return known[0]
  if (looksLikeSafetensors(head, size)) return 'safetensors'
  if (looksLikeProtobuf(head, size, ONNX_FIELDS)) return 'onnx'
  return looksLikeProtobuf(head, size) ? 'protobuf' : undefined
}

/** Whether these bytes stand at an offset. */
export function has(head: Uint8Array, offset: number, bytes: Bytes): boolean {
  return bytes.every((byte, index) => head[offset + index] === byte)
}

/** A length that fits the file, and an object behind it. */
function looksLikeSafetensors(head: Uint8Array, size: number): boolean {
  if (head.length < 9 || head[8] !== BRACE) return false
  const length = new DataView(head.buffer, head.byteOffset, 8).getBigUint64(0, true)
  return length + 8n <= BigInt(size)
}

const PICKLES = ['pickle', 'joblib', 'torch-legacy'] as const
const TORCH = ['torch', ...PICKLES, 'tar'] as const

/** What a name promises; a name that is not here may be of anything. */
const PROMISED: Readonly<Record<string, readonly WeightFormatName[]>> = {
  safetensors: ['safetensors'],
  pt: TORCH,
  pth: TORCH,
  pkl: [...PICKLES, 'compressed'],
  pickle: [...PICKLES, 'compressed'],
  joblib: ['joblib', 'pickle', 'compressed'],
  npz: ['npz'],
  npy: ['npy'],
  keras: ['keras'],
  h5: ['hdf5'],
  hdf5: ['hdf5'],
  gguf: ['gguf'],
  onnx: ['onnx'],
  tflite: ['tflite'],
  cbm: ['catboost'],
  mlmodel: ['protobuf', 'onnx'],
  '7z': ['7z'],
}

/** The formats that a file may have by its name; undefined where its name promises none. */
export function promisedBy(name: string): readonly WeightFormatName[] | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(PROMISED, ending) ? PROMISED[ending] : undefined
}

/** Names under which a pickle is loaded whose protocol is so old that nothing at its beginning tells it. */
export function mayBeOldPickle(name: string): boolean {
  return /\.(?:pkl|pickle|pk|p|dill|joblib|pt|pth|pt2|ptl|th|tar|ckpt|bin|model|sav|dat|params|pdparams|pdopt|nemo)$/i.test(
    name,
  )
}
