import type { FormatFault, WeightFormat, WeightFormatName } from '../core/weight-format.ts'
import { readArchive } from './archive.ts'
import { hidesHdf5, hidesZip } from './hidden.ts'
import { formatBesideTar, formatOf, mayBeOldPickle, promisedBy } from './magic.ts'
import { mayCall } from './old-pickle.ts'
import { isGzip, nameWithin, unpack } from './packed.ts'
import { type Pickle, readPickle } from './pickle.ts'
import { readLegacyTorch, readPickleFile, readTail } from './pickle-files.ts'
import { headerEnd, safetensorsFlaw } from './safetensors.ts'
import type { Seen } from './seen.ts'

/** What is larger is not read into memory; only of safetensors the beginning is enough. */
const MAX_READ_BYTES = 64 * 1024 * 1024

/** What tells a tar archive from anything else is in its first block. */
const TAR_HEAD_BYTES = 512

/**
 * How many bytes from the beginning are needed to know what can be known of a file; undefined where those that are
 * needed are more than are read.
 */
export function neededOf(name: string, beginning: Uint8Array, size: number): number | undefined {
  const end = headerEnd(beginning)
  const format = formatOf(beginning, size, name)
  const isNamed = /\.safetensors$/i.test(name)
  if (
    end !== undefined &&
    end <= size &&
    (isNamed || (format === 'safetensors' && !mayBePickle(name, format)))
  )
    return Math.max(end, Math.min(size, TAR_HEAD_BYTES))
  return size <= MAX_READ_BYTES ? size : undefined
}

/** Weights by their bytes: pure, bounded by them, and it never throws. `head` is all that `neededOf` asks, or all there is. */
export function inspect(name: string, head: Uint8Array, size: number): WeightFormat {
  const seen = look(name, head, size)
  const wanted = promisedBy(name)
  const { format } = seen
  const kept = wanted === undefined || (format !== undefined && wanted.includes(format))
  const faults: readonly FormatFault[] = kept
    ? seen.faults
    : [...contradiction(name, wanted, format, head, size), ...seen.faults]
  return {
    kind: 'read',
    ...(format && { format }),
    ...(seen.of && { of: seen.of }),
    ...(seen.unread && { unread: seen.unread }),
    whole: seen.whole && faults.length === 0,
    faults,
    names: seen.names.toSorted(),
  }
}

/** A file that is to be safetensors says by its flaw what is wrong with it; any other by what it is instead. */
function contradiction(
  name: string,
  wanted: readonly WeightFormatName[],
  format: WeightFormatName | undefined,
  head: Uint8Array,
  size: number,
): readonly FormatFault[] {
  const flawed =
    format === undefined && /\.safetensors$/i.test(name) ? safetensorsFlaw(head, size) : undefined
  return flawed
    ? [{ fault: 'safetensors', ...flawed }]
    : [{ fault: 'contradicts_name', ...(format && { is: format }), wanted }]
}

/** Who opens a file in another way than by its beginning must find nothing there that this look did not. */
function look(name: string, head: Uint8Array, size: number): Seen {
  const seen = lookAt(name, head, size)
  if (!seen.whole || head.length < size) return seen
  // Only PyTorch and Python's own reader find an archive behind whatever else; HDF5 is looked for by no name of others.
  const hidden =
    (formatOf(head, size, name) !== 'zip' && hidesZip(head)) ||
    (promisedBy(name) === undefined && hidesHdf5(head))
  return hidden ? { ...seen, whole: false, faults: [TWO_FORMATS, ...seen.faults] } : seen
}

const TWO_FORMATS: FormatFault = { fault: 'pickle', flaw: 'two_formats' }

/** A tar archive may hold code, and is nothing else at once. */
function lookAtTar(name: string, head: Uint8Array, size: number): Seen {
  const other = formatBesideTar(head, size, name)
  const pickle = asOldPickle(head, size)
  const isPickle = typeof pickle === 'object'
  const alone = !isPickle && (other === undefined || other === 'tar')
  const names = isPickle ? pickle.names : []
  return { format: 'tar', whole: false, faults: alone ? [] : [TWO_FORMATS], names }
}

/**
 * Bytes of no known format are what a pickle of protocol 0 or 1 is by them, and whoever loads one asks no name.
 */
function lookAtUnknown(name: string, head: Uint8Array, size: number): Seen {
  const unknown = { whole: false, faults: [], names: [] }
  if (head.length < size) return unknown
  const pickle = readPickle(head)
  const isNamed = mayBeOldPickle(name) && (pickle.flaw === undefined || pickle.names.length > 0)
  return isNamed || mayCall(head, pickle) ? readPickleFile(head, pickle) : unknown
}

function lookAt(name: string, head: Uint8Array, size: number): Seen {
  const format = formatOf(head, size, name)
  if (format === 'tar') return lookAtTar(name, head, size)
  // zlib has more beginnings than tell it, and what is deflated alone has none.
  if (format === undefined && nameWithin(name) !== name)
    return head.length < size ? { ...UNREAD, unread: 'too_large' } : lookWithin(name, head)
  if (format === undefined) return lookAtUnknown(name, head, size)
  const unknown = { whole: false, faults: [], names: [] }
  const nothing = { ...unknown, format }
  if (mayBePickle(name, format)) {
    const pickle = asOldPickle(head, size)
    if (typeof pickle === 'object') return readPickleFile(head, pickle)
    // A header of one format may be arguments of the other's opcodes, and code stand behind it.
    if (pickle === 'unknown' && format !== 'compressed') return unknown
  }
  if (format === 'safetensors') {
    const flawed = safetensorsFlaw(head, size)
    return { format, whole: true, faults: flawed ? [{ fault: 'safetensors', ...flawed }] : [], names: [] }
  }
  if (head.length < size) return nothing
  switch (format) {
    case 'zip':
      return readArchive(head)
    case 'pickle':
      return readPickleFile(head, readPickle(head))
    case 'torch-legacy':
      return readLegacyTorch(head)
    case 'npy':
      return readTail(head)
    case 'compressed':
      return lookWithin(name, head)
    default:
      return nothing
  }
}

const UNREAD = { format: 'compressed', whole: false, faults: [], names: [] } as const

/** What is packed is held to all that it is held to where it is not; what is in it is not unpacked again. */
function lookWithin(name: string, packed: Uint8Array): Seen {
  const nothing = UNREAD
  const found = unpack(packed)
  switch (found.kind) {
    case 'other':
      return { ...nothing, unread: 'method' }
    case 'too_large':
      return { ...nothing, unread: 'too_large' }
    case 'broken':
      // Two bytes of numbers may look like a beginning; by these names or bytes somebody would load it.
      return isGzip(packed) ||
        (mayBeOldPickle(nameWithin(name)) && safetensorsFlaw(packed, packed.length) !== undefined)
        ? { ...nothing, faults: [{ fault: 'pickle', flaw: 'stream' }] }
        : { ...nothing, unread: 'method' }
    case 'content': {
      const { bytes, end } = found
      if (formatOf(bytes, bytes.length) === 'compressed') return { ...nothing, unread: 'nested' }
      const within = inspect(nameWithin(name), bytes, bytes.length)
      if (within.kind !== 'read') return { ...nothing, unread: 'within' }
      const { format: of, whole, faults, names } = within
      const about = { ...nothing, ...(of && { of }), faults }
      // Layers are held to another list than what pickles name.
      if (of === 'keras') return { ...about, unread: 'within' }
      const after: readonly FormatFault[] =
        end === packed.length ? [] : [{ fault: 'pickle', flaw: 'bytes_after', at: end }]
      const isUnread = !whole && faults.length === 0
      return {
        ...{ ...about, faults: [...faults, ...after], names, whole },
        ...(isUnread && { unread: 'within' }),
      }
    }
  }
}

/** Whether whoever loads a file by its name may take it for a pickle, which has no beginning of its own. */
function mayBePickle(name: string, format: WeightFormatName): boolean {
  if (format === 'zip' || format === 'pickle' || format === 'torch-legacy' || format === 'npy') return false
  return mayBeOldPickle(name) || promisedBy(name) === undefined
}

/**
 * A stream of protocol 0 or 1 to its STOP, or one that names something before it cannot be followed any more; `none`:
 * whoever loads it stops at a byte that is no opcode, before anything has a name.
 */
function asOldPickle(head: Uint8Array, size: number): Pickle | 'none' | 'unknown' {
  if (head.length < size) return 'unknown'
  const pickle = readPickle(head)
  const { flaw, names } = pickle
  if (flaw === undefined || names.length > 0) return pickle
  return flaw.flaw === 'opcode' ? 'none' : 'unknown'
}
