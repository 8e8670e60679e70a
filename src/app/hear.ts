import { awaitedBy } from '../ledger/awaited.ts'
import { hearRun } from '../ledger/heard.ts'
import type { Store } from '../ledger/store.ts'
import type { Awaited } from './delivery.ts'

/** Keeps what is heard of runs, and finds what commits that wait for one that ended asked for. */
export function openHearing({ db }: Pick<Store, 'db'>, clock: () => Date): Awaited {
  return async ({ told, ...event }) => {
    const { repository, run, attempt } = event
    const at = clock().toISOString()
    await hearRun(db, { repository, run, attempt, at, ...(told && { told: JSON.stringify(told) }) })
    return event.ended ? await awaitedBy(db, event) : []
  }
}
