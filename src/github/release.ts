import { type GitHub, statusOf } from '../sources/github/client.ts'
import { mayNotSee, type Place } from '../sources/github/runs.ts'

/** What is changed of a release; what is not named stays. */
export type ReleaseChange = {
  readonly body?: string
  readonly prerelease?: boolean
  readonly draft?: true
  readonly make_latest?: 'false' | 'legacy'
}

/** What GitHub made of it; `forbidden`: the app may not, `refused`: the release does not allow it. */
export type Changed = 'done' | 'forbidden' | 'refused'

/**
 * Changes a release. A missing permission is said as 403 or 404, also where only Workflows: write is missing because
 * the release's commit changes workflows; an immutable release says 422. Throws whatever else GitHub gets wrong.
 */
export async function changeRelease(
  { rest }: GitHub,
  { owner, repo }: Place,
  release: number,
  change: ReleaseChange,
): Promise<Changed> {
  try {
    await rest.repos.updateRelease({ owner, repo, release_id: release, ...change })
    return 'done'
  } catch (error) {
    if (mayNotSee(error)) return 'forbidden'
    if (statusOf(error) === 422) return 'refused'
    throw error
  }
}

/** Sets a commit status; false where the app may not. */
export async function setStatus(
  { rest }: GitHub,
  { owner, repo }: Place,
  sha: string,
  status: {
    readonly context: string
    readonly state: 'success' | 'failure'
    readonly description: string
  },
): Promise<boolean> {
  try {
    await rest.repos.createCommitStatus({ owner, repo, sha, ...status })
    return true
  } catch (error) {
    if (mayNotSee(error)) return false
    throw error
  }
}
