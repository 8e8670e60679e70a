import type { Branch } from '../stand.ts'
import { type Coordinates, type GitHub, statusOf } from './client.ts'

const HEADS = 'refs/heads/'

/** The branches of a repository whose name begins so. Tags and what belongs to pull requests are none. */
export async function branchesOf(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: Coordinates,
  beginning: string,
): Promise<readonly Branch[]> {
  try {
    const { data } = await rest.git.listMatchingRefs({ owner, repo, ref: `heads/${beginning}` })
    return data
      .filter(({ ref, object }) => ref.startsWith(HEADS) && object.type === 'commit')
      .map(({ ref, object }) => ({ name: ref.slice(HEADS.length), tip: object.sha }))
  } catch (error) {
    // GitHub's answers where there is none of this beginning, or no commit at all.
    const status = statusOf(error)
    if (status === 404 || status === 409) return []
    throw error
  }
}
