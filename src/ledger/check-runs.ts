import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** What this app last posted on a commit: nothing, a run, or perhaps a run, where nobody saw how posting it ended. */
export type LastRun =
  | { readonly state: 'none' }
  | { readonly state: 'created'; readonly id: number; readonly key: string }
  | { readonly state: 'unsure' }

/** The note of what is posted on one commit, for one attempt to publish. */
export type RunNotes = {
  readonly last: () => Promise<LastRun>
  /** Notes that a run is about to be posted. Throws where somebody else has posted since `last`. */
  readonly creating: () => Promise<void>
  readonly created: (id: number, key: string) => Promise<void>
}

/** Somebody else publishes on the same commit. */
export class OtherPublisherError extends Error {
  constructor() {
    super('another worker publishes on this commit')
    this.name = 'OtherPublisherError'
  }
}

type Row = { readonly app_id: number; readonly repository: string; readonly commit: string }

/**
 * Notes in the database what is posted, so that GitHub need not be asked. Each note carries a token of who wrote
 * it: whoever finds another's token where its own was leaves the matter unsure, and the next one asks GitHub.
 */
export function openRunNotes(
  db: Kysely<Tables>,
  about: { readonly appId: number; readonly repository: string; readonly commit: string },
): RunNotes {
  const row: Row = {
    app_id: about.appId,
    repository: about.repository.toLowerCase(),
    commit: about.commit,
  }
  const own = randomUUID()
  let seen: string | undefined

  return {
    last: async () => {
      const found = await db
        .selectFrom('check_run')
        .select(['state', 'run_id', 'key', 'token'])
        .where('app_id', '=', row.app_id)
        .where('repository', '=', row.repository)
        .where('commit', '=', row.commit)
        .executeTakeFirst()
      seen = found?.token
      if (found === undefined) return { state: 'none' }
      const { state, run_id: id, key } = found
      return state === 'created' && id !== null && key !== null ? { state, id, key } : { state: 'unsure' }
    },
    creating: async () => {
      const fresh = { state: 'creating', run_id: null, key: null, token: own } as const
      const taken =
        seen === undefined
          ? await db
              .insertInto('check_run')
              .values({ ...row, ...fresh })
              .onConflict((conflict) => conflict.columns(['app_id', 'repository', 'commit']).doNothing())
              .executeTakeFirst()
          : undefined
      const changed = seen === undefined ? taken?.numInsertedOrUpdatedRows : await change(seen, fresh)
      if (changed !== 1n) throw new OtherPublisherError()
      seen = own
    },
    created: async (id, key) => {
      if ((await change(own, { state: 'created', run_id: id, key })) === 1n) return
      // Two have posted, and nobody here knows whose run is the newer one.
      await change(undefined, { state: 'creating', run_id: null, key: null, token: own })
    },
  }

  async function change(
    token: string | undefined,
    to: Partial<{ state: 'creating' | 'created'; run_id: number | null; key: string | null; token: string }>,
  ): Promise<bigint> {
    const update = db
      .updateTable('check_run')
      .set(to)
      .where('app_id', '=', row.app_id)
      .where('repository', '=', row.repository)
      .where('commit', '=', row.commit)
    const { numUpdatedRows } = await (token === undefined
      ? update
      : update.where('token', '=', token)
    ).executeTakeFirstOrThrow()
    return numUpdatedRows
  }
}
