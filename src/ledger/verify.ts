import { type Kysely, sql } from 'kysely'
import { atAsText, type Chained, digestOf, FORGETTABLE, GENESIS, type Head } from './chain.ts'
import type { Tables } from './tables.ts'

/** What is wrong with a chain, at the first row where it is. */
export type Break =
  /** The row, or its body, is not what its digest is of. */
  | { readonly kind: 'row changed' | 'body changed'; readonly seq: number }
  /** The body is gone of a row that keeps it for ever. */
  | { readonly kind: 'body removed'; readonly seq: number }
  /** There are later rows, and not this one. */
  | { readonly kind: 'missing'; readonly seq: number }
  /** The row is not the one that came after the row before it: something was put in, taken out or moved. */
  | { readonly kind: 'unlinked'; readonly seq: number }
  /** The chain ends before a head that was seen. */
  | { readonly kind: 'cut off'; readonly seq: number; readonly seen: Head }
  /** Where a head was seen there is another row now. */
  | { readonly kind: 'replaced'; readonly seq: number; readonly seen: Head }

/** How far the chain is whole, and where it is not. */
export type Verified = { readonly rows: number; readonly head: Head; readonly broken?: Break }

type Row = Chained & { readonly digest: string; readonly found: string | null }

const PAGE = 1000

/** Reads the whole chain, in pages. `seen` is a head that a check run printed: the chain must go through it. */
export async function verifyChain(db: Kysely<Tables>, seen?: Head): Promise<Verified> {
  let head = GENESIS
  if (seen?.seq === 0 && seen.digest !== GENESIS.digest)
    return { rows: 0, head, broken: { kind: 'replaced', seq: 0, seen } }
  for (let page = await rowsAfter(db); page.length > 0; page = await rowsAfter(db, head.seq)) {
    for (const row of page) {
      const broken = breakAt(row, head, seen)
      if (broken) return { rows: head.seq, head, broken }
      head = { seq: row.seq, digest: row.digest }
    }
  }
  const whole = { rows: head.seq, head }
  return seen && seen.seq > head.seq ? { ...whole, broken: { kind: 'cut off', seq: head.seq, seen } } : whole
}

function breakAt(row: Row, before: Head, seen: Head | undefined): Break | undefined {
  const { seq } = row
  if (seq > before.seq + 1) return { kind: 'missing', seq: before.seq + 1 }
  // The chain starts at 1: whatever stands before it was put in.
  if (seq <= before.seq || row.previous !== before.digest) return { kind: 'unlinked', seq }
  if (row.digest !== digestOf(row)) return { kind: 'row changed', seq }
  if (row.found === null ? row.kind !== FORGETTABLE : row.found !== row.body_digest)
    return { kind: row.found === null ? 'body removed' : 'body changed', seq }
  return seen?.seq === seq && seen.digest !== row.digest ? { kind: 'replaced', seq, seen } : undefined
}

/** The database digests the bodies, so that however large they are, none is read into memory here. */
async function rowsAfter(db: Kysely<Tables>, seq?: number): Promise<readonly Row[]> {
  const found = sql<string | null>`encode(sha256(convert_to(body, 'UTF8')), 'hex')`
  return await db
    .selectFrom('ledger')
    .select(['seq', 'kind', 'repository', 'commit', 'body_digest', 'previous', 'digest'])
    .select([atAsText().as('at'), found.as('found')])
    .$if(seq !== undefined, (query) => query.where('seq', '>', seq ?? 0))
    .orderBy('seq')
    .limit(PAGE)
    .execute()
}
