import { isFields } from '../core/fields.ts'
import type { FormatFault } from '../core/weight-format.ts'
import { decode } from '../text/decode.ts'
import { parseJson } from '../text/json.ts'
import { MAX_PROBLEMS } from '../text/pointer.ts'
import type { Zip } from '../text/zip.ts'
import { formatOf } from './magic.ts'
import { MAX_NAMES } from './pickle.ts'
import { isArray } from './pickle-files.ts'
import type { Seen } from './seen.ts'

const CONFIG = 'config.json'
const WEIGHTS = 'model.weights.h5'
/** All that Keras 3 writes of a model whose layers keep no files of their own; saving_lib.py. */
const METADATA = 'metadata.json'
const ENTRIES: readonly string[] = [CONFIG, METADATA, WEIGHTS]
/** Layers that read a file of this name from the machine that loads them, if it is a text. */
const READS_FILE: Readonly<Record<string, string>> = {
  StringLookup: 'vocabulary',
  IntegerLookup: 'vocabulary',
  TextVectorization: 'vocabulary',
}

type Found = Pick<Seen, 'whole' | 'faults' | 'names'>

/**
 * A model of Keras 3 by its configuration: whatever object it would make, by module and class, so that code is told from
 * layers. Of what stands beside it only arrays are known to be no code.
 */
export function readKeras(zip: Zip): Found {
  const weights = zip.read(WEIGHTS)
  const faults: FormatFault[] =
    zip.names.includes(WEIGHTS) && weights === undefined ? [unreadable(WEIGHTS)] : []
  const arrays = weights !== undefined && formatOf(weights, weights.length) === 'hdf5'
  const config = zip.read(CONFIG)
  if (config === undefined) return { whole: false, faults: [...faults, unreadable(CONFIG)], names: [] }
  const found = namesIn(config)
  if (found === undefined)
    return {
      whole: false,
      faults: [...faults, { fault: 'pickle', flaw: 'configuration', entry: CONFIG }],
      names: [],
    }
  const { names, isModel } = found
  if (names.size > MAX_NAMES) faults.push({ fault: 'pickle', flaw: 'too_many_names' })
  // NumPy opens it too, whatever it is called, and loads what begins as its arrays do.
  const metadata = zip.read(METADATA)
  const isText = metadata !== undefined && !isArray(metadata)
  const whole = arrays && isText && isModel && zip.names.every((name) => ENTRIES.includes(name))
  return { whole, faults, names: [...names].slice(0, MAX_NAMES) }
}

function unreadable(entry: string): FormatFault {
  return { fault: 'pickle', flaw: 'entry_unreadable', entry }
}

/** Every object of a configuration; undefined where another reader could see another one in it. */
function namesIn(
  bytes: Uint8Array,
): { readonly names: ReadonlySet<string>; readonly isModel: boolean } | undefined {
  const decoded = decode(bytes, CONFIG)
  if ('problem' in decoded) return undefined
  const { value, problems } = parseJson(decoded.text, CONFIG)
  // Python reads NaN as a number, which names nothing; of problems past the limit it is not known what they are.
  if (problems.length >= MAX_PROBLEMS || problems.some(({ code }) => code !== 'not_finite')) return undefined
  if (!isFields(value)) return undefined
  const names = new Set<string>()
  return walk(value, names) ? { names, isModel: typeof value.class_name === 'string' } : undefined
}

/** Whatever has a class is made, wherever it stands; false where its class is none. The nesting is bounded by the parser. */
function walk(value: unknown, names: Set<string>): boolean {
  if (Array.isArray(value)) return value.every((inner) => walk(inner, names))
  if (!isFields(value)) return true
  if (Object.hasOwn(value, 'class_name')) {
    const named = namesOf(value)
    if (named === undefined) return false
    for (const name of named) if (names.size <= MAX_NAMES) names.add(name)
  }
  return Object.values(value).every((inner) => walk(inner, names))
}

function namesOf(object: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const { class_name, module, registered_name, config } = object
  if (typeof class_name !== 'string' || !isName(class_name)) return undefined
  if (module !== undefined && module !== null && !isName(module)) return undefined
  // A function is named by its configuration, and by nothing else of it.
  const called = class_name === 'function' ? config : class_name
  // A dot in it would name the same class by another module.
  if (!isName(called) || (typeof module === 'string' && called.includes('.'))) return undefined
  const full = typeof module === 'string' ? `${module}.${called}` : called
  const file = Object.hasOwn(READS_FILE, class_name) ? READS_FILE[class_name] : undefined
  const reads = file !== undefined && isFields(config) && typeof config[file] === 'string'
  return [
    full,
    ...(reads ? [`${full}.${file}`] : []),
    // What somebody registered under this name is made in its place.
    ...(registered_name === undefined || registered_name === null || registered_name === called
      ? []
      : [`registered ${String(registered_name).slice(0, 200)}`]),
  ]
}

function isName(text: unknown): text is string {
  return typeof text === 'string' && /^[\w.<>]{1,200}$/.test(text)
}
