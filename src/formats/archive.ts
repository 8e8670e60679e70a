import type { FormatFault, WeightFormatName } from '../core/weight-format.ts'
import { openZip } from '../text/zip.ts'
import { sameName, straightList } from '../text/zip-list.ts'
import { readKeras } from './keras.ts'
import { MAX_NAMES } from './pickle.ts'
import { pickleIn, readTail } from './pickle-files.ts'
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
  const flaw = listFlaw(bytes, zip.names, format)
  if (flaw !== undefined) return { format, whole: false, faults: [{ fault: 'pickle', ...flaw }], names: [] }
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
    const found = /\.npy$/i.test(entry) ? readTail(content, entry) : pickleIn(content, 0, entry)
    for (const name of found.names) names.add(name)
    faults.push(...found.faults)
  }
  if (read.length > MOST_ENTRIES) faults.push(UNREADABLE)
  // What is cut off could be the one name that matters.
  if (names.size > MAX_NAMES) faults.push({ fault: 'pickle', flaw: 'too_many_names' })
  // Of what is known to nobody anything may be code.
  const whole = format === 'npz' || (format === 'torch' && zip.names.every((name) => OF_TORCH.test(name)))
  return { format, whole, faults: faults.slice(0, 20), names: [...names].slice(0, MAX_NAMES) }
}

/** Why another reader could find other entries than these, or take one of them for another. */
function listFlaw(
  bytes: Uint8Array,
  names: readonly string[],
  format: WeightFormatName,
): { readonly flaw: 'two_lists' | 'entry_names'; readonly entry?: string } | undefined {
  const straight = straightList(bytes)
  if (straight === undefined) return { flaw: 'two_lists' }
  if (straight === 'names') return { flaw: 'entry_names' }
  // PyTorch takes no notice of case; arrays of NumPy are `w` and `W`, and both are read.
  const twice = sameName(straight, format !== 'npz')
  if (twice !== undefined) return { flaw: 'entry_names', entry: twice.slice(-200) }
  return straight.join('\0') === names.join('\0') ? undefined : { flaw: 'two_lists' }
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
