import { z } from 'zod'
import { commitOf, tipOf } from './git.ts'
import { Refusal } from './http.ts'
import { refRoutes } from './refs.ts'
import { shownRelease } from './releases-shown.ts'
import type { Release } from './releases-state.ts'
import { Ref, Repository } from './shapes.ts'
import { repoPath, succeeded, text, tokenOf, type Visit, type World } from './world.ts'

const Files = z.looseObject({ files: z.array(z.looseObject({ filename: z.string() })).optional() })

/** A new draft, as it is asked for. GitHub tells as its time the commit's, which anybody may set. */
export async function drafted(
  world: World,
  { repo, caller }: Visit,
  body: Readonly<Record<string, unknown>>,
): Promise<Release> {
  const { default_branch } = await world.emulate.read(Repository, repoPath(world, repo))
  const target = text(body.target_commitish) ?? default_branch
  const sha = await targetOf(world, repo, target)
  const now = world.clock.now()
  return {
    id: world.releases.next.release++,
    repo,
    tag: text(body.tag_name) ?? '',
    target,
    name: text(body.name) ?? null,
    body: text(body.body) ?? null,
    draft: true,
    prerelease: body.prerelease === true,
    immutable: false,
    createdAt: (sha && (await commitOf(world, repo, sha))?.committer.date) || now,
    publishedAt: null,
    updatedAt: now,
    author: caller.login,
    assets: [],
  }
}

/** Of one tag there is one release that is published. */
export function publishable(world: World, { id, repo, tag }: Release): void {
  const taken = [...world.releases.all.values()].some(
    (one) => one.id !== id && one.repo === repo && one.tag === tag && !one.draft,
  )
  if (taken)
    throw new Refusal(422, 'Validation Failed', { errors: [{ code: 'already_exists', field: 'tag_name' }] })
}

/** Makes the tag where it is not there, as publishing does. */
export async function withTag(world: World, visit: Visit, { repo, tag, target }: Release): Promise<void> {
  const path = `${repoPath(world, repo)}/git/ref/tags/${encodeURI(tag)}`
  if ((await world.emulate.look(Ref, path)) !== undefined) return
  const sha = await targetOf(world, repo, target)
  if (sha === undefined) throw new Refusal(422, 'Validation Failed: target_commitish is invalid')
  const call = {
    ...visit.call,
    method: 'POST',
    path: `${repoPath(world, repo)}/git/refs`,
    body: { ref: `refs/tags/${tag}`, sha },
  }
  const create = refRoutes.find(({ method }) => method === 'POST')
  const answer = await create?.handle(world, {
    ...visit,
    call,
    forward: (more) => visit.forward({ ...call, ...more }),
  })
  if (answer === undefined || !succeeded(answer))
    throw new Refusal(422, 'Validation Failed: the tag cannot be made')
}

/** GitHub asks an app for Workflows: write where the release's commit changes workflows of the default branch. */
export async function mayChangeWorkflows(
  world: World,
  { call, caller, repo }: Visit,
  { tag, target }: Release,
): Promise<boolean> {
  if (caller.kind !== 'installation' || world.permissions.get(tokenOf(call))?.workflows === 'write')
    return true
  const { default_branch } = await world.emulate.read(Repository, repoPath(world, repo))
  const tagged = await world.emulate.look(Ref, `${repoPath(world, repo)}/git/ref/tags/${encodeURI(tag)}`)
  const sha = tagged?.object.sha ?? (await targetOf(world, repo, target))
  const compared = await world.emulate.look(
    Files,
    `${repoPath(world, repo)}/compare/${default_branch}...${sha}`,
  )
  return !(compared?.files ?? []).some(({ filename }) => filename.startsWith('.github/workflows/'))
}

export async function tellRelease(
  world: World,
  release: Release,
  action: string,
  sender: string,
  changes?: Readonly<Record<string, unknown>>,
): Promise<void> {
  const fields = { action, release: await shownRelease(world, release), ...(changes && { changes }) }
  await world.emit({ name: 'release', repo: release.repo, sender, fields })
}

async function targetOf(world: World, repo: string, target: string): Promise<string | undefined> {
  const tip = await tipOf(world, repo, target)
  if (tip !== undefined) return tip
  return /^[0-9a-f]{40}$/.test(target) && (await commitOf(world, repo, target)) ? target : undefined
}
