import { type Fields, isFields } from './narrow.ts'

type Keys = readonly (string | number)[]
/** An element of a graph, with where it stands. */
export type Element = {
  readonly id: string
  readonly type: string
  readonly fields: Fields
  readonly keys: Keys
}
/** `from` stands in a relationship to each of `to`. */
export type Relation = {
  readonly from: string
  readonly type: string
  readonly to: readonly string[]
  readonly keys: Keys
}

/** The elements of an SPDX 3 graph and how they are related, by the short names of its context; no other context is read. */
export type Graph = {
  readonly elements: readonly Element[]
  readonly byId: ReadonlyMap<string, Element>
  readonly relations: readonly Relation[]
  /** The relations of each element to others. */
  readonly from: ReadonlyMap<string, readonly Relation[]>
}

/** The graph of a file; what has no type is none of its elements. */
export function graphOf(list: readonly unknown[]): Graph {
  const elements = list.flatMap((fields, index): readonly Element[] => {
    if (!isFields(fields)) return []
    const [type] = [fields.type ?? fields['@type']].flat()
    const id = fields.spdxId ?? fields['@id']
    if (typeof type !== 'string') return []
    return [{ id: typeof id === 'string' ? id : '', type, fields, keys: ['@graph', index] }]
  })
  const relations = elements.flatMap(({ fields, keys }): readonly Relation[] => {
    const { from, relationshipType: type } = fields
    if (typeof from !== 'string' || typeof type !== 'string') return []
    return [{ from, type, to: textsOf(fields.to), keys }]
  })
  return {
    elements,
    byId: new Map(elements.filter(({ id }) => id !== '').map((one) => [one.id, one])),
    relations,
    from: Map.groupBy(relations, ({ from }) => from),
  }
}

/** One text, or each of a list. */
export function textsOf(value: unknown): readonly string[] {
  return [value].flat().flatMap((one: unknown) => (typeof one === 'string' ? [one] : []))
}

/** What elements contain, themselves included, however deep. */
export function contentsOf({ from }: Graph, ids: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const rest = [...ids]
  while (rest.length > 0) {
    const id = rest.pop() ?? ''
    if (found.has(id)) continue
    found.add(id)
    for (const { type, to } of from.get(id) ?? [])
      if (type === 'contains') for (const one of to) rest.push(one)
  }
  return found
}
