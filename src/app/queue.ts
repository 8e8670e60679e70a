/** One job at a time for each key. */
export type Queue = {
  /**
   * Runs a job once nothing with its key is running. A burst collapses: while one waits, whoever comes
   * later shares it, since it will see the newest state.
   */
  readonly run: (key: string, job: () => Promise<void>) => Promise<void>
  /** Resolves when nothing runs or waits. */
  readonly idle: () => Promise<void>
}

type Lane = { readonly running: Promise<void>; waiting?: Promise<void> }

export function createQueue(): Queue {
  const lanes = new Map<string, Lane>()

  function start(key: string, job: () => Promise<void>): Promise<void> {
    const running = job().finally(() => {
      // Whoever waits has put itself in place before this runs, or nobody does.
      if (lanes.get(key)?.waiting === undefined) lanes.delete(key)
    })
    lanes.set(key, { running })
    return running
  }

  function run(key: string, job: () => Promise<void>): Promise<void> {
    const lane = lanes.get(key)
    if (lane === undefined) return start(key, job)
    // How the job before ended is its own caller's business.
    lane.waiting ??= lane.running.then(
      () => start(key, job),
      () => start(key, job),
    )
    return lane.waiting
  }

  async function idle(): Promise<void> {
    while (lanes.size > 0) {
      await Promise.allSettled([...lanes.values()].map((lane) => lane.waiting ?? lane.running))
    }
  }

  return { run, idle }
}
