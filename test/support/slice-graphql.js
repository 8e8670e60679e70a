// Cuts the types and fields that gonogo's queries use out of GitHub's GraphQL schema, into fixtures/graphql/.
// Run after `npm ci` when a query asks for more: node test/support/slice-graphql.js
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSchema, parse, print, visit } from 'graphql'

// The package names only its script, beside which the schema lies.
export const SCHEMA = new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema'))
const TARGET = new URL('../../fixtures/graphql/', import.meta.url)

/** Types that are kept, with these fields; all other types go, and with them the fields and arguments of that type. */
export const KEPT = {
  Query: ['repository'],
  Repository: ['name', 'object', 'ref'],
  Ref: ['name', 'prefix', 'target'],
  GitObject: ['oid'],
  Commit: ['oid', 'file', 'history', 'parents', 'tree'],
  CommitConnection: ['nodes', 'pageInfo', 'totalCount'],
  CommitHistoryConnection: ['nodes', 'pageInfo', 'totalCount'],
  PageInfo: ['endCursor', 'hasNextPage'],
  Tree: ['oid', 'entries'],
  TreeEntry: ['mode', 'name', 'object', 'oid', 'path', 'size', 'type'],
  Blob: ['oid', 'byteSize', 'isBinary', 'isTruncated', 'text'],
}
const SCALARS = ['GitObjectID', 'String', 'Int', 'Boolean', 'ID']

const nameOf = (type) => (type.kind === 'NamedType' ? type.name.value : nameOf(type.type))
const isKept = (type) => nameOf(type) in KEPT || SCALARS.includes(nameOf(type))

/** The slice of a schema, as text. */
export function slice(text) {
  const document = visit(parse(text, { noLocation: true }), {
    ScalarTypeDefinition: (node) => (SCALARS.includes(node.name.value) ? undefined : null),
    EnumTypeDefinition: () => null,
    InputObjectTypeDefinition: () => null,
    UnionTypeDefinition: () => null,
    DirectiveDefinition: () => null,
    Directive: () => null,
    SchemaDefinition: () => null,
    StringValue: () => null,
    ObjectTypeDefinition: { enter: kept },
    InterfaceTypeDefinition: { enter: kept },
  })
  return `${print({ ...document, definitions: document.definitions.map(withoutDescription) })}\n`
}

function kept(node) {
  const fields = KEPT[node.name.value]
  if (fields === undefined) return null
  return {
    ...node,
    interfaces: node.interfaces.filter(({ name }) => name.value in KEPT),
    fields: node.fields
      .filter(({ name, type }) => fields.includes(name.value) && isKept(type))
      .map((field) => ({ ...field, arguments: field.arguments.filter(({ type }) => isKept(type)) })),
  }
}

function withoutDescription(node) {
  return visit(node, {
    enter: (inner) => (inner.description ? { ...inner, description: undefined } : undefined),
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sliced = slice(readFileSync(SCHEMA, 'utf8'))
  buildSchema(sliced)
  mkdirSync(TARGET, { recursive: true })
  writeFileSync(new URL('github.graphql', TARGET), sliced)
}
