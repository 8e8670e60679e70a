import { createHash } from 'node:crypto'
import type { Octokit } from '@octokit/rest'
import { type Answer, json, Refusal } from './http.ts'
import { paged } from './paging.ts'
import { mustHave } from './permissions.ts'
import { drafted, mayChangeWorkflows, publishable, tellRelease, withTag } from './releases-rules.ts'
import { shownAssets, shownRelease } from './releases-shown.ts'
import type { Release, ReleaseSeed, ReleasesControls } from './releases-state.ts'
import { fields, type Route, text, tokenOf, type Visit, type World } from './world.ts'

/** Releases, stricter than emulate's: drafts are for who may write, immutable ones stay, one is the latest. */
export const releaseRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/repos/:owner/:repo/releases', handle: list },
  { method: 'POST', pathname: '/repos/:owner/:repo/releases', handle: create },
  { method: 'GET', pathname: '/repos/:owner/:repo/releases/latest', handle: latest },
  { method: 'GET', pathname: '/repos/:owner/:repo/releases/:id(\\d+)', handle: show },
  { method: 'PATCH', pathname: '/repos/:owner/:repo/releases/:id(\\d+)', handle: edit },
  { method: 'DELETE', pathname: '/repos/:owner/:repo/releases/:id(\\d+)', handle: remove },
  { method: 'GET', pathname: '/repos/:owner/:repo/releases/:id(\\d+)/assets', handle: assets },
]

/** GitHub takes no longer notes. */
const MOST_BODY = 125_000

export function releasesControls(world: World, as: (login: string) => Octokit): ReleasesControls {
  const someone = world.setting.people[0]?.login ?? ''
  const first = world.setting.repos[0]?.name ?? ''
  const change = (id: number, how: (release: Release) => Partial<Release>): void => {
    const release = known(world, id)
    world.releases.all.set(id, { ...release, ...how(release), updatedAt: world.clock.now() })
  }
  const controls: Omit<ReleasesControls, 'publish'> = {
    draft: async ({
      tag,
      target,
      name,
      notes,
      prerelease,
      assets = {},
      immutable,
      by,
      repo,
    }: ReleaseSeed) => {
      const { data } = await as(by ?? someone).rest.repos.createRelease({
        owner: world.setting.owner,
        repo: repo ?? first,
        tag_name: tag,
        draft: true,
        ...(target !== undefined && { target_commitish: target }),
        ...(name !== undefined && { name }),
        ...(notes !== undefined && { body: notes }),
        ...(prerelease !== undefined && { prerelease }),
      })
      for (const [file, bytes] of Object.entries(assets)) controls.attach(data.id, file, bytes)
      if (immutable) change(data.id, () => ({ immutable }))
      return data.id
    },
    attach: (id, name, bytes, { digest } = {}) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const { immutable, draft, author } = known(world, id)
      if (immutable && !draft) throw new Error('Cannot upload assets to an immutable release')
      const asset = {
        id: world.releases.next.asset++,
        name,
        size: bytes.length,
        digest: digest === null ? null : `sha256:${sha256}`,
        uploader: author,
        at: world.clock.now(),
      }
      change(id, ({ assets }) => ({ assets: [...assets.filter((one) => one.name !== name), asset] }))
    },
    detach: (id, name) => change(id, ({ assets }) => ({ assets: assets.filter((one) => one.name !== name) })),
  }
  return {
    ...controls,
    publish: async (seed) => {
      const id = await controls.draft(seed)
      const { repo } = known(world, id)
      const about = { owner: world.setting.owner, repo, release_id: id, draft: false }
      await as(seed.by ?? someone).rest.repos.updateRelease(about)
      return id
    },
  }
}

async function list(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'contents', 'read')
  const all = [...world.releases.all.values()]
    .filter(({ repo, draft }) => repo === visit.repo && (!draft || seesDrafts(world, visit)))
    .toSorted((a, b) => b.id - a.id)
  return await paged(world.url, visit.call.path, all, (shown) =>
    Promise.all(shown.map((release) => shownRelease(world, release))),
  )
}

async function show(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'contents', 'read')
  const release = found(world, visit)
  if (release.draft && !seesDrafts(world, visit))
    throw new Refusal(403, 'Resource not accessible by integration')
  return json(200, await shownRelease(world, release))
}

async function latest(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'contents', 'read')
  const release = latestOf(world, visit.repo)
  if (release === undefined) throw new Refusal(404, 'Not Found')
  return json(200, await shownRelease(world, release))
}

async function assets(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'contents', 'read')
  const release = found(world, visit)
  return await paged(world.url, visit.call.path, release.assets, (shown) =>
    shownAssets(world, { ...release, assets: shown }),
  )
}

async function create(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'contents', 'write')
  const body = fields(visit.call.body)
  const release = await drafted(world, visit, body)
  world.releases.all.set(release.id, release)
  await tellRelease(world, release, 'created', visit.caller.login)
  if (body.draft === true) return json(201, await shownRelease(world, release))
  return json(201, await shownRelease(world, await published(world, visit, release, body)))
}

async function edit(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'contents', 'write')
  const before = found(world, visit)
  const body = fields(visit.call.body)
  const { login } = visit.caller
  const { prerelease: pre = before.prerelease, make_latest: make } = body
  const isDraft = typeof body.draft === 'boolean' ? body.draft : before.draft
  if ((text(body.body) ?? '').length > MOST_BODY)
    throw invalid('body is too long (maximum is 125000 characters)')
  if (before.immutable && !before.draft && isDraft)
    throw invalid('state cannot be changed when release is immutable')
  if (before.immutable && !before.draft && (body.tag_name ?? before.tag) !== before.tag)
    throw invalid('tag_name cannot be changed when release is immutable')
  if (make === 'true' && (isDraft || pre === true))
    throw invalid('Latest release cannot be draft or prerelease')
  if (!(await mayChangeWorkflows(world, visit, before)))
    throw new Refusal(403, 'Resource not accessible by integration')
  const after: Release = {
    ...before,
    body: text(body.body) ?? before.body,
    name: text(body.name) ?? before.name,
    tag: text(body.tag_name) ?? before.tag,
    target: text(body.target_commitish) ?? before.target,
    prerelease: pre === true,
    draft: isDraft,
    publishedAt: isDraft ? null : before.publishedAt,
    updatedAt: world.clock.now(),
  }
  if (before.draft && !isDraft) {
    world.releases.all.set(before.id, { ...after, draft: true })
    return json(
      200,
      await shownRelease(world, await published(world, visit, { ...after, draft: true }, body)),
    )
  }
  world.releases.all.set(before.id, after)
  if (make === 'true') world.releases.latest.set(after.repo, after.id)
  if (make !== undefined && make !== 'true' && world.releases.latest.get(after.repo) === after.id)
    world.releases.latest.delete(after.repo)
  const changes = {
    ...(after.body !== before.body && { body: { from: before.body ?? '' } }),
    ...(after.name !== before.name && { name: { from: before.name ?? '' } }),
    ...(after.tag !== before.tag && { tag_name: { from: before.tag } }),
  }
  if (Object.keys(changes).length > 0) await tellRelease(world, after, 'edited', login, changes)
  if (!before.draft && isDraft) await tellRelease(world, after, 'unpublished', login)
  if (!isDraft && before.prerelease !== after.prerelease)
    await tellRelease(world, after, after.prerelease ? 'prereleased' : 'released', login)
  return json(200, await shownRelease(world, after))
}

async function remove(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'contents', 'write')
  const release = found(world, visit)
  world.releases.all.delete(release.id)
  await tellRelease(world, release, 'deleted', visit.caller.login)
  return { status: 204, headers: {}, body: undefined }
}

async function published(
  world: World,
  visit: Visit,
  draft: Release,
  body: Readonly<Record<string, unknown>>,
): Promise<Release> {
  publishable(world, draft)
  await withTag(world, visit, draft)
  const release = { ...draft, draft: false, publishedAt: world.clock.now() }
  world.releases.all.set(release.id, release)
  if (!release.prerelease && (body.make_latest ?? 'true') === 'true')
    world.releases.latest.set(release.repo, release.id)
  await tellRelease(world, release, 'published', visit.caller.login)
  await tellRelease(world, release, release.prerelease ? 'prereleased' : 'released', visit.caller.login)
  return release
}

/** The one that was made the latest, as long as it may be; else the newest that may. */
function latestOf(world: World, repo: string): Release | undefined {
  const may = [...world.releases.all.values()].filter(
    (one) => one.repo === repo && !one.draft && !one.prerelease,
  )
  return (
    may.find(({ id }) => id === world.releases.latest.get(repo)) ?? may.toSorted((a, b) => b.id - a.id)[0]
  )
}

function seesDrafts(world: World, { call, caller }: Visit): boolean {
  if (caller.kind !== 'installation') return caller.kind !== 'nobody'
  return world.permissions.get(tokenOf(call))?.contents === 'write'
}

function found(world: World, { repo, named }: Visit): Release {
  const release = world.releases.all.get(Number(named.id))
  if (release === undefined || release.repo !== repo) throw new Refusal(404, 'Not Found')
  return release
}

function known(world: World, id: number): Release {
  const release = world.releases.all.get(id)
  if (release === undefined) throw new Error(`there is no release ${id}`)
  return release
}

const invalid = (message: string): Refusal => new Refusal(422, message)
