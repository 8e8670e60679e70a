import { setTimeout } from 'node:timers/promises'
import { type Running, type ServeOptions, startServer } from '../../src/app/server.ts'
import { openExisting, type Store, type Where } from '../../src/ledger/store.ts'
import { type Ready, SILENT } from './scene.ts'

/** Another process of the scene's app, so to speak, with a database of its own, which a test may stop and start. */
export function startOther({ github }: Ready, where: Where, options: ServeOptions = {}): Promise<Running> {
  const { id, privateKey, webhookSecret } = github.app
  return startServer(
    {
      appId: id,
      privateKey,
      webhookSecrets: [webhookSecret],
      where,
      webhookPath: '/api/github/webhooks',
      host: '127.0.0.1',
      port: 0,
      keepDays: 90,
      floor: 'optional',
      floorRepository: '.github',
      logLevel: 'silent',
      apiUrl: github.url,
    },
    SILENT,
    { throttle: false, retries: 2, firstDelaySeconds: 0, unasked: false, ...options },
  )
}

/** Resolves when no delivery is on its way and no job waits. */
export async function quiet({ github }: Ready, app: Running): Promise<void> {
  await github.settled()
  for (let depth = await app.depth(); depth.waiting + depth.active > 0; depth = await app.depth())
    await setTimeout(5)
}

/** Looks into the database of an app that has ended. */
export async function look<T>(where: Where, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openExisting(where)
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

/** Every row of a kind in the ledger, oldest first. */
export async function rowsOf(
  { db }: Store,
  kind: string,
): Promise<readonly { readonly commit: string; readonly body: unknown }[]> {
  const rows = await db
    .selectFrom('ledger')
    .select(['commit', 'body'])
    .where('kind', '=', kind)
    .orderBy('seq')
    .execute()
  return rows.map(({ commit, body }) => ({ commit, body: JSON.parse(body ?? 'null') }))
}
