import { createHash } from 'node:crypto'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/** What a row of the ledger records; a new kind is one more word here and a type for its body at its writer. */
export type Kind =
  | 'delivery'
  | 'push'
  | 'verdict'
  | 'tip'
  | 'ticket'
  | 'receipt'
  | 'approval'
  | 'waiver'
  | 'renamed'
  | 'deployment'
  | 'release'

/** The only rows whose body may be gone one day; their digests stay. */
export const FORGETTABLE: Kind = 'delivery'

/** A row to append. */
export type Entry = {
  readonly kind: Kind
  /** ISO 8601. */
  readonly at: string
  readonly repository: string
  readonly commit: string
  readonly body: unknown
}

/** The end of the chain: what a check run prints, so that a row that was cut off later shows. */
export type Head = { readonly seq: number; readonly digest: string }

export const GENESIS: Head = { seq: 0, digest: '0'.repeat(64) }

/** Any number that nobody else locks; one writer appends at a time. */
const CHAIN_LOCK = 7_226_001
/** A statement takes no more than 65,535 parameters. */
const AT_ONCE = 500

/** Appends rows within a transaction, in order, and gives the new head; other writers wait for its end. */
export async function append(trx: Transaction<Tables>, entries: readonly Entry[]): Promise<Head> {
  await sql`select pg_advisory_xact_lock(${sql.lit(CHAIN_LOCK)})`.execute(trx)
  let head = await headOf(trx)
  const rows = entries.map((entry) => {
    const row = rowAfter(head, entry)
    head = row
    return row
  })
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await trx
      .insertInto('ledger')
      .values(rows.slice(from, from + AT_ONCE))
      .execute()
  }
  return { seq: head.seq, digest: head.digest }
}

/** Waits within a transaction for whoever is appending at this moment; what they stored is then seen. */
export async function afterAppends(trx: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${sql.lit(CHAIN_LOCK)})`.execute(trx)
}

function rowAfter(head: Head, { kind, at, repository, commit, body }: Entry) {
  const text = JSON.stringify(body)
  const row = {
    seq: head.seq + 1,
    kind,
    // As it will be read again: to the millisecond, and in characters that survive UTF-8.
    at: new Date(at).toISOString(),
    repository: repository.toWellFormed(),
    commit: commit.toWellFormed(),
    body_digest: sha256(text),
    previous: head.digest,
  }
  return { ...row, body: text, digest: digestOf(row) }
}

/** The last row's head, or GENESIS for an empty ledger. */
export async function headOf(db: Kysely<Tables>): Promise<Head> {
  const last = await db
    .selectFrom('ledger')
    .select(['seq', 'digest'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? GENESIS
}

/** What a row's digest is over. */
export type Chained = {
  readonly seq: number
  readonly kind: string
  /** ISO 8601, in UTC and to the millisecond; null for what is no moment. */
  readonly at: string | null
  readonly repository: string
  readonly commit: string
  readonly body_digest: string
  readonly previous: string
}

/** A row's `at` as its digest has it, whatever the driver makes of a moment. */
export function atAsText(): RawBuilder<string | null> {
  return sql`to_char(${sql.ref('at')} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** sha256 over everything that a row says, its body by digest, and the row before. */
export function digestOf({ seq, kind, at, repository, commit, body_digest, previous }: Chained): string {
  return sha256(JSON.stringify([seq, kind, at, repository, commit, body_digest, previous]))
}

/** In hexadecimal, over the text as UTF-8. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
