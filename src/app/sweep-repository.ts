import { randomUUID } from 'node:crypto'
import { newestRun } from '../github/newest-run.ts'
import { readMark, setMark } from '../ledger/marks.ts'
import { knownOf } from '../ledger/settled.ts'
import type { Store } from '../ledger/store.ts'
import type { Delivery } from '../ledger/taking.ts'
import { criteriaChangedAt, tipBefore, tipsBefore } from '../ledger/tips.ts'
import { COULD_NOT_EVALUATE } from '../render/check-run.ts'
import type { GitHub } from '../sources/github/client.ts'
import type { CommitAsked } from './asked.ts'
import { deliveryOf } from './delivery.ts'
import { floorMark } from './floors.ts'
import { openHeads, tipOf } from './heads.ts'
import { type Sweep, tipMark } from './sweep.ts'
import { keyOf } from './target.ts'

export type SweepingRepository = {
  readonly github: GitHub
  readonly appId: number
  readonly store: Store
  readonly take: (deliveries: readonly Delivery[]) => Promise<void>
  readonly clock: () => Date
}

/** A job that is asked for is given so long before somebody asks what became of it. */
const IN_HAND_MS = 15 * 60 * 1000
/** What could not be evaluated is tried again after so long. */
const AGAIN_MS = 60 * 60 * 1000
const SAME_SECOND_MS = 60 * 1000

/**
 * Asks for a verdict on every open pull request's head of a repository, and on the default branch's tip, that
 * has none which counts: no check, one that is stuck or could not be evaluated, or one from before the criteria
 * changed. What the database vouches for costs no request. Gives how many verdicts were asked for.
 */
export async function sweepRepository(sweep: Sweep, sweeping: SweepingRepository): Promise<number> {
  const { github, store, take, clock } = sweeping
  const { installation, owner, repo, branch, pushedAt } = sweep
  const repository = `${owner}/${repo}`
  const { heads, forks } = await openHeads(github, sweep)
  const asked = (commit: string): CommitAsked => ({
    ...{ installation, target: { owner, repo, branch, commit } },
    ...(forks.has(commit) && { fork: true }),
  })
  const key = (commit: string) => keyOf(asked(commit).target)
  const changes = [
    await criteriaChangedAt(store.db, repository),
    (await readMark(store.db, floorMark(owner)))?.at,
  ]
  const changedAt = changes.flatMap((at) => at ?? []).toSorted((a, b) => b.getTime() - a.getTime())[0]
  const known = await knownOf(store.db, repository, heads, key)
  let count = 0

  async function ask(commit: string, tip?: { readonly before?: string }): Promise<void> {
    const about = { id: `sweep:${randomUUID()}`, event: 'sweep', at: clock() } as const
    const found = tip && { ...tip, deliveredAt: about.at.toISOString() }
    await take([{ ...deliveryOf(about, { asked: asked(commit) }), ...(found && { tip: found }) }])
    count += 1
  }

  for (const commit of heads) {
    const state = stateOf(known.get(commit) ?? {}, changedAt, clock())
    if (state === 'amiss' || (state === 'unclear' && (await isAmiss(sweeping, sweep, commit))))
      await ask(commit)
  }
  const tip = pushedAt === undefined ? undefined : await tipOf(github, sweep)
  if (pushedAt === undefined || tip === undefined) return count
  const state = stateOf((await knownOf(store.db, repository, [tip], key)).get(tip) ?? {}, undefined, clock())
  if ((await tipsBefore(store.db, repository, tip)) === undefined) {
    // Its push was never heard of: what came to the branch since the last one that was is judged.
    const before = await tipBefore(store.db, repository, tip)
    await ask(tip, before === undefined ? {} : { before })
  } else if (state === 'settled') {
    // GitHub tells it to the second, in which there may be another push.
    if (clock().getTime() - Date.parse(pushedAt) > SAME_SECOND_MS)
      await setMark(store.db, tipMark(repository), pushedAt)
  } else if (state === 'unclear' && (await isAmiss(sweeping, sweep, tip))) await ask(tip)
  return count
}

type State = 'settled' | 'in hand' | 'amiss' | 'unclear'

/** What the database alone tells of a commit; `unclear` is for GitHub to say. */
function stateOf(
  { judgedAt, askedAt }: { readonly judgedAt?: Date; readonly askedAt?: Date },
  changedAt: Date | undefined,
  now: Date,
): State {
  if (askedAt !== undefined) {
    const waits = now.getTime() - askedAt.getTime()
    // Whatever is asked for after the criteria changed will be judged by the new ones.
    return waits < IN_HAND_MS && !(changedAt && askedAt <= changedAt) ? 'in hand' : 'unclear'
  }
  if (judgedAt === undefined) return 'unclear'
  return changedAt === undefined || judgedAt > changedAt ? 'settled' : 'amiss'
}

/** Whether a commit's check is missing, stuck, or waits to be tried again, as GitHub shows it. */
async function isAmiss(
  { github, appId, clock }: SweepingRepository,
  { owner, repo }: Sweep,
  commit: string,
): Promise<boolean> {
  const run = await newestRun(github, { owner, repo, appId }, commit)
  const age = (at: string | null) =>
    at === null ? Number.POSITIVE_INFINITY : clock().getTime() - Date.parse(at)
  if (run === undefined) return true
  if (run.status !== 'completed') return age(run.started_at) > IN_HAND_MS
  return !run.output.title?.startsWith(COULD_NOT_EVALUATE) || age(run.completed_at) > AGAIN_MS
}
