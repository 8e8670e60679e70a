import { accountLinks } from './links.ts'
import { Account, Repository } from './shapes.ts'
import { repoPath, type World } from './world.ts'

type Fields = Readonly<Record<string, unknown>>

/** A user as GitHub shows one inside other objects. */
export async function userOf(world: World, login: string): Promise<Fields> {
  const found = await world.emulate.look(Account, `/users/${encodeURIComponent(login)}`)
  return {
    login,
    id: found?.id ?? world.setting.app.id,
    node_id: found?.node_id ?? '',
    ...accountLinks(world.url, login),
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false,
  }
}

/** The organisation as GitHub shows an owner. */
export async function ownerOf(world: World): Promise<Fields> {
  const { login, id, node_id, description } = await world.emulate.read(
    Account,
    `/orgs/${world.setting.owner}`,
  )
  const links = accountLinks(world.url, login)
  return { login, id, node_id, ...links, type: 'Organization', site_admin: false, description }
}

/** The app as its check runs name it; GitHub Actions too, whose runs any writer can make. */
export async function appOf(world: World, app: { id: number; slug: string }): Promise<Fields> {
  return {
    id: app.id,
    slug: app.slug,
    node_id: Buffer.from(`App${app.id}`).toString('base64url'),
    owner: await ownerOf(world),
    name: app.slug,
    description: '',
    external_url: `${world.url}/apps/${app.slug}`,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    permissions:
      app.id === world.setting.app.id ? world.setting.app.permissions : { checks: 'write', metadata: 'read' },
    events: app.id === world.setting.app.id ? world.setting.app.events.filter((event) => event !== '*') : [],
  }
}

/** What every delivery about a repository carries. */
export async function frameOf(world: World, repo: string, sender: string): Promise<Fields> {
  const { installationId } = world.setting.app
  const repository = await world.emulate.read(Repository, repoPath(world, repo))
  return {
    repository: { ...repository, owner: await ownerOf(world), master_branch: repository.default_branch },
    organization: await ownerOf(world),
    sender: await userOf(world, sender),
    installation: {
      id: installationId,
      node_id: Buffer.from(`Installation${installationId}`).toString('base64url'),
    },
  }
}
