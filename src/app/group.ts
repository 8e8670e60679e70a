import { setTimeout } from 'node:timers/promises'

/** What is on its way is waited for so long before a commit. */
const LINGER_MS = 2

/**
 * Collects what comes before and while a commit to the database is under way and commits it together: many
 * deliveries cost one write to disk. Each caller waits for the commit that holds its item, and fails with it.
 */
export function createGroup<T>(
  commit: (items: readonly T[]) => Promise<void>,
  most: number,
): (item: T) => Promise<void> {
  let waiting: { readonly item: T; readonly done: () => void; readonly failed: (error: unknown) => void }[] =
    []
  let busy = false

  async function drain(): Promise<void> {
    if (busy) return
    busy = true
    while (waiting.length > 0) {
      // The embedded database never waits for anything, so without a pause no other request would be read.
      await setTimeout(LINGER_MS)
      const group = waiting.slice(0, most)
      waiting = waiting.slice(most)
      try {
        await commit(group.map(({ item }) => item))
        for (const { done } of group) done()
      } catch (error) {
        for (const { failed } of group) failed(error)
      }
    }
    busy = false
  }

  return (item) =>
    new Promise((done, failed) => {
      waiting.push({ item, done, failed })
      void drain()
    })
}
