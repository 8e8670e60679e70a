import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { StandIn } from '../../src/demo/stand-in.ts'
import { openStore, type Where } from '../../src/ledger/store.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { type Head, startLoad } from './load.ts'
import { seeded } from './random.ts'
import { createReplica, type Replica } from './replicas.ts'
import { storm } from './weather.ts'

export type Crash = {
  readonly where: Where
  readonly replicas: number
  readonly kills: number
  readonly seed: number
  /** Of the part with kills; the calm after it has as long again. */
  readonly mostSeconds: number
  /** What else goes wrong, after every fifth kill. */
  readonly trouble?: () => Promise<void>
}

/** Kills an app over and over in a storm and under load, and holds what is left to everything that was promised. */
export async function crash(options: Crash): Promise<void> {
  const { where, kills, seed, mostSeconds, trouble = async () => undefined } = options
  const began = Date.now()
  const say = (what: string) =>
    console.log(`${((Date.now() - began) / 1000).toFixed(1)} s, seed ${seed}: ${what}`)
  const random = seeded(seed)
  const load = await startLoad(random)
  const { github } = load
  const replicas = Array.from({ length: options.replicas }, () => createReplica(github, where))
  const anybody = () => {
    const there = replicas.map(({ url }) => url()).filter((url) => url !== undefined)
    return there[random.below(there.length)]
  }
  try {
    // Several at once, on an empty database: only one may make the tables.
    await Promise.all(replicas.map((replica) => replica.start()))
    say(`${replicas.length} started`)
    github.weather(storm(random))
    const people = load.run(anybody)
    const done = await killInTurn(replicas, kills, mostSeconds, random.below, trouble)
    say(`${done} kills`)
    await people.stop()
    expect(done, `kills within ${mostSeconds} s (CRASH_SEED=${seed})`).toBe(kills)

    github.weather(() => 'ok')
    await Promise.all(replicas.map((replica) => (replica.url() ? undefined : replica.start())))
    await load.resend(anybody)
    say(`${load.accepted().length} deliveries answered, about ${load.heads().length} commits`)
    await calm(anybody, mostSeconds)
    say(`calm, after ${github.requests.length} requests to GitHub`)
  } catch (error) {
    await Promise.all(replicas.map((replica) => replica.end()))
    await github.close()
    throw error
  }
  await Promise.all(replicas.map((replica) => replica.end()))
  try {
    await holdsWhatWasPromised(github, where, load.heads(), load.accepted(), load.strict)
  } finally {
    await github.close()
  }
}

async function killInTurn(
  replicas: readonly Replica[],
  kills: number,
  seconds: number,
  below: (end: number) => number,
  trouble: () => Promise<void>,
): Promise<number> {
  const end = Date.now() + seconds * 1000
  const starting = new Set<Promise<void>>()
  let done = 0
  while (done < kills && Date.now() < end) {
    const victim = replicas[done % replicas.length]
    if (victim === undefined) break
    // Most die at work, some while they start.
    if (below(5) > 0) await Promise.all(starting)
    await setTimeout(below(700))
    await victim.kill()
    done += 1
    if (done % 5 === 0) await trouble()
    const start = victim.start()
    starting.add(start)
    void start.finally(() => starting.delete(start))
  }
  await Promise.all(starting)
  return done
}

/** Waits until no job waits or runs. */
async function calm(anybody: () => string | undefined, seconds: number): Promise<void> {
  const jobs = async () => {
    const page = await fetch(`${anybody()}/metrics`).then((answer) => answer.text())
    const counts = [...page.matchAll(/^gonogo_queue_jobs\{state="(\w+)"\} (\d+)/gm)]
    return Object.fromEntries(counts.map(([, state, count]) => [state ?? '', Number(count)]))
  }
  await expect
    .poll(jobs, { timeout: seconds * 1000, interval: 200 })
    .toMatchObject({ waiting: 0, postponed: 0, active: 0 })
}

async function holdsWhatWasPromised(
  github: StandIn,
  where: Where,
  heads: readonly Head[],
  accepted: readonly { readonly id: string }[],
  strict: (repo: Head['repo']) => boolean,
): Promise<void> {
  const store = await openStore(where)
  try {
    const deliveries = await store.db.selectFrom('delivery').select(['id', 'done_at']).execute()
    const done = new Set(deliveries.filter(({ done_at }) => done_at !== null).map(({ id }) => id))
    expect(
      accepted.filter(({ id }) => !done.has(id)),
      'deliveries that were answered and forgotten',
    ).toEqual([])
    expect(deliveries.length - done.size, 'deliveries that are not done').toBe(0)

    const { rows } = await sql<{ key: string }>`
      select data->>'key' as key from queue.job where state <= 'active' and name in ('judge', 'given-up')`.execute(
      store.db,
    )
    expect(rows, 'jobs that are left').toEqual([])

    const verdicts = await store.db
      .selectFrom('ledger')
      .select(['seq', 'digest', 'commit'])
      .where('kind', '=', 'verdict')
      .orderBy('seq')
      .execute()
    const printed: { readonly seq: number; readonly digest: string }[] = []
    for (const head of heads) {
      const runs = await runsOf(github, head)
      const newest = runs.at(-1)
      const wanted = head.good && !strict(head.repo) ? 'success' : 'failure'
      expect(
        runs.map(({ status }) => status).filter((status) => status !== 'completed'),
        'runs in progress',
      ).toEqual([])
      expect(newest?.conclusion, `${head.repo} ${head.sha}, of the newest criteria`).toBe(wanted)
      // Two runs in a row that say where the same annotations are would be one that was posted twice.
      const twice = runs.filter((run, index) => run.external_id === runs[index - 1]?.external_id)
      expect(twice, `check runs that were posted twice on ${head.sha}`).toEqual([])
      const row = verdicts.findLast(({ commit }) => commit === head.sha)
      expect(newest?.output.summary, 'the newest run tells the last verdict').toContain(
        `${row?.seq}:${row?.digest}`,
      )
      if (row) printed.push(row)
    }
    const last = printed.toSorted((a, b) => a.seq - b.seq).at(-1)
    expect((await verifyChain(store.db, last)).broken).toBeUndefined()
  } finally {
    await store.close()
  }
}

/** The app's runs on a commit, in the order in which they were made. */
async function runsOf(github: StandIn, { repo, sha }: Head) {
  const { data } = await github.as('ada').rest.checks.listForRef({
    owner: github.owner,
    repo,
    ref: sha,
    check_name: 'go/no-go',
    app_id: github.app.id,
    filter: 'all',
    per_page: 100,
  })
  return data.check_runs.toSorted((a, b) => a.id - b.id)
}
