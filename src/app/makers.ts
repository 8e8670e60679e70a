import type { Hands } from '../core/approval.ts'
import { movesOf } from '../sources/github/activity.ts'
import type { Coordinates, GitHub } from '../sources/github/client.ts'
import { createCompare, type ListedCommit } from '../sources/github/compare.ts'
import type { Objects } from '../sources/github/objects.ts'
import { MOST_COMMITS, MOST_REVIEWS, reviewsOf, type Told, type ToldPull } from '../sources/github/reviews.ts'
import { handsOf, joinedHands } from '../sources/hands.ts'

/** What a commit brings, and the pull requests that it is the head of. */
export type Brought = {
  /** What the default branch has not. */
  readonly own: readonly ListedCommit[]
  readonly told: Told
  readonly heads: readonly ToldPull[]
}

/** Whoever made what the heads of pull requests bring. */
export async function makersOf(github: GitHub, at: Coordinates, brought: Brought): Promise<Hands> {
  return (await lookAt(github, at, brought)).hands
}

/** Who made it, and when the branches last moved, as far as that is told; ISO 8601. */
type Made = { readonly hands: Hands; readonly moved: readonly string[] }

async function lookAt(
  github: GitHub,
  at: Coordinates,
  { own, told: { authors, isCut, pulls }, heads }: Brought,
): Promise<Made> {
  const branches = await Promise.all(
    heads.map(async ({ number: pull, branch, head, fork }) => {
      const moves = fork ? undefined : await movesOf(github, at, branch, head)
      return { pull, branch, fork, moves }
    }),
  )
  const cut = [
    ...(own.length > MOST_COMMITS ? [{ what: 'commits', limit: MOST_COMMITS } as const] : []),
    ...(isCut || pulls.some((pull) => pull.isCut && !pull.isMerged)
      ? [{ what: 'reviews', limit: MOST_REVIEWS } as const]
      : []),
  ]
  const unseen = cut.map((one) => ({ why: 'too_many', ...one }) as const)
  return {
    hands: joinedHands([handsOf(own, authors, branches), { people: [], unseen }]),
    moved: branches.flatMap(({ moves }) => moves?.[0]?.at ?? []),
  }
}

/** Whoever made what an open pull request brings; undefined where the commit is not its head, or brings nothing. */
export async function makersOfPull(
  github: GitHub,
  at: Coordinates,
  objects: Objects,
  { commit, tip, pull }: { readonly commit: string; readonly tip: string; readonly pull: number },
): Promise<Made | undefined> {
  const own = (await createCompare(github, at, objects)(tip, commit))?.own ?? []
  const commits = own.slice(-MOST_COMMITS).map(({ sha }) => sha)
  const told = await reviewsOf(github, at, commit, [pull], commits)
  const heads = told.pulls.filter(({ isMerged, head }) => !isMerged && head === commit)
  return own.length === 0 || heads.length === 0 ? undefined : await lookAt(github, at, { own, told, heads })
}
