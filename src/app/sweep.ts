import { z } from 'zod'
import type { Ask } from '../ledger/chores.ts'
import { setMark } from '../ledger/marks.ts'
import type { Store } from '../ledger/store.ts'
import type { GitHub } from '../sources/github/client.ts'
import type { Floors } from './floors.ts'

/** A repository to be swept, as a job has it. */
export type Sweep = z.infer<typeof Sweep>
export const Sweep = z.object({
  installation: z.int(),
  owner: z.string(),
  repo: z.string(),
  branch: z.string(),
  /** When something was last pushed to it, as GitHub says; without it the default branch's tip is left alone. */
  pushedAt: z.string().optional(),
})

export type Sweeping = {
  /** GitHub as the app itself sees it. */
  readonly asApp: () => Promise<Pick<GitHub, 'rest'>>
  /** GitHub as an installation sees it. */
  readonly as: (installation: number) => Promise<GitHub>
  readonly store: Store
  readonly floors: Pick<Floors, 'refresh'>
  /** Stores jobs of single repositories. */
  readonly ask: (asks: readonly Ask[]) => Promise<void>
}

/** The mark of the last time that every repository was looked at. */
export const SWEPT = 'swept'

const PAGE = 100

/**
 * Looks at every repository of every installation, a hundred to a request, and asks for a sweep of those in
 * which something may be amiss: it has open pull requests or issues, which GitHub counts together, or
 * something was pushed since its tip was last found in order. Throws whatever GitHub gets wrong.
 */
export async function sweep(sweeping: Sweeping): Promise<void> {
  const { rest } = await sweeping.asApp()
  for (let page = 1, last = PAGE; last === PAGE; page += 1) {
    const { data } = await rest.apps.listInstallations({ per_page: PAGE, page })
    last = data.length
    for (const { id, suspended_at } of data) if (!suspended_at) await sweepInstallation(id, sweeping)
  }
  await setMark(sweeping.store.db, SWEPT, '')
}

/** The same of one installation, whose floor is read anew before. */
export async function sweepInstallation(
  installation: number,
  { as, store, floors, ask }: Omit<Sweeping, 'asApp'>,
): Promise<void> {
  const github = await as(installation)
  for (let page = 1, last = PAGE; last === PAGE; page += 1) {
    const { data } = await github.rest.apps.listReposAccessibleToInstallation({ per_page: PAGE, page })
    const { repositories } = data
    last = repositories.length
    // An installation is on the repositories of one owner.
    const owner = page === 1 ? repositories[0]?.owner.login : undefined
    if (owner !== undefined) await floors.refresh(github, { installation, owner })
    // In an archived repository nothing can be merged, nor a check be written.
    const living = repositories.filter(({ archived, disabled }) => !archived && !disabled)
    const names = living.map(({ full_name }) => tipMark(full_name))
    const marks = new Map(
      names.length === 0
        ? []
        : (
            await store.db.selectFrom('mark').select(['name', 'value']).where('name', 'in', names).execute()
          ).map(({ name, value }) => [name, value]),
    )
    const asks = living.flatMap(
      ({ owner, name, full_name, default_branch, pushed_at, ...more }): readonly Ask[] => {
        const moved = pushed_at !== null && marks.get(tipMark(full_name)) !== pushed_at
        if (!moved && more.open_issues_count === 0) return []
        const about = { installation, owner: owner.login, repo: name, branch: default_branch }
        return [askFor({ ...about, ...(moved && { pushedAt: pushed_at }) })]
      },
    )
    await ask(asks)
  }
}

/** The job that sweeps one repository; however often it is asked for, it waits once. */
export function askFor(data: Sweep): Ask {
  return { data, key: `${data.owner}/${data.repo}`.toLowerCase() }
}

/** Where it is kept up to which push a repository's tip is in order. */
export function tipMark(repository: string): string {
  return `tip of ${repository}`
}
