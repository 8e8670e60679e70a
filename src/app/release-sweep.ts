import { randomUUID } from 'node:crypto'
import { isWithoutGo } from '../core/release.ts'
import { readMark } from '../ledger/marks.ts'
import { hasNews, type KnownRelease, knownReleases } from '../ledger/releases.ts'
import type { Store } from '../ledger/store.ts'
import type { Delivery } from '../ledger/taking.ts'
import type { GitHub } from '../sources/github/client.ts'
import { newestReleases, type ShownRelease, tagsOf } from '../sources/github/releases.ts'
import { mayNotSee } from '../sources/github/runs.ts'
import type { TaskAsked } from './asked.ts'
import { deliveryOf } from './delivery.ts'
import { floorMark } from './floors.ts'
import { digestOfNow } from './release-judging.ts'

export type SweepingReleases = {
  readonly github: GitHub
  readonly store: Store
  readonly take: (deliveries: readonly Delivery[]) => Promise<void>
  readonly clock: () => Date
}

/** The newest releases of a repository are looked at, and no more. */
const MOST_RELEASES = 30
/** A release in hand is given so long. */
const IN_HAND_MS = 15 * 60 * 1000

/**
 * Asks for a judgement of each of the newest releases that is not as the app left it (another tag, other files, other
 * notes), whose verdict ended, that had no go while something new came to the repository, or that nobody told of.
 * Replacing a file and moving a tag send no event of the release. Two requests; gives how many were asked for.
 */
export async function sweepReleases(
  where: Omit<TaskAsked, 'task'>,
  { github, store, take, clock }: SweepingReleases,
): Promise<number> {
  const { owner, repo } = where.at
  const repository = `${owner}/${repo}`
  const known = await knownReleases(store.db, repository, MOST_RELEASES)
  const shown = await seen(github, where.at)
  if (shown === undefined) return 0
  const floorAt = (await readMark(store.db, floorMark(owner)))?.at
  const now = clock()
  const found: number[] = []
  for (const { release, ref } of shown) {
    const before = known.find((one) => one.release === release.id)
    const amiss =
      before === undefined
        ? isMissed(release, known)
        : isDue(before, now) ||
          isChanged(before, release, ref, now) ||
          (isWithoutGo(before) &&
            (isOlder(before, floorAt) || (await hasNews(store.db, repository, before.seq))))
    if (amiss) found.push(release.id)
  }
  await take(
    found.map((release) =>
      deliveryOf(
        { id: `sweep:${randomUUID()}`, event: 'sweep', at: clock() },
        { asked: { ...where, task: { kind: 'release', release } } },
      ),
    ),
  )
  return found.length
}

type Seen = { readonly release: ShownRelease; readonly ref?: string }

/** Undefined where the app may not see the repository any more. */
async function seen(github: GitHub, at: TaskAsked['at']): Promise<readonly Seen[] | undefined> {
  try {
    const [releases, tags] = await Promise.all([
      newestReleases(github, at, MOST_RELEASES),
      tagsOf(github, at),
    ])
    return releases.map((release) => {
      const ref = tags.get(release.tag)
      return { release, ...(ref !== undefined && { ref }) }
    })
  } catch (error) {
    if (mayNotSee(error)) return undefined
    throw error
  }
}

/** Published after the first one that was judged; what is older was there before the app. */
function isMissed({ published }: ShownRelease, known: readonly KnownRelease[]): boolean {
  const first = known.flatMap((one) => one.published ?? []).toSorted()[0]
  return published !== undefined && first !== undefined && published > first
}

function isDue({ until, state }: KnownRelease, now: Date): boolean {
  return state.failed === true || (until !== undefined && Date.parse(until) <= now.getTime())
}

function isChanged(
  { state, at }: KnownRelease,
  shown: ShownRelease,
  ref: string | undefined,
  now: Date,
): boolean {
  if (state.left === undefined) return now.getTime() - at.getTime() > IN_HAND_MS
  return state.left !== digestOfNow({ shown, ...(ref !== undefined && { ref }) })
}

function isOlder({ at }: KnownRelease, moment: Date | undefined): boolean {
  return moment !== undefined && moment > at
}
