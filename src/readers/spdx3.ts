import type { BomPart, BomRecord } from '../core/bom.ts'
import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { bomLicences } from './bom-licences.ts'
import { metricIn } from './bom-metrics.ts'
import { dayOf, hashesIn, namesAmong, purlOf } from './bom-names.ts'
import { fewOf, isStandIn, type Placeholder, placeholderAt, placeholdersIn } from './bom-placeholders.ts'
import { isTooMuch, shortened } from './bom-sizes.ts'
import { type Collector, collect } from './collect.ts'
import { type Fields, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { contentsOf, type Element, type Graph, graphOf, textsOf } from './spdx3-graph.ts'

const format = 'spdx3'
const CONTEXT = /^https:\/\/spdx\.org\/rdf\/(3\.0(?:\.\d{1,3})?)\/spdx-context\.jsonld$/

/**
 * SPDX 3.0 as JSON-LD, https://spdx.github.io/spdx-spec/v3.0.1, with its profiles AI and Dataset, read by the keys of its
 * own context: packages of models and data, files, how they are related, and what the profiles ask of them.
 */
export const spdx3: Reader = {
  format,
  labels: ['model_sha256'],
  shapes: [['@context', '@graph']],
  recognises: (content) => graphIn(content) !== undefined,
  read,
}

function graphIn(content: Content): { readonly spec: string; readonly graph: unknown } | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const contexts = textsOf(content.value['@context'])
  const [spec] = contexts.flatMap((one) => (one.length < 200 ? (CONTEXT.exec(one)?.[1] ?? []) : []))
  return spec === undefined ? undefined : { spec, graph: content.value['@graph'] }
}

/** Elements past these are of a whole system, not of a model. */
const MOST_ELEMENTS = 50_000
const SAID: ReadonlySet<string> = new Set()
const KINDS: Readonly<Record<string, BomPart['kind']>> = {
  ai_AIPackage: 'model',
  dataset_DatasetPackage: 'data',
  software_File: 'file',
}

/** What the profiles ask of a package at the least, spdx.github.io/spdx-spec/v3.0.1/model/AI and /Dataset. */
const WANTED: Readonly<Record<string, readonly string[]>> = {
  ai_AIPackage: [
    ...['releaseTime', 'suppliedBy', 'software_downloadLocation', 'software_packageVersion'],
    'software_primaryPurpose',
  ],
  dataset_DatasetPackage: [
    ...['builtTime', 'originatedBy', 'releaseTime', 'software_downloadLocation', 'software_primaryPurpose'],
    'dataset_datasetType',
  ],
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const file = graphIn(input.content)
  if (file === undefined || !Array.isArray(file.graph)) {
    found.malformed(['@graph'], 'a list of elements')
    return found.reading()
  }
  if (file.graph.length > MOST_ELEMENTS) {
    found.fault(['@graph'], { code: 'too_many', limit: MOST_ELEMENTS })
    return found.reading()
  }
  const graph = graphOf(file.graph)
  const placed = graph.elements.filter(({ type }) => Object.hasOwn(KINDS, type))
  const bases = basesIn(graph)
  const parts = placed.map((one) => partOf(one, graph, bases))
  const limit = isTooMuch(parts)
  if (limit !== undefined) {
    found.fault(['@graph'], { code: 'too_many', limit })
    return found.reading()
  }
  const document = graph.elements.find(({ type }) => type === 'SpdxDocument')
  if (document === undefined) found.malformed(['@graph'], 'an SpdxDocument')
  overlaps(graph, found)
  const date = dayOf(createdAt(document, graph))
  const placeholders = fewOf(placed.flatMap((one, index) => standInsOf(one, parts[index], found)))
  found.record(
    (source): BomRecord => ({
      ...{ kind: 'bom', standard: 'SPDX', spec: file.spec },
      ...(document !== undefined && document.id !== '' && { serial: document.id.slice(0, 200) }),
      ...(date !== undefined && { date }),
      ...{ parts, unresolved: shortened(danglingIn(graph)), placeholders },
      lacking: [
        ...(date === undefined ? [{ of: 'the document', field: 'created' }] : []),
        ...lackingIn(placed, document),
      ],
      ...{ evidence: [], counterClaims: [], source },
    }),
  )
  return found.reading()
}

function partOf({ id, type, fields }: Element, graph: Graph, bases: ReadonlySet<string>): BomPart {
  const kind = KINDS[type] ?? 'file'
  const purl = purlOf(fields.software_packageUrl)
  return {
    kind,
    names: namesAmong(fields.name, purl.name),
    versions: namesAmong(fields.software_packageVersion, purl.version),
    digests: hashesIn(fields.verifiedUsing, 'algorithm', 'hashValue').digests,
    ...(kind !== 'file' && licencesOf(id, graph)),
    base: bases.has(id),
  }
}

/** By relationships alone: declared and concluded, each an expression, or a licence of the list by its address. */
function licencesOf(id: string, { from, byId }: Graph): ReturnType<typeof bomLicences> {
  return bomLicences(
    (from.get(id) ?? []).flatMap(({ type, to }) => {
      if (type !== 'hasDeclaredLicense' && type !== 'hasConcludedLicense') return []
      return to.map((one) => {
        const expression = byId.get(one)?.fields.simplelicensing_licenseExpression
        const written = typeof expression === 'string' ? expression : one.replace(LISTED, '')
        return { written: NO_ASSERTION.test(one) ? 'NOASSERTION' : written, concluded: type !== DECLARED }
      })
    }),
  )
}

const DECLARED = 'hasDeclaredLicense'
const LISTED = /^https?:\/\/spdx\.org\/licenses\//
/** The individual of the standard that asserts nothing, by its address or its name. */
const NO_ASSERTION = /(?:^|[/_])NoAssertionLicense$/

/** Models that others are said to descend from, or to depend on. */
function basesIn({ relations, byId }: Graph): ReadonlySet<string> {
  const isModel = (id: string) => byId.get(id)?.type === 'ai_AIPackage'
  return new Set(
    relations.flatMap(({ from, type, to }) => {
      if (type === 'ancestorOf') return to.some(isModel) ? [from] : []
      if (type !== 'descendantOf' && type !== 'dependsOn') return []
      return isModel(from) ? to.filter((one) => one !== from && isModel(one)) : []
    }),
  )
}

function standInsOf(
  { fields, keys }: Element,
  part: BomPart | undefined,
  found: Collector,
): readonly Placeholder[] {
  const { placeholder } = hashesIn(fields.verifiedUsing, 'algorithm', 'hashValue')
  const metrics: readonly unknown[] = Array.isArray(fields.ai_metric) ? fields.ai_metric : []
  return [
    ...placeholdersIn(fields, keys, SAID),
    ...(placeholder === undefined ? [] : [placeholderAt([...keys, 'verifiedUsing'], placeholder)]),
    ...metrics.flatMap((one, index) =>
      part === undefined || part.base || !isFields(one)
        ? []
        : metricIn(
            { metric: one.key, value: one.value, part },
            [...keys, 'ai_metric', index, 'value'],
            format,
            found,
          ),
    ),
  ]
}

function createdAt(document: Element | undefined, { byId }: Graph): unknown {
  const info = document?.fields.creationInfo
  return typeof info === 'string' ? byId.get(info)?.fields.created : isFields(info) ? info.created : undefined
}

function lackingIn(placed: readonly Element[], document: Element | undefined): BomRecord['lacking'] {
  const profiles = textsOf(document?.fields.profileConformance)
  const wanted = [
    ...(placed.some(({ type }) => type === 'ai_AIPackage') ? ['ai'] : []),
    ...(placed.some(({ type }) => type === 'dataset_DatasetPackage') ? ['dataset'] : []),
  ]
  return [
    ...wanted
      .filter((one) => !profiles.includes(one))
      .map((one) => ({ of: 'the document', field: `profileConformance: ${one}` })),
    ...placed.flatMap(({ type, fields, id }) =>
      (WANTED[type] ?? [])
        .filter((field) => !isGiven(fields, field))
        .map((field) => ({ of: String(fields.name ?? id).slice(0, 200), field })),
    ),
  ]
}

function isGiven(fields: Fields, field: string): boolean {
  const value = Object.hasOwn(fields, field) ? [fields[field]].flat() : []
  return value.some(
    (one) => isFields(one) || (typeof one === 'string' && one.trim() !== '' && !isStandIn(one, SAID)),
  )
}

const TO_DATA: readonly string[] = ['trainedOn', 'testedOn']
const TO_MODELS: readonly string[] = ['descendantOf', 'ancestorOf']

/** What models are related to and nothing in the file is; other documents are not fetched. */
function danglingIn({ relations, byId }: Graph): readonly string[] {
  return relations
    .filter(({ type }) => [...TO_DATA, ...TO_MODELS].includes(type))
    .flatMap(({ from, to }) => [from, ...to].filter((id) => !byId.has(id)))
}

/** Data that a model was trained on tell nothing when it is tested on them: by what they are, contain, or have as digest. */
function overlaps(graph: Graph, found: Collector): void {
  const [trained, tested] = TO_DATA.map((wanted) =>
    contentsOf(
      graph,
      graph.relations.filter(({ type }) => type === wanted).flatMap(({ to }) => to),
    ),
  )
  const digestsOf = (id: string) =>
    hashesIn(graph.byId.get(id)?.fields.verifiedUsing, 'algorithm', 'hashValue').digests
  const bytes = new Set([...(trained ?? [])].flatMap(digestsOf))
  for (const id of tested ?? []) {
    if (!trained?.has(id) && !digestsOf(id).some((one) => bytes.has(one))) continue
    const element = graph.byId.get(id)
    const data = String(element?.fields.name ?? id).slice(0, 200)
    found.fault(element?.keys ?? ['@graph'], { code: 'trained_and_tested', data })
  }
}
