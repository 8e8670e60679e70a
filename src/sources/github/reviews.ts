import { z } from 'zod'
import type { Review } from '../../core/approval.ts'
import type { Coordinates, GitHub } from './client.ts'
import { read } from './questions.ts'

/** So many are read at once, and no more. */
export const MOST_REVIEWS = 100
export const MOST_COMMITS = 100
const MOST_PULLS = 20
const MOST_AUTHORS = 100

const Actor = z.object({ __typename: z.string(), login: z.string() }).nullable()
const PullRequest = z.object({
  number: z.int(),
  state: z.string(),
  headRefName: z.string(),
  headRefOid: z.string(),
  isCrossRepository: z.boolean(),
  baseRefName: z.string(),
  timelineItems: z.object({ nodes: z.array(z.object({ createdAt: z.string() }).nullable()) }),
  reviews: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']),
        submittedAt: z.string().nullable(),
        author: Actor,
        commit: z.object({ oid: z.string() }).nullable(),
      }),
    ),
    pageInfo: z.object({ hasNextPage: z.boolean() }),
  }),
})
const Head = z.object({
  associatedPullRequests: z
    .object({ nodes: z.array(PullRequest), pageInfo: z.object({ hasNextPage: z.boolean() }) })
    .nullable(),
})
const Made = z.object({
  authors: z.object({ nodes: z.array(z.object({ user: z.object({ login: z.string() }).nullable() })) }),
})
const Data = z.object({ repository: z.record(z.string(), z.unknown()) })

/** A review as GitHub tells of it, without who its giver is here. */
export type ToldReview = Omit<Review, 'teams' | 'writes' | 'saw'>

export type ToldPull = {
  readonly number: number
  readonly isMerged: boolean
  readonly branch: string
  readonly head: string
  /** Its head lies in another repository. */
  readonly fork: boolean
  /** Oldest first; decisive ones alone. */
  readonly reviews: readonly ToldReview[]
  /** More reviews are there than are read. */
  readonly isCut: boolean
}

export type Told = {
  readonly pulls: readonly ToldPull[]
  /** Whoever has an account and is named as an author of one of the commits, a co-author included; by commit. */
  readonly authors: readonly { readonly commit: string; readonly by: string }[]
  /** More pull requests are there than are read. */
  readonly isCut: boolean
}

const PULL = `fragment P on PullRequest { number state headRefName headRefOid isCrossRepository baseRefName
  timelineItems(last: 1, itemTypes: [BASE_REF_CHANGED_EVENT, AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT]) {
    nodes { ... on BaseRefChangedEvent { createdAt } ... on AutomaticBaseChangeSucceededEvent { createdAt } } }
  reviews(first: ${MOST_REVIEWS}, states: [APPROVED, CHANGES_REQUESTED, DISMISSED]) {
    nodes { id state submittedAt author { __typename login } commit { oid } } pageInfo { hasNextPage } } }`

/**
 * The query for the pull requests of a commit, and others by number, with the authors of commits. All that comes from
 * elsewhere is a variable.
 */
export function reviewsQuery(pulls: number, commits: number): string {
  const numbers = Array.from({ length: pulls }, (_, index) => index)
  const oids = Array.from({ length: commits }, (_, index) => index)
  const variables = [
    ...numbers.map((index) => `$n${index}: Int!`),
    ...oids.map((index) => `$c${index}: GitObjectID!`),
  ].join(', ')
  return `query ($owner: String!, $repo: String!, $head: GitObjectID!, ${variables}) {
repository(owner: $owner, name: $repo) {
head: object(oid: $head) { ... on Commit { associatedPullRequests(first: ${MOST_PULLS}) { nodes { ...P } pageInfo { hasNextPage } } } }
${numbers.map((index) => `p${index}: pullRequest(number: $n${index}) { ...P }`).join('\n')}
${oids.map((index) => `c${index}: object(oid: $c${index}) { ... on Commit { authors(first: ${MOST_AUTHORS}) { nodes { user { login } } } } }`).join('\n')}
} }
${PULL}`
}

/** Everything that is said of a commit in reviews, in one query. Undefined reviews of ghosts are left out. */
export async function reviewsOf(
  { graphql }: GitHub,
  { owner, repo, branch }: Coordinates,
  head: string,
  numbers: readonly number[],
  commits: readonly string[],
): Promise<Told> {
  const variables = {
    owner,
    repo,
    head,
    ...Object.fromEntries(numbers.map((number, index) => [`n${index}`, number])),
    ...Object.fromEntries(commits.map((commit, index) => [`c${index}`, commit])),
  }
  const query = reviewsQuery(numbers.length, commits.length)
  const { repository } = read(Data, await answered(graphql(query, variables)))
  const found = read(Head.nullable(), repository.head)?.associatedPullRequests
  const named = numbers.map((_, index) => read(PullRequest.nullable(), repository[`p${index}`] ?? null))
  const pulls = [...(found?.nodes ?? []), ...named.flatMap((pull) => pull ?? [])]
  const once = new Map(pulls.map((pull) => [pull.number, pull]))
  return {
    pulls: [...once.values()].map((pull) => toldPull(pull, branch)),
    authors: commits.flatMap((commit, index) =>
      (read(Made.nullable(), repository[`c${index}`] ?? null)?.authors.nodes ?? []).flatMap(({ user }) =>
        user === null ? [] : [{ commit, by: user.login }],
      ),
    ),
    isCut: found?.pageInfo.hasNextPage === true,
  }
}

const Absent = z.looseObject({
  data: z.unknown(),
  errors: z.array(z.looseObject({ type: z.literal('NOT_FOUND') })).min(1),
})

/** Of a pull request that is not there any more, as where a repository was made anew, GitHub tells all the rest. */
async function answered(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer
  } catch (error) {
    const absent = Absent.safeParse(error)
    if (!absent.success) throw error
    return absent.data.data
  }
}

const STATES = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes_requested',
  DISMISSED: 'dismissed',
} as const

function toldPull(pull: z.infer<typeof PullRequest>, into: string): ToldPull {
  const { number, state, headRefName, headRefOid, isCrossRepository, reviews } = pull
  const moved = pull.timelineItems.nodes.flatMap((event) => event?.createdAt ?? []).at(-1)
  // Who reads a pull request is shown what differs from its base, and whoever opened it can change that.
  const isElsewhere = (at: string | null) =>
    pull.baseRefName !== into || (moved !== undefined && !(Date.parse(at ?? '') > Date.parse(moved)))
  return {
    number,
    isMerged: state === 'MERGED',
    branch: headRefName,
    head: headRefOid,
    fork: isCrossRepository,
    isCut: reviews.pageInfo.hasNextPage,
    // Whoever has no account any more is nobody who could be told from the author.
    reviews: reviews.nodes.flatMap(({ id, state: said, submittedAt, author, commit }) =>
      author === null
        ? []
        : [
            {
              id,
              by: author.login,
              pull: number,
              commit: commit?.oid ?? '',
              at: submittedAt ?? '',
              state: STATES[said],
              ...(author.__typename !== 'User' && { bot: true }),
              ...(isElsewhere(submittedAt) && { elsewhere: true }),
            },
          ],
    ),
  }
}
