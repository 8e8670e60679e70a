import { z } from 'zod'

type Key = string | number
type Node = Readonly<Record<string, unknown>>

/** Every key that a schema knows at a place, over all branches of its unions; for suggestions. */
export function schemaKeys(schema: z.ZodType, keys: readonly Key[]): readonly string[] {
  const root = object(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }))
  const nodes = keys.reduce<readonly Node[]>(
    (parents, key) => parents.flatMap((parent) => children(parent, key)).flatMap(branches),
    branches(root),
  )
  return [...new Set(nodes.flatMap((node) => Object.keys(object(node.properties))))]
}

function children(node: Node, key: Key): readonly Node[] {
  if (typeof key === 'number') return [object(node.items)]
  const named = object(node.properties)[key]
  return [object(named ?? node.additionalProperties)]
}

function branches(node: Node): readonly Node[] {
  const inner = [node.anyOf, node.oneOf, node.allOf].flatMap((list) => (Array.isArray(list) ? list : []))
  return [node, ...inner.map(object).flatMap(branches)]
}

function object(value: unknown): Node {
  // A JSON Schema node is an object or a boolean; a boolean has no keys to offer.
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
