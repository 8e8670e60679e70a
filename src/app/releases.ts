import { notEvaluated } from '../core/release.ts'
import { forgetRelease, knownRelease } from '../ledger/releases.ts'
import type { Delivery } from '../ledger/taking.ts'
import type { GitHub } from '../sources/github/client.ts'
import { findRelease } from '../sources/github/releases.ts'
import { safe } from './handle.ts'
import { type JudgingOptions, openJudging } from './judging.ts'
import { digestOfNow, judgeRelease, readNow, rulesFor } from './release-judging.ts'
import { ReleaseChangedError, tellRelease } from './release-telling.ts'
import type { Asks, TaskWorker, Trying } from './task.ts'

/** A release that changes while it is judged is judged again at once, so many times. */
const MOST_CHANGES = 3

export type ReleasesOptions = JudgingOptions & {
  readonly appId: number
  /** GitHub as an installation sees it. */
  readonly as: (installation: number) => Promise<GitHub>
  readonly take: (deliveries: readonly Delivery[]) => Promise<void>
}

/**
 * Judges releases. Whatever event asked, the release as it is now decides, so that several events of one action
 * come to the same, and where nothing must change nothing is written.
 */
export function createReleases(options: ReleasesOptions): TaskWorker<'release'> {
  const { store, log, as } = options
  const judging = openJudging(options)

  async function find(asked: Asks<'release'>) {
    const github = await as(asked.installation)
    const repository = `${asked.at.owner}/${asked.at.repo}`
    const { release } = asked.task
    const shown = await findRelease(github, asked.at, release)
    const before = await knownRelease(store.db, repository, release)
    // Deleted, or a draft that the app may not see: it is judged when it is published.
    if (shown === undefined) await forgetRelease(store.db, repository, release)
    return { github, shown, before }
  }

  async function judged(asked: Asks<'release'>, current: Trying['current']) {
    const { github, shown, before } = await find(asked)
    if (shown === undefined) return { release: asked.task.release, seen: false }
    const now = await readNow(github, asked.at, shown)
    // The app hears of its own changes too.
    if (asked.task.bot && before?.state.left === digestOfNow(now)) return { release: shown.id, asLeft: true }
    const came = await judgeRelease(github, options, judging, asked, now, before)
    return await tellRelease({ github, options, asked, before, current }, came)
  }

  return {
    work: async (asked, { current }) => {
      for (let left = MOST_CHANGES; ; left -= 1) {
        try {
          return await judged(asked, current)
        } catch (error) {
          if (!(error instanceof ReleaseChangedError) || left === 0) throw error
        }
      }
    },
    giveUp: async (asked, correlation) => {
      const { github, shown, before } = await find(asked)
      if (shown === undefined) return
      const rules = await rulesFor(github, options, asked).catch((error: unknown) => {
        log.error({ correlation, err: safe(error) }, 'floor not read')
        return { observed: false, withoutGo: 'flag' } as const
      })
      const now = await readNow(github, asked.at, shown).catch(() => ({
        shown,
        commit: { by: 'tag', name: shown.tag } as const,
      }))
      const current = async () => undefined
      const telling = { github, options, asked, before, current }
      await tellRelease(telling, { ...now, decision: notEvaluated(correlation), rules })
    },
  }
}
