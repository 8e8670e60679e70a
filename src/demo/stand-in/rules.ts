import { type Answer, json, Refusal } from './http.ts'
import { page } from './paging.ts'
import { mustHave } from './permissions.ts'
import { Repository } from './shapes.ts'
import {
  type Caller,
  fields,
  type Route,
  type Ruleset,
  repoPath,
  text,
  type Visit,
  type World,
} from './world.ts'

/** Rulesets of repositories and of the organisation, and the rules that hold for a branch by them. */
export const ruleRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/repos/:owner/:repo/rules/branches/:branch(.+)', handle: holding },
  { method: 'POST', pathname: '/repos/:owner/:repo/rulesets', handle: create },
  { method: 'GET', pathname: '/repos/:owner/:repo/rulesets/:id(\\d+)', handle: show },
  { method: 'DELETE', pathname: '/repos/:owner/:repo/rulesets/:id(\\d+)', handle: remove },
  { method: 'POST', pathname: '/orgs/:owner/rulesets', handle: createAbove },
  { method: 'DELETE', pathname: '/orgs/:owner/rulesets/:id(\\d+)', handle: removeAbove },
]

type Rule = Readonly<Record<string, unknown>> & { readonly type: string }

/** The active rules of a branch, with the ruleset that each is of. */
async function rulesOf(
  world: World,
  repo: string,
  branch: string,
): Promise<readonly { readonly ruleset: Ruleset; readonly rule: Rule }[]> {
  if (world.rulesets.length === 0) return []
  const { default_branch } = await world.emulate.read(Repository, repoPath(world, repo))
  return world.rulesets
    .filter((ruleset) => ruleset.enforcement === 'active' && isFor(ruleset, repo, branch, default_branch))
    .flatMap((ruleset) => ruleset.rules.map((rule) => ({ ruleset, rule })))
}

/** Names as they are written, and GitHub's words for all branches and the default one; it has patterns besides. */
function isFor(ruleset: Ruleset, repo: string, branch: string, standard: string): boolean {
  if (ruleset.repository !== null && ruleset.repository !== repo) return false
  const names = fields(ruleset.conditions.repository_name)
  if (ruleset.repository === null && !listOf(names.include).some((name) => name === '~ALL' || name === repo))
    return false
  const isNamed = (name: string): boolean =>
    name === '~ALL' || (name === '~DEFAULT_BRANCH' ? branch === standard : name === `refs/heads/${branch}`)
  const refs = fields(ruleset.conditions.ref_name)
  return listOf(refs.include).some(isNamed) && !listOf(refs.exclude).some(isNamed)
}

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

/** The checks that rulesets require on a branch of whoever may not pass by them. */
export async function checksByRules(
  world: World,
  repo: string,
  branch: string,
): Promise<readonly { readonly context: string; readonly app_id: number | null }[]> {
  const rules = await rulesOf(world, repo, branch)
  return rules
    .filter(({ rule }) => rule.type === 'required_status_checks')
    .flatMap(({ rule }) => {
      const { required_status_checks: checks } = fields(rule.parameters)
      return (Array.isArray(checks) ? checks : []).map(fields)
    })
    .map(({ context, integration_id: id }) => ({
      context: String(context),
      app_id: typeof id === 'number' ? id : null,
    }))
}

/** Whether any rule holds for a branch. */
export async function isRuled(world: World, repo: string, branch: string): Promise<boolean> {
  return (await rulesOf(world, repo, branch)).length > 0
}

async function holding(world: World, visit: Visit): Promise<Answer> {
  const { call, repo, named } = visit
  mustHave(world, visit, 'metadata', 'read')
  const rules = await rulesOf(world, repo, named.branch ?? '')
  return json(
    200,
    page(
      call.path,
      rules.map(({ rule, ruleset }) => ({
        ...rule,
        ruleset_source_type: ruleset.repository === null ? 'Organization' : 'Repository',
        ruleset_source: sourceOf(world, ruleset),
        ruleset_id: ruleset.id,
      })),
    ),
  )
}

async function create(world: World, visit: Visit): Promise<Answer> {
  mustAdministrate(world, visit)
  return json(201, shown(world, added(world, visit, visit.repo), true))
}

async function createAbove(world: World, visit: Visit): Promise<Answer> {
  mustRuleAbove(visit)
  return json(201, shown(world, added(world, visit, null), true))
}

function added(world: World, { call }: Visit, repository: string | null): Ruleset {
  const body = fields(call.body)
  const rules = (Array.isArray(body.rules) ? body.rules : []).map((rule) => ({
    ...fields(rule),
    type: String(fields(rule).type),
  }))
  const ruleset: Ruleset = {
    id: world.rulesets.reduce((most, { id }) => Math.max(most, id), 100) + 1,
    repository,
    name: String(body.name),
    enforcement: text(body.enforcement) ?? 'active',
    conditions: fields(body.conditions),
    rules,
    bypassActors: Array.isArray(body.bypass_actors) ? body.bypass_actors : [],
  }
  world.rulesets.push(ruleset)
  return ruleset
}

async function show(world: World, visit: Visit): Promise<Answer> {
  const { repo, named, caller } = visit
  mustHave(world, visit, 'metadata', 'read')
  const ruleset = world.rulesets.find(
    ({ id, repository }) => id === Number(named.id) && (repository === null || repository === repo),
  )
  if (ruleset === undefined) throw new Refusal(404, 'Not Found')
  return json(200, shown(world, ruleset, mayAdministrate(world, visit, caller)))
}

async function remove(world: World, visit: Visit): Promise<Answer> {
  mustAdministrate(world, visit)
  return removed(world, visit, visit.repo)
}

async function removeAbove(world: World, visit: Visit): Promise<Answer> {
  mustRuleAbove(visit)
  return removed(world, visit, null)
}

/** People with the stand-in's one word for admins are the organisation's. */
function mustRuleAbove({ caller }: Visit): void {
  if (caller.kind !== 'person' || !caller.admin) throw new Refusal(404, 'Not Found')
}

/** What the organisation rules is not the repository's to remove. */
function removed(world: World, { named }: Visit, of: string | null): Answer {
  const index = world.rulesets.findIndex(({ id, repository }) => id === Number(named.id) && repository === of)
  if (index === -1) throw new Refusal(404, 'Not Found')
  world.rulesets.splice(index, 1)
  return { status: 204, headers: {}, body: undefined }
}

/** Who may pass by it is told to those who may change it. */
function shown(world: World, ruleset: Ruleset, whole: boolean): unknown {
  const { id, name, repository, enforcement, conditions, rules, bypassActors } = ruleset
  return {
    id,
    name,
    target: 'branch',
    source_type: repository === null ? 'Organization' : 'Repository',
    source: sourceOf(world, ruleset),
    enforcement,
    conditions,
    rules,
    ...(whole && { bypass_actors: bypassActors }),
  }
}

const sourceOf = ({ setting }: World, { repository }: Ruleset): string =>
  repository === null ? setting.owner : `${setting.owner}/${repository}`

function mayAdministrate(world: World, visit: Visit, caller: Caller): boolean {
  if (caller.kind === 'person') return caller.admin
  try {
    mustHave(world, visit, 'administration', 'write')
    return caller.kind !== 'workflow'
  } catch {
    return false
  }
}

/** An admin, or an app that may do what admins do. */
export function mustAdministrate(world: World, visit: Visit): void {
  if (visit.caller.kind === 'person' && !visit.caller.admin) throw new Refusal(404, 'Not Found')
  mustHave(world, visit, 'administration', 'write')
}
