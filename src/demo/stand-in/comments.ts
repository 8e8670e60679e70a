import { appOf, userOf } from './accounts.ts'
import { type Answer, json, Refusal } from './http.ts'
import { page } from './paging.ts'
import { mustHave } from './permissions.ts'
import { pullOf } from './pulls.ts'
import { Issue } from './shapes.ts'
import { fields, type KeptComment, type Route, repoPath, text, type Visit, type World } from './world.ts'

/**
 * Comments on issues and pull requests, by people, bots and the app. Emulate lets only writers talk, and has one clock
 * for all of them; here whoever can see a repository comments, and the author of a comment, or a writer, edits it.
 */
export const commentRoutes: readonly Route[] = [
  { method: 'POST', pathname: '/repos/:owner/:repo/issues/:number(\\d+)/comments', handle: create },
  { method: 'GET', pathname: '/repos/:owner/:repo/issues/:number(\\d+)/comments', handle: list },
  { method: 'PATCH', pathname: '/repos/:owner/:repo/issues/comments/:id(\\d+)', handle: edit },
  { method: 'DELETE', pathname: '/repos/:owner/:repo/issues/comments/:id(\\d+)', handle: remove },
]

/** GitHub takes so many characters. */
const MOST_CHARACTERS = 65_536
/** Ids begin somewhere, beyond what 32 bits hold. */
const FIRST = 4_300_000_000

async function create(world: World, visit: Visit): Promise<Answer> {
  const { call, caller, repo, named } = visit
  const number = Number(named.number)
  mayTalk(world, visit, 'write')
  const issue = await issueOf(world, repo, number)
  const now = world.clock.now()
  const kept: KeptComment = {
    ...{ id: FIRST + world.comments.length, repo, number, by: caller.login, body: bodyOf(call.body) },
    ...{ byApp: caller.kind === 'installation', createdAt: now, updatedAt: now },
  }
  world.comments.push(kept)
  const comment = await shown(world, kept)
  const fields = { action: 'created', comment, issue }
  await world.emit({ name: 'issue_comment', repo, sender: caller.login, fields })
  return json(201, comment)
}

async function list(world: World, visit: Visit): Promise<Answer> {
  const { call, repo, named } = visit
  mayTalk(world, visit, 'read')
  const since = new URL(call.path, world.url).searchParams.get('since')
  const kept = world.comments
    .filter((one) => one.repo === repo && one.number === Number(named.number))
    .filter((one) => since === null || Date.parse(one.updatedAt) >= Date.parse(since))
  return json(200, await Promise.all(page(call.path, kept).map((one) => shown(world, one))))
}

async function edit(world: World, visit: Visit): Promise<Answer> {
  const { call, caller, repo } = visit
  const { index, kept } = ownOf(world, visit)
  const after = { ...kept, body: bodyOf(call.body), updatedAt: world.clock.now() }
  world.comments[index] = after
  const comment = await shown(world, after)
  const fields = { action: 'edited', comment, issue: await issueOf(world, repo, kept.number) }
  const changes = { body: { from: kept.body } }
  await world.emit({ name: 'issue_comment', repo, sender: caller.login, fields: { ...fields, changes } })
  return json(200, comment)
}

async function remove(world: World, visit: Visit): Promise<Answer> {
  const { caller, repo } = visit
  const { index, kept } = ownOf(world, visit)
  const fields = {
    action: 'deleted',
    comment: await shown(world, kept),
    issue: await issueOf(world, repo, kept.number),
  }
  // Its place is kept, since ids count them.
  world.comments[index] = { ...kept, repo: '' }
  await world.emit({ name: 'issue_comment', repo, sender: caller.login, fields })
  return { status: 204, headers: {}, body: undefined }
}

/** Somebody's own comment, or for a writer anybody's. */
function ownOf(world: World, visit: Visit): { readonly index: number; readonly kept: KeptComment } {
  const { caller, repo, named } = visit
  mayTalk(world, visit, 'write')
  const index = Number(named.id) - FIRST
  const kept = world.comments[index]
  if (kept === undefined || kept.repo !== repo) throw new Refusal(404, 'Not Found')
  const role = world.setting.people.find(({ login }) => login === caller.login)?.role
  if (kept.by !== caller.login && role !== 'write' && !caller.admin)
    throw new Refusal(403, 'Must have write access to edit the comment of another person')
  return { index, kept }
}

/** A private repository is there for whoever has a part in it; a public one for everybody. */
function mayTalk(world: World, visit: Visit, level: 'read' | 'write'): void {
  const { caller, repo } = visit
  const seed = world.setting.repos.find((one) => one.name === repo)
  if (caller.kind === 'person') {
    const role = world.setting.people.find(({ login }) => login === caller.login)?.role
    if (seed?.private && !caller.admin && role === 'none') throw new Refusal(404, 'Not Found')
    return
  }
  try {
    mustHave(world, visit, 'pull_requests', level)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    mustHave(world, visit, 'issues', level)
  }
}

function bodyOf(given: unknown): string {
  const body = text(fields(given).body) ?? ''
  if (body.trim() === '') throw new Refusal(422, 'Validation Failed', { errors: ["body can't be blank"] })
  if (body.length > MOST_CHARACTERS)
    throw new Refusal(422, 'Validation Failed', {
      errors: ['body is too long (maximum is 65536 characters)'],
    })
  return body
}

async function shown(world: World, kept: KeptComment): Promise<Readonly<Record<string, unknown>>> {
  const { id, repo, number, by, byApp, body, createdAt, updatedAt } = kept
  const url = `${world.url}${repoPath(world, repo)}/issues`
  return {
    ...{ id, node_id: Buffer.from(`IssueComment${id}`).toString('base64url'), body },
    ...{ url: `${url}/comments/${id}`, issue_url: `${url}/${number}` },
    html_url: `${url}/${number}#issuecomment-${id}`,
    user: await userOf(world, by),
    ...{ created_at: createdAt, updated_at: updatedAt },
    // Computed for nobody in particular, so that it says this of members too.
    author_association: 'NONE',
    performed_via_github_app: byApp ? await appOf(world, world.setting.app) : null,
  }
}

/** A pull request is an issue, too; emulate shows only those that are nothing else. */
async function issueOf(world: World, repo: string, number: number): Promise<unknown> {
  const path = `${repoPath(world, repo)}/issues/${number}`
  const issue = await world.emulate.look(Issue, path)
  if (issue !== undefined) return issue
  const { id, node_id, title, body, state, user, draft, url, html_url } = await pullOf(world, repo, number)
  const shared = { id, node_id, number, title, body, state, user, draft, labels: [], locked: false }
  return { ...shared, url: `${world.url}${path}`, html_url, pull_request: { url, html_url } }
}
