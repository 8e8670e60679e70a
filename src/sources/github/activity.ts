import type { Activity } from '../tip-at.ts'
import { type Coordinates, type GitHub, isNotFound } from './client.ts'

const PAGE = 100
/** Further back no branch is followed. */
const MOST_PAGES = 30

/**
 * The moves of the default branch, newest first, as far back as the first one that is not after a moment; all of
 * them that are told where none is. docs.github.com, "List repository activities": kept by GitHub, and nobody can
 * write or delete them.
 */
export async function activityAt(
  github: Pick<GitHub, 'rest'>,
  at: Coordinates,
  moment: string,
): Promise<readonly Activity[]> {
  const feed: Activity[] = []
  try {
    for await (const { moves, isLast } of pagesOf(github, at, at.branch)) {
      feed.push(...moves)
      if (isLast || moves.some(({ timestamp }) => Date.parse(timestamp) <= Date.parse(moment))) return feed
    }
    return []
  } catch (error) {
    if (isNotFound(error)) return []
    throw error
  }
}

/** A move of a branch, and who moved it; null where the account is gone. */
export type BranchMove = Pick<Activity, 'before' | 'after'> & {
  readonly by: string | null
  readonly bot: boolean
  /** ISO 8601, to the second. */
  readonly at: string
}

/**
 * Every move of a branch since it was made, newest first; undefined where not all of them are told, or another commit
 * is the last.
 */
export async function movesOf(
  github: Pick<GitHub, 'rest'>,
  at: Coordinates,
  branch: string,
  head: string,
): Promise<readonly BranchMove[] | undefined> {
  try {
    return await followed(github, at, branch, head)
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

async function followed(
  github: Pick<GitHub, 'rest'>,
  where: Coordinates,
  branch: string,
  head: string,
): Promise<readonly BranchMove[] | undefined> {
  const moves: BranchMove[] = []
  let next = head
  for await (const page of pagesOf(github, where, branch)) {
    for (const { before, after, actor, activity_type, timestamp: at } of page.moves) {
      // Each move starts where the one before it ended; a gap would hide who filled it.
      if (after !== next) return undefined
      moves.push({ before, after, by: actor?.login ?? null, bot: actor?.type === 'Bot', at })
      if (activity_type === 'branch_creation') return moves
      next = before
    }
  }
  return undefined
}

type Moves = Awaited<ReturnType<GitHub['rest']['repos']['listActivities']>>['data']

/** The moves of a branch, newest first, page by page as far as a branch is followed; whether there are no more. */
async function* pagesOf(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: Coordinates,
  branch: string,
): AsyncGenerator<{ readonly moves: Moves; readonly isLast: boolean }, void, void> {
  let after: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { data, headers } = await rest.repos.listActivities({
      owner,
      repo,
      ref: `refs/heads/${branch}`,
      per_page: PAGE,
      ...(after !== undefined && { after }),
    })
    after = nextCursor(headers.link)
    yield { moves: data, isLast: after === undefined }
    if (after === undefined) return
  }
}

/** The newest forced pushes of the default branch, newest first. */
export async function forcedByActivity(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo, branch }: Coordinates,
): Promise<readonly Activity[]> {
  const ref = `refs/heads/${branch}`
  const about = { owner, repo, ref, activity_type: 'force_push', per_page: PAGE } as const
  return (await rest.repos.listActivities(about)).data
}

function nextCursor(link: string | undefined): string | undefined {
  const cursor = /[?&]after=([^&>]+)[^>]*>;\s*rel="next"/.exec(link ?? '')?.[1]
  return cursor === undefined ? undefined : decodeURIComponent(cursor)
}
