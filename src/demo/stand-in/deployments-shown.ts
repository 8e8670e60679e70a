import { appOf, userOf } from './accounts.ts'
import type { Deployment, Status } from './deployments-state.ts'
import { ACTIONS } from './seed.ts'
import { repoPath, type World } from './world.ts'

async function appVia(world: World, via: Deployment['via']): Promise<unknown> {
  return via === null ? null : await appOf(world, via === 'app' ? world.setting.app : ACTIONS)
}

/** A deployment as GitHub shows it. */
export async function shown(
  world: World,
  deployment: Deployment,
): Promise<Readonly<Record<string, unknown>>> {
  const { id, repo, sha, ref, task, environment, description, creator, via, createdAt } = deployment
  const repository_url = `${world.url}${repoPath(world, repo)}`
  const url = `${repository_url}/deployments/${id}`
  return {
    ...{ id, url, repository_url, sha, ref, task, environment, description },
    node_id: Buffer.from(`Deployment${id}`).toString('base64url'),
    payload: {},
    original_environment: environment,
    creator: await userOf(world, creator),
    created_at: createdAt,
    updated_at: createdAt,
    statuses_url: `${url}/statuses`,
    transient_environment: false,
    production_environment: environment === 'production',
    performed_via_github_app: await appVia(world, via),
  }
}

/** What was said of a deployment, as GitHub shows it; where nobody gave an address, there is one all the same. */
export async function shownStatus(world: World, { id: of, repo, environment }: Deployment, status: Status) {
  const { id, state, description, logUrl, creator, via, createdAt } = status
  const repository_url = `${world.url}${repoPath(world, repo)}`
  const deployment_url = `${repository_url}/deployments/${of}`
  return {
    ...{ id, state, description, environment, deployment_url, repository_url },
    url: `${deployment_url}/statuses/${id}`,
    node_id: Buffer.from(`DeploymentStatus${id}`).toString('base64url'),
    creator: await userOf(world, creator),
    target_url: logUrl === '' ? deployment_url : logUrl,
    created_at: createdAt,
    updated_at: createdAt,
    performed_via_github_app: await appVia(world, via),
  }
}
