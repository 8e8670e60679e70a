import { z } from 'zod'
import { GitHubAnswerError } from './client.ts'
import type { Node, Nodes } from './known.ts'

/** How many commits GitHub lists at once. */
export const PAGE = 100

/** What may be asked with others in one query. All but `ref` never change; `after` is GitHub's own cursor. */
export type Question =
  | { readonly ask: 'ref'; readonly branch: string }
  /** With `maybe` it is no fault that the commit is not there any more. */
  | {
      readonly ask: 'entry'
      readonly commit: string
      readonly path: string
      readonly text?: boolean
      readonly maybe?: true
    }
  | { readonly ask: 'list'; readonly commit: string; readonly folder: string; readonly deep?: boolean }
  | { readonly ask: 'blob'; readonly oid: string }
  | { readonly ask: 'history'; readonly from: string; readonly after?: string; readonly folder: string }

const Oid = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/)
export const Text = z.object({
  byteSize: z.number(),
  isBinary: z.boolean().nullable(),
  isTruncated: z.boolean(),
  text: z.string().nullable(),
})
export const Item = z.object({
  name: z.string(),
  mode: z.number(),
  type: z.string(),
  oid: Oid,
  size: z.number(),
})
const Inner = z.object({ entries: z.array(Item).nullable() })
const Deep = Item.extend({ object: z.union([Inner, z.object({}).strict()]).nullish() })
const Folder = z.object({ oid: Oid, entries: z.array(Deep).nullable() })
/** What is asked of a commit; of something else GitHub answers `{}`. */
export const Answers = {
  ref: z.object({ name: z.string(), prefix: z.string(), target: z.object({ oid: Oid }) }),
  entry: z.object({
    file: Item.extend({ object: z.union([Text, z.object({}).strict()]).nullish() }).nullable(),
  }),
  list: z.object({
    file: z
      .object({ type: z.string(), object: z.union([Folder, z.object({}).strict()]).nullable() })
      .nullable(),
  }),
  root: z.object({ tree: Folder }),
  blob: Text,
  history: z.object({
    history: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(
        z.object({
          oid: Oid,
          parents: z.object({ nodes: z.array(z.object({ oid: Oid })) }),
          file: z.object({ type: z.string(), oid: Oid }).nullable(),
        }),
      ),
    }),
  }),
} as const

type Variable = readonly [name: string, type: 'String!' | 'String' | 'GitObjectID!', value: string | null]
export type Part = { readonly text: string; readonly variables: readonly Variable[] }

/** The fields of an entry of a tree. */
export const ITEM = 'name mode type oid size'
/** The fields of a file's content. */
export const BLOB = '... on Blob { byteSize isBinary isTruncated text }'

/** A question as a part of a query, under an alias. What comes from elsewhere goes in as a variable. */
export function partOf(question: Question, alias: string): Part {
  const string = (name: string, value: string): Variable => [`${alias}${name}`, 'String!', value]
  const commit = (id: string, fields: string, ...more: readonly Variable[]): Part => ({
    text: `${alias}: object(oid: $${alias}c) { ... on Commit { ${fields} } }`,
    variables: [[`${alias}c`, 'GitObjectID!', id], ...more],
  })
  switch (question.ask) {
    case 'ref':
      return {
        text: `${alias}: ref(qualifiedName: $${alias}r) { name prefix target { oid } }`,
        variables: [string('r', `refs/heads/${question.branch}`)],
      }
    case 'entry': {
      const object = question.text ? `object { ${BLOB} }` : ''
      return commit(
        question.commit,
        `file(path: $${alias}p) { ${ITEM} ${object} }`,
        string('p', question.path),
      )
    }
    case 'list': {
      const inner = question.deep ? `object { ... on Tree { entries { ${ITEM} } } }` : ''
      const entries = `oid entries { ${ITEM} ${inner} }`
      return question.folder === ''
        ? commit(question.commit, `tree { ${entries} }`)
        : commit(
            question.commit,
            `file(path: $${alias}p) { type object { ... on Tree { ${entries} } } }`,
            string('p', question.folder),
          )
    }
    case 'blob':
      return {
        text: `${alias}: object(oid: $${alias}b) { ${BLOB} }`,
        variables: [[`${alias}b`, 'GitObjectID!', question.oid]],
      }
    case 'history': {
      const fields = `pageInfo { hasNextPage endCursor } nodes { oid parents(first: 1) { nodes { oid } } file(path: $${alias}p) { type oid } }`
      return commit(
        question.from,
        `history(first: ${PAGE}, after: $${alias}a) { ${fields} }`,
        string('p', question.folder),
        [`${alias}a`, 'String', question.after ?? null],
      )
    }
  }
}

/** One query over all parts of a repository, and what rides along beside it. */
export function queryOf(parts: readonly Part[], rider?: Part): string {
  const asked = rider ? [...parts, rider] : parts
  const variables = [
    '$owner: String!',
    ...(parts.length === 0 ? [] : ['$repo: String!']),
    ...asked.flatMap((part) => part.variables.map(([name, type]) => `$${name}: ${type}`)),
  ]
  const fields = parts.map(({ text }) => text).join('\n')
  const repository = parts.length === 0 ? '' : `repository(owner: $owner, name: $repo) {\n${fields}\n}\n`
  return `query (${variables.join(', ')}) {\n${repository}${rider?.text ?? ''}}`
}

/** The values of the variables of parts, by name. */
export function valuesOf(parts: readonly Part[]): Readonly<Record<string, string | null>> {
  return Object.fromEntries(parts.flatMap((part) => part.variables.map(([name, , value]) => [name, value])))
}

/** An answer in the shape that was asked for. Throws GitHubAnswerError. */
export function read<T>(shape: z.ZodType<T>, value: unknown): T {
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  throw new GitHubAnswerError('GitHub answered a query in another shape than it describes')
}

const TYPE_BITS = 0o170000

/** An entry of a tree. GraphQL gives git's mode as a number: 33188 is 100644. */
export function nodeOf({ mode, type, oid, size }: z.infer<typeof Item>): Node {
  const bits = mode & TYPE_BITS
  if (type === 'tree' && bits === 0o040000) return { kind: 'folder', oid }
  if (type === 'commit' && bits === 0o160000) return { kind: 'submodule', oid }
  if (type === 'blob' && bits === 0o120000) return { kind: 'link', oid, bytes: size }
  if (type === 'blob' && bits === 0o100000) return { kind: 'file', oid, bytes: size }
  throw new GitHubAnswerError('a tree entry is of no kind that git has')
}

/** The entries of a folder by name. Throws GitHubAnswerError where one would hide another. */
export function nodesOf(items: readonly z.infer<typeof Item>[] | null): Nodes {
  if (items === null) throw new GitHubAnswerError('a folder came without its entries')
  const nodes = new Map(items.map((item) => [item.name, nodeOf(item)]))
  // Names that are no UTF-8 can become the same text.
  if (nodes.size < items.length) throw new GitHubAnswerError('two files of a tree have the same name')
  return nodes
}
