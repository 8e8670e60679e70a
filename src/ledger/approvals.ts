import type { Kysely } from 'kysely'
import { append, sha256 } from './chain.ts'
import { isOfOwner, type RightRow } from './renamed.ts'
import type { Tables } from './tables.ts'

/** What was seen of a review: `body` is the row of the ledger. */
export type SeenApproval = {
  /** ISO 8601. */
  readonly at: string
  readonly repository: string
  /** The commit that was judged. */
  readonly commit: string
  /** What is approved, as one text. */
  readonly subject: string
  readonly review: string
  readonly body: unknown
}

/** Writes what was seen to the ledger, after what was seen before. */
export async function keepApprovals(db: Kysely<Tables>, seen: readonly SeenApproval[]): Promise<void> {
  if (seen.length === 0) return
  await db.transaction().execute(async (trx) => {
    const rows = seen.map(({ at, repository, commit, body }) => {
      return { kind: 'approval', at, repository, commit, body } as const
    })
    const { seq } = await append(trx, rows)
    const first = Number(seq) - rows.length + 1
    await trx
      .insertInto('approval')
      .values(
        seen.map(({ repository, subject, review }, index) => ({
          repository: repository.toLowerCase(),
          about: sha256(subject),
          review,
          seq: first + index,
        })),
      )
      .execute()
  })
}

/** What was seen of approvals of these subjects, and of these reviews, oldest first; a body as JSON. */
export async function seenApprovals(
  db: Kysely<Tables>,
  repository: string,
  { subjects, reviews }: { readonly subjects: readonly string[]; readonly reviews: readonly string[] },
): Promise<readonly RightRow[]> {
  if (subjects.length + reviews.length === 0) return []
  const rows = await db
    .selectFrom('approval')
    .innerJoin('ledger', 'ledger.seq', 'approval.seq')
    .select(['ledger.body', isOfOwner(repository).as('own')])
    .where('approval.repository', '=', repository.toLowerCase())
    .where(({ or, eb }) =>
      or([
        ...(subjects.length > 0 ? [eb('approval.about', 'in', subjects.map(sha256))] : []),
        ...(reviews.length > 0 ? [eb('approval.review', 'in', reviews)] : []),
      ]),
    )
    .orderBy('approval.seq')
    .execute()
  return rows.flatMap(({ body, own }) => (body === null ? [] : [{ body, own }]))
}
