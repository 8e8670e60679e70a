import type { BomRecord } from '../core/bom.ts'
import type { Reading } from '../core/evidence.ts'
import { BOM_VERSIONS, type BomSchemas, type BomVersion, bomSchemas } from '../schemas/cyclonedx.ts'
import { metricIn } from './bom-metrics.ts'
import { dayOf } from './bom-names.ts'
import { fewOf, type Placeholder, placeholderAt, placeholdersIn } from './bom-placeholders.ts'
import { isTooLong, isTooMuch, shortened } from './bom-sizes.ts'
import { type Collector, collect } from './collect.ts'
import { declaredIn } from './cyclonedx-declared.ts'
import { componentsIn, datasetsOf, dependenciesIn, type Placed, partsOf, refOf } from './cyclonedx-parts.ts'
import { nameOf } from './names.ts'
import { type Fields, fieldsAt, isFields, objectsAt } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'cyclonedx'

/**
 * CycloneDX 1.5 to 1.7 as JSON, https://cyclonedx.org/docs, held to its own schema: the models, data and files that it
 * names, what they were made from, what is claimed of them. Its signatures (JSF) are not verified, and what it points
 * to is never fetched. Every value of a model card is free text, so what is schema-valid may well say nothing.
 */
export const cyclonedx: Reader = readerWith(bomSchemas())

function readerWith(schemas: BomSchemas): Reader {
  return {
    format,
    labels: ['slice', 'model_sha256'],
    shapes: [['bomFormat', 'specVersion', 'components']],
    recognises: (content) =>
      content.kind === 'data' && isFields(content.value) && content.value.bomFormat === 'CycloneDX',
    read: (input) => read(input, schemas),
  }
}

function read(input: Input, schemas: BomSchemas): Reading {
  const found = collect(input, format)
  const { content } = input
  if (content.kind !== 'data' || !isFields(content.value)) return found.reading()
  const { value: bom } = content
  const spec = BOM_VERSIONS.find((one) => one === bom.specVersion)
  if (spec === undefined) {
    found.malformed(['specVersion'], `one of ${BOM_VERSIONS.join(', ')}`)
    return found.reading()
  }
  const long = isTooLong(bom)
  if (long !== undefined) {
    found.fault([], { code: 'too_many', limit: long })
    return found.reading()
  }
  const fault = schemas.fault(bom, spec)
  if (fault === undefined) readValid(bom, spec, schemas.explanations(spec), found)
  else found.malformed(fault.keys, fault.wanted)
  return found.reading()
}

function readValid(bom: Fields, spec: BomVersion, said: ReadonlySet<string>, found: Collector): void {
  const components = componentsIn(bom)
  const placed = partsOf(components, bom)
  const limit = isTooMuch(placed.map(({ part }) => part))
  if (limit !== undefined) {
    found.fault(['components'], { code: 'too_many', limit })
    return
  }
  const declared = declaredIn(bom)
  const date = dayOf(fieldsAt(bom, 'metadata').timestamp)
  const serial = nameOf(bom.serialNumber)
  const version = typeof bom.version === 'number' ? bom.version : undefined
  const missing = { serialNumber: serial, version, 'metadata.timestamp': date }
  const placeholders = fewOf([
    ...placed.flatMap((one) => standInsOf(one, said)),
    ...placed.flatMap((one) => (one.part.base ? [] : metricsOf(one, found))),
    ...placeholdersIn(bom.declarations, ['declarations'], said),
  ])
  found.record(
    (source): BomRecord => ({
      ...{ kind: 'bom', standard: 'CycloneDX', spec },
      ...(serial !== undefined && { serial }),
      ...(version !== undefined && { version }),
      ...(date !== undefined && { date }),
      parts: placed.map(({ part }) => part),
      unresolved: shortened([...danglingIn(bom, placed), ...declared.unresolved]),
      placeholders,
      lacking: Object.entries(missing).flatMap(([field, value]) =>
        value === undefined ? [{ of: 'the document', field }] : [],
      ),
      ...{ evidence: declared.evidence, counterClaims: shortened(declared.counterClaims), source },
    }),
  )
}

function standInsOf(
  { fields, keys, placeholder }: Placed,
  said: ReadonlySet<string>,
): readonly Placeholder[] {
  const hash = placeholder === undefined ? [] : [placeholderAt([...keys, 'hashes'], placeholder)]
  return [...placeholdersIn(fields, keys, said), ...hash]
}

function metricsOf({ fields, keys, part }: Placed, found: Collector): readonly Placeholder[] {
  const at = ['modelCard', 'quantitativeAnalysis']
  const analysis = fieldsAt(fieldsAt(fields, 'modelCard'), 'quantitativeAnalysis')
  const metrics = objectsAt({ fields: analysis, keys: [...keys, ...at] }, 'performanceMetrics')
  return metrics.flatMap(({ fields: { type: metric, value, slice }, keys: own }) =>
    metricIn({ metric, value, slice, part }, [...own, 'value'], format, found),
  )
}

/** References of models, to data and to what they depend on, that nothing in the file answers to; other bills are not fetched. */
function danglingIn(bom: Fields, placed: readonly Placed[]): readonly string[] {
  const known = new Set(referencesIn(bom))
  const models = placed.filter(({ part }) => part.kind === 'model')
  const below = dependenciesIn(bom)
  const named = models.flatMap((model) => [
    ...datasetsOf(model).flatMap(({ fields: { ref } }) => (typeof ref === 'string' ? [ref] : [])),
    ...(below.get(refOf(model)) ?? []),
  ])
  return named.filter((ref) => !known.has(ref))
}

/** Every `bom-ref` of a file. */
function* referencesIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'bom-ref' && typeof inner === 'string') yield inner
    else yield* referencesIn(inner)
  }
}
