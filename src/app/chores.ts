import { z } from 'zod'
import { DAY_MS } from '../core/day.ts'
import { isOfFloor } from '../core/paths.ts'
import type { Verdict } from '../core/verdict.ts'
import type { Chore, Chores, Errand } from '../ledger/chores.ts'
import { readMark, setMark } from '../ledger/marks.ts'
import type { Result } from '../ledger/result.ts'
import { forget } from '../ledger/retention.ts'
import type { Store } from '../ledger/store.ts'
import type { Delivery } from '../ledger/taking.ts'
import type { CommitAsked } from './asked.ts'
import { type Floors, floorMark } from './floors.ts'
import { lookAt, looksDue, watchFor } from './gates.ts'
import type { Connection } from './github.ts'
import { type Log, safe } from './handle.ts'
import { postponement } from './limits.ts'
import type { Metrics } from './metrics.ts'
import { Installed, openNotice, SWEEP_INSTALLATION } from './notice.ts'
import { RECONCILED, reconcile } from './reconcile.ts'
import { askAt, rejudge } from './rejudge.ts'
import { releaseChores, SWEEP_RELEASES } from './release-chores.ts'
import { askFor, SWEPT, Sweep, type Sweeping, sweep, sweepInstallation } from './sweep.ts'
import { sweepRepository } from './sweep-repository.ts'

const RECONCILE = 'reconcile'
const SWEEP = 'sweep'
const SWEEP_REPOSITORY = 'sweep-repository'
const REJUDGE = 'rejudge'
const FORGET = 'forget'
const FLOOR_CHANGED = 'floor-changed'
const DOCTOR = 'doctor'
const DOCTOR_REPOSITORY = 'doctor-repository'

/** A floor that a push changed, as a job has it. */
const FloorChanged = z.object({ installation: z.int(), owner: z.string() })

export type ChoresOptions = Connection & {
  readonly appId: number
  /** How long what deliveries asked is kept. */
  readonly keepDays: number
  readonly chores: Chores
  readonly store: Store
  readonly take: (deliveries: readonly Delivery[]) => Promise<void>
  readonly clock: () => Date
  readonly floors: Floors
  readonly log: Log
  readonly metrics: Metrics
}

/**
 * Starts what the app does unasked, at once and then by the clock; without `regular` only what a verdict asks
 * for. Whatever fails in it is logged, and tried again.
 */
export async function startChores(options: ChoresOptions, regular: boolean): Promise<void> {
  const { appId, keepDays, chores, store, take, clock, log, metrics, asApp, as, floors } = options
  // Apps in one place do not all ask GitHub in the same minute.
  const minute = appId % 10

  /** A failure says nothing of what it failed at to the queue, which keeps what it is given. */
  function guarded(name: string, work: (errand: Errand) => Promise<Result>): Chore['work'] {
    return async (errand) => {
      try {
        return await work(errand)
      } catch (error) {
        const seconds = postponement(error, clock())
        log.error(
          { chore: name, err: safe(error), ...(seconds !== undefined && { seconds }) },
          'chore failed',
        )
        if (seconds !== undefined) return { kind: 'postpone', seconds }
        throw new Error('chore failed; see the log')
      }
    }
  }
  /** What another replica did while this errand waited need not be done again. */
  async function isDone(mark: string, { askedAt }: Errand): Promise<boolean> {
    const last = await readMark(store.db, mark)
    return last !== undefined && last.at >= askedAt
  }

  const sweeping: Sweeping = {
    ...{ asApp, as, store, floors },
    ask: (asks) => chores.ask(SWEEP_REPOSITORY, asks),
  }

  await chores.start([
    {
      name: RECONCILE,
      ...(regular && { cron: `${minute}-59/10 * * * *` }),
      collapses: true,
      work: guarded(RECONCILE, async (errand) => {
        if (await isDone(RECONCILED, errand)) return { kind: 'done' }
        const notice = openNotice({ store, chores })
        const taken = await reconcile({ github: await asApp(), store, take, notice, clock, log })
        metrics.found('reconciliation', taken)
        return { kind: 'done' }
      }),
    },
    {
      name: SWEEP,
      ...(regular && { cron: `${(appId * 7) % 60} * * * *` }),
      collapses: true,
      work: guarded(SWEEP, async (errand) => {
        if (await isDone(SWEPT, errand)) return { kind: 'done' }
        await sweep(sweeping)
        return { kind: 'done' }
      }),
    },
    {
      name: SWEEP_REPOSITORY,
      collapses: true,
      work: guarded(SWEEP_REPOSITORY, async ({ data }) => {
        const asked = Sweep.parse(data)
        const github = await as(asked.installation)
        const found = await sweepRepository(asked, { github, appId, store, take, clock })
        metrics.found('sweep', found)
        if (found > 0) log.info({ ...asked, found }, 'verdicts found missing')
        return { kind: 'done' }
      }),
    },
    {
      name: REJUDGE,
      collapses: false,
      work: guarded(REJUDGE, async ({ data }) => {
        const result = await rejudge(data, { as, take, clock })
        if (result.kind === 'done') metrics.found('expiry', 1)
        return result
      }),
    },
    {
      name: FLOOR_CHANGED,
      collapses: false,
      work: guarded(FLOOR_CHANGED, async ({ data }) => {
        const { installation, owner } = FloorChanged.parse(data)
        await setMark(store.db, floorMark(owner), '')
        await sweepInstallation(installation, sweeping)
        return { kind: 'done' }
      }),
    },
    ...releaseChores({ ...options, guarded }, regular),
    {
      name: SWEEP_INSTALLATION,
      collapses: true,
      work: guarded(SWEEP_INSTALLATION, async ({ data }) => {
        await sweepInstallation(Installed.parse(data).installation, sweeping)
        return { kind: 'done' }
      }),
    },
    {
      name: DOCTOR,
      ...(regular && { cron: `${(appId * 11) % 60} * * * *` }),
      collapses: true,
      work: guarded(DOCTOR, async () => {
        await chores.ask(DOCTOR_REPOSITORY, await looksDue(options))
        return { kind: 'done' }
      }),
    },
    {
      name: DOCTOR_REPOSITORY,
      collapses: true,
      work: guarded(DOCTOR_REPOSITORY, async ({ data }) => {
        const gaps = await lookAt(data, options)
        if (gaps) log.info({ gaps }, 'the gate of a repository has gaps')
        return { kind: 'done' }
      }),
    },
    {
      name: FORGET,
      ...(regular && { cron: `${(appId * 7) % 60} 3 * * *` }),
      collapses: true,
      work: guarded(FORGET, async () => {
        const forgotten = await forget(store.db, new Date(clock().getTime() - keepDays * DAY_MS))
        if (forgotten.deliveries + forgotten.rows > 0)
          log.info({ ...forgotten, keepDays }, 'old deliveries forgotten')
        return { kind: 'done' }
      }),
    },
  ])
  if (!regular) return
  await chores.ask(FORGET, [{ data: {} }])
  await chores.ask(RECONCILE, [{ data: {} }])
  await chores.ask(SWEEP, [{ data: {} }])
  await chores.ask(DOCTOR, [{ data: {} }])
  await chores.ask(SWEEP_RELEASES, [{ data: {} }])
}

/**
 * What a verdict asks for besides: to be given again when it expires, and, where it found that criteria changed
 * on the default branch, that open pull requests are judged by them; a floor's, in every repository of the owner.
 */
export async function follow(
  { chores, clock, floors, store }: Pick<ChoresOptions, 'chores' | 'clock' | 'floors' | 'store'>,
  asked: CommitAsked,
  verdict: Verdict,
): Promise<void> {
  const { installation, target } = asked
  await watchFor({ store }, asked, verdict)
  if (verdict.until !== undefined) await chores.ask(REJUDGE, [askAt(asked, verdict.until, clock())])
  if (verdict.pushed !== true || verdict.proposals.length === 0) return
  const { owner, repo, branch } = target
  if (floors.isFloor({ owner, repo }) && verdict.proposals.some(({ path }) => isOfFloor(path)))
    await chores.ask(FLOOR_CHANGED, [{ data: { installation, owner } }])
  await chores.ask(SWEEP_REPOSITORY, [askFor({ installation, owner, repo, branch })])
}
