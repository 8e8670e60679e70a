import { accountLinks } from './links.ts'
import { Repository } from './shapes.ts'
import { key, repoPath, type World } from './world.ts'

/**
 * A fork as it is seen through its parent: a repository of another owner, where the app is not installed, whose
 * commits are found in the parent although no branch of the parent has them.
 */
export async function forkRepository(
  world: World,
  repo: string,
  owner: string,
): Promise<Readonly<Record<string, unknown>>> {
  const parent = await world.emulate.read(Repository, repoPath(world, repo))
  const own = JSON.stringify(parent).replaceAll(`${world.setting.owner}/${repo}`, `${owner}/${repo}`)
  const id = forkId(world, repo, owner)
  return {
    ...Repository.parse(JSON.parse(own)),
    id,
    node_id: Buffer.from(`Repository${id}`).toString('base64url'),
    fork: true,
    owner: {
      login: owner,
      id: id + 1,
      node_id: Buffer.from(`User${id + 1}`).toString('base64url'),
      ...accountLinks(world.url, owner),
      type: 'User',
      site_admin: false,
    },
  }
}

export function forkId(world: World, repo: string, owner: string): number {
  const { forks, next } = world.actions
  const id = forks.get(key(repo, owner)) ?? next.fork
  if (id === next.fork) next.fork += 2
  forks.set(key(repo, owner), id)
  return id
}
