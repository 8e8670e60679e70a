import { readWhere } from '../config.ts'
import { isStoreError, openExisting, type Store } from '../ledger/store.ts'
import { UsageError, type World } from './world.ts'

/** Opens the app's database as it is, for a command. Throws UsageError where it can't be opened. */
export async function withStore<T>(world: World, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openExisting(readWhere(world.environment, world.cwd)).catch((error: unknown) => {
    throw isStoreError(error) ? new UsageError(error.message) : error
  })
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}
