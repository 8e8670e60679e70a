import type { FormatFault } from '../core/weight-format.ts'
import { readJoblib } from './joblib.ts'
import { has, NPY } from './magic.ts'
import { type Pickle, readPickle } from './pickle.ts'
import { WRAPPER } from './pickle-items.ts'
import type { Seen } from './seen.ts'

type Faults = readonly FormatFault[]

/** The faults of one pickle that is to be all of `bytes` from where it begins. */
export function seenIn(
  bytes: Uint8Array,
  { names, end, flaw }: Pickle,
  entry?: string,
): Pick<Seen, 'names' | 'faults'> {
  const where = entry === undefined ? {} : { entry: entry.slice(-200) }
  if (flaw !== undefined) return { names, faults: [{ fault: 'pickle', ...flaw, ...where }] }
  // Whoever loads from an open file twice loads what stands behind the first.
  const after: Faults =
    end === bytes.length ? [] : [{ fault: 'pickle', flaw: 'bytes_after', at: end, ...where }]
  return { names, faults: after }
}

/** A file that is one pickle, as it was read from the beginning: of joblib, if it has arrays in it. */
export function readPickleFile(bytes: Uint8Array, plain: Pickle): Seen {
  return plain.names.includes(WRAPPER)
    ? readJoblib(bytes, plain)
    : { format: 'pickle', whole: true, ...seenIn(bytes, plain) }
}

/** `torch.save` before version 1.6: a magic number, a version, the system, the object, the keys of its storages, and their bytes. */
export function readLegacyTorch(bytes: Uint8Array): Seen {
  const names = new Set<string>()
  const faults: FormatFault[] = []
  let offset = 0
  for (let index = 0; index < 5 && faults.length === 0; index += 1) {
    const one = readPickle(bytes, offset)
    for (const name of one.names) names.add(name)
    if (one.flaw) faults.push({ fault: 'pickle', ...one.flaw })
    offset = one.end
  }
  return { format: 'torch-legacy', whole: true, faults, names: [...names] }
}

/**
 * Arrays of NumPy, one behind the other as `numpy.save` adds them to an open file: one of objects is a pickle behind its
 * header. NEP 1, and numpy/lib/format.py.
 */
export function readTail(bytes: Uint8Array, entry?: string): Seen {
  let start = 0
  for (;;) {
    const found = arrayAt(bytes, start)
    if (found === undefined) return { format: 'npy', whole: true, faults: [cutOff(entry)], names: [] }
    if ('objects' in found)
      return { format: 'npy', whole: true, ...seenIn(bytes, readPickle(bytes, found.objects), entry) }
    const { end } = found
    if (end === bytes.length) return { format: 'npy', whole: true, faults: [], names: [] }
    if (!isArray(bytes, end))
      return {
        ...{ format: 'npy', whole: true, names: [] },
        faults: [{ fault: 'pickle', flaw: 'bytes_after', at: end, ...(entry !== undefined && { entry }) }],
      }
    start = end
  }
}

/** Whether NumPy takes what stands there for one of its arrays. */
export function isArray(bytes: Uint8Array, from = 0): boolean {
  return has(bytes, from, NPY)
}

/** Where an array ends, or where the pickle of one begins; undefined where it is cut off. */
function arrayAt(
  bytes: Uint8Array,
  from: number,
): { readonly end: number } | { readonly objects: number } | undefined {
  const wide = (bytes[from + 6] ?? 0) >= 2
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = from + (wide ? 12 : 10)
  if (bytes.length < start) return undefined
  const objects = start + (wide ? view.getUint32(from + 8, true) : view.getUint16(from + 8, true))
  const header = Buffer.from(bytes.subarray(start, Math.min(objects, start + 100_000))).toString('latin1')
  if (objects > bytes.length || header.split("'descr'").length !== 2 || header.includes('\\'))
    return undefined
  const [, kind, width, shape = ''] = PLAIN_HEADER.exec(header) ?? []
  if (kind === undefined) return { objects }
  const sides = shape.split(/[L, ]+/).filter((side) => side !== '')
  // A text of NumPy has four bytes for each character.
  const size = sides.reduce((product, side) => product * Number(side), Number(width) * (kind === 'U' ? 4 : 1))
  const end = objects + size
  return Number.isSafeInteger(end) && end <= bytes.length ? { end } : undefined
}

/**
 * Of numbers, texts and times, as NumPy writes it: nothing else is known to hold no objects, whatever its name or its
 * fields. Python takes the last of two keys, however each is quoted, so that no other text may stand there.
 */
const PLAIN_HEADER =
  /^\{\s{0,9}'descr':\s{0,9}'[<>|=]([biufcSUmM])(\d{1,9})(?:\[[0-9a-zA-Z]{1,9}\])?',\s{0,9}'fortran_order':\s{0,9}(?:True|False),\s{0,9}'shape':\s{0,9}\(([\dL, ]{0,1000})\),?\s{0,9}\}\s{0,100000}$/

function cutOff(entry: string | undefined): FormatFault {
  return { fault: 'pickle', flaw: 'cut_off', ...(entry !== undefined && { entry }) }
}
