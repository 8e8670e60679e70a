import type { Kysely } from 'kysely'
import { z } from 'zod'
import { isOf } from './renamed.ts'
import type { Tables } from './tables.ts'

/** The body of a ledger row of kind `receipt`: criteria reached the default branch. */
export type ReceiptBody = z.infer<typeof Body>

const Body = z.object({
  /** Which branch was the default one, and its tip. */
  branch: z.string(),
  tip: z.string(),
  files: z.array(
    z.object({
      path: z.string(),
      change: z.enum(['added', 'changed', 'removed']),
      blob: z.string().optional(),
    }),
  ),
  /** ISO 8601: when GitHub told of the push, or when it was found. */
  pushed: z.string(),
  pusher: z.string().optional(),
  /** Absent for a direct push. */
  pull_request: z
    .object({
      number: z.number(),
      merged_by: z.string().optional(),
      approved_by: z.array(z.string()),
    })
    .optional(),
})

/** Receipts that are looked through; criteria change seldom. */
const MOST = 500

/** The first receipt for a file with this content; undefined where none of the newest ones is. */
export async function receiptFor(
  db: Kysely<Tables>,
  repository: string,
  path: string,
  blob: string,
): Promise<ReceiptBody | undefined> {
  const rows = await db
    .selectFrom('ledger')
    .select('body')
    .where(isOf(repository))
    .where('kind', '=', 'receipt')
    // Few are for this content, and the others need not be read; an id holds no sign of a pattern.
    .where('body', 'like', `%"${blob}"%`)
    .orderBy('seq', 'desc')
    .limit(MOST)
    .execute()
  const bodies = rows.flatMap(({ body }) => (body === null ? [] : [Body.parse(JSON.parse(body))]))
  return bodies.findLast(({ files }) => files.some((file) => file.path === path && file.blob === blob))
}

/** The contents of each file that receipts tell of, newest first, by path: also of those that were removed since. */
export async function receivedFiles(
  db: Kysely<Tables>,
  repository: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom('ledger')
    .select('body')
    .where(isOf(repository))
    .where('kind', '=', 'receipt')
    .orderBy('seq', 'desc')
    .limit(MOST)
    .execute()
  const files = rows.flatMap(({ body }) => (body === null ? [] : Body.parse(JSON.parse(body)).files))
  const byPath = Map.groupBy(files, ({ path }) => path)
  return new Map(
    [...byPath].map(([path, each]) => [path, [...new Set(each.flatMap(({ blob }) => blob ?? []))]]),
  )
}
