import type { FormatFault } from '../core/weight-format.ts'
import { type Pickle, readPickle } from './pickle.ts'
import { constantOf, type Item, numberOf, textOf, tupleOf, WRAPPER } from './pickle-items.ts'
import type { Seen } from './seen.ts'

/** What joblib has aligned the bytes of an array to since 1.2; joblib/numpy_pickle.py. */
const ALIGNED = 16
const STATE = ['subclass', 'shape', 'order', 'dtype', 'allow_mmap', 'numpy_array_alignment_bytes']

/**
 * A pickle of joblib, in which the bytes of each array stand behind the wrapper that is built for it: they are gone over
 * by its shape and type, and the pickle is followed on. It is known as a whole only if there is one way to read it: joblib
 * before 1.2 did not skip the padding before an array, and `pickle.load` takes an array for opcodes, so that those two must
 * stop at a byte that is none, before they have named anything else. `plain`: as `pickle.load` reads it.
 */
export function readJoblib(bytes: Uint8Array, plain: Pickle): Seen {
  const names = new Set<string>()
  const read = (padded: boolean, into: Set<string>): Pickle => {
    const found = readPickle(bytes, 0, {
      framed: true,
      arrayAt: (state, at) => arrayEnd(bytes, state, at, padded, into),
    })
    for (const name of found.names) into.add(name)
    return found
  }
  const whole = read(true, names)
  const others = new Set(plain.names)
  const old = read(false, others)
  const known =
    whole.flaw === undefined &&
    [...others].every((name) => names.has(name)) &&
    [plain, old].every(({ flaw }) => flaw === undefined || STOPS.has(flaw.flaw)) &&
    [...names].every((name) => name === WRAPPER || !name.startsWith('joblib.'))
  // What array bytes look like is no name, but whoever takes them for opcodes imports it.
  const all = [...new Set([...names, ...plain.names])]
  const after: readonly FormatFault[] =
    known && whole.end !== bytes.length ? [{ fault: 'pickle', flaw: 'bytes_after', at: whole.end }] : []
  return { format: 'joblib', whole: known, faults: after, names: all }
}

/** Where any reader of pickles raises an error: at a byte that is no opcode, and where it takes what is not there. */
const STOPS: ReadonlySet<string> = new Set(['opcode', 'stack'])

/** Where an array ends whose wrapper has this state; undefined where joblib would not have written it so. */
function arrayEnd(
  bytes: Uint8Array,
  state: ReadonlyMap<string, Item>,
  at: number,
  padded: boolean,
  names: Set<string>,
): number | undefined {
  // What else it had could stand in the place of how it is read.
  if (state.size !== STATE.length || !STATE.every((key) => state.has(key))) return undefined
  const subclass = state.get('subclass')
  if (subclass === undefined || !('global' in subclass) || subclass.global !== 'numpy.ndarray')
    return undefined
  if (!['C', 'F'].includes(textOf(state.get('order')) ?? '')) return undefined
  if (!['true', 'false'].includes(constantOf(state.get('allow_mmap')) ?? '')) return undefined
  if (numberOf(state.get('numpy_array_alignment_bytes')) !== ALIGNED) return undefined
  const count = countOf(state.get('shape'))
  const type = state.get('dtype')
  if (count === undefined || type === undefined || !('dtype' in type)) return undefined
  if (type.objects === true) return objectsEnd(bytes, at, names)
  if (type.size === undefined) return undefined
  const padding = ALIGNED - ((at + 1) % ALIGNED)
  if (bytes[at] !== padding) return undefined
  const end = at + (padded ? 1 + padding : 0) + count * type.size
  return end <= bytes.length ? end : undefined
}

function countOf(shape: Item): number | undefined {
  const lengths = tupleOf(shape)?.map(numberOf)
  if (lengths === undefined) return undefined
  let count = 1
  for (const length of lengths) {
    if (length === undefined || length < 0) return undefined
    count *= length
  }
  return Number.isSafeInteger(count) ? count : undefined
}

/** Objects are a pickle of their own, which `pickle.load` reads: a wrapper in it is no array. */
function objectsEnd(bytes: Uint8Array, at: number, names: Set<string>): number | undefined {
  const found = readPickle(bytes, at, { framed: true })
  for (const name of found.names) names.add(name)
  return found.flaw !== undefined || found.names.includes(WRAPPER) ? undefined : found.end
}
