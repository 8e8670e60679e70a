import type { Reading } from '../core/evidence.ts'
import type { NamedData } from '../core/training-evidence.ts'
import type { Content } from '../text/content.ts'
import { type Collector, collect } from './collect.ts'
import { digestsIn } from './digests.ts'
import { licenceOf } from './licences.ts'
import { nameOf } from './names.ts'
import { type Fields, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'croissant'
const MOST_OBJECTS = 10_000

/**
 * Croissant 1.0 and 1.1, https://docs.mlcommons.org/croissant/docs/croissant-spec.html, read by its usual keys and not
 * as a graph: nothing is fetched. A `sha256` that is no digest is a placeholder, as Hugging Face writes an address there.
 */
export const croissant: Reader = {
  format,
  labels: [],
  shapes: [['@context', '@type', 'conformsTo', 'distribution']],
  recognises: (content) => datasetOf(content) !== undefined,
  read,
}

function datasetOf(content: Content): Fields | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { value } = content
  const [conforms] = [value.conformsTo ?? value['dct:conformsTo']].flat()
  const id = isFields(conforms) ? conforms['@id'] : conforms
  const named = typeof id === 'string' && /^https?:\/\/mlcommons\.org\/croissant\/\d/.test(id)
  return named && value['@context'] !== undefined ? value : undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const dataset = datasetOf(input.content) ?? {}
  if (!isType(dataset['@type'], 'Dataset')) found.malformed(['@type'], 'sc:Dataset')
  const name = nameOf(dataset.name)
  if (name === undefined) found.malformed(['name'], 'a name')
  const { distribution } = dataset
  const objects = Array.isArray(distribution) ? distribution : []
  if (distribution !== undefined && !Array.isArray(distribution))
    found.malformed(['distribution'], 'a list of files')
  if (objects.length > MOST_OBJECTS) {
    found.fault(['distribution'], { code: 'too_many', limit: MOST_OBJECTS })
    return found.reading()
  }
  const files = objects.flatMap((object, index) => fileOf(object, index, found) ?? [])
  // A dataset of one file is that file; of several no digest is the whole.
  const whole = files.length === 1 ? files[0] : undefined
  const datasets: readonly NamedData[] =
    whole === undefined
      ? [...(name === undefined ? [] : [{ names: [name], digests: [] }]), ...files]
      : [{ ...whole, names: [...new Set([...(name === undefined ? [] : [name]), ...whole.names])] }]
  const licence = licenceOf(dataset.license ?? dataset['sc:license'])
  const live = isTrue(dataset.isLiveDataset ?? dataset['cr:isLiveDataset'])
  found.record((source) => ({
    kind: 'data',
    datasets,
    ...(licence && { licence }),
    ...(live && { live: true as const }),
    tool: 'croissant',
    source,
  }))
  return found.reading()
}

/** One `cr:FileObject`; a `cr:FileSet` is a pattern over others, and has no bytes of its own. */
function fileOf(object: unknown, index: number, found: Collector): NamedData | undefined {
  if (!isFields(object)) {
    found.malformed(['distribution', index], 'a file')
    return undefined
  }
  const type = object['@type']
  if (isType(type, 'FileSet')) return undefined
  if (!isType(type, 'FileObject')) found.malformed(['distribution', index, '@type'], 'cr:FileObject')
  const { contentUrl } = object
  const file = typeof contentUrl === 'string' ? nameOf(contentUrl.split(/[?#]/)[0]) : undefined
  const names = [nameOf(object.name), nameOf(object['@id']), file].flatMap((one) => one ?? [])
  return { names: [...new Set(names)], ...digestsIn(object) }
}

function isType(type: unknown, wanted: string): boolean {
  return [type].flat().some((one) => typeof one === 'string' && one.replace(/^.*[:/]/, '') === wanted)
}

function isTrue(value: unknown): boolean {
  return (
    value === true || (typeof value === 'string' && /^(?:true|https?:\/\/schema\.org\/True)$/i.test(value))
  )
}
