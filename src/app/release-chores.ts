import type { Chore, Chores, Errand } from '../ledger/chores.ts'
import { releasingRepositories } from '../ledger/releases.ts'
import type { Result } from '../ledger/result.ts'
import type { Store } from '../ledger/store.ts'
import type { Delivery } from '../ledger/taking.ts'
import type { GitHub } from '../sources/github/client.ts'
import { TaskAsked } from './asked.ts'
import type { Log } from './handle.ts'
import type { Metrics } from './metrics.ts'
import { sweepReleases } from './release-sweep.ts'
import { workKeyOf } from './target.ts'

/** Looks for releases that changed without an event, in every repository that has some. */
export const SWEEP_RELEASES = 'sweep-releases'
const SWEEP_RELEASES_OF = 'sweep-releases-of'

export type ReleaseChoresOptions = {
  readonly appId: number
  /** GitHub as an installation sees it. */
  readonly as: (installation: number) => Promise<GitHub>
  readonly chores: Chores
  readonly store: Store
  readonly take: (deliveries: readonly Delivery[]) => Promise<void>
  readonly clock: () => Date
  readonly log: Log
  readonly metrics: Metrics
  readonly guarded: (name: string, work: (errand: Errand) => Promise<Result>) => Chore['work']
}

/** The sweep of releases, every hour: a repository after the other, each with a job of its own. */
export function releaseChores(options: ReleaseChoresOptions, regular: boolean): readonly Chore[] {
  const { appId, as, chores, store, take, clock, log, metrics, guarded } = options
  return [
    {
      name: SWEEP_RELEASES,
      ...(regular && { cron: `${(appId * 7 + 30) % 60} * * * *` }),
      collapses: true,
      work: guarded(SWEEP_RELEASES, async () => {
        const all = (await releasingRepositories(store.db)).map((text) => TaskAsked.parse(JSON.parse(text)))
        const asks = all.map((asked) => ({ data: asked, key: workKeyOf(asked).replace(/@.*$/, '') }))
        await chores.ask(SWEEP_RELEASES_OF, asks)
        return { kind: 'done' }
      }),
    },
    {
      name: SWEEP_RELEASES_OF,
      collapses: true,
      work: guarded(SWEEP_RELEASES_OF, async ({ data }) => {
        const { task: _, ...where } = TaskAsked.parse(data)
        const found = await sweepReleases(where, { github: await as(where.installation), store, take, clock })
        metrics.found('sweep', found)
        if (found > 0) log.info({ ...where.at, found }, 'releases found changed')
        return { kind: 'done' }
      }),
    },
  ]
}
