import type { FormatFault, WeightFormatName } from '../core/weight-format.ts'
import { openZip } from '../text/zip.ts'
import { type ListedEntry, sameName, straightList } from '../text/zip-list.ts'
import { readKeras } from './keras.ts'
import { MAX_NAMES, readPickle } from './pickle.ts'
import { isArray, readTail, seenIn } from './pickle-files.ts'
import type { Seen } from './seen.ts'

/** An archive of weights holds few pickles and arrays; more are not read. */
const MOST_ENTRIES = 2000

const UNREADABLE = { fault: 'pickle', flaw: 'entry_unreadable' } as const

/**
 * A ZIP of weights: of torch the pickles of all that it holds, of NumPy its arrays, of Keras its configuration. What cannot be read in it, or stands
 * there twice, may be anything to whoever loads it.
 */
export function readArchive(bytes: Uint8Array): Seen {
  const zip = openZip(bytes)
  if (zip === undefined) return { format: 'zip', whole: false, faults: [UNREADABLE], names: [] }
  const format = kindOf(zip.names)
  // Of what another reader may find nothing is known, whatever this one finds.
  const list = straightList(bytes)
  const flawed = (flaw: ListFlaw): Seen => ({
    ...{ format, whole: false, faults: [{ fault: 'pickle', ...flaw }], names: [] },
  })
  if (list === undefined) return flawed({ flaw: 'two_lists' })
  if (list === 'names') return flawed({ flaw: 'entry_names' })
  const flaw = listFlaw(list, zip.names, format)
  if (flaw !== undefined) return flawed(flaw)
  if (format === 'keras') return { format, ...readKeras(zip) }
  const read = zip.names.filter((name) => /\.(?:pkl|pickle|joblib|npy)$/i.test(name))
  const faults: FormatFault[] = []
  const names = new Set<string>()
  for (const entry of read.slice(0, MOST_ENTRIES)) {
    const content = zip.read(entry)
    if (content === undefined) {
      faults.push({ ...UNREADABLE, entry: entry.slice(-200) })
      continue
    }
    const found = /\.npy$/i.test(entry)
      ? readTail(content, entry)
      : seenIn(content, readPickle(content), entry)
    for (const name of found.names) names.add(name)
    faults.push(...found.faults)
  }
  if (read.length > MOST_ENTRIES) faults.push(UNREADABLE)
  // What is cut off could be the one name that matters.
  if (names.size > MAX_NAMES) faults.push({ fault: 'pickle', flaw: 'too_many_names' })
  // Of what is known to nobody anything may be code.
  const whole = format === 'npz' || (format === 'torch' && list.every(isOfTorch))
  return { format, whole, faults: faults.slice(0, 20), names: [...names].slice(0, MAX_NAMES) }
}

type ListFlaw = {
  readonly flaw: 'two_lists' | 'entry_names' | 'two_formats'
  readonly entry?: string
}

/** Why another reader could find other entries than these, or take one of them for something else. */
function listFlaw(
  list: readonly ListedEntry[],
  names: readonly string[],
  format: WeightFormatName,
): ListFlaw | undefined {
  const listed = list.map(({ name }) => name)
  // PyTorch takes no notice of case; arrays of NumPy are `w` and `W`, and both are read.
  const twice = sameName(listed, format !== 'npz')
  if (twice !== undefined) return { flaw: 'entry_names', entry: twice.slice(-200) }
  if (listed.join('\0') !== names.join('\0')) return { flaw: 'two_lists' }
  // NumPy opens any ZIP, and takes a part of it for an array by its beginning, whatever its name.
  const array = list.find(
    ({ name, stored }) => !/\.npy$/i.test(name) && stored !== undefined && isArray(stored),
  )
  return array && { flaw: 'two_formats', entry: array.name.slice(-200) }
}

/** All but its pickles PyTorch stores as it is; what is packed is not looked at. */
function isOfTorch({ name, stored }: ListedEntry): boolean {
  return OF_TORCH.test(name) && (stored !== undefined || name.endsWith('.pkl'))
}

/**
 * All that `torch.save` writes: pickles, the bytes of tensors by number, and what it notes of itself. Anything else there
 * is for somebody else to load. torch/serialization.py, caffe2/serialize/inline_container.cc.
 */
const OF_TORCH =
  /^[^/]{1,500}\/(?:[^/]{1,100}\.pkl|data\/\d{1,20}|version|byteorder|\.format_version|\.storage_alignment|\.data\/serialization_id)$/

/** Torch names its object `data.pkl`, Keras its layers `config.json`; NumPy has nothing but arrays. */
function kindOf(names: readonly string[]): WeightFormatName {
  if (names.some((name) => /(?:^|\/)data\.pkl$/i.test(name))) return 'torch'
  if (names.includes('config.json') && names.includes('metadata.json')) return 'keras'
  return names.length > 0 && names.every((name) => /\.npy$/i.test(name)) ? 'npz' : 'zip'
}
