import { userOf } from './accounts.ts'
import type { Release } from './releases-state.ts'
import { repoPath, type World } from './world.ts'

/** A release as GitHub shows it. */
export async function shownRelease(
  world: World,
  release: Release,
): Promise<Readonly<Record<string, unknown>>> {
  const { id, repo, tag, target, name, body, draft, prerelease, immutable } = release
  const api = `${world.url}${repoPath(world, repo)}`
  const html = `${world.url}/${world.setting.owner}/${repo}/releases`
  return {
    url: `${api}/releases/${id}`,
    html_url: draft ? `${html}/tag/untagged-${id}` : `${html}/tag/${encodeURIComponent(tag)}`,
    assets_url: `${api}/releases/${id}/assets`,
    upload_url: `${api}/releases/${id}/assets{?name,label}`,
    tarball_url: draft ? null : `${api}/tarball/${encodeURIComponent(tag)}`,
    zipball_url: draft ? null : `${api}/zipball/${encodeURIComponent(tag)}`,
    id,
    node_id: Buffer.from(`Release${id}`).toString('base64url'),
    tag_name: tag,
    target_commitish: target,
    name,
    body,
    draft,
    prerelease,
    immutable: immutable && !draft,
    created_at: seconds(release.createdAt),
    published_at: release.publishedAt,
    updated_at: release.updatedAt,
    author: await userOf(world, release.author),
    assets: await shownAssets(world, release),
  }
}

export function shownAssets(world: World, { repo, tag, assets }: Release): Promise<readonly unknown[]> {
  const api = `${world.url}${repoPath(world, repo)}`
  return Promise.all(
    assets.map(async ({ id, name, size, digest, uploader, at }) => ({
      url: `${api}/releases/assets/${id}`,
      browser_download_url: `${world.url}/${world.setting.owner}/${repo}/releases/download/${encodeURIComponent(tag)}/${encodeURIComponent(name)}`,
      id,
      node_id: Buffer.from(`ReleaseAsset${id}`).toString('base64url'),
      name,
      label: null,
      state: 'uploaded',
      content_type: 'application/octet-stream',
      size,
      digest,
      download_count: 0,
      created_at: at,
      updated_at: at,
      uploader: await userOf(world, uploader),
    })),
  )
}

const seconds = (time: string): string => `${new Date(time).toISOString().slice(0, 19)}Z`
