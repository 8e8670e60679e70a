import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Verdict as GivenVerdict } from '../core/verdict.ts'
import { type Saying, standReview } from '../github/review.ts'
import { openReviewNotes } from '../ledger/reviews.ts'
import type { Store } from '../ledger/store.ts'
import type { Delivery } from '../ledger/taking.ts'
import { newestVerdict } from '../ledger/verdicts.ts'
import { renderReview, renderReviewEnded } from '../render/review.ts'
import type { GitHub } from '../sources/github/client.ts'
import { mayNotSee } from '../sources/github/runs.ts'
import type { CommitAsked } from './asked.ts'
import { deliveryOf } from './delivery.ts'
import { pullsWithHead } from './heads.ts'
import type { TaskWorker } from './task.ts'

export type ReviewsOptions = {
  readonly appId: number
  readonly store: Store
  readonly clock: () => Date
  /** GitHub as an installation sees it. */
  readonly as: (installation: number) => Promise<GitHub>
  readonly take: (deliveries: readonly Delivery[]) => Promise<void>
}

/** What is in the ledger was written by this app. */
const Verdict = z.custom<GivenVerdict>(
  (value) => z.looseObject({ models: z.array(z.unknown()) }).safeParse(value).success,
)

/**
 * Asks that standing reviews follow a verdict, where it is no go or one may still say so. A review is commentary: what
 * goes wrong with it never holds up the check, which is what blocks.
 */
export async function askReviews(
  { appId, store, clock, take }: Omit<ReviewsOptions, 'as'>,
  { target, ...where }: CommitAsked,
  verdict: GivenVerdict,
): Promise<void> {
  // What is on the default branch is in no open pull request any more.
  if (verdict.pushed || verdict.observed) return
  const { commit, ...at } = target
  const notes = openReviewNotes(store.db, { appId, repository: `${at.owner}/${at.repo}` })
  if (verdict.decision !== 'no-go' && !(await notes.someHold())) return
  const about = { id: `review:${randomUUID()}`, event: 'review', at: clock() } as const
  await take([deliveryOf(about, { asked: { ...where, at, task: { kind: 'review', commit } } })])
}

/** Has standing reviews say what the newest verdict on their pull request's head says. */
export function createReviews({ appId, store, as }: ReviewsOptions): TaskWorker<'review'> {
  return {
    work: async ({ installation, at, task: { commit } }, { current }) => {
      const { owner, repo } = at
      const repository = `${owner}/${repo}`
      const verdict = Verdict.optional().parse(await newestVerdict(store.db, repository, commit))
      if (verdict === undefined) return { reviews: 0 }
      const github = await as(installation)
      const notes = openReviewNotes(store.db, { appId, repository })
      const came: string[] = []
      try {
        for (const pull of await pullsWithHead(github, at, commit)) {
          await current()
          came.push(await standReview(github, { owner, repo, pull }, sayingOf(verdict), notes))
        }
      } catch (error) {
        // An owner who has not granted it yet is told by the check all the same.
        if (!mayNotSee(error)) throw error
        return { reviews: came, lacks: 'permission to review' }
      }
      return { reviews: came }
    },
    // The check says it already, and nobody waits for a review.
    giveUp: async () => undefined,
  }
}

function sayingOf(verdict: GivenVerdict): Saying {
  return verdict.decision === 'no-go'
    ? { kind: 'no-go', commit: verdict.commit, render: (lines) => renderReview(verdict, lines) }
    : { kind: 'ended', text: renderReviewEnded(verdict) }
}
