import { FLOOR, FLOOR_REPOSITORY } from '../../core/paths.ts'
import { MAX_WRITTEN_BYTES } from '../files.ts'
import { floorIn, type ToldFloor, type Written } from '../floor.ts'
import { type GitHub, GitHubAnswerError, isNotFound, statusOf } from './client.ts'
import { isBlob } from './objects.ts'
import { mayNotSee, type Place } from './runs.ts'

/**
 * The floor on the default branch of an owner's `.github` repository; `before` is what it was when it was last
 * asked, which is given again where the branch has not moved. Only reads. Throws where GitHub does not answer.
 */
export async function askFloor(
  { rest }: Pick<GitHub, 'rest'>,
  owner: string,
  before?: ToldFloor,
): Promise<ToldFloor> {
  const repository = `${owner}/${FLOOR_REPOSITORY}`
  const unseen = (kind: 'absent' | 'unreadable') => ({ kind, repository, path: FLOOR }) as const
  const place = { owner, repo: FLOOR_REPOSITORY }
  try {
    const { data } = await rest.repos.get(place)
    // A repository that was given away answers under its old name, and its new owner says nothing here.
    if (data.full_name.toLowerCase() !== repository.toLowerCase()) return unseen('absent')
    const ref = await rest.git.getRef({ ...place, ref: `heads/${data.default_branch}` })
    const commit = ref.data.object.sha
    if (before?.kind === 'read' && before.commit === commit) return before
    const { sha, ...written } = await contentAt({ rest }, place, commit)
    return { kind: 'read', repository, path: FLOOR, commit, sha, ...floorIn(written, FLOOR) }
  } catch (error) {
    // GitHub answers 409 for a repository in which nothing was ever committed.
    if (isNotFound(error) || statusOf(error) === 409) return unseen('absent')
    if (mayNotSee(error)) return unseen('unreadable')
    throw error
  }
}

async function contentAt(
  { rest }: Pick<GitHub, 'rest'>,
  place: Place,
  commit: string,
): Promise<Written & { readonly sha: string }> {
  const { data } = await rest.repos.getContent({ ...place, path: FLOOR, ref: commit })
  if (Array.isArray(data)) return { found: 'folder', sha: commit }
  if (data.type !== 'file' || !('content' in data))
    return { found: data.type === 'symlink' ? 'link' : 'submodule', sha: data.sha }
  const { sha, size, content } = data
  if (size > MAX_WRITTEN_BYTES) return { bytes: size, sha }
  const bytes = Buffer.from(content, 'base64')
  if (!isBlob(sha, bytes)) throw new GitHubAnswerError('a file came with another content than its id')
  return { content: bytes, sha }
}
