import { z } from 'zod'
import { type Coordinates, type GitHub, GitHubAnswerError, isNotFound } from './client.ts'
import { idOf, keptAs, type Objects } from './objects.ts'

const PAGE = 100
/** GitHub lists so many files of a comparison and no more. */
const MOST_FILES = 300
/** No release is so far from the default branch. */
const MOST_COMMITS = 5000

/** The account that goes with an author or a committer; null where GitHub knows none. */
const Account = z.object({ login: z.string(), bot: z.boolean() }).nullable()
const Listed = z.object({
  sha: z.string(),
  parents: z.array(z.string()),
  author: Account,
  committer: Account,
})
export type ListedCommit = z.infer<typeof Listed>
const Changed = z.object({
  path: z.string(),
  /** Where a renamed file was. */
  from: z.string().optional(),
  /** The blob, or the commit of a submodule; of a removed file the one that was there. */
  oid: z.string(),
  removed: z.boolean(),
  /** Lines that differ; 0 for what git takes for binary. */
  lines: z.number(),
})
const Comparison = z.object({
  /** The commit that the comparison starts from. */
  tip: z.string(),
  common: Listed,
  /** What the other commit has and the first has not, all of it. */
  own: z.array(Listed),
  /** What differs between the merge base and the other commit; undefined where there may be more than is listed. */
  files: z.array(Changed).optional(),
})
export type Comparison = z.infer<typeof Comparison>
export type ChangedFile = z.infer<typeof Changed>

/** Paths that differ; of a renamed file both. */
export function pathsOf(files: readonly ChangedFile[]): readonly string[] {
  return files.flatMap(({ path, from }) => (from === undefined ? [path] : [from, path]))
}

const OID = /^([0-9a-f]{40}|[0-9a-f]{64})$/

/**
 * Comparisons of two commits by merge base, as REST gives them. `one` may be a name; what is asked by two ids never
 * changes and is kept. Undefined where there is no shared history, or one of them is not there.
 */
export function createCompare(
  { rest }: GitHub,
  { owner, repo }: Coordinates,
  objects: Objects,
): (one: string, other: string) => Promise<Comparison | undefined> {
  const known = new Map<string, Comparison>()

  async function page(one: string, other: string, number: number) {
    const basehead = `${one}...${other}`
    const { data } = await rest.repos.compareCommitsWithBasehead({
      owner,
      repo,
      basehead,
      per_page: PAGE,
      page: number,
    })
    return data
  }

  async function ask(one: string, other: string): Promise<Comparison> {
    const data = await page(one, other, 1)
    const own = (data.commits ?? []).map(listed)
    for (let number = 2; own.length < (data.total_commits ?? 0); number += 1) {
      const { commits } = await page(one, other, number)
      if (commits.length === 0 || own.length > MOST_COMMITS)
        throw new GitHubAnswerError('the commits beside the default branch cannot all be listed')
      own.push(...commits.map(listed))
    }
    const files = filesOf(data.files)
    return {
      tip: data.base_commit.sha,
      common: listed(data.merge_base_commit),
      own,
      ...(files !== undefined && { files }),
    }
  }

  return async (one, other) => {
    const lasting = OID.test(one) && OID.test(other)
    const id = idOf(['compare', one, other])
    const before = lasting ? (known.get(id) ?? (await kept(objects, id))) : undefined
    if (before !== undefined) return before
    try {
      const answer = await ask(one, other)
      if (OID.test(one) && answer.tip !== one)
        throw new GitHubAnswerError('a comparison is of another commit than the one that was asked for')
      const ids = idOf(['compare', answer.tip, other])
      known.set(ids, answer)
      if (OID.test(other))
        await objects.put([{ id: ids, kind: 'answer', content: Buffer.from(JSON.stringify(answer)) }])
      return answer
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }
}

async function kept(objects: Objects, id: string): Promise<Comparison | undefined> {
  return keptAs(Comparison, (await objects.get([id])).get(id))
}

type RawAccount = { readonly login?: string; readonly type?: string } | null
type RawCommit = {
  readonly sha: string
  readonly parents?: readonly { readonly sha: string }[]
  readonly author?: RawAccount
  readonly committer?: RawAccount
}

function listed({ sha, parents = [], author, committer }: RawCommit): z.infer<typeof Listed> {
  return {
    sha,
    parents: parents.map((parent) => parent.sha),
    author: account(author),
    committer: account(committer),
  }
}

/** GitHub describes an account that may be empty. */
function account(raw: RawAccount | undefined): z.infer<typeof Account> {
  return raw?.login === undefined ? null : { login: raw.login, bot: raw.type === 'Bot' }
}

type RawFile = {
  readonly filename: string
  readonly previous_filename?: string
  readonly status: string
  readonly sha: string | null
  readonly changes: number
}

function filesOf(files: readonly RawFile[] | undefined): ChangedFile[] | undefined {
  if (files === undefined || files.length >= MOST_FILES) return undefined
  // Names that are no UTF-8 can become the same text, and one would hide the other.
  if (new Set(files.map(({ filename }) => filename)).size < files.length)
    throw new GitHubAnswerError('two files of a comparison have the same name')
  return files.map(({ filename, previous_filename: from, status, sha, changes }) => ({
    path: filename,
    // Of a copy the file that it was made from is as it was.
    ...(status === 'renamed' && from !== undefined ? { from } : {}),
    oid: sha ?? '',
    removed: status === 'removed',
    lines: changes,
  }))
}
