import { userOf } from './accounts.ts'
import { comparison, tipOf } from './git.ts'
import { type Answer, json, Refusal } from './http.ts'
import { Pull, Pulls } from './shapes.ts'
import {
  fields,
  key,
  type PullNote,
  type Route,
  repoPath,
  succeeded,
  text,
  type Visit,
  type World,
} from './world.ts'

/**
 * Pull requests as GitHub keeps them. Emulate freezes head and base at the commits that they had at opening, and
 * makes branches that do not exist.
 */
export const pullRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/repos/:owner/:repo/pulls', handle: list },
  { method: 'POST', pathname: '/repos/:owner/:repo/pulls', handle: open },
  { method: 'GET', pathname: '/repos/:owner/:repo/pulls/:number(\\d+)', handle: show },
  { method: 'PATCH', pathname: '/repos/:owner/:repo/pulls/:number(\\d+)', handle: edit },
  { method: 'GET', pathname: '/repos/:owner/:repo/commits/:sha/pulls', handle: ofCommit },
]

/** A pull request as GitHub would show it now. */
export async function pullOf(world: World, repo: string, number: number): Promise<Pull> {
  return mended(world, repo, await world.emulate.read(Pull, `${repoPath(world, repo)}/pulls/${number}`))
}

export async function openPulls(world: World, repo: string): Promise<readonly Pull[]> {
  const found = await world.emulate.read(Pulls, `${repoPath(world, repo)}/pulls?state=open&per_page=100`)
  return Promise.all(found.map((pull) => mended(world, repo, pull)))
}

/** The open pull requests with this head, as GitHub names them in check runs and workflow runs. */
export async function minimalPulls(world: World, repo: string, sha: string): Promise<readonly unknown[]> {
  const side = ({ ref, sha, repo: { id, url, name } }: Pull['head']) => ({
    ref,
    sha,
    repo: { id, url, name },
  })
  return (await openPulls(world, repo))
    .filter((pull) => pull.head.sha === sha)
    .map(({ id, number, url, head, base }) => ({ id, number, url, head: side(head), base: side(base) }))
}

export function note(world: World, repo: string, number: number, change: Partial<PullNote>): void {
  const known = world.pulls.get(key(repo, number)) ?? { head: '', base: '' }
  world.pulls.set(key(repo, number), { ...known, ...change })
}

/** When a pull request was last given another base, if ever. */
export function movedAtOf(world: World, repo: string, number: number): string | undefined {
  return world.pulls.get(key(repo, number))?.movedAt
}

/** A pushed branch takes its open pull requests along, and the app hears `synchronize`. */
export async function followHead(
  world: World,
  move: {
    readonly repo: string
    readonly branch: string
    readonly before: string
    readonly after: string
    readonly sender: string
  },
): Promise<void> {
  const { repo, before, after, sender } = move
  const pulls = await openPulls(world, repo)
  for (const pull of pulls.filter((one) => one.head.ref === move.branch && one.head.sha !== after)) {
    note(world, repo, pull.number, {
      head: after,
      base: (await tipOf(world, repo, pull.base.ref)) ?? pull.base.sha,
    })
    await tell(world, repo, sender, pull.number, 'synchronize', { before, after })
  }
}

export async function tell(
  world: World,
  repo: string,
  sender: string,
  number: number,
  action: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const pull_request = await pullOf(world, repo, number)
  await world.emit({ name: 'pull_request', repo, sender, fields: { action, number, pull_request, ...more } })
}

/** Those that a commit came in by, and those whose head it is. */
async function ofCommit(world: World, { repo, named }: Visit): Promise<Answer> {
  const all = await world.emulate.read(Pulls, `${repoPath(world, repo)}/pulls?state=all&per_page=100`)
  const pulls = await Promise.all(all.map((pull) => mended(world, repo, pull)))
  return json(
    200,
    pulls.filter((pull) => pull.head.sha === named.sha || pull.merge_commit_sha === named.sha),
  )
}

async function list(world: World, { repo, forward }: Visit): Promise<Answer> {
  const answer = await forward()
  if (!succeeded(answer)) return answer
  const pulls = await Promise.all(Pulls.parse(answer.body).map((pull) => mended(world, repo, pull)))
  return { ...answer, body: pulls }
}

async function show(world: World, { repo, forward }: Visit): Promise<Answer> {
  const answer = await forward()
  return succeeded(answer) ? { ...answer, body: await mended(world, repo, Pull.parse(answer.body)) } : answer
}

async function open(world: World, { call, caller, repo, forward }: Visit): Promise<Answer> {
  const body = fields(call.body)
  const [head, base] = [text(body.head)?.replace(`${world.setting.owner}:`, '') ?? '', text(body.base) ?? '']
  const [headTip, baseTip] = await Promise.all([tipOf(world, repo, head), tipOf(world, repo, base)])
  if (headTip === undefined) throw invalid({ field: 'head', code: 'invalid' })
  if (baseTip === undefined) throw invalid({ field: 'base', code: 'invalid' })
  const existing = (await openPulls(world, repo)).some(
    (pull) => pull.head.ref === head && pull.base.ref === base,
  )
  if (existing)
    throw invalid({
      code: 'custom',
      message: `A pull request already exists for ${world.setting.owner}:${head}.`,
    })
  const ahead = (await comparison(world, repo, baseTip, headTip))?.commits.length ?? 0
  if (ahead === 0) throw invalid({ code: 'custom', message: `No commits between ${base} and ${head}` })

  const answer = await forward()
  if (!succeeded(answer)) return answer
  const { number } = Pull.parse(answer.body)
  note(world, repo, number, { head: headTip, base: baseTip, openedAt: world.clock.now() })
  await tell(world, repo, caller.login, number, 'opened')
  return { ...answer, body: await pullOf(world, repo, number) }
}

async function edit(world: World, { call, caller, repo, named, forward }: Visit): Promise<Answer> {
  const number = Number(named.number)
  const body = fields(call.body)
  const newBase = text(body.base)
  if (newBase !== undefined && (await tipOf(world, repo, newBase)) === undefined)
    throw invalid({ field: 'base', code: 'invalid' })
  const before = await world.emulate.look(Pull, `${repoPath(world, repo)}/pulls/${number}`)

  const answer = await forward()
  if (!succeeded(answer) || before === undefined) return answer
  if (newBase !== undefined) {
    const movedAt = newBase === before.base.ref ? {} : { movedAt: world.clock.now() }
    note(world, repo, number, { base: (await tipOf(world, repo, newBase)) ?? '', ...movedAt })
  }
  const after = await pullOf(world, repo, number)
  if (after.state !== before.state) {
    await tell(world, repo, caller.login, number, after.state === 'closed' ? 'closed' : 'reopened')
  }
  const changes = {
    ...(after.title === before.title ? {} : { title: { from: before.title } }),
    ...(after.body === before.body ? {} : { body: { from: before.body } }),
    ...(after.base.ref === before.base.ref
      ? {}
      : { base: { ref: { from: before.base.ref }, sha: { from: before.base.sha } } }),
  }
  if (Object.keys(changes).length > 0) await tell(world, repo, caller.login, number, 'edited', { changes })
  return json(200, after)
}

async function mended(world: World, repo: string, pull: Pull): Promise<Pull> {
  const known = world.pulls.get(key(repo, pull.number))
  if (known === undefined) return pull
  const { head, base, merged, openedAt } = known
  return {
    ...pull,
    head: { ...pull.head, sha: head },
    base: { ...pull.base, sha: base },
    ...(openedAt ? { created_at: openedAt } : {}),
    ...(merged
      ? {
          merged: true,
          merged_at: merged.at,
          closed_at: merged.at,
          merge_commit_sha: merged.sha,
          merged_by: await userOf(world, merged.by),
        }
      : {}),
  }
}

const invalid = (error: Readonly<Record<string, unknown>>): Refusal =>
  new Refusal(422, 'Validation Failed', { errors: [{ resource: 'PullRequest', ...error }] })
