import type { Transaction } from 'kysely'
import { append, type Entry } from './chain.ts'
import type { Tables } from './tables.ts'
import { type Push, rememberTips, type Tip } from './tips.ts'

/** A delivery that asks for work on a key; `asked` is all that is needed to do it. */
export type Delivery = {
  /** GitHub's GUID, which a redelivery repeats; of our own work a word that says what it is. */
  readonly id: string
  readonly event: string
  /** ISO 8601. */
  readonly at: string
  /** What no two jobs work on at once. */
  readonly key: string
  /** Jobs of one group share its budget of concurrency. */
  readonly group: string
  readonly repository: string
  readonly commit: string
  readonly asked: unknown
  /** The commit is the default branch's tip since then. */
  readonly tip?: Pick<Tip, 'before' | 'deliveredAt'>
  readonly push?: Push
  /** The W3C `traceparent` under which it was taken; its job carries it on. */
  readonly trace?: string
}

/** Stores deliveries with what they tell, and gives those that are not done. */
export async function storeDeliveries(
  trx: Transaction<Tables>,
  deliveries: readonly Delivery[],
): Promise<readonly Delivery[]> {
  const rows = deliveries.map(({ id, event, key, at, asked }) => ({
    id,
    event,
    key,
    accepted_at: at,
    done_at: null,
    asked: JSON.stringify(asked),
  }))
  const added = await trx
    .insertInto('delivery')
    .values(rows)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute()
  const fresh = new Set(added.map(({ id }) => id))
  const done = await trx
    .selectFrom('delivery')
    .select('id')
    .where(
      'id',
      'in',
      deliveries.map(({ id }) => id),
    )
    .where('done_at', 'is not', null)
    .execute()
  const finished = new Set(done.map(({ id }) => id))
  // The ledger tells each delivery once; a redelivery of work that never ended asks for it again.
  const told = deliveries.filter(
    ({ id }, index) => fresh.has(id) && deliveries.findIndex((other) => other.id === id) === index,
  )
  await rememberTips(
    trx,
    told.flatMap(({ id, repository, commit, at, tip, push }) =>
      tip ? [{ ...tip, repository, commit, at, delivery: id, ...(push && { forced: push.forced }) }] : [],
    ),
  )
  await append(trx, told.flatMap(rowsOf))
  return deliveries.filter(({ id }) => !finished.has(id))
}

/** What the ledger is told of a delivery; a further kind of row is one more line here. */
function rowsOf({ id, event, at, repository, commit, asked, push }: Delivery): readonly Entry[] {
  const about = { at, repository, commit }
  return [
    { kind: 'delivery', ...about, body: { id, event, asked } },
    ...(push ? [{ kind: 'push', ...about, body: push } as const] : []),
  ]
}
