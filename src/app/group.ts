/**
 * Collects what comes while a commit to the database is under way and commits it together: many deliveries
 * cost one write to disk. Each caller waits for the commit that holds its item, and fails with it.
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
      await quiet(() => waiting.length, most)
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

/** Turns of the event loop in which nothing came, after which nothing more is about to. */
const QUIET_TURNS = 3

/**
 * Lets what has reached the machine reach us: an embedded database holds the event loop up, and would be given
 * one item at a time. Ends when enough is there or nothing more comes.
 */
async function quiet(count: () => number, enough: number): Promise<void> {
  for (let turns = 0; turns < QUIET_TURNS && count() < enough; ) {
    const before = count()
    await new Promise((resolve) => setImmediate(resolve))
    turns = count() > before ? 0 : turns + 1
  }
}
