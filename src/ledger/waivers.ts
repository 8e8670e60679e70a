import { type Kysely, sql } from 'kysely'
import { append } from './chain.ts'
import { isOf, isOfOwner, type RightRow } from './renamed.ts'
import type { Tables } from './tables.ts'

/** What a command did to a model's waivers: `body` is the row of the ledger. */
export type WaiverRow = {
  /** ISO 8601. */
  readonly at: string
  readonly repository: string
  /** The commit that the command was about. */
  readonly commit: string
  readonly model: string
  readonly comment: number
  readonly place: number
  readonly body: unknown
}

/** Writes what a command did to the ledger; a command that is tried again does nothing more. */
export async function keepWaiver(db: Kysely<Tables>, row: WaiverRow): Promise<void> {
  const { at, repository, commit, model, comment, place, body } = row
  const key = { repository: repository.toLowerCase(), comment, place }
  await db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('waiver')
      .select('seq')
      .where('repository', '=', key.repository)
      .where('comment', '=', comment)
      .where('place', '=', place)
      .executeTakeFirst()
    if (known !== undefined) return
    const { seq } = await append(trx, [{ kind: 'waiver', at, repository, commit, body }])
    await trx
      .insertInto('waiver')
      .values({ ...key, model, seq })
      .execute()
  })
}

/** What was done to the waivers of a model, oldest first; a body as JSON. */
export async function waiverRows(
  db: Kysely<Tables>,
  repository: string,
  model: string,
): Promise<readonly RightRow[]> {
  const rows = await db
    .selectFrom('waiver')
    .innerJoin('ledger', 'ledger.seq', 'waiver.seq')
    .select(['ledger.body', isOfOwner(repository).as('own')])
    .where('waiver.repository', '=', repository.toLowerCase())
    .where('waiver.model', '=', model)
    .orderBy('waiver.seq')
    .execute()
  return rows.flatMap(({ body, own }) => (body === null ? [] : [{ body, own }]))
}

/** The row that tells when a comment was first heard of; undefined where none does. */
export async function heardOfComment(
  db: Kysely<Tables>,
  repository: string,
  comment: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('ledger')
    .select('seq')
    .where(isOf(repository))
    .where('commit', '=', '')
    .where('kind', '=', 'delivery')
    // A quotation mark in a text of somebody's has a stroke before it, so that none of them is this key.
    .where(sql<boolean>`position(${`"comment":${comment},`} in body) > 0`)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst()
  return row?.seq
}
