import { userOf } from './accounts.ts'
import { later } from './clock.ts'
import { tipOf } from './git.ts'
import { type Answer, json, Refusal } from './http.ts'
import { linkHeader } from './paging.ts'
import { mustHave } from './permissions.ts'
import { INTERNAL } from './seed.ts'
import type { Activity, Route, Visit, World } from './world.ts'

/** The activity of a repository: each move of a branch, with GitHub's own time. Emulate does not have it. */
export const activityRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/repos/:owner/:repo/activity', handle: list },
]

const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 31, quarter: 92, year: 366 }

/** Tags leave no activity. */
export function recordActivity(
  world: World,
  repo: string,
  { ref, before, after, type, actor }: Omit<Activity, 'id' | 'timestamp'>,
): void {
  if (!ref.startsWith('refs/heads/')) return
  const known = world.activity.get(repo) ?? []
  const id = 31_000_000_000 + [...world.activity.values()].flat().length
  const timestamp = world.clock.now()
  world.activity.set(repo, [...known, { id, before, after, ref, timestamp, type, actor }])
}

/** A repository that starts with a commit starts with the creation of its default branch. */
export async function recordBeginnings(world: World): Promise<void> {
  const actor = world.setting.people.find(({ admin }) => admin)?.login ?? INTERNAL.login
  for (const { name, defaultBranch } of world.setting.repos) {
    const after = await tipOf(world, name, defaultBranch)
    const ref = `refs/heads/${defaultBranch}`
    const before = '0'.repeat(40)
    if (after !== undefined)
      recordActivity(world, name, { ref, before, after, type: 'branch_creation', actor })
  }
}

async function list(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'contents', 'read')
  const { call, repo } = visit
  const query = new URL(call.path, world.url).searchParams
  const [ref, actor, type] = ['ref', 'actor', 'activity_type'].map((name) => query.get(name))
  const days = DAYS[query.get('time_period') ?? '']
  const since = days === undefined ? '' : later(world.clock.now(), -days * 86_400)
  const found = (world.activity.get(repo) ?? [])
    .filter((one) => !ref || one.ref === ref || one.ref === `refs/heads/${ref}`)
    .filter((one) => !actor || one.actor === actor)
    .filter((one) => !type || one.type === type)
    .filter((one) => one.timestamp >= since)
  const inOrder = query.get('direction') === 'asc' ? found : found.toReversed()

  const size = Math.min(100, Number(query.get('per_page') ?? 30))
  const [start, end] = windowOf(inOrder, query, size)
  const shown = inOrder.slice(start, end)
  const [first, last] = [shown[0], shown.at(-1)]
  const link = linkHeader(world.url, call.path, {
    ...(first !== undefined && start > 0 ? { prev: { before: cursor(first) } } : {}),
    ...(last !== undefined && end < inOrder.length ? { next: { after: cursor(last) } } : {}),
  })
  return { ...json(200, await Promise.all(shown.map((one) => told(world, one)))), headers: link }
}

/** Pages are told apart by the activity after or before which they stand, so that a new one moves none. */
function windowOf(
  items: readonly Activity[],
  query: URLSearchParams,
  size: number,
): readonly [start: number, end: number] {
  const [after, before] = [query.get('after'), query.get('before')]
  const wanted = after ?? before
  if (wanted === null) return [0, size]
  const index = items.findIndex((one) => cursor(one) === wanted)
  if (index < 0) throw new Refusal(422, 'Invalid cursor')
  return after === null ? [Math.max(0, index - size), index] : [index + 1, index + 1 + size]
}

const cursor = ({ id }: Activity): string => Buffer.from(`activity:${id}`).toString('base64url')

async function told(world: World, { type, actor, ...activity }: Activity): Promise<unknown> {
  return {
    ...activity,
    node_id: Buffer.from(`Push${activity.id}`).toString('base64url'),
    activity_type: type,
    actor: await userOf(world, actor),
  }
}
