import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** Weights that were measured on exams, by the parts that they consist of and the exams' keys. */
export type Attempt = {
  readonly repository: string
  readonly parts: readonly string[]
  readonly exams: readonly string[]
}

/** Notes weights that were measured, as the row of the ledger has it; the same weights on the same exam once. */
export async function noteAttempt(
  trx: Kysely<Tables>,
  { repository, parts, exams }: Attempt,
  told: { readonly model: string; readonly at: string; readonly seq: number },
): Promise<void> {
  if (parts.length === 0 || exams.length === 0) return
  const { model, at: first_at, seq } = told
  const weights = weightsOf(parts)
  await trx
    .insertInto('attempt')
    .values(
      exams.map((exam) => ({ repository: repository.toLowerCase(), exam, weights, model, first_at, seq })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * How many other weights were measured on each exam before these, whatever the model was called; where these were
 * measured before as well, before they first were.
 */
export async function attemptsBefore(
  db: Kysely<Tables>,
  { repository, parts, exams }: Attempt,
): Promise<Readonly<Record<string, number>>> {
  if (exams.length === 0) return {}
  const weights = weightsOf(parts)
  const { rows } = await sql<{ exam: string; count: number }>`
    select attempt.exam, count(*)::integer as count from attempt
    left join attempt own on own.repository = attempt.repository and own.exam = attempt.exam and own.weights = ${weights}
    where attempt.repository = ${repository.toLowerCase()} and attempt.exam in (${sql.join(exams)})
      and attempt.weights <> ${weights} and (own.seq is null or attempt.seq < own.seq)
    group by attempt.exam`.execute(db)
  const counts = new Map(rows.map(({ exam, count }) => [exam, count]))
  return Object.fromEntries(exams.toSorted().map((exam) => [exam, counts.get(exam) ?? 0]))
}

/** One text for weights of any number of files, in whichever order the manifest has them. */
function weightsOf(parts: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([...new Set(parts)].toSorted()))
    .digest('hex')
}
