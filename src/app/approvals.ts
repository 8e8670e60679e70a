import { z } from 'zod'
import { type Review, sameLogin, sameSubject, textOf } from '../core/approval.ts'
import { keepApprovals, seenApprovals } from '../ledger/approvals.ts'
import type { Store } from '../ledger/store.ts'
import type { ApprovalWitness, AskedApproval, JudgedCommit } from '../sources/approvals.ts'
import type { Coordinates, GitHub } from '../sources/github/client.ts'
import { createCompare } from '../sources/github/compare.ts'
import type { Objects } from '../sources/github/objects.ts'
import { mayWrite, membership } from '../sources/github/people.ts'
import { MOST_COMMITS, reviewsOf, type ToldReview } from '../sources/github/reviews.ts'
import { remember } from '../sources/remember.ts'
import { latestOf, type SeenReview, weigh, weighHeld, withdrawn } from '../sources/seen-approvals.ts'
import { makersOf } from './makers.ts'

export type ApprovalOptions = {
  readonly github: GitHub
  readonly store: Store
  /** The judged repository. */
  readonly at: Coordinates
  readonly objects: Objects
  readonly clock: () => Date
}

/** What is in the ledger was written by this app, after it was seen. */
const Seen = z.custom<SeenReview>(
  (value) =>
    z
      .looseObject({ subject: z.looseObject({}), review: z.looseObject({}), hands: z.looseObject({}) })
      .safeParse(value).success,
)

const NOBODY = { people: [], unseen: [] }

/** The approvals of one evaluation. What is seen goes to the ledger, so that it holds after a merge. */
export function openApprovals({ github, store, at, objects, clock }: ApprovalOptions): ApprovalWitness {
  const repository = `${at.owner}/${at.repo}`
  const memberships = new Map<string, Promise<Review['teams'][string]>>()
  const writers = new Map<string, Promise<boolean>>()

  async function rowsFor(subjects: readonly string[], reviews: readonly string[]) {
    const rows = await seenApprovals(store.db, repository, { subjects, reviews })
    return rows.map(({ body, own }) => {
      const seen = Seen.parse(JSON.parse(body))
      // Teams of another owner are other teams: who somebody is here is asked anew.
      const { writes: _, ...review } = seen.review
      return own ? seen : { ...seen, review: { ...review, teams: {} } }
    })
  }

  /** What a person is here, as far as it is asked and not known yet. */
  async function standing(
    review: ToldReview & Partial<Review>,
    asked: readonly AskedApproval[],
  ): Promise<Review> {
    const { teams = {}, writes } = review
    if (review.state !== 'approved' || review.bot) return { ...review, teams }
    const rights = asked.flatMap((one) => one.rights)
    const wanted = [...new Set(rights.flatMap((right) => right.teams))].filter(
      (team) => !Object.hasOwn(teams, team),
    )
    const found = await Promise.all(
      wanted.map(async (team) => {
        const ask = () => membership(github, at, team, review.by)
        return [team, await remember(memberships, `${team} ${review.by}`, ask)] as const
      }),
    )
    const asksWriter = rights.some(
      ({ teams: some, people }) =>
        (some.length === 0 && people.length === 0) || people.some((login) => sameLogin(login, review.by)),
    )
    const may =
      asksWriter && writes === undefined
        ? await remember(writers, review.by, () => mayWrite(github, at, review.by))
        : writes
    return {
      ...review,
      teams: { ...teams, ...Object.fromEntries(found) },
      ...(may !== undefined && { writes: may }),
    }
  }

  return {
    held: async (asked) => {
      const seen = await rowsFor(
        asked.map(({ subject }) => textOf(subject)),
        [],
      )
      return await Promise.all(
        asked.map(async (one) => {
          const found = weighHeld(one.subject, seen)
          if (found.kind === 'awaiting') return found
          const reviews = await Promise.all(found.reviews.map((review) => standing(review, [one])))
          return { ...found, reviews }
        }),
      )
    },
    of: async ({ commit, tip }: JudgedCommit, asked) => {
      const before = await rowsFor(
        asked.map(({ subject }) => textOf(subject)),
        [],
      )
      const numbers = [...new Set(before.map(({ review }) => review.pull))]
      const own = (await createCompare(github, at, objects)(tip, commit))?.own ?? []
      const commits = own.slice(-MOST_COMMITS).map(({ sha }) => sha)
      const told = await reviewsOf(github, at, commit, numbers, commits)
      const open = told.pulls.filter(({ isMerged }) => !isMerged)
      const latest = latestOf(open.flatMap(({ reviews }) => reviews))
      const reviews = await Promise.all(latest.map((review) => standing(review, asked)))
      const heads = open.filter(({ head }) => head === commit)
      const isApproved = [...reviews, ...before.map(({ review }) => review)].some(
        ({ state }) => state === 'approved',
      )
      const hands = isApproved ? await makersOf(github, at, { own, told, heads }) : NOBODY
      const earlier = await rowsFor(
        [],
        open.flatMap((pull) => pull.reviews.map(({ id }) => id)),
      )
      const present = {
        commit,
        reviews,
        open: open.map(({ number }) => number),
        ...(heads.length > 0 && { hands }),
      }
      const weighed = asked.map(({ subject }) => weigh(subject, present, [...before, ...earlier]))
      const about = { at: clock().toISOString(), repository, commit }
      const others = earlier.filter(({ subject }) => !asked.some((one) => sameSubject(one.subject, subject)))
      const fresh = [...weighed.flatMap((one) => one.fresh), ...withdrawn(present, others)]
      await keepApprovals(
        store.db,
        fresh.map((body) => ({ ...about, subject: textOf(body.subject), review: body.review.id, body })),
      )
      return await Promise.all(
        weighed.map(async ({ approvals }, index) => {
          const one = asked[index]
          if (approvals.kind === 'awaiting' || one === undefined) return approvals
          const standings = await Promise.all(approvals.reviews.map((review) => standing(review, [one])))
          return { ...approvals, reviews: standings }
        }),
      )
    },
  }
}
