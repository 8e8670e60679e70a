import { readFileSync } from 'node:fs'
import { buildSchema, type GraphQLError, graphql, parse, validate } from 'graphql'
import { z } from 'zod'
import type { Emulate } from './emulate.ts'
import { commitOf } from './git.ts'
import { commitTalk, pullFor } from './graphql-pulls.ts'
import { type Answer, type Call, json } from './http.ts'
import { GitBlob, GitTree, Pull, Ref, type TreeEntry } from './shapes.ts'
import { fields, isVisible, repoPath, text, type Visit, type World } from './world.ts'

const SLICE = new URL('../../../fixtures/graphql/github.graphql', import.meta.url)
const schema = buildSchema(readFileSync(SLICE, 'utf8'))

/** GitHub cuts a text off after so many bytes, and says so. */
const MOST_TEXT_BYTES = 512_000

/** What a query does against GitHub's schema: sentences, none where all is well. */
export function queryFaults(body: unknown): readonly string[] {
  const query = text(fields(body).query)
  if (query === undefined) return ['a GraphQL request needs a query']
  try {
    return validate(schema, parse(query)).map(({ message }) => message)
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

/** `POST /graphql`, as far as gonogo's queries go, over what emulate keeps. */
export async function answerQuery(world: World, { call }: Pick<Visit, 'call'>): Promise<Answer> {
  const { query, variables } = fields(call.body)
  const result = await graphql({
    schema,
    source: String(query),
    variableValues: fields(variables),
    rootValue: { repository: repositoryFor({ ...world, emulate: remembering(world.emulate) }, call) },
    typeResolver: (value) => text(fields(value).__typename),
  })
  return json(200, result.errors ? { data: result.data ?? null, errors: result.errors.map(told) } : result)
}

/** Within one query emulate is asked once for each thing. */
function remembering(emulate: Emulate): Emulate {
  const known = new Map<string, Promise<unknown>>()
  const look: Emulate['look'] = async (shape, path) => {
    const answer = known.get(path) ?? emulate.look(z.unknown(), path)
    known.set(path, answer)
    const found = await answer
    return found === undefined ? undefined : shape.parse(found)
  }
  return {
    ...emulate,
    look,
    read: async (shape, path) => {
      const found = await look(shape, path)
      if (found === undefined) throw new Error(`emulate has no ${path}`)
      return found
    },
  }
}

/** GitHub says of what kind an error is; what is not there, and what may not be seen, are one. */
function told({ message, path, extensions }: GraphQLError): object {
  return { type: extensions.type ?? 'INTERNAL', path, message }
}

class NotFound extends Error {
  readonly extensions = { type: 'NOT_FOUND' }
}

type Named = { readonly owner: string; readonly name: string }

function repositoryFor(world: World, call: Call) {
  return ({ owner, name }: Named): object => {
    const seed = world.setting.repos.find((repo) => repo.name === name)
    if (seed === undefined || owner !== world.setting.owner || !isVisible(world, call, name))
      throw new NotFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`)
    return {
      name,
      defaultBranchRef: () => refOf(world, name, `refs/heads/${seed.defaultBranch}`),
      ref: ({ qualifiedName }: { readonly qualifiedName: string }) => refOf(world, name, qualifiedName),
      pullRequest: async ({ number }: { readonly number: number }) => {
        if ((await world.emulate.look(Pull, `${repoPath(world, name)}/pulls/${number}`)) === undefined)
          throw new NotFound(`Could not resolve to a PullRequest with the number of ${number}.`)
        return pullFor(world, name, number)
      },
      object: ({ oid }: { readonly oid?: string }) => (oid === undefined ? null : objectOf(world, name, oid)),
    }
  }
}

async function refOf(world: World, repo: string, qualified: string): Promise<object | null> {
  const [, prefix, name] = /^(refs\/(?:heads|tags)\/)(.+)$/.exec(qualified) ?? []
  if (prefix === undefined || name === undefined) return null
  const path = `${repoPath(world, repo)}/git/ref/${prefix.slice('refs/'.length)}${encodeURI(name)}`
  const found = await world.emulate.look(Ref, path)
  return found === undefined ? null : { prefix, name, target: () => objectOf(world, repo, found.object.sha) }
}

async function objectOf(world: World, repo: string, oid: string): Promise<object | null> {
  if (!/^[0-9a-f]{40}$/.test(oid)) return null
  const commit = await commitOf(world, repo, oid)
  if (commit !== undefined) return commitFor(world, repo, oid, commit.tree.sha)
  if ((await world.emulate.look(GitTree, treePath(world, repo, oid))) !== undefined)
    return treeFor(world, repo, oid)
  return await blobFor(world, repo, oid)
}

function commitFor(world: World, repo: string, oid: string, tree: string): object {
  return {
    __typename: 'Commit',
    oid,
    ...commitTalk(world, repo, oid),
    tree: () => treeFor(world, repo, tree),
    file: ({ path }: { readonly path: string }) => entryAt(world, repo, tree, path),
    parents: async ({ first }: { readonly first?: number }) => {
      const parents = (await commitOf(world, repo, oid))?.parents ?? []
      return { nodes: parents.slice(0, first).map(({ sha }) => ({ __typename: 'Commit', oid: sha })) }
    },
    history: ({ first = 100, after }: { readonly first?: number; readonly after?: string | null }) =>
      historyOf(world, repo, oid, first, Number(after ?? 0)),
  }
}

const Listed = z.array(
  z.looseObject({ sha: z.string(), commit: z.looseObject({ tree: z.looseObject({ sha: z.string() }) }) }),
)

async function historyOf(world: World, repo: string, oid: string, first: number, from: number) {
  // Cursors are opaque on GitHub; here they are the count of commits before the page.
  const size = Math.min(100, first)
  const page = Math.floor(from / size) + 1
  const path = `${repoPath(world, repo)}/commits?sha=${oid}&per_page=${size}&page=${page}`
  const commits = await world.emulate.read(Listed, path)
  return {
    nodes: commits.map(({ sha, commit }) => commitFor(world, repo, sha, commit.tree.sha)),
    pageInfo: { hasNextPage: commits.length === size, endCursor: String(from + commits.length) },
  }
}

const treePath = (world: World, repo: string, oid: string): string =>
  `${repoPath(world, repo)}/git/trees/${oid}`

function treeFor(world: World, repo: string, oid: string): object {
  return {
    __typename: 'Tree',
    oid,
    entries: async () =>
      (await world.emulate.read(GitTree, treePath(world, repo, oid))).tree.map((entry) =>
        entryFor(world, repo, entry),
      ),
  }
}

async function entryAt(world: World, repo: string, tree: string, path: string): Promise<object | null> {
  let oid = tree
  const parts = path.split('/')
  for (const [index, name] of parts.entries()) {
    const { tree: entries } = await world.emulate.read(GitTree, treePath(world, repo, oid))
    const found = entries.find((entry) => entry.path === name)
    if (found === undefined) return null
    if (index === parts.length - 1) return entryFor(world, repo, found)
    // A link or a submodule on the way leads nowhere.
    if (found.type !== 'tree') return null
    oid = found.sha
  }
  return null
}

function entryFor(world: World, repo: string, entry: TreeEntry): object {
  const object = {
    blob: () => blobFor(world, repo, entry.sha),
    tree: () => treeFor(world, repo, entry.sha),
  }[entry.type]
  return {
    name: entry.path,
    mode: Number.parseInt(entry.mode, 8),
    type: entry.type,
    oid: entry.sha,
    size: async () => (entry.type === 'blob' ? (await bytesOf(world, repo, entry.sha))?.length : 0),
    object: object ?? null,
  }
}

async function bytesOf(world: World, repo: string, oid: string): Promise<Buffer | undefined> {
  const found = await world.emulate.look(GitBlob, `${repoPath(world, repo)}/git/blobs/${oid}`)
  return found && Buffer.from(found.content, found.encoding === 'base64' ? 'base64' : 'utf8')
}

async function blobFor(world: World, repo: string, oid: string): Promise<object | null> {
  const bytes = await bytesOf(world, repo, oid)
  if (bytes === undefined) return null
  // As git sees it: what has a zero byte near its beginning is binary.
  const isBinary = bytes.subarray(0, 8000).includes(0)
  const isTruncated = bytes.length > MOST_TEXT_BYTES
  return {
    __typename: 'Blob',
    oid,
    byteSize: bytes.length,
    isBinary,
    isTruncated,
    text: isBinary ? null : bytes.subarray(0, MOST_TEXT_BYTES).toString('utf8'),
  }
}
