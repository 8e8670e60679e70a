import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** The comment that is answered, and whose it is. */
export type Answered = { readonly repository: string; readonly comment: number; readonly by: string }

/** What is known of the answer to one comment. */
export type ReplyNote = {
  /** `posting`: perhaps there is one, where nobody saw how posting it ended. */
  readonly last: () => Promise<'none' | 'posting' | 'posted'>
  readonly posting: (at: Date) => Promise<void>
  readonly posted: (at: Date) => Promise<void>
}

/** Notes in the database that a comment is answered, so that it is once. */
export function openReplyNote(db: Kysely<Tables>, { repository, comment, by }: Answered): ReplyNote {
  const key = { repository: repository.toLowerCase(), comment }
  async function set(state: 'posting' | 'posted', at: Date): Promise<void> {
    const row = { ...key, by: by.toLowerCase(), state, at: at.toISOString() }
    await db
      .insertInto('reply')
      .values(row)
      .onConflict((conflict) => conflict.columns(['repository', 'comment']).doUpdateSet({ state }))
      .execute()
  }
  return {
    last: async () => {
      const found = await db
        .selectFrom('reply')
        .select('state')
        .where('repository', '=', key.repository)
        .where('comment', '=', comment)
        .executeTakeFirst()
      return found?.state ?? 'none'
    },
    posting: (at) => set('posting', at),
    posted: (at) => set('posted', at),
  }
}

/** How many comments of a person were answered since a moment. */
export async function answersTo(
  db: Kysely<Tables>,
  { repository, by }: Omit<Answered, 'comment'>,
  since: Date,
): Promise<number> {
  const { count } = await db
    .selectFrom('reply')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('repository', '=', repository.toLowerCase())
    .where('by', '=', by.toLowerCase())
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(count)
}
