import type { Entry } from '../../src/ledger/chain.ts'
import { append, type Head } from '../../src/ledger/chain.ts'
import type { Store } from '../../src/ledger/store.ts'

export const AT = '2026-03-01T12:00:00.125Z'
export const COMMIT = 'c'.repeat(40)

export function deliveries(count: number, from = 1, at = AT): readonly Entry[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'delivery',
    at,
    repository: 'acme/models',
    commit: COMMIT,
    body: { id: `delivery-${from + index}`, asked: { note: 'prüfen ✓ \u0000 \ud800' } },
  }))
}

export function verdict(decision: string, at = AT): Entry {
  return { kind: 'verdict', at, repository: 'acme/models', commit: COMMIT, body: { decision } }
}

/** Appends in a transaction of its own. */
export function add({ db }: Store, entries: readonly Entry[]): Promise<Head> {
  return db.transaction().execute((trx) => append(trx, entries))
}
