import { createRequire } from 'node:module'

export const BOM_VERSIONS = ['1.5', '1.6', '1.7'] as const
export type BomVersion = (typeof BOM_VERSIONS)[number]

/** What the schema wants at one place of a file. */
export type SchemaFault = { readonly keys: readonly (string | number)[]; readonly wanted: string }

/** The published schemas of CycloneDX. */
export type BomSchemas = {
  /** The innermost thing that is not as the schema has it; undefined for what is valid. */
  readonly fault: (value: unknown, version: BomVersion) => SchemaFault | undefined
  /** The sentences in which the schema explains its own fields, each as `plainly` has it: no file means them. */
  readonly explanations: (version: BomVersion) => ReadonlySet<string>
}

type Failure = {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string
}

/**
 * The schemas that `@cyclonedx/cyclonedx-library` has in its package, compiled as its own validator does, which can
 * only be awaited. Nothing is loaded before the first file is asked about, and nothing ever from elsewhere. An address
 * of e-mail is looked at by its form alone: the full grammar takes a hostile text too long.
 */
export function bomSchemas(): BomSchemas {
  const load = createRequire(import.meta.url)
  const schema = (name: string): object => {
    const home = load.resolve('@cyclonedx/cyclonedx-library/package.json')
    return load(home.replace(/package\.json$/, `res/schema/${name}.SNAPSHOT.schema.json`))
  }
  const compiled = keptBy((version: BomVersion) => {
    // The package's types are those of the module that is loaded.
    const { Ajv } = load('ajv') as typeof import('ajv')
    const formats = load('ajv-formats') as typeof import('ajv-formats').default // as above
    const beside = ['spdx', 'cryptography-defs', 'jsf-0.82'].map((name) => [
      `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`,
      schema(name),
    ])
    const ajv = new Ajv({ strict: false, addUsedSchema: false, schemas: Object.fromEntries(beside) })
    formats.default(ajv)
    ajv.addFormat('iri-reference', true)
    ajv.addFormat('idn-email', /^[^\s@]{1,64}@[^\s@]{1,255}$/u)
    return ajv.compile(schema(`bom-${version}`))
  })
  const said = keptBy(
    (version: BomVersion): ReadonlySet<string> => new Set(sentencesIn(schema(`bom-${version}`))),
  )
  return {
    fault: (value, version) => {
      const validate = compiled(version)
      return validate(value) ? undefined : innermost(validate.errors ?? [], value)
    },
    explanations: said,
  }
}

/** Each of a few things is made once, when it is first asked for: it is the same for every file. */
function keptBy<K, V>(make: (key: K) => V): (key: K) => V {
  const kept = new Map<K, V>()
  return (key) => {
    const made = kept.get(key) ?? make(key)
    kept.set(key, made)
    return made
  }
}

/** A sentence without what people change when they copy it. */
export function plainly(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[.!?]$/, '')
}

/** A title of one or two words may well be a name. */
const LEAST_WORDS = 4

function* sentencesIn(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'description' && typeof value === 'string') {
      if (value.split(' ').length >= LEAST_WORDS) yield plainly(value)
    } else yield* sentencesIn(value)
  }
}

/** Of alternatives each says what it wants; what stands deepest is nearest to the fault. */
function innermost(failures: readonly Failure[], value: unknown): SchemaFault {
  const depth = ({ instancePath }: Failure) => instancePath.split('/').length
  const [first] = failures.toSorted((a, b) => depth(b) - depth(a))
  if (first === undefined) return { keys: [], wanted: 'what the schema has' }
  const { keyword, params } = first
  const extra = keyword === 'additionalProperties' ? [String(params.additionalProperty)] : []
  return { keys: [...keysOf(first.instancePath, value), ...extra], wanted: wantedBy(first).slice(0, 200) }
}

/** RFC 6901; an index of a list is a number. */
function keysOf(pointer: string, value: unknown): readonly (string | number)[] {
  let inner = value
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
      const at = Array.isArray(inner) ? Number(key) : key
      inner = Reflect.get(Object(inner), key)
      return at
    })
}

/** In words of our own as far as they go; none of them is the file's. */
function wantedBy({ keyword, params, message }: Failure): string {
  switch (keyword) {
    case 'required':
      return `the key ${String(params.missingProperty)}`
    case 'additionalProperties':
      return 'no such key'
    case 'enum':
      return `one of ${[params.allowedValues].flat().slice(0, 12).join(', ')}`
    case 'type':
      return `a value of type ${String(params.type)}`
    case 'pattern':
      return `a text like ${String(params.pattern)}`
    case 'format':
      return `a ${String(params.format)}`
    case 'uniqueItems':
      return 'no entry twice'
    default:
      return (message ?? keyword).replace(/^must /, '')
  }
}
