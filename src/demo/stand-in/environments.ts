import { z } from 'zod'
import { type Answer, json, Refusal } from './http.ts'
import { page } from './paging.ts'
import { mustHave } from './permissions.ts'
import { mustAdministrate } from './rules.ts'
import { type EnvironmentNote, fields, key, type Route, repoPath, type Visit, type World } from './world.ts'

const ENVIRONMENT = '/repos/:owner/:repo/environments/:environment'

/** Environments of a repository, and the apps that deployments into them ask. */
export const environmentRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/repos/:owner/:repo/environments', handle: list },
  { method: 'PUT', pathname: ENVIRONMENT, handle: make },
  { method: 'GET', pathname: `${ENVIRONMENT}/deployment-branch-policies`, handle: policies },
  { method: 'POST', pathname: `${ENVIRONMENT}/deployment-branch-policies`, handle: addPolicy },
  { method: 'GET', pathname: `${ENVIRONMENT}/deployment_protection_rules`, handle: rules },
  { method: 'POST', pathname: `${ENVIRONMENT}/deployment_protection_rules`, handle: ask },
]

const Reviewer = z.object({ type: z.string(), id: z.int() })
const SINCE = '2026-01-01T00:00:00Z'

async function list(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'actions', 'read')
  const own = [...world.environments.values()].filter(({ repo }) => repo === visit.repo)
  const environments = page(visit.call.path, own).map((one) => shown(world, one))
  return json(200, { total_count: own.length, environments })
}

async function make(world: World, visit: Visit): Promise<Answer> {
  mustAdministrate(world, visit)
  const { repo, named } = visit
  const name = named.environment ?? ''
  const known = world.environments.get(key(repo, name.toLowerCase()))
  const { reviewers, prevent_self_review, deployment_branch_policy = null } = fields(visit.call.body)
  const guard = {
    reviewers: z.array(Reviewer).catch([]).parse(reviewers),
    othersReview: prevent_self_review === true,
    branches: deployment_branch_policy,
    patterns: known?.guard.patterns ?? [],
  }
  const one = { ...(known ?? { id: world.environments.size + 1, repo, name, apps: [] }), guard }
  world.environments.set(key(repo, name.toLowerCase()), one)
  return json(200, shown(world, one))
}

async function policies(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'actions', 'read')
  const { patterns } = environmentOf(world, visit).guard
  const all = patterns.map((one, index) => ({ id: index + 1, node_id: `P${index + 1}`, ...one }))
  return json(200, { total_count: all.length, branch_policies: page(visit.call.path, all) })
}

/** GitHub's answer where the environment does not list who may enter: it has no such list. */
async function addPolicy(world: World, visit: Visit): Promise<Answer> {
  mustAdministrate(world, visit)
  const one = environmentOf(world, visit)
  if (fields(one.guard.branches).custom_branch_policies !== true) throw new Refusal(404, 'Not Found')
  const { name, type } = fields(visit.call.body)
  const pattern = { name: String(name), type: type === 'tag' ? 'tag' : 'branch' }
  const guard = { ...one.guard, patterns: [...one.guard.patterns, pattern] }
  world.environments.set(key(one.repo, one.name.toLowerCase()), { ...one, guard })
  return json(200, { id: guard.patterns.length, node_id: `P${guard.patterns.length}`, ...pattern })
}

async function rules(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'actions', 'read')
  const { apps } = environmentOf(world, visit)
  const custom = apps.map((appId) => ruleOf(world, appId))
  return json(200, { total_count: custom.length, custom_deployment_protection_rules: custom })
}

async function ask(world: World, visit: Visit): Promise<Answer> {
  mustAdministrate(world, visit)
  const one = environmentOf(world, visit)
  const appId = Number(fields(visit.call.body).integration_id)
  world.environments.set(key(one.repo, one.name.toLowerCase()), { ...one, apps: [...one.apps, appId] })
  return json(201, ruleOf(world, appId))
}

function environmentOf(world: World, { repo, named }: Visit): EnvironmentNote {
  const found = world.environments.get(key(repo, (named.environment ?? '').toLowerCase()))
  if (found === undefined) throw new Refusal(404, 'Not Found')
  return found
}

function shown(world: World, { id, repo, name, guard }: EnvironmentNote): unknown {
  const url = `${world.url}${repoPath(world, repo)}/environments/${encodeURIComponent(name)}`
  return {
    ...{ id, node_id: `E${id}`, name, url, html_url: url, created_at: SINCE, updated_at: SINCE },
    protection_rules: guard.reviewers.length === 0 ? [] : [reviewRule(guard)],
    deployment_branch_policy: guard.branches,
  }
}

/** Who the reviewers are nobody here asks; how many there are matters. */
function reviewRule({ reviewers, othersReview }: EnvironmentNote['guard']): unknown {
  return {
    ...{ id: 1, node_id: 'G1', type: 'required_reviewers', prevent_self_review: othersReview },
    reviewers: reviewers.map(({ type }) => ({ type })),
  }
}

function ruleOf(world: World, appId: number): unknown {
  const slug = appId === world.setting.app.id ? world.setting.app.slug : 'another-app'
  return {
    id: appId,
    node_id: `R${appId}`,
    enabled: true,
    app: { id: appId, slug, integration_url: `${world.url}/apps/${slug}`, node_id: `A${appId}` },
  }
}
