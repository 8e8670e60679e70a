import type { Kysely } from 'kysely'
import { atAsText } from './chain.ts'
import type { Tables } from './tables.ts'

const PAGE = 500

/**
 * The ledger as JSON Lines, oldest row first, always with the same keys in the same order. `body` is the very
 * text that `bodyDigest` is of, and null once it is past its retention.
 */
export async function* exportLedger(db: Kysely<Tables>): AsyncGenerator<string, void, void> {
  let after: number | undefined
  for (;;) {
    const rows = await db
      .selectFrom('ledger')
      .select(['seq', 'kind', 'repository', 'commit', 'body', 'body_digest', 'previous', 'digest'])
      .select(atAsText().as('at'))
      .$if(after !== undefined, (query) => query.where('seq', '>', after ?? 0))
      .orderBy('seq')
      .limit(PAGE)
      .execute()
    for (const { seq, kind, at, repository, commit, body, body_digest, previous, digest } of rows) {
      yield JSON.stringify({
        ...{ seq, kind, at, repository, commit },
        ...{ body, bodyDigest: body_digest, previous, digest },
      })
      after = seq
    }
    if (rows.length < PAGE) return
  }
}
