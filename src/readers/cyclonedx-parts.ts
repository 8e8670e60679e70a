import type { BomPart } from '../core/bom.ts'
import { bomLicences } from './bom-licences.ts'
import { hashesIn, namesAmong, purlOf } from './bom-names.ts'
import { type Fields, fieldsAt, isFields, objectsAt, objectsIn } from './narrow.ts'

type Keys = readonly (string | number)[]
/** A component, or data that stand in a model card, with where it stands. */
export type Placed = {
  readonly fields: Fields
  readonly keys: Keys
  readonly part: BomPart
  readonly placeholder?: string
}

const KINDS: Readonly<Record<string, BomPart['kind']>> = {
  'machine-learning-model': 'model',
  data: 'data',
  file: 'file',
}

type At = { readonly fields: Fields; readonly keys: Keys; readonly base: boolean }

/** What a bill of materials is about, every component that stands in it, and what those were made from, in their order. */
export function componentsIn(bom: Fields): readonly At[] {
  const own = fieldsAt(bom, 'metadata').component
  return [
    ...(isFields(own) ? [...inside({ fields: own, keys: ['metadata', 'component'], base: false })] : []),
    ...objectsAt<At>({ fields: bom, keys: [], base: false }, 'components').flatMap((one) => [...inside(one)]),
  ]
}

function* inside(at: At): Generator<At> {
  yield at
  for (const one of objectsAt(at, 'components')) yield* inside(one)
  const pedigree = { fields: fieldsAt(at.fields, 'pedigree'), keys: [...at.keys, 'pedigree'], base: true }
  for (const one of objectsAt(pedigree, 'ancestors')) yield* inside(one)
}

/** Models, data and files among components; a model that another one depends on is its base. */
export function partsOf(components: readonly At[], bom: Fields): readonly Placed[] {
  const below = dependenciesIn(bom)
  const models = new Set(components.filter((one) => kindOf(one) === 'model').map(refOf))
  const bases = new Set(
    [...below].flatMap(([ref, on]) => (models.has(ref) ? on.filter((one) => one !== ref) : [])),
  )
  return components.flatMap((at): readonly Placed[] => {
    const kind = kindOf(at)
    if (kind === undefined) return []
    const { fields, keys } = at
    const purl = purlOf(fields.purl)
    const { name, group, version } = fields
    const full = typeof group === 'string' && group !== '' ? `${group}/${name}` : undefined
    const { digests, placeholder } = hashesIn(fields.hashes, 'alg', 'content')
    const part: BomPart = {
      kind,
      names: namesAmong(full, name, purl.name),
      versions: namesAmong(version, purl.version),
      digests,
      ...(kind !== 'file' && licencesIn(fields.licenses)),
      base: at.base || (kind === 'model' && bases.has(refOf(at))),
    }
    return [
      { fields, keys, part, ...(placeholder !== undefined && { placeholder }) },
      ...(kind === 'model' ? dataIn(at) : []),
    ]
  })
}

function kindOf({ fields: { type } }: At): BomPart['kind'] | undefined {
  return typeof type === 'string' && Object.hasOwn(KINDS, type) ? KINDS[type] : undefined
}

/** The reference by which others name a component; one without is named by nobody. */
export function refOf({ fields }: { readonly fields: Fields }): string {
  return typeof fields['bom-ref'] === 'string' ? fields['bom-ref'] : ''
}

/** Data that a model card describes itself; the format has no licence for those. */
function dataIn(model: At): readonly Placed[] {
  return datasetsOf(model).flatMap(({ fields, keys }) => {
    if (typeof fields.ref === 'string') return []
    const part = {
      kind: 'data',
      names: namesAmong(fields.name),
      versions: [],
      digests: [],
      base: false,
    } as const
    return [{ fields, keys, part }]
  })
}

/** The datasets that a model card names, in whichever way. */
export function datasetsOf({
  fields,
  keys,
}: {
  readonly fields: Fields
  readonly keys: Keys
}): readonly At[] {
  const card = fieldsAt(fieldsAt(fields, 'modelCard'), 'modelParameters')
  return objectsAt<At>(
    { fields: card, keys: [...keys, 'modelCard', 'modelParameters'], base: false },
    'datasets',
  )
}

/** What each reference depends on. */
export function dependenciesIn(bom: Fields): ReadonlyMap<string, readonly string[]> {
  return new Map(
    objectsIn(bom.dependencies).flatMap(({ ref, dependsOn }) =>
      typeof ref === 'string' && Array.isArray(dependsOn)
        ? [[ref, dependsOn.filter((one: unknown) => typeof one === 'string')] as const]
        : [],
    ),
  )
}

/** An expression, or the id or the name of each of several; from 1.6 on with who says so, else nobody concluded it. */
function licencesIn(list: unknown): ReturnType<typeof bomLicences> {
  const all: readonly unknown[] = Array.isArray(list) ? list.slice(0, 50) : []
  return bomLicences(
    all.flatMap((one) => {
      if (!isFields(one)) return []
      const licence = fieldsAt(one, 'license')
      const written = one.expression ?? licence.id ?? licence.name
      const concluded = (one.acknowledgement ?? licence.acknowledgement) === 'concluded'
      return typeof written === 'string' ? [{ written, concluded }] : []
    }),
  )
}
