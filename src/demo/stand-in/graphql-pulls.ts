import { z } from 'zod'
import { commitOf } from './git.ts'
import { movedAtOf, pullOf } from './pulls.ts'
import { Pulls } from './shapes.ts'
import { repoPath, type World } from './world.ts'

const Review = z.looseObject({
  node_id: z.string(),
  state: z.string(),
  submitted_at: z.string().nullable(),
  commit_id: z.string(),
  user: z.looseObject({ login: z.string(), type: z.string() }).nullable(),
})

type Page = { readonly first?: number }
type Reviews = Page & { readonly states?: readonly string[] | null }

/** What is asked of a commit that is no part of git: its authors by account, and the pull requests that have it. */
export function commitTalk(world: World, repo: string, oid: string): object {
  return {
    authors: async ({ first = 100 }: Page) => {
      const commit = await commitOf(world, repo, oid)
      const coauthors = [...(commit?.message ?? '').matchAll(/^co-authored-by: .*<(.+)>$/gim)]
      const emails = [commit?.author.email, ...coauthors.map(([, email]) => email)]
      const nodes = emails.slice(0, first).map((email) => {
        const person = world.setting.people.find((one) => one.email === email)
        return { user: person === undefined ? null : { login: person.login } }
      })
      return { nodes }
    },
    associatedPullRequests: async ({ first = 100 }: Page) => {
      const all = await world.emulate.read(Pulls, `${repoPath(world, repo)}/pulls?state=all&per_page=100`)
      const pulls = await Promise.all(all.map(({ number }) => pullOf(world, repo, number)))
      // Of a commit that is not merged GitHub tells the open ones alone.
      const found = pulls.filter(
        (pull) => pull.merge_commit_sha === oid || (pull.state === 'open' && pull.head.sha === oid),
      )
      const nodes = await Promise.all(found.slice(0, first).map(({ number }) => pullFor(world, repo, number)))
      return { nodes, pageInfo: { hasNextPage: found.length > first, endCursor: null } }
    },
  }
}

/** A pull request as GraphQL tells it. */
export async function pullFor(world: World, repo: string, number: number): Promise<object> {
  const pull = await pullOf(world, repo, number)
  const movedAt = movedAtOf(world, repo, number)
  const state = pull.merged === true ? 'MERGED' : pull.state.toUpperCase()
  return {
    number,
    state,
    headRefName: pull.head.ref,
    headRefOid: pull.head.sha,
    baseRefName: pull.base.ref,
    timelineItems: {
      nodes: movedAt === undefined ? [] : [{ __typename: 'BaseRefChangedEvent', createdAt: movedAt }],
    },
    isCrossRepository: pull.head.repo.name !== repo,
    reviews: async ({ first = 100, states }: Reviews) => {
      const path = `${repoPath(world, repo)}/pulls/${number}/reviews?per_page=100`
      const all = await world.emulate.read(z.array(Review), path)
      const found = all.filter((review) => states?.includes(review.state) ?? true)
      const nodes = found.slice(0, first).map(({ node_id, state: said, submitted_at, commit_id, user }) => ({
        id: node_id,
        state: said,
        submittedAt: submitted_at,
        author: user && { __typename: user.type, login: user.login },
        commit: { oid: commit_id },
      }))
      return { nodes, pageInfo: { hasNextPage: found.length > first, endCursor: null } }
    },
  }
}
