// Cuts the types and fields that gonogo's queries use out of GitHub's GraphQL schema, into fixtures/graphql/.
// Run after `npm ci` when a query asks for more: npx node test/support/slice-graphql.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  buildSchema,
  type DefinitionNode,
  Kind,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type TypeNode,
  visit,
} from 'graphql'

/** GitHub's whole schema; the package names only its script, beside which it lies. */
export const SCHEMA: URL = new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema'))
export const SLICE: URL = new URL('../../fixtures/graphql/github.graphql', import.meta.url)

/** Types that are kept, with these fields; all other types go, and with them what is of that type. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  Query: ['repository'],
  Repository: ['defaultBranchRef', 'name', 'object', 'pullRequest', 'ref'],
  Ref: ['name', 'prefix', 'target'],
  GitObject: ['oid'],
  Commit: ['oid', 'associatedPullRequests', 'authors', 'file', 'history', 'parents', 'tree'],
  Actor: ['login'],
  Bot: ['login'],
  Mannequin: ['login'],
  User: ['login'],
  GitActor: ['user'],
  GitActorConnection: ['nodes'],
  PullRequest: [
    ...['baseRefName', 'headRefName', 'headRefOid', 'isCrossRepository'],
    ...['number', 'reviews', 'state', 'timelineItems'],
  ],
  PullRequestTimelineItems: [],
  PullRequestTimelineItemsConnection: ['nodes'],
  BaseRefChangedEvent: ['createdAt'],
  AutomaticBaseChangeSucceededEvent: ['createdAt'],
  PullRequestConnection: ['nodes', 'pageInfo'],
  PullRequestReview: ['author', 'commit', 'id', 'state', 'submittedAt'],
  PullRequestReviewConnection: ['nodes', 'pageInfo'],
  CommitConnection: ['nodes', 'pageInfo', 'totalCount'],
  CommitHistoryConnection: ['nodes', 'pageInfo', 'totalCount'],
  PageInfo: ['endCursor', 'hasNextPage'],
  Tree: ['oid', 'entries'],
  TreeEntry: ['mode', 'name', 'object', 'oid', 'path', 'size', 'type'],
  Blob: ['oid', 'byteSize', 'isBinary', 'isTruncated', 'text'],
}
const SCALARS = ['GitObjectID', 'String', 'Int', 'Boolean', 'ID', 'DateTime']
const ENUMS = ['PullRequestReviewState', 'PullRequestState', 'PullRequestTimelineItemsItemType']

/** The slice of a schema, as text. */
export function slice(text: string): string {
  const { definitions } = parse(text, { noLocation: true })
  return `${print({ kind: Kind.DOCUMENT, definitions: definitions.flatMap(kept) })}\n`
}

function kept(node: DefinitionNode): readonly DefinitionNode[] {
  if (node.kind === Kind.SCALAR_TYPE_DEFINITION) return SCALARS.includes(node.name.value) ? [bare(node)] : []
  if (node.kind === Kind.ENUM_TYPE_DEFINITION) return ENUMS.includes(node.name.value) ? [bare(node)] : []
  if (node.kind === Kind.UNION_TYPE_DEFINITION)
    return node.name.value in KEPT ? [bare({ ...node, types: (node.types ?? []).filter(isKept) })] : []
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) return []
  const wanted = KEPT[node.name.value]
  if (wanted === undefined) return []
  const fields = (node.fields ?? [])
    .filter(({ name, type }) => wanted.includes(name.value) && isKept(type))
    .map((field) => ({
      ...field,
      arguments: (field.arguments ?? []).filter(({ type }) => isKept(type)),
    }))
  const interfaces = (node.interfaces ?? []).filter(({ name }: NamedTypeNode) => name.value in KEPT)
  return [bare({ ...node, fields, interfaces })]
}

/** Without words for people and directives. */
function bare<T extends DefinitionNode | ObjectTypeDefinitionNode>(node: T): T {
  return visit(node, { Directive: () => null, StringValue: () => null })
}

function isKept(type: TypeNode): boolean {
  if (type.kind !== Kind.NAMED_TYPE) return isKept(type.type)
  return [...Object.keys(KEPT), ...SCALARS, ...ENUMS].includes(type.name.value)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sliced = slice(readFileSync(SCHEMA, 'utf8'))
  buildSchema(sliced)
  mkdirSync(new URL('.', SLICE), { recursive: true })
  writeFileSync(SLICE, sliced)
}
