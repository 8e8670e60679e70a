import { z } from 'zod'
import { FLOOR, FLOOR_RECORDS, floorRepositoryOf } from '../../core/paths.ts'
import { MAX_FLOOR_BYTES, type ToldFloor, type Written } from '../floor.ts'
import { answered, kindsOf, RIDER } from './answered.ts'
import { type GitHub, GitHubAnswerError } from './client.ts'
import { isBlob } from './objects.ts'
import { BLOB, ITEM, Item, nodeOf, type Part, queryOf, read, Text, valuesOf } from './questions.ts'

/** What is asked of another repository of the same owner along with a query. */
export type Rider = {
  readonly part: Part
  /** Whether it was not told yet. */
  readonly waits: () => boolean
  /** Takes the answer in, or why there is none. Throws what says nothing of the repository, as an outage. */
  readonly take: (answer: unknown, error: unknown) => void
}

export type FloorRider = Rider & { readonly told: () => ToldFloor | undefined }

const File = Item.extend({ object: z.unknown() })
const Answer = z.object({
  defaultBranchRef: z
    .object({
      target: z
        .object({
          oid: Item.shape.oid,
          file: File.nullish(),
          records: z.object({ object: z.object({ entries: z.array(File).nullish() }).nullish() }).nullish(),
        })
        .nullable(),
    })
    .nullable(),
})

/**
 * The floor on the tip of the default branch of an owner's floor repository, as one query asks it. Where a
 * repository was renamed or given away there is none under its old name, and one that the installation may not see
 * looks the same. docs.github.com, "GraphQL: repository", `followRenames`.
 */
export function floorRider(owner: string, name: string): FloorRider {
  const about = { repository: floorRepositoryOf(owner, name), path: FLOOR }
  let told: ToldFloor | undefined

  function take(answer: unknown, error: unknown): ToldFloor {
    if (error !== undefined) {
      const kinds = kindsOf(error)
      if (kinds.includes(undefined)) throw error
      return { kind: kinds.every((kind) => kind === 'NOT_FOUND') ? 'absent' : 'unreadable', ...about }
    }
    const { oid: commit, file, records } = read(Answer, answer).defaultBranchRef?.target ?? {}
    if (commit === undefined || !file) return { kind: 'absent', ...about }
    const beside = (records?.object?.entries ?? []).map((one) => ({
      path: `${FLOOR_RECORDS}/${one.name}`,
      sha: one.oid,
      written: writtenIn(one),
    }))
    const told = { commit, sha: file.oid, written: writtenIn(file) }
    return { kind: 'read', ...about, ...told, ...(beside.length > 0 && { records: beside }) }
  }

  const content = `${ITEM} object { ${BLOB} }`
  const folder = `object { ... on Tree { entries { ${content} } } }`
  const target = `oid ... on Commit { file(path: $riderp) { ${content} } records: file(path: $riderd) { ${folder} } }`
  return {
    part: {
      text: `${RIDER}: repository(owner: $owner, name: $ridern, followRenames: false) { defaultBranchRef { target { ${target} } } }`,
      variables: [
        ['ridern', 'String!', name],
        ['riderp', 'String!', FLOOR],
        ['riderd', 'String!', FLOOR_RECORDS],
      ],
    },
    waits: () => told === undefined,
    take: (answer, error) => {
      told = take(answer, error)
    },
    told: () => told,
  }
}

/** The same by itself, where no query goes out that it could ride along with. Throws where GitHub does not answer. */
export async function askFloor({ graphql }: Pick<GitHub, 'graphql'>, owner: string, name: string) {
  const rider = floorRider(owner, name)
  const variables = { owner, ...valuesOf([rider.part]) }
  const { data, error } = await answered(graphql, queryOf([], rider.part), variables)
  rider.take(data[RIDER], error)
  const told = rider.told()
  if (told === undefined) throw new GitHubAnswerError('GitHub told nothing of the floor')
  return told
}

function writtenIn(file: z.infer<typeof File>): Written {
  const { kind } = nodeOf(file)
  if (kind !== 'file') return { found: kind }
  const { byteSize, isTruncated, text } = read(Text, file.object)
  if (isTruncated || byteSize > MAX_FLOOR_BYTES) return { bytes: byteSize }
  // GitHub gives nothing of what is binary, and mends what is no UTF-8.
  return text !== null && isBlob(file.oid, Buffer.from(text, 'utf8')) ? { text } : { unread: true }
}
