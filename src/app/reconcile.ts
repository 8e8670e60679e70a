import { z } from 'zod'
import { DAY_MS } from '../core/day.ts'
import { readMark, setMark } from '../ledger/marks.ts'
import type { Store } from '../ledger/store.ts'
import type { Delivery } from '../ledger/taking.ts'
import type { GitHub } from '../sources/github/client.ts'
import { askedBy, asks } from './asked.ts'
import { deliveriesOf, toldOf } from './delivery.ts'
import type { Log } from './handle.ts'
import { openHearing } from './hear.ts'
import type { Notice } from './notice.ts'

export type Reconciling = {
  readonly github: Pick<GitHub, 'rest'>
  readonly store: Store
  readonly take: (deliveries: readonly Delivery[]) => Promise<void>
  readonly notice: Notice
  readonly clock: () => Date
  readonly log: Log
}

/** The mark of the last time that all of the log was seen. */
export const RECONCILED = 'reconciled'

/** GitHub keeps no delivery longer. docs.github.com, "Handling failed webhook deliveries". */
const KEPT_MS = 3 * DAY_MS
/** A delivery may come into the log some time after it was made. */
const MARGIN_MS = 30 * 60 * 1000
const PAGE = 100
/** What lies further back in a longer log is left to the sweep. */
const MOST_PAGES = 200

const Item = z.object({
  id: z.number(),
  guid: z.string().min(1).max(200),
  delivered_at: z.iso.datetime({ offset: true }),
  status_code: z.number(),
  event: z.string(),
  action: z.string().nullable(),
})
type Item = z.infer<typeof Item>

/**
 * Takes in what GitHub tried to deliver since the last time and the database does not know, oldest first, under
 * the same ids as a webhook would, and gives how many deliveries that were. Throws whatever GitHub gets wrong:
 * the next time begins where this one did.
 */
export async function reconcile({ github, store, take, notice, clock, log }: Reconciling): Promise<number> {
  const began = clock()
  const last = await readMark(store.db, RECONCILED)
  const oldest = began.getTime() - KEPT_MS
  const since = Math.max(oldest, last === undefined ? oldest : Date.parse(last.value) - MARGIN_MS)
  const missed: Item[] = []
  for await (const page of pagesOf(github, since, log)) missed.push(...(await unknown(store, page)))
  // Each event once, though it was sent more than once; the list is newest first.
  const once = new Map(missed.toReversed().map((item) => [item.guid, item]))
  const hearing = openHearing(store, clock)
  let taken = 0
  for (const item of once.values()) {
    const { data } = await github.rest.apps.getWebhookDelivery({ delivery_id: item.id })
    const asking = askedBy(item.event, data.request.payload)
    if (asking.kind === 'unreadable')
      log.error({ delivery: item.guid, fault: asking.fault }, 'delivery not understood')
    if (asking.kind === 'installation' || asking.kind === 'renamed')
      await notice(asking, new Date(item.delivered_at))
    const about = { id: item.guid, event: item.event, at: clock(), delivered: new Date(item.delivered_at) }
    const deliveries = await deliveriesOf(about, asking, hearing)
    if (deliveries.length > 0) await take(deliveries)
    if (asking.kind !== 'verdict' && asking.kind !== 'task') await remember(store, item, clock())
    for (const delivery of deliveries)
      log.info({ delivery: item.guid, event: item.event, ...toldOf(delivery) }, 'delivery reconciled')
    taken += deliveries.length
  }
  await setMark(store.db, RECONCILED, began.toISOString())
  return taken
}

/** A delivery that asks for nothing is not looked into again. */
async function remember({ db }: Store, { guid: id, event }: Item, now: Date): Promise<void> {
  const at = now.toISOString()
  await db
    .insertInto('delivery')
    .values({ id, event, key: '', accepted_at: at, done_at: at, asked: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** The log, newest first, as far back as a moment. */
async function* pagesOf(
  { rest }: Pick<GitHub, 'rest'>,
  since: number,
  log: Log,
): AsyncGenerator<readonly Item[], void, void> {
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { data, headers } = await rest.apps.listWebhookDeliveries({
      per_page: PAGE,
      ...(cursor !== undefined && { cursor }),
    })
    const items = z.array(Item).parse(data)
    const fresh = items.filter(({ delivered_at }) => Date.parse(delivered_at) >= since)
    yield fresh
    cursor = /[?&]cursor=([^&>]+)[^>]*>;\s*rel="next"/.exec(headers.link ?? '')?.[1]
    if (cursor === undefined || fresh.length < items.length) return
    cursor = decodeURIComponent(cursor)
  }
  log.error(
    { pages: MOST_PAGES },
    'the log of deliveries is longer than is read; the sweep finds what is missing',
  )
}

/** Those that may ask for a verdict and never led to one, as far as their names tell it. */
async function unknown(store: Store, items: readonly Item[]): Promise<readonly Item[]> {
  const candidates = items.filter(({ event, action }) => asks(event, action) !== 'never')
  if (candidates.length === 0) return []
  const rows = await store.db
    .selectFrom('delivery')
    .select(['id', 'done_at'])
    .where('id', 'in', [...new Set(candidates.map(({ guid }) => guid))])
    .execute()
  const done = new Map(rows.map(({ id, done_at }) => [id, done_at !== null]))
  return candidates.filter(({ guid, event, action, status_code: status }) => {
    const answered = status >= 200 && status < 300
    if (done.has(guid)) return done.get(guid) === false && !answered
    // What was answered well and is not known asked for nothing, unless it always asks: then it was lost here.
    return !answered || asks(event, action) === 'always'
  })
}
