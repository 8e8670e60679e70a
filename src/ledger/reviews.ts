import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** What this app last said in a review of a pull request. */
export type StandingReview = {
  /** GitHub's id of it; absent where nobody saw how posting it ended. */
  readonly review?: number
  /** Digest of its comments on lines, which nothing changes once they are posted. */
  readonly comments: string
  /** Digest of its text. */
  readonly text: string
  /** Whether it says no-go. */
  readonly holds: boolean
}

/** Reviews of one repository's pull requests. */
export type ReviewNotes = {
  readonly read: (pull: number) => Promise<StandingReview | undefined>
  readonly write: (pull: number, review: StandingReview) => Promise<void>
  /** Whether any of them says no-go. */
  readonly someHold: () => Promise<boolean>
}

/** The notes of one repository, whose name knows no case. */
export function openReviewNotes(
  db: Kysely<Tables>,
  about: { readonly appId: number; readonly repository: string },
): ReviewNotes {
  const own = { app_id: about.appId, repository: about.repository.toLowerCase() }
  const rows = () =>
    db.selectFrom('standing_review').where('app_id', '=', own.app_id).where('repository', '=', own.repository)
  return {
    read: async (pull) => {
      const row = await rows()
        .select(['review', 'comments', 'text', 'holds'])
        .where('pull', '=', pull)
        .executeTakeFirst()
      if (row === undefined) return undefined
      const { review, ...rest } = row
      return { ...rest, ...(review !== null && { review }) }
    },
    write: async (pull, { review = null, ...rest }) => {
      await db
        .insertInto('standing_review')
        .values({ ...own, pull, review, ...rest })
        .onConflict((conflict) =>
          conflict.columns(['app_id', 'repository', 'pull']).doUpdateSet({ review, ...rest }),
        )
        .execute()
    },
    someHold: async () =>
      (await rows().select('pull').where('holds', '=', true).limit(1).executeTakeFirst()) !== undefined,
  }
}
