import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { collect } from './collect.ts'
import { licenceOf } from './licences.ts'
import { nameOf } from './names.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'data-provenance'

/** The Data Provenance Standards 1.0 of D&TA as JSON. It names data and where they come from, and never a digest. */
export const dataProvenance: Reader = {
  format,
  labels: [],
  shapes: [['source', 'provenance', 'use']],
  recognises: (content) => instanceOf(content) !== undefined,
  read,
}

function instanceOf(content: Content): Fields | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { source, provenance, use } = content.value
  if (!isFields(source) || !isFields(provenance) || !isFields(use)) return undefined
  return 'issuer' in source && 'generation-method' in provenance ? content.value : undefined
}

/** What the schema of version 1.0.0 requires. */
const REQUIRED: readonly (readonly [part: string, keys: readonly string[]])[] = [
  ['source', ['version', 'title', 'id', 'issuer', 'description']],
  ['provenance', ['origin-geography', 'date', 'generation-method']],
  ['use', ['intended-purpose']],
]

function read(input: Input): Reading {
  const found = collect(input, format)
  const instance = instanceOf(input.content) ?? {}
  for (const [part, keys] of REQUIRED)
    for (const key of keys)
      if (fieldsAt(instance, part)[key] === undefined)
        found.malformed([part, key], 'what the standard requires')
  const { title, id } = fieldsAt(instance, 'source')
  const names = [nameOf(title), nameOf(id)].flatMap((name) => name ?? [])
  const licence = licenceOf(fieldsAt(instance, 'use').license)
  found.record((source) => ({
    kind: 'data',
    datasets: [{ names: [...new Set(names)], digests: [] }],
    ...(licence && { licence }),
    tool: 'data-provenance-standards',
    source,
  }))
  return found.reading()
}
