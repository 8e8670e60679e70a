import { maker, runsOf } from './checks.ts'
import { type Answer, json, Refusal } from './http.ts'
import { page } from './paging.ts'
import { mustHave } from './permissions.ts'
import { checksByRules, isRuled } from './rules.ts'
import { Commit, Refs } from './shapes.ts'
import {
  type Caller,
  fields,
  key,
  type Protection,
  type Route,
  repoPath,
  succeeded,
  type Visit,
  type World,
} from './world.ts'

/**
 * Branch protection by required checks, pinned to an app where that is asked for. Emulate forgets the app and takes
 * a green run of anybody, so it is told nothing of required checks and the stand-in keeps them.
 */
export const protectionRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/repos/:owner/:repo/branches', handle: branches },
  { method: 'GET', pathname: '/repos/:owner/:repo/branches/:branch', handle: branch },
  { method: 'GET', pathname: '/repos/:owner/:repo/branches/:branch/protection', handle: show },
  { method: 'PUT', pathname: '/repos/:owner/:repo/branches/:branch/protection', handle: protect },
  { method: 'DELETE', pathname: '/repos/:owner/:repo/branches/:branch/protection', handle: unprotect },
]

export const protectionOf = (world: World, repo: string, branch: string): Protection | undefined =>
  world.protections.get(key(repo, branch))

/** What stands in the way of this commit on this branch, in GitHub's words; an admin may pass unless told not to. */
export async function obstacle(
  world: World,
  repo: string,
  branch: string,
  sha: string,
  caller: Caller,
): Promise<string | undefined> {
  const protection = protectionOf(world, repo, branch)
  const byProtection = caller.admin && !protection?.enforceAdmins ? [] : (protection?.checks ?? [])
  for (const check of [...byProtection, ...(await checksByRules(world, repo, branch))]) {
    const states = await statesOf(world, repo, sha, check)
    if (states.length === 0) return `Required status check "${check.context}" is expected.`
    if (states.some((state) => !PASSING.has(state)))
      return `Required status check "${check.context}" is failing.`
  }
  return undefined
}

const PASSING: ReadonlySet<string | null> = new Set(['success', 'neutral', 'skipped'])

/** The newest check run counts; where anybody may answer, a commit status of the same name must be green as well. */
async function statesOf(
  world: World,
  repo: string,
  sha: string,
  check: Protection['checks'][number],
): Promise<readonly (string | null)[]> {
  const run = (await runsOf(world, repo, sha))
    .filter((one) => one.name === check.context)
    .find((one) => check.app_id === null || maker(world, one) === check.app_id)
  const status =
    check.app_id === null
      ? world.statuses.get(key(repo, sha))?.find((one) => one.context === check.context)
      : undefined
  return [...(run ? [run.conclusion] : []), ...(status ? [status.state] : [])]
}

async function show(world: World, { repo, named, forward }: Visit): Promise<Answer> {
  const answer = await forward()
  return succeeded(answer) ? shown(world, repo, named.branch ?? '', answer) : answer
}

/** A branch tells everybody who may read it which checks classic protection requires, and little else of it. */
async function branch(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'contents', 'read')
  const { repo, named, forward } = visit
  const answer = await forward()
  if (!succeeded(answer)) return answer
  const protection = protectionOf(world, repo, named.branch ?? '')
  const checks = protection?.checks ?? []
  const level = protection?.enforceAdmins ? 'everyone' : 'non_admins'
  const path = `${repoPath(world, repo)}/branches/${encodeURIComponent(named.branch ?? '')}`
  const { sha } = fields(fields(answer.body).commit)
  const body = {
    ...fields(answer.body),
    // Emulate shows of the commit its id alone.
    commit: await world.emulate.read(Commit, `${repoPath(world, repo)}/commits/${String(sha)}`),
    _links: { html: `${world.url}${path}`, self: `${world.url}${path}` },
    protected: protection !== undefined,
    protection: {
      enabled: protection !== undefined,
      required_status_checks: {
        enforcement_level: checks.length === 0 ? 'off' : level,
        contexts: checks.map(({ context }) => context),
        checks,
      },
    },
  }
  return { ...answer, body }
}

/** All branches, or those that classic protection or a ruleset protects, or those that none does. */
async function branches(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'contents', 'read')
  const { repo, call } = visit
  const refs = await world.emulate.read(Refs, `${repoPath(world, repo)}/git/matching-refs/heads/`)
  const all = await Promise.all(
    refs.map(async ({ ref, object }) => {
      const name = ref.slice('refs/heads/'.length)
      const isProtected = protectionOf(world, repo, name) !== undefined || (await isRuled(world, repo, name))
      const url = `${world.url}${repoPath(world, repo)}/commits/${object.sha}`
      return { name, commit: { sha: object.sha, url }, protected: isProtected }
    }),
  )
  const asked = new URL(call.path, 'http://github').searchParams.get('protected')
  const found = all.filter((one) => asked === null || String(one.protected) === asked)
  return json(200, page(call.path, found))
}

async function protect(world: World, { call, repo, named, forward }: Visit): Promise<Answer> {
  const body = fields(call.body)
  if (body.required_pull_request_reviews || body.restrictions) {
    throw new Refusal(
      422,
      'The stand-in protects a branch by required checks only, not by reviews or restrictions.',
    )
  }
  const answer = await forward({ body: { ...body, required_status_checks: null } })
  if (!succeeded(answer)) return answer
  const branch = named.branch ?? ''
  const required = fields(body.required_status_checks)
  world.protections.set(key(repo, branch), {
    strict: required.strict === true,
    checks: checksIn(required),
    enforceAdmins: body.enforce_admins === true,
  })
  return shown(world, repo, branch, answer)
}

async function unprotect(world: World, { repo, named, forward }: Visit): Promise<Answer> {
  const answer = await forward()
  if (succeeded(answer)) world.protections.delete(key(repo, named.branch ?? ''))
  return answer
}

function checksIn(required: Readonly<Record<string, unknown>>): Protection['checks'] {
  const checks = (Array.isArray(required.checks) ? required.checks : [])
    .map(fields)
    .map(({ context, app_id }) => ({
      context: String(context),
      app_id: typeof app_id === 'number' && app_id > 0 ? app_id : null,
    }))
  const contexts = (Array.isArray(required.contexts) ? required.contexts : []).map(String)
  const plain = contexts.filter((context) => !checks.some((check) => check.context === context))
  return [...checks, ...plain.map((context) => ({ context, app_id: null }))]
}

function shown(world: World, repo: string, branch: string, answer: Answer): Answer {
  const protection = protectionOf(world, repo, branch)
  const body = fields(answer.body)
  // GitHub leaves out what is not set.
  const set = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))
  if (protection === undefined || protection.checks.length === 0) return { ...answer, body: set }
  const url = `${body.url}/required_status_checks`
  return {
    ...answer,
    body: {
      ...set,
      required_status_checks: {
        url,
        strict: protection.strict,
        contexts: protection.checks.map((check) => check.context),
        contexts_url: `${url}/contexts`,
        checks: protection.checks,
      },
    },
  }
}
