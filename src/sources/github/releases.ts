import type { ReleasedCommit } from '../../core/release.ts'
import { type GitHub, GitHubAnswerError, isNotFound, statusOf } from './client.ts'
import { mayNotSee, type Place } from './runs.ts'

/** A release as GitHub shows it now. */
export type ShownRelease = {
  readonly id: number
  readonly tag: string
  readonly target: string
  readonly body: string
  readonly draft: boolean
  readonly prerelease: boolean
  readonly immutable: boolean
  /** ISO 8601; absent for a draft. */
  readonly published?: string
  readonly assets: readonly { readonly name: string; readonly sha256?: string }[]
}

type RawAsset = { readonly name: string; readonly digest?: string | null; readonly state: string }
type RawRelease = {
  readonly id: number
  readonly tag_name: string
  readonly target_commitish: string
  readonly body?: string | null
  readonly draft: boolean
  readonly prerelease: boolean
  readonly immutable?: boolean
  readonly published_at: string | null
  readonly assets: readonly RawAsset[]
}

const PAGE = 100
/** GitHub takes no more files with one release. */
const MOST_ASSETS = 1000
/** With so many files the release itself may not show them all. */
const SHOWN_ASSETS = 30
/** Tags may point to tags. */
const MOST_PEELS = 5

/** A release by its id; undefined where it is not there, or is a draft that the app may not see. */
export async function findRelease(
  { rest }: GitHub,
  at: Place,
  release: number,
): Promise<ShownRelease | undefined> {
  try {
    const { data } = await rest.repos.getRelease({ ...place(at), release_id: release })
    if (data.id !== release) return undefined
    return await shown({ rest }, at, data)
  } catch (error) {
    if (mayNotSee(error)) return undefined
    throw error
  }
}

/** The newest releases of a repository, drafts among them where the app may see them. */
export async function newestReleases(
  { rest }: GitHub,
  at: Place,
  most: number,
): Promise<readonly ShownRelease[]> {
  const { data } = await rest.repos.listReleases({ ...place(at), per_page: most })
  return await Promise.all(data.map((release) => shown({ rest }, at, release)))
}

/** The id of the release that GitHub shows as the latest. */
export async function latestRelease({ rest }: GitHub, at: Place): Promise<number | undefined> {
  try {
    return (await rest.repos.getLatestRelease(place(at))).data.id
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** What each tag points to, a commit or a tag object, by name. */
export async function tagsOf({ rest }: GitHub, at: Place): Promise<ReadonlyMap<string, string>> {
  const { data } = await rest.git.listMatchingRefs({ ...place(at), ref: 'tags' })
  return new Map(data.map(({ ref, object }) => [ref.replace(/^refs\/tags\//, ''), object.sha]))
}

/**
 * The commit that a release is of, with what its tag points to. A tag that is there counts; a published release has
 * no other commit, and a draft without one would be given its target's.
 */
export async function releasedCommit(
  github: GitHub,
  at: Place,
  { tag, target, draft }: Pick<ShownRelease, 'tag' | 'target' | 'draft'>,
): Promise<{ readonly commit: ReleasedCommit; readonly ref?: string }> {
  const tagged = await refOf(github, at, `tags/${tag}`)
  if (tagged !== undefined) {
    const sha = await peeled(github, at, tagged)
    return { commit: { by: 'tag', name: tag, ...(sha !== undefined && { sha }) }, ref: tagged.sha }
  }
  if (!draft) return { commit: { by: 'tag', name: tag } }
  const branch = await refOf(github, at, `heads/${target}`)
  const sha = branch?.sha ?? ((await isCommit(github, at, target)) ? target : undefined)
  return { commit: { by: 'target', name: target, ...(sha !== undefined && { sha }) } }
}

const place = ({ owner, repo }: Place): Place => ({ owner, repo })

async function shown({ rest }: Pick<GitHub, 'rest'>, at: Place, raw: RawRelease): Promise<ShownRelease> {
  const { published_at: published } = raw
  const assets = [...raw.assets]
  if (assets.length >= SHOWN_ASSETS) {
    assets.length = 0
    for (let page = 1, last = PAGE; last === PAGE; page += 1) {
      const about = { ...place(at), release_id: raw.id, per_page: PAGE, page }
      const { data } = await rest.repos.listReleaseAssets(about)
      last = data.length
      assets.push(...data)
      if (assets.length > MOST_ASSETS)
        throw new GitHubAnswerError('a release has more files than GitHub takes')
    }
  }
  return {
    id: raw.id,
    tag: raw.tag_name,
    target: raw.target_commitish,
    body: raw.body ?? '',
    draft: raw.draft,
    prerelease: raw.prerelease,
    immutable: raw.immutable === true,
    ...(!raw.draft && published !== null && { published: new Date(published).toISOString() }),
    assets: assets.map(assetOf).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

/** What is not whole yet has no digest that counts. */
function assetOf({ name, digest, state }: RawAsset): ShownRelease['assets'][number] {
  const sha256 = /^sha256:([0-9a-f]{64})$/i.exec(digest ?? '')?.[1]?.toLowerCase()
  return { name, ...(state === 'uploaded' && sha256 !== undefined && { sha256 }) }
}

type Pointer = { readonly type: string; readonly sha: string }

async function refOf({ rest }: GitHub, at: Place, name: string): Promise<Pointer | undefined> {
  try {
    const { data } = await rest.git.getRef({ ...place(at), ref: name })
    return data.ref === `refs/${name}` ? data.object : undefined
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

async function peeled({ rest }: GitHub, at: Place, tagged: Pointer): Promise<string | undefined> {
  let found = tagged
  for (let left = MOST_PEELS; found.type === 'tag' && left > 0; left -= 1)
    found = (await rest.git.getTag({ ...place(at), tag_sha: found.sha })).data.object
  return found.type === 'commit' ? found.sha : undefined
}

async function isCommit({ rest }: GitHub, at: Place, sha: string): Promise<boolean> {
  if (!/^[0-9a-f]{40}$/.test(sha)) return false
  try {
    return (await rest.repos.getCommit({ ...place(at), ref: sha })).data.sha === sha
  } catch (error) {
    if (isNotFound(error) || statusOf(error) === 422) return false
    throw error
  }
}
